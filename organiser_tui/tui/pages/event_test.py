"""What an event has shown: invited, answered, came, took something on, did it; by provider or region."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_row
from organiser_tui.store.tested import EventTest, shown_by_event
from organiser_tui.tui.drawing.events import event_headline
from organiser_tui.tui.drawing.tested import event_test_cell
from organiser_tui.tui.page import Page
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _


class EventTestPage(Page):
    """One line a provider or region, those with the most people first."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Of everybody who was invited, asked or there: how many answered, said yes, came, took something on, and did "
        "it. Whoever works at two providers counts at the one that stands in the list of people. b changes between "
        "providers and regions."
    )
    FOOTER: ClassVar[Sequence[str]] = ("event-test.by", "back", "help", "quit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("b", "by", _("provider, region"), id="event-test.by", tooltip=_("By provider or by region")),
    ]

    def __init__(self, store: Campaign, event_id: int) -> None:
        super().__init__(store)
        self._event_id = event_id
        self._by_region = False
        self._rows: list[EventTest] = []

    def body(self) -> ComposeResult:
        yield Static(id="event-test-headline", classes="headline")
        yield RecordTable(
            [
                Column("where", _("where"), 24, grow=3, max_width=48, priority=9, sortable=False),
                Column("invited", _("invited"), 7, align="right", priority=6, sortable=False),
                Column("answered", _("answered"), 8, align="right", priority=5, sortable=False),
                Column("yes", _("yes"), 5, align="right", priority=7, sortable=False),
                Column("came", _("came"), 5, align="right", priority=9, sortable=False),
                Column("took", _("took on"), 7, align="right", priority=8, sortable=False),
                Column("did", _("did it"), 6, align="right", priority=8, sortable=False),
            ],
            self._read,
            lambda row, column, _width: event_test_cell(row, column),
            empty_text=Text(_("Nobody is invited yet."), QUIET),
            id="event-test-rows",
        )

    def load(self) -> None:
        with self.saying_errors():
            headline = event_headline(event_row(self.store, self._event_id), self.store.today())
            self.query_one("#event-test-headline", Static).update(headline)
            self._rows = shown_by_event(self.store, self._event_id, by_region=self._by_region)
            table = self.query_one(RecordTable)
            table.forget()
            table.show(Ids(array("q", range(len(self._rows)))))

    def _read(self, ids: Sequence[int]) -> Mapping[int, EventTest]:
        return {i: self._rows[i] for i in ids if i < len(self._rows)}

    def action_by(self) -> None:
        self._by_region = not self._by_region
        self.load()
