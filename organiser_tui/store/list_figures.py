"""Keeps what is kept of targets, and how many of each call list are open, blocked, done and refused."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

_CHUNK: Final = 5000
OPEN: Final = 1
BLOCKED: Final = 2
DONE: Final = 3
REFUSED: Final = 4
COUNTED_AS: Final = {OPEN: "open", BLOCKED: "blocked", DONE: "done", REFUSED: "refused"}
"""The column of list_figures in which a target is counted, by target.counted; 0 is in none."""
COUNTED: Final = (
    f"CASE WHEN t.gone_by IS NOT NULL OR f.person_id IS NULL THEN 0 WHEN t.state = 'done' THEN {DONE}"
    f" WHEN t.state = 'refused' THEN {REFUSED} WHEN f.blocked <> '' THEN {BLOCKED} ELSE {OPEN} END"
)
"""As what target `t` of a person with figures `f` is to be counted."""


def move_targets(connection: Any, people: Iterable[int]) -> None:
    """Move what is kept of the targets of `people`, whose figures have been moved, and the sums of their lists."""
    waiting = iter(sorted(people))
    while chunk := list(islice(waiting, _CHUNK)):
        _move_targets_of(connection, json.dumps(chunk))


def _move_targets_of(connection: Any, listed: str) -> None:
    of_people = (
        "SELECT t.id, t.list_id, t.counted, t.fits, t.waits_since, t.next_due, coalesce(f.fits, t.fits) AS fits_now,"
        " coalesce(f.last_contact, t.waits_since) AS waits_now, coalesce(f.next_due, t.next_due) AS due_now,"
        f" {COUNTED} AS counted_now FROM target t"
        " LEFT JOIN person_figures f ON f.person_id = t.person_id"
        " WHERE t.person_id IN (SELECT value FROM json_each(?1)) AND t.gone_by IS"
    )
    # Asked twice, since those that have gone stand in an index of their own.
    moved = connection.execute(
        "SELECT id, list_id, counted, fits_now, waits_now, due_now, counted_now"
        f" FROM ({of_people} NULL UNION ALL {of_people} NOT NULL)"
        " WHERE (counted, fits, waits_since, next_due) <> (counted_now, fits_now, waits_now, due_now)",
        (listed,),
    ).fetchall()
    connection.executemany(
        "UPDATE target SET fits = ?, waits_since = ?, next_due = ?, counted = ? WHERE id = ?",
        [(*now, target) for target, _list, _before, *now in moved],
    )
    sums: dict[int, Counter[int]] = defaultdict(Counter)
    for _target, list_id, before, *_served_by, counted in moved:
        sums[list_id].update({counted: 1})
        sums[list_id].subtract({before: 1})
    for list_id, counts in sums.items():
        _move_list(connection, list_id, counts)


def _move_list(connection: Any, list_id: int, counts: Mapping[int, int]) -> None:
    """Move what is kept of one list by `counts`, how many more are counted as what."""
    columns = ", ".join(COUNTED_AS.values())
    sets = ", ".join(f"{column} = {column} + excluded.{column}" for column in COUNTED_AS.values())
    connection.execute(
        f"INSERT INTO list_figures (list_id, {columns}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET {sets}",
        (list_id, *[counts.get(counted, 0) for counted in COUNTED_AS]),
    )


def count_all_targets(connection: Any) -> None:
    """Count every target of a campaign in which none has been counted yet."""
    connection.execute(
        f"UPDATE target AS t SET counted = (SELECT {COUNTED} FROM (SELECT 1)"
        " LEFT JOIN person_figures f ON f.person_id = t.person_id)"
    )
    sums = ", ".join(f"sum(counted = {counted})" for counted in COUNTED_AS)
    connection.execute(
        f"INSERT INTO list_figures (list_id, {', '.join(COUNTED_AS.values())})"
        f" SELECT list_id, {sums} FROM target GROUP BY list_id"
    )
