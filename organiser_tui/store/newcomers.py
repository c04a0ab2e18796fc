"""Keeps the figures of people who have just come in, many at a time.

Nothing has happened with any of them yet: all but names and numbers follows from where they work and live. It is worked
out by kept_of() for one of them, and the others who are alike take it over. Whoever made them tells what there is to
know of them; it is not read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.figures import LAST
from organiser_tui.store.facts import Gathered, assembled, region_at, usable_phone
from organiser_tui.store.kept import Folded, Kept, folded_of, kept_of, rule_of, work_words
from organiser_tui.store.refresh import (
    FIGURES,
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


class Told(NamedTuple):
    """All there is to know of people with whom nothing has happened yet."""

    gathered: Gathered
    folded: Mapping[int, Folded]
    """Of those of whom it has been worked out elsewhere."""


_NAME_KEY, _PHONE = FIGURES.index("name_key"), FIGURES.index("phone")


def keep_newcomers(campaign: Campaign, told: Told, alike: Alike) -> None:
    """Keep the figures of people of whom none are kept, inside the transaction that made them."""
    connection, places, language = campaign.connection, campaign.places, campaign.language
    today = campaign.today().isoformat()
    gathered, folded = told
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
        own = folded.get(person)
        if own is None:
            addresses = tuple([address for (address,) in gathered.emails.get(person, ())])
            own = folded_of((family, given, extra), tuple([number[0] for number in numbers]), addresses, language)
        newcomers.append((person, own.name_key, phone or LAST, one))
        words.append((person, own.name, work, own.numbers))
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
        row = figures_row(one, rule_of(one, not_reached), campaign.card_order[one.figures.card])
        parts[key] = (row[_NAME_KEY + 1 : _PHONE], row[_PHONE + 1 :])
    rows = []
    for person, name_key, phone, one in newcomers:
        before, after = parts[id(one)]
        rows.append((person, name_key, *before, phone, *after))
    return rows
