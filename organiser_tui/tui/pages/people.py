"""People: all of them in one list, to be searched, filtered, sorted, marked, and worked with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from organiser_tui.store.person import person_card
from organiser_tui.tui.drawing.people import people_columns
from organiser_tui.tui.drawing.person import saved_told
from organiser_tui.tui.pages.people_list import PeopleList
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.words import _


class PeoplePage(PeopleList):
    """The list of everybody with its keys."""

    AUTO_FOCUS = "#people-list"
    HELP = _(
        "Everybody in the campaign. / finds people by name, number, provider or place as you type; f filters by "
        "anything the file holds; l makes a call list of those shown, or of those marked with space."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("list.open", "people.search", "people.filter", "people.new", "people.call-list", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", _("search"), id="people.search", tooltip=_("Finds people as you type")),
        Binding("f", "filter", _("filter"), id="people.filter", tooltip=_("By card, rating, provider, tag and more")),
        Binding("n", "new_person", _("new"), id="people.new", tooltip=_("Enters somebody who is not here yet")),
        Binding("l", "call_list", _("call list"), id="people.call-list", tooltip=_("Of those shown or marked")),
    ]

    # Search, filter, sort

    def action_search(self) -> None:
        self.query_one("#people-search", Input).focus()

    @on(Input.Changed, "#people-search")
    def search(self, event: Input.Changed) -> None:
        """Every letter shows the first page of what is found."""
        words = event.value.strip()
        if words != self._words:
            self._words = words
            self.ask_anew()

    @on(Input.Submitted, "#people-search")
    def to_list(self) -> None:
        """From the field to the list."""
        self.table.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and isinstance(self.focused, Input):
            event.stop()
            self.table.focus()

    @work
    async def action_filter(self) -> None:
        from organiser_tui.tui.dialogs.filter import FilterDialog

        text = await self.app.push_screen_wait(FilterDialog(self.store, self._filter_text))
        if text is not None:
            self._set_filter(text)

    def _set_filter(self, text: str) -> None:
        if text != self._filter_text:
            self._filter_text = text
            self.ask_anew()

    @on(RecordTable.SortAsked)
    def ask_sort(self, event: RecordTable.SortAsked) -> None:
        """By the column whose header was clicked, or the one that is chosen."""
        if event.column is None:
            self._choose_sort()
        else:
            self._sort_by(event.column)

    @work
    async def _choose_sort(self) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        choices = [Choice(column.key, column.label) for column in people_columns()]
        key = await self.app.push_screen_wait(Choose(_("Sort by (twice turns it round)"), choices, current=self._sort))
        if key is not None:
            self._sort_by(key)

    def _sort_by(self, column: str) -> None:
        """Sort by `column`; by the same one again, the other way round."""
        self._reverse = column == self._sort and not self._reverse
        self._sort = column
        self.ask_anew()

    @on(RecordTable.Marked)
    def show_marks(self) -> None:
        """How many are marked."""
        self.draw_headline()

    def action_back(self) -> None:
        """One step back: from the field, then the search, the filter, the marks."""
        field = self.query_one("#people-search", Input)
        if self.focused is field:
            self.table.focus()
        elif field.value:
            field.value = ""
        elif self._filter_text:
            self._set_filter("")
        else:
            self.table.clear_marks()

    # What is done with people

    @on(RecordTable.Opened)
    def open_person(self, event: RecordTable.Opened) -> None:
        """The person's own page."""
        self.open_record(event.record_id)

    def open_record(self, record_id: int) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        self.app.push_screen(PersonPage(self.store, record_id, self.list_id))

    def changed(self, person_id: int | None) -> None:
        self.read_again(person_id if person_id is not None else self.person_id)

    @work
    async def action_new_person(self) -> None:
        from organiser_tui.tui.dialogs.person_form import PersonForm

        made = await self.app.push_screen_wait(PersonForm(self.store))
        if made is not None:
            card = person_card(self.store, made)
            self.say(saved_told(card.name if card is not None else ""))
            self.read_again(made)

    @work
    async def action_call_list(self) -> None:
        marks = self.table.marks
        if not marks:
            await self._complete.wait()
        ids = self.table.ids
        shown = ids.between(0, ids.total)
        people = [person for person in shown if person in marks] if marks else shown
        people.extend(marks.difference(people))  # marked in another search
        about = "" if marks else self._filter_in_words()
        if await self.organiser_app.make_call_list(people, about):
            self.table.clear_marks()

    def _filter_in_words(self) -> str:
        """Filter and search as one filter."""
        held = [f"({part})" if len(self.filters) > 1 else part for part in self.filters if part]
        filters = " ".join(held)
        if filters and self._words:
            return f"({filters}) {self._words}"
        return filters or self._words
