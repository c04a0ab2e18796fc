"""Sign-ups: the board of cards, column by column, and the way to the goal."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.signups import ASIDE, NEXT, ON_THE_WAY, Stage
from organiser_tui.store.cards import CardStep, move_cards, remind_forms
from organiser_tui.store.saved_filters import IDLE_MEMBERS
from organiser_tui.store.signups import Board, SignupRow, people_at_stage, set_goal, signup_board, signup_rows
from organiser_tui.tui.drawing.signups import board_lines, column_headline, goal_line, signup_cell, stage_label
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_COLUMNS = (*ON_THE_WAY, *ASIDE)


class BoardTable(RecordTable[SignupRow]):
    """The people of a column; the arrows to the sides choose another one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right", "screen.column(1)", _("column"), id="signups.right", tooltip=_("The next one"), key_display="← →"
        ),
        Binding(
            "left", "screen.column(-1)", _("column before"), id="signups.left", show=False, tooltip=_("The one before")
        ),
    ]


class SignupsPage(PeopleTable):
    """The columns above, the people of the chosen one below."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "Every card on its way: who was never asked, asked, said yes, has the form, has signed, is on file; aside who "
        "declined, whose form came back incomplete, whose card ended, who is in another union. ← and → choose one. "
        "f moves the card under the bar, or those marked with space, one column on, today; t asks where to and when. "
        "A form is due 14 days after it went out or she was reminded (r), twice at most. A goal (a) is met by cards "
        "signed or on file; the pace held is that of the last 8 weeks."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("signups.on", "signups.to", "signups.right", "signups.list", "list.open", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "move_on", _("move on"), id="signups.on", tooltip=_("To the next column, today")),
        Binding("t", "move_to", _("move to …"), id="signups.to", tooltip=_("To any column, on any day")),
        Binding("r", "remind", _("reminded"), id="signups.remind", tooltip=_("She was reminded of the form today")),
        Binding("l", "call_list", _("call list"), id="signups.list", tooltip=_("Of this column, or of those marked")),
        Binding("i", "idle", _("idle members"), id="signups.idle", tooltip=_("Nothing with them for 60 days")),
        Binding("a", "goal", _("goal"), id="signups.goal", tooltip=_("So many cards by a day")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._board: Board | None = None
        self._stage = Stage.NOT_ASKED

    def body(self) -> ComposeResult:
        yield Static(id="signups-goal", classes="headline")
        yield Static(id="signups-board")
        yield Static(id="signups-column")
        yield BoardTable(
            [
                Column("name", _("name"), 22, grow=2, max_width=34, priority=9, sortable=False),
                Column("since", _("for"), 8, max_width=10, priority=8, sortable=False),
                Column("rating", _("rated"), 5, align="right", priority=4, sortable=False),
                Column("next", _("next"), 24, grow=4, max_width=52, priority=7, sortable=False),
                Column("asked_by", _("asked by"), 9, grow=1, max_width=16, priority=5, sortable=False),
                Column("provider", _("provider"), 16, grow=3, max_width=36, priority=3, sortable=False),
            ],
            self._read,
            lambda row, column, _width: signup_cell(row, column, self.store.today()),
            empty_text=Text(_("Nobody stands here. ← and → choose another column."), QUIET),
            markable=True,
            id="signups-people",
        )

    def load(self) -> None:
        table, keep, row = self.table, self.table.record_id, self.table.cursor
        self._board = signup_board(self.store)
        people = people_at_stage(self.store, self._stage)
        table.forget()
        table.show(Ids(array("q", people)), keep=keep)
        if keep is not None and table.record_id != keep:
            table.move_to(row)  # she has moved on: the bar stays where it was
        self._draw_head()

    def _read(self, ids: Sequence[int]) -> Mapping[int, SignupRow]:
        return signup_rows(self.store, ids)

    def _draw_head(self) -> None:
        if self._board is None:
            return
        width = max(self.size.width - 6, 40)
        self.query_one("#signups-goal", Static).update(goal_line(self._board, self.store.today(), width))
        self.query_one("#signups-board", Static).update(board_lines(self._board, self._stage, width))
        headline = column_headline(self._board, self._stage, self.table.ids.total)
        if self.table.marks:
            headline.append("  " + _("{n} marked").format(n=len(self.table.marks)), QUIET)
        self.query_one("#signups-column", Static).update(headline)

    def on_resize(self, _event: events.Resize) -> None:
        self._draw_head()

    @on(RecordTable.Marked)
    def show_marks(self) -> None:
        """How many are marked."""
        self._draw_head()

    def action_back(self) -> None:
        self.table.clear_marks()

    def action_column(self, step: int) -> None:
        """Another column, round and round."""
        self._stage = _COLUMNS[(_COLUMNS.index(self._stage) + step) % len(_COLUMNS)]
        self.table.clear_marks()
        self.load()
        self.table.move_to(0)

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """Her own page."""
        self.open_record(event.record_id)

    # Cards

    def action_move_on(self) -> None:
        following = NEXT.get(self._stage)
        if following is None:
            self.say(_("Nothing follows {stage}: t moves the card elsewhere.").format(stage=stage_label(self._stage)))
        else:
            self._move(CardStep(following, self.store.today().isoformat()))

    def _move(self, step: CardStep) -> None:
        people = self.people_at_hand
        if not people:
            return
        with self.saying_errors():
            name = signup_rows(self.store, people[:1])[people[0]].name if len(people) == 1 else ""
            moved = move_cards(self.store, people, step._replace(leaves=self._stage))
            self.unmark()
            who = name or ngettext("{n} person", "{n} people", moved).format(n=moved)
            self.say(_("{who}: {stage} · u takes it back").format(who=who, stage=stage_label(step.stage)))
            self.load()

    @work
    async def action_move_to(self) -> None:
        from organiser_tui.tui.dialogs.move_card import ask_step

        if self.people_at_hand:
            step = await ask_step(self, self._stage)
            if step is not None:
                self._move(step)

    def action_remind(self) -> None:
        people = self.people_at_hand
        if self._stage is not Stage.FORM_OUT:
            self.say(_("Who has no form out is not reminded of it: → goes to “form out”."))
            return
        with self.saying_errors():
            if people:
                remind_forms(self.store, people)
                said = ngettext("{n} person reminded today", "{n} people reminded today", len(people))
                self.say(said.format(n=len(people)) + " · " + _("u takes it back"))
            self.unmark()
            self.load()

    @work
    async def action_idle(self) -> None:
        """Members with no meeting, task or ask in a long while: the membership is to be pulled towards the core."""
        from organiser_tui.tui.pages.list_people import ListPeoplePage

        await self.app.push_screen_wait(ListPeoplePage(self.store, None, filter_text=IDLE_MEMBERS))
        self.load()

    @work
    async def action_call_list(self) -> None:
        marks = self.table.marks
        ids = self.table.ids
        people = sorted(marks) if marks else ids.between(0, ids.total)
        if not people:
            self.say(_("Nobody stands here."))
        elif await self.organiser_app.make_call_list(people, name=stage_label(self._stage)):
            self.unmark()

    @work
    async def action_goal(self) -> None:
        from organiser_tui.tui.dialogs.goal import ask_goal

        asked = await ask_goal(self, self._board.goal if self._board else None)
        if asked is not None:
            with self.saying_errors():
                set_goal(self.store, asked.goal)
                self.load()
