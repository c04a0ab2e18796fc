"""What a made-up campaign is about today: who met, what is due at which hour, cards in every state, lists to call.

It goes on from the people that lives.py made; every promise stands on a contact or a meeting before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from organiser_tui.domain.figures import Card
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.outcomes import Effect
from organiser_tui.exchange.demo.agreements import agree
from organiser_tui.exchange.demo.cast import Cast
from organiser_tui.exchange.demo.elections import elect
from organiser_tui.exchange.demo.lives import Known, Lives
from organiser_tui.exchange.demo.meetings import Meetings
from organiser_tui.exchange.demo.person import FRIENDS, Role
from organiser_tui.exchange.demo.plan import TODAY, Calendar
from organiser_tui.exchange.demo.tables import Rows
from organiser_tui.exchange.demo.talks import CALL

_DUE_TODAY = ("17:00", "17:30", "18:00", "18:30", "19:00", "19:30")
_OVERDUE = ((1, "18:00"), (2, None), (3, "17:30"))
_CALL_BACKS = ((0, "17:30"), (0, "18:30"), (1, "18:00"))
# Days since the form went out, and since each reminder: due today, two days late, due again, and twice in vain.
_FORMS_OUT = ((14, ()), (14, ()), (16, ()), (28, (14,)), (45, (31, 17)))
_MEET_UPS = 14
_PEOPLE_A_MEET_UP = 15


class Story:
    """Goes on from the people made so far."""

    def __init__(self, cast: Cast, calendar: Calendar, rng: Random, rows: Rows, lives: Lives) -> None:
        self._cast, self._days, self._calendar = cast, calendar.days, calendar
        self._rng, self._rows, self._of, self._lives = rng, rows, rows.of, lives
        self._new_id: Callable[[], int] = lives.new_id
        self._cards = lives.talks.cards
        self._meetings = Meetings(cast, calendar, rng, rows, lives.new_id, self._cards)
        self._taken: set[int] = set()

    def tell(self) -> None:
        """Everything that happens once, among the first people made."""
        known = self._company()
        of_role = {role: [k for k in known if k.role is role] for role in Role}
        self._meetings.fading_group(of_role[Role.GROUP])
        self._meetings.lively_group(of_role[Role.FOUNDER][:14])
        self._meetings.meet_ups(known, min(_MEET_UPS, len(known) // _PEOPLE_A_MEET_UP))
        invited = self._meetings.workshop(known)
        self._meetings.assembly(known)
        self._bridge(of_role[Role.BRIDGE], known)
        self._call_backs()
        self._promises()
        self._forms()
        self._every_card_state()
        self._lists(invited)
        elect(self._cast, self._days, self._of, self._lives.known)
        agree(self._rows, self._cast.words, self._days)

    def tell_on(self) -> None:
        """What goes on among later people of a big campaign: they meet."""
        known = self._company()
        self._meetings.meet_ups(known, len(known) // (4 * _PEOPLE_A_MEET_UP))

    def _company(self) -> list[Known]:
        """Those who meet: everyone talked with but those who know nobody, who stay on their own."""
        return [known for known in self._lives.known if not known.alone or known.role in FRIENDS]

    def _bridge(self, bridges: list[Known], known: list[Known]) -> None:
        """Who used to work at an unreached provider still knows people there; so does one who shares shifts."""
        hidden = [self._lives.unreached[employer.id] for employer in self._cast.unreached]
        for bridge in bridges:
            for other in hidden[0][:3]:
                self._tie(bridge, other, "colleague")
        supporters = [k for k in known if k.leaning == 2 and k.role is Role.FOUNDER]
        if supporters and len(hidden) > 2 and hidden[2]:
            self._tie(supporters[0], hidden[2][0], "same shifts")

    def _tie(self, known: Known, other: int, kind: str) -> None:
        day, contact, organiser = known.talked_last
        self._of["connection"].append((self._new_id(), known.id, other, kind, self._days[day], "", contact, organiser))

    def _recent(self, days: int) -> Iterator[Known]:
        """People last talked with in these days, each given once, with nothing open."""
        for known in self._lives.known:
            if known.talked_last[0] >= TODAY - days and not known.promised and known.id not in self._taken:
                self._taken.add(known.id)
                yield known

    def _call_backs(self) -> None:
        """Some who did not answer lately did after all, and agreed on an hour today."""
        contacts, left = self._of["contact"], list(_CALL_BACKS)
        for known in self._lives.known:
            last = contacts[known.contacts[1] - 1]
            recent = TODAY - 4 <= known.last_day < TODAY - 1
            if not left or known.promised or not recent or last[5] != CALL or last[6] != Effect.NO_ANSWER:
                continue
            contacts[known.contacts[1] - 1] = (*last[:6], Effect.CALL_BACK.value, *last[7:])
            ago, clock = left.pop()
            due = self._calendar.hour(TODAY - ago, clock)
            self._of["follow_up"].append((self._new_id(), known.id, "call back", due, "", last[8], last[0], None))
            self._taken.add(known.id)

    def _promises(self) -> None:
        """Follow-ups due today at their hours, and some that are overdue."""
        due = [*((0, clock) for clock in _DUE_TODAY), *_OVERDUE]
        for (ago, clock), known in zip(due, self._recent(14), strict=False):
            day, contact, organiser = known.talked_last
            when = self._days[TODAY - ago] if clock is None else self._calendar.hour(TODAY - ago, clock)
            if day >= TODAY - ago:
                continue
            why = self._rng.choice(self._cast.words["why"])
            self._of["follow_up"].append((self._new_id(), known.id, "promise", when, why, organiser, contact, None))

    def _without_card(self, days: int) -> Iterator[Known]:
        for known in self._lives.known:
            if not known.card and known.since <= TODAY - days and known.leaning < 4 and known.id not in self._taken:
                self._taken.add(known.id)
                yield known

    def _forms(self) -> None:
        """Forms that the two-week rule asks for today."""
        for (ago, reminders), known in zip(_FORMS_OUT, self._without_card(46), strict=False):
            day = TODAY - ago
            self._cards.ask(known.id, "sign", day, None, known.organiser, "yes", day + 14)
            self._cards.step(known.id, Card.FORM_OUT, day, known.organiser)
            for since in reminders:
                self._cards.remind(known.id, TODAY - since, known.organiser)

    def _every_card_state(self) -> None:
        """A state that no card came to by chance is given to one more person."""
        stands = {row[1]: row[2] for row in self._of["card"]}
        missing = [card for card in Card if card is not Card.NONE and card.value not in stands.values()]
        for state, known in zip(missing, self._without_card(46), strict=False):
            if state is not Card.OTHER_UNION:
                self._cards.step(known.id, Card.FORM_OUT, TODAY - 30, known.organiser)
            reason = "resigned" if state is Card.ENDED else ""
            self._cards.step(known.id, state, TODAY - 20, known.organiser, reason)

    def _lists(self, invited: list[Known]) -> None:
        """Three call lists: an unreached provider, the workshop's (done with), and forms that have not come back."""
        words, hidden = self._cast.words["list"], self._cast.unreached
        if hidden and self._lives.unreached[hidden[0].id]:
            region = self._cast.region_names[hidden[0].home.region_code]
            made = self._list(words[0].format(region=region), TODAY - 9, "open")
            for person in self._lives.unreached[hidden[0].id]:
                self._target(made, person, "open")
        if invited:
            day = self._meetings.workshop_day
            made = self._list(words[1], day - 20, "closed")
            for known in invited:
                called = self._called_from(made, known, day - 20, day)
                self._target(made, known.id, "done" if called else "open")
        stands = {row[1]: row[2] for row in self._of["card"]}
        waiting = [person for person, state in stands.items() if state == Card.FORM_OUT][:60]
        if waiting:
            made = self._list(words[2], TODAY - 5, "open")
            for person in waiting:
                self._target(made, person, "open")

    def _list(self, name: str, day: int, state: str) -> int:
        made = self._new_id()
        at = self._calendar.instants[day] + 16 * 3600
        row = (made, name, "", "", "", state, self._days[day], self._cast.organisers[0], at)
        self._of["call_list"].append(row)
        return made

    def _target(self, made: int, person: int, state: str) -> None:
        self._of["target"].append((word_id("target", made, person), made, person, state, 0, 0))

    def _called_from(self, made: int, known: Known, first: int, end: int) -> bool:
        """Mark her calls of these days as calls from this list; returns whether one of them was a talk."""
        contacts, talked = self._of["contact"], False
        for n in range(*known.contacts):
            row = contacts[n]
            if row[5] == CALL and self._days[first] < row[3] < self._days[end]:
                contacts[n] = (*row[:9], made, *row[10:])
                talked = talked or row[6] == Effect.TALKED
        return talked
