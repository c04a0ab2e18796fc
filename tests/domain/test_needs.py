"""What a guest needs, as it is written in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.domain.needs import GuestNeed, Need, needs_words, parse_needs

notes = st.text(max_size=30).map(lambda text: clean(text.replace(",", " ")))


@given(st.dictionaries(st.sampled_from(list(Need)), notes))
def test_what_is_written_is_read_as_it_was(held: dict[Need, str]) -> None:
    needs = tuple(GuestNeed(need, held[need]) for need in Need if need in held)
    assert parse_needs(needs_words(needs)) == needs


def test_a_beginning_is_enough_and_the_order_is_always_the_same() -> None:
    assert parse_needs(" Int: Albanian ,, RIDE: from Kranj") == (
        GuestNeed(Need.RIDE, "from Kranj"),
        GuestNeed(Need.INTERPRETER, "Albanian"),
    )
    assert parse_needs("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lunch", "“lunch” is no need"),
        (": Kranj", "is no need"),
        ("ride, ride: x", "twice"),
        ("ride:" + "x" * 101, "100"),
    ],
)
def test_what_is_no_need_is_said(text: str, words: str) -> None:
    with pytest.raises(OrganiserError, match=words):
        parse_needs(text)
