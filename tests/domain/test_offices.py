"""Offices and terms: how long one lasts, how many are in a row, how many sit at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.committee import Candidate, RuleKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.offices import (
    BREAK_DAYS,
    USUAL_OFFICES,
    OfficeDraft,
    Span,
    last_day,
    most_at_once,
    rules_of,
    terms_in_a_row,
    usual_office,
)

_START = date(2026, 1, 1)
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda days: Span(
            (_START + timedelta(days=days[0])).isoformat(), (_START + timedelta(days=sum(days))).isoformat()
        )
    ),
    max_size=8,
)


def test_a_term_ends_on_the_eve_of_the_same_day() -> None:
    assert last_day("2026-12-12", 3) == "2029-12-11"
    assert last_day("2024-02-29", 3) == "2027-02-27"


def test_terms_are_in_a_row_unless_there_was_a_break() -> None:
    first, second = Span("2020-02-21", "2023-02-20"), Span("2023-03-01", "2026-12-31")
    assert terms_in_a_row([second, first], "2027-01-01") == 2
    assert terms_in_a_row([second, first], "2026-11-19") == 2, "one that still runs counts"
    assert terms_in_a_row([first], "2026-11-19") == 0
    assert terms_in_a_row([first, second], "2021-01-01") == 1, "what came later does not"
    late = (date(2026, 12, 31) + timedelta(days=BREAK_DAYS + 1)).isoformat()
    assert terms_in_a_row([first, second], late) == 2
    assert terms_in_a_row([first, second], (date.fromisoformat(late) + timedelta(days=1)).isoformat()) == 0


@given(SPANS, st.integers(0, 60), st.integers(0, 30))
def test_how_many_sit_at_once_is_what_a_count_of_each_day_says(terms: list[Span], begins: int, days: int) -> None:
    first = _START + timedelta(days=begins)
    during = Span(first.isoformat(), (first + timedelta(days=days)).isoformat())
    by_day = [
        sum(term.from_day <= day <= term.until_day for term in terms)
        for day in ((first + timedelta(days=n)).isoformat() for n in range(days + 1))
    ]
    assert most_at_once(terms, during)[0] == max(by_day)


def test_the_usual_offices_ask_for_thirds_and_a_shop_steward_does_not() -> None:
    people = [Candidate(1, "F"), Candidate(2, "M"), Candidate(3)]
    committee = rules_of(USUAL_OFFICES[0].checked(), people, "Middle", "Big")
    assert [(rule.kind, rule.of) for rule in committee] == [
        (RuleKind.GENDER, "F"), (RuleKind.GENDER, "M"), (RuleKind.REGION, "Middle"), (RuleKind.EMPLOYER, "Big"),
        (RuleKind.TERMS, ""),
    ]  # fmt: skip
    assert [rule.kind for rule in rules_of(USUAL_OFFICES[0], [], "", "")] == [RuleKind.TERMS]
    assert [rule.kind for rule in rules_of(usual_office("steward", 1, 7), people, "Middle", "Big")] == [RuleKind.TERMS]
    named = OfficeDraft("committee", 13, genders=" F,  M ,").checked()
    assert [rule.of for rule in rules_of(named, [], "", "")] == ["F", "M", ""]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (OfficeDraft(" ", 3), "needs a name"),
        (OfficeDraft("x" * 81, 3), "80 letters"),
        (OfficeDraft("committee", 0), "1 to 31 seats"),
        (OfficeDraft("committee", 3, years=0), "1 to 10 years"),
        (OfficeDraft("committee", 3, most_terms=-1), "in a row"),
        (OfficeDraft("committee", 3, region_share="a third"), "is no share"),
    ],
)
def test_an_office_that_does_not_hold_together_is_told(draft: OfficeDraft, sentence: str) -> None:
    with pytest.raises(OrganiserError, match=sentence):
        draft.checked()
