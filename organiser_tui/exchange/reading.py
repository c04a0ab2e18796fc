"""Reads a list from a CSV file: encoding, delimiter, the row of headings, and its rows one by one.

What cannot be read as a whole is refused before anything is saved. What the cells mean is not known here.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.exchange.cells import plain_cell
from organiser_tui.exchange.columns import Column, Heading, find_heading
from organiser_tui.folders import is_a_file, is_a_folder, is_there
from organiser_tui.words import _

_DELIMITERS: Final = (",", ";", "\t")
_HEAD: Final = 40  # rows that are looked at to find the delimiter and the headings
_SIGNATURES: Final = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_END: Final = "\ue000end of the file\ue000"
_LONGEST_CELL: Final = 1 << 20


class ListRow(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its cells as written."""

    number: int
    cells: list[str]


class ListFile:
    """A list that can be read: its columns, how many rows stand below them, and the rows themselves."""

    def __init__(self, path: Path) -> None:
        """Look at `path`; raises OrganiserError, with a sentence that helps, where it cannot be taken as a list."""
        self.path = path
        self.name = clean(os.fsencode(path.name).decode("utf-8", "replace"))
        """The name of the file, as it can be kept and printed."""
        refuse_at_sight(path)
        self._seen = _look(path)
        self._newline = "" if _ends_with_returns(path) else "\n"
        self._skipped, self._delimiter, heading = self._find_heading()
        self.columns: tuple[Column, ...] = heading.columns
        self._place = heading.place
        self.titles = [" ".join(filter(None, row)) for row in self._head(self._delimiter)[: heading.place] if any(row)]
        """What stands above the row of headings."""
        self._strict, self.count = self._count()
        if self.count == 0:
            raise OrganiserError(_("{file} has column names and no rows below them.").format(file=path.name))

    @property
    def heading_number(self) -> int:
        """The number of the row of headings, as a spreadsheet shows it."""
        return self._place + 1

    def rows(self) -> Iterator[ListRow]:
        """Every row below the headings, blank ones too.

        Raises OrganiserError where a quotation mark swallows what follows it, or somebody has changed the file.
        """
        try:
            yield from self._rows()
        except (UnicodeDecodeError, csv.Error, FileNotFoundError) as error:
            raise self._changed() from error
        except OSError as error:
            sentence = _("{file} cannot be read ({error}).")
            raise OrganiserError(sentence.format(file=self.name, error=error.strerror)) from error

    def _changed(self) -> OrganiserError:
        sentence = _("{file} was changed while it was read. Nothing was saved: bring it in again.")
        return OrganiserError(sentence.format(file=self.name))

    def _rows(self) -> Iterator[ListRow]:
        below = self._place + 1
        number = 0
        for number, cells in enumerate(self._records(self._delimiter, strict=self._strict), start=1):
            if cells == [_END]:
                if _look(self.path) != self._seen:
                    raise self._changed()
                return
            if number > below:
                if not self._strict and any("\n" in cell and self._delimiter in cell for cell in cells):
                    raise self._unclosed(number)
                yield ListRow(number, [plain_cell(cell) if cell[:1] == "'" else cell for cell in cells])
        raise self._unclosed(number)

    def _unclosed(self, number: int) -> OrganiserError:
        return OrganiserError(
            _("{file}, row {row}: a quotation mark is opened and not closed. Nothing was saved.").format(
                file=self.path.name, row=number
            )
        )

    def _lines(self) -> Iterator[str]:
        with self.path.open(encoding="utf-8-sig", newline=self._newline) as lines:
            for line in islice(lines, self._skipped, None):
                yield line if "\r" not in line or not self._newline else _without_returns(line)
        yield "\n" + _END  # swallowed by a quotation mark that was never closed

    def _records(self, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(_without_blank_end(self._lines()), delimiter=delimiter, strict=strict)
        try:
            yield from reader
        except csv.Error as error:
            if "field larger" in str(error):
                raise OrganiserError(
                    _("{file}: a cell near line {line} is far too long, or a quotation mark is not closed.").format(
                        file=self.path.name, line=reader.line_num
                    )
                ) from error
            raise

    def _head(self, delimiter: str) -> list[list[str]]:
        records = islice(self._records(delimiter, strict=False), _HEAD)
        return [[plain_cell(cell).strip() for cell in row] for row in records if row != [_END]]

    def _find_heading(self) -> tuple[int, str, Heading]:
        self._skipped = 0
        first = next(self._lines()).strip().strip('"')
        if first[:4].lower() == "sep=" and len(first) in (4, 5):
            self._skipped = 1
            told = first[4:] or "\t"
            candidates: tuple[str, ...] = (told,)
        else:
            candidates = _DELIMITERS
        best: tuple[int, int, str, Heading] | None = None
        for delimiter in candidates:
            heading = find_heading(self._head(delimiter))
            if heading is not None:
                known = sum(1 for column in heading.columns if column.role != "custom")
                score = (known, len(heading.columns), delimiter, heading)
                if best is None or score[:2] > best[:2]:
                    best = score
        if best is None:
            raise self._no_heading(candidates)
        delimiter = best[2]
        if len(best[3].columns) == 1 and len(candidates) > 1:
            delimiter = "\x1f"  # one column: a comma in it is part of the name
        return self._skipped, delimiter, best[3]

    def _no_heading(self, candidates: tuple[str, ...]) -> OrganiserError:
        heads = [self._head(delimiter) for delimiter in candidates]
        rows = max(heads, key=lambda found: max(map(len, found), default=0))
        names = ", ".join(cell for cell in next((row for row in rows if any(row)), []) if cell)
        return OrganiserError(
            _(
                "{file} has no column with names. Its first row must name the columns, for example Name;Phone;Provider;"
                "Municipality. It reads: {names}"
            ).format(file=self.path.name, names=names[:200])
        )

    def _count(self) -> tuple[bool, int]:
        """Whether the quotation marks are as they should be, and how many rows below the headings are not blank."""
        strict = True
        if not _has_quotation_mark(self.path):
            return strict, self._filled_lines()
        try:
            return strict, self._filled(strict=True)
        except csv.Error:
            return not strict, self._filled(strict=False)

    def _filled_lines(self) -> int:
        """What _filled() counts, of a list in which each line is a row: in a third of the time."""
        lines = islice(self._lines(), self._place + 1, None)
        return sum(1 for line in lines if (said := line.replace(self._delimiter, " ").strip()) and said != _END)

    def _filled(self, *, strict: bool) -> int:
        records = islice(self._records(self._delimiter, strict=strict), self._place + 1, None)
        return sum(1 for row in records if any(map(str.strip, row)) and row != [_END])


def _without_returns(line: str) -> str:
    """`line` with a space for each carriage return in it that does not end it: there it is part of a cell."""
    end = "\r\n" if line.endswith("\r\n") else "\n" if line.endswith("\n") else ""
    return line.removesuffix(end).replace("\r", " ") + end


def _look(path: Path) -> tuple[int, ...]:
    there = path.stat()
    return there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns


def _has_quotation_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in block for block in iter(lambda: file.read(1 << 20), b""))


def _ends_with_returns(path: Path) -> bool:
    """Whether rows end with a carriage return alone, as on an old Mac: outside quotation marks is no line feed."""
    within, returns = 0, False
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            parts = block.split(b'"')
            outside = parts[within::2]
            if any(b"\n" in part for part in outside):
                return False
            returns = returns or any(b"\r" in part for part in outside)
            within = (within + len(parts) - 1) % 2
    return returns


def _without_blank_end(lines: Iterator[str]) -> Iterator[str]:
    """`lines` with the mark of the end on a line of its own: a last line without a line feed gets the one before it."""
    held = ""
    for line in lines:
        if line == "\n" + _END:
            if held and not held.endswith(("\n", "\r")):
                held += "\n"
            line = _END
        if held:
            yield held
        held = line
    if held:
        yield held


def refuse_at_sight(path: Path) -> None:
    """Raise OrganiserError where the file at `path` is no list, as far as that can be told by its beginning."""
    if is_there(path) and not is_a_folder(path) and not is_a_file(path):
        raise OrganiserError(_("{path} is no file that could be read as a list.").format(path=path))
    if is_a_folder(path):
        raise OrganiserError(_("{file} is a folder, not a list. Name a CSV file.").format(file=path))
    if not is_there(path):
        raise OrganiserError(_("There is no file {file}.").format(file=path.absolute()))
    try:
        with path.open("rb") as file:
            start = file.read(4096)
            _refuse_content(path, start)
            file.seek(0)
            while block := file.read(1 << 20):
                if b"\0" in block:
                    raise OrganiserError(
                        _("{file} is no list: it is not text. Save it from the spreadsheet as CSV UTF-8.").format(
                            file=path.name
                        )
                    )
        with path.open(encoding="utf-8-sig", newline="") as lines:
            while lines.read(1 << 20):
                pass
    except UnicodeDecodeError as error:
        raise OrganiserError(
            _("{file} is not in UTF-8. Open it in a spreadsheet and save it as CSV UTF-8.").format(file=path.name)
        ) from error
    except OSError as error:
        raise OrganiserError(_("{file} cannot be read ({error}).").format(file=path, error=error.strerror)) from error


def _refuse_content(path: Path, start: bytes) -> None:
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise OrganiserError(_("{file} is empty.").format(file=path.name))
    kind = next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), "")
    if kind in ("xlsx", "xls"):
        raise OrganiserError(
            _("{file} is a workbook. Open it in the spreadsheet and save it as CSV UTF-8.").format(file=path.name)
        )
    if kind == "utf-16":
        raise OrganiserError(
            _("{file} is Unicode text of another kind (UTF-16). Save it as CSV UTF-8 from the spreadsheet.").format(
                file=path.name
            )
        )
    if kind:
        raise OrganiserError(_("{file} is a {kind} file, not a list.").format(file=path.name, kind=kind.upper()))
