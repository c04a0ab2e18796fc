"""Whether a group gains or loses: the warnings about its meetings. Every number is a setting of the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from organiser_tui.words import _

TWO_FALLS_SHARE = 0.25
RHYTHM_GRACE_DAYS = 7


class Meeting(NamedTuple):
    """One meeting of a group: its day (ISO), how many came, whether it was cancelled."""

    day: str
    came: int
    cancelled: bool


def group_warning(meetings: Sequence[Meeting], rhythm_days: int | None, today: date) -> str:
    """What is wrong with a group, in words, '' where nothing is; `meetings` rise in time.

    Two falls in a row that total 25 % or more; a meeting cancelled, or the rhythm passed, without a next date.
    """
    day = today.isoformat()
    # Whoever came today is written down in the course of the day: until then that meeting is still to come.
    held = [m for m in meetings if not m.cancelled and (m.day < day or (m.day == day and m.came))]
    ahead = [m for m in meetings if not m.cancelled and (m.day > day or (m.day == day and not m.came))]
    if meetings and meetings[-1].cancelled and not ahead:
        return _("meeting cancelled, no next date")
    if len(held) >= 3:
        first, middle, last = (meeting.came for meeting in held[-3:])
        if first > middle > last and (first - last) >= TWO_FALLS_SHARE * first:
            return _("attendance fell {first} → {middle} → {last}").format(first=first, middle=middle, last=last)
    if rhythm_days and held and not ahead:
        late = date.fromisoformat(held[-1].day) + timedelta(days=rhythm_days + RHYTHM_GRACE_DAYS)
        if today > late:
            return _("past its rhythm, no next date")
    return ""
