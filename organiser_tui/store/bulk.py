"""Fills a new campaign with very many rows at once. For a file that nobody works with yet: nothing is synced between.

A second process makes the rows and computes what is kept of the people in them, by the same functions as everywhere;
this one writes. Indexes are made at the end.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from typing import Any, NamedTuple

from organiser_tui.domain.figures import UNREACHED_PROVIDER
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import assembled
from organiser_tui.store.journal import Deed
from organiser_tui.store.kept import kept_of
from organiser_tui.store.made_up_facts import Batch, MadeUpFacts
from organiser_tui.store.refresh import INSERT_FIGURES, INSERT_REACH, figures_row, refresh, summed

_THREADS = 2


class Round(NamedTuple):
    """The rows of one lot of people with what is kept of them: complete, but for ties that a later round brings."""

    batches: list[Batch]
    figures: list[tuple[Any, ...]]
    reach: list[tuple[Any, ...]]
    search: list[tuple[Any, ...]]
    sums: dict[tuple[int, str], list[int]]
    earlier: set[int]
    """People of earlier rounds to whom these rows brought something."""


def fill_campaign(
    campaign: Campaign,
    kind: str,
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
        for made in _made_beside(campaign, rounds):
            for batch in made.batches:
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
        for sql in indexes:
            connection.execute(sql)
        connection.execute("INSERT INTO person_fts (person_fts) VALUES ('rebuild')")
        _set_rules(connection, campaign.today().isoformat())
        refresh(campaign, again)
        deed.finish()
        connection.execute("COMMIT")


@contextmanager
def _unsafe_but_quick(connection: Any) -> Iterator[None]:
    quick = ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "cache_size = -262144")
    for pragma in (*quick, f"threads = {_THREADS}"):
        connection.execute(f"PRAGMA {pragma}")
    gc.disable()  # millions of tuples without a cycle: looking for one costs a seventh of the time
    try:
        yield
    finally:
        gc.enable()
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "cache_size = -16384"):
        connection.execute(f"PRAGMA {pragma}")


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


def _made_beside(campaign: Campaign, rounds: Iterable[list[Batch]]) -> Iterator[Round]:
    """The rounds with what is kept of their people, made by a second process where one can be forked."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from _kept_rounds(campaign, rounds)
        return
    # Read before the fork: a connection must not be used on both sides of it.
    campaign.read_settings()
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    maker = context.Process(target=_send_rounds, args=(sending, campaign, rounds), daemon=True)
    maker.start()
    sending.close()
    try:
        while (made := receiving.recv()) is not None:
            if isinstance(made, BaseException):
                raise made
            yield made
    finally:
        maker.terminate()
        maker.join()


def _send_rounds(sending: Pipe, campaign: Campaign, rounds: Iterable[list[Batch]]) -> None:
    try:
        for made in _kept_rounds(campaign, rounds):
            sending.send(made)
        sending.send(None)
    except Exception as error:  # noqa: BLE001  told to the process that waits, which raises it
        sending.send(error)


def _kept_rounds(campaign: Campaign, rounds: Iterable[list[Batch]]) -> Iterator[Round]:
    today = campaign.today().isoformat()
    known = MadeUpFacts(today, campaign.effects)
    region_of = campaign.places.region_of
    order = campaign.card_order
    for batches in rounds:
        gathered, earlier = known.gathered(batches)
        kept = [kept_of(campaign, facts, today) for facts in assembled(gathered, region_of, today)]
        yield Round(
            batches,
            [figures_row(person, person.figures.own_rule, order[person.figures.card]) for person in kept],
            [(person.person_id, *row) for person in kept for row in person.reach],
            [(person.person_id, *person.words) for person in kept],
            dict(summed([], [person.reach for person in kept])),
            earlier,
        )


def _insert_kept(connection: Any, made: Round) -> None:
    connection.executemany(INSERT_FIGURES, made.figures)
    connection.executemany(INSERT_REACH, made.reach)
    connection.executemany("INSERT INTO person_search (id, name, work, numbers) VALUES (?, ?, ?, ?)", made.search)


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


def _set_rules(connection: Any, today: str) -> None:
    """Rule 3 for everybody at a provider nobody has reached, and the kept columns of the targets."""
    connection.execute(
        "UPDATE person_figures SET rule = ?1 WHERE person_id IN (SELECT e.person_id FROM employment e"
        " LEFT JOIN provider_figures g ON g.provider_id = e.provider_id AND g.region_code = '*'"
        " WHERE coalesce(g.reached, 0) = 0 AND e.gone_by IS NULL AND coalesce(e.from_day, '') <= ?2"
        " AND coalesce(e.to_day, '9999') >= ?2)",
        (UNREACHED_PROVIDER, today),
    )
    connection.execute(
        "UPDATE target SET rule = f.rule, waits_since = f.last_contact FROM person_figures f"
        " WHERE f.person_id = target.person_id"
    )
