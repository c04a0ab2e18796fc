"""The list of people: its order, its search and its rows, a page at a time. One person's card is in store.person."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import LAST, NO_RATING, Card, Isolation
from organiser_tui.domain.filter_writing import written
from organiser_tui.domain.filters import All, Filter, Words
from organiser_tui.domain.folding import fold, search_terms
from organiser_tui.domain.outcomes import Effect
from organiser_tui.domain.phones import digits_sought, number_found, search_beginnings
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import OperationalError
from organiser_tui.store.filters import Condition, condition_of, fit_nobody, words_condition
from organiser_tui.words import _, ngettext

_NAMED_AT_MOST = 9
"""Of several people whom a text fits, so many are named."""
_FIRST_CHUNK = 200
_CHUNK = 20_000
_WALK = 0.012  # seconds
_STEPS = 5_000  # of the database between two looks at the clock: less than a millisecond
_NARROW = 3_000
"""Up to so many hits are sorted; more are found by walking the order, in which they then lie close together."""

SORTS: dict[str, tuple[str, ...]] = {
    "name": ("f.name_key", "f.person_id"),
    "provider": ("f.provider_key", "f.name_key", "f.person_id"),
    "region": ("f.region_key", "f.name_key", "f.person_id"),
    "phone": ("f.phone", "f.person_id"),
    "card": ("f.card_order", "f.name_key", "f.person_id"),
    "rating": ("f.rating", "f.name_key", "f.person_id"),
    "last_contact": ("f.last_contact", "f.person_id"),
    "last_conversation": ("f.last_conversation", "f.person_id"),
    "isolation": ("f.isolation", "f.name_key", "f.person_id"),
    "next_due": ("f.next_due", "f.person_id"),
}
"""Each sortable column and what it sorts by; every one has an index in its order."""
_UNSAID: dict[str, tuple[str, str]] = {
    "card": ("f.card", f"'{Card.NONE}'"),
    "rating": ("f.rating", f"{NO_RATING}"),
    "isolation": ("f.isolation", f"'{Isolation.NOT_ASKED}'"),
}
"""Of some sorts, what stands in a column while nothing is said: with most people, and with nearly all who come in.

The index of such a sort leaves them out, since it would only repeat the order of names: they are found by that.
"""


class PeopleQuery(NamedTuple):
    """Which people, in which order."""

    asked: Filter | None = None
    words: str = ""
    sort: str = "name"
    reverse: bool = False
    on_list: int | None = None
    """Only those on the call list with this id; None for all."""

    @property
    def everybody(self) -> bool:
        """Nothing is asked of anybody."""
        return self.asked is None and self.on_list is None and not self.words

    @property
    def by_name(self) -> bool:
        """Words alone in the order of names: what the search index answers."""
        words_alone = self._replace(words="").everybody and bool(self.words)
        return words_alone and self.sort == "name" and not self.reverse

    @property
    def instant(self) -> bool:
        """Whether the first page takes no time, however many people there are."""
        return self.by_name or self.everybody


class PersonRow(NamedTuple):
    """One line of the list. `last_contact` is an instant in seconds, 0 for never; days are ISO text, '' for none."""

    id: int
    given: str
    family: str
    provider: str
    region: str
    phone: str
    card: str
    rating: int
    rated_on: str
    last_contact: int
    last_outcome: str
    last_conversation: str
    isolation: str
    next_due: str
    do_not_contact: str
    leader: int
    activist: int
    number_found: str
    """The number of hers (E.164) that the digits sought find, the one that is called before others; '' for none."""

    @property
    def name(self) -> str:
        """Given name first, as one speaks."""
        return f"{self.given} {self.family}".strip()


def count_people(campaign: Campaign, query: PeopleQuery = PeopleQuery()) -> int:  # noqa: B008  an immutable default
    """How many people `query` finds."""
    sql, values = _condition(campaign, query)
    walk = "person_figures f" if sql == "1" else "person_figures f NOT INDEXED"
    return int(campaign.connection.execute(f"SELECT count(*) FROM {walk} WHERE {sql}", values).fetchone()[0])


def empty_part(campaign: Campaign, query: PeopleQuery) -> str:
    """The part of `query`, as it is written, that alone finds nobody; '' where every part finds somebody."""
    asked = query.asked
    parts: list[Filter] = list(asked.parts) if isinstance(asked, All) else [asked] if asked is not None else []
    if query.words:
        parts.append(Words(query.words))
    if len(parts) > 1:
        for part in parts:
            if count_people(campaign, PeopleQuery(part)) == 0:
                return written(part)
    return ""


def first_people(campaign: Campaign, query: PeopleQuery, limit: int) -> list[int]:
    """The ids of the first `limit` people that `query` finds, in its order."""
    if query.by_name:
        return _first_found(campaign, query.words, limit)
    return _ordered(campaign, query, limit, backwards=False)


def first_people_within(campaign: Campaign, query: PeopleQuery, limit: int, seconds: float) -> list[int] | None:
    """As first_people, but None where that takes longer than `seconds`: where few are found, many are asked."""
    return _within(campaign, seconds, lambda: first_people(campaign, query, limit))


def last_people(campaign: Campaign, query: PeopleQuery, limit: int) -> list[int]:
    """The ids of the last `limit` people that `query` finds, in its order."""
    return _ordered(campaign, query, limit, backwards=True)[::-1]


def people_ids(campaign: Campaign, query: PeopleQuery) -> Iterator[array[int]]:
    """The ids of everybody that `query` finds, in its order: a window full first, then some thousands at a time."""
    if query.by_name:
        cursor = _all_found(campaign, query.words)
    elif not query.instant:
        # Who is found is read in the order of the table, then the index of the sort is walked once beside it: asking
        # everybody in the order of the sort would jump through the whole file.
        asked, values = _condition(campaign, query)
        sql, _none = _in_order(campaign, query, ("+f.person_id IN hits", []))
        hits = f"WITH hits AS MATERIALIZED (SELECT f.person_id FROM person_figures f NOT INDEXED WHERE {asked})"
        cursor = campaign.connection.execute(f"{hits} {sql}", values)
    else:
        cursor = campaign.connection.execute(*_in_order(campaign, query))
    size = _FIRST_CHUNK
    while rows := cursor.fetchmany(size):
        yield array("q", [row[0] for row in rows])
        size = _CHUNK


def people_page(campaign: Campaign, ids: Sequence[int], sought: Sequence[str] = ()) -> dict[int, PersonRow]:
    """The lines of the people with these ids, by id; `number_found` where there are digits in the `sought` terms."""
    rows = campaign.connection.execute(
        "SELECT p.id, p.given, p.family, coalesce(v.name, ''), f.region_code, f.phone, f.card, f.rating, f.rated_on,"
        " f.last_contact, f.last_outcome, f.last_conversation, f.isolation, f.next_due, f.do_not_contact, p.leader,"
        " p.activist FROM person_figures f JOIN person p ON p.id = f.person_id"
        " LEFT JOIN provider v ON v.id = f.provider_id"
        " WHERE f.person_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    found = _numbers_found(campaign, {row[0]: row[5] for row in rows}, sought)
    regions = campaign.places.region_names
    made = (PersonRow._make((*row[:4], regions.get(row[4], row[4]), *row[5:], found.get(row[0], ""))) for row in rows)
    return {row.id: row for row in made}


def _numbers_found(campaign: Campaign, called: Mapping[int, str], sought: Sequence[str]) -> dict[int, str]:
    """By person the number that the `sought` terms find; `called` has the one that is called (E.164), LAST for none."""
    if not digits_sought(sought):
        return {}
    callable_on = {person: [phone] for person, phone in called.items() if phone != LAST}
    found = {person: number for person, held in callable_on.items() if (number := number_found(held, sought))}
    # Numbers lie all over the file: they are looked up only where it is not the one that is called.
    rows = campaign.connection.execute(
        "SELECT person_id, group_concat(e164, ' ' ORDER BY position, id) FROM phone WHERE gone_by IS NULL"
        " AND e164 IS NOT NULL AND person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id",
        (json.dumps(list(called.keys() - found.keys())),),
    )
    return found | {person: number for person, held in rows if (number := number_found(held.split(), sought))}


def search_people(campaign: Campaign, text: str, limit: int = 20) -> list[tuple[int, str]]:
    """Id and name, with the provider, of the first people that the words of `text` find; nobody for no words."""
    if not search_terms(text):
        return []
    found = first_people(campaign, PeopleQuery(words=text), limit)
    page = people_page(campaign, found)
    return [
        (row.id, f"{row.name} · {row.provider}" if row.provider else row.name)
        for row in (page[person] for person in found if person in page)
    ]


def people_last_called(campaign: Campaign, text: str, limit: int = 20) -> list[PersonRow]:
    """Whom the words of `text` find, those first with whom somebody was in contact last; nobody for no words.

    Whoever rings back was called not long ago, and was not somebody else.
    """
    if not search_terms(text):
        return []
    match, connection = _found(text).match, campaign.connection
    if _hits(campaign, match) > _NARROW:
        found = _ordered(campaign, PeopleQuery(words=text, sort="last_contact", reverse=True), limit, backwards=False)
    else:
        sql = (
            "SELECT f.person_id FROM person_fts x CROSS JOIN person_figures f ON f.person_id = x.rowid"
            " WHERE person_fts MATCH ? ORDER BY f.last_contact DESC, f.name_key, f.person_id LIMIT ?"
        )
        found = [person for (person,) in connection.execute(sql, (match, limit))]
    page = people_page(campaign, found, search_terms(text))
    rows = [page[person] for person in found if person in page]
    return sorted(rows, key=lambda row: row.last_outcome == Effect.WRONG_NUMBER)


def find_person(campaign: Campaign, text: str) -> int:
    """The id of the one person that `text` (an id, a name or a number) fits.

    Raises OrganiserError, naming the candidates, where nobody or several fit.
    """
    text = text.strip()
    if text.isascii() and text.isdigit() and int(text) < 2**63:
        row = campaign.connection.execute(
            "SELECT person_id FROM person_figures WHERE person_id = ?", (int(text),)
        ).fetchone()
        if row:
            return int(row[0])
    query = PeopleQuery(words=text)
    found = first_people(campaign, query, _NAMED_AT_MOST) if search_terms(text) else []
    page = people_page(campaign, found)
    exact = [row for row in page.values() if fold(text) in (fold(row.name), fold(f"{row.family} {row.given}"))]
    if len(exact) == 1:
        return exact[0].id
    if len(found) == 1:
        return found[0]
    if not found:
        raise OrganiserError(_("Nobody in this campaign fits “{text}”.").format(text=text[:80]))
    names = "; ".join(
        f"{row.id} {row.name}" + (f" ({row.provider})" if row.provider else "") for row in (exact or page.values())
    )
    more = count_people(campaign, query) - len(found) if not exact and len(found) == _NAMED_AT_MOST else 0
    if more:
        names += " " + ngettext("and {n} more", "and {n} more", more).format(n=more)
    raise OrganiserError(_("“{text}” fits several people: {names}.").format(text=text[:80], names=names))


def _condition(campaign: Campaign, query: PeopleQuery) -> Condition:
    sql, values = condition_of(campaign, query.asked)
    if query.on_list is not None:
        listed = "SELECT x.person_id FROM target x WHERE x.list_id = ? AND x.gone_by IS NULL"
        sql, values = f"({sql}) AND f.person_id IN ({listed})", [*values, query.on_list]
    if query.words:
        words, more = words_condition(query.words)
        return f"({sql}) AND {words}", [*values, *more]
    return sql, values


def _in_order(
    campaign: Campaign, query: PeopleQuery, where: Condition = ("1", []), *, backwards: bool = False
) -> Condition:
    """A question for the ids of those of whom `where` holds, in the order of `query`, with its values.

    It has an index to walk for each of its parts, so that the first ids are there at once.
    """
    condition, values = where
    direction = "DESC" if query.reverse != backwards else "ASC"
    parts = _parts_of_order(campaign, query.sort)
    ordered = [
        f"SELECT f.person_id FROM person_figures f WHERE ({condition}) AND {part} ORDER BY "
        + ", ".join(f"{column} {direction}" for column in SORTS[sort])
        for part, sort in (parts if direction == "ASC" else parts[::-1])
    ]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in ordered) if len(parts) > 1 else ordered[0]
    return sql, values * len(parts)


def _parts_of_order(campaign: Campaign, sort: str) -> list[tuple[str, str]]:
    """Whom the order of `sort` has one after the other, each part with the sort whose index holds it."""
    if sort not in _UNSAID:
        return [("1", sort)]
    column, unsaid = _UNSAID[sort]
    by = SORTS[sort][0]
    place = f"{campaign.card_order[Card.NONE]}" if sort == "card" else unsaid
    said = f"{column} <> {unsaid} AND {by}"
    return [(f"{said} < {place}", sort), (f"{column} = {unsaid}", "name"), (f"{said} > {place}", sort)]


def _ordered(campaign: Campaign, query: PeopleQuery, limit: int, *, backwards: bool) -> list[int]:
    sql, values = _in_order(campaign, query, _condition(campaign, query), backwards=backwards)
    rows = campaign.connection.execute(f"{sql} LIMIT ?", (*values, limit))
    return [row[0] for row in rows]


class _Found(NamedTuple):
    """A search for words: those whose name begins with it as a range of the name index, and the full-text question.

    Names in the range come first. What else the words find (given names, numbers, providers, places) is not bound to
    the order of family names, so that walking the name index comes upon it soon where there is much of it.
    """

    start: str
    end: str
    match: str

    @property
    def values(self) -> dict[str, Any]:
        return self._asdict()


def _found(words: str) -> _Found:
    terms = search_terms(words)
    if fit_nobody(terms):
        return _Found("\U0010ffff", "", '""')
    start = " ".join(terms)
    begin = (" OR ".join(f'"{beginning}"*' for beginning in search_beginnings(term)) for term in terms)
    return _Found(start, start + "\U0010ffff", " AND ".join(f"({beginnings})" for beginnings in begin))


_NAMED = "SELECT s.id FROM person_search s WHERE s.name >= :start AND s.name < :end ORDER BY s.name, s.id"
_ELSE_SORTED = (
    "SELECT f.person_id FROM person_fts x CROSS JOIN person_search s ON s.id = x.rowid"
    " CROSS JOIN person_figures f ON f.person_id = x.rowid WHERE person_fts MATCH :match"
    " AND NOT (s.name >= :start AND s.name < :end) ORDER BY f.name_key, f.person_id"
)


def _within(campaign: Campaign, seconds: float, ask: Callable[[], list[int]]) -> list[int] | None:
    """The answer of `ask`, or None where the database needs longer for it."""
    until = monotonic() + seconds
    campaign.connection.set_progress_handler(lambda: monotonic() > until, _STEPS)
    try:
        return ask()
    except OperationalError:
        if monotonic() > until:
            return None
        raise
    finally:
        campaign.connection.set_progress_handler(None, 0)


def _first_found(campaign: Campaign, words: str, limit: int) -> list[int]:
    if not search_terms(words):
        return _ordered(campaign, PeopleQuery(), limit, backwards=False)
    found = _found(words)
    connection = campaign.connection
    ids = [row[0] for row in connection.execute(f"{_NAMED} LIMIT :limit", found.values | {"limit": limit})]
    wanted = limit - len(ids)
    if wanted <= 0:
        return ids
    # Where many are found the walk has them at once, and the index of words would first gather them all.
    rest = _within(campaign, _WALK, lambda: _walked(campaign, words, found, wanted))
    if rest is not None:
        return ids + rest
    if _hits(campaign, found.match) > _NARROW:
        return ids + _walked(campaign, words, found, wanted)
    sorted_hits = connection.execute(f"{_ELSE_SORTED} LIMIT :limit", found.values | {"limit": wanted})
    return ids + [row[0] for row in sorted_hits]


def _hits(campaign: Campaign, match: str) -> int:
    """How many people a full-text question finds, counted up to where they are no longer few."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM person_fts WHERE person_fts MATCH ? LIMIT ?)"
    (hits,) = campaign.connection.execute(sql, (match, _NARROW + 1)).fetchone()
    return int(hits)


def _walked(campaign: Campaign, words: str, found: _Found, limit: int) -> list[int]:
    """Those outside the range of names of whom `words` hold, asked one after the other in the order of names."""
    sql, values = words_condition(words)
    rows = campaign.connection.execute(
        "SELECT f.person_id FROM person_figures f JOIN person_search n ON n.id = f.person_id"
        f" WHERE {sql} AND NOT (n.name >= ? AND n.name < ?) ORDER BY f.name_key, f.person_id LIMIT ?",
        (*values, found.start, found.end, limit),
    )
    return [row[0] for row in rows]


def _all_found(campaign: Campaign, words: str) -> Any:
    if not search_terms(words):
        return campaign.connection.execute("SELECT f.person_id FROM person_figures f ORDER BY f.name_key, f.person_id")
    found = _found(words)
    return campaign.connection.execute(
        f"SELECT * FROM ({_NAMED}) UNION ALL SELECT * FROM ({_ELSE_SORTED})", found.values
    )
