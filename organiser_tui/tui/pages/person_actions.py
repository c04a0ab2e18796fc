"""What can be done with one person, from the list as from her own page. Nothing is drawn here."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from organiser_tui.domain.folding import fold
from organiser_tui.domain.tasks import task_words
from organiser_tui.store.handing_over import clear_hand_over, hand_over
from organiser_tui.store.history import last_action
from organiser_tui.store.person import person_card
from organiser_tui.store.tasks import take_task
from organiser_tui.tui.drawing.person import saved_told
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import safe
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

_AT_ONCE = 40
"""So many people one remembers to have been at a meet-up."""


class PersonActions(Page):
    """A page on which one person is in hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "call", _("call"), id="person.call", tooltip=_("Calls her; on a call list it goes on then")),
        Binding("e", "edit", _("edit"), id="person.edit", tooltip=_("Changes what is known of her")),
        Binding("at", "hand_over", _("hand over"), id="person.hand-over", tooltip=_("Another organiser calls her")),
        Binding("T", "task", _("task"), id="person.task", tooltip=_("What she takes on, by when")),
        Binding("m", "past_contact", _("past contact"), id="person.past", tooltip=_("Enters it by its date")),
        Binding("R", "reprisal", _("reprisal"), id="person.reprisal", tooltip=_("What management did to her")),
    ]

    list_id: int | None = None
    """The call list that a call made here is for; None: none in particular."""

    @property
    @abstractmethod
    def person_id(self) -> int | None:
        """Who is in hand; None for nobody."""

    @property
    def people_at_hand(self) -> Sequence[int]:
        """Whoever is in hand, or has been marked."""
        return [] if self.person_id is None else [self.person_id]

    @property
    def event_in_hand(self) -> int | None:
        """The event that a task taken on here is for; None for none in particular."""
        return None

    def unmark(self) -> None:
        """Nobody is marked any more."""

    @abstractmethod
    def changed(self, person_id: int | None) -> None:
        """Show what has just been written about `person_id` (None: about nobody in particular)."""

    @work
    async def action_call(self) -> None:
        person = self.person_id
        if person is not None and await self.organiser_app.call(self, self.list_id, first=person):
            self.changed(person)

    @work
    async def action_edit(self) -> None:
        from organiser_tui.tui.dialogs.person_form import PersonForm

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        before = last_action(self.store)
        if card is not None and await self.app.push_screen_wait(PersonForm(self.store, card)) is not None:
            saved = last_action(self.store) != before
            now = person_card(self.store, card.id) or card
            self.say(saved_told(now.name) if saved else _("Nothing was changed."))
            self.changed(card.id)

    @work
    async def action_hand_over(self) -> None:
        """Hand her over; who is handed over already may be called by everybody again."""
        from organiser_tui.tui.dialogs.confirm import Confirm
        from organiser_tui.tui.dialogs.hand_over import ask_hand_over

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        if card is None:
            return
        if card.handed_to:
            question = _("{name} is with {organiser}. May everybody call her again?")
            words = question.format(name=card.name, organiser=card.handed_to)
            if await self.app.push_screen_wait(Confirm(safe(words))):
                with self.saying_errors():
                    clear_hand_over(self.store, card.id)
        elif (handed := await ask_hand_over(self, card.name, None)) is not None:
            with self.saying_errors():
                hand_over(self.store, card.id, handed)
                said = _("{name} is with {organiser} now · u takes it back")
                self.say(said.format(name=card.name, organiser=handed.name))
        self.changed(card.id)

    @work
    async def action_task(self) -> None:
        from organiser_tui.tui.dialogs.take_task import ask_task

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        draft = None if card is None else await ask_task(self, card.id, card.name, self.event_in_hand)
        if card is None or draft is None:
            return
        with self.saying_errors():
            take_task(self.store, draft)
            what = task_words(draft.kind, draft.what)
            self.say(_("{name} takes on: {what} · u takes it back").format(name=card.name, what=what))
        self.changed(card.id)

    @work
    async def action_past_contact(self) -> None:
        from organiser_tui.tui.dialogs.past_contact import PastContact

        if len(self.people_at_hand) > _AT_ONCE:
            sentence = _("{n} people are marked: note a talk with {most} at once at most.")
            self.say(sentence.format(n=f"{len(self.people_at_hand):,}", most=_AT_ONCE), severity="error")
            return
        cards = [card for who in self.people_at_hand if (card := person_card(self.store, who)) is not None]
        cards.sort(key=lambda card: (fold(card.family), fold(card.given)))
        told = await self.app.push_screen_wait(PastContact(self.store, cards)) if cards else None
        if told is not None:
            self.unmark()
            self.say(". ".join(told), severity="warning" if len(told) > 1 else "information")
            self.changed(cards[0].id)

    @work
    async def action_reprisal(self) -> None:
        from organiser_tui.store.reprisals import no_support
        from organiser_tui.tui.dialogs.reprisal import ReprisalForm

        card = None if self.person_id is None else person_card(self.store, self.person_id)
        if card is None or await self.app.push_screen_wait(ReprisalForm(self.store, card)) is None:
            return
        if no_support(self.store, card.id):
            self.say(_("{name}: it is noted; she is not called any more · u takes it back").format(name=card.name))
        else:
            sentence = _("{name}: it is noted; call her within 24 hours, she stands on Today · u takes it back")
            self.say(sentence.format(name=card.name))
        self.changed(card.id)

    def after_undo(self, person_id: int | None) -> None:
        self.changed(person_id)


class PeopleTable(PersonActions):
    """A page with one list of people, which can be marked: whoever has the bar is in hand, or those marked are."""

    @property
    def table(self) -> RecordTable[Any]:
        """The list."""
        return self.query_one(RecordTable)

    @property
    def person_id(self) -> int | None:
        return self.table.record_id

    @property
    def people_at_hand(self) -> Sequence[int]:
        return sorted(self.table.marks) or super().people_at_hand

    def unmark(self) -> None:
        self.table.clear_marks()

    def changed(self, person_id: int | None) -> None:
        self.load()

    def open_record(self, record_id: int) -> None:
        """Her own page."""
        from organiser_tui.tui.pages.person import PersonPage

        self.app.push_screen(PersonPage(self.store, record_id))
