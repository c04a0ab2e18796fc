"""Keeps the kept figures: reads people's rows and moves what follows from them. The meaning is in domain.figures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.figures import (
    EVERY_REGION,
    LAST,
    NO_PROVIDER,
    UNREACHED_PROVIDER,
    WHOLE_CAMPAIGN,
    PersonFigures,
    ReachRow,
    person_figures,
    reach_rows,
)
from organiser_tui.domain.folding import fold, sort_key
from organiser_tui.domain.phones import search_digits
from organiser_tui.store.facts import FactsOf, facts_of

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_CHUNK = 500
_COUNTS = ("known", "attempted", "spoken_with", "reached", "asked", "signed")
_FIGURES = (
    *("person_id", "name_key", "provider_id", "provider_key", "region_code", "region_key", "phone", "card"),
    *("card_order", "card_since", "form_due", "rating", "rated_on", "attempts", "last_contact", "last_outcome"),
    *("last_conversation", "spoken_with", "reached", "asked", "isolation", "next_due", "barred", "rests_until"),
    *("rest", "rule", "turns_on"),
)
_Place = tuple[int, str]


class Kept(NamedTuple):
    """What is kept of one person: her row of figures without the rule, her reach, her words for the search."""

    person_id: int
    figures: PersonFigures
    name_key: str
    provider_id: int | None
    provider_key: str
    region_code: str
    region_key: str
    working_at: tuple[int, ...]
    reach: list[ReachRow]
    words: tuple[str, str, str]


def refresh(campaign: Campaign, people: Iterable[int]) -> None:
    """Move the kept figures of `people`, inside the transaction that changed their rows."""
    ids = iter(sorted(people))
    while chunk := list(islice(ids, _CHUNK)):
        _refresh_chunk(campaign, chunk)


def refresh_turned(campaign: Campaign, today: str) -> int:
    """Move the figures of everybody for whom a date has come by `today`; returns how many there were."""
    turned = [
        row[0]
        for row in campaign.connection.execute("SELECT person_id FROM person_figures WHERE turns_on <= ?", (today,))
    ]
    refresh(campaign, turned)
    return len(turned)


def kept_of(campaign: Campaign, facts: FactsOf, today: str) -> Kept:
    """What is to be kept of one person on day `today`."""
    of = facts.facts
    working = tuple(dict.fromkeys(e.provider_id for e in facts.employments_now))
    main = working[-1] if working else None
    place = campaign.places
    region = of.region_code
    return Kept(
        person_id=facts.person_id,
        figures=person_figures(of, today, campaign.zone, campaign.definitions),
        name_key=sort_key(facts.family, facts.given, campaign.language),
        provider_id=main,
        provider_key=sort_key(facts.provider_names[main], "", campaign.language) if main is not None else LAST,
        region_code=region,
        region_key=sort_key(place.region_names.get(region, region), "", campaign.language) if region else LAST,
        working_at=working,
        reach=reach_rows(of, today),
        words=_words(facts, campaign),
    )


def _words(facts: FactsOf, campaign: Campaign) -> tuple[str, str, str]:
    name = fold(f"{facts.family} {facts.given} {facts.extra}")
    at = [facts.provider_names[e.provider_id] for e in facts.employments_now]
    municipality = campaign.places.municipality_names.get(facts.municipality_code, "")
    work = fold(" ".join(dict.fromkeys([*at, facts.place, municipality])))
    digits = [form for number in facts.numbers for form in search_digits(number)]
    return name, work, " ".join([*digits, *(fold(address) for address in facts.addresses)])


def _refresh_chunk(campaign: Campaign, people: Sequence[int]) -> None:
    connection = campaign.connection
    today = campaign.today().isoformat()
    kept = [kept_of(campaign, facts, today) for facts in facts_of(campaign, people, today)]
    listed = json.dumps(people)
    moved = _move_reach(connection, listed, kept)
    _move_search(connection, listed, kept)
    _move_figures(campaign, listed, kept, _unreached(connection, kept))
    _turn_rules(campaign, moved, set(people))


def _move_reach(connection: Any, listed: str, kept: Sequence[Kept]) -> set[int]:
    """Replace the reach rows and move their sums; returns the providers that were or became unreached."""
    before: dict[int, list[ReachRow]] = defaultdict(list)
    for person, *row in connection.execute(
        "SELECT person_id, provider_id, region_code, known, attempted, spoken_with, reached, asked, signed,"
        " last_conversation FROM reach WHERE person_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        before[person].append(ReachRow(*row))
    sums: dict[_Place, list[int]] = defaultdict(lambda: [0] * len(_COUNTS))
    for rows in before.values():
        _add(sums, rows, -1)
    for person in kept:
        _add(sums, person.reach, 1)
    connection.execute("DELETE FROM reach WHERE person_id IN (SELECT value FROM json_each(?))", (listed,))
    connection.executemany(
        "INSERT INTO reach (person_id, provider_id, region_code, known, attempted, spoken_with, reached, asked, signed,"
        " last_conversation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(person.person_id, *row) for person in kept for row in person.reach],
    )
    moving = {place: counts for place, counts in sums.items() if any(counts)}
    reached_before = _reached(connection, moving)
    connection.executemany(
        "INSERT INTO provider_figures (provider_id, region_code, known, attempted, spoken_with, reached, asked, signed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET known = known + excluded.known,"
        " attempted = attempted + excluded.attempted, spoken_with = spoken_with + excluded.spoken_with,"
        " reached = reached + excluded.reached, asked = asked + excluded.asked, signed = signed + excluded.signed",
        [(*place, *counts) for place, counts in moving.items()],
    )
    reached_after = _reached(connection, moving)
    return {p for p in reached_after if (reached_after[p] == 0) != (reached_before.get(p, 0) == 0)}


def contribution(rows: Sequence[ReachRow]) -> dict[_Place, tuple[int, ...]]:
    """What one person adds to the sums: once in each provider and region, each provider, each region, the campaign."""
    counts: dict[_Place, tuple[int, ...]] = {}
    for row in rows:
        own = row[2:8]
        for place in (
            (row.provider_id, row.region_code),
            (row.provider_id, EVERY_REGION),
            (WHOLE_CAMPAIGN, row.region_code),
            (WHOLE_CAMPAIGN, EVERY_REGION),
        ):
            held = counts.get(place)
            counts[place] = own if held is None else tuple(map(max, held, own))
    return counts


def _add(sums: dict[_Place, list[int]], rows: Sequence[ReachRow], sign: int) -> None:
    for place, counts in contribution(rows).items():
        total = sums[place]
        for index, count in enumerate(counts):
            total[index] += sign * count


def _reached(connection: Any, places: Iterable[_Place]) -> dict[int, int]:
    providers = {provider for provider, region in places if region == EVERY_REGION and provider > NO_PROVIDER}
    rows = connection.execute(
        "SELECT provider_id, reached FROM provider_figures"
        " WHERE region_code = '*' AND provider_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(providers)),),
    )
    return dict(rows.fetchall())


def _unreached(connection: Any, kept: Sequence[Kept]) -> set[int]:
    providers = {provider for person in kept for provider in person.working_at}
    rows = connection.execute(
        "SELECT provider_id FROM provider_figures WHERE region_code = '*' AND reached = 0"
        " AND provider_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(providers)),),
    )
    return {row[0] for row in rows}


def _move_search(connection: Any, listed: str, kept: Sequence[Kept]) -> None:
    held = {
        row[0]: tuple(row[1:])
        for row in connection.execute(
            "SELECT id, name, work, numbers FROM person_search WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        )
    }
    wanted = {person.person_id: person.words for person in kept}
    gone = [(i, *words) for i, words in held.items() if wanted.get(i) != words]
    new = [(i, *words) for i, words in wanted.items() if held.get(i) != words]
    connection.executemany(
        "INSERT INTO person_fts (person_fts, rowid, name, work, numbers) VALUES ('delete', ?, ?, ?, ?)", gone
    )
    connection.executemany("DELETE FROM person_search WHERE id = ?", [(row[0],) for row in gone])
    connection.executemany("INSERT INTO person_search (id, name, work, numbers) VALUES (?, ?, ?, ?)", new)
    connection.executemany("INSERT INTO person_fts (rowid, name, work, numbers) VALUES (?, ?, ?, ?)", new)


def figures_row(kept: Kept, rule: int, card_order: int) -> tuple[Any, ...]:
    """The row of person_figures, in the order of its columns."""
    f = kept.figures
    return (
        *(kept.person_id, kept.name_key, kept.provider_id, kept.provider_key, kept.region_code, kept.region_key),
        *(f.phone, f.card, card_order, f.card_since, f.form_due, f.rating, f.rated_on, f.attempts, f.last_contact),
        *(f.last_outcome, f.last_conversation, f.spoken_with, f.reached, f.asked, f.isolation, f.next_due, f.barred),
        *(f.rests_until, f.rest, rule, f.turns_on),
    )


def _move_figures(campaign: Campaign, listed: str, kept: Sequence[Kept], unreached: set[int]) -> None:
    connection = campaign.connection
    order = campaign.card_order
    rules = {
        p.person_id: UNREACHED_PROVIDER if unreached.intersection(p.working_at) else p.figures.own_rule for p in kept
    }
    connection.execute(
        "DELETE FROM person_figures WHERE person_id IN (SELECT value FROM json_each(?)"
        " EXCEPT SELECT value FROM json_each(?))",
        (listed, json.dumps([p.person_id for p in kept])),
    )
    sets = ", ".join(f"{column} = excluded.{column}" for column in _FIGURES[1:])
    connection.executemany(
        f"INSERT INTO person_figures ({', '.join(_FIGURES)}) VALUES ({', '.join('?' * len(_FIGURES))})"
        f" ON CONFLICT (person_id) DO UPDATE SET {sets}",
        [figures_row(p, rules[p.person_id], order[p.figures.card]) for p in kept],
    )
    connection.executemany(
        "UPDATE target SET rule = ?, waits_since = ? WHERE person_id = ? AND gone_by IS NULL"
        " AND (rule <> ? OR waits_since <> ?)",
        [
            (rules[p.person_id], p.figures.last_contact, p.person_id, rules[p.person_id], p.figures.last_contact)
            for p in kept
        ],
    )


def _turn_rules(campaign: Campaign, providers: set[int], done: set[int]) -> None:
    """Give everybody at a provider that was, or became, unreached the rule that follows; happens once in its life."""
    if not providers:
        return
    connection = campaign.connection
    people = {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT person_id FROM employment WHERE gone_by IS NULL"
            " AND provider_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(providers)),),
        )
    } - done
    today = campaign.today().isoformat()
    ids = iter(sorted(people))
    while chunk := list(islice(ids, _CHUNK)):
        kept = [kept_of(campaign, facts, today) for facts in facts_of(campaign, chunk, today)]
        unreached = _unreached(connection, kept)
        rules = [
            (UNREACHED_PROVIDER if unreached.intersection(p.working_at) else p.figures.own_rule, p.person_id)
            for p in kept
        ]
        for table in ("person_figures", "target"):
            connection.executemany(
                f"UPDATE {table} SET rule = ?1 WHERE person_id = ?2 AND rule <> ?1", sorted(rules, key=itemgetter(1))
            )
