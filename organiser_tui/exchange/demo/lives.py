"""The people of a made-up campaign, one after the other: jobs, numbers, address, and the figures their story follows.

What is said in a call is told in talks.py, what they do together in story.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo.cast import Cast, Employer, Place
from organiser_tui.exchange.demo.identity import Discretion, Identities, Identity, Numbers
from organiser_tui.exchange.demo.person import Number, Person, Role
from organiser_tui.exchange.demo.plan import DAY_MINUTES, HOURS, MAIN_LANGUAGE, TODAY, Calendar, Plan, wheel
from organiser_tui.exchange.demo.tables import Row, Rows
from organiser_tui.exchange.demo.talks import Talks

_LEANINGS = ((1, 0.07), (2, 0.26), (3, 0.38), (4, 0.22), (5, 0.07))
_TWO_JOBS, _EARLIER_JOB, _NEW_JOB = 16, 8, 14  # out of 256
_UNKNOWN_START = 0.15
_NEVER_TRIED = 0.26
_EVENING = 17 * 60
_WEEKDAYS = (1.0, 1.1, 1.1, 1.1, 0.7, 0.6, 0.35)
_AT_MOST = 60
_ADJUSTED_EVERY = 16
_EARLY = {Role.FOUNDER: 3, Role.BRIDGE: 3, Role.GROUP: 20}
"""The first day on which somebody of a role may be talked with for the first time; it comes within a month."""


class Known(NamedTuple):
    """Somebody who was talked with and can be called again: whom the rest of the story can count on."""

    id: int
    employer: Employer
    region_code: str
    town: str
    organiser: int
    leaning: int
    role: Role
    since: int
    """The day of the first talk."""
    talked_last: tuple[int, int, int]
    """Day, contact and organiser of the last talk."""
    last_day: int
    card: str
    alone: bool
    promised: bool
    contacts: tuple[int, int]
    """Where her contacts begin and end among those gathered."""


class Job(NamedTuple):
    """One employment; days by number, None where unknown or open."""

    employer: Employer
    place: Place
    start: int | None
    end: int | None = None


def endless(ids: IdMaker) -> Callable[[], int]:
    """Ids one at a time, taken from the maker in blocks."""

    def taken() -> Iterator[int]:
        while True:
            yield from ids.block(20_000)

    return taken().__next__


class Lives:
    """Makes people into `rows`; `known` gathers those whom the story can go on with."""

    def __init__(self, plan: Plan, cast: Cast, calendar: Calendar, ids: IdMaker, rng: Random, rows: Rows) -> None:
        self._plan, self._cast, self._days, self._of = plan, cast, calendar.days, rows.of
        self._rng, self._bits, self.new_id = rng, rng.getrandbits, endless(ids)
        self.known: list[Known] = []
        self.unreached: dict[int, list[int]] = {employer.id: [] for employer in cast.unreached}
        self._identities = Identities(plan, rng)
        self._numbers = iter(Numbers(plan.country, plan.people * 5 // 4, rng))
        self.talks = Talks(calendar, rows, self.new_id, rng, cast.words)
        self.talks.cards.checker = cast.organisers[0]
        self._employers = cast.open_wheel()
        self._leanings = wheel(_LEANINGS, 8)
        self._starts: list[int | None] = [
            None if rng.random() < _UNKNOWN_START else -20 - int(rng.expovariate(1 / 1100)) % 6000 for _n in range(256)
        ]
        growth = ((n * DAY_MINUTES, (n + 20) * _WEEKDAYS[calendar.weekday(n)]) for n in range(TODAY))
        self._when = wheel(growth, 12)
        self._hours = wheel(((minute, _called_at(minute)) for minute in range(HOURS[0] * 60, HOURS[1] * 60)), 11)
        self._tries = [0.0 if n < _NEVER_TRIED * 256 else rng.gammavariate(1.6, 1 / 1.6) for n in range(256)]
        self._neighbours: dict[int, int] = {}
        self._met_elsewhere: int | None = None
        self._last: tuple[int, Identity, Place, int] | None = None
        self._made = self._drawn = self._came_of = self._count = 0
        self._mean = 0.0

    def add(self, count: int, opening: Sequence[tuple[Employer, Role]] = ()) -> None:
        """Make `count` people; the first of them as `opening` says."""
        for n in range(count):
            if not self._count % _ADJUSTED_EVERY:
                self._adjust()
            employer, role = opening[n] if n < len(opening) else (self._drawn_employer(), Role.ANYONE)
            self._one(employer, role)
            self._count += 1

    def _drawn_employer(self) -> Employer:
        return self._cast.employers[self._employers[self._bits(13)]]

    def _adjust(self) -> None:
        """Set how often people are tried so that the contacts come to the planned number."""
        people_left = self._plan.people - self._count
        wanted = max(0, self._plan.contacts - self._made) / people_left
        yields = max(0.3, self._came_of / self._drawn) if self._drawn > 200 else 0.7
        planned = self._plan.contacts / self._plan.people
        self._mean = min(wanted, 3 * planned) / yields / (1 - _NEVER_TRIED)

    def _one(self, employer: Employer, role: Role) -> None:
        bits = self._bits
        identity = self._identities.one()
        leaning = 1 + bits(1) if role in (Role.FOUNDER, Role.BRIDGE) else self._leanings[bits(8)]
        person = Person(self.new_id(), role, leaning)
        jobs = self._jobs(person, employer, role)
        place = jobs[0].place
        discretion = self._identities.discretion[bits(8)]
        position = "worker" if role is not Role.ANYONE else self._identities.positions[bits(8)]
        identity = self._number(person, identity, place)
        person.early = employer is self._cast.first
        person.organisers = place.organisers
        near = self._neighbours.get(employer.id)
        person.neighbours = list(dict.fromkeys(n for n in (near, self._met_elsewhere) if n is not None))
        began = len(self._of["contact"])
        if position in ("worker", "coordinator") and person.numbers:
            self._call(person, employer, identity, discretion)
        self._made += person.attempts
        self._write(person, identity, place, discretion, position)
        self._write_jobs(person, jobs)
        if role is Role.UNREACHED:
            self.unreached[employer.id].append(person.id)
        else:
            if not person.alone:
                self._neighbours[employer.id] = self._met_elsewhere = person.id
            self._last = (person.id, identity, place, len(self._of["phone"]) - 1)
        if person.talked_first is not None and person.talked_last is not None and not person.over:
            self._remember(person, employer, place, began)

    def _remember(self, person: Person, employer: Employer, place: Place, began: int) -> None:
        assert person.talked_first is not None and person.talked_last is not None
        self.known.append(
            Known(
                *(person.id, employer, place.region_code, place.town, place.organisers[0], person.leaning, person.role),
                *(person.talked_first, person.talked_last, person.last_day, person.card, person.alone),
                *(person.promised, (began, len(self._of["contact"]))),
            )
        )

    def _jobs(self, person: Person, employer: Employer, role: Role) -> list[Job]:
        """Where she works and worked; nobody calls before the last of these began."""
        bits = self._bits
        place = employer.places[bits(6)]
        if role is Role.BRIDGE:
            earlier = self._cast.unreached[0]
            return [Job(employer, place, -60), Job(earlier, earlier.home, -1500, -62)]
        start = self._starts[bits(8)]
        if role is Role.ANYONE and bits(8) < _NEW_JOB:
            start = 20 + bits(7)
            person.start = start + 1
        jobs = [Job(employer, place, start)]
        if role in (Role.ANYONE, Role.TALKED_WITH):
            chance = bits(8)
            if chance < _TWO_JOBS:
                second = self._drawn_employer()
                if second is not employer:
                    jobs.append(Job(second, second.places[bits(6)], self._starts[bits(8)]))
            elif chance < _TWO_JOBS + _EARLIER_JOB:
                second = self._drawn_employer()
                if second is not employer:
                    end = -25 - bits(8)
                    jobs.append(Job(second, second.places[bits(6)], end - 100 - 8 * bits(7), end))
                    if start is not None and start < end:
                        jobs[0] = Job(employer, place, end + 10)
        return jobs

    def _number(self, person: Person, identity: Identity, place: Place) -> Identity:
        """Give her numbers; one in 300 shares those of the person before her, as families do, and bears that name."""
        bits, numbers = self._bits, self._numbers
        chance = bits(10)
        if chance < 4 and self._last is not None and person.role is Role.ANYONE:
            other, relative, home, row = self._last
            phone = self._of["phone"][row] if 0 <= row < len(self._of["phone"]) else None
            if home == place and phone is not None and phone[1] == other and phone[6] in (None, "good"):
                self._of["phone"][row] = (*phone[:6], "shared", *phone[7:])
                number = Number(self.new_id(), phone[2], "mobile")
                number.standing = "shared"
                person.numbers.append(number)
                return identity._replace(family=relative.family, ascii_name=f"{identity.given}{person.id % 1000}")
        if chance < 1006 or person.role is not Role.ANYONE:
            person.numbers.append(Number(self.new_id(), next(numbers), "mobile"))
            if chance > 940:
                person.numbers.append(Number(self.new_id(), next(numbers), ("home", "work")[bits(1)]))
        return identity

    def _call(self, person: Person, employer: Employer, identity: Identity, discretion: Discretion) -> None:
        """Draw how often and when she is called, and let the story be told."""
        bits = self._bits
        talks = self.talks
        foreign = identity.language != MAIN_LANGUAGE[self._plan.country]
        person.wheel = talks.not_met_foreign if foreign else talks.not_met
        often = min(_AT_MOST + self._mean, self._tries[bits(8)] * self._mean)
        tries = min(int(often + self._rng.random()), self._plan.contacts - self._made)
        if person.role is Role.UNREACHED:
            tries = self._tries_in_vain(person, employer) if self._plan.contacts else 0
        elif person.forced:
            tries = max(1, tries) if self._plan.contacts else 0
        if tries <= 0:
            return
        when, hours, start = self._when, self._hours, person.start * DAY_MINUTES
        moments = [when[bits(12)] + hours[bits(11)] for _n in range(tries)]
        if person.role in _EARLY:
            start = (_EARLY[person.role] + bits(5)) * DAY_MINUTES
            moments.append(start + _EVENING + bits(7))
        if start:
            moments = [moment for moment in moments if moment >= start]
        if discretion.call_from:
            # A moment before that hour is moved into the evening of its day.
            moments = [m if m % DAY_MINUTES >= _EVENING else m - m % DAY_MINUTES + _EVENING + bits(7) for m in moments]
        moments.sort()
        if person.role is Role.ANYONE:
            self._drawn += tries
        talks.history(person, moments)

    def _tries_in_vain(self, person: Person, employer: Employer) -> int:
        """What was tried at the unreached four: now and then, never, more often, and one refusal."""
        place = self._cast.unreached.index(employer)
        person.wheel = self.talks.unreached
        if place == 3:
            person.wheel = self.talks.refusing
            return 0 if self.unreached[employer.id] else 1
        return (self._bits(1), 0, self._bits(2))[place]

    def _write(self, person: Person, identity: Identity, place: Place, discretion: Discretion, position: str) -> None:
        bits, days, of, words = self._bits, self._days, self._of, self._cast.words
        work = self._identities.work[bits(8)] if person.role is Role.ANYONE else "assistant"
        member = person.card in ("signed", "on file")
        street = f"{words['street'][bits(8) % len(words['street'])]} {1 + bits(6)}" if member else ""
        talked = person.talked_first is not None
        row: Row = (
            *(person.id, identity.given, identity.family, work),
            words["service"][bits(1)] if work == "neighbouring service" else "",
            *(position, identity.gender if talked else "", place.region_code, place.municipality_code),
            *(street, place.town if member else ""),
            ("call", "meet-up", "mailing list", "social network", "forwarded by provider", None, None, None)[bits(3)]
            if talked
            else None,
            *(discretion[:-1] if talked else (None, None, None)),
            *(None if person.left_on is None else days[person.left_on], person.deceased),
            None if person.asked_on is None else days[person.asked_on],
            *(int(person.leaning == 1 and talked and bits(1)), int(person.leaning < 3 and talked and not bits(2)), ""),
        )
        of["person"].append(row)
        for channel in discretion.safe_channels if talked else ():
            of["safe_channel"].append((self.new_id(), person.id, channel))
        for n, number in enumerate(person.numbers, start=1):
            of["phone"].append((number.id, person.id, number.e164, number.e164, number.kind, n, number.standing, ""))
        if person.mailed or bits(1):
            of["email"].append((self.new_id(), person.id, f"{identity.ascii_name}{person.id % 1000}@example.org", ""))
        if identity.language != MAIN_LANGUAGE[self._plan.country]:
            for language in (identity.language, MAIN_LANGUAGE[self._plan.country])[: 1 + bits(1)]:
                of["person_language"].append((self.new_id(), person.id, language))
        if talked and not bits(4):
            of["skill"].append((self.new_id(), person.id, words["skill"][bits(8) % len(words["skill"])]))

    def _write_jobs(self, person: Person, jobs: list[Job]) -> None:
        days = self._days
        left = None if person.left_on is None else days[person.left_on]
        for employer, place, start, end in jobs:
            last = left if end is None else days[end]
            begun = None if start is None else days[start]
            self._of["employment"].append(
                (self.new_id(), person.id, employer.id, begun, last, place.region_code, place.municipality_code, "")
            )


def _called_at(minute: int) -> float:
    """How often people are called at a minute of the day: most after work, few in the morning."""
    hour = minute // 60
    return 1.0 if hour < 12 else 1.6 if hour < 16 else 5.0 if hour < 20 else 2.5
