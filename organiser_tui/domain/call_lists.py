"""What a call list is apart from the people on it, and whether anybody on it may be called today."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.folding import clean
from organiser_tui.domain.outcomes import Effect, Outcome
from organiser_tui.words import _, ngettext

LONGEST_NAME: Final = 80
"""Characters."""
_HOUR: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST_COOLDOWN: Final = 366
"""Days."""


class ListState(StrEnum):
    """Whether a list is being called through."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Goal(StrEnum):
    """What must have happened with somebody on a list for her to be done with there."""

    TALKED = "talked"
    LEARNED = "learned"
    ASKED = "asked"
    YES = "yes"

    def met_by(self, draft: ContactDraft, outcome: Outcome) -> bool:
        """Whether a contact with that outcome meets it."""
        match self:
            case Goal.TALKED:
                return outcome.effect is Effect.TALKED
            case Goal.LEARNED:
                return outcome.spoken_with and draft.learned
            case Goal.ASKED:
                return outcome.spoken_with and draft.ask is not None
            case _:
                return outcome.spoken_with and draft.ask is not None and draft.ask.answer == "yes"


def goal_labels() -> dict[Goal, str]:
    """What each goal is called."""
    return {
        Goal.TALKED: _("talked"),
        Goal.LEARNED: _("something learned"),
        Goal.ASKED: _("asked"),
        Goal.YES: _("said yes"),
    }


@dataclass(frozen=True, slots=True)
class CallListDraft:
    """A call list as its form has it; days are ISO, hours HH:MM wall time, None where nothing is set."""

    name: str
    purpose: str = ""
    filter_text: str = ""
    refills: bool = False
    """Whoever comes to fit the filter is taken in each time the list is called through."""
    opens_on: str | None = None
    closes_on: str | None = None
    """The last day on which it is called through."""
    hours_from: str | None = None
    """Instead of the hours of the campaign."""
    hours_until: str | None = None
    goal: str = Goal.TALKED.value
    cooldown_days: int = 0
    """So many days nobody on it is called after anybody has tried her; 0 for no more than each outcome asks for."""
    guide: str = ""
    """The name of the guide by which it is called; '' for the one that comes with the program."""
    callers: tuple[int, ...] = ()
    """The organisers who may call it, by id; none for everybody."""

    def may_be_called_by(self, organiser: int | None) -> bool:
        """Whether it is called by everybody, or by that organiser (by id) among others."""
        return not self.callers or organiser in self.callers

    def checked(self) -> CallListDraft:
        """The same with a clean name and purpose. Raises OrganiserError, in one sentence, for what cannot be."""
        name, purpose = clean(self.name), clean(self.purpose)
        if not name:
            raise OrganiserError(_("A call list needs a name."))
        if len(name) > LONGEST_NAME:
            sentence = _("The name of a call list takes {most} letters; these are {n}.")
            raise OrganiserError(sentence.format(most=LONGEST_NAME, n=len(name)))
        parse_filter(self.filter_text)
        if self.refills and not self.filter_text.strip():
            raise OrganiserError(_("A list can take in others only by a filter: write one, or choose no."))
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise OrganiserError(_("The last day lies before the first."))
        for hour in filter(None, (self.hours_from, self.hours_until)):
            if _HOUR.fullmatch(hour) is None:
                raise OrganiserError(_("“{hour}” is no hour. Write for example 17 or 17:30.").format(hour=hour))
        if self.goal not in list(Goal):
            raise OrganiserError(_("“{goal}” is no goal of a list.").format(goal=self.goal))
        if self.hours_from and self.hours_until and self.hours_until <= self.hours_from:
            raise OrganiserError(_("The hours end before they begin: nobody could ever be called."))
        if not 0 <= self.cooldown_days <= LONGEST_COOLDOWN:
            sentence = _("Between two tries lie at most {most} days.")
            raise OrganiserError(sentence.format(most=LONGEST_COOLDOWN))
        return replace(self, name=name, purpose=purpose, filter_text=self.filter_text.strip())


def why_not_called(state: str, opens_on: str | None, closes_on: str | None, today: date) -> str:
    """Why nobody on a list is called today, in one sentence; '' where it is called through."""
    day = today.isoformat()
    if state == ListState.PAUSED:
        return _("This list is paused.")
    if state == ListState.CLOSED:
        return _("This list is closed.")
    if opens_on and day < opens_on:
        return _("This list begins on {day}.").format(day=_full(opens_on, today))
    if closes_on and day > closes_on:
        return _("This list ended on {day}.").format(day=_full(closes_on, today))
    return ""


def hours_words(hours_from: str | None, hours_until: str | None) -> str:
    """The hours of a list in words, '' where it has none of its own."""
    if hours_from and hours_until:
        return f"{hours_from}–{hours_until}"
    if hours_from:
        return _("from {hour}").format(hour=hours_from)
    return _("until {hour}").format(hour=hours_until) if hours_until else ""


def days_words(opens_on: str | None, closes_on: str | None, today: date) -> str:
    """The days of a list (ISO) in words, '' where it has none or only a first day that has come."""
    until = _("until {day}").format(day=_full(closes_on, today)) if closes_on else ""
    if opens_on is None or opens_on <= today.isoformat():
        return until
    return " ".join(filter(None, (_("from {day}").format(day=_full(opens_on, today)), until)))


def rules_words(draft: CallListDraft, today: date) -> tuple[str, ...]:
    """What a list asks for beside its filter, each in words: hours, days, cooldown, whom it takes in, goal, guide."""
    rules = (
        hours_words(draft.hours_from, draft.hours_until),
        days_words(draft.opens_on, draft.closes_on, today),
        ngettext("{n} day between two tries", "{n} days between two tries", draft.cooldown_days).format(
            n=draft.cooldown_days
        )
        if draft.cooldown_days
        else "",
        _("takes in who comes to fit its filter") if draft.refills else "",
        _("done when {goal}").format(goal=goal_labels()[Goal(draft.goal)]),
        _("guide {name}").format(name=draft.guide) if draft.guide else "",
    )
    return tuple(filter(None, rules))


def _full(day: str, today: date) -> str:
    return read_back(Moment(date.fromisoformat(day)), today)
