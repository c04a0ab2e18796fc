"""To whom a person is handed over, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.contacts import HandOver
from organiser_tui.store.organisers import organisers
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def ask_hand_over(page: Page, name: str) -> HandOver | None:
    """What was answered; to be awaited inside a worker of the page."""
    known = organisers(page.store)
    question = safe(_("Who should speak with {name}?").format(name=name))
    chosen = await page.app.push_screen_wait(Choose(question, [Choice(o.id, o.name, o.languages) for o in known]))
    if chosen is None:
        return None
    to = next(organiser.name for organiser in known if organiser.id == chosen)

    def no_word(line: str) -> str | None:
        return None if line.strip() else _("Say in a word why.")

    ask = AskLine(safe(_("Why should {organiser} do it?").format(organiser=to)), check=no_word)
    why = await page.app.push_screen_wait(ask)
    return None if why is None else HandOver(chosen, why, to)
