"""Demands drawn: what was heard, what is demanded of whom, who backs it, what a meeting agreed. No widget."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from organiser_tui.domain.demands import ActionKind, DemandAnswer
from organiser_tui.store.agreed import Action
from organiser_tui.store.demands import Backer, DemandRow
from organiser_tui.store.issues_heard import HeardBy, IssueHeard
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext


def by_label(by: HeardBy) -> str:
    """What issues are counted by."""
    return {"provider": _("by provider"), "region": _("by region"), "month": _("by month")}[by]


def answer_label(answer: str) -> str:
    """What came of a demand."""
    return {
        DemandAnswer.NONE: _("no answer yet"),
        DemandAnswer.ANSWERED: _("answered"),
        DemandAnswer.WON: _("won"),
        DemandAnswer.REFUSED: _("refused"),
    }[DemandAnswer(answer)]


def kind_label(kind: str) -> str:
    """What kind of action a meeting agreed on."""
    return {
        ActionKind.DEMAND: _("demand"),
        ActionKind.MUTUAL_AID: _("mutual aid"),
        ActionKind.EDUCATION: _("education"),
    }[ActionKind(kind)]


def demand_cell(row: DemandRow, column: str, today: date) -> Text:
    """One cell of a demand in the list of demands."""
    match column:
        case "what":
            return safe(row.what, f"bold {STRONG}")
        case "where":
            return safe(row.provider or row.region, QUIET)
        case "people":
            told = _("{told} of {n} told").format(told=row.told, n=row.backers)
            return Text(told, KEPT if row.told == row.backers else NOT_YET) if row.backers else Text("–", QUIET)
        case _:
            return state_words(row, today)


def state_words(row: DemandRow, today: date) -> Text:
    """To whom a demand was put, and what came of it."""
    if not row.put_on and not row.answer:
        return Text(_("put to nobody yet"), QUIET)
    if not row.answer:
        words = _("put to {whom}, {day}").format(whom=row.put_to, day=short_day(row.put_on, today))
        return safe(words, NOT_YET)
    style = {DemandAnswer.WON.value: KEPT, DemandAnswer.REFUSED.value: OVERDUE}.get(row.answer, STRONG)
    answered_on = short_day(row.answered_on, today) if row.answered_on else ""
    answer = Text(f"{answer_label(row.answer)} {answered_on}".rstrip(), style)
    return answer.append_text(safe(" · " + row.put_to, QUIET)) if row.put_to else answer


def heard_cell(row: IssueHeard, column: str, by: HeardBy) -> Text:
    """One cell of an issue in the list of what was heard."""
    match column:
        case "what":
            return safe(row.issue)
        case "where":
            nowhere = _("no region") if by == "region" else _("no provider")
            return safe(row.where or nowhere, "" if row.where else QUIET)
        case "people":
            return Text(ngettext("{n} person", "{n} people", row.people).format(n=f"{row.people:,}"), REACHED)
        case _:
            said = Text(_("{n}×").format(n=f"{row.times:,}"), QUIET)
            if row.grievances:
                counted = ngettext("{n} grievance", "{n} grievances", row.grievances).format(n=f"{row.grievances:,}")
                said.append(" · ", QUIET).append(counted, NOT_YET)
            return said


def demand_headline(row: DemandRow, likely: int | None, today: date, width: int) -> Text:
    """A demand, where it grew from, who backs it, and what came of it, in lines of `width` cells.

    `likely` is how many more named its issue there; None while they are counted.
    """
    parts = [row.provider or row.region, row.issue, row.event, _("since {day}").format(day=short_day(row.day, today))]
    lines = [
        safe(row.what, f"bold {STRONG}"),
        safe(" · ".join(filter(None, parts)), QUIET),
        state_words(row, today),
    ]
    back = ngettext("{n} backs it", "{n} back it", row.backers).format(n=f"{row.backers:,}")
    told = _("{n} told what management may do").format(n=f"{row.told:,}")
    line = Text.assemble((f"{back} · ", REACHED), (told, KEPT if row.told == row.backers else NOT_YET))
    if likely:
        more = ngettext("{n} more named it", "{n} more named it", likely).format(n=f"{likely:,}")
        line.append(f" · {more}", QUIET)
    return Text("\n").join(fit(one, width) for one in (*lines, line))


def backer_cell(row: Backer, column: str, today: date) -> Text:
    """One cell of the people of a demand; who only named its issue has no day."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}" if row.day else "")
        case "since":
            return Text(short_day(row.day, today), QUIET) if row.day else Text(_("not asked"), QUIET)
        case "told":
            if not row.day:
                return Text("")
            return Text(short_day(row.told_on, today), KEPT) if row.told_on else Text(_("not told"), NOT_YET)
        case _:
            return safe(row.provider, QUIET)


def action_cell(row: Action, column: str, today: date) -> Text:
    """One cell of what a meeting agreed on."""
    late = not row.done_on and row.due < today.isoformat()
    match column:
        case "kind":
            return Text(kind_label(row.kind), QUIET)
        case "what":
            return safe(row.what, QUIET if row.done_on else f"bold {STRONG}")
        case "owner":
            return safe(row.owner)
        case "due":
            due = short_day(row.due, today)
            return Text(f"! {due}" if late else due, OVERDUE if late else "")
        case _:
            return Text(_("✓ done {day}").format(day=short_day(row.done_on, today)), KEPT) if row.done_on else Text("")
