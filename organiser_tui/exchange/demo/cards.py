"""Asks in a made-up campaign, and what became of them: cards with their steps, promises kept or not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from organiser_tui.domain.figures import Card
from organiser_tui.exchange.demo.person import Person
from organiser_tui.exchange.demo.plan import TODAY, Calendar, wheel
from organiser_tui.exchange.demo.tables import Rows

_FIRST_ASKS_ELSEWHERE = 50
"""Up to this day only the people of the first provider are asked to sign."""
_FORM_DAYS = 14
_OPEN_PROMISE_DAYS = 6

# How likely an ask is out of 256, and the answers, by leaning.
_ASKED = {1: 235, 2: 200, 3: 70, 4: 0, 5: 0}
_ANSWERS = {
    1: (("yes", 0.9), ("later", 0.07), ("maybe", 0.03)),
    2: (("yes", 0.68), ("later", 0.14), ("maybe", 0.12), ("no", 0.06)),
    3: (("yes", 0.3), ("later", 0.2), ("maybe", 0.3), ("no", 0.2)),
}
_ON_FILE, _NEVER, _INCOMPLETE, _ENDED = "on file", "never", "incomplete", "ended"
_FATES = ((_ON_FILE, 0.74), (_NEVER, 0.16), (_INCOMPLETE, 0.05), (_ENDED, 0.05))
_END_REASONS = ("resigned", "left the work", "arrears")
_OTHER_ASKS = ("bring someone", "take a task", "mandate", "pledge")
_KEPT = (("kept", 0.62), ("not kept", 0.28), ("excused", 0.1))


class Cards:
    """Writes asks, answers, cards and reminders into `rows`."""

    def __init__(
        self, calendar: Calendar, rows: Rows, new_id: Callable[[], int], rng: Random, words: dict[str, tuple[str, ...]]
    ) -> None:
        self._days, self._of, self._new_id, self._bits, self._words = (
            calendar.days,
            rows.of,
            new_id,
            rng.getrandbits,
            words,
        )
        self._answers = {leaning: wheel(answers, 6) for leaning, answers in _ANSWERS.items()}
        self._fates, self._kept = wheel(_FATES, 6), wheel(_KEPT, 6)
        self.checker: int | None = None
        """The organiser who checks cards."""

    def ask_to_sign(self, person: Person, day: int, contact: int, organiser: int) -> bool:
        """Perhaps ask her at this contact, by her leaning; returns whether she was asked."""
        founder = person.role in ("founder", "bridge")
        if not (person.early or founder or day >= _FIRST_ASKS_ELSEWHERE):
            return False
        if not founder and self._bits(8) >= _ASKED[person.leaning]:
            if person.leaning < 4 and not self._bits(5):
                self._next(person, Card.OTHER_UNION.value, day, contact, organiser, union=self._words["union"][0])
            return False
        answer = "yes" if founder else self._answers[person.leaning][self._bits(6)]
        self.ask(person.id, "sign", day, contact, organiser, answer, due=day + _FORM_DAYS if answer == "yes" else None)
        if answer == "yes":
            self._form_out(person, day, contact, organiser, _ON_FILE if founder else self._fates[self._bits(6)])
        return True

    def ask(
        self, person: int, kind: str, day: int, contact: int | None, organiser: int, answer: str,
        due: int | None = None, event: int | None = None,
    ) -> int:  # fmt: skip
        """One ask with its answer on the same day; returns its id."""
        ask = self._new_id()
        text = self._days[day]
        until = None if due is None else self._days[due]
        self._of["ask"].append((ask, person, kind, text, until, event, contact, organiser))
        self._of["answer"].append((self._new_id(), ask, answer, text, contact, organiser))
        return ask

    def ask_something_else(self, person: Person, day: int, contact: int, organiser: int) -> None:
        """Ask one who supports the campaign for more than her name; what fell due was kept or not."""
        due = day + 7 + self._bits(3)
        ask = self.ask(person.id, _OTHER_ASKS[self._bits(2)], day, contact, organiser, "yes", due)
        if due < TODAY - _OPEN_PROMISE_DAYS:
            kept = self._kept[self._bits(6)]
            self._of["answer"].append((self._new_id(), ask, kept, self._days[due], None, organiser))

    def _form_out(self, person: Person, day: int, contact: int, organiser: int, fate: str) -> None:
        self._next(person, Card.FORM_OUT.value, day, contact, organiser)
        if fate == _NEVER:
            self._remind(person, day, organiser)
            return
        back = day + 1 + self._bits(4)
        if back >= TODAY:
            return
        if fate == _INCOMPLETE:
            self._next(person, Card.RETURNED.value, back, None, organiser)
            return
        self._next(person, Card.SIGNED.value, back, None, organiser)
        filed = back + 2 + self._bits(3)
        if filed >= TODAY:
            return
        self._next(person, Card.ON_FILE.value, filed, None, organiser, checked_by=self.checker)
        ended = filed + 20 + self._bits(5)
        if fate == _ENDED and ended < TODAY:
            self._next(person, Card.ENDED.value, ended, None, organiser, reason=_END_REASONS[self._bits(1)])

    def _remind(self, person: Person, day: int, organiser: int) -> None:
        """The two-week rule: two reminders at most, then the form is given up."""
        for _n in range(2):
            day += _FORM_DAYS
            if day >= TODAY:
                return
            self.remind(person.id, day, organiser)
        day += _FORM_DAYS
        if day < TODAY:
            self._next(person, Card.NONE.value, day, None, organiser, reason=self._words["given up"][0])

    def end(self, person: Person, day: int, organiser: int) -> None:
        """She has left the work: a member is one no more."""
        if person.card in (Card.SIGNED.value, Card.ON_FILE.value):
            self._next(person, Card.ENDED.value, day, None, organiser, reason=_END_REASONS[1])

    def _next(
        self, person: Person, state: str, day: int, contact: int | None, organiser: int, *,
        reason: str = "", union: str = "", checked_by: int | None = None,
    ) -> None:  # fmt: skip
        person.card = state
        self.step(person.id, state, day, contact, organiser, reason=reason, union=union, checked_by=checked_by)

    def step(
        self, person: int, state: str, day: int, contact: int | None, organiser: int, *,
        reason: str = "", union: str = "", checked_by: int | None = None,
    ) -> None:  # fmt: skip
        """One step of a card."""
        row = (self._new_id(), person, state, self._days[day], reason, union, checked_by, contact, organiser)
        self._of["card"].append(row)

    def remind(self, person: int, day: int, organiser: int) -> None:
        """One reminder of a form that went out."""
        self._of["reminder"].append((self._new_id(), person, self._days[day], "e-mail", organiser))
