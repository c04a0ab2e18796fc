"""Enters people and changes what is kept of them, each in one deed; rows that stay as they are are not touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.people import EmploymentDraft, PersonDraft, PhoneDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.imports import custom_fields, make_custom_fields
from organiser_tui.store.journal import Deed, Value
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_MOST_ALIKE = 5

_DIGITS_OF_A_NUMBER = 4
"""So many digits in a name are a number that went astray."""


class Alike(NamedTuple):
    """Somebody in the file who may be the one being entered, and why."""

    id: int
    name: str
    provider: str
    why: str


def alike(campaign: Campaign, draft: PersonDraft, person_id: int | None = None) -> list[Alike]:
    """People other than `person_id` with the same number or e-mail, or the same name at the same provider."""
    found: dict[int, Alike] = {}
    for phone in draft.phones:
        if phone.read.e164:
            sql = "t.person_id FROM phone t WHERE t.e164 = ? AND t.gone_by IS NULL"
            _gather(campaign, found, sql, (phone.read.e164,), _("the same number {what}").format(what=phone.read.e164))
    for address in draft.emails:
        sql = "t.person_id FROM email t WHERE t.address = ? AND t.gone_by IS NULL"
        _gather(campaign, found, sql, (clean(address),), _("the same address {what}").format(what=clean(address)))
    name = fold(f"{draft.family} {draft.given}")
    for provider in [fold(e.provider) for e in draft.employments if fold(e.provider)] if name else []:
        sql = (
            "s.id FROM person_search s JOIN employment e ON e.person_id = s.id AND e.gone_by IS NULL"
            " JOIN provider v ON v.id = e.provider_id WHERE s.name >= ? AND s.name < ?"
            " AND (s.name = ? OR s.name LIKE ? || ' %') AND v.folded = ?"
        )
        values = (name, name + "\U0010ffff", name, name, provider)
        _gather(campaign, found, sql, values, _("the same name at the same provider"))
    found.pop(person_id or 0, None)
    return list(found.values())[:_MOST_ALIKE]


def _gather(campaign: Campaign, found: dict[int, Alike], sql: str, values: Sequence[object], why: str) -> None:
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), coalesce(v.name, '') FROM person p"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        f" WHERE p.gone_by IS NULL AND p.id IN (SELECT {sql}) ORDER BY p.id LIMIT {_MOST_ALIKE + 1}",
        values,
    )
    for person, name, provider in rows.fetchall():
        found.setdefault(person, Alike(person, name, provider, why))


def save_person(campaign: Campaign, draft: PersonDraft, person_id: int | None = None) -> int:
    """Enter a new person, or change `person_id` into what the draft says; returns the id.

    A provider that is not known is made in the same deed. Raises OrganiserError, with nothing saved, where the draft
    holds nothing to know her by, or the person is no longer in the file.
    """
    with campaign.write("enter person" if person_id is None else "change person") as deed:
        _check(campaign, draft, person_id)
        fields = _fields(draft)
        before = None
        if person_id is not None:
            before = campaign.connection.execute(
                "SELECT municipality_code FROM person WHERE id = ?", (person_id,)
            ).fetchone()[0]
        if before != draft.municipality_code:
            fields["region_code"] = campaign.places.region_of.get(draft.municipality_code or "")
        if person_id is None:
            person_id = deed.insert("person", **fields)
        else:
            deed.change("person", person_id, **fields)
        _save_phones(deed, person_id, draft.phones)
        _save_words(deed, person_id, "email", "address", [clean(address) for address in draft.emails])
        _save_words(deed, person_id, "person_language", "language", draft.languages)
        _save_words(deed, person_id, "skill", "skill", draft.skills)
        _save_words(deed, person_id, "tag", "tag", draft.tags)
        _save_external(deed, person_id, draft.external)
        _save_custom(deed, person_id, draft.custom)
        _save_employments(deed, person_id, draft, before)
    return person_id


def _check(campaign: Campaign, draft: PersonDraft, person_id: int | None) -> None:
    if not fold(f"{draft.given} {draft.family}") and not any(phone.read.e164 for phone in draft.phones):
        raise OrganiserError(_("A person needs a name, or at least a number."))
    for name in (draft.given, draft.family):
        if sum(character.isdigit() for character in name) >= _DIGITS_OF_A_NUMBER:
            raise OrganiserError(_("“{name}” holds a number: numbers go under Phone.").format(name=name))
    held = (
        {}
        if person_id is None
        else dict(
            campaign.connection.execute(
                "SELECT written, id FROM phone WHERE person_id = ? AND gone_by IS NULL", (person_id,)
            ).fetchall()
        )
    )
    for phone in draft.phones:
        if phone.read.e164 is None and phone.read.written not in held:
            raise OrganiserError(f"{phone.read.written}: {phone.read.reason}")
    for employment in draft.employments:
        if not fold(employment.provider):
            raise OrganiserError(_("An employment needs the name of the provider."))
        if employment.from_day and employment.to_day and employment.to_day < employment.from_day:
            raise OrganiserError(_("An employment cannot end before it begins."))
    if person_id is not None:
        refuse_gone(campaign, "person", person_id)


def _fields(draft: PersonDraft) -> dict[str, Value]:
    fields: dict[str, Value] = {
        name: clean(getattr(draft, name))
        for name in (
            *("given", "family", "extra", "place", "street", "postal_code", "town", "which_work", "gender"),
            *("safe_channels", "call_how", "call_language", "next_note"),
        )
    }
    for name in (
        *("work", "position", "left_work_on", "heard_through", "do_not_contact", "municipality_code"),
        *("call_from", "call_until", "leave_message", "name_union"),
    ):
        fields[name] = getattr(draft, name)
    for name in ("work_numbers", "leader", "activist", "deceased"):
        fields[name] = int(getattr(draft, name))
    return fields


def _save_phones(deed: Deed, person_id: int, phones: Sequence[PhoneDraft]) -> None:
    rows = deed.campaign.connection.execute(
        "SELECT id, e164, written, extension FROM phone WHERE person_id = ? AND gone_by IS NULL ORDER BY position, id",
        (person_id,),
    ).fetchall()
    held = {(e164 or written, extension): phone for phone, e164, written, extension in reversed(rows)}
    kept: set[int] = set()
    for place, phone in enumerate(phones, 1):
        read = phone.read
        row = held.get((read.e164 or read.written, read.extension))
        if row is not None and row not in kept:
            kept.add(row)
            deed.change("phone", row, kind=clean(phone.kind), position=place)
        elif row is None:
            deed.insert(
                "phone",
                person_id=person_id,
                e164=read.e164,
                written=clean(read.written),
                extension=read.extension,
                kind=clean(phone.kind),
                position=place,
            )
    for row in rows:
        if row[0] not in kept:
            deed.end("phone", row[0])


def _save_words(deed: Deed, person_id: int, table: str, column: str, words: Iterable[str]) -> None:
    held = dict(
        deed.campaign.connection.execute(
            f"SELECT {column}, id FROM {table} WHERE person_id = ? AND gone_by IS NULL", (person_id,)
        ).fetchall()
    )
    wanted = list(dict.fromkeys(words))
    for word in wanted:
        if word not in held:
            deed.insert(table, person_id=person_id, **{column: word})
    for word, row in held.items():
        if word not in wanted:
            deed.end(table, row)


def _save_external(deed: Deed, person_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    rows = deed.campaign.connection.execute(
        "SELECT system, value, id FROM external_id WHERE person_id = ? AND gone_by IS NULL", (person_id,)
    ).fetchall()
    held = {(system, value): row for system, value, row in rows}
    wanted = dict.fromkeys((clean(system), clean(value)) for system, value in pairs)
    for system, value in wanted:
        if (system, value) not in held:
            deed.insert("external_id", person_id=person_id, system=system, value=value)
    for pair, row in held.items():
        if pair not in wanted:
            deed.end("external_id", row)


def _save_custom(deed: Deed, person_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    """A field whose name is new is made; one that is not named, or left empty, has no value any more."""
    fields = custom_fields(deed.campaign)
    held = dict(
        deed.campaign.connection.execute(
            "SELECT custom_field_id, id FROM custom_value WHERE person_id = ? AND gone_by IS NULL ORDER BY id",
            (person_id,),
        ).fetchall()
    )
    for name, value in ((clean(name), clean(value)) for name, value in pairs):
        if not value:
            continue
        if fold(name) not in fields:
            fields |= make_custom_fields(deed, [name])
        field = fields[fold(name)]
        if field in held:
            deed.change("custom_value", held.pop(field), value=value)
        else:
            deed.insert("custom_value", person_id=person_id, custom_field_id=field, value=value)
    for row in held.values():
        deed.end("custom_value", row)


def _save_employments(deed: Deed, person_id: int, draft: PersonDraft, before: str | None) -> None:
    """Where she lives is where she works unless the row says otherwise: those that said the old place move along."""
    connection = deed.campaign.connection
    held = dict(
        connection.execute(
            "SELECT id, municipality_code FROM employment WHERE person_id = ? AND gone_by IS NULL", (person_id,)
        ).fetchall()
    )
    for employment in draft.employments:
        fields: dict[str, Value] = {
            "provider_id": _provider(deed, employment),
            "from_day": employment.from_day,
            "to_day": employment.to_day,
        }
        region = deed.campaign.places.region_of.get(draft.municipality_code or "")
        if employment.id is not None and employment.id in held:
            row = held.pop(employment.id)
            if row == before and draft.municipality_code is not None and employment.to_day is None:
                fields |= {"municipality_code": draft.municipality_code, "region_code": region}
            deed.change("employment", employment.id, **fields)
        else:
            fields |= {"municipality_code": draft.municipality_code, "region_code": region}
            deed.insert("employment", person_id=person_id, **fields)
    for row in held:
        deed.end("employment", row)


def _provider(deed: Deed, employment: EmploymentDraft) -> int:
    """The provider of that name, made where it is new."""
    name = clean(employment.provider)
    row = deed.campaign.connection.execute(
        "SELECT id FROM provider WHERE folded = ? AND gone_by IS NULL ORDER BY name = ? DESC, id LIMIT 1",
        (fold(name), name),
    ).fetchone()
    return int(row[0]) if row else deed.insert("provider", name=name, folded=fold(name), kind="unknown")
