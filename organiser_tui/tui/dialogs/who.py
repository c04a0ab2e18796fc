"""Who is working: chosen once, shown on every page, written on every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.store.organisers import choose_organiser, organisers
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_SOMEONE_NEW = ""


async def ask_who(page: Page) -> bool:
    """Ask who works from now on; someone new becomes an organiser. Returns whether anybody was chosen.

    To be awaited inside a worker of the page.
    """
    store = page.store
    known = organisers(store)
    current = next((organiser.name for organiser in known if organiser.id == store.organiser_id), None)
    choices = [Choice(organiser.name, organiser.name, _(organiser.role)) for organiser in known]
    choices.append(Choice(_SOMEONE_NEW, _("someone new …")))

    def new(typed: str) -> list[Choice[str]]:
        return [Choice(typed, typed, _("someone new"))]

    name = await page.app.push_screen_wait(Choose(_("Who is working?"), choices, current=current, more=new))
    if name == _SOMEONE_NEW:
        name = await page.app.push_screen_wait(AskLine(_("Name of the organiser")))
    if not name:
        return False
    with page.saying_errors():
        chosen = choose_organiser(store, name)
        page.organiser_app.organiser = chosen.name if chosen else ""
        return True
    return False
