"""What became of a list that came in: counts, the rows that were not taken, and remarks. Reads nothing."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.cells import safe_cell
from organiser_tui.folders import is_a_folder, is_there
from organiser_tui.words import _


class NotTaken(NamedTuple):
    """A row that was not taken: its number as a spreadsheet shows it, why, and all its cells as written."""

    row: int
    column: str
    reason: str
    cells: tuple[str, ...]
    question: bool


class CellRemark(NamedTuple):
    """Something that was kept, but not as it might have been meant."""

    row: int
    column: str
    reason: str


@dataclass
class ImportReport:
    """The counts and remarks of one import; read = added + matched + rejected + questions."""

    file: str
    batch: int | None = None
    """None where nothing was saved: a trial run."""
    read: int = 0
    added: int = 0
    matched: int = 0
    changed: int = 0
    """How many of the matched rows changed something."""
    rejected: int = 0
    questions: int = 0
    not_taken: list[NotTaken] = field(default_factory=list)
    remarks: list[CellRemark] = field(default_factory=list)
    providers_made: list[str] = field(default_factory=list)
    headings: tuple[str, ...] = ()

    def json_shape(self) -> dict[str, Any]:
        """The report as `import --json` prints it; ids are text."""
        return {
            "file": self.file,
            "batch": None if self.batch is None else str(self.batch),
            "read": self.read,
            "added": self.added,
            "matched": self.matched,
            "changed": self.changed,
            "rejected": self.rejected,
            "questions": self.questions,
            "rejects": [{"row": row.row, "column": row.column, "reason": row.reason} for row in self.not_taken],
            "remarks": [remark._asdict() for remark in self.remarks],
        }


def _headings_added() -> tuple[str, str, str]:
    """What stands behind the columns of the list; no list has them of its own."""
    return _("not taken: file"), _("not taken: row"), _("not taken: reason")


def _columns(report: ImportReport) -> list[tuple[str, int]]:
    """The headings of a list, each with how many before it read the same."""
    return [(heading, report.headings[:place].count(heading)) for place, heading in enumerate(report.headings)]


def refuse_existing(path: Path) -> None:
    """Raise OrganiserError where no file can be made at `path`, or one is there, which is never replaced."""
    if not is_a_folder(path.parent):
        raise OrganiserError(_("There is no folder {folder}; nothing was brought in.").format(folder=path.parent))
    if is_there(path) or path.is_symlink():
        raise OrganiserError(_("{path} is there already; nothing was changed. Choose another name.").format(path=path))


def write_rejects(reports: list[ImportReport], path: Path) -> int:
    """Write the rows that were not taken to a CSV file with the reason beside each; returns how many.

    Of several lists, whose columns may be others, all stand under one row of headings: it can be brought in again.
    Raises OrganiserError where something is there already or it cannot be written.
    """
    refuse_existing(path)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    written = 0
    try:
        fresh.touch(mode=0o600)
        with fresh.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            columns = list(dict.fromkeys(column for report in reports for column in _columns(report)))
            headings = [heading for heading, _nth in columns]
            writer.writerow([safe_cell(cell) for cell in (*headings, *_headings_added())])
            for report in reports:
                own = _columns(report)
                for row in report.not_taken:
                    said = dict(zip(own, row.cells, strict=False))
                    cells = [said.get(column, "") for column in columns]
                    beyond = " ".join(row.cells[len(own) :]).strip()
                    reason = f"{row.reason} {beyond}".strip()
                    writer.writerow([safe_cell(cell) for cell in (*cells, report.file, str(row.row), reason)])
                    written += 1
        fresh.replace(path)
    except KeyboardInterrupt:
        fresh.unlink(missing_ok=True)
        raise OrganiserError(_("Stopped: {path} was not written.").format(path=path)) from None
    except OSError as error:
        fresh.unlink(missing_ok=True)
        sentence = _("{path} could not be written ({error}).")
        raise OrganiserError(sentence.format(path=path, error=error.strerror)) from error
    return written
