"""Gathers the rows that figures follow from out of batches that are still in memory, for a campaign made at once.

What is gathered here is what store.facts reads from a file; nothing is computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.figures import Promise, Tie
from organiser_tui.domain.outcomes import ContactFact
from organiser_tui.domain.promises import (
    AnswerFact,
    AskFact,
    AttendedFact,
    BroughtFact,
    CardFact,
    EventFact,
    TaskFact,
)
from organiser_tui.domain.reach import counts_as_known
from organiser_tui.store.facts import LEARNING, Gathered, event_of

Row = tuple[Any, ...]
_ByPerson = defaultdict[int, list[Any]]


class Batch(NamedTuple):
    """Rows of one table, each with the values of `columns`; the first is the id."""

    table: str
    columns: Sequence[str]
    rows: list[Row]


class MadeUpFacts:
    """The facts of one round of people after the other; what later rounds need of earlier ones is remembered."""

    def __init__(self, today: str, effects: dict[str, str], personal: frozenset[str]) -> None:
        self._today = today
        self._effects = effects
        self._personal = personal
        self._providers: dict[int, tuple[str, str | None, str | None]] = {}
        self._at: dict[int, frozenset[int]] = {}
        self._events: dict[int, EventFact | None] = {}

    def gathered(self, batches: Iterable[Batch]) -> tuple[Gathered, set[int]]:
        """The rows of a round, and the people of earlier rounds whose figures they move."""
        of = {batch.table: batch for batch in batches}
        for provider, *rest in self._values(of, "provider", "id", "name", "region_code", "municipality_code"):
            self._providers[provider] = (rest[0], rest[1], rest[2])
        barred = self._by_person(of, "barred_channel", ("channel",), lambda channel: channel or EVERY_CHANNEL)
        safe = self._by_person(of, "safe_channel", ("channel",), str)
        people = [
            self._person(row, barred.get(row[0], ()), safe.get(row[0], ()))
            for row in self._values(of, "person", *_PERSON)
        ]
        ids = {row[0] for row in people}
        employed = self._employed(of)
        gone = {
            row[0]
            for row in people
            if not counts_as_known(row[7], row[8], left_work=bool(row[9]), deceased=bool(row[10]))
        }
        for person in ids:
            at = (e[0] for e in employed.get(person, ()) if (e[1] or "") <= self._today <= (e[2] or "9999"))
            self._at[person] = frozenset(at if person not in gone else ())
        ties = self._ties(of, gone)
        gathered = Gathered(
            people,
            employed,
            self._by_person(of, "phone", ("e164", "kind", "standing"), tuple),
            self._by_person(of, "email", ("address",), lambda address: (address,)),
            (*self._histories(of), ties),
        )
        earlier = {person for history in gathered.histories for person in history} - ids
        return gathered, earlier

    @staticmethod
    def _person(row: Row, barred: Sequence[str], safe: Sequence[str]) -> Row:
        *head, municipality, region, work, position, left, deceased, asked = row
        word = EVERY_CHANNEL if EVERY_CHANNEL in barred else ",".join(sorted(set(barred)))
        return (*head, "", "", municipality or "", region or "", work, position, left is not None, deceased, word,
                ",".join(sorted(safe)), False, asked is not None, 0)  # fmt: skip

    def _employed(self, of: dict[str, Batch]) -> _ByPerson:
        found: _ByPerson = defaultdict(list)
        columns = ("person_id", "provider_id", "id", "from_day", "to_day", "region_code", "municipality_code")
        for person, provider, _id, start, end, *place in sorted(
            self._values(of, "employment", *columns), key=_by_start
        ):
            name, *seat = self._providers[provider]
            found[person].append((provider, start, end, name, *place, *seat))
        return found

    def _ties(self, of: dict[str, Batch], gone: set[int]) -> _ByPerson:
        found: _ByPerson = defaultdict(list)
        for person, other in self._values(of, "connection", "person_id", "other_id"):
            for one, two in ((person, other), (other, person)):
                if two not in gone:
                    found[one].append(Tie(self._at.get(two, frozenset())))
        return found

    def _histories(self, of: dict[str, Batch]) -> tuple[_ByPerson, ...]:
        effects, personal = self._effects, self._personal
        learning = {contact for table in LEARNING for (_id, contact) in self._values(of, table, "id", "contact_id")}
        cards = self._by_person(of, "card", ("state", "day"), lambda row: CardFact(row[0], row[1], None))
        return (
            self._by_person(
                of,
                "contact",
                ("at", "day", "outcome", "question", "id", "list_id", "channel"),
                lambda row: ContactFact(
                    *(row[0], row[1], effects[row[2]], bool(row[3]) or row[4] in learning, row[5]),
                    row[6] in personal,
                ),
            ),
            self._by_person(
                of,
                "attendance",
                ("day", "event_id", "came", "excused"),
                lambda row: AttendedFact(row[0], row[1], bool(row[2]), bool(row[3])),
            ),
            self._asks(of),
            self._by_person(of, "assessment", ("day", "rating"), tuple),
            cards,
            self._by_person(of, "reminder", ("day",), str),
            self._only(of, "follow_up", ("kind", "due", "done_on"), lambda r: None if r[2] else Promise(r[0], r[1])),
            self._tasks(of),
            self._brought(of),
        )

    def _asks(self, of: dict[str, Batch]) -> _ByPerson:
        for event, starts, cancelled, recorded in self._values(
            of, "event", "id", "starts", "cancelled_on", "recorded_on"
        ):
            self._events[event] = event_of(event, starts[:10], cancelled is not None, recorded is not None)
        answers: dict[int, list[AnswerFact]] = defaultdict(list)
        for ask, day, answer in self._values(of, "answer", "ask_id", "day", "answer"):
            answers[ask].append(AnswerFact(day, answer))
        ended = {ask: (how, day) for ask, how, day in self._values(of, "ask_end", "ask_id", "how", "day")}
        events = self._events
        return self._by_person(
            of,
            "ask",
            ("id", "kind", "day", "due", "event_id"),
            lambda row: AskFact(
                row[1],
                row[2],
                answers.get(row[0], ()),
                row[3],
                events[row[4]] if row[4] is not None else None,
                *ended.get(row[0], ("", "")),
            ),
        )

    def _tasks(self, of: dict[str, Batch]) -> _ByPerson:
        ended = {task: how for task, *how in self._values(of, "task_end", "task_id", "how", "day")}
        return self._by_person(
            of,
            "task",
            ("id", "taken_on", "due", "event_id"),
            lambda row: TaskFact(row[1], row[2], self._called_off(row[3]), *ended.get(row[0], ("", ""))),
        )

    def _called_off(self, event_id: int | None) -> bool:
        event = None if event_id is None else self._events[event_id]
        return event is not None and event.cancelled

    def _brought(self, of: dict[str, Batch]) -> _ByPerson:
        found: _ByPerson = defaultdict(list)
        for by, day, event, came in self._values(of, "attendance", "brought_by", "day", "event_id", "came"):
            if by is not None and came:
                found[by].append(BroughtFact(day, event))
        for held in found.values():
            held.sort(key=itemgetter(0))
        return found

    def _only(
        self, of: dict[str, Batch], table: str, columns: tuple[str, ...], made: Callable[[Row], Any]
    ) -> _ByPerson:
        found = self._by_person(of, table, columns, made)
        kept = {person: [fact for fact in held if fact is not None] for person, held in found.items()}
        return defaultdict(list, {person: held for person, held in kept.items() if held})

    def _by_person(
        self, of: dict[str, Batch], table: str, columns: tuple[str, ...], made: Callable[[Any], Any]
    ) -> _ByPerson:
        """What `made` makes of the values of `columns`, a tuple where there are several."""
        found: _ByPerson = defaultdict(list)
        batch = of.get(table)
        if batch is not None:
            person = itemgetter(batch.columns.index("person_id"))
            picked = itemgetter(*map(batch.columns.index, columns))
            for row in batch.rows:
                found[person(row)].append(made(picked(row)))
        if table in _SORTED:
            for held in found.values():
                held.sort(key=_SORTED[table])
        return found

    @staticmethod
    def _values(of: dict[str, Batch], table: str, *columns: str) -> Iterable[Row]:
        if table not in of:
            return ()
        batch = of[table]
        return map(itemgetter(*(batch.columns.index(column) for column in columns)), batch.rows)


_PERSON = (
    *("id", "given", "family", "municipality_code", "region_code", "work", "position", "left_work_on", "deceased"),
    "whom_asked_on",
)
_SORTED: dict[str, Callable[[Any], Any]] = {
    "contact": itemgetter(0),
    "attendance": itemgetter(0),
    "task": itemgetter(1),
    "ask": itemgetter(1),
    "assessment": itemgetter(0),
    "card": itemgetter(1),
    "follow_up": lambda promise: promise.due if promise else "",
}


def _by_start(row: Row) -> tuple[bool, str, int]:
    return row[3] is not None, row[3] or "", row[2]
