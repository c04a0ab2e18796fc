"""A store and pages that exist for the tests only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from organiser_tui.tui.app import OrganiserApp
from organiser_tui.tui.page import Page
from organiser_tui.tui.pages import PageEntry
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.safe_input import SafeInput

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class Row(NamedTuple):
    """One made-up provider."""

    name: str
    region: str
    known: int
    signed: int


REGIONS = ("Koroška", "Savinjska", "Pomurska", "Osrednjeslovenska", "Obalno-kraška")
NAMES = ("Lipa Slovenj Gradec", "Zavod Obzor", "Društvo Zarja", "Združenje Skupaj v gibanju", "Center Breg")


class MadeUpStore:
    """What the foundation asks of a campaign, and rows by id that are made up on demand."""

    read_only = False
    path = Path("made up")

    def __init__(self, count: int = 40) -> None:
        self.count = count
        self.written_elsewhere = False
        self.names: dict[int, str] = {}
        self.reads: list[int] = []

    def today(self) -> date:
        return date(2026, 11, 21)

    def turn_day(self) -> int:
        return 0

    def refuse_replaced(self) -> None:
        return None

    def changed_elsewhere(self) -> bool:
        changed, self.written_elsewhere = self.written_elsewhere, False
        return changed

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.reads.append(len(ids))
        return {
            number: Row(
                self.names.get(number, f"{NAMES[number % 5]} {number}"), REGIONS[number % 5], number % 97, number % 7
            )
            for number in ids
        }


COLUMNS = [
    Column("name", "provider", 24, grow=3, max_width=44, priority=9),
    Column("region", "region", 12, grow=1, max_width=20, priority=3),
    Column("known", "known", 7, align="right", priority=5),
    Column("reach", "reach", 12, priority=4, sortable=False),
    Column("signed", "signed", 7, align="right", priority=2),
    Column("last", "last conversation", 17, priority=1),
]


def draw(row: Row, column: str, width: int) -> Text:
    """One cell of a made-up provider."""
    new = row.signed == 0
    match column:
        case "name":
            return safe(row.name, f"bold {NOT_YET}" if new else "")
        case "region":
            return safe(row.region, QUIET)
        case "known":
            return Text(f"{row.known:,}")
        case "reach":
            return Text("nobody yet", NOT_YET) if new else Text("████" + "·" * (width - 4), "$as-reached")
        case "signed":
            return Text(str(row.signed), QUIET if new else KEPT)
    return Text("never" if new else "6 d · Ana", QUIET)


class ListPage(Page):
    """A page with a search field and a long list."""

    HELP = "Every provider, those that nobody has reached first."
    FOOTER = ("list.open", "made.call-list", "list.sort", "made.search", "help")
    DEFAULT_CSS = """
    ListPage #search { margin: 0 3; }
    """
    BINDINGS = [
        Binding("l", "call_list", "call list", id="made.call-list", tooltip="Makes a call list of what is shown"),
        Binding("slash", "search", "search", id="made.search", tooltip="Searches as you type"),
    ]

    def body(self) -> ComposeResult:
        store = cast("MadeUpStore", self.store)
        yield Static(id="headline", classes="headline")
        nothing = Text("No providers yet. n adds one.")
        yield RecordTable(COLUMNS, store.rows, draw, markable=True, id="list", empty_text=nothing)
        yield SafeInput(placeholder="name, place, number", id="search")

    def on_mount(self) -> None:
        self.loads = 0
        self.heard: list[Any] = []

    @property
    def table(self) -> RecordTable[Row]:
        return cast("RecordTable[Row]", self.query_one("#list", RecordTable))

    def load(self) -> None:
        self.loads = getattr(self, "loads", 0) + 1
        count = cast("MadeUpStore", self.store).count
        headline = Text.assemble(("6 of 23 providers", f"bold {NOT_YET}"), " nobody has reached yet")
        self.query_one("#headline", Static).update(headline)
        self.table.show(Ids(range(1, count + 1)), keep=self.table.record_id)

    def action_search(self) -> None:
        self.query_one("#search", Input).focus()

    def action_call_list(self) -> None:
        self.say("a call list")

    @on(RecordTable.Opened)
    @on(RecordTable.Highlighted)
    @on(RecordTable.Marked)
    @on(RecordTable.SortAsked)
    def hear(self, message: Any) -> None:
        self.heard.append(message)


class BarePage(Page):
    """A page with a few words."""

    def body(self) -> ComposeResult:
        yield Static(Text.assemble(("Today", f"bold {NOT_YET}"), " nothing is due"), id="words")


PAGES = [
    PageEntry("1", "today", "Today", BarePage),
    PageEntry("2", "calls", "Calls", BarePage),
    PageEntry("3", "people", "People", ListPage),
    PageEntry("4", "providers", "Providers", ListPage),
    PageEntry("8", "campaign", "Campaign", BarePage),
]


def made_up_app(
    store: MadeUpStore | None = None,
    *,
    first: str = "4",
    theme: str = "dark",
    replaced: Mapping[str, Callable[[Campaign], Page]] | None = None,
    search_people: Callable[[str], list[tuple[int, str]]] | None = None,
) -> OrganiserApp:
    """The program on a made-up store, the page of digit `first` in view, pages of some modes `replaced`."""
    entries = [entry._replace(make=(replaced or {}).get(entry.mode, entry.make)) for entry in PAGES]
    app = OrganiserApp(
        cast("Campaign", store or MadeUpStore()),
        organiser="Ana",
        pages=sorted(entries, key=lambda entry: entry.digit != first),
        search_people=search_people,
        theme=theme,
    )
    app.pages = entries
    return app
