"""What tests have shown: of one event by provider or region, and beside the ratings that were given before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.promises import promises_of
from organiser_tui.domain.tested import RatedAndDid, rated_and_did
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import facts_of
from organiser_tui.store.gatherings import LAST_ANSWERS
from organiser_tui.store.promises import people_tested

_CHUNK = 500
_ENDED_WELL = "SELECT 1 FROM task_end x WHERE x.task_id = t.id AND x.voided_by IS NULL AND x.how IN ('done', 'late')"


class EventTest(NamedTuple):
    """What an event has shown of the people of one provider or region; each count is of people."""

    where: str
    """Its name, '' for those who work nowhere."""
    invited: int
    answered: int
    yes: int
    came: int
    took: int
    """Took something on."""
    did: int
    """Did it."""


class Rated(NamedTuple):
    """One person whose rating stands beside what she did."""

    id: int
    name: str
    provider: str
    did: RatedAndDid


def shown_by_event(campaign: Campaign, event_id: int, *, by_region: bool = False) -> list[EventTest]:
    """What an event has shown, by provider or by region, those with the most people first.

    Whoever works at two providers counts at the one that stands in the list of people.
    """
    where, grouped = (
        ("coalesce(r.name, '')", "f.region_code") if by_region else ("coalesce(v.name, '')", "f.provider_id")
    )
    rows = campaign.connection.execute(
        f"WITH said AS ({LAST_ANSWERS}), invited AS (SELECT DISTINCT person_id FROM invitation WHERE event_id = ?1"
        " AND gone_by IS NULL), came AS (SELECT DISTINCT person_id FROM attendance WHERE event_id = ?1 AND came = 1"
        " AND voided_by IS NULL), took AS (SELECT t.person_id,"
        f" max(EXISTS ({_ENDED_WELL})) AS did FROM task t WHERE t.event_id = ?1 AND t.gone_by IS NULL"
        " GROUP BY t.person_id), everybody AS (SELECT person_id FROM invited UNION SELECT person_id FROM said"
        " UNION SELECT person_id FROM came UNION SELECT person_id FROM took)"
        f" SELECT {where}, count(i.person_id), count(nullif(s.answer, '')), coalesce(sum(s.answer = 'yes'), 0),"
        " count(c.person_id), count(k.person_id), coalesce(sum(k.did), 0) FROM everybody e"
        " JOIN person_figures f ON f.person_id = e.person_id LEFT JOIN provider v ON v.id = f.provider_id"
        " LEFT JOIN region r ON r.code = f.region_code LEFT JOIN invited i ON i.person_id = e.person_id"
        " LEFT JOIN said s ON s.person_id = e.person_id LEFT JOIN came c ON c.person_id = e.person_id"
        f" LEFT JOIN took k ON k.person_id = e.person_id GROUP BY {grouped} ORDER BY count(*) DESC, 1",
        (event_id,),
    )
    return [EventTest._make(row) for row in rows]


def people_beside_ratings(campaign: Campaign, organiser_id: int | None) -> list[Rated]:
    """Everybody tested after a rating of `organiser_id` (None: of anybody), those the promises speak for first.

    Reads the promises of all who were tested: to be asked off the screen's thread.
    """
    today, demands = campaign.today().isoformat(), campaign.definitions.demands
    people = people_tested(campaign)
    found: list[Rated] = []
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        ratings = _ratings(campaign, chunk, organiser_id)
        held = {one.person_id: one for one in facts_of(campaign, sorted(ratings), today)}
        for person in chunk:
            if person not in held:
                continue
            one = held[person]
            did = rated_and_did(promises_of(one.facts.deeds, today, demands), ratings[person])
            if did is not None:
                provider = next(reversed(one.provider_names.values()), "") if one.employments_now else ""
                found.append(Rated(person, f"{one.given} {one.family}".strip(), provider, did))
    return found


def _ratings(campaign: Campaign, people: Sequence[int], organiser_id: int | None) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for person, day, rating in campaign.connection.execute(
        "SELECT a.person_id, a.day, a.rating FROM json_each(?1) j CROSS JOIN assessment a ON a.person_id = j.value"
        " WHERE a.voided_by IS NULL AND (?2 IS NULL OR a.organiser_id = ?2) ORDER BY a.day, a.id",
        (json.dumps(list(people)), organiser_id),
    ):
        found[person].append((day, rating))
    return found
