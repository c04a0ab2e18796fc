"""Demands: what is demanded of whom, and what people named, by provider, region or month."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, get_args

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.filter_writing import counted_at, quoted
from organiser_tui.store.demands import DemandRow, demands
from organiser_tui.store.errand import Errand
from organiser_tui.store.issues_heard import HeardBy, IssueHeard, issues_heard
from organiser_tui.tui.drawing.demands import by_label, demand_cell, heard_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit
from organiser_tui.tui.themes import QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_SIDES: tuple[HeardBy, ...] = get_args(HeardBy)
_Line = DemandRow | IssueHeard


class DemandsPage(Page):
    """The demands above, what was heard below."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "What people named in calls and meetings, by provider, region or month: b switches. n makes a demand of the "
        "issue under the bar; enter opens a demand, with those who back it and which of them were told what "
        "management may do, or shows who named an issue there. Whoever works at two places counts at both."
    )
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "demands.new", "demands.by", "demands.back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("new demand"), id="demands.new", tooltip=_("From the issue under the bar")),
        Binding("b", "by", _("provider, region, month"), id="demands.by", tooltip=_("Counts the issues otherwise")),
        Binding("escape", "back", _("back"), id="demands.back", tooltip=_("One step back")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._by: HeardBy = "provider"
        self._lines: dict[int, _Line] = {}
        self._heard: list[IssueHeard] | None = None
        """None while they are counted."""
        self._counting: Errand | None = None

    def body(self) -> ComposeResult:
        yield Static(id="demands-headline", classes="headline")
        yield RecordTable(
            [
                Column("what", _("what"), 22, grow=4, max_width=60, priority=9, sortable=False),
                Column("where", _("where"), 16, grow=2, max_width=36, priority=6, sortable=False),
                Column("people", _("people"), 13, max_width=15, priority=9, sortable=False),
                Column("state", _("what came of it"), 18, grow=3, max_width=46, priority=8, sortable=False),
            ],
            self._read,
            self._draw,
            id="demands-list",
        )

    def load(self) -> None:
        self._show()
        self._count()

    @work(exclusive=True, group="ids")
    async def _count(self) -> None:
        """Count what was heard, in a thread: it walks through all that was ever named."""
        by = self._by
        if self._counting is not None:
            self._counting.stop()
        errand = self._counting = Errand(self.store)
        with self.saying_errors():
            found = await asyncio.to_thread(errand.run, lambda twin: issues_heard(twin, by))
            if found is not None:
                self._heard = found
                self._show()

    def on_unmount(self) -> None:
        if self._counting is not None:
            self._counting.stop()

    def _show(self) -> None:
        """Those that are there: the demands by their ids, what was heard by its place in the list."""
        table = self.query_one(RecordTable)
        kept = self._chosen()
        made = demands(self.store)
        heard = self._heard or []
        self._lines = dict(enumerate((*made, *heard)))
        table.headings = {
            -1: Text(_("demands"), f"bold {REACHED}"),
            -2: Text(_("what people named, {by}").format(by=by_label(self._by)), f"bold {REACHED}"),
        }
        ids = array("q")
        for heading, first, number in ((-1, 0, len(made)), (-2, len(made), len(heard))):
            if number:
                ids.append(heading)
                ids.extend(range(first, first + number))
        keep = next((place for place, line in self._lines.items() if kept is not None and _same(line, kept)), None)
        if self._heard is not None:
            words = _("Nobody has named an issue yet. m on a person's page notes a talk; n demands.")
            table.empty_text = Text(words, QUIET)
        table.forget()
        table.show(Ids(ids), keep=keep)
        self.query_one("#demands-headline", Static).update(self._headline(made))

    def _headline(self, made: Sequence[DemandRow]) -> Text:
        open_ones = sum(1 for row in made if not row.answer)
        said = ngettext("{n} demand is open", "{n} demands are open", open_ones).format(n=open_ones)
        text = Text(said if open_ones else _("No demand is open"), f"bold {STRONG}")
        won = sum(1 for row in made if row.answer == "won")
        if won:
            text.append("   " + ngettext("{n} was won", "{n} were won", won).format(n=won), REACHED)
        if self._heard is None:
            text.append("   " + _("what people named is being counted …"), QUIET)
        return text

    def _read(self, ids: Sequence[int]) -> Mapping[int, _Line]:
        return {i: self._lines[i] for i in ids if i in self._lines}

    def _draw(self, line: _Line, column: str, width: int) -> Text:
        if isinstance(line, DemandRow):
            return fit(demand_cell(line, column, self.store.today()), width)
        return fit(heard_cell(line, column, self._by), width)

    def _chosen(self) -> _Line | None:
        record = self.query_one(RecordTable).record_id
        return self._lines.get(record) if record is not None else None

    @on(RecordTable.Opened)
    @work
    async def open_line(self, _event: RecordTable.Opened) -> None:
        """A demand's own page, or who named the issue there."""
        line = self._chosen()
        if isinstance(line, DemandRow):
            await self._open_demand(line.id)
        elif line is not None:
            from organiser_tui.tui.pages.list_people import ListPeoplePage

            asked = f"issue:{quoted(line.issue)}"
            if self._by != "month" and line.where:
                asked += f" and {counted_at(self._by, line.where)}"
            await self.app.push_screen_wait(ListPeoplePage(self.store, None, filter_text=asked))
            self.reload()

    async def _open_demand(self, demand_id: int) -> None:
        from organiser_tui.tui.pages.demand import DemandPage

        await self.app.push_screen_wait(DemandPage(self.store, demand_id))
        self.reload()

    def action_by(self) -> None:
        """The next of provider, region and month."""
        self._by = _SIDES[(_SIDES.index(self._by) + 1) % len(_SIDES)]
        self._heard = None
        self.load()

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.demands import begin_demand

        line = self._chosen()
        heard = line if isinstance(line, IssueHeard) else None
        made = await begin_demand(self, heard, self._by)
        if made is not None:
            await self._open_demand(made)


def _same(line: _Line, other: _Line) -> bool:
    """Whether both are the same demand, or the same issue at the same place."""
    if isinstance(line, DemandRow):
        return isinstance(other, DemandRow) and line.id == other.id
    return isinstance(other, IssueHeard) and line[:2] == other[:2]
