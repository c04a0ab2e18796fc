"""When somebody is reminded of an event that she said she comes to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.reminding import REMIND_BEFORE, reminder_due

STARTS = date(2026, 11, 28)


def ahead(days: int) -> date:
    return STARTS - timedelta(days=days)


@given(st.lists(st.booleans(), min_size=12, max_size=12), st.sampled_from(["yes", "maybe", "later"]))
def test_who_is_reminded_when_it_is_due_is_reminded_once_for_each_time(does: list[bool], answer: str) -> None:
    """Day for day from nine days before to two after: `does` says whether the organiser does it that day."""
    told, reminded = "", []
    for days, now in zip(range(9, -3, -1), does, strict=True):
        today = ahead(days)
        if reminder_due(STARTS, today, answer, told) and now:
            told = today.isoformat()
            reminded.append(days)
    due_first, due_again = [d for d in reminded if 1 < d <= 3], [d for d in reminded if 0 <= d <= 1]
    assert [*due_first, *due_again] == reminded and max(len(due_first), len(due_again), 0) <= 1
    did = dict(zip(range(9, -3, -1), does, strict=True))
    assert len(due_first) == (did[3] or did[2]) and len(due_again) == (did[1] or did[0])


@pytest.mark.parametrize("answer", ["", "no", "withdrawn"])
@pytest.mark.parametrize("days", range(-2, 6))
def test_a_no_stops_it(answer: str, days: int) -> None:
    assert not reminder_due(STARTS, ahead(days), answer, "")


@pytest.mark.parametrize(
    ("days", "told", "due"), [(3, 9, True), (3, 3, False), (2, 3, False), (1, 2, True), (1, 1, False), (4, 9, False)]
)
def test_who_said_so_since_is_told_already(days: int, told: int, due: bool) -> None:
    assert REMIND_BEFORE == (3, 1)
    assert reminder_due(STARTS, ahead(days), "yes", ahead(told).isoformat()) is due
