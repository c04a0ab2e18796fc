"""The filter language: what binds how, what is understood, and what is refused in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import FIELD, FIELDS, All, Any, Field, Filter, Kind, Not, Words, parse_filter
from organiser_tui.domain.filters import Test as FieldTest


def asked(name: str, value: str, operator: str = ":") -> FieldTest:
    """One field compared with a value."""
    return FieldTest(FIELD[name], operator, value)


READ: list[tuple[str, Filter | None]] = [
    ("", None),
    ("   ", None),
    ("novak", Words("novak")),
    ("maja novak", Words("maja novak")),
    ('"maja novak" lipa', Words("maja novak lipa")),
    ("041 123 456", Words("041 123 456")),
    ("provider:lipa", asked("provider", "lipa")),
    ("provider = lipa", asked("provider", "lipa")),
    ("provider: lipa", asked("provider", "lipa")),
    ('provider:"Zavod Lipa"', asked("provider", "Zavod Lipa")),
    ("PROVIDER:lipa", asked("provider", "lipa")),
    ("has_phone:yes", asked("has-phone", "yes")),
    ("provider!=lipa", asked("provider", "lipa", "!=")),
    ("rating<=2", asked("rating", "2", "<=")),
    ("rating >= 2", asked("rating", "2", ">=")),
    ("rating:none", asked("rating", "none")),
    ("last-contact>90", asked("last-contact", "90", ">")),
    ("last-contact>90d", asked("last-contact", "90", ">")),
    ("last-contact:never", asked("last-contact", "none")),
    ("card:signed", asked("card", "signed")),
    ("card:FORM", asked("card", "form out")),
    ('card:"on file"', asked("card", "on file")),
    ("isolation:o", asked("isolation", "own provider only")),
    ("isolation:own", asked("isolation", "own provider only")),
    ("leader:da", asked("leader", "yes")),
    ("leader:kyllä", asked("leader", "yes")),
    ("leader:ei", asked("leader", "no")),
    ("provider:lipa novak", All((asked("provider", "lipa"), Words("novak")))),
    ("provider:lipa and novak", All((asked("provider", "lipa"), Words("novak")))),
    ("novak provider:lipa", All((Words("novak"), asked("provider", "lipa")))),
    ("a or b", Any((Words("a"), Words("b")))),
    ("a b or c", Any((Words("a b"), Words("c")))),
    ("a or b and c", Any((Words("a"), All((Words("b"), Words("c")))))),
    ("(a or b) and c", All((Any((Words("a"), Words("b"))), Words("c")))),
    ("(a or b) c", All((Any((Words("a"), Words("b"))), Words("c")))),
    ("not a b", Not(Words("a b"))),
    ("not a and b", All((Not(Words("a")), Words("b")))),
    ("not (a or b)", Not(Any((Words("a"), Words("b"))))),
    ("not not a", Not(Not(Words("a")))),
    ("NOT a OR b", Any((Not(Words("a")), Words("b")))),
    ('"and"', Words("and")),
    ("((a))", Words("a")),
]


@pytest.mark.parametrize(("text", "filtered"), READ)
def test_what_is_read(text: str, filtered: Filter | None) -> None:
    assert parse_filter(text) == filtered


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("shoes:42", "There is no filter “shoes”. There are: provider, worked-at"),
        ("provider:", "“provider:” waits for a value."),
        ('provider:""', "“provider:” waits for a value."),
        ("a and", "Choose what stands after “and”."),
        ("or a", "Choose what stands after “or”."),
        ("a or or b", "Choose what stands after “or”."),
        ("not", "Choose what stands after “not”."),
        ("()", "Choose what stands after “(”."),
        ("(a", "A bracket is not closed."),
        ("a)", "A bracket is closed that was not opened."),
        ("rating:good", "“rating” takes a number, not “good”."),
        ("attempts:-1", "“attempts” takes a number, not “-1”."),
        ("attempts:٣", "“attempts” takes a number, not “٣”."),
        ("provider<lipa", "“provider” cannot be compared by <."),
        ("leader:maybe", "“leader” is yes or no, not “maybe”."),
        ("card:lost", "“lost” is not one of: none, form out, signed"),
    ],
)
def test_what_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(OrganiserError) as refused:
        parse_filter(text)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    "text", ["(" * 5000, "not " * 250, "(" * 100, "a " * 5000, "(" * 5000 + "a" + ")" * 5000, "a or " * 5000 + "a"]
)
def test_a_text_without_end_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        parse_filter(text)
    except OrganiserError as refused:
        assert len(str(refused)) < 300


PARTS = st.lists(st.sampled_from(["(", ")", "and", "or", "not", "a", "card:", '"', "rating<3"])).map(" ".join)


@given(st.text(max_size=60) | PARTS)
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        parse_filter(text)
    except OrganiserError as refused:
        assert str(refused).endswith((".", "”."))


VALUES = {Kind.TEXT: "lipa", Kind.NUMBER: "3", Kind.DAYS: "30", Kind.FLAG: "yes"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_takes_a_value_of_its_kind(field: Field) -> None:
    value = VALUES.get(field.kind, field.choices[0] if field.choices else "")
    assert parse_filter(f'{field.name}:"{value}"') == FieldTest(field, ":", value)
