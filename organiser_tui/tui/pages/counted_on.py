"""Who can be counted on: promises kept of those that fell due, with the list behind it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.promises import Trust, evidence, people_tested, trust_of
from organiser_tui.tui.drawing.events import evidence_lines, trust_cell
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

_SHOWN = 1000


class CountedOnPage(PeopleTable):
    """One line a person, whom the evidence speaks for most first."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Promises that fell due (came after a yes, a task, a card after a yes, someone brought along) beside those "
        "that were kept. Counted on: at least 2 kept within 12 months, one of them a task, and two thirds of all "
        "that were due. Words only: 2 due, none kept. Few promises weigh little: the order is that of the "
        "lower end of the 95 % Wilson interval. What was excused, or is not due yet, counts neither way."
    )
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "counted.person", "counted.ratings", "counted.list", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("p", "person", _("person"), id="counted.person", tooltip=_("Her own page")),
        Binding(
            "r", "ratings", _("ratings"), id="counted.ratings", tooltip=_("Who acted otherwise than she was rated")
        ),
        Binding("l", "call_list", _("call list"), id="counted.list", tooltip=_("Of those shown, or marked")),
    ]

    def body(self) -> ComposeResult:
        yield Static(id="counted-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("name"), 22, grow=2, max_width=34, priority=9, sortable=False),
                Column("counted", _("class"), 10, max_width=12, priority=8, sortable=False),
                Column("kept", _("promises"), 15, max_width=18, priority=9, sortable=False),
                Column("bar", "", 12, priority=5, sortable=False),
                Column("unasked", _("beside"), 11, priority=4, sortable=False),
                Column("provider", _("provider"), 16, grow=3, max_width=40, priority=3, sortable=False),
            ],
            self._read,
            lambda row, column, _width: trust_cell(row, column),
            empty_text=Text(_("Nobody has promised anything that fell due yet."), QUIET),
            markable=True,
            id="counted-list",
        )

    def load(self) -> None:
        people = people_tested(self.store, _SHOWN + 1)
        table = self.table
        table.forget()
        table.show(Ids(array("q", people[:_SHOWN])), keep=table.record_id)
        shown = min(len(people), _SHOWN)
        words = ngettext("{n} person has promised something that fell due",
                         "{n} people have promised something that fell due", shown)  # fmt: skip
        more = "  " + _("the first {n} stand here").format(n=f"{_SHOWN:,}") if len(people) > _SHOWN else ""
        text = Text.assemble((words.format(n=f"{shown:,}"), f"bold {STRONG}"), (more, QUIET))
        self.query_one("#counted-headline", Static).update(text)

    def _read(self, ids: Sequence[int]) -> Mapping[int, Trust]:
        return trust_of(self.store, ids)

    @on(RecordTable.Opened)
    @work
    async def show_evidence(self, event: RecordTable.Opened) -> None:
        """The promises behind the numbers."""
        from organiser_tui.tui.dialogs.scrolled import WholeText

        held = trust_of(self.store, [event.record_id]).get(event.record_id)
        for _person, promises in evidence(self.store, [event.record_id]):
            lines = evidence_lines(held.name if held else "", promises, self.store.today())
            await self.app.push_screen_wait(WholeText(lines))

    def action_ratings(self) -> None:
        from organiser_tui.tui.pages.ratings import RatingsPage

        self.app.push_screen(RatingsPage(self.store))

    def action_person(self) -> None:
        if self.person_id is not None:
            self.open_record(self.person_id)

    @work
    async def action_call_list(self) -> None:
        ids = self.table.ids
        people = sorted(self.table.marks) or list(ids.between(0, ids.total))
        if people and await self.organiser_app.make_call_list(people, name=_("counted on")):
            self.unmark()
