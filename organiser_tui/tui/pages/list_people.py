"""Who is on a call list: the list of people with whether and why each can be called now. Pushed upon Calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.filter_writing import quoted
from organiser_tui.store.call_lists import CallListRow, progress_by_organiser, target_states
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue
from organiser_tui.store.people import PeopleQuery, PersonRow
from organiser_tui.tui.drawing.call import progress_words, turn_cell
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.themes import QUIET
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_TURN = "turn"


class ListPeoplePage(PeoplePage):
    """The people of one list (None: everyone), to be seen without calling them."""

    HELP = _(
        "Everybody on this call list, with who can be called now, and what keeps the others from it. c calls the "
        "person under the bar and goes on with the list; escape goes back to the lists."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("list.open", "person.call", "people.search", "people.filter", "list-people.back", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="list-people.back", tooltip=_("Back to where this was opened")),
    ]

    def __init__(self, store: Campaign, row: CallListRow | None, *, filter_text: str = "") -> None:
        super().__init__(store)
        self._filter_text = self._opened_with = filter_text
        self.list_id = None if row is None else row.id
        self._listed = "" if row is None else f"list:{quoted(row.name)}"
        self._turns: dict[int, Ready | Blocked] = {}
        self._states: dict[int, str] = {}
        self._progress = ""
        """Who has called it how often, in words."""

    @property
    def filters(self) -> tuple[str, ...]:
        return tuple(part for part in (self._listed, self._filter_text) if part)

    def draw_headline(self) -> None:
        super().draw_headline()
        headline = self.query_one("#people-headline", Static)
        if self._progress and isinstance(headline.content, Text):
            headline.update(headline.content + Text(f"  {self._progress}", QUIET), layout=False)

    @property
    def query_now(self) -> PeopleQuery:
        # By its id: another list may be called the same.
        return super().query_now._replace(on_list=self.list_id)

    def columns(self) -> list[Column]:
        name, *others = super().columns()
        return [name, Column(_TURN, _("call now?"), 31, grow=4, max_width=44, priority=10, sortable=False), *others]

    def load(self) -> None:
        super().load()
        if self.list_id is not None:
            self._progress = progress_words(progress_by_organiser(self.store, self.list_id))
        self.table.forget()  # who can be called now turns with the hour, though nothing was written

    def _read(self, ids: Sequence[int]) -> Mapping[int, PersonRow]:
        self._turns.update((turn.person_id, turn) for turn in everyone_in_queue(self.store, self.list_id, ids))
        if self.list_id is not None:
            self._states.update(target_states(self.store, self.list_id, ids))
        return super()._read(ids)

    def _draw_cell(self, row: PersonRow, column: str, width: int) -> Text:
        if column != _TURN:
            return super()._draw_cell(row, column, width)
        state = self._states.get(row.id, "open")
        return turn_cell(self._turns.get(row.id) if state == "open" else None, state, row.last_outcome, self.store)

    def action_back(self) -> None:
        """One step back; where nothing is searched, filtered anew or marked, to where it was opened."""
        field = self.query_one("#people-search", Input)
        if self.focused is field or field.value or self.table.marks:
            super().action_back()
        elif self._filter_text != self._opened_with:
            self._set_filter(self._opened_with)
        else:
            self.dismiss()
