"""The line above Today's list: how much is due, and whose. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from rich.text import Text

from organiser_tui.domain.dates import parse_wall, read_back
from organiser_tui.store.reminding import EventReminder
from organiser_tui.store.today import Coming, DueLine
from organiser_tui.tui.drawing.days import due_words
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, STRONG
from organiser_tui.words import _, ngettext


def today_headline(due: Sequence[DueLine], coming: Coming | None, today: date, width: int, *, more: bool) -> Text:
    """How much is due; `due` has the own lines first, and `more` says that it is not all.

    What is `coming` next stands behind it where `width` has room for it.
    """
    own = [line for line in due if line.own]
    others = len(due) - len(own)
    # Where others' are among those read, the own are all there.
    own_count = f"{len(own)}+" if more and not others else str(len(own))
    text = Text(
        ngettext("{n} thing of yours is due", "{n} things of yours are due", len(own)).format(n=own_count)
        if own
        else _("Nothing of yours is due")
    )
    text.stylize(f"bold {NOT_YET if own else KEPT}")
    late = sum(1 for line in own if line.overdue)
    if late and late == len(own):
        words = ngettext("{n} thing of yours is overdue", "{n} things of yours are overdue", late)
        text = Text(words.format(n=own_count), f"bold {OVERDUE}")
    elif late:
        text.append(", " + _("{n} overdue").format(n=late), f"bold {OVERDUE}")
    rest = Text(end="")
    if others:
        counted = f"{others}+" if more else str(others)
        rest.append("   " + ngettext("{n} of others", "{n} of others", others).format(n=counted), QUIET)
    if coming is not None:
        when = read_back(parse_wall(coming.due), today)
        then = safe("   " + _("next {when} {name}").format(when=when, name=coming.name))
        if not own or text.cell_len + then.cell_len + rest.cell_len <= width:
            text.append_text(then)
    return text.append_text(rest)


def reminder_cell(reminder: EventReminder, column: str, now: datetime) -> Text:
    """One cell of the line that says whom to remind of an event that is near."""
    match column:
        case "when":
            return safe(due_words(reminder.starts, now), NOT_YET)
        case "what":
            return Text(_("remind"), NOT_YET)
        case "who":
            return safe(reminder.name, STRONG)
        case "about":
            people = len(reminder.people)
            words = ngettext("{n} who said she comes", "{n} who said they come", people).format(n=f"{people:,}")
            return Text(words, NOT_YET)
        case _:
            return Text()
