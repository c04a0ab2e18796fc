"""One office and its last election: the rules above, who stands, and below what mends the result."""

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

from organiser_tui.store.committee import Ballot, CandidateRow, answer_nomination, ballot_of
from organiser_tui.store.errand import Errand
from organiser_tui.tui.drawing.committee import candidate_cell, mending_lines, office_headline, rule_lines
from organiser_tui.tui.page import Page
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class OfficePage(Page):
    """Whoever stands, those with the most votes first."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "i nominates, a and d note whether she accepts, v her votes; f seats those who are elected. The largest region "
        "and employer are those of most members on file. Shares are of those who sit; what is not known of somebody "
        "counts for no rule. Where a rule fails, the fewest swaps that mend it are searched for, of several those that "
        "lose the fewest votes. t shows all terms and ends one early."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        "office.nominate", "office.accept", "office.votes", "office.seat", "office.terms", "help",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", tooltip=_("One step back")),
        Binding("i", "nominate", _("nominate"), id="office.nominate", tooltip=_("Somebody, found by name")),
        Binding("a", "answer(True)", _("accepts"), id="office.accept", tooltip=_("She accepts the nomination")),
        Binding("d", "answer(False)", _("declines"), id="office.decline", tooltip=_("She declines it")),
        Binding("v", "votes", _("votes"), id="office.votes", tooltip=_("How many she got")),
        Binding("f", "seat", _("seat"), id="office.seat", tooltip=_("Those who are elected, from a day on")),
        Binding("t", "terms", _("terms"), id="office.terms", tooltip=_("All of them; ends one, notes one")),
        Binding("p", "pass_on", _("pass on"), id="office.pass", tooltip=_("Her to a chapter or section")),
    ]

    def __init__(self, store: Campaign, office_id: int) -> None:
        super().__init__(store)
        self._office_id = office_id
        self._ballot: Ballot | None = None
        self._rows: dict[int, CandidateRow] = {}

    def body(self) -> ComposeResult:
        yield Static(id="office-headline", classes="headline")
        yield Static(id="office-rules")
        yield RecordTable(
            [
                Column("name", _("name"), 20, grow=2, max_width=32, priority=9, sortable=False),
                Column("votes", _("votes"), 6, align="right", priority=9, sortable=False),
                Column("state", "", 12, priority=9, sortable=False),
                Column("gender", _("gender"), 7, max_width=9, priority=8, sortable=False),
                Column("region", _("region"), 10, grow=1, max_width=22, priority=7, sortable=False),
                Column("employer", _("employer"), 10, grow=2, max_width=40, priority=6, sortable=False),
                Column("terms", _("terms"), 5, align="right", priority=5, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("Nobody stands yet. i nominates somebody."), QUIET),
            id="office-list",
        )
        yield Static(id="office-mending", classes="rule-above")

    def load(self) -> None:
        self._read_ballot()

    @work(exclusive=True, group="ids")
    async def _read_ballot(self) -> None:
        """In a thread: whose region is the largest is counted of all members, and swaps are searched for."""
        which = self._office_id

        def ask(twin: Campaign) -> Ballot:
            return ballot_of(twin, which)

        with self.saying_errors():
            found = await asyncio.to_thread(Errand(self.store).run, ask)
            if found is not None:
                self._show(found)

    def _show(self, ballot: Ballot) -> None:
        self._ballot = ballot
        self._rows = {row.id: row for row in ballot.rows}
        table = self.query_one(RecordTable)
        table.forget()
        table.show(Ids(array("q", self._rows)), keep=table.record_id)
        width = max(self.size.width - 6, 40)
        self.query_one("#office-headline", Static).update(office_headline(ballot, self.store.today()))
        for name, lines in (("rules", rule_lines(ballot, width)), ("mending", mending_lines(ballot))):
            part = self.query_one(f"#office-{name}", Static)
            part.display = bool(lines)
            part.update(Text("\n").join(lines))

    def _read(self, ids: Sequence[int]) -> Mapping[int, CandidateRow]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    def _draw(self, row: CandidateRow, column: str, _width: int) -> Text:
        return candidate_cell(row, column, self._ballot) if self._ballot is not None else Text()

    @property
    def _person(self) -> int | None:
        """Whoever has the bar."""
        return self.query_one(RecordTable).record_id

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        from organiser_tui.tui.pages.person import PersonPage

        self.app.push_screen(PersonPage(self.store, event.record_id))

    @work
    async def action_nominate(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_nominations

        if self._ballot is not None:
            await ask_nominations(self, self._office_id, self._ballot.office.name)

    def action_answer(self, accepts: bool) -> None:
        if self._person is not None:
            with self.saying_errors():
                answer_nomination(self.store, self._office_id, self._person, accepts=accepts)
            self.load()

    @work
    async def action_votes(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_votes

        person, ballot = self._person, self._ballot
        if person is None or ballot is None:
            return
        if ballot.sitting or self._rows[person].answer != "accepted":
            self.say(_("Votes are noted of who has accepted, while an election is open."))
            return
        await ask_votes(self, ballot, person)

    @work
    async def action_seat(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_seating

        await ask_seating(self, self._office_id)
        self.load()

    @work
    async def action_terms(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_terms

        if self._ballot is not None:
            office = self._ballot.office
            await ask_terms(self, self._office_id, office.name, office.draft.years)
            self.load()

    @work
    async def action_pass_on(self) -> None:
        from organiser_tui.tui.dialogs.committee import ask_passing

        if self._person is not None:
            await ask_passing(self, self._person)
