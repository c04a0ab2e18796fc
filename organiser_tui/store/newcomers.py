"""Keeps the figures of people who have just come in, many at a time.

Nothing has happened with any of them yet: all but names and numbers follows from where they work and live. It is worked
out by kept_of() for one of them, and the others who are alike take it over. Whoever made them may tell what there is to
know of them (Told); else it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.figures import LAST, UNREACHED_PROVIDER
from organiser_tui.store.facts import Gathered, assembled, gathered_of, region_at, usable_phone
from organiser_tui.store.kept import Kept, found_by, kept_of, name_of, work_words
from organiser_tui.store.refresh import (
    INSERT_FIGURES,
    INSERT_REACH,
    figures_row,
    insert_words,
    move_sums,
    summed,
    turn_rules,
    unreached,
)

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

Alike = dict[tuple[Any, ...], Kept]
"""What was worked out for one newcomer, by all that it follows from; a long deed hands it from call to call."""

Wordings = Mapping[int, tuple[tuple[str, str], str]]
"""What name_of() and found_by() give for some people."""


class Told(NamedTuple):
    """All there is to know of some newcomers."""

    gathered: Gathered
    wordings: Wordings


_CHUNK = 5000
_NAME_KEY, _PHONE = 1, 6
"""Places in a row of figures."""


def keep_newcomers(campaign: Campaign, people: set[int], alike: Alike, told: Told | None) -> None:
    """Keep the figures of `people`, of whom nothing is kept, inside the transaction that made them."""
    if not people:
        return
    today = campaign.today().isoformat()
    if told is not None and people <= told.wordings.keys():
        rows = [row for row in told.gathered.people if row[0] in people]
        _keep(campaign, Told(told.gathered._replace(people=rows), told.wordings), today, alike)
        return
    ids = iter(sorted(people))
    while chunk := list(islice(ids, _CHUNK)):
        _keep(campaign, Told(gathered_of(campaign, chunk, today, new=True), {}), today, alike)


def _keep(campaign: Campaign, told: Told, today: str, alike: Alike) -> None:
    connection, places, language = campaign.connection, campaign.places, campaign.language
    gathered, wordings = told
    newcomers: list[tuple[int, str, str, Kept]] = []
    """Id, the key she is sorted by, the number to call, and one who is like her."""
    words: list[tuple[int, str, str, str]] = []
    for row in gathered.people:
        person, given, family, extra, place, municipality, region, *standing = row
        employed = gathered.employed.get(person, ())
        numbers = gathered.phones.get(person, ())
        phone = usable_phone(numbers, bool(standing[-1]))
        key = (phone is None, region_at(places.region_of, region, municipality), *standing, *employed)
        one = alike.get(key)
        if one is None:
            facts = next(assembled(gathered._replace(people=[row]), places.region_of, today))
            one = alike[key] = kept_of(campaign, facts, today)
        at = tuple([e[3] for e in employed if e[0] in one.working_at])
        work = work_words(at, place, places.municipality_names.get(municipality, ""))
        wording = wordings.get(person)
        if wording is None:
            addresses = tuple([address for (address,) in gathered.emails.get(person, ())])
            numbers_alone = tuple([number for number, *_rest in numbers])
            wording = name_of(family, given, extra, language), found_by(numbers_alone, addresses)
        (name_key, name_words), reached_by = wording
        newcomers.append((person, name_key, phone or LAST, one))
        words.append((person, name_words, work, reached_by))
    connection.executemany(INSERT_REACH, [(person, *row) for person, _k, _p, one in newcomers for row in one.reach])
    moved = move_sums(connection, summed([], [one.reach for _i, _k, _p, one in newcomers]))
    insert_words(connection, words)
    connection.executemany(INSERT_FIGURES, _figures_rows(campaign, newcomers))
    turn_rules(campaign, moved, {person for person, *_rest in newcomers})


def _figures_rows(campaign: Campaign, newcomers: list[tuple[int, str, str, Kept]]) -> list[tuple[Any, ...]]:
    ones = {id(one): one for *_rest, one in newcomers}
    not_reached = unreached(campaign.connection, {at for one in ones.values() for at in one.working_at})
    parts = {}
    for key, one in ones.items():
        rule = UNREACHED_PROVIDER if not_reached.intersection(one.working_at) else one.figures.own_rule
        row = figures_row(one, rule, campaign.card_order[one.figures.card])
        parts[key] = (row[_NAME_KEY + 1 : _PHONE], row[_PHONE + 1 :])
    rows = []
    for person, name_key, phone, one in newcomers:
        before, after = parts[id(one)]
        rows.append((person, name_key, *before, phone, *after))
    return rows
