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

_NOBODY = 0


async def ask_hand_over(page: Page, name: str, noted: HandOver | None) -> HandOver | None:
    """What is answered, `noted` where it was thought better of, None to hand her over to nobody.

    To be awaited inside a worker of the page.
    """
    me = page.store.organiser_id
    known = sorted(organisers(page.store), key=lambda one: one.id == me)  # whoever hands over means another
    choices = [Choice(one.id, one.name, _("you") if one.id == me else one.languages) for one in known]
    if noted is not None:
        choices.append(Choice(_NOBODY, _("nobody: take it out")))
    question = safe(_("Who should speak with {name}?").format(name=name))
    chosen = await page.app.push_screen_wait(Choose(question, choices))
    if chosen is None or chosen == _NOBODY:
        return noted if chosen is None else None
    to = next(one.name for one in known if one.id == chosen)

    def no_word(line: str) -> str | None:
        return None if line.strip() else _("Say in a word why.")

    ask = AskLine(safe(_("Why should {organiser} do it?").format(organiser=to)), check=no_word)
    why = await page.app.push_screen_wait(ask)
    return noted if why is None else HandOver(chosen, why, to)
