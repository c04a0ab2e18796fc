"""Days and ages in words, as they stand in lists and stories."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from organiser_tui.domain.clock import wall
from organiser_tui.words import _

_DAYS_NAMED = 60


def short_day(day: str, today: date) -> str:
    """`day` (ISO) as "3 Nov", with the year where it is another."""
    when = date.fromisoformat(day[:10])
    month = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[when.month - 1]
    return f"{when.day} {month}" if when.year == today.year else f"{when.day} {month} {when.year}"


def age(day: str, today: date) -> str:
    """How long ago `day` (ISO) was: "today", "6 d", "4 mo"; '' for no day."""
    if not day:
        return ""
    days = (today - date.fromisoformat(day[:10])).days
    if days == 0:
        return _("today")
    if abs(days) < _DAYS_NAMED:
        return _("{days} d").format(days=days)
    return _("{months} mo").format(months=round(days / 30.44))


def instant_age(at: int, today: date, zone: ZoneInfo) -> str:
    """The same for an instant in seconds; '' for 0."""
    return age(wall(at, zone).date().isoformat(), today) if at else ""


def due_words(due: str, now: datetime) -> str:
    """When something is due: the hour today, else the day."""
    day, hour = due[:10], due[11:]
    if day == now.date().isoformat():
        return hour or _("today")
    return short_day(day, now.date())
