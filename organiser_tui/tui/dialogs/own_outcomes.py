"""The outcomes of the campaign's own: a new one is a word and what it does, an old one is taken off the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.outcomes import OUTCOMES, effect_told, outcome_label
from organiser_tui.store.outcomes import add_outcome, end_outcome, own_outcomes
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_NEW = ""
"""No outcome is called like that."""


async def change_outcomes(page: Page) -> None:
    """Ask which outcome is added or taken off, and do it; to be awaited inside a worker of the page."""
    store, ask = page.store, page.app.push_screen_wait
    as_what = _("does the same as {outcome}")
    choices = [
        Choice(own.code, own.code, as_what.format(outcome=outcome_label(own.effect))) for own in own_outcomes(store)
    ]
    chosen = await ask(Choose(_("Outcomes of this campaign"), [*choices, Choice(_NEW, _("a new one …"))]))
    if chosen is None:
        return
    if chosen != _NEW:
        question = _("Offer {word} no more? What was logged with it stays.").format(word=chosen)
        if await ask(Confirm(safe(question))):
            with page.saying_errors():
                end_outcome(store, chosen)
        return
    word = await ask(AskLine(_("What is the outcome called?"), placeholder=_("husband answered")))
    if not word:
        return
    waits = store.definitions.waits
    effects = [Choice(o.effect, outcome_label(o.effect), effect_told(o, waits)) for o in OUTCOMES]
    effect = await ask(Choose(safe(_("What does {word} do? The same as …").format(word=word)), effects))
    if effect is not None:
        with page.saying_errors():
            add_outcome(store, word, effect)
            page.say(_("{word} stands behind o in every call · u takes it back").format(word=word))
