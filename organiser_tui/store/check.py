"""Checks a campaign against itself: its file, its journal by the chain of hashes, its kept figures by computing anew.

Of a row that was made the journal holds that it was, not what stood in it: only fields changed since are compared.
Nothing is written or mended here; what differs is told in sentences. Each check sees one moment of the campaign,
whatever other windows write meanwhile.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from itertools import groupby, islice
from operator import itemgetter

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.collector import without_collector
from organiser_tui.store.engine import DatabaseError, OperationalError, Unreadable
from organiser_tui.store.errand import Errand
from organiser_tui.store.figure_faults import figure_faults
from organiser_tui.store.journal import FIRST, Chain, Head, image_of
from organiser_tui.store.registry import ENDS, FACTS, REGISTRY, WORDS
from organiser_tui.words import _

_CHUNK = 2000
_MOST = 100
"""So many sentences are enough to see that a file is not sound."""
_PATIENCE = 0.2
"""Seconds between two looks whether the thread beside has done its part."""


class Part(StrEnum):
    """What is being looked at."""

    JOURNAL = "journal"
    PEOPLE = "people"
    FILE = "file"


Tell = Callable[[Part, int, int], None]
"""Gets what is being looked at, how much of it is done, and of how much; 0 of 0 where that is not known."""


def _tell_nobody(_part: Part, _done: int, _of: int) -> None:
    """Nobody waits."""


def faults_of(campaign: Campaign, tell: Tell = _tell_nobody) -> list[str]:
    """Everything that is wrong with a campaign, in sentences; none where all is well.

    Where the file itself is damaged, what stands in it is not looked at. What SQLite does alone is done in a thread
    beside. It may be broken off at any time by an exception from `tell`, or by ctrl+c.
    """
    with ExitStack() as ending:
        thread = ending.enter_context(ThreadPoolExecutor(1))
        beside = Errand(campaign)
        ending.callback(beside.stop)  # before the thread is waited for
        file = thread.submit(beside.run, _file_and_rows)
        ending.enter_context(without_collector())
        try:
            told, figures = _journal_and_figures(campaign, tell, file)
        except Unreadable:
            damage = _waited_for(file, tell)[0]
            if not damage:
                raise
            return damage
        damage, outside, index = _waited_for(file, tell)
    return damage or [*told, *outside, *figures, *index][:_MOST]


_FileAndRows = tuple[list[str], list[str], list[str]]
"""What is wrong with the file; with rows that the journal does not know; with the index of the search."""


def _file_and_rows(twin: Campaign) -> _FileAndRows:
    damage = check_file(twin)
    if damage:
        return damage, [], []
    with _one_moment(twin):
        outside = list(islice(_outside_the_journal(twin), _MOST))
    return damage, outside, list(_index_faults(twin))


def _journal_and_figures(
    campaign: Campaign, tell: Tell, file: Future[_FileAndRows | None]
) -> tuple[list[str], list[str]]:
    def people(done: int, everybody: int) -> None:
        tell(Part.PEOPLE, done, everybody)
        if file.done() and (found := file.result()) and found[0]:
            raise _DamagedError

    try:
        with _one_moment(campaign):
            told = list(islice(_chain_faults(campaign, tell), _MOST))
            return told, list(islice(figure_faults(campaign, people), _MOST))
    except _DamagedError:
        return [], []


class _DamagedError(Exception):
    """The file is damaged: what stands in it need not be looked at."""


def _waited_for(file: Future[_FileAndRows | None], tell: Tell) -> _FileAndRows:
    while True:
        tell(Part.FILE, 0, 0)
        try:
            found = file.result(_PATIENCE)
        except TimeoutError:
            continue
        return found or ([], [], [])


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


class _Made:
    """How many rows of each table the journal says were made; of words, which: one that comes back is told again."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._words: dict[str, set[int]] = defaultdict(set)

    def tell(self, table: str, rows: array[int]) -> None:
        if table in WORDS:
            self._words[table].update(rows)
        else:
            self._counts[table] += len(rows)

    def missing(self, campaign: Campaign) -> Iterator[str]:
        """Sentences on those that are not there; erasure leaves the row, without what it said.

        They are counted first and looked for only where the numbers differ: a seek for each would take too long.
        """
        counts = self._counts | {table: len(rows) for table, rows in self._words.items()}
        for table, made in sorted(counts.items()):
            if table not in ENDS | FACTS:
                yield _("The journal tells of {table}, which there is not.").format(table=table)
            elif campaign.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] != made:
                for (row,) in campaign.connection.execute(
                    "SELECT DISTINCT row FROM change WHERE field = '' AND tbl = ?"
                    f" AND row NOT IN (SELECT id FROM {table})",
                    (table,),
                ):
                    yield _("{table} {row} was made and is not there any more.").format(table=table, row=row)


def _chain_faults(campaign: Campaign, tell: Tell) -> Iterator[str]:
    # A tree a device: of a restored backup, or a copy that was worked on, two actions follow the same one.
    seen: dict[str, set[bytes]] = defaultdict(lambda: {FIRST})
    made = _Made()
    actions = campaign.connection.execute(
        f"SELECT {', '.join(Head._fields)}, previous, hash FROM action ORDER BY clock"
    )
    for *fields, previous, held in actions:
        head = Head._make(fields)
        if previous not in seen[head.device]:
            yield _("Action {id} does not follow one before it on its device.").format(id=head.id)
        seen[head.device].add(held)
        links = Chain(previous, head.text())
        yield from _retold(campaign, head.id, links, made, tell)
        if links.hash() != held:
            yield _("Action {id} is not told as it was written.").format(id=head.id)
    yield from made.missing(campaign)


def _retold(campaign: Campaign, action: int, links: Chain, made: _Made, tell: Tell) -> Iterator[str]:
    """Tell `links` and `made` the changes of `action` in their order; yields what does not fit its image.

    Erasure takes the values and the salt together; where the salt is there, the values are looked at.
    """
    rows = campaign.connection.execute(
        "SELECT tbl, row, field, before, after, salt, image FROM change WHERE action_id = ? ORDER BY n", (action,)
    )
    for (table, field), changes in groupby(rows, key=itemgetter(0, 2)):
        tell(Part.JOURNAL, 0, 0)
        if field == "":
            while rows_made := array("q", [change[1] for change in islice(changes, _CHUNK)]):
                links.inserted(table, rows_made)
                made.tell(table, rows_made)
                tell(Part.JOURNAL, 0, 0)
            continue
        for _table, row, _field, before, after, salt, image in changes:
            erased = before is None and after is None and salt is None
            if image is None or not (erased or image == image_of(salt or b"", before, after)):
                sentence = _("Action {id}: the {field} of {table} {row} is not the one that was written.")
                yield sentence.format(id=action, field=field, table=table, row=row)
            links.changed(table, row, field, image or b"")


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
        # An erased change has no value to compare with; both of them and the salt are NULL then.
        for (row,) in execute(
            f"SELECT t.id FROM {table} t JOIN change c ON c.row = t.id AND c.field = ?1 AND c.tbl = ?2"
            f" WHERE t.{field} IS NOT c.after AND NOT (c.before IS NULL AND c.after IS NULL AND c.salt IS NULL)"
            " AND NOT EXISTS"
            " (SELECT 1 FROM change d JOIN action a ON a.id = d.action_id JOIN action b ON b.id = c.action_id"
            "  WHERE d.row = c.row AND d.field = ?1 AND d.tbl = ?2 AND (a.clock, d.n) > (b.clock, c.n))",
            (field, table),
        ):
            sentence = _("The {field} of {table} {row} was changed outside the journal.")
            yield sentence.format(field=field, table=table, row=row)


def _index_faults(campaign: Campaign) -> Iterator[str]:
    if campaign.read_only:
        return  # SQLite compares the index with the words only where it may write
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
