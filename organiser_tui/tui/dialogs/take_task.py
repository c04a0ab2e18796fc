"""What somebody takes on, by when, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.tasks import MANY, MOST_NAMED, TaskEnd, TaskKind, end_words, task_words
from organiser_tui.store.tasks import TaskDraft, open_tasks_of, untested_beside
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.someone import NOBODY, ask_someone
from organiser_tui.tui.safe import safe
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_USUAL: Final = "+2w"
_NEVER: Final = "-"


async def ask_task(page: Page, person_id: int, name: str, event_id: int | None = None) -> TaskDraft | None:
    """What `name` takes on, None where that is called off; to be awaited inside a worker of the page."""
    ask = page.app.push_screen_wait
    if not await _may_take_more(page, person_id, name):
        return None
    title = _("What does {name} take on?").format(name=name)
    kind = await ask(Choose(title, [Choice(kind, task_words(kind, "")) for kind in TaskKind]))
    if kind is None:
        return None
    colleagues: tuple[int, ...] | None = ()
    what: str | None = ""
    if kind is TaskKind.CALL:
        colleagues = await _ask_colleagues(page, person_id)
    elif kind is TaskKind.ORGANISING:
        what = await ask(AskLine(_("What is it?")))
    if colleagues is None or what is None:
        return None
    due = await _ask_due(page)
    return None if due is None else TaskDraft(person_id, kind, what, due or None, event_id, colleagues)


async def ask_end(page: Page, name: str, what: str) -> TaskEnd | None:
    """How a task ended, None where that is called off; to be awaited inside a worker of the page."""
    title = _("{name}: {what}. How did it end?").format(name=name, what=what)
    choices = [Choice(how, end_words(how)) for how in (TaskEnd.DONE, TaskEnd.NOT_DONE, TaskEnd.EXCUSED)]
    return await page.app.push_screen_wait(Choose(title, choices))


async def _may_take_more(page: Page, person_id: int, name: str) -> bool:
    """Whoever has many open tasks already: somebody untested is proposed instead."""
    held = open_tasks_of(page.store, person_id)
    if held < MANY:
        return True
    question = ngettext("{name} has {n} open task. One more?", "{name} has {n} open tasks. One more?", held)
    others = ", ".join(other for _id, other in untested_beside(page.store, person_id))
    instead = _("Not tested yet, at the same provider: {names}.").format(names=others) if others else ""
    words = question.format(name=name, n=held)
    return await page.app.push_screen_wait(Confirm(safe(words), instead)) is True


async def _ask_colleagues(page: Page, person_id: int) -> tuple[int, ...] | None:
    named: dict[int, str] = {}
    while len(named) < MOST_NAMED:
        title = _("Whom does she call? Three are usual.")
        if named:
            title = _("Whom else? {names} so far.").format(names=", ".join(named.values()))
        one = await ask_someone(page, title, (person_id, *named), done=_("that is all of them") if named else "")
        if one is None:
            return None
        if one == NOBODY:
            break
        named[one.id] = one.name
    return tuple(named)


async def _ask_due(page: Page) -> str | None:
    """The day (ISO) by which it is to be done, '' for none; None where that is called off."""
    now = page.store.wall_now()

    def day(line: str) -> str:
        if line.strip() == _NEVER:
            return ""
        return parse_moment(line.strip() or _USUAL, now, Direction.NEXT).day.isoformat()

    def read(line: str) -> str:
        due = day(line)
        return read_back(Moment(date.fromisoformat(due)), now.date()) if due else _("nothing falls due")

    title = _("Until when? enter alone is in two weeks, - for no day.")
    asked = AskLine(title, check=refused_by(day), read_back=read, placeholder=_("fri, 12.1., +2w"))
    line = await page.app.push_screen_wait(asked)
    return None if line is None else day(line)
