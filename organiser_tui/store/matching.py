"""Looks up who in a campaign has something in common with a list. Who is the same is decided in domain.matching."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import chain
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold, search_words
from organiser_tui.domain.matching import NameKey
from organiser_tui.domain.provider_names import provider_key
from organiser_tui.store.barring import BARRED_AMONG, BARRED_AND_GONE, BARRED_OF, EVERYBODY_BARRED
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.filters import fit_nobody
from organiser_tui.words import _

Place = int | str | None
"""Where a name is looked for: at a provider, behind a number (E.164) or an address; None where none of it is known."""


class Known(NamedTuple):
    """What of a person decides whether she is the one in a row."""

    id: int
    given: str
    family: str
    extra: str
    barred: str
    """The channels on which she must not be contacted, separated by commas; "all" for every one."""
    gone: bool = False
    """She is no longer in the file."""

    @property
    def shown(self) -> str:
        """The name as one speaks."""
        return f"{self.given} {self.family}".strip()


class LookedUpBy(NamedTuple):
    """What people are looked up by, each a JSON list in order: an index is walked from end to end then."""

    numbers: str
    """E.164."""
    addresses: str
    names: str
    """As written_ways() gives them."""

    @classmethod
    def of(cls, numbers: Collection[str], addresses: Collection[str], names: Collection[str]) -> LookedUpBy:
        """As an index is asked for these."""
        return cls(*(json.dumps(sorted(words)) for words in (numbers, addresses, names)))


def words_in_file(campaign: Campaign, words: LookedUpBy) -> set[str]:
    """Those of `words` that somebody in the file has: a row that has none of them has nothing in common with anybody.

    Whether what they have in common tells anything is asked of overlap().
    """
    held: set[str] = set()
    for listed, sql in zip(words, _WORDS_IN_FILE, strict=True):
        held.update([word for (word,) in campaign.connection.execute(sql, (listed,))])
    return held


_NAMED = "s.name >= {way} AND s.name < {way} || '!'"
"""A name may be followed by a blank and what stands beside it; "!" is the sign after the blank."""
_WORDS_IN_FILE = (
    "SELECT w.value FROM json_each(?) w WHERE EXISTS (SELECT 1 FROM phone t WHERE t.e164 = w.value"
    " AND t.gone_by IS NULL)",
    "SELECT w.value FROM json_each(?) w WHERE EXISTS (SELECT 1 FROM email t WHERE t.address = w.value"
    " AND t.gone_by IS NULL)",
    "SELECT w.value FROM json_each(?) w WHERE EXISTS (SELECT 1 FROM person_search s"
    f" WHERE {_NAMED.format(way='w.value')})",
)


class Overlap(NamedTuple):
    """Who shares what with the rows that were asked about: ids by number, by address, and by name in a place."""

    by_number: dict[str, list[int]]
    by_address: dict[str, list[int]]
    by_place: dict[Place, list[int]]
    """Namesakes of those whose names were asked for there, and a few others whose names begin like theirs."""
    silent: dict[str, dict[int, str]]
    """Of numbers and addresses that tell nobody apart for somebody: who has them so, and why ("work" or a standing)."""
    known: dict[int, Known]


class Holders(NamedTuple):
    """Who has a number or an address that tells people apart: ids by each, and who they are."""

    by_number: dict[str, list[int]]
    by_address: dict[str, list[int]]
    known: dict[int, Known]


def holders(campaign: Campaign, numbers: Collection[str], addresses: Collection[str]) -> Holders:
    """Who has one of the E.164 `numbers` or e-mail `addresses` (small letters).

    Numbers known to be shared, of workplaces, or wrong for somebody tell nobody apart.
    """
    # All of them in order: the pages of an index are walked from end to end then.
    by_number = _holders(
        campaign,
        "SELECT w.value, t.person_id FROM json_each(?) w CROSS JOIN phone t ON t.e164 = w.value"
        f" WHERE t.gone_by IS NULL AND {_TELLS_APART}",
        sorted(numbers),
    )
    by_address = _holders(
        campaign,
        "SELECT w.value, t.person_id FROM json_each(?) w CROSS JOIN email t ON t.address = w.value"
        " WHERE t.gone_by IS NULL AND coalesce(t.standing, '') <> 'wrong'",
        sorted(addresses),
    )
    found = chain.from_iterable((*by_number.values(), *by_address.values()))
    return Holders(by_number, by_address, known_people(campaign, set(found)))


def overlap(
    campaign: Campaign, shared: Holders, ties: Collection[str], names: Collection[tuple[str, Place]]
) -> Overlap:
    """What is `shared`, which of the `ties` (numbers and addresses) tell nobody apart, and who has a name in a place.

    What tells nobody apart is looked at only as the place of a name. A name with None for its place finds those of whom
    no number, address or provider is known.
    """
    silent: dict[str, dict[int, str]] = {}
    for word, person, why in campaign.connection.execute(_SILENT, (json.dumps(sorted(ties)),)) if ties else ():
        silent.setdefault(word, {})[person] = why
    asked = sorted(names, key=_first)
    by_place: dict[Place, list[int]] = {}
    for place, person in campaign.connection.execute(_BY_NAME, (json.dumps(asked),)) if asked else ():
        by_place.setdefault(place, []).append(person)
    namesakes = set(chain.from_iterable(by_place.values())) - shared.known.keys()
    known = shared.known | known_people(campaign, namesakes)
    return Overlap(shared.by_number, shared.by_address, by_place, silent, known)


_TELLS_APART = "t.kind <> 'work' AND coalesce(t.standing, '') NOT IN ('shared', 'wrong')"
"""Of a number `t`: whoever has it is that person, and nobody else."""
_SILENT = (
    "SELECT w.value, t.person_id, iif(t.standing IN ('shared', 'wrong'), t.standing, 'work') FROM json_each(?1) w"
    " CROSS JOIN phone t ON t.e164 = w.value"
    f" WHERE t.gone_by IS NULL AND NOT ({_TELLS_APART})"
    " UNION ALL SELECT w.value, t.person_id, t.standing FROM json_each(?1) w"
    " CROSS JOIN email t ON t.address = w.value WHERE t.gone_by IS NULL AND t.standing = 'wrong'"
)
_BY_NAME = (
    # Each name is walked through once, however many places it is asked for in.
    "WITH asked AS MATERIALIZED (SELECT value ->> 0 AS way, value ->> 1 AS place FROM json_each(?1)),"
    " named AS MATERIALIZED (SELECT way, max(place IS NULL) AS bare, max(typeof(place) = 'integer') AS at,"
    " max(typeof(place) = 'text') AS tied FROM asked GROUP BY way),"
    " found AS MATERIALIZED (SELECT n.way, n.bare, n.at, n.tied, s.id FROM named n"
    f" CROSS JOIN person_search s ON {_NAMED.format(way='n.way')})"
    " SELECT a.place, f.id FROM found f"
    " CROSS JOIN employment e ON f.at AND e.person_id = f.id AND e.gone_by IS NULL"
    " CROSS JOIN asked a ON a.way = f.way AND a.place = e.provider_id"
    " UNION SELECT a.place, f.id FROM found f"
    " CROSS JOIN phone t ON f.tied AND t.person_id = f.id AND t.gone_by IS NULL"
    " CROSS JOIN asked a ON a.way = f.way AND a.place = t.e164"
    " UNION SELECT a.place, f.id FROM found f"
    " CROSS JOIN email t ON f.tied AND t.person_id = f.id AND t.gone_by IS NULL"
    " CROSS JOIN asked a ON a.way = f.way AND a.place = t.address"
    " UNION SELECT NULL, f.id FROM found f WHERE f.bare"
    " AND NOT EXISTS (SELECT 1 FROM employment e WHERE e.person_id = f.id AND e.gone_by IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM phone t WHERE t.person_id = f.id AND t.gone_by IS NULL AND t.e164 IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM email t WHERE t.person_id = f.id AND t.gone_by IS NULL"
    " AND coalesce(t.standing, '') <> 'wrong')"
)


def _first(name: tuple[str, Place]) -> str:
    return name[0]


def barred_people(campaign: Campaign) -> list[Known]:
    """Those who must not be contacted, also when they are no longer in the file."""
    return _barred(campaign, EVERYBODY_BARRED)


def named(campaign: Campaign, ways: Collection[str]) -> list[Known]:
    """Those in the file whose names begin in one of `ways`, see written_ways(); asked for all at once."""
    sql = f"SELECT w.value, s.id FROM json_each(?) w CROSS JOIN person_search s ON {_NAMED.format(way='w.value')}"
    found = _holders(campaign, sql, sorted(ways))
    return list(known_people(campaign, {person for people in found.values() for person in people}).values())


def namesakes(campaign: Campaign, given: str, family: str, extra: str) -> list[int]:
    """The ids of those in the file with that name, whichever of its words is the given name."""
    words = search_words(f"{given} {family}").split()
    if not words or fit_nobody(words):
        return []
    key = NameKey.of(given, family, extra)
    rows = campaign.connection.execute(
        "SELECT p.id, p.given, p.family, p.extra FROM person_fts x CROSS JOIN person p ON p.id = x.rowid"
        " WHERE person_fts MATCH ?",
        ("name : (" + " AND ".join(f'"{word}"' for word in words) + ")",),
    )
    return [person for person, *name in rows if NameKey.of(*name) == key]


def barred_namesakes(campaign: Campaign, given: str, family: str, extra: str) -> list[Known]:
    """Those of barred_people() with that name, whichever of its words is the given name."""
    key = NameKey.of(given, family, extra)
    here = _barred(campaign, BARRED_AMONG, json.dumps(namesakes(campaign, given, family, extra)))
    gone = _barred(campaign, BARRED_AND_GONE)
    return [*here, *(one for one in gone if NameKey.of(one.given, one.family, one.extra) == key)]


def _barred(campaign: Campaign, sql: str, *values: str) -> list[Known]:
    rows = campaign.connection.execute(sql, values)
    return [
        Known(person, given, family, extra, barred, bool(gone)) for person, given, family, extra, barred, gone in rows
    ]


def contact_details_of_gone(
    campaign: Campaign, people: Collection[int]
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Those of `people`, who are no longer in the file, by the numbers and by the addresses that left it with them."""
    by_number, by_address = (
        _holders(
            campaign,
            f"SELECT t.{column}, p.id FROM json_each(?) w CROSS JOIN person p ON p.id = w.value CROSS JOIN {table} t"
            " ON t.person_id = p.id AND (t.gone_by IS NULL OR t.gone_by IS p.gone_by)"
            f" WHERE t.{column} IS NOT NULL AND {_TELLS_APART}",
            people,
        )
        for table, column in (("phone", "e164"), ("email", "address"))
    )
    return by_number, by_address


def _holders(campaign: Campaign, sql: str, words: Collection[object]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    if words:
        for word, person in campaign.connection.execute(sql, (json.dumps(list(words)),)):
            found.setdefault(word, []).append(person)
    return found


def known_people(campaign: Campaign, people: Collection[int]) -> dict[int, Known]:
    """Those of `people` who are in the file, by id."""
    rows = campaign.connection.execute(
        f"SELECT id, given, family, extra, {BARRED_OF.format(person='p.id')} FROM person p"
        " WHERE gone_by IS NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(people)),),
    )
    return {row[0]: Known(*row) for row in rows}


class ProviderName(NamedTuple):
    """A provider as it is recognised in a list."""

    id: int
    name: str
    folded: str
    kind: str
    municipality_code: str
    region_code: str


def provider_names(campaign: Campaign) -> list[ProviderName]:
    """Every provider, the oldest first."""
    rows = campaign.connection.execute(
        "SELECT id, name, folded, kind, coalesce(municipality_code, ''), coalesce(region_code, '') FROM provider"
        " WHERE gone_by IS NULL ORDER BY id"
    )
    return [ProviderName(*row) for row in rows]


def provider_called(campaign: Campaign, name: str) -> ProviderName | None:
    """The provider of that name, however it is accented and its legal form written; None where there is none.

    Of several the one that is written so, else the oldest.
    """
    folded, key = fold(name), provider_key(name)
    fitting = [provider for provider in provider_names(campaign) if provider_key(provider.folded) == key]
    return min(fitting, key=lambda provider: (provider.name != name, provider.folded != folded), default=None)


def place_names(campaign: Campaign) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Code, name and other names of the regions and of the municipalities."""
    regions, municipalities = (
        campaign.connection.execute(f"SELECT code, name, also FROM {table} WHERE gone_by IS NULL").fetchall()
        for table in ("region", "municipality")
    )
    return regions, municipalities


def provider_meant(campaign: Campaign, text: str) -> int | None:
    """The id of the provider that is called `text`, None for an empty line; raises OrganiserError for none."""
    if not text.strip():
        return None
    found = provider_called(campaign, text)
    if found is None:
        raise OrganiserError(_("No provider is called “{name}”.").format(name=text[:80]))
    return found.id
