"""Whether somebody who was chosen by hand is called although the queue would spare her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.store.calling import speaks_against
from organiser_tui.store.person import person_card
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.drawing.call import against_words
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def call_all_the_same(page: Page, list_id: int | None, person_id: int) -> bool:
    """Whether she is called, which is asked where something speaks against it; to be awaited inside a worker."""
    card, against = person_card(page.store, person_id), speaks_against(page.store, list_id, person_id)
    if card is None or against is None:
        return True
    said = safe(against_words(card, against, page.store))
    return await page.app.push_screen_wait(Confirm(said.append(" " + _("Call all the same?")))) is True
