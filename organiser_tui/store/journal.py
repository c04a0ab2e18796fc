"""The journal: every write is one transaction, told field by field, chained by hashes. No deed has a meaning here."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.clock import Stamp, instant, next_stamp, read_stamp
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.ids import word_id
from organiser_tui.store.engine import DatabaseError, OperationalError, Unreadable, impatient, is_full
from organiser_tui.store.registry import FACTS, KEPT, OF_PERSON, REGISTRY, WORDS
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

Value = int | str | bytes | None
Row = Sequence[Any]
Change = tuple[str, int, str, Value, Value]
"""Table, row, field ('' for a row made), before, after."""
_SALT_BYTES = 16
_END_CHUNK = 5000
_INSERT_CHANGE = (
    "INSERT INTO change (action_id, n, tbl, row, field, before, after, salt, image) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
NOT_UNDONE = (
    "NOT EXISTS (SELECT 1 FROM action u WHERE u.undoes = a.id"
    " AND NOT EXISTS (SELECT 1 FROM action r WHERE r.undoes = u.id))"
)
"""Of an action `a`: it was not taken back, or done again since."""
FIRST = bytes(32)
"""Stands before the first action of a device."""


class Chain:
    """The digest of one action: the action before it, its head, runs of inserted rows, images of changed fields.

    Each of them goes in as a hash of its own behind a mark, so that none can be read as another.
    """

    def __init__(self, previous: bytes, head: str) -> None:
        self._digest = sha256(previous + sha256(head.encode()).digest())
        self._table = ""
        self._run = sha256()

    def inserted(self, table: str, rows: array[int]) -> None:
        """Rows made in `table`; consecutive runs of one table are one run."""
        if self._table != table:
            self._end_run()
            self._table, self._run = table, sha256(table.encode() + b"\x00")
        if sys.byteorder == "big":  # the hash of a file is the same on every machine
            rows = array("q", rows)
            rows.byteswap()
        self._run.update(rows.tobytes())

    def changed(self, table: str, row: int, field: str, image: bytes) -> None:
        """A field of `row`; `image` is the salted hash of its values: they may go and the chain stands."""
        self._end_run()
        self._digest.update(b"~" + sha256(f"{table}\x00{row}\x00{field}\x00".encode() + image).digest())

    def hash(self) -> bytes:
        """The hash of the action, 32 bytes."""
        self._end_run()
        return self._digest.digest()

    def _end_run(self) -> None:
        if self._table:
            self._digest.update(b"+" + self._run.digest())
            self._table = ""


def image_of(salt: bytes, before: Value, after: Value) -> bytes:
    """SHA-256 over the salt and both values of a changed field."""
    values = json.dumps([before, after], ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
    return sha256(salt + values.encode()).digest()


class Head(NamedTuple):
    """What the chain covers of an action beside its changes."""

    id: int
    clock: str
    at: int
    device: str
    organiser_id: int | None
    kind: str
    batch_id: int | None
    undoes: int | None

    def text(self) -> str:
        """The head as it is hashed."""
        return json.dumps(self, ensure_ascii=False)


class Deed:
    """One write under way: rows made, fields changed, and the people whose figures they move."""

    def __init__(self, campaign: Campaign, kind: DeedKind, batch_id: int | None, undoes: int | None) -> None:
        self.campaign = campaign
        self.id = campaign.ids.one()
        self.touched: set[int] = set()
        self.moved_work: set[int] = set()
        """People whose employment or standing at work changed: it moves the isolation of those who know them."""
        self.moved_providers: set[int] = set()
        """Providers whose name or place changed: it moves the words and the sorting of those who work there."""
        self.moved_events: set[int] = set()
        """Events that were moved, called off, or first written down: it moves what was promised about them."""
        self.moved_targets: set[int] = set()
        """People who were put on a call list, or moved on one: it moves nothing of theirs but their targets."""
        self._connection = campaign.connection
        last = self._connection.execute("SELECT clock FROM action ORDER BY clock DESC LIMIT 1").fetchone()
        now = campaign.now()
        stamp = next_stamp(read_stamp(last[0]) if last else Stamp(0, 0), now)
        self.at = instant(now)
        clock = stamp.text(campaign.device)
        previous = self._connection.execute(
            "SELECT hash FROM action WHERE device = ? ORDER BY clock DESC LIMIT 1", (campaign.device,)
        ).fetchone()
        self._previous: bytes = previous[0] if previous else FIRST
        self._head = Head(self.id, clock, self.at, campaign.device, campaign.organiser_id, kind.value, batch_id, undoes)
        self._chain = Chain(self._previous, self._head.text())
        self._count = 0

    @property
    def empty(self) -> bool:
        """Nothing has been written yet."""
        return self._count == 0

    def insert(self, table: str, **fields: Value) -> int:
        """Make one row and return its id; a word or target that stands there gone is brought back as it was.

        Only what `fields` say is set anew: somebody who refused on a list has refused there.
        """
        natural = WORDS.get(table)
        row = word_id(table, *(fields[column] for column in natural)) if natural else self.campaign.ids.one()
        if table not in WORDS or not self._brought_back(table, row, fields):
            self.insert_many(table, ("id", *fields), [(row, *fields.values())])
        return row

    def put(self, table: str, by: Mapping[str, Value] | None = None, **fields: Value) -> None:
        """Have a word say what `fields` do: made where it is not there, `by` whom stays with it, else changed."""
        row = word_id(table, *(fields[column] for column in WORDS[table]))
        held = self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ? AND gone_by IS NULL", (row,)).fetchone()
        if held is None:
            self.insert(table, **fields, **(by or {}))
        else:
            self.change(table, row, **fields)

    def _brought_back(self, table: str, row: int, fields: Mapping[str, Value]) -> bool:
        """Whether `row` had gone and was made anew, with `fields`: no two rows may have the same words."""
        gone = self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ? AND gone_by IS NOT NULL", (row,))
        if gone.fetchone() is None:
            return False
        self._begin()
        self._journal_made(table, array("q", [row]))
        said = {field: value for field, value in fields.items() if REGISTRY[table][field] != KEPT}
        return self.change(table, row, gone_by=None, **said)

    def insert_many(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Make `rows`, whose first column is `id` (for WORDS, word_id()); one change each, without an image."""
        if not rows:
            return
        self._begin()
        places = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
        ids = array("q", [row[0] for row in rows])
        self._journal_made(table, ids)
        if table == "person":
            self.touched.update(ids)
        if table == "target":
            self.moved_targets.update([row[columns.index("person_id")] for row in rows])
        for column in OF_PERSON.get(table, ()):
            if column in columns:
                place = columns.index(column)
                people = {row[place] for row in rows if row[place] is not None}
                self.touched |= people
                if table == "employment":
                    self.moved_work |= people

    def _journal_made(self, table: str, rows: array[int]) -> None:
        # A row each: SQLite begins a savepoint for a statement that writes several, and before it the index of the
        # words writes all that it has gathered, which was a tenth of an import.
        self._connection.executemany(
            f"INSERT INTO change (action_id, n, tbl, row, field) VALUES ({self.id}, ?, '{table}', ?, '')",
            zip(count(self._count), rows, strict=False),
        )
        self._count += len(rows)
        self._chain.inserted(table, rows)

    def change(self, table: str, row: int, **fields: Value) -> bool:
        """Set `fields` of one row; only those that differ are written. Returns whether any did.

        Raises ValueError for a fact: what was noted once stays as it was noted, and can only be voided.
        """
        if table in FACTS and fields.keys() != {"voided_by"}:
            raise ValueError(f"a fact is never changed: {', '.join(fields)} of {table}")
        before = self._connection.execute(f"SELECT {', '.join(fields)} FROM {table} WHERE id = ?", (row,)).fetchone()
        if before is None:
            raise LookupError(f"{table} has no row {row}")
        differing = {f: (old, new) for (f, new), old in zip(fields.items(), before, strict=True) if old != new}
        if not differing:
            return False
        self._set(table, row, differing)
        return True

    def end(self, table: str, row: int) -> None:
        """End a row that has not ended yet: a fact is voided, anything else is gone."""
        self.end_many(table, [row])

    def end_many(self, table: str, rows: Sequence[int]) -> None:
        """End rows of one table, in that order; by whom a row ended first, it has ended.

        What left the file in one deed is known by that: a second deed must not take a row out of the first.
        """
        field = "voided_by" if table in FACTS else "gone_by"
        for start in range(0, len(rows), _END_CHUNK):
            self._end_chunk(table, field, rows[start : start + _END_CHUNK])

    def _end_chunk(self, table: str, field: str, rows: Sequence[int]) -> None:
        of_row = _columns_of_person(table)
        held = {
            row: rest
            for row, *rest in self._connection.execute(
                f"SELECT {', '.join(('id', field, *of_row))} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(rows)),),
            )
        }
        ending = [(row, *people) for row in rows for ended, *people in [held[row]] if ended is None]
        if not ending:
            return
        self._begin()
        self._connection.executemany(f"UPDATE {table} SET {field} = {self.id} WHERE id = ?", [e[:1] for e in ending])
        changes: list[Row] = []
        for row, *_people in ending:
            salt = os.urandom(_SALT_BYTES)
            image = image_of(salt, None, self.id)
            changes.append((self.id, self._count + len(changes), table, row, field, None, self.id, salt, image))
            self._chain.changed(table, row, field, image)
        self._connection.executemany(_INSERT_CHANGE, changes)
        self._count += len(changes)
        self._touch_many(table, [row for row, *_rest in ending], {p for _r, *people in ending for p in people if p})

    def _set(self, table: str, row: int, fields: Mapping[str, tuple[Value, Value]]) -> None:
        self._begin()
        self._touch(table, row)
        sets = ", ".join(f"{field} = ?" for field in fields)
        self._connection.execute(
            f"UPDATE {table} SET {sets} WHERE id = ?", (*(new for _o, new in fields.values()), row)
        )
        for field, (old, new) in fields.items():
            salt = os.urandom(_SALT_BYTES)
            image = image_of(salt, old, new)
            self._connection.execute(_INSERT_CHANGE, (self.id, self._count, table, row, field, old, new, salt, image))
            self._count += 1
            self._chain.changed(table, row, field, image)
        self._touch(table, row)

    def _touch(self, table: str, row: int) -> None:
        people: set[int] = set()
        columns = _columns_of_person(table)
        if columns:
            sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?"
            found = self._connection.execute(sql, (row,)).fetchone()
            people.update(person for person in found or () if person is not None)
        self._touch_many(table, [row], people)

    def _touch_many(self, table: str, rows: Sequence[int], people: set[int]) -> None:
        """Note whose figures move with `rows`, which name `people`."""
        if table == "person":
            people = people | set(rows)
        if table == "provider":
            self.moved_providers.update(rows)
        if table == "event":
            self.moved_events.update(rows)
        if table == "target":
            self.moved_targets |= people
            return
        self.touched |= people
        if table in ("person", "employment"):
            self.moved_work |= people

    def settled(self) -> None:
        """The figures of everybody touched so far have been moved."""
        for moved in (self.touched, self.moved_work, self.moved_providers, self.moved_events, self.moved_targets):
            moved.clear()

    def settled_newcomers(self, people: Iterable[int]) -> None:
        """The figures of `people`, who were made in this deed and whom nobody knows yet, have been moved."""
        self.touched.difference_update(people)
        self.moved_work.difference_update(people)

    def finish(self) -> None:
        """Close the action with its hash; a deed that changed nothing has left no trace."""
        if not self.empty:
            self._connection.execute("UPDATE action SET hash = ? WHERE id = ?", (self._chain.hash(), self.id))

    def _begin(self) -> None:
        """Write the action before its first change, so that gone_by, voided_by and change find it.

        Were it written last, SQLite would look through every table for rows that wait for it: 0.9 s at a million
        people.
        """
        if self.empty:
            self._connection.execute(
                f"INSERT INTO action ({', '.join(Head._fields)}, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*self._head, self._previous, FIRST),
            )


def _columns_of_person(table: str) -> tuple[str, ...]:
    """The columns by which a row of `table` names people whose figures it moves."""
    return OF_PERSON.get(table, ()) or (("person_id",) if table == "target" else ())


@contextmanager
def transaction(campaign: Campaign, *, wait: bool = True) -> Iterator[None]:
    """One transaction that holds the write lock from the start, so that what was read in it still stands.

    Raises OrganiserError where the file cannot be written now, with nothing saved; without `wait` at once where
    another window is writing, else after five seconds.
    """
    if why := campaign.why_read_only:
        raise OrganiserError(why)
    connection = campaign.connection
    try:
        with nullcontext() if wait else impatient(connection):
            connection.execute("BEGIN IMMEDIATE")
        try:
            campaign.refuse_replaced()
            campaign.forget_outdated()
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:  # it was not committed
                connection.execute("ROLLBACK")
    except OperationalError as error:
        raise OrganiserError(_cannot_write(error)) from error
    except Unreadable as error:
        if not isinstance(error, DatabaseError) or "malformed" in str(error) or "not a database" in str(error):
            raise OrganiserError(_("The campaign file is damaged. Nothing was saved; restore a backup.")) from error
        raise


def _cannot_write(why: Exception) -> str:
    error = str(why)
    if "locked" in error or "busy" in error:
        return _("Another window is writing to this campaign and did not finish in time. Nothing was saved; try again.")
    if is_full(why):
        return _("The disk is full. Nothing was saved; make room and try again.")
    if "readonly" in error or "unable to open" in error:
        return _("The campaign file cannot be written to. Nothing was saved; check the folder and its rights.")
    return _("The campaign file could not be written ({error}). Nothing was saved.").format(error=error)


def changes_of(campaign: Campaign, action: int) -> Iterable[Change]:
    """The changes of one action, last first."""
    rows: Iterable[Change] = campaign.connection.execute(
        "SELECT tbl, row, field, before, after FROM change WHERE action_id = ? ORDER BY n DESC", (action,)
    )
    return rows
