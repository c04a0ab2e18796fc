"""Takes back a line of the diary: asks first where much goes with it, and says what was taken back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.diary import DiaryLine
from organiser_tui.store.errand import Errand
from organiser_tui.store.history import Undone, undo_action, undo_batch, why_not_undone
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.drawing.diary import deed_words
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_ASKED_FIRST: Final = (
    *(DeedKind.ENTER_PERSON, DeedKind.ADD_PROVIDER, DeedKind.MAKE_CALL_LIST, DeedKind.REFILL_CALL_LIST),
    *(DeedKind.OPEN_CONSULTATION, DeedKind.CLOSE_CONSULTATION, DeedKind.COUNT_BALLOTS),
    *(DeedKind.GIVE_MANDATE, DeedKind.MARK_VOTED),
)
"""What goes with them is more than one line, or somebody's voice: nobody takes that back by a slip of the finger."""


async def take_back(page: Page, line: DiaryLine) -> Undone | None:
    """What was taken back, None where it was refused or thought better of; to be awaited inside a worker of the page.

    It is done in a thread: a list of many is many rows.
    """
    question = _question(line)
    is_list = bool(line.batch_id) and line.kind == DeedKind.IMPORT  # of which stays what was worked with since
    if question and not is_list:
        with page.saying_errors():
            ask = partial(why_not_undone, action=line.action_id)
            if why := await asyncio.to_thread(Errand(page.store).run, ask):
                page.say(why, severity="error")  # before it is asked, not after the answer
                return None
    if question and not await page.app.push_screen_wait(Confirm(question)):
        return None
    undo = partial(undo_batch, batch=line.batch_id) if is_list else partial(undo_action, action=line.action_id)
    with page.saying_errors():
        undone = await asyncio.to_thread(Errand(page.store).run, undo)
        if undone is None:  # the page was left before it began
            return None
        again = line.kind == DeedKind.UNDO
        page.say(
            _("Holds again: {what}").format(what=deed_told(line)) if again else taken_back(deed_told(line), undone)
        )
        return undone
    return None


def taken_back(what: str, undone: Undone) -> str:
    """What is said of WHAT once it is taken back: who of a list was worked with since and stays is named."""
    said = _("Taken back: {what}").format(what=what)
    if not undone.kept:
        return said
    names = ", ".join(undone.kept[:3])
    return said + ". " + _("{n} worked with since stay: {names}").format(n=len(undone.kept), names=names)


def deed_told(line: DiaryLine) -> str:
    """What kind of deed a line tells of and whom or what it was about."""
    if line.contact is not None or not line.what:
        return line.what or deed_words(line.kind)
    return f"{deed_words(line.kind)}, {line.what}"


def _question(line: DiaryLine) -> str:
    """What is asked before it is taken back; '' where one key is enough."""
    if line.kind == DeedKind.UNDO:
        return _("Do again what was taken back: {what}?").format(what=line.what)
    if line.batch_id:
        return _("Take back the whole list {what}?").format(what=line.what)
    return _("Take back: {what}?").format(what=deed_told(line)) if line.kind in _ASKED_FIRST else ""
