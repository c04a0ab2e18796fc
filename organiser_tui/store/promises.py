"""What people promised and what became of it, read for those who look at it. The meaning is in domain.promises."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from organiser_tui.domain.promises import Promised, promises_of
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import facts_of

_CHUNK = 500


class Trust(NamedTuple):
    """One person with what her promises have shown; `counted` is a CountedOn."""

    id: int
    name: str
    provider: str
    kept: int
    due: int
    unasked: int
    counted: str


def people_tested(campaign: Campaign, limit: int = -1) -> list[int]:
    """The ids of those with a promise that was kept or fell due, whom the evidence speaks for most first.

    By the lower bound of the share kept, so that 7 of 9 stand above 1 of 1; then by how many were kept.
    """
    rows = campaign.connection.execute(
        "SELECT person_id FROM person_figures WHERE promises_due > 0"
        " ORDER BY bound DESC, promises_kept DESC, person_id DESC LIMIT ?",
        (limit,),
    )
    return [person for (person,) in rows]


def trust_of(campaign: Campaign, people: Sequence[int]) -> dict[int, Trust]:
    """What the promises of these people have shown, by id."""
    rows = campaign.connection.execute(
        "SELECT f.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), f.promises_kept, f.promises_due,"
        " f.unasked, f.counted FROM json_each(?) j CROSS JOIN person_figures f ON f.person_id = j.value"
        " JOIN person p ON p.id = f.person_id LEFT JOIN provider v ON v.id = f.provider_id",
        (json.dumps(list(people)),),
    )
    return {row[0]: Trust._make(row) for row in rows}


def evidence(campaign: Campaign, people: Sequence[int]) -> Iterator[tuple[int, list[Promised]]]:
    """Every promise of each of these people, the oldest first, in the order of `people`."""
    today, demands = campaign.today().isoformat(), campaign.definitions.demands
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        held = {one.person_id: one.facts.deeds for one in facts_of(campaign, chunk, today)}
        for person in chunk:
            if person in held:
                yield person, promises_of(held[person], today, demands)
