"""What comes before the first call of a page: one that was left, who has come to fit the list, whoever was chosen."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.store.call_drafts import left_call, let_go
from organiser_tui.store.call_lists import take_in_before_calling
from organiser_tui.store.errand import Errand
from organiser_tui.tui.dialogs.chosen_by_hand import call_all_the_same
from organiser_tui.tui.dialogs.left_call import what_of_left
from organiser_tui.tui.drawing.call import taken_in_words

if TYPE_CHECKING:
    from organiser_tui.domain.calls import Call
    from organiser_tui.store.sitting import Sitting
    from organiser_tui.tui.dialogs.who_rang import Ringing
    from organiser_tui.tui.page import Page


class Begun(NamedTuple):
    """The first call, None for that with whoever is next; `any` is False where none is begun at all."""

    call: Call | None
    any: bool = True


_NONE = Begun(None, any=False)


class Beginning:
    """Finds the first call of a page: with `first`, or who `rang`, where either was chosen."""

    def __init__(self, page: Page, sitting: Sitting, first: int | None, rang: Ringing | None) -> None:
        self._page = page
        self._sitting = sitting
        self._chosen: Call | None = None
        if rang is not None:
            self._chosen = sitting.ringing(*rang)
        elif first is not None:
            self._chosen = sitting.by_hand(first)
        self.over = False
        """Whether the first call was begun: from then on whoever is next comes."""

    async def first(self) -> Begun:
        """The first call, once what is to be asked was answered; to be awaited inside a worker."""
        chosen = self._chosen
        if chosen is not None and chosen.rang:  # whoever rings is not kept waiting
            return Begun(chosen)
        left = left_call(self._page.store)
        if left is not None and (chosen is None or chosen.person_id == left.person_id):
            answer = await self._page.app.push_screen_wait(what_of_left(self._page.store, left))
            if answer == "throw away":
                with self._page.saying_errors():
                    let_go(self._page.store, left)
            elif answer != "go on" or not await call_all_the_same(self._page, left.list_id, left.person_id):
                return _NONE  # it stays left
            else:
                with self._page.saying_errors():
                    return Begun(self._sitting.take_over(left))
        await self._take_in()
        if chosen is not None and not await call_all_the_same(self._page, chosen.list_id, chosen.person_id):
            return _NONE
        return Begun(chosen)

    async def _take_in(self) -> None:
        """Who has come to fit the filter of the list is put on it first, in a thread: it may ask everybody."""
        row = self._sitting.row
        if row is not None and row.draft.refills:
            with self._page.saying_errors():
                take_in = partial(take_in_before_calling, list_id=row.id)
                if added := await asyncio.to_thread(Errand(self._page.store).run, take_in):
                    self._page.say(taken_in_words(added))
