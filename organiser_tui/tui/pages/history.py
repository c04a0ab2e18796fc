"""History: the journal as a diary; an own deed is taken back from its line."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.clock import wall
from organiser_tui.store.diary import DiaryLine, diary_ids, diary_lines
from organiser_tui.store.history import why_not_undone
from organiser_tui.tui.dialogs.take_back import deed_told
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.diary import about_words, line_words
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_LINES = 1000


class HistoryPage(Page):
    """Everything that was saved, the latest first; of one person where chosen."""

    HELP = _(
        "Every saved deed, the latest first. z takes back the one under the bar; enter opens the person. ↶ marks what "
        "was taken back."
    )
    FOOTER: ClassVar[Sequence[str]] = ("history.undo", "list.open", "back", "help", "quit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "take_back", _("take back"), id="history.undo", tooltip=_("Takes back the deed under the bar")),
    ]

    def __init__(self, store: Campaign, person_id: int | None = None) -> None:
        super().__init__(store)
        self._person_id = person_id

    def body(self) -> ComposeResult:
        yield Static(id="history-headline", classes="headline")
        yield RecordTable(
            [
                Column("day", _("day"), 9, priority=9, sortable=False),
                Column("hour", _("hour"), 5, priority=9, sortable=False),
                Column("what", _("deed"), 18, grow=1, max_width=24, priority=8, sortable=False),
                Column("about", _("about"), 24, grow=4, max_width=70, priority=9, sortable=False),
                Column("by", _("by"), 10, grow=1, max_width=20, priority=7, sortable=False),
                Column("state", _("state"), 10, max_width=14, priority=5, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nothing has been saved yet."), QUIET),
            id="history-lines",
        )

    def load(self) -> None:
        actions = diary_ids(self.store, person_id=self._person_id, limit=_LINES)
        table = self.query_one(RecordTable)
        table.show(Ids(array("q", actions)), keep=table.record_id)
        headline = Text(_("What was done, latest first"), f"bold {STRONG}")
        if len(actions) == _LINES:
            headline.append("   " + _("the last {n}").format(n=_LINES), QUIET)
        self.query_one("#history-headline", Static).update(headline)
        table.focus()

    def _read(self, ids: Sequence[int]) -> Mapping[int, DiaryLine]:
        return {line.action_id: line for line in diary_lines(self.store, ids)}

    def _line(self, action: int | None) -> DiaryLine | None:
        return next(iter(diary_lines(self.store, [action])), None) if action is not None else None

    def _draw(self, line: DiaryLine, column: str, width: int) -> Text:
        when = wall(line.at, self.store.zone)
        quiet = QUIET if line.undone else ""
        match column:
            case "day":
                text = Text(short_day(when.date().isoformat(), self.store.today()), quiet or STRONG)
            case "hour":
                text = Text(f"{when:%H:%M}", QUIET)
            case "what":
                mark = "↶ " if line.undone else ""  # the state does not fit a narrow screen
                text = safe(mark + line_words(line, self.store.today(), self.store.zone), quiet)
            case "about":
                text = safe(about_words(line, width), quiet)
            case "by":
                text = safe(line.organiser, QUIET)
            case _:
                text = Text(_("taken back"), NOT_YET) if line.undone else Text(_("yours") if line.own else "", KEPT)
        return fit(text, width)

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """The card of the person that the line is about."""
        line = self._line(event.record_id)
        if line is not None and line.person_id is not None:
            self._open(line.person_id)
        elif line is not None:
            then = why_not_undone(self.store, line.action_id) or _("z takes it back.")
            self.say(_("{what}: there is nobody to open. {then}").format(what=deed_told(line), then=then))

    @work
    async def _open(self, person_id: int) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        await self.app.push_screen_wait(PersonPage(self.store, person_id))

    @work
    async def action_take_back(self) -> None:
        from organiser_tui.tui.dialogs.take_back import take_back

        line = self._line(self.query_one(RecordTable).record_id)
        if line is not None and await take_back(self, line) is not None:
            self.reload()
