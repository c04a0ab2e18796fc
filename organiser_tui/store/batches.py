"""Import batches as the Campaign page shows them."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.store.campaign import Campaign


class BatchRow(NamedTuple):
    """One file that came in; `at` is an instant in seconds."""

    id: int
    file_name: str
    at: int
    organiser: str
    read: int
    added: int
    matched: int
    changed: int
    rejected: int
    questions: int
    taken_back: bool


class RemarkLine(NamedTuple):
    """What was said of one row of a file: not taken, a question, or a remark."""

    line: int
    kind: str
    field: str
    reason: str


def import_batches(campaign: Campaign) -> list[BatchRow]:
    """The batches, the latest first."""
    rows = campaign.connection.execute(
        "SELECT b.id, b.file_name, b.at, coalesce(o.name, ''), b.read, b.added, b.matched, b.changed, b.rejected,"
        " b.questions, b.gone_by IS NOT NULL FROM import_batch b LEFT JOIN organiser o ON o.id = b.organiser_id"
        " ORDER BY b.at DESC, b.id DESC"
    )
    return [BatchRow._make((*row[:-1], bool(row[-1]))) for row in rows]


def batch_remarks(campaign: Campaign, batch: int, limit: int = 500) -> list[RemarkLine]:
    """What was said of the rows of a batch: rejected rows and questions before remarks, by row."""
    rows = campaign.connection.execute(
        "SELECT line, kind, field, reason FROM import_remark WHERE batch_id = ?"
        " ORDER BY kind = 'remark', line, id LIMIT ?",
        (batch, limit),
    )
    return [RemarkLine(*row) for row in rows]
