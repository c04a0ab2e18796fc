"""One demand: who backs it, which of them know what management may do, and who else named its issue."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.demands import (
    Backer,
    DemandRow,
    back_demand,
    backers_of,
    demands,
    likely_backers,
    tell_backers,
)
from organiser_tui.store.errand import Errand
from organiser_tui.store.people import people_page
from organiser_tui.tui.drawing.demands import backer_cell, demand_headline
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import QUIET, REACHED
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_PROPOSED = 500
"""So many of those who named the issue are shown."""


class DemandPage(PeopleTable):
    """Its backers, those who were not told yet first; below them who else named its issue."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Who backs the demand, and which of them were told what management may do: l makes a call list of the rest, "
        "t marks them as told. Those who named its issue there are proposed: a adds who is marked, or under the bar. "
        "n adds somebody else by name, p notes to whom it was put, w what came of it."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("demand.back", "demand.tell", "demand.list", "demand.put", "demand.answer", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "back_it", _("backs it"), id="demand.back", tooltip=_("Who is marked, or under the bar")),
        Binding("t", "tell", _("told"), id="demand.tell", tooltip=_("She knows what management may do")),
        Binding("l", "call_list", _("call list"), id="demand.list", tooltip=_("Of backers not told yet, or marked")),
        Binding("p", "put", _("put to"), id="demand.put", tooltip=_("To whom it was put, and when")),
        Binding("w", "answer", _("answer"), id="demand.answer", tooltip=_("Answered, won or refused, and when")),
        Binding("n", "another", _("somebody else"), id="demand.another", tooltip=_("A backer, by name")),
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
    ]

    def __init__(self, store: Campaign, demand_id: int) -> None:
        super().__init__(store)
        self._demand_id = demand_id
        self._demand: DemandRow | None = None
        self._backers: list[Backer] = []
        self._likely: list[int] | None = None
        self._people: dict[int, Backer] = {}
        self._asking: Errand | None = None

    def body(self) -> ComposeResult:
        yield Static(id="demand-headline", classes="headline")
        yield RecordTable(
            [
                Column("name", _("name"), 24, grow=2, max_width=36, priority=9, sortable=False),
                Column("since", _("backs it since"), 15, max_width=16, priority=7, sortable=False),
                Column("told", _("told"), 11, max_width=12, priority=9, sortable=False),
                Column("provider", _("provider"), 18, grow=3, max_width=44, priority=5, sortable=False),
            ],
            self._read,
            lambda row, column, _width: backer_cell(row, column, self.store.today()),
            empty_text=Text(_("Nobody backs it yet. n adds somebody by name."), QUIET),
            markable=True,
            id="demand-people",
        )

    def load(self) -> None:
        held = next((row for row in demands(self.store) if row.id == self._demand_id), None)
        if held is None:
            if self.app.screen is self:  # a question over the page is answered first
                self.say(_("It was taken back: nobody demands this."))
                self.dismiss(None)
            return
        self._demand, self._backers = held, backers_of(self.store, held.id)
        self._show()
        self._propose()

    @work(exclusive=True, group="ids")
    async def _propose(self) -> None:
        """Who else named its issue, in a thread: an issue may have been named by a hundred thousand."""
        if self._asking is not None:
            self._asking.stop()
        errand, which = Errand(self.store), self._demand_id
        self._asking = errand
        with self.saying_errors():
            found = await asyncio.to_thread(errand.run, lambda twin: likely_backers(twin, which))
            if found is not None:
                self._likely = found
                self._show()

    def on_unmount(self) -> None:
        if self._asking is not None:
            self._asking.stop()

    def _show(self) -> None:
        backing = {backer.id for backer in self._backers}
        likely = [person for person in self._likely or () if person not in backing]
        page = people_page(self.store, likely[:_PROPOSED])
        proposed = [Backer(row.id, row.name, row.provider, "", "") for row in page.values()]
        self._people = {backer.id: backer for backer in (*self._backers, *proposed)}
        table = self.table
        table.headings = {
            -1: Text(_("back it, not told yet"), f"bold {REACHED}"),
            -2: Text(_("back it, and were told"), f"bold {REACHED}"),
            -3: Text(_("named it, not asked yet"), f"bold {REACHED}"),
        }
        ids = array("q")
        untold = [backer.id for backer in self._backers if not backer.told_on]
        told = [backer.id for backer in self._backers if backer.told_on]
        for heading, people in ((-1, untold), (-2, told), (-3, [one.id for one in proposed])):
            if people:
                ids.append(heading)
                ids.extend(people)
        table.forget()
        table.show(Ids(ids), keep=table.record_id)
        self._show_headline()

    def _show_headline(self) -> None:
        if self._demand is not None:
            likely = None if self._likely is None else len(set(self._likely) - {one.id for one in self._backers})
            words = demand_headline(self._demand, likely, self.store.today(), max(self.size.width - 6, 40))
            self.query_one("#demand-headline", Static).update(words)

    def on_resize(self, _event: events.Resize) -> None:
        self._show_headline()

    def _read(self, ids: Sequence[int]) -> Mapping[int, Backer]:
        return {i: self._people[i] for i in ids if i in self._people}

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    def action_back_it(self) -> None:
        new = [person for person in self.people_at_hand if person in self._people and not self._people[person].day]
        if not new:
            self.say(_("Choose or mark somebody who named the issue; n adds somebody else by name."))
            return
        self._add(new)

    def _add(self, people: Sequence[int]) -> None:
        with self.saying_errors():
            added = back_demand(self.store, self._demand_id, people)
            words = ngettext("{n} more backs it", "{n} more back it", added).format(n=f"{added:,}")
            self.say(words + " · " + _("u takes it back"))
            self.unmark()
        self.load()

    def action_tell(self) -> None:
        at_hand = [person for person in self.people_at_hand if person in self._people and self._people[person].day]
        if not at_hand:
            self.say(_("Choose or mark somebody who backs it: then t marks her as told."))
            return
        with self.saying_errors():
            told = tell_backers(self.store, self._demand_id, at_hand)
            words = ngettext("{n} was told", "{n} were told", told).format(n=f"{told:,}")
            self.say(words + " · " + _("u takes it back"))
            self.unmark()
        self.load()

    @work
    async def action_another(self) -> None:
        from organiser_tui.tui.dialogs.demands import ask_person

        person = await ask_person(self, _("Who backs it?"), [backer.id for backer in self._backers])
        if person is not None:
            self._add([person])

    @work
    async def action_put(self) -> None:
        from organiser_tui.tui.dialogs.demands import ask_put

        if self._demand is not None and await ask_put(self, self._demand):
            self.load()

    @work
    async def action_answer(self) -> None:
        from organiser_tui.tui.dialogs.demands import ask_answer

        if self._demand is not None and await ask_answer(self, self._demand):
            self.load()

    @work
    async def action_call_list(self) -> None:
        people = sorted(self.table.marks) or [backer.id for backer in self._backers if not backer.told_on]
        what = self._demand.what if self._demand is not None else ""
        if not people:
            self.say(_("Everybody who backs it was told."))
        elif await self.organiser_app.make_call_list(people, name=_("to be told: {what}").format(what=what)[:60]):
            self.unmark()
