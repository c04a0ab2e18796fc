"""What one list did when it came in: questions, refused rows with their cells, who was known, who was added."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from organiser_tui.store.batches import BatchLine, BatchRow, batch_lines, batch_sections
from organiser_tui.store.person_history import history_of
from organiser_tui.tui.drawing.batches import kind_words, row_words, said_words
from organiser_tui.tui.drawing.history import change_words
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class BatchPage(Page):
    """The rows of one list by what became of them, with the row under the bar in full below."""

    AUTO_FOCUS = "RecordTable"
    DEFAULT_CSS = """
    BatchPage {
        #batch-lines { height: 1fr; }
        #batch-pane { height: 30%; padding: 0 3; }
    }
    """
    HELP = _(
        "What became of the rows of a list. Below stands the row under the bar: as it was written where it was not "
        "taken, and what the list changed of somebody who was known. enter opens the person."
    )
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "back", "help", "quit")

    def __init__(self, store: Campaign, batch: BatchRow) -> None:
        super().__init__(store)
        self._batch = batch

    def body(self) -> ComposeResult:
        yield Static(id="batch-headline", classes="headline")
        yield RecordTable(
            [
                Column("row", _("row"), 10, priority=9, sortable=False),
                Column("kind", _("what"), 8, priority=8, sortable=False),
                Column("said", _("who or why"), 40, grow=1, max_width=120, priority=9, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nothing was in this list."), QUIET),
            id="batch-lines",
        )
        with VerticalScroll(id="batch-pane", classes="rule-above", can_focus=False):
            yield Static(id="batch-row")

    def load(self) -> None:
        batch = self._batch
        counts = (
            ngettext("{n} row", "{n} rows", batch.read).format(n=f"{batch.read:,}"),
            _("{n:,} added").format(n=batch.added),
            _("{n:,} known, {changed:,} of them changed").format(n=batch.matched, changed=batch.changed),
            _("{n:,} refused").format(n=batch.rejected),
            _("{n:,} to ask about").format(n=batch.questions),
        )
        text = Text(end="").append_text(safe(batch.file_name, f"bold {STRONG}"))
        if batch.taken_back:
            text.append("  " + _("taken back"), NOT_YET)
        text.append("\n" + " · ".join(counts), QUIET)
        self.query_one("#batch-headline", Static).update(text)
        headings = {
            "question": _("left out: enter shows whom it may be; somebody else is entered on page 3"),
            "rejected": _("refused"),
            "known": _("known already"),
            "remark": _("remarks"),
            "added": _("added"),
        }
        ids, table = array("q"), self.query_one(RecordTable)
        table.headings = {-n: Text(words, f"bold {REACHED}") for n, words in enumerate(headings.values(), 1)}
        sections = batch_sections(self.store, batch.id)
        for n, kind in enumerate(headings, 1):
            if sections[kind]:
                ids.append(-n)
                ids.extend(sections[kind])
        table.show(Ids(ids), keep=table.record_id)

    def _read(self, ids: Sequence[int]) -> Mapping[int, BatchLine]:
        return batch_lines(self.store, ids)

    def _draw(self, line: BatchLine, column: str, width: int) -> Text:
        match column:
            case "row":
                return Text(row_words(line), QUIET)
            case "kind":
                return kind_words(line.kind)
        return fit(said_words(line), width)

    @on(RecordTable.Highlighted)
    def show_row(self, event: RecordTable.Highlighted) -> None:
        """The row under the bar in full."""
        shown = self.query_one("#batch-row", Static)
        line = None if event.record_id is None else batch_lines(self.store, [event.record_id]).get(event.record_id)
        if line is None:
            shown.update("")
            return
        text = said_words(line).append("\n")
        for heading, cell in line.cells.items():
            if cell:
                text.append_text(safe(f"{heading}: ", QUIET)).append_text(safe(cell)).append("\n")
        if line.kind == "known" and line.person_id is not None:
            deeds = history_of(self.store, line.person_id, batch=self._batch.id)
            changes = [change for deed in deeds for change in deed.changes if change.table != "import_remark"]
            today = self.store.today()
            text.append_text(Text("\n").join(change_words(change, today) for change in dict.fromkeys(changes)))
            if not changes:
                text.append(_("Nothing of hers was changed."), QUIET)
        shown.update(text)

    @on(RecordTable.Opened)
    def open_line(self, event: RecordTable.Opened) -> None:
        """The page of the person whom the row is about."""
        line = batch_lines(self.store, [event.record_id]).get(event.record_id)
        if line is not None and line.person_id is not None:
            self._open_person(line.person_id)
        elif line is not None:
            self.say(
                _("This row was not taken. Mend it in the list and bring the list in again: nobody comes in twice.")
            )

    @work
    async def _open_person(self, person_id: int) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        await self.app.push_screen_wait(PersonPage(self.store, person_id))
