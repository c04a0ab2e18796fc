"""One event: who is invited, what they answered, and its door."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.needs import GuestNeed
from organiser_tui.store.events import EventRow, GuestRow, event_row, guests_of
from organiser_tui.store.gatherings import undecided_about
from organiser_tui.store.needs import agenda_of, needs_of
from organiser_tui.tui.drawing.events import agenda_line, event_headline, guest_cell
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class EventPage(PeopleTable):
    """Its people, by name."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Who is invited to the event, what each answered last, and who came. d is the door: two letters and enter "
        "check somebody in. i invites by a filter, at most so many of each provider; l makes a call list of "
        "those who have not said whether they come, p the sheet for the door. n notes what somebody needs to come, "
        "A the agenda; a shows what was agreed there, b what it has shown by provider and region."
    )
    FOOTER: ClassVar[Sequence[str]] = ("event.door", "event.invite", "event.list", "event.sheet", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("d", "door", _("door"), id="event.door", tooltip=_("Checks in those who come")),
        Binding("i", "invite", _("invite"), id="event.invite", tooltip=_("Everybody whom a filter finds")),
        Binding("b", "test", _("the test"), id="event.test", tooltip=_("What it has shown, by provider and region")),
        Binding("a", "agreed", _("agreed"), id="event.agreed", tooltip=_("What was agreed, and who does it")),
        Binding("l", "call_list", _("call list"), id="event.list", tooltip=_("Of those who have not decided")),
        Binding("p", "sheet", _("sheet"), id="event.sheet", tooltip=_("The sheet for its door, to be printed")),
        Binding("n", "needs", _("needs"), id="event.needs", tooltip=_("A ride, childcare, an interpreter, access")),
        Binding("A", "agenda", _("agenda"), id="event.agenda", tooltip=_("What is on the agenda")),
    ]

    def __init__(self, store: Campaign, event_id: int) -> None:
        super().__init__(store)
        self._event_id = event_id
        self._event: EventRow | None = None
        self._guests: dict[int, GuestRow] = {}
        self._needs: dict[int, tuple[GuestNeed, ...]] = {}

    def body(self) -> ComposeResult:
        yield Static(id="event-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("name"), 24, grow=2, max_width=36, priority=9, sortable=False),
                Column("answer", _("comes?"), 14, max_width=16, priority=8, sortable=False),
                Column("came", _("came"), 7, max_width=9, priority=9, sortable=False),
                Column("provider", _("provider"), 18, grow=3, max_width=44, priority=5, sortable=False),
                Column("needs", _("needs"), 18, grow=2, max_width=44, priority=4, sortable=False),
            ],
            self._read,
            lambda row, column, _width: guest_cell(row, column, self._needs.get(row.id, ())),
            empty_text=Text(_("Nobody is invited yet. i invites by a filter, d checks in whoever comes."), QUIET),
            markable=True,
            id="event-guests",
        )

    def load(self) -> None:
        with self.saying_errors():
            self._event = event_row(self.store, self._event_id)
            self._guests = {guest.id: guest for guest in guests_of(self.store, self._event_id)}
            self._needs = needs_of(self.store, self._event_id)
            table = self.table
            table.forget()
            table.show(Ids(array("q", self._guests)), keep=table.record_id)
            headline = event_headline(self._event, self.store.today())
            needed = [self._needs.get(guest.id, ()) for guest in self._guests.values() if not guest.stays_away]
            headline.append_text(agenda_line(agenda_of(self.store, self._event_id), needed))
            self.query_one("#event-headline", Static).update(headline)

    @property
    def event_in_hand(self) -> int | None:
        return self._event_id

    def _read(self, ids: Sequence[int]) -> Mapping[int, GuestRow]:
        return {i: self._guests[i] for i in ids if i in self._guests}

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    @work
    async def action_door(self) -> None:
        from organiser_tui.tui.pages.door import DoorPage

        await self.app.push_screen_wait(DoorPage(self.store, self._event_id))
        self.load()

    def action_test(self) -> None:
        from organiser_tui.tui.pages.event_test import EventTestPage

        self.app.push_screen(EventTestPage(self.store, self._event_id))

    @work
    async def action_sheet(self) -> None:
        from organiser_tui.exchange.door_sheet import door_sheet
        from organiser_tui.tui.dialogs.sheet import make_sheet

        name = self._event.name if self._event is not None else ""
        await make_sheet(self, name, ".pdf", partial(door_sheet, event_id=self._event_id))

    @work
    async def action_needs(self) -> None:
        from organiser_tui.tui.dialogs.needs import ask_needs

        guest = self._guests.get(self.table.record_id or 0)
        if guest is None:
            self.say(_("Choose somebody first: then n notes what she needs to come."))
            return
        await ask_needs(self, self._event_id, guest.id, guest.name, self._needs.get(guest.id, ()))
        self.load()

    @work
    async def action_agenda(self) -> None:
        from organiser_tui.tui.dialogs.needs import ask_agenda

        await ask_agenda(self, self._event_id)
        self.load()

    @work
    async def action_invite(self) -> None:
        from organiser_tui.tui.dialogs.invite import invite_by_filter

        await invite_by_filter(self, self._event_id)
        self.load()

    @work
    async def action_agreed(self) -> None:
        from organiser_tui.tui.pages.agreed import AgreedPage

        await self.app.push_screen_wait(AgreedPage(self.store, self._event_id))
        self.load()

    @work
    async def action_call_list(self) -> None:
        undecided = undecided_about(self.store, self._event_id)
        marked = sorted(self.table.marks)
        name = self._event.name if self._event is not None else ""
        if not (marked or undecided):
            self.say(_("Everybody who is invited has said whether she comes."))
        elif await self.organiser_app.make_call_list(marked or undecided, name=name):
            self.unmark()
