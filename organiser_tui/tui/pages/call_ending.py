"""Ends a call: what an outcome must know before it is saved, and the contact that is made of the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widgets import Input

from organiser_tui.domain.heard import NOTHING
from organiser_tui.domain.outcomes import Effect
from organiser_tui.store.outcomes import effect_of
from organiser_tui.tui.dialogs.outcomes import Answers, Called, answers_to, asks_first
from organiser_tui.tui.pages.call_keys import worked_off
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.domain.contacts import ContactDraft
    from organiser_tui.store.contacts import Logged
    from organiser_tui.store.person import PersonCard
    from organiser_tui.store.sitting import Sitting
    from organiser_tui.tui.page import Page
    from organiser_tui.tui.widgets.call_panes import CallPanes

Then = Callable[["PersonCard", "ContactDraft", "Logged"], None]
"""What follows once the call with somebody is saved."""


class Ending:
    """Ends the calls of a page, one after the other."""

    def __init__(self, page: Page, sitting: Sitting, panes: Callable[[], CallPanes], then: Then) -> None:
        self._page = page
        self._sitting = sitting
        self._panes = panes
        self._then = then

    async def conclude(self, outcome: str) -> None:
        """Save with `outcome` once everything that it needs is there: the agreed hour, the answers to its questions."""
        panes = self._panes()
        for typed_into in (self._page, *panes.form.query(Input)):
            await worked_off(typed_into)
        effect = self._effect_of(outcome)
        if effect is None or not self._hour_is_clear(outcome, effect):
            return
        if asks_first(effect, self._called):
            self._page.run_worker(self._ask_and_save(outcome, effect))
        else:
            self._save(outcome, Answers(phone_id=self._called.phone_id if self._sitting.number_known else None))

    def _effect_of(self, outcome: str) -> Effect | None:
        """What an outcome does; None, and it is said, where the file cannot be read: what is noted stands."""
        with self._page.saying_errors():
            return effect_of(self._page.store, outcome)
        return None

    def _hour_is_clear(self, outcome: str, effect: Effect) -> bool:
        """Whether the follow-up is understood, and there where it is needed; else it has the cursor, and says why."""
        panes = self._panes()
        form, trouble = panes.form, bool(panes.form.trouble)
        wanted = effect == Effect.CALL_BACK and form.agreed is None
        if not trouble and not wanted:
            return True
        if wanted and not trouble:
            form.demand_follow_up()
        self._page.set_focus(form.query_one("#form-next", Input))
        if effect == Effect.CALL_BACK:  # it is saved once the hour is understood; leaving the field calls it off
            panes.pending = outcome
            panes.show_keys()
        else:  # enter leaves the line, as ever: the next digit must not be somebody else's outcome
            panes.warn(_("Not saved yet: mend the follow-up, or take it out."))
        return False

    @property
    def _called(self) -> Called:
        panes, card = self._panes(), self._sitting.card
        if card is None:
            return Called((), None, learned=False)
        shown = panes.phones[0].id if panes.phones else None
        # A word for the next caller may be left by whoever has heard nobody.
        heard = panes.form.learned or panes.form.heard._replace(for_next="") != NOTHING
        return Called(card.usable_phones, shown, heard, card.leave_message == 0)

    async def _ask_and_save(self, outcome: str, effect: Effect) -> None:
        answers = await answers_to(self._page.app, self._page.store, effect, self._called)
        if answers is not None:
            self._save(outcome, answers)

    def _save(self, outcome: str, answers: Answers) -> None:
        """Save the call with everything on the form."""
        sitting, form, card = self._sitting, self._panes().form, self._sitting.card
        if card is None:
            return
        draft = form.contact(card.id, outcome, at=sitting.at, list_id=sitting.list_id, **answers._asdict())
        with self._page.saying_errors():
            logged = sitting.save(draft, form.noted)
            self._then(card, draft, logged)
