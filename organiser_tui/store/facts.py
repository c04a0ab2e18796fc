"""Reads the rows that the figures of people follow from, many people at a time. Nothing is computed or written here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from organiser_tui.domain.figures import Employment, PersonFacts, Promise, Tie, place_of_work
from organiser_tui.domain.outcomes import ContactFact
from organiser_tui.domain.phones import may_be_called
from organiser_tui.domain.promises import (
    AnswerFact,
    AskFact,
    AttendedFact,
    BroughtFact,
    CardFact,
    EventFact,
    TaskFact,
)
from organiser_tui.store.barring import BARRED_OF

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_NO_HISTORY: tuple[Sequence[Any], ...] = ((),) * 10
_POINTING = {
    "assessment": "voided_by",
    "contact_issue": "voided_by",
    "ask": "voided_by",
    "answer": "voided_by",
    "connection": "gone_by",
}
LEARNING = tuple(_POINTING)
"""Tables whose rows say what was learned in the contact they point to."""
LEARNED = " OR ".join(
    [
        "c.question",
        *(
            f"EXISTS (SELECT 1 FROM {table} l WHERE l.contact_id = c.id AND l.{end} IS NULL)"
            for table, end in _POINTING.items()
        ),
    ]
)
"""Of a contact `c`: something was learned in it, then or noted later."""
EMPLOYED = (
    "e.provider_id, e.from_day, e.to_day, v.name, e.region_code, e.municipality_code, v.region_code,"
    " v.municipality_code"
)
"""Of an employment `e` at a provider `v`: the columns of a row of Gathered.employed."""
UNCOUNTED = "(work <> 'assistant' OR position IN ('manager', 'owner') OR left_work_on IS NOT NULL OR deceased <> 0)"
"""Of a person: "known" does not count her. domain.reach.counts_as_known as SQL.

The index person_uncounted has it word for word, or SQLite would walk through everybody.
"""
_SAFE = (
    "coalesce((SELECT group_concat(s.channel ORDER BY s.channel) FROM safe_channel s WHERE s.person_id = p.id"
    " AND s.gone_by IS NULL), '')"
)
LAST_END = (
    "SELECT y.id FROM {of}_end y WHERE y.{of}_id = {of[0]}.id AND y.voided_by IS NULL ORDER BY y.day DESC, y.id DESC"
    " LIMIT 1"
)
"""Of an ask `a` or a task `t`: the row that says last how it ended."""
_OF = "person_id IN (SELECT value FROM json_each(?1))"


class FactsOf(NamedTuple):
    """One person's facts, and the words that lists and the search show of her."""

    person_id: int
    given: str
    family: str
    extra: str
    place: str
    municipality_code: str
    facts: PersonFacts
    employments_now: list[Employment]
    provider_names: dict[int, str]
    numbers: list[str]
    addresses: list[str]


class _Rows:
    """Rows of one table by person, for one lot of people."""

    def __init__(self, connection: Any, listed: str) -> None:
        self._connection = connection
        self._listed = listed

    def by_person(self, sql: str) -> dict[int, list[tuple[Any, ...]]]:
        """Rows of `sql`, whose first column is the person, in the order they come."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._connection.execute(sql, (self._listed,)):
            found[row[0]].append(row[1:])
        return found


class Gathered(NamedTuple):
    """The rows of one lot of people, by person, in the order that PersonFacts has them."""

    people: Iterable[tuple[Any, ...]]
    """Id, given, family, extra, place, municipality, region, work, position, left the work, deceased, do not contact,
    safe channels, handed over, asked whom she knows, work numbers allowed."""
    employed: Mapping[int, Sequence[tuple[Any, ...]]]
    """Provider, from, to, the provider's name, the job's own region and municipality, the provider's."""
    phones: Mapping[int, Sequence[tuple[Any, ...]]]
    """E.164, kind, standing."""
    emails: Mapping[int, Sequence[tuple[Any, ...]]]
    histories: tuple[Mapping[int, Sequence[Any]], ...]
    """As PersonFacts has them, from the contacts on; empty where nothing has happened."""


def facts_of(campaign: Campaign, people: Sequence[int], today: str) -> Iterator[FactsOf]:
    """The facts of those of `people` who are in the file, in the order of their ids."""
    return assembled(gathered_of(campaign, people, today), campaign.places.region_of, today)


def gathered_of(campaign: Campaign, people: Sequence[int], today: str) -> Gathered:
    """The rows that the figures of `people` follow from."""
    listed = json.dumps(list(people))
    rows = _Rows(campaign.connection, listed)
    return Gathered(
        people=campaign.connection.execute(
            "SELECT id, given, family, extra, place, coalesce(municipality_code, ''), coalesce(region_code, ''), work,"
            f" position, left_work_on IS NOT NULL, deceased, {BARRED_OF.format(person='p.id')}, {_SAFE},"
            " handed_to IS NOT NULL, whom_asked_on IS NOT NULL, work_numbers FROM person p"
            " WHERE id IN (SELECT value FROM json_each(?)) AND gone_by IS NULL ORDER BY id",
            (listed,),
        ),
        employed=rows.by_person(
            f"SELECT e.person_id, {EMPLOYED} FROM employment e JOIN provider v ON v.id = e.provider_id"
            f" WHERE e.{_OF} AND e.gone_by IS NULL ORDER BY e.from_day IS NOT NULL, e.from_day, e.id"
        ),
        phones=rows.by_person(
            "SELECT person_id, e164, kind, standing FROM phone"
            f" WHERE {_OF} AND gone_by IS NULL AND e164 IS NOT NULL ORDER BY position, id"
        ),
        emails=rows.by_person(f"SELECT person_id, address FROM email WHERE {_OF} AND gone_by IS NULL ORDER BY id"),
        histories=(*_histories(rows), _ties(rows, today)),
    )


def assembled(gathered: Gathered, region_of: Mapping[str, str], today: str) -> Iterator[FactsOf]:
    """The facts of each of the people gathered; `region_of` gives the region of a municipality."""
    for row in gathered.people:
        person, given, family, extra, place, municipality, region, *rest = row
        work, position, left, deceased, barred, safe, handed, asked, work_numbers = rest
        employed_at = gathered.employed.get(person, ())
        home = region_at(region_of, region, municipality)
        employments = [employment_at(region_of, home, *e) for e in employed_at]
        now = [e for e in employments if e.on(today)]
        region = home or (now[-1].region_code if now else "")
        numbers = gathered.phones.get(person, ())
        histories = gathered.histories
        yield FactsOf(
            *(person, given, family, extra, place, municipality),
            PersonFacts._make(
                (
                    *(work, position, region, bool(left), bool(deceased), barred, safe, bool(handed), bool(asked)),
                    *(usable_phone(numbers, bool(work_numbers)), employments),
                    *([history.get(person, ()) for history in histories] if histories else _NO_HISTORY),
                )
            ),
            now,
            {e[0]: e[3] for e in employed_at},
            [phone[0] for phone in numbers],
            [email[0] for email in gathered.emails.get(person, ())],
        )


def region_at(region_of: Mapping[str, str], region: str | None, municipality: str | None) -> str:
    """The region of a place, '' where it is unknown."""
    return region or region_of.get(municipality or "", "")


def employment_at(
    region_of: Mapping[str, str],
    home: str,
    provider: int,
    from_day: str | None,
    to_day: str | None,
    _name: str,
    *places: str | None,
) -> Employment:
    """One row of Gathered.employed with the region in which it counts; `home` is that of where the person lives."""
    region, municipality, seat_region, seat_municipality = places
    own, seat = region_at(region_of, region, municipality), region_at(region_of, seat_region, seat_municipality)
    return Employment(provider, place_of_work(own, home, seat), from_day, to_day)


def usable_phone(numbers: Sequence[tuple[Any, ...]], work_numbers: bool) -> str | None:
    """The first of `numbers` (E.164, kind, standing) that may be called."""
    for number, kind, standing in numbers:
        if may_be_called(number, kind, standing, work_allowed=work_numbers):
            return str(number)
    return None


def _histories(rows: _Rows) -> tuple[dict[int, list[Any]], ...]:
    """Contacts, what she came to, asks, ratings, cards and so on, in the order PersonFacts has them."""
    contacts = rows.by_person(
        f"SELECT c.person_id, c.at, c.day, o.effect, {LEARNED}, c.list_id, h.personal FROM contact c"
        " JOIN outcome o ON o.code = c.outcome JOIN channel h ON h.code = c.channel"
        f" WHERE c.{_OF} AND c.voided_by IS NULL ORDER BY c.at, c.id"
    )
    cards = rows.by_person(
        f"SELECT person_id, state, day, agreed_until FROM card WHERE {_OF} AND voided_by IS NULL ORDER BY day, id"
    )
    promises = rows.by_person(
        f"SELECT person_id, kind, due FROM follow_up WHERE {_OF} AND gone_by IS NULL AND done_on IS NULL ORDER BY due"
    )
    ratings = rows.by_person(
        f"SELECT person_id, day, rating FROM assessment WHERE {_OF} AND voided_by IS NULL ORDER BY day, id"
    )
    reminders = rows.by_person(f"SELECT person_id, day FROM reminder WHERE {_OF} AND voided_by IS NULL ORDER BY day")
    attended = rows.by_person(
        "SELECT person_id, day, event_id, came, excused FROM attendance"
        f" WHERE {_OF} AND voided_by IS NULL ORDER BY day, id"
    )
    brought = rows.by_person(
        "SELECT brought_by, day, event_id FROM attendance WHERE brought_by IN (SELECT value FROM json_each(?1))"
        " AND came = 1 AND voided_by IS NULL ORDER BY day, id"
    )
    tasks = rows.by_person(
        "SELECT t.person_id, t.taken_on, t.due, coalesce(e.cancelled_on IS NOT NULL OR e.gone_by IS NOT NULL, 0),"
        " coalesce(x.how, ''), coalesce(x.day, '') FROM task t LEFT JOIN event e ON e.id = t.event_id"
        f" LEFT JOIN task_end x ON x.id = ({LAST_END.format(of='task')}) WHERE t.{_OF} AND t.gone_by IS NULL"
        " ORDER BY t.taken_on, t.id"
    )
    return (
        {p: [ContactFact(at, day, effect, bool(learned), lst, bool(personal))
             for at, day, effect, learned, lst, personal in held] for p, held in contacts.items()},
        {p: [AttendedFact(day, event, bool(came), bool(excused)) for day, event, came, excused in held]
         for p, held in attended.items()},
        _asks(rows),
        {p: [(day, rating) for day, rating in held] for p, held in ratings.items()},
        {p: [CardFact(*card) for card in held] for p, held in cards.items()},
        {p: [day for (day,) in held] for p, held in reminders.items()},
        {p: [Promise(*promise) for promise in held] for p, held in promises.items()},
        {p: [TaskFact(taken, due, bool(off), *ended) for taken, due, off, *ended in held]
         for p, held in tasks.items()},
        {p: [BroughtFact(*one) for one in held] for p, held in brought.items()},
    )  # fmt: skip


def _asks(rows: _Rows) -> dict[int, list[Any]]:
    answers: dict[int, list[AnswerFact]] = defaultdict(list)
    for held in rows.by_person(
        f"SELECT person_id, ask_id, day, answer FROM answer WHERE {_OF} AND voided_by IS NULL ORDER BY day, id"
    ).values():
        for ask, day, answer in held:
            answers[ask].append(AnswerFact(day, answer))
    asks = rows.by_person(
        "SELECT a.person_id, a.id, a.kind, a.day, a.due, e.id, substr(e.starts, 1, 10),"
        " e.cancelled_on IS NOT NULL OR e.gone_by IS NOT NULL, e.recorded_on IS NOT NULL, coalesce(x.how, ''),"
        " coalesce(x.day, '') FROM ask a LEFT JOIN event e ON e.id = a.event_id"
        f" LEFT JOIN ask_end x ON x.id = ({LAST_END.format(of='ask')}) WHERE a.{_OF} AND a.voided_by IS NULL"
        " ORDER BY a.day, a.id"
    )
    return {
        person: [
            AskFact(kind, day, answers.get(ask, ()), due, event_of(*event), how, ended)
            for ask, kind, day, due, *event, how, ended in held
        ]
        for person, held in asks.items()
    }


def event_of(event: int | None, day: str, cancelled: int, recorded: int) -> EventFact | None:
    """What a promise about an event follows from; None where it is about none."""
    return None if event is None else EventFact(event, day, bool(cancelled), bool(recorded))


def _ties(rows: _Rows, today: str) -> dict[int, list[Tie]]:
    """Ties in either direction, with the providers where the other works on day `today`."""
    at = (
        "(SELECT group_concat(e.provider_id) FROM employment e WHERE e.person_id = {other} AND e.gone_by IS NULL"
        f" AND coalesce(e.from_day, '') <= '{today}' AND coalesce(e.to_day, '9999') >= '{today}')"
    )
    found: dict[int, list[Tie]] = defaultdict(list)
    for own, other in (("person_id", "other_id"), ("other_id", "person_id")):
        ties = rows.by_person(
            f"SELECT c.{own}, {at.format(other=f'c.{other}')} FROM connection c JOIN person p ON p.id = c.{other}"
            f" WHERE c.{own} IN (SELECT value FROM json_each(?1)) AND c.gone_by IS NULL AND p.gone_by IS NULL"
            f" AND NOT {UNCOUNTED}"
        )
        for person, held in ties.items():
            for (providers,) in held:
                found[person].append(Tie(frozenset(map(int, providers.split(","))) if providers else frozenset()))
    return found
