"""Gathers what is to be said of the rows of a list while it comes in. Who they are is decided elsewhere."""

from __future__ import annotations

import json
from typing import Final

from organiser_tui.domain.matching import Answer
from organiser_tui.exchange.chunks import Chunk, without_names
from organiser_tui.exchange.columns import ASSISTED, Column
from organiser_tui.exchange.places import Unknown
from organiser_tui.exchange.reading import ListFile
from organiser_tui.exchange.report import CellRemark, ImportReport, NotTaken
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.imports import RemarkRow
from organiser_tui.store.matching import Known
from organiser_tui.words import _, ngettext

_COLUMNS_NAMED: Final = 5


class Remarks:
    """What is said of one list: of its columns, its rows and its cells. It stands in `report`, in order once ended."""

    def __init__(self, source: ListFile, headings: dict[str, str], report: ImportReport) -> None:
        """`headings` has the heading of each role."""
        self._list, self._headings, self._report = source, headings, report
        self.about: dict[int, int] = {}
        """Whom a row that was taken is about, or the question of one that was not: person by line."""
        self._known: list[int] = []
        self._used: set[Column] = set()
        self._unknown: Unknown = {}

    def chunk(self, chunk: Chunk) -> None:
        """So many rows were read, and these of them refused; what stood in columns and places that are not known."""
        report = self._report
        report.read += chunk.read
        report.rejected += len(chunk.refused)
        report.not_taken.extend(chunk.refused)
        self._used |= chunk.used
        for text, (row, count) in chunk.places.items():
            first, before = self._unknown.get(text, (row, 0))
            self._unknown[text] = (first, before + count)

    def added(self, draft: RowDraft) -> None:
        """A row was somebody new."""
        self._report.added += 1
        self.about[draft.line] = draft.id

    def matched(self, draft: RowDraft, person: int) -> None:
        """A row was a person who is known."""
        self._report.matched += 1
        self._known.append(draft.line)
        self.about[draft.line] = person

    def asked(self, draft: RowDraft, answer: Answer[Known | RowDraft]) -> None:
        """A row was left out until it is said who it is."""
        self._report.questions += 1
        column = self._headings.get("phone", "") or self._headings.get("name", "")
        cells = without_names(self._list.columns, draft.cells)
        self._report.not_taken.append(NotTaken(draft.line, column, answer.question, cells, question=True))
        if answer.about is not None:
            self.about[draft.line] = answer.about.id

    def cell(self, row: int, column: str, reason: str) -> None:
        """Something to say of a cell of a row that was taken."""
        self._report.remarks.append(CellRemark(row, column, reason))

    def number(self, draft: RowDraft, reason: str) -> None:
        """Something to say of the number in a row."""
        self.cell(draft.line, self._headings.get("phone", ""), reason)

    def name(self, draft: RowDraft, reason: str) -> None:
        """Something to say of whoever a row names."""
        self.cell(draft.line, self._headings.get("name", ""), reason)

    def end(self) -> None:
        """Say what holds of the whole list, and put everything in the order of its rows."""
        self._of_columns()
        self._of_places()
        self._report.not_taken.sort(key=lambda row: row.row)
        self._report.remarks.sort(key=lambda remark: remark.row)

    def _of_columns(self) -> None:
        row = self._list.heading_number
        for title in self._list.titles:
            self.cell(row, "", _("“{text}” above the column names was passed over.").format(text=title))
        used = sorted(self._used)
        unknown = [column.heading for column in used if column.role != ASSISTED]
        if len(unknown) > _COLUMNS_NAMED:
            reason = _("{n} columns are not known; what stands in them is kept under their names: {names} …")
            self.cell(row, "", reason.format(n=len(unknown), names=", ".join(unknown[:_COLUMNS_NAMED])))
        for column in used:
            if column.role == ASSISTED:
                self.cell(row, column.heading, _("This column was left out: who is assisted is never kept."))
            elif len(unknown) <= _COLUMNS_NAMED:
                self.cell(row, column.heading, _("This column is not known; what stands in it is kept under its name."))

    def _of_places(self) -> None:
        heading = self._headings.get("municipality") or self._headings.get("region", "")
        for text, (row, count) in self._unknown.items():
            reason = ngettext(
                "“{text}” is no place that is known; it was kept as text.",
                "“{text}” is no place that is known; it was kept as text ({n} rows).",
                count,
            )
            self.cell(row, heading, reason.format(text=text, n=count))

    def rows(self) -> list[RemarkRow]:
        """All of it as it is kept with the batch."""
        headings, about = self._report.headings, self.about
        rows = [
            RemarkRow(
                row.row,
                "question" if row.question else "rejected",
                row.column,
                row.reason,
                json.dumps(dict(zip(headings, row.cells, strict=False)), ensure_ascii=False),
                about.get(row.row),
            )
            for row in self._report.not_taken
        ]
        rows.extend(
            RemarkRow(remark.row, "remark", remark.column, remark.reason, "", about.get(remark.row))
            for remark in self._report.remarks
        )
        rows.extend(RemarkRow(line, "remark", "", "", "", about[line]) for line in self._known)
        return rows
