"""Workshops: the events to come and those that are over; from here to their doors and to who can be counted on."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.events import EventRow, cancel_event, events_over, events_to_come
from organiser_tui.tui.drawing.events import event_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class WorkshopsPage(Page):
    """One line an event: how many were invited, said yes, came."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Workshops, meetings, meet-ups, assemblies, public acts. enter opens one: who is invited, what they answered, "
        "and the door, at which those who come are checked in. What was not written down counts neither for nor "
        "against anybody. o shows who can be counted on: promises kept of those that fell due. D shows what people "
        "named, and what is demanded of whom."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "list.open",
        "workshops.new",
        "workshops.counted",
        "workshops.tasks",
        "workshops.off",
        "help",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("new event"), id="workshops.new", tooltip=_("What, when and where")),
        Binding("o", "counted_on", _("counted on"), id="workshops.counted", tooltip=_("Who keeps what she promises")),
        Binding("t", "tasks", _("tasks"), id="workshops.tasks", tooltip=_("What people took on, and what came of it")),
        Binding("m", "groups", _("groups"), id="workshops.groups", tooltip=_("Those who meet again and again")),
        Binding("K", "committee", _("committee"), id="workshops.committee", tooltip=_("Offices, elections, chapters")),
        Binding("D", "demands", _("demands"), id="workshops.demands", tooltip=_("What people named, what is demanded")),
        Binding("z", "call_off", _("call off"), id="workshops.off", tooltip=_("The event is not held")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, EventRow] = {}

    def body(self) -> ComposeResult:
        yield Static(id="workshops-headline", classes="headline")
        yield RecordTable(
            [
                Column("when", _("when"), 13, max_width=20, priority=9, sortable=False),
                Column("name", _("event"), 24, grow=4, max_width=48, priority=9, sortable=False),
                Column("kind", _("kind"), 10, max_width=12, priority=4, sortable=False),
                Column("invited", _("invited"), 7, align="right", priority=6, sortable=False),
                Column("yes", _("yes"), 5, align="right", priority=7, sortable=False),
                Column("came", _("came"), 11, align="right", priority=8, sortable=False),
                Column("place", _("place"), 14, grow=3, max_width=36, priority=3, sortable=False),
            ],
            self._read,
            lambda row, column, _width: event_cell(row, column, self.store.today()),
            empty_text=Text(_("No event yet. n makes one: a workshop, a meeting, a meet-up."), QUIET),
            id="workshops-list",
        )

    def load(self) -> None:
        table = self.query_one(RecordTable)
        keep = table.record_id
        ahead, over = events_to_come(self.store), events_over(self.store)
        self._rows = {row.id: row for row in (*ahead, *over)}
        table.headings = {-1: Text(_("to come"), f"bold {REACHED}"), -2: Text(_("over"), f"bold {REACHED}")}
        ids = array("q")
        for heading, rows in ((-1, ahead), (-2, over)):
            if rows:
                ids.append(heading)
                ids.extend([row.id for row in rows])
        table.forget()
        table.show(Ids(ids), keep=keep)
        self.query_one("#workshops-headline", Static).update(self._headline(ahead, over))

    @staticmethod
    def _headline(ahead: Sequence[EventRow], over: Sequence[EventRow]) -> Text:
        coming = ngettext("{n} event to come", "{n} events to come", len(ahead)).format(n=len(ahead))
        text = Text.assemble((coming, f"bold {STRONG}"))
        unnoted = sum(row.recorded_on is None and row.cancelled_on is None for row in over)
        if unnoted:
            words = ngettext("{n} where nobody noted who came", "{n} where nobody noted who came", unnoted)
            text.append("   ").append(words.format(n=unnoted), QUIET)
        return text

    def _read(self, ids: Sequence[int]) -> Mapping[int, EventRow]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    @on(RecordTable.Opened)
    def open_event(self, event: RecordTable.Opened) -> None:
        """The event's own page."""
        self.open_record(event.record_id)

    def open_record(self, record_id: int) -> None:
        from organiser_tui.tui.pages.event import EventPage

        self.app.push_screen(EventPage(self.store, record_id))

    def action_counted_on(self) -> None:
        from organiser_tui.tui.pages.counted_on import CountedOnPage

        self.app.push_screen(CountedOnPage(self.store))

    def action_groups(self) -> None:
        from organiser_tui.tui.pages.groups import GroupsPage

        self.app.push_screen(GroupsPage(self.store))

    def action_tasks(self) -> None:
        from organiser_tui.tui.pages.tasks import TasksPage

        self.app.push_screen(TasksPage(self.store))

    def action_committee(self) -> None:
        from organiser_tui.tui.pages.committee import CommitteePage

        self.app.push_screen(CommitteePage(self.store))

    def action_demands(self) -> None:
        from organiser_tui.tui.pages.demands import DemandsPage

        self.app.push_screen(DemandsPage(self.store))

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.new_event import NewEvent

        made = await self.app.push_screen_wait(NewEvent(self.store))
        if made is not None:
            self.load()
            self.open_record(made)

    @work
    async def action_call_off(self) -> None:
        from organiser_tui.tui.dialogs.confirm import Confirm

        row = self._rows.get(self.query_one(RecordTable).record_id or 0)
        if row is None:
            return
        if await self.app.push_screen_wait(Confirm(safe(_("Is {name} called off?").format(name=row.name)))) is True:
            with self.saying_errors():
                cancel_event(self.store, row.id)
                self.say(_("{name} is called off · u takes it back").format(name=row.name))
                self.load()
