"""What was answered to the questions of a call list, in all, by provider or by region; enter shows who said so."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.filter_writing import counted_at, quoted
from organiser_tui.domain.questions import QuestionDraft, QuestionKind
from organiser_tui.store.call_lists import CallListRow
from organiser_tui.store.questions import Tally, questions_of, tallies
from organiser_tui.store.workplaces import By
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_NEXT: dict[By | None, By | None] = {None: "provider", "provider": "region", "region": None}


class AnswersPage(Page):
    """Question by question, the most frequent answer first."""

    AUTO_FOCUS = "#answers-table"
    HELP = _("How many people answered what; of each the last answer counts. b goes from all to providers and regions.")
    FOOTER: ClassVar[Sequence[str]] = ("list.open", "answers.by", "answers.back", "help", "quit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "by", _("by provider, region"), id="answers.by", tooltip=_("In all, by provider, by region")),
        Binding("escape", "back", _("back"), id="answers.back", tooltip=_("Back to where this was opened")),
    ]

    def __init__(self, store: Campaign, row: CallListRow) -> None:
        super().__init__(store)
        self._list = row
        self._by: By | None = None
        self._rows: list[Tally] = []
        self._words: dict[int, str] = {}
        self._answered: dict[int, int] = {}

    def body(self) -> ComposeResult:
        yield Static(id="answers-headline", classes="headline")
        yield RecordTable(
            [
                Column("value", _("answer"), 18, grow=3, max_width=50, priority=9, sortable=False),
                Column("where", _("where"), 20, grow=2, max_width=40, sortable=False),
                Column("people", _("people"), 7, align="right", sortable=False),
                Column("share", "", 18, grow=1, max_width=30, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nothing was answered yet. q in a call asks the questions of its list."), QUIET),
            id="answers-table",
        )

    def load(self) -> None:
        questions = {question.id: question.draft for question in questions_of(self.store, self._list.id)}
        self._words = {question: draft.words for question, draft in questions.items()}
        self._rows = tallies(self.store, self._list.id, self._by)
        of_each = _by_question(self._rows)
        in_all = _by_question(tallies(self.store, self._list.id))
        self._answered = {question: sum(tally.people for tally in held) for question, held in in_all.items()}
        ids, headings, place = array("q"), {}, 0
        for question, held in of_each.items():
            ids.extend([-place - 1, *range(place, place + len(held))])
            headings[-place - 1] = _heading(questions[question], in_all[question])
            place += len(held)
        table = self.query_one(RecordTable)
        table.headings = headings
        table.show(Ids(ids), keep=table.record_id)
        told = {"provider": _("by provider"), "region": _("by region")}[self._by] if self._by else _("in all")
        words = Text.assemble(safe(self._list.name, f"bold {STRONG}"), (f"  {told}", QUIET))
        self.query_one("#answers-headline", Static).update(words)
        table.focus()

    def _read(self, ids: Sequence[int]) -> Mapping[int, Tally]:
        return {place: self._rows[place] for place in ids if place >= 0}

    def _draw(self, row: Tally, column: str, width: int) -> Text:
        match column:
            case "value":
                return fit(safe(row.value, STRONG), width)
            case "where":
                return fit(safe(row.where, QUIET), width)
            case "people":
                return Text(f"{row.people:,}")
            case _:
                share = row.people / self._answered[row.question]
                return bar(share, max(width - 5, 1)).append(f" {share:>4.0%}", QUIET)

    def action_by(self) -> None:
        self._by = _NEXT[self._by]
        self.load()

    @on(RecordTable.Opened)
    @work
    async def show_people(self, event: RecordTable.Opened) -> None:
        """Who answered so."""
        from organiser_tui.tui.pages.list_people import ListPeoplePage

        tally = self._rows[event.record_id]
        said = f"{self._list.name}: {self._words[tally.question]} {tally.value}"
        asked = [f"answered:{quoted(said)}"]
        if self._by is not None and tally.where:
            asked.append(counted_at(self._by, tally.where))
        page = ListPeoplePage(self.store, self._list, filter_text=" and ".join(asked))
        await self.app.push_screen_wait(page)
        self.reload()


def _by_question(rows: Sequence[Tally]) -> dict[int, list[Tally]]:
    held: dict[int, list[Tally]] = {}
    for tally in rows:
        held.setdefault(tally.question, []).append(tally)
    return held


def _heading(draft: QuestionDraft, held: Sequence[Tally]) -> Text:
    """A question with how many answered it and, of numbers, the mean."""
    people = sum(tally.people for tally in held)
    said = ngettext("{n} answered", "{n} answered", people).format(n=f"{people:,}")
    if draft.kind is QuestionKind.NUMBER:
        mean = sum(float(tally.value) * tally.people for tally in held) / people
        said += ", " + _("{mean} on average").format(mean=f"{mean:,.1f}")
    return safe(draft.words, f"bold {REACHED}").append_text(safe(f"  {said}", QUIET))
