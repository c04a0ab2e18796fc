"""What the people of a made-up campaign do together: meet-ups, groups, a workshop with its tasks, an assembly ahead.

Only people who were talked with before are invited, so that nobody of an unreached provider comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from organiser_tui.domain.ids import word_id
from organiser_tui.domain.needs import Need
from organiser_tui.exchange.demo.cards import Cards
from organiser_tui.exchange.demo.cast import Cast, Employer
from organiser_tui.exchange.demo.lives import Known
from organiser_tui.exchange.demo.person import Role
from organiser_tui.exchange.demo.plan import TODAY, Calendar
from organiser_tui.exchange.demo.tables import Rows

_SATURDAY, _FRIDAY, _THURSDAY = 5, 4, 3
_FADING = (1.0, 0.92, 0.75, 0.58, 0.42, 0.25)
"""The share of its members that came to each of the six meetings of the group that fades."""
_TASK_ENDS = ("done", "done", "not done", "done", "late", "excused", "done", "not done", None)
_ANSWERS = ("yes",) * 10 + ("maybe",) * 3 + ("no",) * 3
_NEEDS = (Need.RIDE, Need.CHILDCARE, Need.RIDE, Need.INTERPRETER, Need.ACCESS)
"""Of every fourth who is invited to the assembly."""
_SHOWS_UP = {"yes": 0.75, "maybe": 0.3, "no": 0.0}


class Occasion(NamedTuple):
    """One event to be: who is asked to it, and how many come (None: as they answer); a future one has no attendance."""

    kind: str
    name: str
    day: int
    clock: str
    town: str
    region_code: str
    invited: Sequence[Known]
    came: int | None = None
    group: int | None = None
    demand_made: int | None = None
    cancelled: int | None = None
    capacity: int | None = None
    agenda: str = ""


class Meetings:
    """Writes events with invitations, answers and attendance into `rows`."""

    def __init__(
        self, cast: Cast, calendar: Calendar, rng: Random, rows: Rows, new_id: Callable[[], int], cards: Cards
    ) -> None:
        self._cast, self._calendar, self._days, self._rng = cast, calendar, calendar.days, rng
        self._of, self._new_id, self._cards = rows.of, new_id, cards
        self.workshop_day = calendar.on_weekday(TODAY - 36, _SATURDAY)

    def hold(self, occasion: Occasion) -> list[Known]:
        """Write one event; returns who came."""
        event = self._new_id()
        day = occasion.day
        facilitator = occasion.invited[0].organiser
        cancelled = None if occasion.cancelled is None else self._days[occasion.cancelled]
        recorded = self._days[day] if cancelled is None and day < TODAY else None
        self._of["event"].append(
            (
                *(event, occasion.kind, occasion.name, self._calendar.hour(day, occasion.clock)),
                *(occasion.town, occasion.region_code, occasion.group, facilitator, occasion.capacity),
                *(occasion.demand_made, cancelled, recorded, occasion.agenda),
            )
        )
        came: list[Known] = []
        for place, known in enumerate(occasion.invited):
            answer = _ANSWERS[(7 * place + day) % len(_ANSWERS)] if occasion.came is None else "yes"
            self._invite(event, occasion, known, answer)
            if occasion.cancelled is not None or day >= TODAY:
                continue
            shows_up = self._rng.random() < _SHOWS_UP[answer] if occasion.came is None else place < occasion.came
            shows_up = shows_up or (known.role is Role.BRIDGE)
            if shows_up or answer == "yes":
                self._attend(event, day, known, shows_up, came, facilitator)
            if shows_up:
                came.append(known)
        return came

    def _invite(self, event: int, occasion: Occasion, known: Known, answer: str) -> None:
        asked = max(known.since, min(occasion.day - 3 - self._rng.randrange(6), TODAY - 1))
        if occasion.cancelled is not None:
            asked = min(asked, occasion.cancelled)
        self._of["invitation"].append((self._new_id(), event, known.id, self._days[asked], known.organiser))
        if occasion.day < TODAY or self._rng.random() < 0.6:
            answer = "yes" if known.role is Role.BRIDGE else answer
            self._cards.ask(known.id, "come", asked, None, known.organiser, answer, occasion.day, event)

    def _attend(self, event: int, day: int, known: Known, shows_up: bool, before: list[Known], organiser: int) -> None:
        rng = self._rng
        brought_by = rng.choice(before).id if shows_up and before and rng.random() < 0.07 else None
        excused = int(not shows_up and rng.random() < 0.25)
        row = (self._new_id(), event, known.id, self._days[day], int(shows_up), brought_by, excused, organiser)
        self._of["attendance"].append(row)

    def meet_ups(self, people: Sequence[Known], number: int) -> None:
        """Coffee now and then over the half year, each among people of one region."""
        for n in range(number):
            day = self._calendar.on_weekday(20 + (n + 1) * (TODAY - 22) // (number + 1), self._rng.randrange(7))
            met = [known for known in people if known.since < day]
            if len(met) < 3:
                continue
            host = self._rng.choice(met)
            near = [known for known in met if known.region_code == host.region_code]
            near = near if len(near) > 6 else met
            near = self._rng.sample(near, min(len(near), 7 + self._rng.randrange(8)))
            invited = [host, *(known for known in near if known is not host)]
            name = self._cast.words["meetup"][0].format(place=host.town)
            occasion = Occasion("meet-up", name, day, "17:30", host.town, host.region_code, invited)
            self._give_tasks(self.hold(occasion)[:2], day, None)

    def workshop(self, people: Sequence[Known]) -> list[Known]:
        """The workshop a month before the assembly, with tasks taken there; returns who was invited."""
        day = self.workshop_day
        invited = self._first_bridge([k for k in people if k.since < day - 20 and k.leaning < 4], 24)
        if len(invited) < 3:
            return []
        name = self._cast.words["workshop"][0]
        came = self.hold(Occasion("workshop", name, day, "10:00", *self._at(self._cast.first), invited, capacity=30))
        self._give_tasks(came, day, self._of["event"][-1][0])
        return invited

    def assembly(self, people: Sequence[Known]) -> None:
        """The assembly ahead: invitations are out, not everyone has answered."""
        day = self._calendar.on_weekday(TODAY + 19, _SATURDAY)
        invited = self._first_bridge([known for known in people if known.leaning < 4], 40)
        if invited:
            name, agenda = self._cast.words["assembly"][0], self._cast.words["agenda"][0]
            at = self._at(self._cast.first)
            self.hold(Occasion("assembly", name, day, "11:00", *at, invited, capacity=120, agenda=agenda))
            event = self._of["event"][-1][0]
            for need, known in zip(_NEEDS, invited[1::4], strict=False):
                row = word_id("guest_need", event, known.id)
                self._of["guest_need"].append((row, known.id, event, need.value, ""))

    def _first_bridge(self, people: list[Known], number: int) -> list[Known]:
        self._rng.shuffle(people)
        people.sort(key=lambda known: known.role is not Role.BRIDGE)
        return people[:number]

    def _give_tasks(self, people: Iterable[Known], day: int, event: int | None) -> None:
        """Tasks taken on `day`; most are done, some late or not, one is still open."""
        for n, known in enumerate(people):
            how = "done" if known.role is Role.BRIDGE else _TASK_ENDS[(n + day) % len(_TASK_ENDS)]
            due = day + 10 + n % 6
            if how is None or due >= TODAY:
                due, how = max(due, TODAY + 3), None
            task = self._new_id()
            what = self._rng.choice(self._cast.words["task"])
            self._of["task"].append(
                (task, known.id, "organising", what, self._days[day], self._days[due], event, known.organiser)
            )
            if how is not None:
                ended = min(TODAY - 1, due + 4 if how == "late" else due - (how == "done"))
                self._of["task_end"].append((self._new_id(), known.id, task, how, self._days[ended], known.organiser))

    def lively_group(self, founders: Sequence[Known]) -> None:
        """A group that goes on: coffee every other Friday, the next one ahead."""
        if len(founders) < 3:
            return
        group = self._group(self._cast.words["group"][1], None, founders[0].region_code, founders, TODAY - 90)
        next_day = self._calendar.on_weekday(TODAY + 10, _FRIDAY)
        for n in range(7, -1, -1):
            invited = [known for known in founders if known.since < next_day - 14 * n]
            if len(invited) >= 3:
                came = round(len(invited) * (0.55 + 0.05 * ((n * 3) % 5)))
                name = self._cast.words["group"][1]
                day = next_day - 14 * n
                at = self._at(self._cast.first)
                self.hold(Occasion("meeting", name, day, "16:00", *at, invited, came, group, int(n in (1, 4))))

    def fading_group(self, members: Sequence[Known]) -> None:
        """Six meetings, a demand won at once, then hostility: fewer come, the seventh is called off, none follows."""
        if len(members) < 4:
            return
        words, hostile = self._cast.words, self._cast.hostile
        first = self._calendar.on_weekday(TODAY - 110, _THURSDAY)
        name, at = words["group"][0], self._at(hostile)
        group = self._group(name, hostile.id, None, members, first)
        for n, share in enumerate(_FADING):
            came = max(1, round(share * len(members)))
            day = first + 14 * n
            occasion = Occasion("meeting", name, day, "18:00", *at, members, came, group, int(n < 3))
            self.hold(occasion)
            if n in (0, 2):
                event, answer = self._of["event"][-1][0], "won" if n == 0 else "refused"
                demand = (self._new_id(), words["demand"][n // 2], hostile.id, group, event, self._days[occasion.day])
                put = (("schedules", "travel")[n // 2], words["put to"][0], self._days[occasion.day + 4])
                self._of["demand"].append((*demand, answer, *put, self._days[occasion.day + 18]))
        called_off = first + 14 * len(_FADING)
        invited = members[: max(1, len(members) // 3)]
        self.hold(Occasion("meeting", name, called_off, "18:00", *at, invited, 0, group, 0, cancelled=called_off - 2))
        for n, what in enumerate(words["reprisal"]):
            row = (self._new_id(), hostile.id, self._days[TODAY - 74 + 6 * n], what, self._cast.organisers[0])
            against = members[-1].id if n else None  # the first was against all of them
            self._of["reprisal"].append((*row, against, words["put to"][0]))

    def _at(self, employer: Employer) -> tuple[str, str]:
        return employer.home.town, employer.home.region_code

    def _group(self, name: str, provider: int | None, region: str | None, members: Sequence[Known], first: int) -> int:
        group = self._new_id()
        self._of["meeting_group"].append((group, name, provider, region, 14))
        for known in members:
            since = self._days[max(first, known.since)]
            self._of["group_member"].append((self._new_id(), group, known.id, since, None))
        return group
