"""Providers: the board; those that nobody has reached stand first."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from organiser_tui.domain.filter_writing import counted_at
from organiser_tui.domain.folding import fold
from organiser_tui.store.providers import (
    ProviderRow,
    Totals,
    campaign_totals,
    people_at,
    people_uncounted,
    provider_card,
    provider_counts,
    wall_chart,
    with_last_conversations,
)
from organiser_tui.tui.drawing.provider import (
    about_lines,
    board_cell,
    counted_words,
    headline,
    log_lines,
    wall_cell,
    wall_legend,
)
from organiser_tui.tui.page import Page
from organiser_tui.tui.themes import QUIET, REACHED
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_WALL_IN_PANE = 60
_COUNT_AFTER = 0.15
"""Seconds: the board is painted by then."""
_FILTERED_BY = 8
"""Providers that a filter names: with more of them nobody would read it."""


class ProvidersPage(Page):
    """One row a provider, with what is known of it below."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Every provider with its people: known, attempted, spoken with, reached, asked, signed. A provider is reached "
        "once one person there has been in a conversation or came to an event; attempts do not count. Known are the "
        "assistants who work today; People shows everybody, those in neighbouring services and who left too."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("list.open", "providers.search", "providers.list", "list.sort", "providers.new", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "call_list", _("call list"), id="providers.list", tooltip=_("A call list of its people")),
        Binding(
            "L",
            "call_unreached",
            _("all unreached"),
            id="providers.list-unreached",
            tooltip=_("A call list of everybody at the providers that nobody has reached"),
        ),
        Binding("slash", "search", _("search"), id="providers.search", tooltip=_("Finds a provider or region")),
        Binding("n", "new", _("new"), id="providers.new", tooltip=_("Enters a provider")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, ProviderRow] = {}
        self._whole: set[int] = set()
        """Of whom the last conversation stands in the row: looked up for those that are seen."""
        self._sort: str | None = None
        self._descending = False
        self._searched = ""
        self._totals: Totals | None = None
        self._uncounted: Mapping[str, int] = {}

    def body(self) -> ComposeResult:
        yield Static(id="providers-headline", classes="headline")
        yield SafeInput(placeholder=_("provider, kind or region"), id="providers-search")
        yield RecordTable(
            [
                Column("name", _("provider"), 27, grow=3, max_width=44, priority=9),
                Column("region", _("region"), 14, grow=1, max_width=24, priority=0),
                Column("known", _("known"), 5, align="right", priority=8),
                Column("estimated", _("est."), 5, align="right", priority=2),
                Column("attempted", _("tried"), 5, align="right", priority=1),
                Column("spoken_with", _("spoken"), 6, align="right", priority=0),
                Column("reach", _("reach"), 13, grow=2, max_width=26, priority=7),
                Column("asked", _("asked"), 5, align="right", priority=3),
                Column("signed", _("signed"), 6, align="right", priority=5),
                Column("last", _("last talk"), 10, grow=1, max_width=18, priority=6),
            ],
            self._read,
            lambda row, column, width: board_cell(row, column, width, self.store.today()),
            empty_text=Text(_("No provider fits. Providers come in with a list (page 8), or n enters one."), QUIET),
            markable=True,
            id="providers-board",
        )
        with Vertical(id="providers-pane", classes="rule-above"):
            yield Static(id="providers-about")

    def load(self) -> None:
        self._rows = {row.id: row for row in provider_counts(self.store)}
        self._whole.clear()
        self._totals = campaign_totals(self.store)
        self._draw_headline()
        self.query_one("#providers-search").display = bool(self._searched)
        self._show()
        # What is called after a refresh comes before the first paint of a page that is just being opened.
        self.set_timer(_COUNT_AFTER, self._count_rest)

    def _count_rest(self) -> None:
        """Who is not counted as known: asked once the board is painted, which it is not to hold up."""
        with self.saying_errors():
            self._uncounted = people_uncounted(self.store)
            self._draw_headline()

    def _draw_headline(self) -> None:
        if self._totals is None:
            return
        text = headline(self._totals, self.size.width)
        counted = counted_words(self._totals.known, self._uncounted, max(self.size.width - 6, 40))
        self.query_one("#providers-headline", Static).update(text.append("\n").append_text(counted))

    def on_resize(self, _event: events.Resize) -> None:
        self._draw_headline()

    def _show(self) -> None:
        if self._sort == "last":
            self._read(list(self._rows))
        rows = list(self._rows.values())
        if self._searched:
            wanted = fold(self._searched)
            rows = [row for row in rows if wanted in fold(f"{row.name} {row.kind} {row.region}")]
        if self._sort is not None:
            rows.sort(key=self._key, reverse=self._descending)
        table = self.query_one(RecordTable)
        table.show_sort(self._sort, descending=self._descending)
        table.show(Ids(array("q", [row.id for row in rows])), keep=table.record_id)

    def _key(self, row: ProviderRow) -> tuple[object, ...]:
        match self._sort:
            case "reach":
                return (row.reached / row.known if row.known else 0.0,)
            case "last":
                return (row.last_conversation,)
            case "estimated":
                return (row.estimated or 0,)
            case "name" | "region":
                return (fold(str(getattr(row, self._sort))), fold(row.name))
            case _:
                return (getattr(row, str(self._sort)),)

    def _read(self, ids: Iterable[int]) -> Mapping[int, ProviderRow]:
        wanted = [i for i in ids if i in self._rows]
        partly = [self._rows[i] for i in wanted if i not in self._whole]
        self._rows |= {row.id: row for row in with_last_conversations(self.store, partly)}
        self._whole |= {row.id for row in partly}
        return {i: self._rows[i] for i in wanted}

    @on(RecordTable.Highlighted)
    def fill_pane(self, event: RecordTable.Highlighted) -> None:
        """What is known of the provider under the cursor."""
        about = self.query_one("#providers-about", Static)
        card = None if event.record_id is None else provider_card(self.store, event.record_id)
        if card is None:
            about.update("")
            return
        width, today = max(about.size.width, 40), self.store.today()
        lines = about_lines(card, today, width)
        cells = wall_chart(self.store, card.row.id, _WALL_IN_PANE + 1)
        wall = Text(end="")
        for cell in cells[: min(_WALL_IN_PANE, (width - 14) // 5)]:
            wall.append_text(wall_cell(cell, chosen=False)).append(" ")
        # Of more than stand there the legend would count the first.
        legend = wall_legend(cells if len(cells) <= _WALL_IN_PANE else [], width)
        lines += [*legend, wall] if cells else []
        lines += [Text(_("Its log"), f"bold {REACHED}"), *log_lines(card, today, width, 8)]
        about.update(Text("\n").join(lines))

    @on(RecordTable.SortAsked)
    async def sort_by(self, event: RecordTable.SortAsked) -> None:
        """Sort by the column; the same again turns the order round."""
        if event.column is None:
            self._choose_sort()
        else:
            self._take_sort(event.column)

    @work
    async def _choose_sort(self) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        table = self.query_one(RecordTable)
        choices = [Choice("", _("nobody reached yet first"))]
        choices += [Choice(column.key, column.label) for column in table.columns]
        chosen = await self.app.push_screen_wait(Choose(_("Sort by"), choices, current=self._sort or ""))
        if chosen is not None:
            self._take_sort(chosen)

    def _take_sort(self, column: str) -> None:
        if not column:
            self._sort = None
        elif column == self._sort:
            self._descending = not self._descending
        else:
            self._sort, self._descending = column, column not in ("name", "region")
        self._show()
        self.query_one(RecordTable).move_to(0)  # another order is read from its beginning

    def action_search(self) -> None:
        field = self.query_one("#providers-search", Input)
        field.display = True
        field.focus()

    @on(Input.Changed, "#providers-search")
    def narrow(self, event: Input.Changed) -> None:
        """Show what fits, at each letter."""
        self._searched = event.value
        self._show()

    @on(Input.Submitted, "#providers-search")
    def search_done(self) -> None:
        """`enter` goes to the list."""
        self.query_one(RecordTable).focus()

    def action_back(self) -> None:
        field = self.query_one("#providers-search", Input)
        if self.focused is not field:
            field.value = ""
        field.display = bool(field.value)
        self.query_one(RecordTable).focus()

    @on(RecordTable.Opened)
    def open_provider(self, event: RecordTable.Opened) -> None:
        """The provider's own page."""
        self.open_record(event.record_id)

    @work
    async def open_record(self, record_id: int) -> None:  # type: ignore[override]
        from organiser_tui.tui.pages.provider import ProviderPage

        await self.app.push_screen_wait(ProviderPage(self.store, record_id))

    def action_call_list(self) -> None:
        table = self.query_one(RecordTable)
        chosen = sorted(table.marks) or ([table.record_id] if table.record_id is not None else [])
        names = [self._rows[provider].name for provider in chosen if provider in self._rows]
        whom = " or ".join(counted_at("provider", name) for name in names) if len(names) <= _FILTERED_BY else ""
        self._make_list(chosen, whom, ", ".join(names[:3]) + (" …" if len(names) > 3 else ""))

    def action_call_unreached(self) -> None:
        unreached = [row.id for row in self._rows.values() if row.unreached]
        self._make_list(unreached, "unreached-provider:yes", _("Nobody reached yet"))

    @work
    async def _make_list(self, providers: Sequence[int], filter_text: str, name: str) -> None:
        people = sorted({person for provider in providers for person in people_at(self.store, provider)})
        if not people:
            self.say(_("Nobody is known there yet: ask who knows somebody, or bring in a list."))
            return
        await self.organiser_app.make_call_list(people, filter_text, name=name)

    @work
    async def action_new(self) -> None:
        from organiser_tui.store.providers import add_provider
        from organiser_tui.tui.dialogs.ask_line import AskLine

        name = await self.app.push_screen_wait(AskLine(_("Name of the provider")))
        if name:
            with self.saying_errors():
                add_provider(self.store, name)
            self.reload()
