"""One consultation: what was answered in all, and turnout and answers by provider or region."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.filter_writing import counted_at, quoted
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.consultations import Consultation, consultations
from organiser_tui.store.errand import Errand
from organiser_tui.store.turnout import Turnout, amendments, not_voted, turnout, turnouts
from organiser_tui.store.workplaces import By
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.drawing.mandates import amendment_lines, count_cell, result_lines, share
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import QUIET, REACHED
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


_ANSWERS = (
    Column("yes", _("yes"), 5, align="right", priority=6, sortable=False),
    Column("no", _("no"), 5, align="right", priority=6, sortable=False),
    Column("abstain", _("abst."), 5, align="right", priority=6, sortable=False),
    Column("amended", _("amend."), 6, align="right", priority=6, sortable=False),
)
_IN_PANE = 4
_ALL = 1000


class ConsultationPage(Page):
    """The result above, the places below, and below them what some would have otherwise."""

    AUTO_FOCUS = "#consultation-table"
    HELP = _(
        "a notes what a member answers, or that she has voted. l makes a call list of everybody who has not. enter "
        "shows who was asked there. Whoever works at two providers stands at both. A secret ballot is counted by c "
        "once it is closed."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("consultation.answer", "consultation.count", "consultation.by", "consultation.list", "consultation.close"),
        *("consultation.back", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", _("answer"), id="consultation.answer", tooltip=_("What one member answers")),
        Binding("b", "by", _("provider, region"), id="consultation.by", tooltip=_("By provider or by region")),
        Binding("l", "call_list", _("call list"), id="consultation.list", tooltip=_("Of those who have not voted")),
        Binding("c", "count", _("count"), id="consultation.count", tooltip=_("What was counted in a secret ballot")),
        Binding("o", "otherwise", _("otherwise"), id="consultation.otherwise", tooltip=_("All amendments")),
        Binding("e", "reword", _("edit"), id="consultation.reword", tooltip=_("Mends the question")),
        Binding("x", "close", _("close"), id="consultation.close", tooltip=_("Nobody answers any more")),
        Binding("escape", "back", _("mandates"), id="consultation.back", tooltip=_("Back to the mandates")),
    ]

    def __init__(self, store: Campaign, consultation: Consultation) -> None:
        super().__init__(store)
        self._consultation = consultation
        self._by: By = "provider"
        self._rows: list[Turnout] = []

    def body(self) -> ComposeResult:
        yield Static(id="consultation-headline", classes="headline")
        # Of a secret ballot nobody knows what was voted where.
        answers = [] if self._consultation.secret else _ANSWERS
        yield RecordTable(
            [
                Column("where", _("where"), 20, grow=3, max_width=44, priority=9, sortable=False),
                Column("entitled", _("asked"), 6, align="right", priority=8, sortable=False),
                Column("voted", _("voted"), 6, align="right", priority=9, sortable=False),
                Column("share", "", 9, grow=1, max_width=24, priority=5, sortable=False),
                *answers,
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nobody was asked."), QUIET),
            id="consultation-table",
        )
        yield Static(id="consultation-amendments", classes="rule-above")

    def load(self) -> None:
        held = next((one for one in consultations(self.store) if one.id == self._consultation.id), None)
        if held is None:
            if self.app.screen is self:  # a question over the page is answered first
                self.say(_("It was taken back: the members are not asked this."))
                self.dismiss(None)
            return
        self._consultation = held
        self.refresh_bindings()
        lines = result_lines(held, turnout(self.store, held), self.store.today())
        self.query_one("#consultation-headline", Static).update(Text("\n").join(lines))
        said = amendments(self.store, held.id, _IN_PANE + 1)
        below = self.query_one("#consultation-amendments", Static)
        below.display = bool(said)
        lines = amendment_lines(said[:_IN_PANE], max(self.size.width - 8, 40))
        head = Text(_("What they would have otherwise"), f"bold {REACHED}")
        if len(said) > _IN_PANE:
            head.append("  " + _("o shows all"), QUIET)
        below.update(Text("\n").join([head, *lines]))
        self.query_one(RecordTable).focus()
        self._read_places()

    @work(exclusive=True, group="ids")
    async def _read_places(self) -> None:
        """Where they voted, in a thread: a hundred thousand members take a quarter of a second."""
        held, by = self._consultation, self._by

        def ask(twin: Campaign) -> list[Turnout]:
            return turnouts(twin, held, by)

        with self.saying_errors():
            found = await asyncio.to_thread(Errand(self.store).run, ask)
            self._rows = found or []
        table = self.query_one(RecordTable)
        table.show(Ids(array("q", range(len(self._rows)))), keep=table.record_id)

    def _read(self, ids: Sequence[int]) -> Mapping[int, Turnout]:
        return {place: self._rows[place] for place in ids}

    def _draw(self, row: Turnout, column: str, width: int) -> Text:
        if column == "where":
            nowhere = _("no provider") if self._by == "provider" else _("no region")
            return fit(safe(row.where or nowhere, "" if row.where else QUIET), width)
        if column == "share":
            part = row.voted / row.entitled
            return bar(part, max(width - 5, 1)).append(f" {share(row.voted, row.entitled):>4}", QUIET)
        if column in ("entitled", "voted"):
            value = int(getattr(row, column))
            return Text(f"{value:,}", "" if value else QUIET)
        return count_cell(row.answers, column)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is open is answered and closed; what is secret is counted once it is closed."""
        closed, secret = bool(self._consultation.closed_on), self._consultation.secret
        if action in ("answer", "call_list", "close", "reword"):
            return not closed
        return closed and secret if action == "count" else True

    @on(RecordTable.Opened)
    @work
    async def show_people(self, event: RecordTable.Opened) -> None:
        """Who was asked there."""
        from organiser_tui.tui.pages.list_people import ListPeoplePage

        where = self._rows[event.record_id].where
        if not where:
            self.say(_("Who works nowhere today is among all who were asked: a filter mandate: on page 3."))
            return
        asked = f"mandate:{quoted(self._consultation.question)} and {counted_at(self._by, where)}"
        await self.app.push_screen_wait(ListPeoplePage(self.store, None, filter_text=asked))
        self.reload()

    def action_by(self) -> None:
        self._by = "region" if self._by == "provider" else "provider"
        self.load()

    @work
    async def action_answer(self) -> None:
        from organiser_tui.tui.dialogs.mandates import ask_one_member

        await ask_one_member(self, self._consultation)
        self.reload()

    @work
    async def action_reword(self) -> None:
        from organiser_tui.tui.dialogs.mandates import mend_question

        await mend_question(self, self._consultation)
        self.reload()

    @work
    async def action_close(self) -> None:
        from organiser_tui.tui.dialogs.mandates import ask_to_close

        await ask_to_close(self, self._consultation)
        self.reload()

    def action_otherwise(self) -> None:
        from organiser_tui.tui.dialogs.scrolled import WholeText

        lines = amendment_lines(amendments(self.store, self._consultation.id, _ALL), WholeText.WIDTH)
        self.app.push_screen(WholeText(Text("\n").join(lines) if lines else Text(_("Nobody."), QUIET)))

    @work
    async def action_count(self) -> None:
        from organiser_tui.tui.dialogs.mandates import enter_count

        with self.saying_errors():
            await enter_count(self, self._consultation)
        self.reload()

    @work
    async def action_call_list(self) -> None:
        from organiser_tui.tui.dialogs.ask_line import AskLine

        which = self._consultation.id

        def ask(twin: Campaign) -> list[int]:
            return not_voted(twin, which)

        people: list[int] | None = None
        with self.saying_errors():
            people = await asyncio.to_thread(Errand(self.store).run, ask)
            if not people:
                self.say(_("Everybody who was asked has voted."))
        if not people:
            return
        there = ngettext("{n} has not voted yet.", "{n} have not voted yet.", len(people)).format(n=f"{len(people):,}")
        label = f"{there} " + _("How is the call list called?")
        name = await self.app.push_screen_wait(AskLine(label, self._consultation.question[:60]))
        if name is None:
            return
        with self.saying_errors():

            def make(twin: Campaign) -> int:
                return make_call_list(twin, CallListDraft(name), people)

            made = await asyncio.to_thread(Errand(self.store).run, make)
            if made is not None:
                await self.organiser_app.show_call_list(made)
                if not self._consultation.secret:
                    self.organiser_app.screen.notify(_("q in a call asks for the mandate."), markup=False)
