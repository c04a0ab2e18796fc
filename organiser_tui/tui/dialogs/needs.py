"""What is asked about an event beside its guests: what one of them needs, and what is on the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organiser_tui.domain.needs import GuestNeed, needs_words, parse_needs
from organiser_tui.store.needs import agenda_of, checked_agenda, note_needs, set_agenda
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def ask_needs(page: Page, event_id: int, person_id: int, name: str, held: Sequence[GuestNeed]) -> None:
    """Ask what somebody needs so that she can come, and keep it; to be awaited inside a worker of the page."""
    label = safe(_("What does {name} need to come? ride, childcare, interpreter, access").format(name=name))
    hint = _("such as ride: from Kranj, interpreter: Albanian")
    asked = AskLine(label, needs_words(held), check=refused_by(parse_needs), placeholder=hint)
    line = await page.app.push_screen_wait(asked)
    if line is not None:
        with page.saying_errors():
            note_needs(page.store, event_id, person_id, parse_needs(line))


async def ask_agenda(page: Page, event_id: int) -> None:
    """Ask what is on the agenda of an event, and keep it; to be awaited inside a worker of the page."""
    asked = AskLine(_("The agenda, in a line"), agenda_of(page.store, event_id), check=refused_by(checked_agenda))
    line = await page.app.push_screen_wait(asked)
    if line is not None:
        with page.saying_errors():
            set_agenda(page.store, event_id, line)
