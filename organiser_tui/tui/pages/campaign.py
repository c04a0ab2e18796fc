"""Campaign: the file itself, the lists that came in, who works with it, and its history."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from organiser_tui.domain.clock import wall
from organiser_tui.store.batches import BatchRow, batch_remarks, import_batches
from organiser_tui.store.history import undo_batch
from organiser_tui.store.organisers import organisers
from organiser_tui.store.providers import campaign_totals
from organiser_tui.tui.drawing.batches import REMARK_CELLS, remark_words
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.drawing.keys import campaign_keys
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


_MOST_REMARKS = 200


class CampaignPage(Page):
    """What this file is, and what came into it."""

    HELP = _(
        "The campaign is one file on this machine. i brings in a list (CSV) once you have seen what it would do; "
        "enter shows what became of its rows, z takes it back whole. h shows everything that was done."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("campaign.import", "list.open", "campaign.undo", "campaign.history", "campaign.who", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", _("bring in a list"), id="campaign.import", tooltip=_("Reads a CSV file of people")),
        Binding("z", "take_back", _("take back"), id="campaign.undo", tooltip=_("Takes back the list under the bar")),
        Binding("h", "history", _("history"), id="campaign.history", tooltip=_("Everything that was done, as a diary")),
        Binding("w", "who", _("who works"), id="campaign.who", tooltip=_("Chooses who is working")),
        Binding(
            "a", "short_answers", _("answers"), id="campaign.answers", tooltip=_("Short answers to what people ask")
        ),
        Binding("m", "mandates", _("mandates"), id="campaign.mandates", tooltip=_("What the members are asked")),
        Binding("g", "guides", _("guides"), id="campaign.guides", tooltip=_("What is said in a call, step by step")),
        Binding("o", "outcomes", _("outcomes"), id="campaign.outcomes", tooltip=_("Outcomes of this campaign's own")),
        Binding("t", "theme", _("colours"), id="campaign.theme", tooltip=_("Dark, light, or high contrast")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, BatchRow] = {}

    def body(self) -> ComposeResult:
        yield Static(id="campaign-headline", classes="headline")
        yield RecordTable(
            [
                Column("day", _("came in"), 12, priority=9, sortable=False),
                Column("file", _("list"), 18, grow=3, max_width=50, priority=9, sortable=False),
                Column("read", _("rows"), 7, align="right", priority=7, sortable=False),
                Column("added", _("added"), 7, align="right", priority=8, sortable=False),
                Column("matched", _("known"), 6, align="right", priority=6, sortable=False),
                Column("rejected", _("refused"), 7, align="right", priority=6, sortable=False),
                Column("questions", _("asks"), 5, align="right", priority=5, sortable=False),
                Column("by", _("by"), 10, grow=1, max_width=20, priority=1, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("No list has come in yet. i brings one in: a CSV file with names and numbers."), QUIET),
            id="campaign-batches",
        )
        with Vertical(id="campaign-pane", classes="rule-above"):
            yield Static(id="campaign-remarks")

    def load(self) -> None:
        self._rows = {row.id: row for row in import_batches(self.store)}
        table = self.query_one(RecordTable)
        table.show(Ids(array("q", self._rows)), keep=table.record_id)
        totals = campaign_totals(self.store)
        who = ", ".join(organiser.name for organiser in organisers(self.store))
        text = Text(end="").append_text(safe(self.store.setting("name"), f"bold {STRONG}"))
        text.append(
            "   " + ngettext("{n} assistant known", "{n} assistants known", totals.known).format(n=f"{totals.known:,}")
        )
        text.append(f"   {self.store.country} · {self.store.setting('zone')}", QUIET)
        text.append("\n").append_text(safe(str(self.store.path), QUIET))
        text.append("   " + _("not encrypted: whoever has the file can read it"), NOT_YET)
        text.append("\n").append(_("Organisers") + " ", QUIET).append_text(safe(who))
        text.append("\n").append_text(campaign_keys())
        self.query_one("#campaign-headline", Static).update(text)
        self.query_one("#campaign-pane").display = bool(self._rows)
        table.focus()

    def _read(self, ids: Sequence[int]) -> Mapping[int, BatchRow]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    def _draw(self, row: BatchRow, column: str, width: int) -> Text:
        quiet = QUIET if row.taken_back else ""
        match column:
            case "day":
                when = wall(row.at, self.store.zone).date().isoformat()
                text = Text(short_day(when, self.store.today()), quiet or STRONG)
            case "file":
                text = Text(_("taken back") + " ", NOT_YET) if row.taken_back else Text()
                text.append_text(safe(row.file_name, quiet))
            case "by":
                text = safe(row.organiser, QUIET)
            case _:
                value = int(getattr(row, column))
                style = {"added": KEPT, "rejected": OVERDUE, "questions": NOT_YET}.get(column, "")
                text = Text(f"{value:,}", style if value and not row.taken_back else QUIET)
        return fit(text, width)

    @on(RecordTable.Highlighted)
    def show_remarks(self, event: RecordTable.Highlighted) -> None:
        """What was said of the rows of the list under the bar."""
        shown = self.query_one("#campaign-remarks", Static)
        if event.record_id is None:
            shown.update("")
            return
        remarks = batch_remarks(self.store, event.record_id, _MOST_REMARKS)
        text = Text(end="").append(_("What was said of its rows") + "\n", f"bold {REACHED}")
        width = max(self.size.width - 8, 40)
        for remark in remarks:
            text.append_text(Text("\n").join(folded(remark_words(remark), width, indent=REMARK_CELLS))).append("\n")
        if len(remarks) == _MOST_REMARKS:
            text.append(_("enter shows all of them"), QUIET)
        if not remarks:
            text = Text(_("Every row was taken as it stood."), KEPT)
        shown.update(text)

    @work
    async def action_import(self) -> None:
        from organiser_tui.tui.dialogs.bring_in import bring_in

        batch = await bring_in(self)
        if batch is not None:
            self.reload()
            self.query_one(RecordTable).move_to(list(self._rows).index(batch))

    @on(RecordTable.Opened)
    def open_batch(self, event: RecordTable.Opened) -> None:
        """What became of the rows of a list."""
        self._open_batch(self._rows[event.record_id])

    @work
    async def _open_batch(self, row: BatchRow) -> None:
        from organiser_tui.tui.pages.batch import BatchPage

        await self.app.push_screen_wait(BatchPage(self.store, row))

    @work
    async def action_take_back(self) -> None:
        from organiser_tui.tui.dialogs.confirm import Confirm
        from organiser_tui.tui.dialogs.take_back import taken_back

        row = self._rows.get(self.query_one(RecordTable).record_id or 0)
        if row is None or row.taken_back:
            self.say(_("Choose a list that came in: z takes it back whole."))
            return
        question = safe(_("Take back the whole list {what}?").format(what=row.file_name))
        with_it = ngettext("{n} person came in with it.", "{n} people came in with it.", row.added)
        if not await self.app.push_screen_wait(Confirm(question, with_it.format(n=f"{row.added:,}"))):
            return
        with self.saying_errors():
            self.say(taken_back(row.file_name, undo_batch(self.store, row.id)))
        self.reload()

    @work
    async def action_history(self) -> None:
        from organiser_tui.tui.pages.history import HistoryPage

        await self.app.push_screen_wait(HistoryPage(self.store))

    @work
    async def action_short_answers(self) -> None:
        from organiser_tui.tui.dialogs.short_answers import change_short_answers

        await change_short_answers(self)
        self.reload()

    @work
    async def action_mandates(self) -> None:
        from organiser_tui.tui.pages.consultations import ConsultationsPage

        await self.app.push_screen_wait(ConsultationsPage(self.store))
        self.reload()

    @work
    async def action_guides(self) -> None:
        from organiser_tui.tui.dialogs.guide import change_guides

        await change_guides(self)

    @work
    async def action_outcomes(self) -> None:
        from organiser_tui.tui.dialogs.own_outcomes import change_outcomes

        await change_outcomes(self)

    @work
    async def action_who(self) -> None:
        from organiser_tui.tui.dialogs.who import ask_who

        if await ask_who(self):
            self.reload()

    @work
    async def action_theme(self) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        choices = [
            Choice("dark", _("dark")),
            Choice("light", _("light")),
            Choice("high-contrast", _("high contrast")),
        ]
        chosen = await self.app.push_screen_wait(Choose(_("Colours"), choices, current=self.app.theme))
        if chosen is not None:
            self.app.theme = chosen
