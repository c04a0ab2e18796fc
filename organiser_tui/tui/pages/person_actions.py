"""What can be done with one person, from the list as from her own page. Nothing is drawn here."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from organiser_tui.store.person import person_card
from organiser_tui.tui.page import Page
from organiser_tui.words import _


class PersonActions(Page):
    """A page on which one person is in hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", _("call"), id="person.call", tooltip=_("Calls her, then goes on with the queue")),
        Binding("e", "edit", _("edit"), id="person.edit", tooltip=_("Changes what is known of her")),
        Binding("m", "past_contact", _("past contact"), id="person.past", tooltip=_("Enters it by its date")),
    ]

    calls_from: int | None = None
    """The call list that a call made here is for; None: none in particular."""

    @property
    @abstractmethod
    def person_id(self) -> int | None:
        """Who is in hand; None for nobody."""

    @abstractmethod
    def changed(self, person_id: int | None) -> None:
        """Show what has just been written about `person_id` (None: about nobody in particular)."""

    @work
    async def action_call(self) -> None:
        from organiser_tui.tui.pages.in_call import InCallPage

        if self.person_id is not None:
            person = self.person_id
            await self.app.push_screen_wait(InCallPage(self.store, self.calls_from, first=person))
            self.changed(person)

    @work
    async def action_edit(self) -> None:
        from organiser_tui.tui.dialogs.person_form import PersonForm

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        if card is not None and await self.app.push_screen_wait(PersonForm(self.store, card)) is not None:
            self.say(_("Saved · u takes it back"))
            self.changed(card.id)

    @work
    async def action_past_contact(self) -> None:
        from organiser_tui.tui.dialogs.past_contact import PastContact

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        if card is not None and await self.app.push_screen_wait(PastContact(self.store, card)) is not None:
            self.say(_("Saved · u takes it back"))
            self.changed(card.id)

    def after_undo(self, person_id: int | None) -> None:
        self.changed(person_id)
