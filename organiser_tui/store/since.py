"""Finds what was done since an action to the rows that it made or changed: what stands in the way of taking it back.

Who wrote last counts, not what stands there now. A deed that was taken back counts as never done. Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import NOT_UNDONE
from organiser_tui.store.registry import ENDS, FACTS
from organiser_tui.store.schema import Reference, references

Made = Mapping[str, Sequence[int]]
"""The rows that an action made, by table."""
_OF_THE_IMPORT = ("import_batch", "import_remark")
"""They tell of the import itself, and end with it whoever stays."""
_ON_RECORD = {"export_record", "exported_person", *_OF_THE_IMPORT}
"""They tell of a sheet that is out, or of a list that came in: nobody worked with the people whom they name."""


class Since(NamedTuple):
    """One thing done since to a row of the action's own: by whom, at which instant in seconds."""

    table: str
    row: int
    field: str
    """What was changed; '' where another row was made to refer to this one."""
    who: str
    at: int


def done_since(campaign: Campaign, action: int, made: Made) -> list[Since]:
    """What other deeds, later than `action` and not taken back, did to its rows and fields, the earliest first.

    It takes as long as there are changes since then, however many `action` made.
    """
    later = _later_deeds(campaign, action)
    if not later:
        return []
    listed = json.dumps(list(later))
    # "+" keeps SQLite from walking through all that the action did for each row, however it may weigh its indexes.
    found = campaign.connection.execute(
        "SELECT d.action_id, d.tbl, d.row, d.field FROM json_each(?1) l CROSS JOIN change d ON d.action_id = l.value"
        " CROSS JOIN change c ON c.row = d.row AND c.field IN ('', d.field) AND +c.action_id = ?2 AND c.tbl = d.tbl"
        " WHERE d.field <> ''",
        (listed, action),
    ).fetchall()
    for table in _written(campaign, listed):
        found += _referring(campaign, listed, action, table, made)
    order = {deed: place for place, deed in enumerate(later)}
    found.sort(key=lambda row: order[row[0]])
    return [Since(table, row, field, *later[deed]) for deed, table, row, field in found]


def last_change(campaign: Campaign, table: str, row: int, field: str) -> Since:
    """Who changed a field last, taken back or not."""
    who, at = campaign.connection.execute(
        "SELECT coalesce(o.name, ''), b.at FROM change d JOIN action b ON b.id = d.action_id"
        " LEFT JOIN organiser o ON o.id = b.organiser_id WHERE d.row = ? AND d.field = ? AND d.tbl = ?"
        " ORDER BY b.clock DESC LIMIT 1",
        (row, field, table),
    ).fetchone()
    return Since(table, row, field, who, at)


def staying(campaign: Campaign, made: Made, since: Iterable[Since]) -> dict[int, str]:
    """The rows of `made` that stay because of what was done `since`, with their tables.

    With a person stays all that is hers, and with every row what it refers to.
    """
    ours = {row: table for table, rows in made.items() if table not in _OF_THE_IMPORT for row in rows}
    kept: dict[int, str] = {}
    fresh = {one.row: ours[one.row] for one in since if one.row in ours}
    while fresh:
        kept |= fresh
        near = {*_referred_to(campaign, fresh, made), *_hers(campaign, fresh, made)}
        fresh = {row: ours[row] for row in near if row in ours and row not in kept}
    return kept


def _later_deeds(campaign: Campaign, action: int) -> dict[int, tuple[str, int]]:
    """Who did what later than `action` did, and when, in that order.

    What took something back, or did it again, is a part of the deed that it was about.
    """
    root = "coalesce(p.undoes, b.undoes, b.id)"
    of = f"FROM action b LEFT JOIN action p ON p.id = b.undoes JOIN action a ON a.id = {root}"
    first, clock = campaign.connection.execute(f"SELECT a.id, a.clock {of} WHERE b.id = ?", (action,)).fetchone()
    rows = campaign.connection.execute(
        f"SELECT b.id, coalesce(o.name, ''), b.at {of} LEFT JOIN organiser o ON o.id = b.organiser_id"
        f" WHERE b.clock > ?1 AND a.clock > ?1 AND a.id <> ?2 AND {NOT_UNDONE} ORDER BY b.clock",
        (clock, first),
    )
    return {deed: (who, at) for deed, who, at in rows}


def _written(campaign: Campaign, deeds: str) -> list[str]:
    """The tables whose rows may end in which `deeds` (JSON) wrote."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT d.tbl FROM json_each(?) l CROSS JOIN change d ON d.action_id = l.value", (deeds,)
    )
    return sorted({row[0] for row in rows} & (ENDS | FACTS) - _ON_RECORD)


def _referring(campaign: Campaign, deeds: str, action: int, table: str, made: Made) -> list[tuple[int, str, int, str]]:
    """Rows of `action` to which rows of `table` refer that `deeds` made, or made to refer to them."""
    own = [reference for reference in references(campaign.connection).get(table, ()) if reference.parent in made]
    if not own:
        return []
    ended = "voided_by" if table in FACTS else "gone_by"
    fields = ", ".join(["''", *(f"'{reference.column}'" for reference in own)])
    rows: list[tuple[int, str, int, str]] = campaign.connection.execute(
        "SELECT DISTINCT d.action_id, c.tbl, c.row, '' FROM json_each(?1) l"
        f" CROSS JOIN change d ON d.action_id = l.value AND d.tbl = ?2 AND d.field IN ({fields})"
        f" CROSS JOIN {table} y ON y.id = d.row AND y.{ended} IS NULL"
        f" CROSS JOIN change c ON c.row IN ({', '.join(map(_parent_row, own))}) AND c.field = '' AND +c.action_id = ?3",
        (deeds, table, action),
    ).fetchall()
    return rows


def _parent_row(reference: Reference) -> str:
    column = f"y.{reference.column}"
    return column if reference.key == "id" else f"(SELECT id FROM {reference.parent} WHERE {reference.key} = {column})"


def _referred_to(campaign: Campaign, rows: Mapping[int, str], made: Made) -> set[int]:
    """The rows to which `rows` refer, in tables of which some were `made`."""
    found: set[int] = set()
    for table, ids in _by_table(rows).items():
        for reference in references(campaign.connection).get(table, ()):
            if reference.parent in made:
                sql = f"SELECT DISTINCT {_parent_row(reference)} FROM {table} y"
                sql += " WHERE y.id IN (SELECT value FROM json_each(?))"
                found.update(row[0] for row in campaign.connection.execute(sql, (ids,)) if row[0] is not None)
    return found


def _hers(campaign: Campaign, rows: Mapping[int, str], made: Made) -> set[int]:
    """All that is of the people among `rows`, in tables of which some rows were `made`."""
    people = _by_table(rows).get("person")
    found: set[int] = set()
    for table in made if people else ():
        if any(
            r.parent == "person" and r.column == "person_id" for r in references(campaign.connection).get(table, ())
        ):
            ended = "voided_by" if table in FACTS else "gone_by"
            sql = f"SELECT id FROM {table} WHERE person_id IN (SELECT value FROM json_each(?)) AND {ended} IS NULL"
            found.update(row[0] for row in campaign.connection.execute(sql, (people,)))
    return found


def _by_table(rows: Mapping[int, str]) -> dict[str, str]:
    """The ids of `rows` as JSON, by table."""
    tables: dict[str, list[int]] = {}
    for row, table in rows.items():
        tables.setdefault(table, []).append(row)
    return {table: json.dumps(ids) for table, ids in tables.items()}
