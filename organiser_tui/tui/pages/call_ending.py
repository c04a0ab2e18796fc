"""Ends a call: what an outcome must know before it is saved, and the contact that is made of the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.widgets import Input

from organiser_tui.domain.heard import NOTHING
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, Needs
from organiser_tui.store.outcomes import effect_of
from organiser_tui.tui.dialogs.outcomes import Answers, AskedBefore, Called, answers_to, asked_before
from organiser_tui.tui.pages.call_keys import worked_off
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.contacts import Logged
    from organiser_tui.store.person import PersonCard
    from organiser_tui.store.sitting import Sitting
    from organiser_tui.tui.page import Page
    from organiser_tui.tui.widgets.call_panes import CallPanes

Then = Callable[["PersonCard", "Logged"], None]
"""What follows once the call with somebody is saved."""


class Ending:
    """Ends the calls of a page, one after the other."""

    def __init__(self, page: Page, sitting: Sitting, panes: Callable[[], CallPanes], then: Then) -> None:
        self._page = page
        self._sitting = sitting
        self._panes = panes
        self._then = then
        self.waits = ""
        """The outcome that waits for the hour that was agreed; '' for none."""

    async def conclude(self, outcome: str) -> None:
        """Save with `outcome` once everything that it needs is there: the agreed hour, the answers to its questions."""
        panes = self._panes()
        for typed_into in (self._page, *panes.form.query(Input)):
            await worked_off(typed_into)
        effect = self._effect_of(outcome)
        if effect is None or not self._hour_is_clear(outcome, effect):
            return
        called = self._called
        questions = asked_before(self._page.store, effect, called)
        if questions:
            self._page.run_worker(self._ask_and_save(outcome, questions, called.phone_id))
        else:
            self._save(outcome, Answers(phone_id=called.phone_id))

    def _effect_of(self, outcome: str) -> Effect | None:
        """What an outcome does; None, and it is said, where the file cannot be read: what is noted stands."""
        with self._page.saying_errors():
            return effect_of(self._page.store, outcome)
        return None

    def call_off(self) -> None:
        """No outcome waits any more: whoever leaves the follow-up has thought better of it."""
        if self.waits:
            self.waits = ""
            self._panes().form.demand_hour(demanded=False)

    def _hour_is_clear(self, outcome: str, effect: Effect) -> bool:
        """Whether the follow-up is understood, and there where it is needed; else it has the cursor, and says why."""
        panes = self._panes()
        form, needed = panes.form, BY_EFFECT[effect].needs is Needs.HOUR
        if not form.trouble and (form.agreed is not None or not needed):
            return True
        self._page.set_focus(form.query_one("#form-next", Input))
        if needed:  # it is saved once the hour is understood
            self.waits = outcome
            form.demand_hour(demanded=True)
            panes.show_keys(self.waits)
        else:  # enter leaves the line, as ever: the next digit must not be somebody else's outcome
            panes.warn(_("Not saved yet: mend the follow-up, or take it out."))
        return False

    @property
    def _called(self) -> Called:
        panes, card = self._panes(), self._sitting.card
        if card is None:
            return Called((), None, learned=False)
        phone = self._sitting.phone
        # A word for the next caller may be left by whoever has heard nobody.
        learned = panes.form.learned or panes.form.heard._replace(for_next="") != NOTHING
        speaks = next(iter(panes.form.heard.languages), "")
        tried = phone.id if phone is not None else None
        return Called(card.usable_phones, tried, learned, card.leave_message == 0, speaks)

    async def _ask_and_save(self, outcome: str, questions: Sequence[AskedBefore], phone_id: int | None) -> None:
        answers = await answers_to(self._page.app, questions, phone_id)
        if answers is not None:
            self._save(outcome, answers)

    def _save(self, outcome: str, answers: Answers) -> None:
        """Save the call with everything on the form."""
        sitting, form, card = self._sitting, self._panes().form, self._sitting.card
        if card is None:
            return
        call = {"at": sitting.at, "list_id": sitting.list_id, "rang": sitting.rang}
        draft = form.contact(card.id, outcome, **call, **answers._asdict())
        with self._page.saying_errors():
            logged = sitting.save(draft, form.noted)
            self._then(card, logged)
