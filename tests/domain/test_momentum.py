"""When a group is warned of: it falls, is cancelled without a next date, is past its rhythm, or demands nothing."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.momentum import Hostility, Meeting, Sign, group_warnings

TODAY = date(2026, 11, 19)


def held(*came: int, start: int = 1) -> list[Meeting]:
    """Meetings of October that so many came to, each with a demand."""
    return [Meeting(f"2026-10-{day:02}", count, False, demand=True) for day, count in enumerate(came, start)]


def cancelled(day: str) -> Meeting:
    return Meeting(day, 0, True)


def seen(meetings: list[Meeting], rhythm: int | None = None, *hostile: Hostility) -> list[str]:
    """What the warnings of a group say."""
    return [warned.seen for warned in group_warnings(meetings, rhythm, TODAY, hostile)]


@pytest.mark.parametrize(
    ("came", "warned"),
    [
        ((12, 10, 9), True),
        ((12, 11, 10), False),
        ((9, 8, 7), False),
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
    assert seen(held(*came)) == ([f"attendance fell {came[-3]} → {came[-2]} → {came[-1]}"] if warned else [])


@pytest.mark.parametrize(
    ("came", "hostile_on", "until", "warned"),
    [
        ((10, 7), "2026-09-30", "", True),
        ((10, 7), "2026-10-02", "", True),
        ((10, 7), "2026-10-03", "", False),
        ((10, 8), "2026-09-30", "", False),
        ((10, 7, 8), "2026-09-30", "", False),
        ((10, 7), "2026-09-30", "2026-10-02", False),
        ((10, 7), "2026-09-30", "2026-10-03", True),
        ((0, 0), "2026-09-30", "", False),
    ],
)
def test_one_fall_of_three_tenths_while_management_is_hostile(
    came: tuple[int, ...], hostile_on: str, until: str, warned: bool
) -> None:
    told = seen(held(*came), None, Hostility(hostile_on, until))
    seen_on = "Wed 30 Sep" if hostile_on == "2026-09-30" else "Fri 2 Oct"
    assert told == ([f"attendance fell {came[-2]} → {came[-1]} after hostility on {seen_on}"] if warned else [])


def test_a_fall_of_three_tenths_without_hostility_is_no_warning() -> None:
    assert seen(held(10, 7)) == []


@given(st.lists(st.integers(0, 40), max_size=8), st.lists(st.integers(1, 28), max_size=3))
def test_the_falls_are_those_of_the_definition(came: list[int], hostile: list[int]) -> None:
    """As DESIGN says it, in fractions: two falls that total 25 %, one of 30 % after hostility."""
    meetings = held(*came)
    days = [Hostility(f"2026-10-{day:02}") for day in hostile]
    found = {warned.sign for warned in group_warnings(meetings, None, TODAY, days)}
    two = len(came) >= 3 and came[-3] > came[-2] > came[-1]
    two = two and Fraction(came[-3] - came[-1], came[-3]) >= Fraction(1, 4)
    one = len(came) >= 2 and came[-2] > came[-1] and Fraction(came[-2] - came[-1], came[-2]) >= Fraction(3, 10)
    one = one and any(day <= len(came) for day in hostile)
    assert found == {sign for sign, holds in ((Sign.TWO_FALLS, two), (Sign.HOSTILE_FALL, one)) if holds}


@given(st.lists(st.booleans(), max_size=7))
def test_three_meetings_without_a_demand_are_the_last_three(demands: list[bool]) -> None:
    meetings = [Meeting(f"2026-10-{day:02}", 9, False, demand) for day, demand in enumerate(demands, 1)]
    last = "".join("d" if demand else "-" for demand in demands)
    assert seen(meetings) == (["3 meetings without a demand"] if last.endswith("---") else [])


def test_a_cancelled_meeting_does_not_count_as_a_fall_nor_as_one_without_a_demand() -> None:
    meetings = [*held(12, 10), cancelled("2026-10-03"), Meeting("2026-10-04", 10, False)]
    assert seen(meetings) == []


def test_a_meeting_where_nobody_noted_who_came_counts_neither_way() -> None:
    """Attendance fell from nine to nobody, as the door had not been kept."""
    unnoted = Meeting("2026-10-03", 0, False, noted=False)
    assert seen([*held(10, 9), unnoted]) == []
    assert seen([*held(9), unnoted, *held(8, 7, start=4)]) == []
    assert seen([*held(10), unnoted, *held(7, start=4)], None, Hostility("2026-10-01"))


def test_a_meeting_cancelled_without_a_next_date_warns_the_same_day() -> None:
    meetings = [*held(9, 9), cancelled("2026-11-17")]
    assert seen(meetings, 14) == ["meeting cancelled, no next date"]
    assert seen([*held(9, 9), cancelled("2026-12-03")], 14) == ["meeting cancelled, no next date"]
    assert seen([*meetings, Meeting("2026-12-01", 0, False)], 14) == []


@pytest.mark.parametrize(
    ("last", "warned"), [("2026-11-06", False), ("2026-11-05", False), ("2026-11-04", True), ("2026-09-01", True)]
)
def test_a_group_past_its_rhythm_without_a_next_date(last: str, warned: bool) -> None:
    meetings = [Meeting(last, 9, False)]
    assert seen(meetings, 14) == (["past its rhythm, no next date"] if warned else [])
    assert seen([*meetings, Meeting("2026-11-30", 0, False)], 14) == []
    assert seen(meetings) == []


@given(st.integers(1, 60), st.integers(0, 120), st.booleans())
def test_the_rhythm_has_passed_on_the_day_after_it(rhythm: int, ago: int, ahead: bool) -> None:
    meetings = [Meeting((TODAY - timedelta(days=ago)).isoformat(), 9, False)]
    if ahead:
        meetings.append(Meeting((TODAY + timedelta(days=1)).isoformat(), 0, False))
    assert bool(seen(meetings, rhythm)) == (ago > rhythm and not ahead)


def test_a_meeting_of_this_evening_has_not_fallen_to_nobody_this_morning() -> None:
    meetings = [*held(9, 8), Meeting("2026-11-19", 0, False)]
    assert seen(meetings, 14) == []
    assert seen([*held(9, 8), Meeting("2026-11-19", 6, False)], 14) == ["attendance fell 9 → 8 → 6"]


def test_the_gravest_of_several_warnings_comes_first() -> None:
    meetings = [Meeting(f"2026-10-{day:02}", came, False) for day, came in ((1, 10), (2, 9), (3, 6))]
    signs = [warned.sign for warned in group_warnings(meetings, 14, TODAY, [Hostility("2026-10-01")])]
    assert signs == [Sign.RHYTHM, Sign.HOSTILE_FALL, Sign.TWO_FALLS, Sign.NO_DEMAND]
    off = [*meetings, cancelled("2026-10-04")]
    assert group_warnings(off, 14, TODAY)[0].sign is Sign.CANCELLED
    assert Sign.RHYTHM not in {warned.sign for warned in group_warnings(off, 14, TODAY)}


def test_a_group_that_never_met_is_not_warned_of() -> None:
    assert seen([], 14) == []
