from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from organiser_tui.tui.safe import fit, safe, safe_line, same_length

ACTING = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200b\u200e\u200f\u202e\u2066\u2069\ufeff\u061c"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Žužek Čuk-Šarić", "Žužek Čuk-Šarić"),
        ("Ümit Øst Łuc Ærø Ðặng", "Ümit Øst Łuc Ærø Ðặng"),
        ("[/b] [red]x[/]", "[/b] [red]x[/]"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("nul\x00del\x7f", "nul␀del␡"),
        ("c1\x9b31m", "c1·31m"),
        ("right\u202eleft\u2066x", "right·left·x"),
        ("zero\u200bwidth\ufeff", "zero·width·"),
        ("two\nlines\tand\r\nmore", "two lines and more"),
        ("lone\ud800x", "lone\ufffdx"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("edge\u200d", "edge·"),
        ("heart ❤\ufe0f", "heart ❤"),
        ("tag\U000e0041", "tag·"),
        ("\u3164filler", "·filler"),
        ("noncharacter\uffff", "noncharacter·"),
        ("\u0301x", "◌\u0301x"),
        ("non\u00a0breaking", "non breaking"),
    ],
)
def test_a_value_is_shown_without_anything_that_acts(value: str, shown: str) -> None:
    assert safe(value).plain == shown
    assert safe(value).spans == []


def test_a_tower_of_accents_does_not_paint_over_the_lines_above() -> None:
    assert safe("e" + "\u0301" * 300 + "x").plain == "e" + "\u0301" * 3 + "·x"


def test_lines_are_kept_where_asked_for() -> None:
    assert safe("a\r\nb\nc\td", keep_lines=True).plain == "a\nb\nc d"


@given(st.text())
def test_nothing_that_acts_comes_through(value: str) -> None:
    assert not ACTING & set(safe_line(value))
    assert not ACTING & set(same_length(value))
    assert len(same_length(value)) == len(value)
    safe_line(value).encode()


@given(st.text(), st.integers(0, 12))
def test_a_cut_value_fits(value: str, width: int) -> None:
    text = safe(value)
    cut = fit(text, width)
    assert cell_len(cut.plain) <= width
    assert cut is text or not cut.plain or cut.plain.endswith("…")


def test_wide_letters_and_accents_are_not_split() -> None:
    assert fit(Text("日本語日本語"), 6).plain == "日本…"
    assert fit(Text("日本語日本語"), 5).plain == "日本…"
    assert fit(Text("c\u030cc\u030cc\u030cc\u030c"), 3).plain == "c\u030cc\u030c…"


def test_the_styles_of_what_is_left_stay() -> None:
    text = Text.assemble(("orange", "bold"), " and more")
    assert fit(text, 9).spans == Text.assemble(("orange", "bold"), " and more").spans
