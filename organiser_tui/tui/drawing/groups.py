"""A group drawn: what it is, how many came, what is seen, and those who stayed away. No widget."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from organiser_tui.domain.momentum import Meeting
from organiser_tui.domain.outcomes import outcome_told
from organiser_tui.store.groups import GroupPerson, GroupRow
from organiser_tui.tui.drawing.bars import sparkline
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, STRONG
from organiser_tui.words import _, ngettext

_MEETINGS_SHOWN = 8


def group_headline(row: GroupRow, today: date, width: int) -> Text:
    """The group, its meetings, and every warning on a line of its own, in lines of `width` cells."""
    parts = [ngettext("{n} member", "{n} members", row.members).format(n=row.members)]
    if row.rhythm_days:
        parts.append(ngettext("every day", "every {n} days", row.rhythm_days).format(n=row.rhythm_days))
    parts.append(row.provider or row.region)
    lines = [Text.assemble(safe(row.name, f"bold {STRONG}"), safe("   " + " · ".join(filter(None, parts)), QUIET))]
    lines.append(_meetings_line(row, today))
    lines += [Text.assemble(("! ", f"bold {OVERDUE}"), safe(warned.seen, OVERDUE)) for warned in row.warnings]
    if not row.warnings:
        lines.append(Text(_("nothing warns of it"), KEPT))
    return Text("\n").join(fit(line, width) for line in lines)


def _meetings_line(row: GroupRow, today: date) -> Text:
    day = today.isoformat()
    held = [meeting for meeting in row.meetings if _was_held(meeting, day)][-_MEETINGS_SHOWN:]
    ahead = [one for one in row.meetings if not one.cancelled and one.day >= day and not one.came]
    if held:
        counts = " ".join(str(meeting.came) for meeting in held)
        text = Text.assemble(sparkline([meeting.came for meeting in held]), f"  {counts}  ")
        text.append(_("came, the last time on {day}").format(day=short_day(held[-1].day, today)), QUIET)
    else:
        text = Text(_("no meeting yet of which it was noted who came"), QUIET)
    if ahead:
        return text.append(" · ", QUIET).append(_("next {day}").format(day=short_day(ahead[0].day, today)), KEPT)
    return text.append(" · ", QUIET).append(_("no next date"), NOT_YET)


def _was_held(meeting: Meeting, today: str) -> bool:
    return meeting.noted and not meeting.cancelled and (meeting.day < today or bool(meeting.came))


def group_cell(person: GroupPerson, column: str, today: date) -> Text:
    """One cell of the people of a group."""
    match column:
        case "name":
            return safe(person.name, f"bold {STRONG}" if person.task else "")
        case "came":
            if not person.times_came:
                return Text(_("never"), QUIET)
            return safe(f"{person.times_came}× · {short_day(person.last_came, today)}")
        case "contact":
            if not person.last_contact:
                return Text(_("never"), NOT_YET)
            outcome = outcome_told(person.last_outcome, "")
            return safe(f"{short_day(person.last_contact, today)} {outcome}", QUIET)
        case "task":
            return safe(person.task, NOT_YET)
        case _:
            return safe(person.provider, QUIET)
