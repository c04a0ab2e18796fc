"""One group that meets: what is seen of it, who came before and stayed away, and what to ask each of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.groups import GroupPerson, GroupRow, group_row, members, stayed_away
from organiser_tui.store.meetings import leave_group
from organiser_tui.tui.drawing.groups import group_cell, group_headline
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import QUIET, REACHED
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class GroupPage(PeopleTable):
    """Those who stayed away first, with one small task each; below them the other members."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "How many came to each meeting, and what warns of the group: attendance that falls two times in a row by a "
        "quarter or more, or once by three tenths after management turned hostile; a meeting called off, or the "
        "rhythm passed, without a next date; three meetings without a demand. Those who came before and stayed away "
        "stand first, each with her last contact and one small task to ask her for. l makes a call list of them."
    )
    FOOTER: ClassVar[Sequence[str]] = ("group.list", "person.call", "person.past", "list.open", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("x", "leave", _("leaves"), id="group.leave", tooltip=_("She belongs to the group no more")),
        Binding("l", "call_list", _("call list"), id="group.list", tooltip=_("Of those who stayed away, or marked")),
    ]

    def __init__(self, store: Campaign, group_id: int) -> None:
        super().__init__(store)
        self._group_id = group_id
        self._group: GroupRow | None = None
        self._people: dict[int, GroupPerson] = {}
        self._absent: list[int] = []

    def body(self) -> ComposeResult:
        yield Static(id="group-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("name"), 18, grow=2, max_width=32, priority=9, sortable=False),
                Column("came", _("came"), 12, max_width=16, priority=6, sortable=False),
                Column("contact", _("last contact"), 15, max_width=26, grow=1, priority=7, sortable=False),
                Column("task", _("ask her to"), 33, grow=4, max_width=60, priority=8, sortable=False),
                Column("provider", _("provider"), 14, grow=1, max_width=34, priority=2, sortable=False),
            ],
            self._read,
            lambda person, column, _width: group_cell(person, column, self.store.today()),
            empty_text=Text(_("Nobody belongs to this group yet, and nobody came to a meeting of it."), QUIET),
            markable=True,
            id="group-people",
        )

    def load(self) -> None:
        with self.saying_errors():
            self._group = group_row(self.store, self._group_id)
            away = stayed_away(self.store, self._group_id)
            self._absent = [person.id for person in away]
            others = [person for person in members(self.store, self._group_id) if person.id not in set(self._absent)]
            self._people = {person.id: person for person in (*away, *others)}
            table = self.table
            table.headings = {
                -1: Text(_("came before and stayed away"), f"bold {REACHED}"),
                -2: Text(_("other members"), f"bold {REACHED}"),
            }
            ids = array("q")
            for heading, people in ((-1, away), (-2, others)):
                if people:
                    ids.append(heading)
                    ids.extend([person.id for person in people])
            table.forget()
            table.show(Ids(ids), keep=table.record_id)
            self._show_headline()

    def _show_headline(self) -> None:
        if self._group is not None:
            words = group_headline(self._group, self.store.today(), max(self.size.width - 6, 40))
            self.query_one("#group-headline", Static).update(words)

    def on_resize(self, _event: events.Resize) -> None:
        self._show_headline()

    def _read(self, ids: Sequence[int]) -> Mapping[int, GroupPerson]:
        return {i: self._people[i] for i in ids if i in self._people}

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    def action_leave(self) -> None:
        if self.person_id is not None:
            with self.saying_errors():
                leave_group(self.store, self._group_id, self.person_id)
                self.say(_("She belongs to it no more · u takes it back"))
                self.load()

    @work
    async def action_call_list(self) -> None:
        people = sorted(self.table.marks) or self._absent
        group = self._group.name if self._group is not None else ""
        name = _("{group}: stayed away").format(group=group)
        if not people:
            self.say(_("Nobody who came before stayed away from the last meeting."))
        elif await self.organiser_app.make_call_list(people, name=name):
            self.unmark()
