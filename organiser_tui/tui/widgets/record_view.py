"""How a long list is painted: which lines, in which columns and styles. No keys, no messages.

Only the lines on screen are read and drawn, and a line that is drawn already is not drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.scroll_view import ScrollView
from textual.strip import Strip

from organiser_tui.tui.themes import role_styles
from organiser_tui.tui.widgets.record_columns import GUTTER, Column, Placed, place
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_lines import (
    ASCENDING,
    DESCENDING,
    LineStyles,
    header_place,
    header_text,
    heading_line,
    paint_line,
    paint_text,
)
from organiser_tui.tui.widgets.record_pages import RecordPages

R = TypeVar("R")

HEADER = 1
"""Lines above the first row."""
_STRIPS_KEPT = 400
_EMPTY_WIDTH = 70  # cells of a line of the text shown in an empty list


class RecordView(ScrollView, Generic[R]):
    """The lines of a long list with its header, cursor and marks, or the text that stands there while it is empty."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-table--header",
        "record-table--row",
        "record-table--cursor",
        "record-table--bar",
        "record-table--mark",
        "record-table--missing",
        "record-table--empty",
    }
    DEFAULT_CSS = """
    RecordView {
        width: 100%;
        height: 1fr;
        background: $ground;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        overflow-x: hidden;
        & > .record-table--header { color: $quiet; text-style: underline; }
        & > .record-table--row { color: $ink; }
        & > .record-table--cursor { color: $ink; background: $panel; }
        & > .record-table--bar { color: $quiet; }
        & > .record-table--mark { color: $kept; text-style: bold; }
        & > .record-table--missing { color: $quiet; }
        & > .record-table--empty { color: $quiet; }
        &:focus > .record-table--cursor { background: $selected; }
        &:focus > .record-table--bar { color: $reached; text-style: bold; }
        &:nocolor > .record-table--bar, &:nocolor:focus > .record-table--bar { color: $ink; }
        &:nocolor > .record-table--cursor { text-style: bold; }
        &:nocolor:focus > .record-table--cursor { text-style: reverse; }
    }
    """

    def __init__(
        self,
        columns: Sequence[Column],
        read_page: Callable[[Sequence[int]], Mapping[int, R]],
        draw: Callable[[R, str, int], Text],
        *,
        empty_text: Text | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns: Sequence[Column] = columns
        self.empty_text: Text = empty_text or Text()
        self.ids: Ids = Ids()
        self.headings: Mapping[int, Text] = {}
        """Lines that head what follows, by an id of their own in `ids`; the cursor passes over them."""
        self.cursor: int = 0
        self.marks: set[int] = set()
        self.sorted_column: str | None = None
        self.sorted_descending: bool = False
        self.lines_drawn: int = 0
        """Rows drawn since the start; a test counts what a key costs by it."""
        self._shown = False
        self._pages: RecordPages[R] = RecordPages(read_page)
        self._draw = draw
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._styles: dict[str, LineStyles] = {}
        self._placed: list[Placed] = []
        self._placed_width = -1

    @property
    def record_id(self) -> int | None:
        """The id under the cursor, or None where the list is empty or that id has not been read yet."""
        return self.ids.at(self.cursor)

    @property
    def record(self) -> R | None:
        """The record under the cursor."""
        return self._pages.record(self.ids, self.cursor)

    @property
    def _window(self) -> int:
        """Rows that the window shows."""
        return max(1, self.scrollable_content_region.height - HEADER)

    def notify_style_update(self) -> None:
        self._strips.clear()
        self._styles.clear()
        super().notify_style_update()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Draw these columns from now on."""
        if list(columns) != list(self.columns):
            self.columns = columns
            self._placed_width = -1
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if width != self._placed_width:
            self._placed = place(self.columns, width)
            self._placed_width = width
            self._strips.clear()
        if y < HEADER:
            return self._header_line(width)
        row = int(self.scroll_offset.y) + y - HEADER
        if row < self.ids.total:
            return self._row_line(row, width)
        if self._shown and not self.ids.total:
            return self._empty_line(y - HEADER - 1, width)
        return Strip.blank(width, self._line_styles("row").base)

    def _line_styles(self, kind: str) -> LineStyles:
        styles = self._styles.get(kind)
        if styles is None:
            base = self.get_component_rich_style(f"record-table--{kind}")
            styles = LineStyles(
                base,
                base + self.get_component_rich_style("record-table--bar", partial=True),
                base + self.get_component_rich_style("record-table--mark", partial=True),
                role_styles(self.app.theme, selected=kind == "cursor", monochrome=self.app.no_color),
            )
            self._styles[kind] = styles
        return styles

    def _header_line(self, width: int) -> Strip:
        arrow = DESCENDING if self.sorted_descending else ASCENDING

        def arrow_of(placed: Placed) -> str:
            return arrow if placed.column.key == self.sorted_column else ""

        def label(placed: Placed) -> Text:
            return header_text(placed, arrow_of(placed))

        headed = [header_place(placed, arrow_of(placed)) for placed in self._placed]
        return paint_line(headed, label, width, self._line_styles("header"))

    def _row_line(self, row: int, width: int) -> Strip:
        record_id = self.ids.at(row)
        at_cursor = row == self.cursor
        if record_id is None:
            return self._missing_line("…", at_cursor, width)
        if record_id in self.headings:
            return paint_text(
                heading_line(self.headings[record_id], width - GUTTER), GUTTER, width, self._line_styles("row")
            )
        key = (record_id, at_cursor, record_id in self.marks)
        strip = self._strips.get(key)
        if strip is not None:
            return strip
        record = self._pages.record(self.ids, row)
        self.lines_drawn += 1
        if record is None:
            return self._missing_line("—", at_cursor, width)
        known: R = record

        def cell(placed: Placed) -> Text:
            return self._draw(known, placed.column.key, placed.width)

        styles = self._line_styles("cursor" if at_cursor else "row")
        strip = paint_line(self._placed, cell, width, styles, bar=at_cursor, marked=key[2])
        if len(self._strips) >= _STRIPS_KEPT:
            self._strips.clear()
        self._strips[key] = strip
        return strip

    def _missing_line(self, sign: str, at_cursor: bool, width: int) -> Strip:
        styles = self._line_styles("cursor" if at_cursor else "row")
        dim = self.get_component_rich_style("record-table--missing", partial=True)
        return paint_line(self._placed[:1], lambda _: Text(sign, dim), width, styles, bar=at_cursor)

    def _empty_line(self, line: int, width: int) -> Strip:
        room = max(10, min(_EMPTY_WIDTH, width - GUTTER - 1))
        lines = self.empty_text.wrap(self.app.console, room)
        text = lines[line] if 0 <= line < len(lines) else Text()
        return paint_text(text, GUTTER, width, self._line_styles("empty"))
