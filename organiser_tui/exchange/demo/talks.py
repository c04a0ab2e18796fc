"""What half a year of calls to one made-up person came to: attempts, and what was learned in them.

Each history rises in time and keeps to the rests between attempts. Who the person is, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from organiser_tui.domain.outcomes import Effect
from organiser_tui.exchange.demo.cards import Cards
from organiser_tui.exchange.demo.person import FRIENDS, FollowUp, Person
from organiser_tui.exchange.demo.plan import DAY_MINUTES, HOURS, TODAY, Calendar, wheel
from organiser_tui.exchange.demo.tables import Rows

CALL, MEET_UP, TEXT, E_MAIL, SOCIAL = "call", "meet-up", "text", "e-mail", "social network"
TIES = (
    *(("colleague", 0.5), ("same shifts", 0.2), ("friend", 0.15), ("follows", 0.09), ("brought", 0.04)),
    ("family", 0.02),
)
ISSUES = (
    ("schedules", 0.32),
    ("pay", 0.25),
    ("travel", 0.15),
    ("breaks", 0.11),
    ("contract", 0.11),
    ("dismissal", 0.06),
)
_CALL_BACK_STAYS_OPEN = 5
_PROMISE_STAYS_OPEN = 4
_NUMBER_IS_BAD = (Effect.WRONG_NUMBER, Effect.DISCONNECTED)
_NO_ANSWER = Effect.NO_ANSWER.value

Told = tuple[str, int]
"""A note, and whether a question was answered of which no row tells."""


class Attempt(NamedTuple):
    """What may come of trying: minutes of rest afterwards, the standing of the number, and what follows."""

    channel: str
    outcome: str
    rest: int
    standing: str | None
    deed: Callable[[Person, int, int, int], Told] | None


Weighted = list[tuple[Attempt, float]]


class Talks:
    """Writes histories into `rows`; `words` are the notes."""

    def __init__(
        self, calendar: Calendar, rows: Rows, new_id: Callable[[], int], rng: Random, words: dict[str, tuple[str, ...]]
    ) -> None:
        self._days, self._instants = calendar.days, calendar.instants
        self._of, self._new_id, self._bits, self._words = rows.of, new_id, rng.getrandbits, words
        self.cards = Cards(calendar, rows, new_id, rng, words)
        self._issues, self._ties = wheel(ISSUES, 7), wheel(TIES, 6)
        self._talk = Attempt(CALL, Effect.TALKED.value, DAY_MINUTES, "good", self._talked)
        missed, spoken = self._missed(), self._spoken()
        refused = [(Attempt(CALL, Effect.REFUSED.value, 90 * DAY_MINUTES, "good", self._refused), 3.0)]
        foreign = [(Attempt(CALL, Effect.OTHER_LANGUAGE.value, DAY_MINUTES, "good", self._other_language), 9.0)]
        met = [(self._talk, 10.0), (self._talk._replace(channel=MEET_UP, standing=None), 5.0)]
        self.not_met = wheel([*missed, *spoken, *refused], 11)
        self.not_met_foreign = wheel([*missed, *spoken, *refused, *foreign], 11)
        # Whoever was met once has a number that is good.
        missed_again = [choice for choice in missed if choice[0].outcome not in _NUMBER_IS_BAD]
        self._met = wheel([*missed_again, *spoken, *refused, *met], 11)
        self._friends = wheel([*missed[:4], *met, (spoken[4])], 11)
        self.unreached, self.refusing = wheel([*missed, *refused], 11), wheel(refused, 11)

    def _missed(self) -> Weighted:
        """Attempts in which the person did not answer, with their weights."""
        day = DAY_MINUTES
        return [
            (Attempt(CALL, _NO_ANSWER, 390, None, None), 41.0),
            (Attempt(CALL, Effect.LEFT_MESSAGE.value, 2 * day, None, self._left_message), 8.0),
            (Attempt(CALL, Effect.NOT_AVAILABLE.value, day, "good", self._not_available), 5.0),
            (Attempt(CALL, Effect.BUSY.value, 15, "good", None), 5.0),
            (Attempt(CALL, Effect.WRONG_NUMBER.value, 0, None, self._wrong_number), 1.7),
            (Attempt(CALL, Effect.DISCONNECTED.value, 0, None, self._disconnected), 1.0),
            (Attempt(TEXT, Effect.LEFT_MESSAGE.value, 2 * day, None, None), 4.0),
            (Attempt(E_MAIL, Effect.LEFT_MESSAGE.value, 2 * day, None, self._mailed), 3.0),
        ]

    def _spoken(self) -> Weighted:
        """Attempts in which the person answered, with their weights."""
        return [
            (self._talk, 17.0),
            (self._talk._replace(channel=MEET_UP, standing=None), 2.0),
            (self._talk._replace(channel=TEXT), 1.5),
            (self._talk._replace(channel=SOCIAL, standing=None), 1.0),
            (Attempt(CALL, Effect.CALL_BACK.value, 600, "good", self._call_back), 5.0),
            (Attempt(CALL, Effect.LEFT_THE_WORK.value, 0, "good", self._left_the_work), 0.7),
            (Attempt(CALL, Effect.DO_NOT_CONTACT.value, 0, None, self._do_not_contact), 0.5),
            (Attempt(CALL, Effect.DECEASED.value, 0, None, self._deceased), 0.03),
        ]

    def history(self, person: Person, moments: Sequence[int]) -> None:
        """Write what came of attempts at `moments` (minutes since the campaign's first day, rising)."""
        bits, new_id, days, instants = self._bits, self._new_id, self._days, self._instants
        add = self._of["contact"].append
        for moment in moments:
            if moment < person.free:
                continue
            channel, outcome, rest, standing, deed = self._talk if person.forced else person.wheel[bits(11)]
            day = moment // DAY_MINUTES
            contact = new_id()
            organiser = person.organisers[bits(3)]
            number = person.numbers[0] if person.numbers and channel in (CALL, TEXT) else None
            if person.pending is not None:
                self._followed_up(person, person.pending, moment)
            person.free = moment + rest
            note, question = deed(person, contact, moment, organiser) if deed is not None else ("", 0)
            if outcome is _NO_ANSWER:
                person.unanswered += 1
                if not person.unanswered % 6:
                    person.free = moment + 14 * DAY_MINUTES
            phone = None
            if number is not None:
                phone = number.id
                if standing is not None and number.standing is None:
                    number.standing = standing
            at = instants[day] + (moment - day * DAY_MINUTES) * 60
            add((contact, person.id, at, days[day], 1, channel, outcome, question, organiser, None, phone, note))
            person.attempts += 1
            person.last_day = day
            if person.over:
                break
        if person.pending is not None:
            self._leave_open(person, person.pending)
        if person.steps:
            self.cards.settle(person)

    # What follows from an outcome; each takes the person, the contact, its moment and the organiser.

    def _talked(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        bits, day = self._bits, moment // DAY_MINUTES
        first, note, question = person.talked_first is None, "", 0
        if first:
            person.talked_first = day
            person.wheel = self._friends if person.role in FRIENDS else self._met
        person.talked_last = (day, contact, organiser)
        if person.forced or bits(8) < (190 if first else 60):
            self._rate(person, contact, day, organiser)
        person.forced = False
        if bits(8) < 80:
            issue = self._issues[bits(7)]
            self._of["contact_issue"].append((self._new_id(), person.id, contact, issue, int(bits(8) < 60)))
            note = self._another_note(person, "note " + issue)
        if person.asked_on is None and bits(8) < 140:
            self._ask_whom_she_knows(person, contact, day, organiser)
            note = note or self._another_note(person, "note alone" if person.alone else "note knows")
            question = 1
        if not person.card:
            self.cards.ask_to_sign(person, day, contact, organiser)
        elif person.leaning < 3 and bits(8) < 40:
            self.cards.ask_something_else(person, day, contact, organiser)
        if bits(8) < 50:
            due = (day + 3 + bits(3)) * DAY_MINUTES + (HOURS[0] + bits(3)) * 60 + 180
            person.pending = FollowUp("promise", due, bool(bits(1)), contact, organiser)
        if not note and bits(8) < 110:
            note = self._another_note(person, "note talked")
        return note, question

    def _another_note(self, person: Person, part: str) -> str:
        """A note that did not stand in her story yet, '' where there is none left."""
        notes = self._words[part]
        first = self._bits(3)
        for n in range(len(notes)):
            note = notes[(first + n) % len(notes)]
            if note not in person.notes:
                person.notes.append(note)
                return note
        return ""

    def _rate(self, person: Person, contact: int, day: int, organiser: int) -> None:
        leaning = person.leaning
        swing = self._bits(4)
        rating = leaning - 1 if swing == 0 and leaning > 1 else leaning + 1 if swing == 1 and leaning < 5 else leaning
        row = (self._new_id(), person.id, rating, self._days[day], contact, organiser)
        self._of["assessment"].append(row)

    def _ask_whom_she_knows(self, person: Person, contact: int, day: int, organiser: int) -> None:
        person.asked_on = day
        bits = self._bits
        if not person.neighbours or not bits(2):
            person.alone = True
            return
        for other in person.neighbours[: 1 + bits(1)]:
            row = (self._new_id(), person.id, other, self._ties[bits(6)], self._days[day], "", contact, organiser)
            self._of["connection"].append(row)

    def _note(self, outcome: str, chance: int) -> str:
        if self._bits(8) >= chance:
            return ""
        notes = self._words["note " + outcome]
        return notes[self._bits(8) % len(notes)]

    def _left_message(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        return self._note("left message", 60), 0

    def _not_available(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        return self._note("not available", 90), 0

    def _mailed(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        person.mailed = True
        return "", 0

    def _refused(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        return self._note("refused", 140), 0

    def _other_language(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        person.wheel = self.not_met
        return "", 0

    def _wrong_number(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        self._number_is(person, "wrong")
        return self._note("wrong number", 90), 0

    def _disconnected(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        self._number_is(person, "disconnected")
        return "", 0

    def _number_is(self, person: Person, standing: str) -> None:
        """The number is of no use; the next one takes its place, and where there is none nobody can call her."""
        if person.numbers:
            person.numbers[0].standing = standing
            person.numbers.append(person.numbers.pop(0))
        # Work numbers are not called unless she allowed it.
        useless = not person.numbers or person.numbers[0].standing in ("wrong", "disconnected")
        person.over = useless or person.numbers[0].kind == "work"

    def _do_not_contact(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        person.ended_on = day = moment // DAY_MINUTES
        self._of["barred_channel"].append((self._new_id(), person.id, None, self._days[day], contact, organiser))
        person.over = True
        return "", 0

    def _left_the_work(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        person.left_on = person.ended_on = moment // DAY_MINUTES
        person.over = True
        self.cards.end(person, person.left_on, organiser)
        return "", 0

    def _deceased(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        person.deceased = 1
        person.ended_on = moment // DAY_MINUTES
        person.over = True
        return "", 0

    def _call_back(self, person: Person, contact: int, moment: int, organiser: int) -> Told:
        # Tomorrow or the day after, on a half hour in the evening.
        due = (moment // DAY_MINUTES + 1 + self._bits(1)) * DAY_MINUTES + 16 * 60 + 30 * self._bits(3)
        person.pending = FollowUp("call back", due, True, contact, organiser)
        return self._note("call back", 120), 0

    def _followed_up(self, person: Person, promised: FollowUp, moment: int) -> None:
        """The next attempt came: what was promised is done, at the agreed hour where it came by then."""
        due = min(promised.due, moment - moment % 30) if promised.kind == "call back" else promised.due
        self._write(person, promised._replace(due=due), self._days[moment // DAY_MINUTES])
        person.pending = None

    def _leave_open(self, person: Person, promised: FollowUp) -> None:
        """What nobody came back to stays open for some days; before that it was never agreed."""
        person.pending = None
        if person.over:
            return
        due = promised.due // DAY_MINUTES
        if promised.kind == "promise":
            if due >= TODAY - _PROMISE_STAYS_OPEN:
                self._write(person, promised, None)
        elif due >= TODAY - _CALL_BACK_STAYS_OPEN:
            self._write(person, promised, None)
        else:
            contacts = self._of["contact"]
            last = contacts[-1]
            if last[0] == promised.contact:
                contacts[-1] = (*last[:6], Effect.NOT_AVAILABLE.value, 0, *last[8:])

    def _write(self, person: Person, promised: FollowUp, done_on: str | None) -> None:
        day, minute = divmod(promised.due, DAY_MINUTES)
        due = f"{self._days[day]}T{minute // 60:02d}:{minute % 60:02d}" if promised.timed else self._days[day]
        why = self._words["why"][self._bits(2)] if promised.kind == "promise" else ""
        row = (self._new_id(), person.id, promised.kind, due, why, promised.organiser, promised.contact, done_on)
        self._of["follow_up"].append(row)
        person.promised = done_on is None
