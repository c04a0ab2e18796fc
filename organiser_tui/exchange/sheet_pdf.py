"""A contact sheet as PDF: A4 across, to be printed, read at a door and written on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.sheets import Holds, Sheet, SheetColumn, SheetRow, purpose_label
from organiser_tui.exchange.sheet_pages import PageLine, pages_of, wrapped
from organiser_tui.reference import font_file
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from fpdf.fonts import TTFFont

# In mm.
_WIDTH, _HEIGHT = 297.0, 210.0
_MARGIN: Final = 10.0
_RIGHT: Final = _WIDTH - _MARGIN
_NUMBER: Final = 9.0
_FOOT: Final = 7.0
_GROUP: Final = 9.0
_LOWEST_ROW: Final = 10.0
_PAD: Final = 1.3
_BOX: Final = 5.5
# In points; a line is as high as 1.25 of its letters.
_LARGE, _TEXT, _SMALL = 16.0, 11.5, 8.5
_MM: Final = 25.4 / 72
_LEADING: Final = 1.25
_MOST_LINES: Final = 8
_UNKNOWN: Final = "□"
"""Stands for a letter that the font has not got."""
_GREY, _LIGHT = 110, 235


class _Laid(NamedTuple):
    """A row as it is drawn: each cell in lines, and how high it is."""

    number: str
    cells: tuple[Sequence[str], ...]
    height: float


class _Group(NamedTuple):
    heading: str
    rows: list[_Laid]


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as PDF: title, headings and page x of y on every page, rows by region and provider, room to write.

    A column of words in which nothing stands is left out. The fonts are in it; the name and the folders of the machine,
    and the hour at which it was made, are not.
    """
    return _Paper(sheet).drawn()


def _high(lines: int, size: float) -> float:
    return lines * size * _MM * _LEADING


class _Paper:
    """One sheet on its way to paper."""

    def __init__(self, sheet: Sheet) -> None:
        from fpdf import FPDF

        self._sheet = sheet
        self._pdf = FPDF(orientation="landscape", format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font("sheet", "", font_file("DejaVuSansCondensed.ttf"))
        self._pdf.add_font("sheet", "B", font_file("DejaVuSansCondensed-Bold.ttf"))
        self._pdf.alias_nb_pages("")  # how many pages there are is known before the first is drawn
        self._pdf.set_title(sheet.name)
        self._pdf.set_creation_date(datetime.combine(sheet.made_on, time.min, UTC))
        self._letters: frozenset[int] = frozenset(cast("TTFFont", self._pdf.fonts["sheet"]).cmap)
        self._width_of = cache(self._measured)
        self._shown = self._columns()
        self._title = self._lines(f"{sheet.name} · {sheet.about}", _RIGHT - _MARGIN - 45, _LARGE, bold=True)[:2]
        self._legend = self._lines(sheet.legend, _RIGHT - _MARGIN, _SMALL)
        self._headings = [
            self._lines(column.on_paper or column.heading, width - 2 * _PAD, _SMALL, bold=True)
            for _place, column, width in self._shown
        ]

    def drawn(self) -> bytes:
        """Every page drawn."""
        groups = [_Group(one.heading, [*map(self._laid, one.rows, one.numbers)]) for one in self._sheet.grouped]
        if self._sheet.spare_rows:
            empty = _Laid("", ((),) * len(self._shown), _LOWEST_ROW)
            groups.append(_Group(_("others who came"), [empty] * self._sheet.spare_rows))
        room = _HEIGHT - 2 * _MARGIN - _FOOT - self._head_height
        pages = pages_of([[row.height for row in group.rows] for group in groups], _GROUP, room)
        for number, lines in enumerate(pages, start=1):
            self._pdf.add_page()
            top = self._draw_head()
            for line in lines:
                top = self._draw_line(groups[line.group], line, top)
            self._draw_foot(number, len(pages))
        return bytes(self._pdf.output())

    # What stands where

    def _columns(self) -> list[tuple[int, SheetColumn, float]]:
        """The columns on paper: the place of each in a row, itself, its width; together they fill the page."""
        rows = self._sheet.rows
        shown = [
            (place, column)
            for place, column in enumerate(self._sheet.columns)
            if column.holds is not Holds.GROUP
            and (column.by_hand or column.holds is Holds.NAME or any(row.cells[place] for row in rows))
        ]
        scale = (_RIGHT - _MARGIN - _NUMBER) / sum(column.share for _place, column in shown)
        return [(place, column, column.share * scale) for place, column in shown]

    @property
    def _head_height(self) -> float:
        title, legend = _high(len(self._title), _LARGE), _high(len(self._legend), _SMALL)
        return title + legend + self._headings_height + 2 * _PAD

    @property
    def _headings_height(self) -> float:
        return _high(max(map(len, self._headings)), _SMALL) + 2 * _PAD

    def _laid(self, row: SheetRow, number: int) -> _Laid:
        cells = tuple(self._cell(column, row.cells[place], width) for place, column, width in self._shown)
        words = [
            lines for lines, (_place, column, _width) in zip(cells, self._shown, strict=True) if not column.by_hand
        ]
        most = max(map(len, words))
        return _Laid(str(number), cells, _LOWEST_ROW if most <= 1 else _high(most, _TEXT) + 2 * _PAD)

    def _cell(self, column: SheetColumn, text: str, width: float) -> Sequence[str]:
        if column.holds is Holds.BOX:
            return (text,) if text else ()
        return self._lines(text, width - 2 * _PAD, _TEXT, bold=column.holds is Holds.NAME)

    def _measured(self, letter: str, size: float, bold: bool) -> float:
        self._font(size, bold=bold)
        return float(self._pdf.get_string_width(letter))

    def _lines(self, text: str, width: float, size: float, *, bold: bool = False) -> Sequence[str]:
        def measure(words: str) -> float:
            return sum([self._width_of(letter, size, bold) for letter in words])

        return wrapped(self._writable(text), width, measure, _MOST_LINES) if text else ()

    def _writable(self, text: str) -> str:
        """`text` in letters that the font has."""
        return "".join(letter if ord(letter) in self._letters else _UNKNOWN for letter in " ".join(text.split()))

    # Drawing: each gives the top of what comes below

    def _font(self, size: float, *, bold: bool = False) -> None:
        self._pdf.set_font("sheet", "B" if bold else "", size)

    def _write(self, lines: Sequence[str], left: float, top: float, size: float, *, bold: bool = False) -> float:
        """Lines from their upper left corner on."""
        self._font(size, bold=bold)
        for number, line in enumerate(lines):
            self._pdf.text(left, top + _high(number, size) + size * _MM, line)
        return top + _high(len(lines), size)

    def _draw_head(self) -> float:
        pdf, top = self._pdf, self._write(self._title, _MARGIN, _MARGIN, _LARGE, bold=True)
        self._write_to(_RIGHT, purpose_label(self._sheet.purpose), _MARGIN + 1, _TEXT)
        top = self._write(self._legend, _MARGIN, top, _SMALL) + 2 * _PAD
        bottom = top + self._headings_height
        left = _MARGIN + _NUMBER
        self._write_to(left - _PAD, self._sheet.number_heading, top + _PAD, _SMALL)
        for heading, (_place, _column, width) in zip(self._headings, self._shown, strict=True):
            self._write(heading, left + _PAD, top + _PAD, _SMALL, bold=True)
            left += width
        pdf.set_line_width(0.5)
        pdf.line(_MARGIN, bottom, _RIGHT, bottom)
        return bottom

    def _draw_line(self, group: _Group, line: PageLine, top: float) -> float:
        if line.row is None:
            return self._draw_group(group.heading, top, continued=line.continued)
        return self._draw_row(group.rows[line.row], top)

    def _draw_group(self, heading: str, top: float, *, continued: bool) -> float:
        words = _("{group} (continued)").format(group=heading) if continued else heading
        self._pdf.set_fill_color(_LIGHT)
        self._pdf.rect(_MARGIN, top + 1.5, _RIGHT - _MARGIN, _GROUP - 1.5, style="F")
        lines = self._lines(words, _RIGHT - _MARGIN - 2 * _PAD, _TEXT, bold=True)[:1]
        self._write(lines, _MARGIN + _PAD, top + 3, _TEXT, bold=True)
        return top + _GROUP

    def _draw_row(self, row: _Laid, top: float) -> float:
        pdf, bottom, left = self._pdf, top + row.height, _MARGIN + _NUMBER
        # One line stands in the middle of the lowest row; of several the first stands at the top, in every cell.
        first = top + ((_LOWEST_ROW - _high(1, _TEXT)) / 2 if row.height == _LOWEST_ROW else _PAD)
        pdf.set_text_color(_GREY)
        self._write_to(left - _PAD, row.number, first + (_TEXT - _SMALL) * _MM, _SMALL)
        pdf.set_text_color(0)
        for lines, (_place, column, width) in zip(row.cells, self._shown, strict=True):
            if column.holds is Holds.BOX:
                self._draw_box(left + _PAD, first + (_high(1, _TEXT) - _BOX) / 2, ticked=bool(lines))
            else:
                self._write(lines, left + _PAD, first, _TEXT, bold=column.holds is Holds.NAME)
            left += width
            if column.holds is Holds.BLANK:
                pdf.set_line_width(0.1)
                pdf.line(left - width, top + 1, left - width, bottom)
        pdf.set_line_width(0.2)
        pdf.line(_MARGIN, bottom, _RIGHT, bottom)
        return bottom

    def _draw_box(self, left: float, top: float, *, ticked: bool) -> None:
        self._pdf.set_line_width(0.4)
        self._pdf.rect(left, top, _BOX, _BOX)
        if ticked:
            self._pdf.line(left + 1, top + _BOX / 2, left + _BOX / 2.5, top + _BOX - 1)
            self._pdf.line(left + _BOX / 2.5, top + _BOX - 1, left + _BOX - 1, top + 1)

    def _draw_foot(self, number: int, pages: int) -> None:
        top = _HEIGHT - _MARGIN - _SMALL * _MM
        day = read_back(Moment(self._sheet.destroy_by), self._sheet.made_on)
        words = [_("Names and numbers: keep it to yourself, destroy it by {day}.").format(day=day)]
        if left_out := sum(self._sheet.left_out.values()):
            words.append(ngettext("{n} person left out.", "{n} people left out.", left_out).format(n=left_out))
        self._write([" ".join(words)], _MARGIN, top, _SMALL)
        self._write_to(_RIGHT, _("page {n} of {pages}").format(n=number, pages=pages), top, _SMALL)

    def _write_to(self, right: float, text: str, top: float, size: float) -> None:
        """A line that ends at `right`."""
        self._font(size)
        self._write([text], right - self._pdf.get_string_width(text), top, size)
