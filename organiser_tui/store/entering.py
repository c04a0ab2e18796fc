"""Enters people and changes what is kept of them, each in one deed; rows that stay as they are are not touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import ChangedMeanwhileError, OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.people import BarDraft, EmploymentDraft, PersonDraft, PhoneDraft
from organiser_tui.domain.phones import show_phone
from organiser_tui.store.barring import bar, bars_of, lift
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.imports import custom_fields, make_custom_fields
from organiser_tui.store.journal import Deed, Value
from organiser_tui.store.matching import barred_namesakes, namesakes, provider_called
from organiser_tui.store.numbers import disconnected
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.words import known_channels
from organiser_tui.words import _

_MOST_ALIKE = 5

_EMPTY = PersonDraft()
"""What a form shows of somebody new."""
_WORDS_OF = (
    ("email", "address", "emails"),
    ("person_language", "language", "languages"),
    ("skill", "skill", "skills"),
    ("tag", "tag", "tags"),
    ("safe_channel", "channel", "safe_channels"),
)
"""Table, column, and what the draft calls them."""
_DIGITS_OF_A_NUMBER = 4
"""So many digits in a name are a number that went astray."""


class Alike(NamedTuple):
    """Somebody in the file who may be the one being entered, and why."""

    id: int
    name: str
    provider: str
    why: str


def alike(campaign: Campaign, draft: PersonDraft, person_id: int | None = None) -> list[Alike]:
    """People other than `person_id` with the same number or e-mail, or the same name at the same provider.

    Also namesakes who must not be contacted, those as well who have left the file, and all namesakes where nothing but
    the name is said.
    """
    found: dict[int, Alike] = {}
    for phone in draft.phones:
        if phone.read.e164:
            sql = "t.person_id FROM phone t WHERE t.e164 = ? AND t.gone_by IS NULL"
            why = _("the same number, {what}").format(what=show_phone(phone.read.e164, campaign.country))
            _gather(campaign, found, sql, (phone.read.e164,), why)
    for address in draft.emails:
        sql = "t.person_id FROM email t WHERE t.address = ? AND t.gone_by IS NULL"
        why = _("the same address, {what}").format(what=clean(address))
        _gather(campaign, found, sql, (clean(address),), why)
    _gather_namesakes(campaign, found, draft)
    found.pop(person_id or 0, None)
    return list(found.values())[:_MOST_ALIKE]


def _gather_namesakes(campaign: Campaign, found: dict[int, Alike], draft: PersonDraft) -> None:
    name = (draft.given, draft.family, draft.extra)
    ids = json.dumps(namesakes(campaign, *name))
    providers = [e.provider for e in draft.employments if fold(e.provider)]
    for held in filter(None, (provider_called(campaign, provider) for provider in providers)):
        sql = (
            "e.person_id FROM employment e WHERE e.provider_id = ? AND e.gone_by IS NULL"
            " AND e.person_id IN (SELECT value FROM json_each(?))"
        )
        _gather(campaign, found, sql, (held.id, ids), _("the same name at the same provider"))
    barred = barred_namesakes(campaign, *name)
    theirs = json.dumps([one.id for one in barred])
    _gather(campaign, found, "value FROM json_each(?)", (theirs,), _("the same name, and must not be contacted"))
    for one in barred:
        if one.gone:
            why = _("the same name; she left the file, and must not be contacted")
            found.setdefault(one.id, Alike(one.id, one.shown, "", why))
    if not (providers or draft.phones or draft.emails):
        _gather(campaign, found, "value FROM json_each(?)", (ids,), _("the same name"))


def _gather(campaign: Campaign, found: dict[int, Alike], sql: str, values: Sequence[object], why: str) -> None:
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), coalesce(v.name, '') FROM person p"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        f" WHERE p.gone_by IS NULL AND p.id IN (SELECT {sql}) ORDER BY p.id LIMIT {_MOST_ALIKE + 1}",
        values,
    )
    for person, name, provider in rows.fetchall():
        found.setdefault(person, Alike(person, name, provider, why))


def save_person(
    campaign: Campaign,
    draft: PersonDraft,
    person_id: int | None = None,
    was: PersonDraft = _EMPTY,
    *,
    over: bool = False,
) -> int:
    """Enter a new person, or change `person_id` from what a form showed (`was`) into what it says now; returns the id.

    What is the same in both is left as it is in the file: another window may have changed it since the form was opened.
    A provider that is not known is made in the same deed. Raises OrganiserError, with nothing saved, where the draft
    holds nothing to know her by, or the person is no longer in the file; ChangedMeanwhileError where another window has
    changed one of the same fields since, unless `over` says that this is known.
    """
    with campaign.write(DeedKind.ENTER_PERSON if person_id is None else DeedKind.CHANGE_PERSON) as deed:
        _check(campaign, draft, person_id)
        draft = replace(draft, safe_channels=known_channels(campaign, draft.safe_channels))
        before = None
        fields, shown = _fields(draft), _fields(was)
        if person_id is not None:
            before = campaign.connection.execute(
                "SELECT municipality_code FROM person WHERE id = ?", (person_id,)
            ).fetchone()[0]
            fields = {name: value for name, value in fields.items() if value != shown[name]}
            if not over:
                _refuse_changed(campaign, person_id, fields, shown)
        if fields.get("municipality_code", before) != before:
            fields["region_code"] = campaign.places.region_of.get(draft.municipality_code or "")
        if person_id is None:
            person_id = deed.insert("person", **fields)
        elif fields:
            deed.change("person", person_id, **fields)
        if draft.phones != was.phones:
            _save_phones(deed, person_id, draft.phones, was.phones)
        for table, column, name in _WORDS_OF:
            _save_words(deed, person_id, (table, column), getattr(draft, name), getattr(was, name))
        _save_external(deed, person_id, draft.external, was.external)
        _save_custom(deed, person_id, draft.custom, was.custom)
        _save_bars(deed, person_id, draft.bars, was.bars)
        _save_employments(deed, person_id, draft, was)
    return person_id


def _refuse_changed(
    campaign: Campaign, person_id: int, fields: Mapping[str, Value], shown: Mapping[str, Value]
) -> None:
    """Raise ChangedMeanwhileError where one of `fields` is neither what was `shown` nor what it is to be."""
    if not fields:
        return
    sql = f"SELECT {', '.join(fields)} FROM person WHERE id = ?"
    held = dict(zip(fields, campaign.connection.execute(sql, (person_id,)).fetchone(), strict=True))
    differing = {name: now for name, now in held.items() if now not in (shown[name], fields[name])}
    if differing:
        raise ChangedMeanwhileError(differing)


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
            *("call_how", "call_language", "next_note"),
        )
    }
    for name in (
        *("work", "position", "left_work_on", "heard_through", "municipality_code"),
        *("call_from", "call_until", "leave_message", "name_union"),
    ):
        fields[name] = getattr(draft, name)
    for name in ("work_numbers", "leader", "activist", "deceased"):
        fields[name] = int(getattr(draft, name))
    return fields


def _save_phones(deed: Deed, person_id: int, phones: Sequence[PhoneDraft], were: Sequence[PhoneDraft]) -> None:
    rows = deed.campaign.connection.execute(
        "SELECT id, e164, written, extension FROM phone WHERE person_id = ? AND gone_by IS NULL ORDER BY position, id",
        (person_id,),
    ).fetchall()
    held = {(e164 or written, extension): phone for phone, e164, written, extension in reversed(rows)}
    shown = {_number_key(phone) for phone in were}
    kept: set[int] = set()
    for place, phone in enumerate(phones, 1):
        read, row = phone.read, held.get(_number_key(phone))
        if row is not None and row not in kept:
            kept.add(row)
            deed.change("phone", row, kind=clean(phone.kind), position=place)
        elif row is None and _number_key(phone) not in shown:
            deed.insert(
                "phone",
                person_id=person_id,
                e164=read.e164,
                written=clean(read.written),
                extension=read.extension,
                kind=clean(phone.kind),
                position=place,
                standing="disconnected" if disconnected(deed.campaign, [read.e164]) else None,
            )
    for row, e164, written, extension in rows:
        if row not in kept and (e164 or written, extension) in shown:
            deed.end("phone", row)


def _number_key(phone: PhoneDraft) -> tuple[str, str]:
    return phone.read.e164 or phone.read.written, phone.read.extension


def _save_words(deed: Deed, person_id: int, where: tuple[str, str], words: Iterable[str], were: Iterable[str]) -> None:
    table, column = where
    held = dict(
        deed.campaign.connection.execute(
            f"SELECT {column}, id FROM {table} WHERE person_id = ? AND gone_by IS NULL", (person_id,)
        ).fetchall()
    )
    wanted, shown = dict.fromkeys(map(clean, words)), set(map(clean, were))
    for word in wanted:
        if word not in held and word not in shown:
            deed.insert(table, person_id=person_id, **{column: word})
    for word in shown - set(wanted):
        if word in held:
            deed.end(table, held[word])


def _save_external(
    deed: Deed, person_id: int, pairs: Iterable[tuple[str, str]], were: Iterable[tuple[str, str]]
) -> None:
    rows = deed.campaign.connection.execute(
        "SELECT system, value, id FROM external_id WHERE person_id = ? AND gone_by IS NULL", (person_id,)
    ).fetchall()
    held = {(system, value): row for system, value, row in rows}
    wanted = dict.fromkeys((clean(system), clean(value)) for system, value in pairs)
    shown = {(clean(system), clean(value)) for system, value in were}
    for system, value in wanted:
        if (system, value) not in held and (system, value) not in shown:
            deed.insert("external_id", person_id=person_id, system=system, value=value)
    for pair in shown - set(wanted):
        if pair in held:
            deed.end("external_id", held[pair])


def _save_custom(deed: Deed, person_id: int, pairs: Iterable[tuple[str, str]], were: Iterable[tuple[str, str]]) -> None:
    """A field whose name is new is made; one that is not named any more, or left empty, has no value any more."""
    fields = custom_fields(deed.campaign)
    held = dict(
        deed.campaign.connection.execute(
            "SELECT custom_field_id, id FROM custom_value WHERE person_id = ? AND gone_by IS NULL ORDER BY id",
            (person_id,),
        ).fetchall()
    )
    wanted = {fold(name): (clean(name), clean(value)) for name, value in pairs if clean(value)}
    shown = {fold(name): clean(value) for name, value in were}
    for key, (name, value) in wanted.items():
        if shown.get(key) == value:
            continue
        if key not in fields:
            fields |= make_custom_fields(deed, [name])
        if fields[key] in held:
            deed.change("custom_value", held[fields[key]], value=value)
        else:
            deed.insert("custom_value", person_id=person_id, custom_field_id=fields[key], value=value)
    for key in set(shown) - set(wanted):
        if fields.get(key) in held:
            deed.end("custom_value", held[fields[key]])


def _save_bars(deed: Deed, person_id: int, bars: Sequence[BarDraft], were: Sequence[BarDraft]) -> None:
    """What is new is barred from today on; what the form showed and does not hold any more was taken back."""
    held = {row[0] for row in bars_of(deed.campaign, person_id)}
    lifted = {one.id for one in were} - {one.id for one in bars}
    for row in sorted(held & lifted):
        lift(deed, row)
    for one in bars:
        if one.id is None:
            channel = None if one.channel is None else known_channels(deed.campaign, [one.channel])[0]
            bar(deed, person_id, channel, deed.campaign.today().isoformat())


def _save_employments(deed: Deed, person_id: int, draft: PersonDraft, was: PersonDraft) -> None:
    """The form names no place: a job is where she lives, else where the provider is, or keeps what a list told of it.

    What was told of a job at one provider says nothing of another: it goes with the provider.
    """
    rows = deed.campaign.connection.execute(
        "SELECT id, provider_id FROM employment WHERE person_id = ? AND gone_by IS NULL", (person_id,)
    )
    held = dict(rows.fetchall())
    for employment in draft.employments:
        fields: dict[str, Value] = {"from_day": employment.from_day, "to_day": employment.to_day}
        if employment.id is None:
            deed.insert("employment", person_id=person_id, provider_id=_provider(deed, employment), **fields)
        elif employment.id in held and employment not in was.employments:
            provider = _provider(deed, employment)
            if provider != held[employment.id]:
                fields |= {"provider_id": provider, "region_code": None, "municipality_code": None, "place": ""}
            deed.change("employment", employment.id, **fields)
    shown = {employment.id for employment in was.employments}
    for row in shown - {employment.id for employment in draft.employments}:
        if row is not None and row in held:
            deed.end("employment", row)


def _provider(deed: Deed, employment: EmploymentDraft) -> int:
    """The provider of that name, made where it is new."""
    name = clean(employment.provider)
    held = provider_called(deed.campaign, name)
    return held.id if held else deed.insert("provider", name=name, folded=fold(name), kind="unknown")
