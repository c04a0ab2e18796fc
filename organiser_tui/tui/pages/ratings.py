"""The test beside what was thought before: who was rated otherwise than she acted."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.tested import SUPPORTS
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.errand import Errand
from organiser_tui.store.organisers import leads
from organiser_tui.store.tested import Rated, people_beside_ratings
from organiser_tui.tui.drawing.tested import ratings_headline, tested_cell
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _


class RatingsPage(PeopleTable):
    """Whoever surprised us: rated 1 or 2 she did nothing, rated 3 she did what she said."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Your own ratings beside what people did afterwards: the last rating before the last promise that was kept or "
        "broken, and all that were settled since. o shows everybody's ratings, to whoever leads the campaign. Who was "
        "rated 1 or 2 and kept nothing, and who was rated 3 and kept something, stands here by name."
    )
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "person.call", "ratings.list", "ratings.whose", "back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("l", "call_list", _("call list"), id="ratings.list", tooltip=_("Of those shown, or marked")),
        Binding("o", "whose", _("everybody's"), id="ratings.whose", tooltip=_("Your own ratings, or everybody's")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._own = True
        self._reading: Errand | None = None
        self._rows: dict[int, Rated] = {}

    def body(self) -> ComposeResult:
        yield Static(id="ratings-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("name"), 22, grow=2, max_width=34, priority=9, sortable=False),
                Column("rating", _("rated"), 5, align="right", priority=9, sortable=False),
                Column("rated_on", _("on"), 10, max_width=12, priority=5, sortable=False),
                Column("did", _("promises"), 15, max_width=18, priority=8, sortable=False),
                Column("bar", "", 12, priority=4, sortable=False),
                Column("provider", _("provider"), 16, grow=3, max_width=40, priority=3, sortable=False),
            ],
            self._read,
            lambda row, column, _width: tested_cell(row, column, self.store.today()),
            empty_text=Text(_("Nobody did otherwise than she was rated."), QUIET),
            markable=True,
            id="ratings-list",
        )

    def load(self) -> None:
        self.query_one("#ratings-headline", Static).update(Text(_("Reading what was promised …"), QUIET))
        self._fill()

    @work(exclusive=True, group="ids")
    async def _fill(self) -> None:
        whose = self.store.organiser_id if self._own else None
        if self._reading is not None:
            self._reading.stop()
        errand = self._reading = Errand(self.store)
        with self.saying_errors():
            tested = await asyncio.to_thread(errand.run, partial(people_beside_ratings, organiser_id=whose))
            if tested is not None:
                self._show(tested)

    def on_unmount(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    def _show(self, tested: Sequence[Rated]) -> None:
        shown = [one for one in tested if one.did.surprising]
        self._rows = {one.id: one for one in shown}
        table, ids = self.table, array("q")
        sections = (
            (Text(_("rated 1 or 2, and did nothing"), f"bold {NOT_YET}"), True),
            (Text(_("rated 3, and did it"), f"bold {REACHED}"), False),
        )
        table.headings = {}
        for place, (heading, supports) in enumerate(sections, 1):
            people = [one.id for one in shown if (one.did.rating <= SUPPORTS) is supports]
            if people:
                table.headings[-place] = heading
                ids.append(-place)
                ids.extend(people)
        table.forget()
        table.show(Ids(ids), keep=table.record_id)
        whose = _("Your own ratings") if self._own else _("Everybody's ratings")
        self.query_one("#ratings-headline", Static).update(ratings_headline(tested, whose))

    def _read(self, ids: Sequence[int]) -> Mapping[int, Rated]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    def action_whose(self) -> None:
        if self._own and not leads(self.store):
            self.say(_("Each sees her own ratings; whoever leads the campaign sees everybody's."))
            return
        self._own = not self._own
        self.load()

    @work
    async def action_call_list(self) -> None:
        people = sorted(self.table.marks) or list(self._rows)
        if people and await self.organiser_app.make_call_list(people, name=_("rated otherwise")):
            self.unmark()
