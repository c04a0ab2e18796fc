"""Who is working: chosen once, shown on every page, written on every row; and which languages she speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.folding import fold
from organiser_tui.store.organisers import (
    Organiser,
    add_organiser,
    choose_organiser,
    note_languages,
    organisers,
    rename_organiser,
)
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.languages import language_codes, no_language
from organiser_tui.tui.drawing.labels import role_label
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_SOMEONE_NEW, _LANGUAGES, _NAME = "", " ", "  "
"""No organiser is called like that."""


async def ask_who(page: Page) -> bool:
    """Ask who works from now on; someone new becomes an organiser. Returns whether anybody was chosen.

    To be awaited inside a worker of the page.
    """
    store = page.store
    known = organisers(store)
    current = next((organiser for organiser in known if organiser.id == store.organiser_id), None)
    choices = [Choice(organiser.name, organiser.name, _about(organiser)) for organiser in known]
    choices.append(Choice(_SOMEONE_NEW, _("someone new …")))
    if current is not None:
        choices.append(Choice(_NAME, _("{name} is called otherwise …").format(name=current.name)))
        choices.append(Choice(_LANGUAGES, _("languages of {name} …").format(name=current.name)))

    def new(typed: str) -> list[Choice[str]]:
        return [Choice(typed, typed, _("someone new"))]

    marked = current.name if current else None
    name = await page.app.push_screen_wait(Choose(_("Who is working?"), choices, current=marked, more=new))
    if name == _NAME and current is not None:
        return await _ask_name(page, current)
    if name == _LANGUAGES and current is not None:
        return await _ask_again(page, current)
    if name == _SOMEONE_NEW:
        name = await page.app.push_screen_wait(AskLine(_("Name of the organiser")))
    if not name:
        return False
    is_new = fold(name) and fold(name) not in [fold(organiser.name) for organiser in known]
    languages = await _languages(page, name) if is_new else None
    if is_new and languages is None:
        page.say(_("{name} was not entered: the languages may stay empty, enter goes on.").format(name=name))
        return False
    with page.saying_errors():
        if languages:
            add_organiser(store, name, languages=languages)
        chosen = choose_organiser(store, name)
        page.organiser_app.organiser = chosen.name if chosen else ""
        return True
    return False


def _about(organiser: Organiser) -> str:
    """Her role, and the languages she speaks."""
    return " · ".join(filter(None, (role_label(organiser.role), organiser.languages)))


async def _ask_again(page: Page, organiser: Organiser) -> bool:
    languages = await _languages(page, organiser.name, organiser.languages)
    if languages is None:
        return False
    with page.saying_errors():
        note_languages(page.store, organiser.id, languages)
        return True
    return False


async def _ask_name(page: Page, organiser: Organiser) -> bool:
    question = safe(_("What is {name} called?").format(name=organiser.name))
    name = await page.app.push_screen_wait(AskLine(question, placeholder=organiser.name))
    if not name:
        return False
    with page.saying_errors():
        page.organiser_app.organiser = rename_organiser(page.store, organiser.id, name)
        return True
    return False


async def _languages(page: Page, name: str, held: str = "") -> str | None:
    """The codes of the languages that `name` speaks, separated by spaces; None where no answer was given."""
    question = _("Which languages does {name} speak? Calls in them will come to her.").format(name=name)
    asked = AskLine(safe(question), held, placeholder=_("sl en; may stay empty"), check=no_language)
    line = await page.app.push_screen_wait(asked)
    return None if line is None else " ".join(language_codes(line))
