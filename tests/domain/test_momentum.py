"""When a group is warned of: it falls, is cancelled without a next date, or is past its rhythm."""

from __future__ import annotations

from datetime import date

import pytest

from organiser_tui.domain.momentum import Meeting, group_warning

TODAY = date(2026, 11, 19)


def held(*came: int, start: int = 1) -> list[Meeting]:
    """Weekly meetings that so many came to, the last of them two days ago at the earliest."""
    return [Meeting(f"2026-10-{day:02}", count, False) for day, count in enumerate(came, start)]


def cancelled(day: str) -> Meeting:
    return Meeting(day, 0, True)


@pytest.mark.parametrize(
    ("came", "warned"),
    [
        ((12, 10, 9), True),
        ((12, 11, 10), False),
        ((8, 7, 6), True),
        ((10, 9, 9), False),
        ((12, 6), False),
        ((12, 6, 7), False),
        ((5, 12, 10, 8), True),
        ((12, 8, 6, 7), False),
        ((0, 0, 0), False),
    ],
)
def test_two_falls_in_a_row_that_total_a_quarter(came: tuple[int, ...], warned: bool) -> None:
    warning = group_warning(held(*came), None, TODAY)
    assert bool(warning) == warned
    if warned:
        assert warning == f"attendance fell {came[-3]} → {came[-2]} → {came[-1]}"


def test_a_cancelled_meeting_does_not_count_as_a_fall() -> None:
    meetings = [*held(12, 10), cancelled("2026-10-03"), Meeting("2026-10-04", 10, False)]
    assert group_warning(meetings, None, TODAY) == ""


def test_a_meeting_cancelled_without_a_next_date() -> None:
    meetings = [*held(9, 9), cancelled("2026-11-17")]
    assert group_warning(meetings, 14, TODAY) == "meeting cancelled, no next date"
    assert group_warning([*meetings, Meeting("2026-12-01", 0, False)], 14, TODAY) == ""


@pytest.mark.parametrize(
    ("last", "warned"), [("2026-11-05", False), ("2026-10-29", False), ("2026-10-28", True), ("2026-09-01", True)]
)
def test_a_group_past_its_rhythm_without_a_next_date(last: str, warned: bool) -> None:
    meetings = [Meeting(last, 9, False)]
    assert group_warning(meetings, 14, TODAY) == ("past its rhythm, no next date" if warned else "")
    assert group_warning([*meetings, Meeting("2026-11-30", 0, False)], 14, TODAY) == ""
    assert group_warning(meetings, None, TODAY) == ""


def test_a_meeting_of_this_evening_has_not_fallen_to_nobody_this_morning() -> None:
    meetings = [*held(9, 8), Meeting("2026-11-19", 0, False)]
    assert group_warning(meetings, 14, TODAY) == ""
    assert group_warning([*held(9, 8), Meeting("2026-11-19", 6, False)], 14, TODAY) == "attendance fell 9 → 8 → 6"


def test_a_group_that_never_met_is_not_warned_of() -> None:
    assert group_warning([], 14, TODAY) == ""
