"""What is asked beside a call and then stands on its form: what else was heard, answers, to whom she is handed over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from organiser_tui.tui.drawing.heard import agreed_wording
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.person import PersonCard
    from organiser_tui.tui.page import Page
    from organiser_tui.tui.widgets.call_form import CallForm

Note = Callable[["Page", "PersonCard", "CallForm"], Awaitable[None]]
"""Asks on a page about the person in the call, and notes what is answered on the form; inside a worker of the page."""


async def _heard(page: Page, card: PersonCard, form: CallForm) -> None:
    from organiser_tui.tui.dialogs.heard import ask_heard

    heard = await ask_heard(page, card, form.heard)
    if heard is not None:
        form.hear(heard)


async def _agreed(_page: Page, _card: PersonCard, form: CallForm) -> None:
    form.hear(form.heard._replace(agreed="" if form.heard.agreed else agreed_wording()))


async def _looked_up(page: Page, _card: PersonCard, form: CallForm) -> None:
    from organiser_tui.tui.dialogs.short_answers import look_up

    wants = await look_up(page)
    if wants:
        form.hear(form.heard._replace(wants=(*form.heard.wants, wants)))


async def _questions(page: Page, card: PersonCard, form: CallForm) -> None:
    from organiser_tui.tui.dialogs.mandates import ask_mandates
    from organiser_tui.tui.dialogs.questions import ask_questions

    given = await ask_questions(page, form.asked, form.answers)
    if given is not None:
        form.answered(given)
    heard = await ask_mandates(page, card.id, form.heard)
    if heard is not None:
        form.hear(heard)
    elif given is None:
        page.say(_("This list asks nothing: q on the Calls page writes its questions."))


async def _handed_over(page: Page, card: PersonCard, form: CallForm) -> None:
    from organiser_tui.tui.dialogs.hand_over import ask_hand_over

    form.hand_over_to(await ask_hand_over(page, card.name, form.noted.hand_over))


NOTES: Final[dict[str, Note]] = {"+": _heard, "K": _agreed, "A": _looked_up, "q": _questions, "@": _handed_over}
"""By the key that asks."""
