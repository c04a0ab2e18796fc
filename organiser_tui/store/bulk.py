"""Fills a new campaign with very many rows at once. For a file that nobody works with yet: nothing is synced between.

Indexes are dropped and made again at the end; the kept figures are computed by the same functions as everywhere.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from organiser_tui.domain.figures import UNREACHED_PROVIDER, WHOLE_CAMPAIGN
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import facts_of
from organiser_tui.store.journal import Deed
from organiser_tui.store.refresh import INSERT_FIGURES, Kept, contribution, figures_row, insert_reach, kept_of

Batch = tuple[str, Sequence[str], list[tuple[Any, ...]]]
_CHUNK = 5_000


def fill_campaign(
    campaign: Campaign, kind: str, batches: Iterable[Batch], progress: Callable[[int], None] | None = None
) -> None:
    """Insert `batches` (table, columns, rows with the id first) as one deed of `kind`; figures and indexes follow.

    `progress` is told the number of rows so far. Where anything fails the file is of no use: the caller removes it.
    """
    connection = campaign.connection
    with _unsafe_but_quick(connection):
        indexes = _drop_indexes(connection)
        connection.execute("BEGIN IMMEDIATE")
        deed = Deed(campaign, kind, None, None)
        total = 0
        for table, columns, rows in batches:
            deed.insert_many(table, columns, rows)
            deed.touched.clear()
            deed.moved_work.clear()
            total += len(rows)
            if progress is not None:
                progress(total)
        deed.finish()
        needed = [sql for name, sql in indexes if name.endswith(("_person", "_other", "answer_ask"))]
        for sql in needed:
            connection.execute(sql)
        _keep_figures(campaign)
        for _name, sql in indexes:
            if sql not in needed:
                connection.execute(sql)
        connection.execute("INSERT INTO person_fts (person_fts) VALUES ('rebuild')")
        connection.execute("COMMIT")


@contextmanager
def _unsafe_but_quick(connection: Any) -> Iterator[None]:
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = MEMORY", "cache_size = -262144"):
        connection.execute(f"PRAGMA {pragma}")
    gc.disable()  # millions of tuples without a cycle: looking for one costs a seventh of the time
    try:
        yield
    finally:
        gc.enable()
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "cache_size = -16384"):
        connection.execute(f"PRAGMA {pragma}")


def _drop_indexes(connection: Any) -> list[tuple[str, str]]:
    """Drop every index that SQL has made; returns their names and SQL."""
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE '\\_%'"
        " ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [(name, sql) for name, sql in indexes]


def _keep_figures(campaign: Campaign) -> None:
    """Compute what is kept of everybody, a chunk of people at a time."""
    connection = campaign.connection
    today = campaign.today().isoformat()
    sums: dict[tuple[int, str], list[int]] = {}
    people = (row[0] for row in connection.cursor().execute("SELECT id FROM person ORDER BY id").fetchall())
    while chunk := list(islice(people, _CHUNK)):
        kept = [kept_of(campaign, facts, today) for facts in facts_of(campaign, chunk, today)]
        insert_reach(connection, kept)
        connection.executemany(
            INSERT_FIGURES,
            [figures_row(person, person.figures.own_rule, campaign.card_order[person.figures.card]) for person in kept],
        )
        connection.executemany(
            "INSERT INTO person_search (id, name, work, numbers) VALUES (?, ?, ?, ?)",
            [(person.person_id, *person.words) for person in kept],
        )
        _add_up(sums, kept)
    connection.executemany(
        "INSERT INTO provider_figures (provider_id, region_code, known, attempted, spoken_with, reached, asked, signed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*place, *counts) for place, counts in sums.items()],
    )
    _set_rules(connection, today)


def _add_up(sums: dict[tuple[int, str], list[int]], kept: Sequence[Kept]) -> None:
    for person in kept:
        for place, counts in contribution(person.reach).items():
            total = sums.setdefault(place, [0] * len(counts))
            for index, count in enumerate(counts):
                total[index] += count


def _set_rules(connection: Any, today: str) -> None:
    """Rule 3 for everybody at a provider nobody has reached, and the kept columns of the targets."""
    connection.execute(
        "UPDATE person_figures SET rule = ?1 WHERE person_id IN (SELECT e.person_id FROM employment e"
        " JOIN provider_figures g ON g.provider_id = e.provider_id AND g.region_code = '*' AND g.reached = 0"
        " WHERE g.provider_id > ?2 AND e.gone_by IS NULL AND coalesce(e.from_day, '') <= ?3"
        " AND coalesce(e.to_day, '9999') >= ?3)",
        (UNREACHED_PROVIDER, WHOLE_CAMPAIGN + 1, today),
    )
    connection.execute(
        "UPDATE target SET rule = f.rule, waits_since = f.last_contact FROM person_figures f"
        " WHERE f.person_id = target.person_id"
    )
