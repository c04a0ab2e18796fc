"""What is being written at the cursor of a filter, and how a value is written so that it is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filter_writing import Place, part_at, quoted
from organiser_tui.domain.filters import FIELD, parse_filter
from organiser_tui.domain.filters import Test as FieldTest


@pytest.mark.parametrize(
    ("text", "place", "typed", "field"),
    [
        ("", Place.CONDITION, "", None),
        ("ca", Place.CONDITION, "ca", None),
        ("card:", Place.VALUE, "", "card"),
        ("card:si", Place.VALUE, "si", "card"),
        ('provider:"Lipa Mar', Place.VALUE, "Lipa Mar", "provider"),
        ('provider:"Lipa Maribor"', Place.JOINER, "", None),
        ("last_contact>", Place.VALUE, "", "last-contact"),
        ("card:signed ", Place.JOINER, "", None),
        ("card:signed an", Place.JOINER, "an", None),
        ("card:signed and ", Place.CONDITION, "", None),
        ("card:signed and not ", Place.CONDITION, "", None),
        ("(", Place.CONDITION, "", None),
        ("(card:signed) ", Place.JOINER, "", None),
        ("nosuch:x", Place.JOINER, "", None),
    ],
)
def test_what_is_written_at_the_cursor(text: str, place: Place, typed: str, field: str | None) -> None:
    part = part_at(text, len(text))
    assert (part.place, part.typed, part.field.name if part.field else None) == (place, typed, field)
    assert text[part.start : part.end].strip('"') == typed


def test_what_stands_after_the_cursor_does_not_matter() -> None:
    part = part_at("card: and region:koroška", len("card:"))
    assert part.field is FIELD["card"] and (part.start, part.end) == (5, 5)


def test_open_brackets_are_counted() -> None:
    assert part_at("((a) or b ", 10).open_brackets == 1


@given(st.text(alphabet="abč ()\":-'", min_size=1, max_size=12).filter(lambda text: text.replace('"', "").strip()))
def test_a_quoted_value_is_read_back_as_one_value(value: str) -> None:
    asked = parse_filter(f"tag:{quoted(value)} ")
    assert isinstance(asked, FieldTest)
    assert asked.value in value and asked.value == asked.value.strip()


@given(st.text(max_size=40), st.integers(0, 40))
def test_no_text_is_too_odd_to_be_completed(text: str, cursor: int) -> None:
    part = part_at(text, min(cursor, len(text)))
    assert 0 <= part.start <= part.end <= len(text)
    try:
        parse_filter(text)
    except OrganiserError as error:
        assert str(error)
