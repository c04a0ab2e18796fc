"""Groups drawn."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from organiser_tui.store.meetings import MeetingGroup
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET, STRONG
from organiser_tui.words import _, ngettext


def meeting_group_cell(row: MeetingGroup, column: str, today: date) -> Text:
    """One cell of the list of groups."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "members":
            return Text(f"{row.members:,}")
        case "rhythm":
            days = row.rhythm_days
            return Text(ngettext("{n} day", "{n} days", days).format(n=days) if days else _("–"), QUIET)
        case "last":
            return safe(short_day(row.last, today) if row.last else _("never"), QUIET)
        case "next":
            return safe(short_day(row.next, today), KEPT) if row.next else Text(_("! no day"), NOT_YET)
        case _:
            return safe(row.where, QUIET)
