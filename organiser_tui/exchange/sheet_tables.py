"""A contact sheet as a table: CSV, or XLSX for a spreadsheet. No cell of either is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from organiser_tui.domain.sheets import Sheet, SheetColumn, purpose_label
from organiser_tui.exchange.cells import safe_cell
from organiser_tui.words import _

_SIGN_AFTER_COMMA: Final = re.compile(r",(?=[-=+@])")
_NARROWEST: Final = 9
_WIDEST: Final = 60
"""Letters."""
_ROOM: Final = 30
"""Letters, of a column that is written in."""
_LONGEST: Final = 32_767
"""Letters that a cell of XLSX takes."""


def csv_of(sheet: Sheet) -> bytes:
    """UTF-8 with a mark at the front and semicolons, as spreadsheets in Slovenia and Finland expect.

    A number stands in its international writing with spaces, so that it stays text with its + in every spreadsheet.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in sheet.columns])
    # Where a spreadsheet divides at commas, what follows one begins a cell.
    writer.writerows([_SIGN_AFTER_COMMA.sub(", ", safe_cell(cell)) for cell in row.cells] for row in sheet.rows)
    return ("\ufeff" + text.getvalue()).encode()


def xlsx_of(sheet: Sheet) -> bytes:
    """One sheet with a header that stays and filters; every cell is text, numbers with their + as well.

    It is made in memory: no name lies in a temporary file.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    # The day is enough: the moment at which somebody made it is nobody's business.
    made = datetime.combine(sheet.made_on, time.min)
    book.set_properties({"title": sheet.name, "subject": purpose_label(sheet.purpose), "created": made})
    page = book.add_worksheet(_("sheet"))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _width(column, [row.cells[place] for row in sheet.rows]), text)
        page.write_string(0, place, column.heading, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row.cells):
            if cell:
                page.write_string(number, place, cell[:_LONGEST], text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L" + f"{sheet.name}, {sheet.about}".replace("&", "&&")[:200] + "&R&P / &N")
    book.close()
    return content.getvalue()


def _width(column: SheetColumn, cells: Sequence[str]) -> int:
    """In letters: of the longest cell, and of the longest word of the heading, within reason."""
    if column.by_hand:
        return _ROOM if column.share > _ROOM else _NARROWEST
    longest = max([len(cell) for cell in cells] + [len(word) for word in column.heading.split()], default=0)
    return max(_NARROWEST, min(_WIDEST, longest + 2))
