"""Whether a group gains or loses: the warnings about its meetings. Every number is a setting of the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.words import _


class Meeting(NamedTuple):
    """One meeting of a group: its day (ISO), how many came, whether it was cancelled, whether a demand was made.

    What was not `noted` counts neither way: nobody wrote down who came.
    """

    day: str
    came: int
    cancelled: bool
    demand: bool = False
    noted: bool = True


class Hostility(NamedTuple):
    """Management turned hostile on `day` (ISO); `until` is the day on which it was otherwise again, '' for not yet."""

    day: str
    until: str = ""


class Thresholds(NamedTuple):
    """The numbers in the warnings; shares are percent."""

    two_falls: int = 25
    hostile_fall: int = 30
    without_demand: int = 3


DEFAULTS = Thresholds()


class Sign(StrEnum):
    """What a warning is about, the gravest first."""

    CANCELLED = "cancelled"
    RHYTHM = "rhythm"
    HOSTILE_FALL = "fall after hostility"
    TWO_FALLS = "two falls"
    NO_DEMAND = "no demand"


class Warned(NamedTuple):
    """One warning and what was seen, in words."""

    sign: Sign
    seen: str


def group_warnings(
    meetings: Sequence[Meeting],
    rhythm_days: int | None,
    today: date,
    hostile: Sequence[Hostility] = (),
    thresholds: Thresholds = DEFAULTS,
) -> list[Warned]:
    """Everything that is wrong with a group, the gravest first; `meetings` rise in time.

    A meeting cancelled, or the rhythm passed, without a next date; one fall of 30 % or more to a meeting that was held
    while hostility stood; two falls in a row that total 25 % or more; three meetings in a row without a demand.
    Meetings that were cancelled neither fall nor lack a demand.
    """
    day = today.isoformat()
    # Whoever came today is written down in the course of the day: until then that meeting is still to come.
    held = [m for m in meetings if not m.cancelled and (m.day < day or (m.day == day and m.came))]
    ahead = [m for m in meetings if not m.cancelled and (m.day > day or (m.day == day and not m.came))]
    noted = [m for m in held if m.noted]
    found = {
        Sign.CANCELLED: _("meeting cancelled, no next date") if _cancelled_last(meetings) and not ahead else "",
        Sign.RHYTHM: "" if ahead else _past_rhythm(held, rhythm_days, today),
        Sign.HOSTILE_FALL: _fall_after_hostility(noted, hostile, thresholds.hostile_fall),
        Sign.TWO_FALLS: _two_falls(noted, thresholds.two_falls),
        Sign.NO_DEMAND: _no_demand(noted, thresholds.without_demand),
    }
    if found[Sign.CANCELLED]:
        found[Sign.RHYTHM] = ""  # it says the same: there is no next date
    return [Warned(sign, seen) for sign, seen in found.items() if seen]


def _cancelled_last(meetings: Sequence[Meeting]) -> bool:
    return bool(meetings) and meetings[-1].cancelled


def _past_rhythm(held: Sequence[Meeting], rhythm_days: int | None, today: date) -> str:
    if rhythm_days and held and today > date.fromisoformat(held[-1].day) + timedelta(days=rhythm_days):
        return _("past its rhythm, no next date")
    return ""


def _fell(first: int, last: int, percent: int) -> bool:
    """Whether `last` is below `first` by `percent` of it or more; in whole numbers, so that 7 of 10 is 30 % exactly."""
    return first > last and 100 * (first - last) >= percent * first


def _fall_after_hostility(held: Sequence[Meeting], hostile: Sequence[Hostility], percent: int) -> str:
    if len(held) < 2 or not _fell(held[-2].came, held[-1].came, percent):
        return ""
    day = held[-1].day
    since = max((one.day for one in hostile if one.day <= day and (not one.until or day < one.until)), default="")
    if not since:
        return ""
    noted_on = read_back(Moment(date.fromisoformat(since)), date.fromisoformat(day))
    return _("attendance fell {first} → {last} after hostility on {day}").format(
        first=held[-2].came, last=held[-1].came, day=noted_on
    )


def _two_falls(held: Sequence[Meeting], percent: int) -> str:
    if len(held) < 3:
        return ""
    first, middle, last = (meeting.came for meeting in held[-3:])
    if first > middle > last and _fell(first, last, percent):
        return _("attendance fell {first} → {middle} → {last}").format(first=first, middle=middle, last=last)
    return ""


def _no_demand(held: Sequence[Meeting], number: int) -> str:
    if len(held) < number or any(meeting.demand for meeting in held[-number:]):
        return ""
    return _("{n} meetings without a demand").format(n=number)
