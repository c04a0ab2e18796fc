"""What one meeting agreed on: demands, mutual aid, education, with who takes them on and until when."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.store.agreed import Action, actions_of, finish_action
from organiser_tui.store.events import event_row
from organiser_tui.tui.drawing.demands import action_cell
from organiser_tui.tui.drawing.events import event_headline
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class AgreedPage(Page):
    """One line an action, the open ones first."""

    AUTO_FOCUS = "RecordTable"
    HELP = _(
        "What was agreed at the meeting: a demand, mutual aid or education. Each has somebody who takes it on and a "
        "day. n notes one, d marks it as done. A meeting that agreed on a demand is not one without a demand."
    )
    FOOTER: ClassVar[Sequence[str]] = ("agreed.new", "agreed.done", "agreed.back", "help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("new action"), id="agreed.new", tooltip=_("What, who and until when")),
        Binding("d", "done", _("done"), id="agreed.done", tooltip=_("The action under the bar is done")),
        Binding("escape", "back", _("back"), id="agreed.back", tooltip=_("One step back")),
    ]

    def __init__(self, store: Campaign, event_id: int) -> None:
        super().__init__(store)
        self._event_id = event_id
        self._actions: dict[int, Action] = {}

    def body(self) -> ComposeResult:
        yield Static(id="agreed-headline", classes="headline")
        yield RecordTable(
            [
                Column("what", _("agreed"), 26, grow=4, max_width=70, priority=9, sortable=False),
                Column("kind", _("kind"), 10, max_width=12, priority=7, sortable=False),
                Column("owner", _("who"), 16, grow=2, max_width=32, priority=9, sortable=False),
                Column("due", _("until"), 9, max_width=12, priority=8, sortable=False),
                Column("done", "", 13, max_width=16, priority=6, sortable=False),
            ],
            self._read,
            lambda row, column, width: fit(action_cell(row, column, self.store.today()), width),
            empty_text=Text(_("Nothing was agreed yet. n notes a demand, mutual aid or education."), QUIET),
            id="agreed-list",
        )

    def load(self) -> None:
        with self.saying_errors():
            words = event_headline(event_row(self.store, self._event_id), self.store.today())
            self.query_one("#agreed-headline", Static).update(words)
            self._actions = {action.id: action for action in actions_of(self.store, self._event_id)}
            table = self.query_one(RecordTable)
            table.forget()
            table.show(Ids(array("q", self._actions)), keep=table.record_id)

    def _read(self, ids: Sequence[int]) -> Mapping[int, Action]:
        return {i: self._actions[i] for i in ids if i in self._actions}

    @work
    async def action_new(self) -> None:
        from organiser_tui.tui.dialogs.agreed import AgreedForm

        made = await self.app.push_screen_wait(AgreedForm(self.store, self._event_id))
        if made is not None:
            self.say(_("It is noted · u takes it back"))
            self.load()

    def action_done(self) -> None:
        action = self._actions.get(self.query_one(RecordTable).record_id or 0)
        if action is None:
            return
        with self.saying_errors():
            finish_action(self.store, action.id)
            self.say(_("{what}: done · u takes it back").format(what=action.what))
            self.load()
