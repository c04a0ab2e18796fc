"""The long list: instant at a million rows, because only the lines on screen are read and drawn.

It knows ids, columns and how to draw one record; it holds no SQL, no records beyond a few pages, and no meaning of any
column. `read_page` reads records by id, `draw` makes the Text of one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive

from organiser_tui.tui.widgets.record_columns import Column
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_view import HEADER, RecordView
from organiser_tui.words import _

R = TypeVar("R")

_SETTLED = 0.04  # seconds without another move after which Highlighted is posted: a held key fills no second pane


class RecordTable(RecordView[R], can_focus=True):
    """A list of records of any length, with a cursor, marks, and a header that stays."""

    virtual_size = Reactive(Size(0, 0))
    """How long the list is; for Textual's own, every chunk of ids that arrives lays out the whole page anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", _("up"), id="list.up", show=False, tooltip=_("The row above")),
        Binding("down,j", "move(1)", _("down"), id="list.down", show=False, tooltip=_("The row below")),
        Binding("pageup", "page(-1)", _("page up"), id="list.page-up", show=False, tooltip=_("One window up")),
        Binding("pagedown", "page(1)", _("page down"), id="list.page-down", show=False, tooltip=_("One window down")),
        Binding("home", "first", _("first"), id="list.first", show=False, tooltip=_("The first row")),
        Binding("end", "last", _("last"), id="list.last", show=False, tooltip=_("The last row")),
        Binding("g", "letter_first", _("first"), id="list.letter-first", show=False, tooltip=_("The first row")),
        Binding("G", "letter_last", _("last"), id="list.letter-last", show=False, tooltip=_("The last row")),
        Binding("enter", "open", _("open"), id="list.open", tooltip=_("Opens the row with the bar")),
        Binding("space", "mark", _("mark"), id="list.mark", tooltip=_("Marks the row, or takes the mark away")),
        Binding("s", "sort", _("sort"), id="list.sort", tooltip=_("Chooses the column to sort by")),
    ]

    @dataclass
    class Opened(Message):
        """`enter`, or a click on the row with the cursor."""

        table: RecordTable[Any]
        record_id: int

        @property
        def control(self) -> RecordTable[Any]:
            return self.table

    @dataclass
    class Highlighted(Message):
        """The cursor has come to rest on another record (None: the list is empty); posted after the row is painted."""

        table: RecordTable[Any]
        record_id: int | None

        @property
        def control(self) -> RecordTable[Any]:
            return self.table

    @dataclass
    class Marked(Message):
        """The set of marked records has changed."""

        table: RecordTable[Any]
        marks: frozenset[int]

        @property
        def control(self) -> RecordTable[Any]:
            return self.table

    @dataclass
    class SortAsked(Message):
        """A click on the header of `column`, or the sort key (None: let the person choose)."""

        table: RecordTable[Any]
        column: str | None

        @property
        def control(self) -> RecordTable[Any]:
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        read_page: Callable[[Sequence[int]], Mapping[int, R]],
        draw: Callable[[R, str, int], Text],
        *,
        empty_text: Text | None = None,
        markable: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, read_page, draw, empty_text=empty_text, id=id, classes=classes)
        self._markable = markable
        """Whether something on the page acts on several rows at once."""
        self._keep: int | None = None
        self._announced: int | None = None
        self._announce_again = True
        self._moves = 0

    # What is shown

    def show(self, ids: Ids, keep: int | None = None) -> None:
        """Show another list. The cursor goes to record `keep` where it is in the list, else to the first row.

        Where `keep` has not been read yet the cursor goes there when it arrives, unless a key was pressed meanwhile.
        """
        self.ids = ids
        self._shown = True
        self._pages.forget()
        self._strips.clear()
        row = None if keep is None else ids.row_of(keep, self.cursor)
        self._keep = keep if row is None and not ids.complete else None
        top = int(self.scroll_offset.y)
        offset_in_window = self.cursor - top
        self.cursor = self._beside_heading(row or 0, 1)
        self._resize_list()
        if row is None:
            self.scroll_to(y=0, animate=False)
        else:
            # Who looks at the beginning sees what comes in above.
            self._scroll_into_window(row - offset_in_window if top else 0)
        self.refresh()
        self._announce_again = True
        self._announce_later()

    def extend(self, chunk: Sequence[int], of: Ids) -> None:
        """Add ids that follow those of the list `of`; nothing happens where another list is shown by now."""
        if of is not self.ids:
            return
        first = of.known
        of.extend(chunk)
        self._resize_list()
        if self._keep is not None and (row := of.row_of(self._keep, first)) is not None:
            self._keep = None
            self._move_to(row)
        top = int(self.scroll_offset.y)
        if first <= top + self._window and of.known > top:
            self.refresh()
            self._announce_later()

    def finish(self, of: Ids) -> None:
        """Say that no ids follow those of the list `of`: its length is then what was read."""
        if of is not self.ids:
            return
        of.finish()
        self._keep = None
        self.cursor = max(0, min(self.cursor, of.total - 1))
        self._resize_list()
        self.refresh()
        self._announce_later()

    def forget(self) -> None:
        """Read the records again when they are next drawn (after a write); cursor and window stay."""
        self._pages.forget()
        self._strips.clear()
        self.refresh()
        self._announce_again = True
        self._announce_later()

    def show_sort(self, column: str | None, *, descending: bool = False) -> None:
        """Mark `column` in the header as the one the list is sorted by."""
        self.sorted_column = column
        self.sorted_descending = descending
        self.refresh(Region(0, 0, self.size.width, HEADER))

    def clear_marks(self) -> None:
        """Take all marks away."""
        if self.marks:
            self.marks.clear()
            self._strips.clear()
            self.refresh()
            self.post_message(self.Marked(self, frozenset()))

    def move_to(self, row: int) -> None:
        """Put the cursor on `row`, or the nearest there is."""
        self._keep = None
        self._move_to(row)

    # Keys and mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`g` and `G` give way where the page means something else by them; marks are for what acts on several."""
        if action == "mark":
            return self._markable
        if action in ("letter_first", "letter_last"):
            return not self.screen._bindings.key_to_bindings.get("g")
        return True

    def action_move(self, rows: int) -> None:
        self.move_to(self.cursor + rows)

    def action_page(self, windows: int) -> None:
        rows = windows * max(1, self._window - 1)
        self._keep = None
        self._move_to(self.cursor + rows, top=int(self.scroll_offset.y) + rows)

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.ids.total - 1)

    action_letter_first = action_first
    action_letter_last = action_last

    def action_open(self) -> None:
        record_id = self.record_id
        if record_id is not None:
            self.post_message(self.Opened(self, record_id))

    def action_mark(self) -> None:
        record_id = self.record_id
        if record_id is None:
            return
        self.marks ^= {record_id}
        self._refresh_row(self.cursor)
        self.post_message(self.Marked(self, frozenset(self.marks)))
        self.action_move(1)

    def action_sort(self) -> None:
        self.post_message(self.SortAsked(self, None))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADER:
            for placed in self._placed:
                if placed.x <= offset.x < placed.x + placed.width and placed.column.sortable:
                    self.post_message(self.SortAsked(self, placed.column.key))
            return
        row = int(self.scroll_offset.y) + offset.y - HEADER
        if row >= self.ids.total:
            return
        if row == self.cursor:
            self.action_open()
        else:
            self.move_to(row)

    # Cursor and window

    def _resize_list(self) -> None:
        size = Size(self.scrollable_content_region.width, self.ids.total + HEADER)
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)

    def _move_to(self, row: int, top: int | None = None) -> None:
        old = self.cursor
        self.cursor = self._beside_heading(max(0, min(row, self.ids.total - 1)), 1 if row > old else -1)
        if not self._scroll_into_window(top):
            self._refresh_row(old)
            self._refresh_row(self.cursor)
        if self.cursor != old:
            self._announce_later()

    def _beside_heading(self, row: int, step: int) -> int:
        """`row`, or where there is a heading the next row in the direction `step`, else in the other one."""
        for ahead in (step, -step):
            at = row
            while self.ids.at(at) in self.headings:
                at += ahead
            if 0 <= at < self.ids.total:
                return at
        return row

    def _scroll_into_window(self, top: int | None = None) -> bool:
        """Bring the cursor into the window, which begins at row `top` where that shows it; whether it was scrolled."""
        now = int(self.scroll_offset.y)
        wanted = now if top is None else top
        headed = self.cursor > 0 and self.ids.at(self.cursor - 1) in self.headings
        wanted = max(self.cursor - self._window + 1, min(wanted, self.cursor - headed))
        wanted = max(0, min(wanted, self.ids.total - self._window))
        if wanted == now:
            return False
        self.scroll_to(y=wanted, animate=False)
        return int(self.scroll_offset.y) != now

    def _refresh_row(self, row: int) -> None:
        y = row - int(self.scroll_offset.y) + HEADER
        if HEADER <= y <= self._window:
            self.refresh(Region(0, y, self.size.width, 1))

    def _announce_later(self) -> None:
        self._moves += 1
        if self.is_mounted:
            self.call_after_refresh(self._when_painted, self._moves)

    def _when_painted(self, move: int) -> None:
        if move == self._moves:
            self.set_timer(_SETTLED, partial(self._announce, move))

    def _announce(self, move: int) -> None:
        record_id = self.record_id
        if move != self._moves or (record_id is None and self.ids.total):
            return
        if self._announce_again or record_id != self._announced:
            self._announce_again = False
            self._announced = record_id
            self.post_message(self.Highlighted(self, record_id))

    def on_resize(self, event: events.Resize) -> None:
        self._resize_list()
        self._scroll_into_window()


class CallTable(RecordTable[R]):
    """A long list whose lines are called: enter starts with the one under the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", _("call"), id="list.open", tooltip=_("Calls, beginning with the row under the bar")),
    ]
