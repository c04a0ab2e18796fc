"""How the list of people is read and shown: its first page at once, the rest in a thread, a card beside it. No keys."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.folding import search_terms
from organiser_tui.domain.phones import FEWEST_AT_THE_END, digits_sought
from organiser_tui.store.damage import damage_told
from organiser_tui.store.errand import Errand, written
from organiser_tui.store.people import (
    PeopleQuery,
    PersonRow,
    count_people,
    empty_part,
    first_people,
    first_people_within,
    last_people,
    people_ids,
    people_page,
)
from organiser_tui.tui.drawing.filters import empty_words
from organiser_tui.tui.drawing.people import PeopleCells, people_columns, people_headline
from organiser_tui.tui.pages.person_actions import PeopleTable
from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_WINDOW_MORE = 30  # rows beyond the window in the first page: one page down finds its rows read
_FIRST_WITHIN = 0.1  # seconds for a first page of a filter; of a rarer one everybody is read at once
_REST_AFTER = 0.1  # seconds after which the rest is read: the first page is painted by then
_REST_AFTER_LETTER = 0.25  # the same while one types: the next letter would call it off anyway
_STORY_ENTRIES = 60
_READ_ANEW = 100_000  # of more people only the lines on screen follow what another window writes


class PeopleList(PeopleTable):
    """The list and the card beside it. The first page is read at once, the rest while it is on screen already."""

    # A style sheet of its own would make Textual read all of them again before the page is first painted.
    DEFAULT_CSS = """
    PeopleList {
        #people-headline { padding: 1 1 0 3; height: 2; text-wrap: nowrap; text-overflow: ellipsis; }
        #people-search-row { height: 2; padding: 0 1 0 3; }
        #people-search { max-width: 60; }
        #people-panes { height: 1fr; }
        #people-list { width: 1fr; }
        #people-pane { width: 33%; min-width: 36; max-width: 60; height: 1fr; padding: 0 1; display: none; }
    }
    PeopleList.-wide #people-pane, PeopleList.-huge #people-pane { display: block; }
    """

    @dataclass
    class Sized(Message):
        """How many people there are, and the last of them, for the list that `reading` fills."""

        reading: Errand
        total: int
        tail: list[int]

    @dataclass
    class Found(Message):
        """Ids that follow those before, for the list that `reading` fills."""

        reading: Errand
        ids: array[int]

    @dataclass
    class Finished(Message):
        """No more ids follow; `whole` are all of them where none were sent before."""

        reading: Errand
        whole: array[int] | None
        everybody: int
        empty_part: str = ""
        """Where nobody is found: the part of the question that alone finds nobody."""

    def __init__(self, store: Campaign) -> None:
        super().__init__(store)
        self._words = ""
        self._filter_text = ""
        self._sort = "name"
        self._reverse = False
        self._everybody: int | None = None
        self._cells = self._cells_now()
        self._reading = Errand(store)
        self._skip = 0
        self._waiting_for_first = False
        self._keep: int | None = None
        self._bar_told = False
        self._written: tuple[int, int] | None = None
        self._complete = asyncio.Event()
        self._rest: Timer | None = None
        self._asked_when = (0, 0)
        """What had been written when the list was asked for."""
        self._everyone: tuple[PeopleQuery, tuple[int, int], Ids] | None = None
        """All people as they were last read whole: a search that is taken away reads none of them again."""

    def body(self) -> ComposeResult:
        yield Static(id="people-headline")
        with Horizontal(id="people-search-row"):
            yield SafeInput(id="people-search", placeholder=_("/ name, number, provider or place"))
        with Horizontal(id="people-panes"):
            yield RecordTable(self.columns(), self._read, self._draw_cell, markable=True, id="people-list")
            yield Static(id="people-pane", classes="rule-left")

    @property
    def table(self) -> RecordTable[PersonRow]:
        """The list."""
        return cast("RecordTable[PersonRow]", self.query_one("#people-list", RecordTable))

    @property
    def filters(self) -> tuple[str, ...]:
        """By what the people shown are filtered, as it is written."""
        return (self._filter_text,)

    @property
    def query_now(self) -> PeopleQuery:
        """Which people are shown, in which order."""
        return PeopleQuery(parse_filter(self._filter_text), self._words, self._sort, self._reverse)

    def columns(self) -> list[Column]:
        """The columns of the list; while a number is sought it is among them in every window."""
        return people_columns(number_sought=bool(digits_sought(search_terms(self._words))))

    def _cells_now(self) -> PeopleCells:
        return PeopleCells(self.store.today(), self.store.zone, self.store.country)

    def _read(self, ids: Sequence[int]) -> Mapping[int, PersonRow]:
        return people_page(self.store, ids, search_terms(self._words))

    def _draw_cell(self, row: PersonRow, column: str, width: int) -> Text:
        return self._cells.cell(row, column, width)

    # Reading

    def load(self) -> None:
        """The first page at first; later only what has been written meanwhile is read again."""
        now = written(self.store)
        cells = self._cells_now()
        if cells != self._cells:
            self._cells = cells
            self.table.forget()
        if self._written is None:
            self._written = now
            self.ask_anew()
        elif now != self._written:
            self._written = now
            self.read_again(self.person_id)

    def reload_visible(self) -> None:
        self._written = written(self.store)
        if self.table.ids.total > _READ_ANEW:
            self.table.forget()
        else:
            self.read_again(self.person_id)

    def read_again(self, keep: int | None) -> None:
        """After a write: the lines on screen at once, who is in the list now in a thread; the bar goes to `keep`."""
        self._written = self._asked_when = written(self.store)
        self.table.forget()
        self._keep = keep
        self._start(self.query_now, whole=True)

    def ask_anew(self) -> None:
        """Another question: its first page on this thread where that is instant, the rest in another."""
        self._stop()
        query, table = self.query_now, self.table
        self._asked_when = written(self.store)
        self._cells = self._cells_now()
        table.show_columns(self.columns())
        table.show_sort(self._sort, descending=self._reverse)
        table.empty_text = self._why_empty()
        self._keep = None
        if self._everyone is not None and self._everyone[:2] == (query, self._asked_when):
            self._waiting_for_first = False
            everyone = self._everyone[2]
            table.show(everyone)
            self._end(everyone.total)
            return
        self._waiting_for_first = not query.instant
        table.forget()  # which number of hers is shown follows from the words, also while the list before still stands
        limit = self.app.size.height + _WINDOW_MORE
        if self._waiting_for_first:
            self._skip = 0
        else:
            head = first_people(self.store, query, limit)
            self._skip = len(head)
            table.show(Ids(head))
            if len(head) < limit:
                self._end(None if query.words else len(head))
                return
        self._complete.clear()
        self.draw_headline()
        if self._waiting_for_first:
            self._start(query)
        else:
            wait = _REST_AFTER_LETTER if query.words else _REST_AFTER
            self._rest = self.set_timer(wait, partial(self._start, query))

    def _start(self, query: PeopleQuery, *, whole: bool = False) -> None:
        self._stop()
        self._complete.clear()
        ask = partial(self._ask, self._reading, query, whole, self.app.size.height + _WINDOW_MORE)
        self.run_worker(partial(self._run, self._reading, ask), thread=True, exclusive=True, group="ids")

    def _run(self, reading: Errand, ask: Callable[[Campaign], None]) -> None:
        """In the thread: a file that is gone or damaged is told in a sentence; what was read so far stays."""
        try:
            with damage_told(self.store.path):
                reading.run(ask)
        except OrganiserError as error:
            self.app.call_from_thread(self.say, str(error), "error")

    def _stop(self) -> None:
        """Call off what is being read; what it has sent already is not for the list that follows."""
        if self._rest is not None:
            self._rest.stop()
        self._reading.stop()
        self._reading = Errand(self.store)

    def on_unmount(self) -> None:
        self._stop()

    def _ask(self, reading: Errand, query: PeopleQuery, whole: bool, limit: int, twin: Campaign) -> None:
        """In the thread: everybody whom `query` finds, in messages to the page."""
        everybody = count_people(twin)
        if query.everybody and not whole:
            self.post_message(self.Sized(reading, everybody, last_people(twin, query, limit)))
        held = array("q")
        shown = found = 0
        if not query.instant and not whole:
            first = first_people_within(twin, query, limit, _FIRST_WITHIN) or ()
            shown = len(first)
            if first:
                self.post_message(self.Found(reading, array("q", first)))
        for ids in people_ids(twin, query):
            if reading.stopped:
                return
            found += len(ids)
            ids, shown = ids[shown:], max(0, shown - len(ids))
            if whole:
                held.extend(ids)
            else:
                self.post_message(self.Found(reading, ids))
        part = "" if found else empty_part(twin, query)
        self.post_message(self.Finished(reading, held if whole else None, everybody, part))

    @on(Sized)
    def size_list(self, event: Sized) -> None:
        """The length of the whole list is known: `end` works from now on."""
        if event.reading is self._reading:
            self._everybody = event.total
            table = self.table
            if table.ids.known < event.total:
                head = table.ids.between(0, table.ids.known)
                table.show(Ids(head, event.tail, event.total), keep=table.record_id)
            self.draw_headline()

    @on(Found)
    def fill_list(self, event: Found) -> None:
        """More of the list has been read."""
        if event.reading is not self._reading:
            return
        if self._waiting_for_first:
            self._waiting_for_first = False
            self.table.show(Ids(event.ids))
            return
        ids = event.ids[self._skip :]
        self._skip = max(0, self._skip - len(event.ids))
        self.table.extend(ids, of=self.table.ids)

    @on(Finished)
    def finish_list(self, event: Finished) -> None:
        """The whole list has been read."""
        if event.reading is not self._reading:
            return
        table = self.table
        table.empty_text = self._why_empty().append("\n").append_text(empty_words(event.empty_part))
        if event.whole is not None:
            row = table.cursor
            table.show(Ids(event.whole), keep=self._keep)
            if table.record_id != self._keep:
                table.move_to(row)  # she is gone: the bar stays where it was
        elif self._waiting_for_first:
            table.show(Ids())
        self._waiting_for_first = False
        self._end(event.everybody)

    def _end(self, everybody: int | None) -> None:
        """Nothing more is to come; `everybody` is how many there are in all, None where that was not asked."""
        self.table.finish(of=self.table.ids)
        if self.query_now.everybody:
            self._everyone = (self.query_now, self._asked_when, self.table.ids)
        if everybody is not None:
            self._everybody = everybody
        self._complete.set()
        self.draw_headline()

    def _why_empty(self) -> Text:
        if self._words or any(self.filters):
            if self._words.isdigit() and len(self._words) < FEWEST_AT_THE_END:
                return Text(_("Nobody fits. Of the end of a number it takes {n} digits.").format(n=FEWEST_AT_THE_END))
            why = _("Nobody fits. escape takes the search away, then the filter.")
            if search_terms(self._words) and self._words.replace(" ", "").isdigit():
                why += " " + _("A number is found by how it begins, and by its end.")
            return Text(why)
        return Text(_("Nobody is in this campaign yet. n enters a person; page 8 brings in a list."))

    def draw_headline(self) -> None:
        about = [part for part in (*self.filters, f"“{self._words}”" if self._words else "") if part]
        table = self.table
        found = table.ids.total if self._complete.is_set() else None
        text = people_headline(found, self._everybody, about, len(table.marks))
        self.query_one("#people-headline", Static).update(text, layout=False)

    # The card beside the list

    @on(RecordTable.Highlighted)
    def show_card(self, event: RecordTable.Highlighted) -> None:
        """The card of the person with the bar."""
        self._bar_told = True
        self._draw_pane()

    def on_resize(self, _event: events.Resize) -> None:
        if self._bar_told:  # when the page is opened the list is painted first, and says who has the bar
            self.call_after_refresh(self._draw_pane)

    def _draw_pane(self) -> None:
        pane = self.query_one("#people-pane", Static)
        if not pane.display or not pane.size.width:
            return
        from organiser_tui.store.person import person_card
        from organiser_tui.store.story import story_of
        from organiser_tui.tui.drawing.card import card_lines

        person = self.person_id
        card = None if person is None else person_card(self.store, person)
        if card is None:
            pane.update("", layout=False)
            return
        story = story_of(self.store, card.id, _STORY_ENTRIES)
        width, height = pane.size.width - 1, pane.size.height
        lines = card_lines(card, story, self.store.today(), self.store.country, width, height)
        pane.update(Text("\n").join(lines), layout=False)
