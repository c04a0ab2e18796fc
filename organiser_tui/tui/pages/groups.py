"""Groups that meet: who belongs, when they met, when they meet next."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_row, invite
from organiser_tui.store.meetings import MeetingGroup, join_group, meeting_groups, members_today, next_meeting
from organiser_tui.store.people import PeopleQuery, people_ids
from organiser_tui.tui.drawing.meetings import meeting_group_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext


class GroupsPage(Page):
    """One line a group, by name."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "A group meets in its rhythm. m makes its next meeting: the day follows from the last one, and whoever led "
        "longest ago is proposed to lead it; its members are invited. i takes in everybody whom a filter finds."
    )
    FOOTER: ClassVar[Sequence[str]] = ("groups.meeting", "groups.new", "groups.join", "list.open", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("m", "meeting", _("next meeting"), id="groups.meeting", tooltip=_("Proposed by its rhythm")),
        Binding("n", "new", _("new group"), id="groups.new", tooltip=_("Its name, provider and rhythm")),
        Binding("i", "join", _("members"), id="groups.join", tooltip=_("Takes in whom a filter finds")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, MeetingGroup] = {}

    def body(self) -> ComposeResult:
        yield Static(id="groups-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("group"), 24, grow=3, max_width=48, priority=9, sortable=False),
                Column("members", _("members"), 7, align="right", priority=8, sortable=False),
                Column("rhythm", _("every"), 8, max_width=10, priority=5, sortable=False),
                Column("last", _("met"), 9, max_width=12, priority=6, sortable=False),
                Column("next", _("meets"), 9, max_width=14, priority=9, sortable=False),
                Column("where", _("where"), 16, grow=2, max_width=40, priority=3, sortable=False),
            ],
            self._read,
            lambda row, column, _width: meeting_group_cell(row, column, self.store.today()),
            empty_text=Text(_("No group yet. n makes one: those who meet again and again."), QUIET),
            id="groups-list",
        )

    def load(self) -> None:
        self._show(self.query_one(RecordTable).record_id)

    def _show(self, keep: int | None) -> None:
        table = self.query_one(RecordTable)
        self._rows = {row.id: row for row in meeting_groups(self.store)}
        table.forget()
        table.show(Ids(array("q", self._rows)), keep=keep)
        words = ngettext("{n} group", "{n} groups", len(self._rows)).format(n=f"{len(self._rows):,}")
        self.query_one("#groups-headline", Static).update(Text(words, f"bold {STRONG}"))

    def _read(self, ids: Sequence[int]) -> Mapping[int, MeetingGroup]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    @on(RecordTable.Opened)
    def open_group(self, event: RecordTable.Opened) -> None:
        """Who came and who stayed away, and what warns of it."""
        self.open_record(event.record_id)

    def open_record(self, record_id: int) -> None:
        from organiser_tui.tui.pages.group import GroupPage

        self.app.push_screen(GroupPage(self.store, record_id))

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.new_group import NewGroup

        made = await self.app.push_screen_wait(NewGroup(self.store))
        if made is not None:
            self._show(made)

    @work
    async def action_meeting(self) -> None:
        from organiser_tui.tui.dialogs.new_event import NewEvent
        from organiser_tui.tui.pages.event import EventPage

        group = self.query_one(RecordTable).record_id
        if group is None:
            return
        with self.saying_errors():
            proposed = next_meeting(self.store, group)
            made = await self.app.push_screen_wait(NewEvent(self.store, proposed))
            if made is None:
                return
            if event_row(self.store, made).starts[:10] >= self.store.today().isoformat():  # else the door is next
                invite(self.store, made, members_today(self.store, group))
            self.app.push_screen(EventPage(self.store, made))

    @work
    async def action_join(self) -> None:
        from organiser_tui.tui.dialogs.filter import FilterDialog

        group = self.query_one(RecordTable).record_id
        text = await self.app.push_screen_wait(FilterDialog(self.store, "")) if group is not None else None
        if not text or group is None:
            return
        with self.saying_errors():
            found = [person for ids in people_ids(self.store, PeopleQuery(parse_filter(text))) for person in ids]
            joined = join_group(self.store, group, found)
            words = ngettext("{n} person belongs to it now", "{n} more people belong to it now", joined)
            self.say(words.format(n=f"{joined:,}") + " · " + _("u takes it back"))
            self.load()
