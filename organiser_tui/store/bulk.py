"""Fills a new campaign with very many rows at once. For a file that nobody works with yet: nothing is synced between.

One process makes the rows, another works out what is kept of the people in them, by the same functions as everywhere,
and this one writes: as much as two cores can do. Indexes are made at the end.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.figures import EVERY_REGION, FITS_UNREACHED
from organiser_tui.store.beside import made_beside
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.collector import without_collector
from organiser_tui.store.engine import prepare
from organiser_tui.store.facts import assembled
from organiser_tui.store.journal import Deed
from organiser_tui.store.kept import Wording, kept_of
from organiser_tui.store.list_figures import count_all_targets
from organiser_tui.store.made_up_facts import Batch, MadeUpFacts
from organiser_tui.store.refresh import (
    INSERT_FIGURES,
    INSERT_REACH,
    STAGE,
    figures_row,
    insert_words,
    many_words,
    move_stages,
    refresh,
    summed,
)

_THREADS = 3
"""That sort for an index, in pieces that fit the cache of a processor: half the time of one piece in memory."""
_SORTING_CACHE, _FILLING_CACHE = -4096, -262144
"""KiB, negative as SQLite has them."""


class Round(NamedTuple):
    """The rows of one lot of people with what is kept of them: complete, but for ties that a later round brings."""

    packed_batches: bytes
    """As they came: who works out what is kept hands them on."""
    figures: list[tuple[Any, ...]]
    reach: list[tuple[Any, ...]]
    found_by: list[tuple[int, Wording]]
    sums: dict[tuple[int, str], list[int]]
    earlier: set[int]
    """People of earlier rounds to whom these rows brought something."""

    def packed(self) -> bytes:
        """As it goes from process to process: texts and numbers alone, in a quarter of the time of pickling."""
        found_by = [(person, tuple(wording)) for person, wording in self.found_by]
        return marshal.dumps((self.packed_batches, self.figures, self.reach, found_by, self.sums, self.earlier))

    @classmethod
    def unpacked(cls, packed: bytes) -> Round:
        """What was packed()."""
        batches, figures, reach, found_by, sums, earlier = marshal.loads(packed)
        return cls(batches, figures, reach, [(person, Wording(*words)) for person, words in found_by], sums, earlier)


def _packed_batches(rounds: Iterable[list[Batch]]) -> Iterator[bytes]:
    return (marshal.dumps([tuple(batch) for batch in batches]) for batches in rounds)


def _unpacked_batches(packed: bytes) -> list[Batch]:
    return [Batch(*batch) for batch in marshal.loads(packed)]


def fill_campaign(
    campaign: Campaign,
    kind: DeedKind,
    rounds: Iterable[list[Batch]],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Insert `rounds` of rows as one deed of `kind`; figures and indexes follow.

    A round holds people with all that happened to them, each row after those it points to. `progress` is told the
    number of people so far. Where anything fails the file is of no use: the caller removes it.
    """
    connection = campaign.connection
    with _unsafe_but_quick(connection):
        indexes = _drop_indexes(connection)
        connection.execute("BEGIN IMMEDIATE")
        deed = Deed(campaign, kind, None, None)
        again: set[int] = set()
        sums: dict[tuple[int, str], list[int]] = {}
        people = 0
        campaign.read_settings()  # before the fork: a connection must not be used on both sides of it
        with (
            made_beside(partial(_packed_batches, rounds)) as packed,
            made_beside(partial(_kept_rounds, campaign, packed)) as everything,
            many_words(connection),
        ):
            for made in map(Round.unpacked, everything):
                for batch in _unpacked_batches(made.packed_batches):
                    deed.insert_many(batch.table, batch.columns, batch.rows)
                deed.touched.clear()
                deed.moved_work.clear()
                _insert_kept(connection, made)
                _add(sums, made.sums)
                again |= made.earlier
                people += len(made.figures)
                if progress is not None:
                    progress(people)
        _insert_sums(connection, sums)
        connection.execute(f"PRAGMA cache_size = {_SORTING_CACHE}")
        for sql in indexes:
            connection.execute(sql)
        connection.execute(f"PRAGMA cache_size = {_FILLING_CACHE}")
        _set_fits(connection, campaign.today().isoformat())
        count_all_targets(connection)
        refresh(campaign, again)
        deed.finish()
        connection.execute("COMMIT")


@contextmanager
def _unsafe_but_quick(connection: Any) -> Iterator[None]:
    # Nobody in the file is real: what is sorted may lie in files for a while.
    quick = ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "temp_store = 1")
    for pragma in (*quick, f"cache_size = {_FILLING_CACHE}", f"threads = {_THREADS}"):
        connection.execute(f"PRAGMA {pragma}")
    with without_collector():
        yield
    connection.execute("PRAGMA threads = 0")
    prepare(connection)


def _drop_indexes(connection: Any) -> list[str]:
    """Drop the indexes that rows would reach out of order; returns the SQL that makes them again.

    Those by person are filled from end to end, person after person, while the other process computes.
    """
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE '\\_%'"
        " ESCAPE '\\' AND name NOT LIKE '%\\_person' ESCAPE '\\' AND name NOT IN ('change_row', 'answer_ask')"
        " ORDER BY rowid"
    ).fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in indexes]


def _kept_rounds(campaign: Campaign, rounds: Iterable[bytes]) -> Iterator[bytes]:
    today = campaign.today().isoformat()
    known = MadeUpFacts(today, campaign.effects, campaign.personal_channels)
    region_of = campaign.places.region_of
    order = campaign.card_order
    for batches in rounds:
        gathered, earlier = known.gathered(_unpacked_batches(batches))
        kept = [kept_of(campaign, facts, today) for facts in assembled(gathered, region_of, today)]
        yield Round(
            batches,
            [figures_row(person, person.figures.own_fits, order[person.figures.card]) for person in kept],
            [(person.person_id, *row) for person in kept for row in person.reach],
            [(person.person_id, person.wording) for person in kept],
            dict(summed([], [person.reach for person in kept])),
            earlier,
        ).packed()


def _insert_kept(connection: Any, made: Round) -> None:
    connection.executemany(INSERT_FIGURES, made.figures)
    move_stages(connection, (), [row[STAGE] for row in made.figures])
    connection.executemany(INSERT_REACH, made.reach)
    # Words and their index are made here, where there is less to do.
    insert_words(connection, [(person, *wording.words()) for person, wording in made.found_by])


def _add(sums: dict[tuple[int, str], list[int]], more: dict[tuple[int, str], list[int]]) -> None:
    for place, counts in more.items():
        held = sums.get(place)
        sums[place] = counts if held is None else [a + b for a, b in zip(held, counts, strict=True)]


def _insert_sums(connection: Any, sums: dict[tuple[int, str], list[int]]) -> None:
    connection.executemany(
        "INSERT INTO provider_figures (provider_id, region_code, known, attempted, spoken_with, reached, asked, signed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*place, *counts) for place, counts in sums.items()],
    )


def _set_fits(connection: Any, today: str) -> None:
    """That nobody at her provider is reached, of everybody of whom it is so; and the kept columns of the targets."""
    connection.execute(
        "UPDATE person_figures SET fits = fits + ?1 WHERE person_id IN (SELECT e.person_id FROM employment e"
        " LEFT JOIN provider_figures g ON g.provider_id = e.provider_id AND g.region_code = ?3"
        " WHERE coalesce(g.reached, 0) = 0 AND e.gone_by IS NULL AND coalesce(e.from_day, '') <= ?2"
        " AND coalesce(e.to_day, '9999') >= ?2)",
        (FITS_UNREACHED, today, EVERY_REGION),
    )
    connection.execute(
        "UPDATE target SET fits = f.fits, waits_since = f.last_contact, next_due = f.next_due FROM person_figures f"
        " WHERE f.person_id = target.person_id"
    )
