"""Tasks drawn: a line of the list, what came of the colleagues that one names, and who brought whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.spread import Brought, generations
from organiser_tui.domain.tasks import Outcome, TaskEnd, end_words, task_words
from organiser_tui.store.tasks import TaskRow
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_BRANCH = "└ "


def task_cell(row: TaskRow, column: str, outcome: Outcome | None, today: date) -> Text:
    """One cell of the list of tasks."""
    match column:
        case "due":
            return _due(row, today)
        case "name":
            return safe(row.name, QUIET if row.how else f"bold {STRONG}")
        case "what":
            return safe(task_words(row.kind, row.what), QUIET if row.how else "")
        case "result":
            return _result(row, outcome)
        case "open":
            return Text(str(row.open_beside), NOT_YET) if row.open_beside > 1 and not row.how else Text("")
        case "event":
            return safe(row.event, QUIET)
        case _:
            return safe(row.provider, QUIET)


def _due(row: TaskRow, today: date) -> Text:
    if row.how:
        return safe(short_day(row.ended_on, today), QUIET)
    if not row.due:
        return Text(_("no day"), QUIET)
    late = row.due < today.isoformat()
    return safe(f"! {short_day(row.due, today)}" if late else short_day(row.due, today), OVERDUE if late else STRONG)


def _result(row: TaskRow, outcome: Outcome | None) -> Text:
    text = Text()
    if row.how:
        kept = row.how in (TaskEnd.DONE, TaskEnd.LATE)
        text.append(end_words(row.how), KEPT if kept else QUIET if row.how == TaskEnd.EXCUSED else OVERDUE)
    if outcome is not None:
        told = _("{spoken} of {named} spoken with").format(spoken=outcome.spoken, named=outcome.named)
        text.append(" · " if text.plain else "").append(told, KEPT if outcome.spoken == outcome.named else "")
        if outcome.signed:
            signed = ngettext("{n} signed", "{n} signed", outcome.signed).format(n=outcome.signed)
            text.append(" · ").append(signed, KEPT)
    return text


def spread_lines(links: Sequence[Brought]) -> Text:
    """Who brought whom: each below the one who brought her, and how many there are in each generation."""
    told = generations(links)
    if not told:
        return Text(_("Nobody was brought along yet: b at the door notes who brought whom."), QUIET)
    lines = [Text(_("Who brought whom"), f"bold {REACHED}"), Text("")]
    deepest = max(one.generation for one in told)
    for generation in range(deepest + 1):
        here = [one for one in told if one.generation == generation]
        providers = len({one.provider for one in here if one.provider})
        who = ngettext("{n} person", "{n} people", len(here)).format(n=len(here))
        at = ngettext("{n} provider", "{n} providers", providers).format(n=providers)
        label = _("generation {n}").format(n=generation) if generation else _("who began")
        lines.append(Text.assemble(f"{label:<16}", (f"{who} · {at}", QUIET)))
    lines.append(Text(""))
    for one in told:
        indent = "  " * (one.generation - 1) + _BRANCH if one.generation else ""
        style = "" if one.generation else f"bold {STRONG}"
        lines.append(Text.assemble((indent, QUIET), safe(one.name, style), safe(f"  {one.provider}", QUIET)))
    return Text("\n").join(lines)
