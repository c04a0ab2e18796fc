"""People as lines for scripts: all their numbers, addresses, providers and regions, many at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.figures import LAST
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import EMPLOYED, employment_at, region_at


class PersonLine(NamedTuple):
    """One person; instants in seconds (0 for none), days as ISO text ('' for none)."""

    id: int
    name: str
    phone: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    providers: tuple[str, ...]
    regions: tuple[str, ...]
    card: str
    rating: int
    isolation: str
    do_not_contact: str
    last_contact: int
    last_conversation: str


def person_lines(campaign: Campaign, ids: Sequence[int]) -> dict[int, PersonLine]:
    """The lines of the people with these ids, by id."""
    listed = (json.dumps(list(ids)),)
    connection = campaign.connection
    of = "person_id IN (SELECT value FROM json_each(?)) AND gone_by IS NULL"
    phones: dict[int, list[str]] = defaultdict(list)
    # Work numbers and addresses leave the file only where she allowed it.
    allowed = "(kind <> 'work' OR EXISTS (SELECT 1 FROM person p WHERE p.id = person_id AND p.work_numbers = 1))"
    for person, number in connection.execute(
        f"SELECT person_id, e164 FROM phone WHERE {of} AND e164 IS NOT NULL AND {allowed} ORDER BY position, id",
        listed,
    ):
        phones[person].append(number)
    emails: dict[int, list[str]] = defaultdict(list)
    for person, address in connection.execute(
        f"SELECT person_id, address FROM email WHERE {of} AND standing IS NOT 'wrong' AND {allowed} ORDER BY id", listed
    ):
        emails[person].append(address)
    today = campaign.today().isoformat()
    providers: dict[int, dict[str, None]] = defaultdict(dict)
    regions: dict[int, dict[str, None]] = defaultdict(dict)
    names, region_of = campaign.places.region_names, campaign.places.region_of
    for person, region, municipality, *employed in connection.execute(
        f"SELECT e.person_id, p.region_code, p.municipality_code, {EMPLOYED} FROM employment e"
        " JOIN provider v ON v.id = e.provider_id JOIN person p ON p.id = e.person_id"
        " WHERE e.person_id IN (SELECT value FROM json_each(?)) AND e.gone_by IS NULL ORDER BY e.id",
        listed,
    ):
        job = employment_at(region_of, region_at(region_of, region, municipality), *employed)
        if job.to_day is None or job.to_day >= today:
            providers[person][employed[3]] = None
            if job.region_code:
                regions[person][names.get(job.region_code, job.region_code)] = None
    lines = {}
    for person, name, region, phone, *rest in connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), f.region_code, f.phone, f.card, f.rating, f.isolation,"
        " f.do_not_contact, f.last_contact, f.last_conversation FROM person_figures f JOIN person p"
        " ON p.id = f.person_id WHERE f.person_id IN (SELECT value FROM json_each(?))",
        listed,
    ):
        if region:
            regions[person] = {names.get(region, region): None} | regions[person]
        lists = (phones[person], emails[person], providers[person], regions[person])
        lines[person] = PersonLine._make((person, name, phone, *(tuple(held) for held in lists), *rest))
    return lines


def names_and_numbers(campaign: Campaign, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The name of each of the people with these ids, and the number to call: '' where there is none."""
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), CASE f.phone WHEN ? THEN '' ELSE f.phone END"
        " FROM person_figures f JOIN person p ON p.id = f.person_id"
        " WHERE f.person_id IN (SELECT value FROM json_each(?))",
        (LAST, json.dumps(list(ids))),
    )
    return {person: (name, phone) for person, name, phone in rows}
