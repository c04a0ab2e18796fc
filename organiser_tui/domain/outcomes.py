"""What each outcome of an attempt does: the one table that the screen, the help, the queue and paper codes read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.words import _, ngettext


class Effect(StrEnum):
    """The closed set of effects; the outcomes of a campaign, its own ones too, choose among them."""

    TALKED = "talked"
    NO_ANSWER = "no answer"
    LEFT_MESSAGE = "left message"
    CALL_BACK = "call back"
    NOT_AVAILABLE = "not available"
    BUSY = "busy"
    WRONG_NUMBER = "wrong number"
    DISCONNECTED = "disconnected"
    REFUSED = "refused"
    DO_NOT_CONTACT = "do not contact"
    OTHER_LANGUAGE = "other language"
    LEFT_THE_WORK = "left the work"
    DECEASED = "deceased"


class Rests(StrEnum):
    """For how long nobody calls her after an attempt."""

    NOT = ""
    UNANSWERED = "unanswered"
    """By how often nobody has answered."""
    LEFT_MESSAGE = "left message"
    AGREED = "agreed"
    """No rest: its hour is the follow-up's."""
    ANOTHER_HOUR = "another hour"
    BUSY = "busy"
    REFUSED = "refused"
    CONVERSATION = "conversation"


class Leaves(StrEnum):
    """Which call lists she leaves."""

    NONE = ""
    ONCE_MET = "once its goal is met"
    THIS = "this list"
    ALL = "all lists"
    EXPORTS = "all lists and exports"


class Needs(StrEnum):
    """What must be known before an outcome is saved."""

    NOTHING = ""
    NUMBER = "number"
    HOUR = "hour"
    CHANNEL = "channel"
    LANGUAGE = "language"


class Outcome(NamedTuple):
    """One line of the table of effects."""

    effect: Effect
    key: str
    paper: str
    spoken_with: bool
    number: str | None
    """The standing that the number gets; None leaves it as it is."""
    rests: Rests
    leaves: Leaves = Leaves.NONE
    needs: Needs = Needs.NOTHING
    ends_promises: bool = False
    """What was promised her and is due is so no more: it was spoken of, or she wants none of it."""
    ends_employments: bool = False

    @property
    def keeps_off(self) -> bool:
        """The person leaves this list for good."""
        return self.leaves not in (Leaves.NONE, Leaves.ONCE_MET)


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(Effect.TALKED, "1", "TA", True, "good", Rests.CONVERSATION, Leaves.ONCE_MET, ends_promises=True),
    Outcome(Effect.NO_ANSWER, "2", "NA", False, None, Rests.UNANSWERED),
    Outcome(Effect.LEFT_MESSAGE, "3", "LM", False, None, Rests.LEFT_MESSAGE),
    Outcome(Effect.CALL_BACK, "4", "CB", True, "good", Rests.AGREED, needs=Needs.HOUR),
    Outcome(Effect.NOT_AVAILABLE, "5", "NV", False, "good", Rests.ANOTHER_HOUR),
    Outcome(Effect.BUSY, "6", "BU", False, "good", Rests.BUSY),
    Outcome(Effect.WRONG_NUMBER, "7", "WN", False, "wrong", Rests.NOT, needs=Needs.NUMBER),
    Outcome(Effect.DISCONNECTED, "8", "DI", False, "disconnected", Rests.NOT, needs=Needs.NUMBER),
    Outcome(Effect.REFUSED, "9", "RF", True, "good", Rests.REFUSED, Leaves.THIS, ends_promises=True),
    Outcome(Effect.DO_NOT_CONTACT, "0", "DNC", True, None, Rests.CONVERSATION, Leaves.EXPORTS, Needs.CHANNEL),
    Outcome(Effect.OTHER_LANGUAGE, "o", "OL", True, "good", Rests.CONVERSATION, needs=Needs.LANGUAGE),
    Outcome(Effect.LEFT_THE_WORK, "o", "LW", True, "good", Rests.NOT, Leaves.ALL, ends_employments=True),
    Outcome(Effect.DECEASED, "o", "DE", False, None, Rests.NOT, Leaves.EXPORTS, ends_employments=True),
)

BY_EFFECT: dict[str, Outcome] = {outcome.effect.value: outcome for outcome in OUTCOMES}
RESTS_AS_AFTER_A_TALK: frozenset[str] = frozenset(o.effect.value for o in OUTCOMES if o.rests is Rests.CONVERSATION)
"""After these she rests as after a conversation; whoever bars calls is never served, however long she rests."""
_UNANSWERED: frozenset[str] = frozenset(o.effect.value for o in OUTCOMES if o.rests is Rests.UNANSWERED)
_ANOTHER_HOUR: frozenset[str] = frozenset(o.effect.value for o in OUTCOMES if o.rests is Rests.ANOTHER_HOUR)
SPOKEN: frozenset[str] = frozenset(o.effect.value for o in OUTCOMES if o.spoken_with)


def outcome_label(effect: str) -> str:
    """The word for `effect` in the language in use."""
    labels = {
        Effect.TALKED: _("talked"),
        Effect.NO_ANSWER: _("no answer"),
        Effect.LEFT_MESSAGE: _("left message"),
        Effect.CALL_BACK: _("call back"),
        Effect.NOT_AVAILABLE: _("not available"),
        Effect.BUSY: _("busy"),
        Effect.WRONG_NUMBER: _("wrong number"),
        Effect.DISCONNECTED: _("disconnected"),
        Effect.REFUSED: _("refused"),
        Effect.DO_NOT_CONTACT: _("do not contact"),
        Effect.OTHER_LANGUAGE: _("other language"),
        Effect.LEFT_THE_WORK: _("left the work"),
        Effect.DECEASED: _("deceased"),
    }
    return labels[Effect(effect)]


def outcome_told(outcome: str, barred: str = "") -> str:
    """What came of a contact, in words; `barred` are the channels, divided by commas, that it is asked not to use."""
    if outcome not in BY_EFFECT:
        return outcome
    if outcome == Effect.DO_NOT_CONTACT and barred not in ("", EVERY_CHANNEL):
        return _("do not contact by {channels}").format(channels=barred.replace(",", ", "))
    return outcome_label(outcome)


class Waits(NamedTuple):
    """How long a person rests after an attempt."""

    no_answer: timedelta = timedelta(hours=4)
    no_answers_a_day: int = 2
    no_answers_a_list: int = 6
    rest_after_many: timedelta = timedelta(days=14)
    left_message: timedelta = timedelta(days=2)
    busy: timedelta = timedelta(minutes=15)
    refused: timedelta = timedelta(days=90)
    conversation: timedelta = timedelta(hours=24)


def effect_told(outcome: Outcome, waits: Waits) -> str:
    """What an outcome does to the lists, the person and the number, in a sentence without a stop.

    What matters most comes first: where there is little room the rest is cut.
    """
    numbers = {
        "good": _("the number is good"),
        "wrong": _("the number is wrong for her, her next one at once"),
        "disconnected": _("the number is dead for everyone, her next one at once"),
    }
    lists = {
        Leaves.ONCE_MET: _("off this list once its goal is met"),
        Leaves.THIS: _("off this list for good"),
        Leaves.ALL: _("off all lists"),
        Leaves.EXPORTS: _("off every list and export"),
    }
    clauses = (
        _("only to organisers who speak it") if outcome.needs is Needs.LANGUAGE else "",
        lists.get(outcome.leaves, ""),
        _("by every channel, or the one named") if outcome.needs is Needs.CHANNEL else "",
        _rest_told(outcome, waits),
        _("what was due is done") if outcome.ends_promises else "",
        _("her employments end") if outcome.ends_employments else "",
        numbers.get(outcome.number or "", ""),
        _("spoken with") if outcome.spoken_with else "",
    )
    return "; ".join(filter(None, clauses))


def _rest_told(outcome: Outcome, waits: Waits) -> str:
    """When she is called again, '' where nothing is to be said of it."""
    if outcome.rests is Rests.UNANSWERED:
        return _("again after {wait}, at most {a_day} a day; after {many} on a list rests {rest}").format(
            wait=_span(waits.no_answer),
            a_day=waits.no_answers_a_day,
            many=waits.no_answers_a_list,
            rest=_span(waits.rest_after_many),
        )
    if outcome.rests is Rests.AGREED:
        return _("at the agreed hour, first for the one who promised it")
    if outcome.rests is Rests.ANOTHER_HOUR:
        return _("the next day, at another hour")
    wait = _fixed_wait(outcome.rests, waits)
    if wait is None:
        return ""
    if outcome.leaves is Leaves.THIS:
        words = _("off others for {wait}")
    elif outcome.needs is Needs.CHANNEL:
        words = _("by another after {wait}")
    elif outcome.rests is Rests.CONVERSATION:
        words = _("the follow-up as agreed, else again after {wait}")
    else:
        words = _("again after {wait}")
    return words.format(wait=_span(wait))


def _fixed_wait(rests: Rests, waits: Waits) -> timedelta | None:
    """How long that is, None where it depends on the day, on what was before, or on what was agreed."""
    match rests:
        case Rests.LEFT_MESSAGE:
            return waits.left_message
        case Rests.BUSY:
            return waits.busy
        case Rests.REFUSED:
            return waits.refused
        case Rests.CONVERSATION:
            return waits.conversation
    return None


def _span(wait: timedelta) -> str:
    """How long that is: in days, hours or minutes."""
    if wait.days and not wait.seconds:
        return ngettext("{n} day", "{n} days", wait.days).format(n=wait.days)
    minutes = int(wait.total_seconds()) // 60
    if minutes % 60:
        return _("{n} min").format(n=minutes)
    return _("{n} h").format(n=minutes // 60)


class ContactFact(NamedTuple):
    """One contact; `learned` says whether a rating, issue, question, ask or connection came of it.

    `personal` says whether its channel is one to her alone, or one to many at once, as the vocabulary has it.
    """

    at: int
    day: str
    effect: str
    learned: bool
    list_id: int | None
    personal: bool = True

    @property
    def attempt(self) -> bool:
        """She was tried herself: what goes out to many is a try of nobody, unless she answered."""
        return self.personal or self.effect in SPOKEN

    @property
    def spoken_with(self) -> bool:
        """The person answered."""
        return self.effect in SPOKEN

    @property
    def conversation(self) -> bool:
        """Spoken with, and something learned."""
        return self.learned and self.effect in SPOKEN


class Rest(NamedTuple):
    """Until when nobody calls a person, as an instant in seconds (0: no rest), and why."""

    until: int
    why: str


NO_REST = Rest(0, "")
_LONGEST_DAY = 25 * 3600
"""Seconds; the day on which summer time ends."""


def rest_after(contacts: Sequence[ContactFact], zone: ZoneInfo, waits: Waits) -> Rest:
    """The longest rest that still stands from `contacts`, which rise in time; wall days are those of `zone`.

    A call back is not a rest: its hour is the follow-up's.
    """
    longest, why = 0, ""
    fixed = _fixed_waits(waits)
    unanswered_most = max(_LONGEST_DAY, *(int(w.total_seconds()) for w in (waits.rest_after_many, waits.no_answer)))
    # The latest come first: what an earlier one could ask for at most is over before, and the wall clock is dear.
    for place in range(len(contacts) - 1, -1, -1):
        at, effect = contacts[place].at, contacts[place].effect
        until = 0
        if effect in _UNANSWERED:
            if at + unanswered_most >= longest:
                until = _rests_unanswered(contacts[: place + 1], zone, waits)
        elif effect in _ANOTHER_HOUR:
            if at + 2 * _LONGEST_DAY >= longest:
                until = wall_instant(_next_day_another_hour(wall(at, zone)), zone)
        elif effect in fixed:
            until = at + fixed[effect]
        if until and until >= longest:
            longest, why = until, effect
    return Rest(longest, why)


@lru_cache(maxsize=8)
def _fixed_waits(waits: Waits) -> dict[str, int]:
    """Seconds after an attempt, for the effects whose wait is always the same."""
    fixed = {o.effect.value: _fixed_wait(o.rests, waits) for o in OUTCOMES}
    return {effect: int(wait.total_seconds()) for effect, wait in fixed.items() if wait is not None}


def _rests_unanswered(contacts: Sequence[ContactFact], zone: ZoneInfo, waits: Waits) -> int:
    """After the last of `contacts`, which nobody answered."""
    at, list_id = contacts[-1].at, contacts[-1].list_id
    unanswered = [c for c in contacts if c.effect in _UNANSWERED]
    if len([c for c in unanswered if c.list_id == list_id]) % waits.no_answers_a_list == 0:
        return at + int(waits.rest_after_many.total_seconds())
    until = at + int(waits.no_answer.total_seconds())
    latest = [c.at for c in unanswered[-waits.no_answers_a_day :]]
    if len(latest) < waits.no_answers_a_day or at - latest[0] > _LONGEST_DAY:
        return until
    day = wall(at, zone).date()
    if wall(latest[0], zone).date() == day:
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
        until = max(until, wall_instant(midnight, zone))
    return until


def _next_day_another_hour(moment: datetime) -> datetime:
    """Two hours later than `moment` on the next day, or 9 o'clock where that would be late in the evening."""
    later = moment + timedelta(days=1, hours=2)
    tomorrow = moment.date() + timedelta(days=1)
    if later.date() != tomorrow or later.hour > 20:
        return datetime.combine(tomorrow, datetime.min.time()).replace(hour=9)
    return later
