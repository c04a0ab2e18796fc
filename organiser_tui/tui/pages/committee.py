"""The committee: offices with their seats and terms, and from here to their elections and to the chapters."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.chapters import passings
from organiser_tui.store.offices import OfficeRow, end_office, make_usual_offices, offices
from organiser_tui.tui.drawing.committee import office_cell, passing_lines
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class CommitteePage(Page):
    """One line an office."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Offices to which members are elected: a committee, its presidency, a shop steward of a provider. enter opens "
        "one: who stands, the votes, and whether the result keeps the rules. p passes somebody to a local chapter or "
        "section; o shows whoever was."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "list.open", "committee.new", "committee.edit", "committee.pass", "committee.passed", "help",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("n", "new", _("new office"), id="committee.new", tooltip=_("The usual two, or one of your own")),
        Binding("e", "edit", _("edit"), id="committee.edit", tooltip=_("Seats, years and rules")),
        Binding("p", "pass_on", _("pass on"), id="committee.pass", tooltip=_("Somebody to a chapter or section")),
        Binding("x", "take_out", _("take out"), id="committee.out", tooltip=_("The office, where nobody sits")),
        Binding("o", "passed", _("passed on"), id="committee.passed", tooltip=_("Whoever was passed to a chapter")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, OfficeRow] = {}

    def body(self) -> ComposeResult:
        yield Static(id="committee-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("office"), 28, grow=3, max_width=60, priority=9, sortable=False),
                Column("filled", _("seats taken"), 11, priority=9, sortable=False),
                Column("until", _("first term ends"), 15, priority=8, sortable=False),
                Column("standing", _("stand"), 6, align="right", priority=7, sortable=False),
            ],
            self._read,
            lambda row, column, _width: office_cell(row, column, self.store.today()),
            empty_text=Text(_("No office yet. n makes the usual ones: a committee of 13, a presidency of 3."), QUIET),
            id="committee-list",
        )

    def load(self) -> None:
        table = self.query_one(RecordTable)
        self._rows = {row.id: row for row in offices(self.store)}
        table.forget()
        table.show(Ids(array("q", self._rows)), keep=table.record_id)
        words = ngettext("{n} office", "{n} offices", len(self._rows)).format(n=len(self._rows))
        self.query_one("#committee-headline", Static).update(Text(words, f"bold {STRONG}"))

    def _read(self, ids: Sequence[int]) -> Mapping[int, OfficeRow]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    @on(RecordTable.Opened)
    def open_office(self, event: RecordTable.Opened) -> None:
        """Its own page."""
        self.open_record(event.record_id)

    def open_record(self, record_id: int) -> None:
        from organiser_tui.tui.pages.office import OfficePage

        self.app.push_screen(OfficePage(self.store, record_id))

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose
        from organiser_tui.tui.dialogs.office_form import OfficeForm

        own = True
        if not self._rows:
            usual = Choice(False, _("a committee of 13 and its presidency of 3"), _("with the usual rules"))
            kinds = [usual, Choice(True, _("an office of your own …"))]
            chosen = await self.app.push_screen_wait(Choose(_("Which office?"), kinds))
            if chosen is None:
                return
            own = chosen
        if own:
            await self.app.push_screen_wait(OfficeForm(self.store))
        else:
            with self.saying_errors():
                make_usual_offices(self.store)
        self.load()

    @work
    async def action_edit(self) -> None:
        from organiser_tui.tui.dialogs.office_form import OfficeForm

        row = self._rows.get(self.query_one(RecordTable).record_id or 0)
        if row is not None:
            await self.app.push_screen_wait(OfficeForm(self.store, row))
            self.load()

    @work
    async def action_take_out(self) -> None:
        from organiser_tui.tui.dialogs.confirm import Confirm

        row = self._rows.get(self.query_one(RecordTable).record_id or 0)
        if row is None:
            return
        if await self.app.push_screen_wait(Confirm(safe(_("Take out {office}?").format(office=row.name)))) is True:
            with self.saying_errors():
                end_office(self.store, row.id)
                self.say(_("{office} is taken out · u takes it back").format(office=row.name))
                self.load()

    @work
    async def action_pass_on(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_passing

        await ask_passing(self, None)

    def action_passed(self) -> None:
        from organiser_tui.tui.dialogs.scrolled import WholeText

        self.app.push_screen(WholeText(passing_lines(passings(self.store), self.store.today())))
