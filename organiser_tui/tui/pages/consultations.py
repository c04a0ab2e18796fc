"""Mandates: what the members are asked, how many have answered, and what came of it; enter shows where."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.consultations import Consultation, consultations, members_on_file
from organiser_tui.store.proposals import proposals
from organiser_tui.store.turnout import Turnout, turnout
from organiser_tui.tui.drawing.mandates import count_cell, question_text, share, state_words
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit
from organiser_tui.tui.themes import NOT_YET, QUIET, STRONG
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_Row = tuple[Consultation, Turnout]


class ConsultationsPage(Page):
    """One row a consultation, the open ones first."""

    AUTO_FOCUS = "#consultations-table"
    HELP = _(
        "What the members are asked. Only those answer who were on file at the opening, each once. Of a secret ballot "
        "only who has voted is kept, and the sums that were counted."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("list.open", "consultations.new", "consultations.proposals", "consultations.back", "help", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("ask the members"), id="consultations.new", tooltip=_("Opens a consultation")),
        Binding(
            "p",
            "proposals",
            _("proposals"),
            id="consultations.proposals",
            tooltip=_("What members propose, from calls"),
        ),
        Binding("escape", "back", _("campaign"), id="consultations.back", tooltip=_("Back to the campaign")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._rows: dict[int, _Row] = {}

    def body(self) -> ComposeResult:
        yield Static(id="consultations-headline", classes="headline")
        yield RecordTable(
            [
                Column("question", _("question"), 24, grow=4, max_width=70, priority=9, sortable=False),
                Column("state", _("state"), 13, grow=1, max_width=20, priority=8, sortable=False),
                Column("voted", _("voted"), 7, align="right", priority=7, sortable=False),
                Column("share", "%", 4, align="right", priority=7, sortable=False),
                Column("yes", _("yes"), 6, align="right", priority=6, sortable=False),
                Column("no", _("no"), 6, align="right", priority=6, sortable=False),
                Column("abstain", _("abst."), 6, align="right", priority=4, sortable=False),
                Column("amended", _("amend."), 6, align="right", priority=4, sortable=False),
            ],
            self._read,
            self._draw,
            empty_text=Text(_("The members were not asked anything yet. n asks those who are on file."), QUIET),
            id="consultations-table",
        )

    def load(self) -> None:
        held = consultations(self.store)
        self._rows = {one.id: (one, turnout(self.store, one)) for one in held}
        table = self.query_one(RecordTable)
        table.show(Ids(array("q", self._rows)), keep=table.record_id)
        members, waiting = members_on_file(self.store), len(proposals(self.store))
        text = Text(_("Mandates"), f"bold {STRONG}")
        text.append("   " + ngettext("{n} member on file", "{n} members on file", members).format(n=f"{members:,}"))
        said = ngettext("{n} proposal waits", "{n} proposals wait", waiting).format(n=f"{waiting:,}")
        text.append(f"   {said}", NOT_YET if waiting else QUIET)
        self.query_one("#consultations-headline", Static).update(text)
        table.focus()

    def _read(self, ids: Sequence[int]) -> Mapping[int, _Row]:
        return {i: self._rows[i] for i in ids if i in self._rows}

    def _draw(self, row: _Row, column: str, width: int) -> Text:
        consultation, said = row
        match column:
            case "question":
                return fit(question_text(consultation), width)
            case "state":
                return fit(state_words(consultation, self.store.today()), width)
            case "share":
                return Text(share(said.voted, said.entitled).rstrip("%"), QUIET)
            case "voted":
                return Text(f"{said.voted:,}", "" if said.voted else QUIET)
            case _:
                return count_cell(said.answers, column)

    @on(RecordTable.Opened)
    @work
    async def open_one(self, event: RecordTable.Opened) -> None:
        """Where they answered, and what."""
        from organiser_tui.tui.pages.consultation import ConsultationPage

        await self.app.push_screen_wait(ConsultationPage(self.store, self._rows[event.record_id][0]))
        self.reload()

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.mandates import begin_consultation

        begun = None
        with self.saying_errors():
            begun = await begin_consultation(self)
        if begun is not None:
            self.reload()
            self.query_one(RecordTable).move_to(list(self._rows).index(begun))

    @work
    async def action_proposals(self) -> None:
        from organiser_tui.tui.dialogs.mandates import sort_proposals

        await sort_proposals(self)
        self.reload()
