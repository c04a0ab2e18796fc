"""Checks a campaign against itself: its file, its journal by the chain of hashes, its kept figures by computing anew.

Nothing is written or mended here; what differs is told in sentences. Each check sees one moment of the campaign,
whatever other windows write meanwhile.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from organiser_tui.domain.figures import EVERY_REGION, UNREACHED_PROVIDER
from organiser_tui.domain.reach import ReachRow
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import Connection, DatabaseError, OperationalError
from organiser_tui.store.facts import facts_of
from organiser_tui.store.journal import FIRST, Chain, Head, image_of
from organiser_tui.store.kept import Kept, kept_of
from organiser_tui.store.refresh import figures_row, summed
from organiser_tui.store.registry import ENDS, FACTS, REGISTRY
from organiser_tui.words import _

_CHUNK = 2000
_COUNTS = ("known", "attempted", "spoken_with", "reached", "asked", "signed")
_FIGURES = tuple(REGISTRY["person_figures"])
_MOST = 100
"""So many sentences are enough to see that a file is not sound."""


def faults_of(campaign: Campaign) -> list[str]:
    """Everything that is wrong with a campaign, in sentences; none where all is well.

    Where the file itself is damaged, what stands in it is not looked at.
    """
    return check_file(campaign) or [*verify_chain(campaign), *check(campaign)]


def check_file(campaign: Campaign) -> list[str]:
    """Where the pages of the file, or rows that refer to others, do not hold together, in sentences."""
    with _one_moment(campaign):
        return list(islice(_file_faults(campaign), _MOST))


@contextmanager
def _one_moment(campaign: Campaign) -> Iterator[None]:
    """All that is read inside is as it was at one moment."""
    campaign.connection.execute("SAVEPOINT one_moment")
    try:
        yield
    finally:
        campaign.connection.execute("RELEASE one_moment")


def _file_faults(campaign: Campaign) -> Iterator[str]:
    for (said,) in campaign.connection.execute(f"PRAGMA quick_check({_MOST})"):
        if said != "ok":
            yield _("The file is damaged: {said}.").format(said=said)
    for table, row, parent, _number in campaign.connection.execute("PRAGMA foreign_key_check"):
        yield _("{table} {row} refers to a {parent} that is not there.").format(table=table, row=row, parent=parent)


def verify_chain(campaign: Campaign) -> list[str]:
    """What is wrong with the journal, in sentences; none where every action stands as it was written.

    A changed value is checked against its image where it is still there: erasure takes the values and the salt.
    """
    with _one_moment(campaign):
        return list(islice(_chain_faults(campaign), _MOST))


def check(campaign: Campaign) -> list[str]:
    """Where kept figures differ from what follows from the rows today, in sentences; none where all is well."""
    campaign.turn_day()
    with _one_moment(campaign):
        faults = list(islice(_figure_faults(campaign), _MOST))
    return faults if campaign.read_only else [*faults, *_index_faults(campaign)]


def _chain_faults(campaign: Campaign) -> Iterator[str]:
    # A tree a device: of a restored backup, or a copy that was worked on, two actions follow the same one.
    seen: dict[str, set[bytes]] = defaultdict(lambda: {FIRST})
    actions = campaign.connection.execute(
        f"SELECT {', '.join(Head._fields)}, previous, hash FROM action ORDER BY clock"
    )
    for *fields, previous, held in actions:
        head = Head._make(fields)
        if previous not in seen[head.device]:
            yield _("Action {id} does not follow one before it on its device.").format(id=head.id)
        seen[head.device].add(held)
        chain = Chain(previous, head.text())
        yield from _retold(campaign, head.id, chain)
        if chain.hash() != held:
            yield _("Action {id} is not told as it was written.").format(id=head.id)
    yield from _outside_the_journal(campaign)


def _retold(campaign: Campaign, action: int, chain: Chain) -> Iterator[str]:
    """Tell `chain` the changes of `action` in their order; yields what does not fit its image."""
    rows = campaign.connection.execute(
        "SELECT tbl, row, field, before, after, salt, image FROM change WHERE action_id = ? ORDER BY n", (action,)
    )
    for (table, field), changes in groupby(rows, key=itemgetter(0, 2)):
        if field == "":
            while made := [change[1] for change in islice(changes, _CHUNK)]:
                chain.inserted(table, array("q", made))
            continue
        for _table, row, _field, before, after, salt, image in changes:
            erased = before is None and after is None
            if image is None or not (erased or image == image_of(salt or b"", before, after)):
                sentence = _("Action {id}: the {field} of {table} {row} is not the one that was written.")
                yield sentence.format(id=action, field=field, table=table, row=row)
            chain.changed(table, row, field, image or b"")


def _outside_the_journal(campaign: Campaign) -> Iterator[str]:
    """Changes without their action, rows that no action made, and fields that differ from their last change."""
    execute = campaign.connection.execute
    for (action,) in execute("SELECT DISTINCT action_id FROM change WHERE action_id NOT IN (SELECT id FROM action)"):
        yield _("There are changes of an action {id} that is not in the journal.").format(id=action)
    for table in sorted(ENDS | FACTS):
        for (row,) in execute(
            f"SELECT id FROM {table} t WHERE NOT EXISTS"
            " (SELECT 1 FROM change c WHERE c.row = t.id AND c.field = '' AND c.tbl = ?)",
            (table,),
        ):
            yield _("{table} {row} was made by no action of the journal.").format(table=table, row=row)
    changed = execute("SELECT DISTINCT tbl, field FROM change WHERE field <> '' ORDER BY tbl, field").fetchall()
    for table, field in changed:
        if field not in REGISTRY.get(table, {}):
            yield _("The journal tells of {table}.{field}, which there is not.").format(table=table, field=field)
            continue
        # An erased change has no value to compare with; both of them are NULL then.
        for (row,) in execute(
            f"SELECT t.id FROM {table} t JOIN change c ON c.row = t.id AND c.field = ?1 AND c.tbl = ?2"
            f" WHERE t.{field} IS NOT c.after AND NOT (c.before IS NULL AND c.after IS NULL) AND NOT EXISTS"
            " (SELECT 1 FROM change d JOIN action a ON a.id = d.action_id JOIN action b ON b.id = c.action_id"
            "  WHERE d.row = c.row AND d.field = ?1 AND d.tbl = ?2 AND (a.clock, d.n) > (b.clock, c.n))",
            (field, table),
        ):
            sentence = _("The {field} of {table} {row} was changed outside the journal.")
            yield sentence.format(field=field, table=table, row=row)


def _figure_faults(campaign: Campaign) -> Iterator[str]:
    connection = campaign.connection
    today = campaign.today().isoformat()
    sums: Counter[tuple[int, str, str]] = Counter()
    reached = _Kept(connection, "").reached()
    ids = iter([row[0] for row in connection.execute("SELECT id FROM person WHERE gone_by IS NULL ORDER BY id")])
    while chunk := list(islice(ids, _CHUNK)):
        kept = [kept_of(campaign, facts, today) for facts in facts_of(campaign, chunk, today)]
        for (provider, region), counts in summed([], [person.reach for person in kept]).items():
            sums.update({(provider, region, word): n for word, n in zip(_COUNTS, counts, strict=True)})
        held = _Kept(connection, json.dumps(chunk))
        yield from _people_faults(kept, held, reached, campaign.card_order)
    yield from _strays(campaign)
    yield from _sum_faults(campaign, sums)


class _Kept:
    """What the file keeps of the people `listed` (JSON), by person."""

    def __init__(self, connection: Connection, listed: str) -> None:
        self._connection = connection
        self._listed = listed

    def rows(self, sql: str) -> dict[int, list[tuple[Any, ...]]]:
        """The rows of `sql`, whose first column is the person and whose end is a condition on her."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for person, *row in self._connection.execute(f"{sql} IN (SELECT value FROM json_each(?))", (self._listed,)):
            found[person].append(tuple(row))
        return found

    def reached(self) -> set[int]:
        """The providers where somebody was reached."""
        sql = "SELECT provider_id FROM provider_figures WHERE region_code = ? AND reached > 0"
        return {row[0] for row in self._connection.execute(sql, (EVERY_REGION,))}


def _people_faults(people: Sequence[Kept], held: _Kept, reached: set[int], card_order: dict[str, int]) -> Iterator[str]:
    figures = held.rows(f"SELECT person_id, {', '.join(_FIGURES)} FROM person_figures WHERE person_id")
    reach = held.rows(f"SELECT person_id, {', '.join(ReachRow._fields)} FROM reach WHERE person_id")
    words = held.rows("SELECT id, name, work, numbers FROM person_search WHERE id")
    targets = held.rows("SELECT person_id, id, rule, waits_since FROM target WHERE gone_by IS NULL AND person_id")
    for person in people:
        own = person.person_id
        rule = UNREACHED_PROVIDER if set(person.working_at) - reached else person.figures.own_rule
        row = figures_row(person, rule, card_order[person.figures.card])
        if figures[own] != [row]:
            for field, kept, wanted in zip(_FIGURES, *(figures[own] or [(None,) * len(row)]), row, strict=True):
                if kept != wanted:
                    yield _differs(f"person_figures.{field}", own, kept, wanted)
        if sorted(reach[own]) != sorted(map(tuple, person.reach)):
            yield _differs("reach", own, sorted(reach[own]), sorted(map(tuple, person.reach)))
        if words[own] != [person.wording.words()]:
            yield _differs("person_search", own, words[own], [person.wording.words()])
        for target, *waits in targets[own]:
            if waits != [rule, person.figures.last_contact]:
                yield _differs("target", target, waits, [rule, person.figures.last_contact])


def _differs(what: str, row: object, held: object, wanted: object) -> str:
    sentence = _("{what} of {row} is kept as {held}, but {wanted} follows from the rows.")
    return sentence.format(what=what, row=row, held=held, wanted=wanted)


def _strays(campaign: Campaign) -> Iterator[str]:
    for table, column in (("person_figures", "person_id"), ("reach", "person_id"), ("person_search", "id")):
        for (person,) in campaign.connection.execute(
            f"SELECT DISTINCT {column} FROM {table} t WHERE NOT EXISTS"
            f" (SELECT 1 FROM person p WHERE p.id = t.{column} AND p.gone_by IS NULL)"
        ):
            yield _("{table} keeps figures of {row}, who is not in the file.").format(table=table, row=person)


def _sum_faults(campaign: Campaign, sums: Counter[tuple[int, str, str]]) -> Iterable[str]:
    held: dict[tuple[int, str, str], int] = {}
    for provider, region, *counts in campaign.connection.execute(
        f"SELECT provider_id, region_code, {', '.join(_COUNTS)} FROM provider_figures"
    ):
        held |= {(provider, region, word): n for word, n in zip(_COUNTS, counts, strict=True)}
    for place in sorted(held.keys() | sums.keys()):
        if held.get(place, 0) != sums[place]:
            provider, region, word = place
            yield _differs(f"provider_figures.{word}", f"{provider} {region}", held.get(place), sums[place])


def _index_faults(campaign: Campaign) -> Iterator[str]:
    connection = campaign.connection
    connection.execute("SAVEPOINT checked")
    try:
        connection.execute("INSERT INTO person_fts (person_fts, rank) VALUES ('integrity-check', 1)")
    except OperationalError:
        raise  # somebody is writing: nothing can be said
    except DatabaseError:
        yield _("The search does not find what stands in the file; it has to be built anew.")
    finally:
        connection.execute("ROLLBACK TO checked")
        connection.execute("RELEASE checked")
