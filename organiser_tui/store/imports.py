"""Saves what a list says of people: new people with what hangs on them, and the batch with its remarks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from organiser_tui.domain.barred import channels_barred
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.said import DEFAULTS, PersonSaid
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import memory_kib
from organiser_tui.store.journal import Deed
from organiser_tui.store.kept import Folded
from organiser_tui.store.newcomers import Alike, Told, keep_newcomers
from organiser_tui.store.numbers import disconnected
from organiser_tui.store.refresh import many_words
from organiser_tui.store.registry import NO_HISTORY, OF_PERSON

_LEAST_CACHE, _MOST_CACHE = 64 * 1024, 2 * 1024 * 1024  # KiB
_CACHE_UNTOLD = 512 * 1024
"""KiB at most where the system does not tell how much memory it has; else an eighth of it."""
_FOR_ONE = 2  # KiB that a person takes in the file, with all that a list says of her


class RemarkRow(NamedTuple):
    """One thing to say of a row of the file."""

    line: int
    kind: str
    field: str
    reason: str
    cells: str
    person_id: int | None


class Counts(NamedTuple):
    """The counts of a batch: read = added + matched + rejected + questions."""

    read: int
    added: int
    matched: int
    changed: int
    rejected: int
    questions: int


@contextmanager
def many_pages(campaign: Campaign, people: int) -> Iterator[None]:
    """Room for the pages that `people` touch while they are written: in a big file they lie far apart.

    A fifth of the file as it will be: room is only taken as far as it is needed. With less, pages are written and read
    again and again: half the speed.
    """
    whole = campaign.path.stat().st_size // 1024 + people * _FOR_ONE
    memory = memory_kib()
    most = _CACHE_UNTOLD if memory is None else min(memory // 8, _MOST_CACHE)
    size = max(min(whole // 5, most), _LEAST_CACHE)
    connection = campaign.connection
    before = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = {-size}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {before}")


@contextmanager
def sorted_later(campaign: Campaign, people: int) -> Iterator[None]:
    """Inside a transaction that makes `people`: where they are more than all before, lists are put in order at the end.

    The dozen indexes that order the lists of people are made anew then, which takes half as long as keeping them. The
    words of the search are gathered, too.
    """
    connection = campaign.connection
    more = connection.execute("SELECT 1 FROM person_figures LIMIT 1 OFFSET ?", (people,)).fetchone() is None
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'person_figures' AND sql IS NOT NULL"
        " ORDER BY rowid LIMIT ?",
        (-1 if more else 0,),
    ).fetchall()
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    with many_words(connection):
        yield
    for _name, sql in indexes:
        connection.execute(sql)


def make_provider(deed: Deed, name: str, kind: str, municipality: str, region: str, source: str) -> int:
    """Make a provider; the codes are '' where the place is not known."""
    return deed.insert(
        "provider",
        name=clean(name),
        folded=fold(name),
        kind=kind,
        municipality_code=municipality or None,
        region_code=region or None,
        source=source,
    )


def custom_fields(campaign: Campaign) -> dict[str, int]:
    """The custom fields by folded name."""
    rows = campaign.connection.execute("SELECT name, id FROM custom_field WHERE gone_by IS NULL ORDER BY id DESC")
    return {fold(name): field for name, field in rows}


class Newcomers:
    """Makes the people whom a list brings, and keeps their figures; `source` is the list."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._alike: Alike = {}

    def add(
        self, deed: Deed, drafts: Sequence[PersonSaid], folded: Mapping[int, Folded], fields: dict[str, int]
    ) -> None:
        """Make the people of `drafts`, whose ids are given, of some of whom it is known how they are `folded`.

        `fields` are the custom fields by folded name.
        """
        if not drafts:
            return
        columns = sorted({field for draft in drafts for field in draft.fields})
        held = [(column, DEFAULTS.get(column, "")) for column in columns]
        deed.insert_many(
            "person",
            ("id", "given", "family", "extra", "source", *columns),
            [
                (
                    *(draft.id, draft.given, draft.family, draft.extra, self._source),
                    *[draft.fields.get(column, default) for column, default in held],
                )
                for draft in drafts
            ],
        )
        rows = RowsOfPeople(deed, self._source)
        for draft in drafts:
            rows.add(draft.id, draft, fields)
        dead = rows.save()
        begun = rows.with_history()
        fresh = [draft for draft in drafts if draft.id not in begun]
        keep_newcomers(deed.campaign, Told(fresh, rows.seats(), dead, folded), self._alike)
        deed.settled_newcomers([draft.id for draft in fresh])


class RowsOfPeople:
    """Rows that hang on people, gathered by table and saved in one go."""

    def __init__(self, deed: Deed, source: str) -> None:
        self._deed = deed
        self._source = source
        self._today = deed.campaign.today().isoformat()
        self._of: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}

    def add(self, person: int, said: PersonSaid, fields: dict[str, int], position: int = 0) -> None:
        """The rows for what is `said`; its numbers come after the `position` that she has already."""
        of, source = self._of, self._source
        for place, (e164, written, extension, kind) in enumerate(said.numbers, start=position + 1):
            of["phone"].append((person, e164, written, extension, kind, place, None, source))
        for address in said.addresses:
            of["email"].append((person, address, None, source))
        for address in said.wrong_addresses:
            of["email"].append((person, address, "wrong", source))
        for employment in said.employments:
            of["employment"].append((person, employment.provider_id, employment.from_day, employment.to_day, source))
        if said.tags:
            of["tag"].extend((person, tag) for tag in said.tags)
        if said.languages:
            of["person_language"].extend((person, language) for language in said.languages)
        if said.skills:
            of["skill"].extend((person, skill) for skill in said.skills)
        if said.external:
            of["external_id"].extend((person, *pair) for pair in said.external)
        if said.custom:
            of["custom_value"].extend((person, fields[name], value) for name, value in said.custom.items())
        self._add_standing(person, said)

    def _add_standing(self, person: int, said: PersonSaid) -> None:
        of, source, organiser = self._of, self._source, self._deed.campaign.organiser_id
        if said.barred:
            barred = channels_barred(said.barred)
            of["barred_channel"].extend((person, channel, self._today, organiser, source) for channel in barred)
        if said.rating is not None:
            of["assessment"].append((person, said.rating, self._today, organiser))
        if said.card:
            of["card"].append((person, said.card, said.card_day or self._today, source, organiser))

    def with_history(self) -> set[int]:
        """Those with whom something has happened by what the list says of them: they were rated, say."""
        tables = OF_PERSON.keys() & self._of.keys() - NO_HISTORY
        return {row[0] for table in tables for row in self._of[table]}

    def seats(self) -> dict[int, tuple[Any, ...]]:
        """Name, region and municipality of each provider in the rows."""
        asked = json.dumps(list({row[1] for row in self._of["employment"]}))
        sql = (
            "SELECT id, name, region_code, municipality_code FROM provider WHERE id IN (SELECT value FROM json_each(?))"
        )
        return {provider: seat for provider, *seat in self._deed.campaign.connection.execute(sql, (asked,))}

    def save(self) -> set[str]:
        """Save them, table by table; a number that is dead for everyone is so from now on in these rows too.

        Returns those numbers.
        """
        dead = disconnected(self._deed.campaign, [row[1] for row in self._of["phone"]])
        if dead:
            self._of["phone"] = [(*r[:6], "disconnected" if r[1] in dead else None, r[7]) for r in self._of["phone"]]
        for table, columns in _COLUMNS.items():
            rows = self._of[table]
            ids = self._deed.campaign.ids.block(len(rows))
            self._deed.insert_many(table, ("id", *columns), [(i, *row) for i, row in zip(ids, rows, strict=True)])
        return dead


_COLUMNS: dict[str, tuple[str, ...]] = {
    "phone": ("person_id", "e164", "written", "extension", "kind", "position", "standing", "source"),
    "email": ("person_id", "address", "standing", "source"),
    "employment": ("person_id", "provider_id", "from_day", "to_day", "source"),
    "barred_channel": ("person_id", "channel", "since", "organiser_id", "source"),
    "tag": ("person_id", "tag"),
    "person_language": ("person_id", "language"),
    "skill": ("person_id", "skill"),
    "external_id": ("person_id", "system", "value"),
    "custom_value": ("person_id", "custom_field_id", "value"),
    "assessment": ("person_id", "rating", "day", "organiser_id"),
    "card": ("person_id", "state", "day", "reason", "organiser_id"),
}


def save_batch(deed: Deed, batch: int, file_name: str, counts: Counts, remarks: Sequence[RemarkRow]) -> None:
    """Save the batch itself, and what there is to say of its rows."""
    campaign = deed.campaign
    deed.insert_many(
        "import_batch",
        ("id", "file_name", "at", "organiser_id", *Counts._fields),
        [(batch, file_name, deed.at, campaign.organiser_id, *counts)],
    )
    deed.insert_many(
        "import_remark",
        ("id", "batch_id", *RemarkRow._fields),
        [(i, batch, *remark) for i, remark in zip(campaign.ids.block(len(remarks)), remarks, strict=True)],
    )


def make_custom_fields(deed: Deed, names: Sequence[str]) -> dict[str, int]:
    """Make a custom field of each name; returns them by folded name."""
    ids = deed.campaign.ids.block(len(names))
    deed.insert_many("custom_field", ("id", "name"), list(zip(ids, names, strict=True)))
    return {fold(name): field for field, name in zip(ids, names, strict=True)}
