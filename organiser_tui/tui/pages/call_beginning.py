"""What comes before the first call of a page: a call that was left, and who has come to fit the list."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from organiser_tui.store.call_drafts import left_call, let_go
from organiser_tui.store.call_lists import take_in_before_calling
from organiser_tui.store.errand import Errand
from organiser_tui.tui.dialogs.chosen_by_hand import call_all_the_same
from organiser_tui.tui.dialogs.left_call import what_of_left
from organiser_tui.tui.drawing.call import taken_in_words

if TYPE_CHECKING:
    from organiser_tui.domain.calls import Call
    from organiser_tui.store.sitting import Sitting
    from organiser_tui.tui.page import Page


async def gone_on_with(page: Page, sitting: Sitting, chosen: int | None) -> tuple[Call | None, bool]:
    """The call that was left, where it is gone on with, and whether any call is begun at all, which is asked.

    Where somebody was `chosen`, only a call with her is offered. To be awaited inside a worker.
    """
    left = left_call(page.store)
    if left is None or chosen not in (None, left.person_id):
        return None, True
    answer = await page.app.push_screen_wait(what_of_left(page.store, left))
    with page.saying_errors():
        if answer == "throw away":
            let_go(page.store, left)
        elif answer == "go on" and await call_all_the_same(page, left.list_id, left.person_id):
            return sitting.take_over(left), True
    return None, answer not in ("go on", None)  # else it stays left


async def take_in_who_fits(page: Page, sitting: Sitting) -> None:
    """Who has come to fit the filter of the list is put on it first, in a thread: it may ask everybody."""
    if sitting.row is None or not sitting.row.draft.refills:
        return
    with page.saying_errors():
        take_in = partial(take_in_before_calling, list_id=sitting.row.id)
        if added := await asyncio.to_thread(Errand(page.store).run, take_in):
            page.say(taken_in_words(added))
