"""Keeps the figures of people who have just come in, many at a time.

Nothing has happened with any of them yet: all but names and numbers follows from where they work and live. It is worked
out by kept_of() for one of them, and the others who are alike take it over. Whoever made them tells what there is to
know of them; it is not read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.figures import LAST
from organiser_tui.domain.said import DEFAULTS, PersonSaid
from organiser_tui.store.facts import Gathered, assembled, region_at, usable_phone
from organiser_tui.store.kept import Folded, Kept, fits_of, folded_of, kept_of, work_words
from organiser_tui.store.refresh import (
    FIGURES,
    INSERT_FIGURES,
    INSERT_REACH,
    figures_row,
    insert_words,
    move_stages,
    move_sums,
    summed,
    turn_fits,
    unreached,
)

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign, Places

Alike = dict[tuple[Any, ...], Kept]
"""What was worked out for one newcomer, by all that it follows from; a long deed hands it from call to call."""


class Told(NamedTuple):
    """All there is to know of people with whom nothing has happened yet."""

    people: Sequence[PersonSaid]
    seats: Mapping[int, tuple[Any, ...]]
    """Name, region and municipality of each provider where one of them works or has worked."""
    dead: Set[str]
    """Those of their numbers that are dead for everyone."""
    folded: Mapping[int, Folded]
    """Of those of whom it has been worked out elsewhere, by person."""


_NAME_KEY, _PHONE = FIGURES.index("name_key"), FIGURES.index("phone")


def keep_newcomers(campaign: Campaign, told: Told, alike: Alike) -> None:
    """Keep the figures of people of whom none are kept, inside the transaction that made them."""
    connection, places, language = campaign.connection, campaign.places, campaign.language
    newcomers: list[tuple[int, str, str, Kept]] = []
    """Id, the key she is sorted by, the number to call, and one who is like her."""
    words: list[tuple[int, str, str, str]] = []
    held_of: dict[tuple[Any, ...], _Held] = {}
    for said in told.people:
        filled = (said.barred, *said.fields.items())
        held = held_of.get(filled)
        if held is None:
            held = held_of[filled] = _held(said, places)
        numbers = _numbers(said, told.dead)
        phone = usable_phone(numbers, held.work_numbers)
        key = (phone is None, held.standing, *[(e.provider_id, e.from_day, e.to_day) for e in said.employments])
        one = alike.get(key)
        if one is None:
            one = alike[key] = _worked_out(campaign, told, said, numbers)
        own = told.folded.get(said.id)
        if own is None:
            addresses = (*said.addresses, *said.wrong_addresses)
            name = (said.family, said.given, said.extra)
            own = folded_of(name, tuple([number[0] for number in numbers]), addresses, language)
        at = work_words(one.wording.working_at, held.place, held.municipality)
        newcomers.append((said.id, own.name_key, phone or LAST, one))
        words.append((said.id, own.name, at, own.numbers))
    connection.executemany(INSERT_REACH, [(person, *row) for person, _k, _p, one in newcomers for row in one.reach])
    moved = move_sums(connection, summed([], [one.reach for _i, _k, _p, one in newcomers]))
    insert_words(connection, words)
    connection.executemany(INSERT_FIGURES, _figures_rows(campaign, newcomers))
    move_stages(connection, (), [one.figures.stage for _i, _k, _p, one in newcomers])
    turn_fits(campaign, moved)


class _Held(NamedTuple):
    """What follows from the columns of a newcomer that are filled: with most of them the same."""

    standing: tuple[Any, ...]
    """All of it that figures follow from."""
    work_numbers: bool
    place: str
    municipality: str
    """Its name."""


def _held(said: PersonSaid, places: Places) -> _Held:
    of = said.fields.get
    municipality = str(of("municipality_code") or "")
    region = region_at(places.region_of, str(of("region_code") or ""), municipality)
    name = places.municipality_names.get(municipality, "")
    return _Held((region, *_standing(said)), bool(of("work_numbers")), str(of("place") or ""), name)


def _numbers(said: PersonSaid, dead: Set[str]) -> list[tuple[str, str, str | None]]:
    """Her numbers as Gathered.phones has them."""
    return [
        (e164, kind, "disconnected" if e164 in dead else None) for e164, _written, _ext, kind in said.numbers if e164
    ]


def _standing(said: PersonSaid) -> tuple[Any, ...]:
    """What a row of Gathered.people ends with."""
    of = said.fields.get
    return (
        *(of("work") or DEFAULTS["work"], of("position") or DEFAULTS["position"], of("left_work_on") is not None),
        *(of("deceased") or 0, said.barred, "", of("handed_to") is not None, of("whom_asked_on") is not None),
        of("work_numbers") or 0,
    )


def _worked_out(
    campaign: Campaign, told: Told, said: PersonSaid, numbers: Sequence[tuple[str, str, str | None]]
) -> Kept:
    """What is kept of one of them."""
    of = said.fields.get
    place = (of("place") or "", of("municipality_code") or "", of("region_code") or "")
    employed = []
    for employment in sorted(said.employments, key=lambda e: (e.from_day is not None, e.from_day or "")):
        name, *seat = told.seats[employment.provider_id]
        employed.append((employment.provider_id, employment.from_day, employment.to_day, name, None, None, *seat))
    gathered = Gathered(
        people=[(said.id, said.given, said.family, said.extra, *place, *_standing(said))],
        employed={said.id: employed},
        phones={said.id: numbers},
        emails={},
        histories=(),
    )
    today = campaign.today().isoformat()
    return kept_of(campaign, next(assembled(gathered, campaign.places.region_of, today)), today)


def _figures_rows(campaign: Campaign, newcomers: list[tuple[int, str, str, Kept]]) -> list[tuple[Any, ...]]:
    ones = {id(one): one for *_rest, one in newcomers}
    not_reached = unreached(campaign.connection, {at for one in ones.values() for at in one.working_at})
    parts = {}
    for key, one in ones.items():
        row = figures_row(one, fits_of(one, not_reached), campaign.card_order[one.figures.card])
        parts[key] = (row[_NAME_KEY + 1 : _PHONE], row[_PHONE + 1 :])
    rows = []
    for person, name_key, phone, one in newcomers:
        before, after = parts[id(one)]
        rows.append((person, name_key, *before, phone, *after))
    return rows
