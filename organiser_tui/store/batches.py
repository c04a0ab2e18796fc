"""Import batches as the Campaign page shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

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


class BatchLine(NamedTuple):
    """What became of one row of a file, or one person who came in with it (`line` 0).

    `kind` is 'question', 'rejected', 'known' (somebody who was in the file already), 'remark' or 'added'; `cells` are
    those of the row as written, by heading, where it was not taken.
    """

    id: int
    line: int
    kind: str
    field: str
    reason: str
    cells: dict[str, str]
    person_id: int | None
    name: str


_KIND = "CASE WHEN r.kind = 'remark' AND r.reason = '' THEN 'known' ELSE r.kind END"
_LINE = (
    f"SELECT r.id, r.line, {_KIND}, r.field, r.reason, r.cells, r.person_id,"
    " coalesce(trim(p.given || ' ' || p.family), '') FROM import_remark r LEFT JOIN person p ON p.id = r.person_id"
)
_ORDER = {"question": 0, "rejected": 1, "known": 2, "remark": 3}


def import_batches(campaign: Campaign) -> list[BatchRow]:
    """The batches, the latest first."""
    rows = campaign.connection.execute(
        "SELECT b.id, b.file_name, b.at, coalesce(o.name, ''), b.read, b.added, b.matched, b.changed, b.rejected,"
        " b.questions, b.gone_by IS NOT NULL FROM import_batch b LEFT JOIN organiser o ON o.id = b.organiser_id"
        " ORDER BY b.at DESC, b.id DESC"
    )
    return [BatchRow._make((*row[:-1], bool(row[-1]))) for row in rows]


def batch_remarks(campaign: Campaign, batch: int, limit: int = 500) -> list[BatchLine]:
    """What was said of the first rows of a batch: questions, rejected rows, who was known, remarks; each by row."""
    order = "CASE kind WHEN 'question' THEN 0 WHEN 'rejected' THEN 1 ELSE 2 + (r.reason <> '') END"
    rows = campaign.connection.execute(
        f"{_LINE} WHERE r.batch_id = ? ORDER BY {order}, r.line, r.id LIMIT ?", (batch, limit)
    )
    return [_line(row) for row in rows]


def batch_sections(campaign: Campaign, batch: int) -> dict[str, list[int]]:
    """The ids of all lines of a batch by kind: of what was said of its rows, then of the people who came in with it."""
    sections: dict[str, list[int]] = {kind: [] for kind in _ORDER}
    for remark, kind in campaign.connection.execute(
        f"SELECT r.id, {_KIND} FROM import_remark r WHERE r.batch_id = ? ORDER BY r.line, r.id", (batch,)
    ):
        sections[kind].append(remark)
    made = campaign.connection.execute(
        "SELECT c.row FROM action a JOIN change c ON c.action_id = a.id WHERE a.batch_id = ? AND a.undoes IS NULL"
        " AND c.tbl = 'person' AND c.field = '' ORDER BY a.clock, c.n",
        (batch,),
    )
    sections["added"] = [row[0] for row in made]
    return sections


def batch_lines(campaign: Campaign, ids: Sequence[int]) -> dict[int, BatchLine]:
    """The lines with these ids."""
    listed = json.dumps(list(ids))
    wanted = "IN (SELECT value FROM json_each(?))"
    lines = [_line(row) for row in campaign.connection.execute(f"{_LINE} WHERE r.id {wanted}", (listed,))]
    people = campaign.connection.execute(
        f"SELECT id, trim(given || ' ' || family) FROM person WHERE id {wanted}", (listed,)
    )
    lines += [BatchLine(person, 0, "added", "", "", {}, person, name) for person, name in people]
    return {line.id: line for line in lines}


def _line(row: tuple[Any, ...]) -> BatchLine:
    return BatchLine._make((*row[:5], json.loads(row[5]) if row[5] else {}, *row[6:]))
