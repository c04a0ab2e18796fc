"""How a sheet falls on pages: every row once, in order, none over the edge."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.exchange.sheet_pages import pages_of, wrapped

HEADING, ROOM = 9.0, 60.0
heights = st.lists(st.lists(st.floats(10, 45), min_size=1, max_size=9), max_size=6)


@given(heights)
def test_every_row_stands_once_and_in_order_below_its_heading(groups: list[list[float]]) -> None:
    pages = pages_of(groups, HEADING, ROOM)
    rows = [(line.group, line.row) for page in pages for line in page if line.row is not None]
    assert rows == [(group, row) for group, held in enumerate(groups) for row in range(len(held))]
    for page in pages:
        used = sum(HEADING if line.row is None else groups[line.group][line.row] for line in page)
        assert used <= ROOM + 1e-9
        if page:
            assert page[0].row is None and page[-1].row is not None, "a heading above, none alone below"
            assert page[0].continued == (page[1].row != 0)
    groups_headed = [[line.group for line in page if line.row is None] for page in pages]
    assert all(len(set(headed)) == len(headed) for headed in groups_headed), "headed once a page"


def test_a_row_higher_than_a_page_gets_one_and_an_empty_sheet_has_a_page() -> None:
    assert [len(page) for page in pages_of([[10, 99, 10]], HEADING, ROOM)] == [2, 2, 2]
    assert pages_of([], HEADING, ROOM) == [[]]


@given(st.text(alphabet="ab-č ", max_size=60), st.integers(2, 12))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width, len, 99)
    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_word_is_divided_after_its_hyphen_and_what_does_not_fit_ends_in_three_dots() -> None:
    assert wrapped("Mokronog-Trebelno", 12, len, 9) == ["Mokronog-", "Trebelno"]
    assert wrapped("one two three four", 5, len, 2) == ["one", "two…"]
    assert wrapped("abcdefgh", 4, len, 9) == ["abcd", "efgh"]


def test_what_writes_pdf_and_xlsx_is_loaded_only_when_a_sheet_is_written() -> None:
    code = "import sys, organiser_tui.exchange.sheets; print(sorted({'fpdf', 'xlsxwriter', 'PIL'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
