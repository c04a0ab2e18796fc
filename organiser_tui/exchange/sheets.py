"""A contact sheet becomes a file: as PDF, XLSX or CSV, whole or not at all, and on record."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.sheets import Purpose, Sheet, left_out_label
from organiser_tui.exchange.sheet_pdf import pdf_of
from organiser_tui.exchange.sheet_tables import csv_of, xlsx_of
from organiser_tui.folders import is_there
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.sheets import ExportDraft, record_export
from organiser_tui.words import _, ngettext

WRITERS: Final[dict[str, Callable[[Sheet], bytes]]] = {".pdf": pdf_of, ".xlsx": xlsx_of, ".csv": csv_of}
"""By the end of the file's name."""


@dataclass
class SheetReport:
    """What was written: how many people, and how many were left out by which reason."""

    path: Path
    purpose: Purpose = Purpose.CALL
    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    numbers_left_out: int = 0

    @property
    def told(self) -> str:
        """Where they stand, and how many."""
        people = ngettext("{n} person", "{n} people", self.written).format(n=self.written)
        if self.purpose is Purpose.CALL:
            return _("{path}: {people} still to be called").format(path=self.path, people=people)
        return _("{path}: {people} awaited").format(path=self.path, people=people)

    @property
    def left_out_told(self) -> list[tuple[str, int]]:
        """Why somebody or a number was left out, in words, and how many; the most first."""
        told = [(left_out_label(reason), count) for reason, count in self.left_out.most_common()]
        return [*told, (_("work number not allowed"), self.numbers_left_out)] if self.numbers_left_out else told


def write_sheet(campaign: Campaign, sheet: Sheet, path: Path) -> SheetReport:
    """Write a sheet to `path`, as the end of its name says; it is kept on record.

    A file of the owner's alone. Raises OrganiserError where it cannot be written or is there already.
    """
    if trouble := name_trouble(path):
        raise OrganiserError(trouble)
    if is_there(path):
        raise OrganiserError(_("{path} is there already; nothing was changed. Choose another name.").format(path=path))
    people = [row.person_id for row in sheet.rows]
    report = SheetReport(path, sheet.purpose, len(people), sheet.left_out, sheet.numbers_left_out)
    what = sheet.name if sheet.purpose is Purpose.CALL else f"{sheet.name}, {sheet.about}"
    left_out = sum(sheet.left_out.values())
    draft = ExportDraft(
        sheet.list_id, what, path.name, people, left_out, sheet.destroy_by.isoformat(), sheet.purpose.value
    )
    recorded = False
    try:
        _write(path, WRITERS[path.suffix.lower()](sheet))
        record_export(campaign, draft)
        recorded = True
    except OSError as error:
        sentence = _("{path} could not be written: {reason}.")
        raise OrganiserError(sentence.format(path=path, reason=error.strerror)) from error
    except UnicodeEncodeError as error:
        raise OrganiserError(_("No file can be called so: give another name.")) from error
    finally:
        if not recorded:  # whoever breaks it off, too: a sheet that is not on record must not lie about
            path.unlink(missing_ok=True)
    return report


def name_trouble(path: Path) -> str | None:
    """What is wrong with the name of a sheet to be; None where nothing is."""
    if path.suffix.lower() in WRITERS:
        return None
    return _("A sheet is written as PDF, XLSX or CSV: give a name that ends in .pdf, .xlsx or .csv.")


def _write(path: Path, content: bytes) -> None:
    """Write `content` to a file of the owner's alone, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        own = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(own, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
