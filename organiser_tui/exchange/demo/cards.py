"""Asks in a made-up campaign, and what became of them: cards with their steps, promises kept or not."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from organiser_tui.domain.figures import Card
from organiser_tui.exchange.demo.person import Person, Role, Step
from organiser_tui.exchange.demo.plan import TODAY, Calendar, wheel
from organiser_tui.exchange.demo.tables import Row, Rows

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
    """Writes asks, answers, cards and reminders into `rows`; what comes later waits until a story is settled."""

    def __init__(
        self, calendar: Calendar, rows: Rows, new_id: Callable[[], int], rng: Random, words: dict[str, tuple[str, ...]]
    ) -> None:
        self._days, self._of = calendar.days, rows.of
        self._new_id, self._bits, self._words = new_id, rng.getrandbits, words
        self._answers = {leaning: wheel(answers, 6) for leaning, answers in _ANSWERS.items()}
        self._fates, self._kept = wheel(_FATES, 6), wheel(_KEPT, 6)
        self.checker: int | None = None
        """The organiser who checks cards."""

    def ask_to_sign(self, person: Person, day: int, contact: int, organiser: int) -> None:
        """Perhaps ask her at this contact, by her leaning."""
        founder = person.role in (Role.FOUNDER, Role.BRIDGE)
        if not (person.early or founder or day >= _FIRST_ASKS_ELSEWHERE):
            return
        if not founder and self._bits(8) >= _ASKED[person.leaning]:
            if person.leaning < 4 and not self._bits(5):
                row = self._card(person.id, Card.OTHER_UNION.value, day, contact, organiser, union=True)
                self._later(person, day, "card", row, Card.OTHER_UNION.value)
            return
        answer = "yes" if founder else self._answers[person.leaning][self._bits(6)]
        self.ask(person.id, "sign", day, contact, organiser, answer, day + _FORM_DAYS if answer == "yes" else None)
        if answer == "yes":
            self._form_out(person, day, contact, organiser, _ON_FILE if founder else self._fates[self._bits(6)])

    def ask(
        self, person: int, kind: str, day: int, contact: int | None, organiser: int, answer: str,
        due: int | None = None, event: int | None = None,
    ) -> int:  # fmt: skip
        """One ask with its answer on the same day; returns its id."""
        ask = self._new_id()
        text = self._days[day]
        until = None if due is None else self._days[due]
        self._of["ask"].append((ask, person, kind, text, until, event, contact, organiser))
        self._of["answer"].append((self._new_id(), person, ask, answer, text, contact, organiser))
        return ask

    def ask_something_else(self, person: Person, day: int, contact: int, organiser: int) -> None:
        """Ask one who supports the campaign for more than her name; what fell due was kept or not."""
        due = day + 7 + self._bits(3)
        ask = self.ask(person.id, _OTHER_ASKS[self._bits(2)], day, contact, organiser, "yes", due)
        if due < TODAY - _OPEN_PROMISE_DAYS:
            kept = self._kept[self._bits(6)]
            self._later(person, due, "ask_end", (self._new_id(), person.id, ask, kept, self._days[due], organiser))

    def _form_out(self, person: Person, day: int, contact: int, organiser: int, fate: str) -> None:
        """The steps of a card whose form went out on `day`, as far as today."""
        self._step(person, Card.FORM_OUT, day, contact, organiser)
        if fate == _NEVER:
            self._remind_twice(person, day, organiser)
            return
        back = day + 1 + self._bits(4)
        if fate == _INCOMPLETE:
            self._step(person, Card.RETURNED, back, None, organiser)
            return
        self._step(person, Card.SIGNED, back, None, organiser)
        filed = back + 2 + self._bits(3)
        self._step(person, Card.ON_FILE, filed, None, organiser)
        if fate == _ENDED:
            reason = _END_REASONS[2 * self._bits(1)]
            self._step(person, Card.ENDED, filed + 20 + self._bits(5), None, organiser, reason)

    def _remind_twice(self, person: Person, day: int, organiser: int) -> None:
        """The two-week rule: two reminders at most, then the form is given up."""
        for _n in range(2):
            day += _FORM_DAYS
            if day < TODAY:
                self._later(person, day, "reminder", self._reminder(person.id, day, organiser))
        self._step(person, Card.NONE, day + _FORM_DAYS, None, organiser, self._words["given up"][0])

    def _step(
        self, person: Person, state: Card, day: int, contact: int | None, organiser: int, reason: str = ""
    ) -> None:
        if day < TODAY:
            row = self._card(person.id, state.value, day, contact, organiser, reason)
            self._later(person, day, "card", row, state.value)

    def _later(self, person: Person, day: int, table: str, row: Row, card: str = "") -> None:
        person.steps.append(Step(day, table, row, card))
        person.card = card or person.card

    def end(self, person: Person, day: int, organiser: int) -> None:
        """She has left the work on `day`: a member is one no more."""
        person.steps = [step for step in person.steps if step.day < day]
        person.card = next((step.card for step in reversed(person.steps) if step.card), "")
        if person.card in (Card.SIGNED.value, Card.ON_FILE.value):
            self._step(person, Card.ENDED, day, None, organiser, _END_REASONS[1])

    def settle(self, person: Person) -> None:
        """Write what came up to the day on which her story ended, if it did."""
        for step in person.steps:
            if person.ended_on is None or step.day <= person.ended_on:
                self._of[step.table].append(step.row)
                person.card = step.card or person.card

    def step(self, person: int, state: Card, day: int, organiser: int, reason: str = "") -> None:
        """One step of a card, at once."""
        union = state is Card.OTHER_UNION
        self._of["card"].append(self._card(person, state.value, day, None, organiser, reason, union=union))

    def remind(self, person: int, day: int, organiser: int) -> None:
        """One reminder of a form that went out, at once."""
        self._of["reminder"].append(self._reminder(person, day, organiser))

    def _reminder(self, person: int, day: int, organiser: int) -> Row:
        return (self._new_id(), person, self._days[day], "e-mail", organiser)

    def _card(
        self, person: int, state: str, day: int, contact: int | None, organiser: int, reason: str = "", *,
        union: bool = False,
    ) -> Row:  # fmt: skip
        which = self._words["union"][0] if union else ""
        checked_by = self.checker if state == Card.ON_FILE else None
        return (self._new_id(), person, state, self._days[day], reason, which, checked_by, contact, organiser)
