"""People who are known, as drafts to which a list adds, and the saving of what it added."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from organiser_tui.domain.folding import fold
from organiser_tui.domain.said import DEFAULTS, EmploymentSaid, NumberSaid, PersonSaid, Value
from organiser_tui.store.barring import BARRED_OF
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.imports import RowsOfPeople
from organiser_tui.store.journal import Deed

_FIELDS = (
    *("work", "position", "gender", "region_code", "municipality_code", "place", "street", "postal_code", "town"),
    *("heard_through", "call_how", "next_note", "deceased"),
)


class HeldPerson:
    """A person of the campaign: the draft that stands for her, and how it was when it was read."""

    def __init__(self, draft: PersonSaid) -> None:
        self.draft = draft
        self.custom_rows: dict[str, int] = {}
        self.number_rows: list[int] = []
        """The rows of the numbers that are in the file, in the order of the draft's."""
        self._before: dict[str, Value] = {}
        self._lengths: dict[str, int] = {}
        self._numbers: list[NumberSaid] = []
        self._days: dict[int, tuple[str | None, str | None]] = {}
        self._standing: tuple[int | None, str] = (None, "")
        self._custom: dict[str, str] = {}
        self._barred = ""

    def remember(self) -> None:
        """Take the draft as it is now for what the campaign holds."""
        draft = self.draft
        self._before = self._columns()
        self._lengths = {name: len(getattr(draft, name)) for name in _LISTS}
        self._numbers = list(draft.numbers)
        self._days = {e.id: (e.from_day, e.to_day) for e in draft.employments}
        self._standing = (draft.rating, draft.card)
        self._custom = dict(draft.custom)
        self._barred = draft.barred

    def _columns(self) -> dict[str, Value]:
        draft = self.draft
        return {
            "given": draft.given,
            "family": draft.family,
            "extra": draft.extra,
            **{field: draft.fields.get(field, DEFAULTS.get(field, "")) for field in _FIELDS},
        }

    def save(self, deed: Deed, rows: RowsOfPeople, fields: dict[str, int]) -> None:
        """Write what was added since remember(); new rows go to `rows`, which are saved later."""
        draft = self.draft
        columns = {name: value for name, value in self._columns().items() if value != self._before[name]}
        if columns:
            deed.change("person", draft.id, **columns)
        new = PersonSaid()
        for name, length in self._lengths.items():
            getattr(new, name).extend(getattr(draft, name)[length:])
        for row, number, was in zip(self.number_rows, draft.numbers, self._numbers, strict=False):
            if number != was:
                deed.change("phone", row, kind=number.kind, extension=number.extension)
        for employment in draft.employments:
            days = (employment.from_day, employment.to_day)
            if employment.id and days != self._days[employment.id]:
                deed.change("employment", employment.id, from_day=days[0], to_day=days[1])
        if (draft.rating, draft.card) != self._standing:
            new.rating = draft.rating if draft.rating != self._standing[0] else None
            new.card, new.card_day = (draft.card, draft.card_day) if draft.card != self._standing[1] else ("", None)
        for name, value in draft.custom.items():
            if name not in self._custom:
                new.custom[name] = value
            elif value != self._custom[name]:
                deed.change("custom_value", self.custom_rows[name], value=value)
        before = self._barred.split(",")
        new.barred = ",".join([channel for channel in draft.barred.split(",") if channel not in before])
        rows.add(draft.id, new, fields, self._lengths["numbers"])
        self.remember()


_LISTS = ("numbers", "addresses", "wrong_addresses", "employments", "tags", "languages", "skills", "external")


def held_people(campaign: Campaign, people: Collection[int]) -> dict[int, HeldPerson]:
    """Those of `people` who are in the file, by id."""
    if not people:
        return {}
    listed = json.dumps(list(people))
    found: dict[int, HeldPerson] = {}
    for row in campaign.connection.execute(
        f"SELECT p.id, p.given, p.family, p.extra, {BARRED_OF.format(person='p.id')}, f.rating, f.card, f.card_since,"
        f" {', '.join(f'p.{field}' for field in _FIELDS)} FROM person p JOIN person_figures f ON f.person_id = p.id"
        " WHERE p.id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        draft = PersonSaid()
        draft.id, draft.given, draft.family, draft.extra, draft.barred, rating, card, card_day = row[:8]
        draft.rating = rating if 1 <= rating <= 5 else None
        draft.card, draft.card_day = ("", None) if card == "none" else (card, card_day)
        draft.fields = {f: v for f, v in zip(_FIELDS, row[8:], strict=True) if v != DEFAULTS.get(f, "")}
        found[draft.id] = HeldPerson(draft)
    for table, (columns, take) in _TAKE.items():
        for person, *rest in campaign.connection.execute(
            f"SELECT person_id, {columns} FROM {table} t WHERE gone_by IS NULL"
            " AND person_id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (listed,),
        ):
            if person in found:
                take(found[person], rest)
    for held in found.values():
        held.remember()
    return found


def _take_number(held: HeldPerson, row: list[Any]) -> None:
    number_row, *said = row
    held.number_rows.append(number_row)
    held.draft.numbers.append(NumberSaid(*said))


def _take_address(held: HeldPerson, row: list[Any]) -> None:
    address, standing = row
    (held.draft.wrong_addresses if standing == "wrong" else held.draft.addresses).append(address)


def _take_employment(held: HeldPerson, row: list[Any]) -> None:
    held.draft.employments.append(EmploymentSaid(*row))


def _take_custom(held: HeldPerson, row: list[Any]) -> None:
    value_id, name, value = row
    held.draft.custom[fold(name)] = value
    held.custom_rows[fold(name)] = value_id


_TAKE: dict[str, tuple[str, Callable[[HeldPerson, list[Any]], None]]] = {
    "phone": ("id, e164, written, extension, kind", _take_number),
    "email": ("address, standing", _take_address),
    "employment": ("provider_id, from_day, to_day, id", _take_employment),
    "tag": ("tag", lambda held, row: held.draft.tags.append(row[0])),
    "person_language": ("language", lambda held, row: held.draft.languages.append(row[0])),
    "skill": ("skill", lambda held, row: held.draft.skills.append(row[0])),
    "external_id": ("system, value", lambda held, row: held.draft.external.append((row[0], row[1]))),
    "custom_value": (
        "id, (SELECT c.name FROM custom_field c WHERE c.id = t.custom_field_id), value",
        _take_custom,
    ),
}
