"""Kept figures of one person: what follows from her rows alone, and the day on which it turns.

The store keeps what `person_figures` returns, and where she counts (domain.reach), and moves it in the same transaction
as the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.clock import wall_instant
from organiser_tui.domain.outcomes import NO_REST, RESTS_AS_AFTER_A_TALK, ContactFact, Effect, Rest, Waits, rest_after
from organiser_tui.domain.promises import (
    AskFact,
    AttendedFact,
    BroughtFact,
    CardFact,
    Deeds,
    Demands,
    TaskFact,
    what_was_kept,
)
from organiser_tui.domain.signups import OFF, Signup, signed_on, signup_of

LAST = "~"
"""Stands where text to sort by is missing: such rows come last."""
NO_RATING = 9
NO_PROVIDER = 0
WHOLE_CAMPAIGN = -1
EVERY_REGION = "*"
_STANDING = slice(0, 9)
"""Of PersonFacts: what she is before numbers and employments, and what happened with her."""


class Isolation(StrEnum):
    """How a person stands to other working assistants."""

    ISOLATED = "isolated"
    OWN_PROVIDER_ONLY = "own provider only"
    CONNECTED = "connected"
    NOT_ASKED = "not asked"


class Card(StrEnum):
    """Where the union application of a person stands."""

    NONE = "none"
    FORM_OUT = "form out"
    SIGNED = "signed"
    ON_FILE = "on file"
    RETURNED = "returned incomplete"
    ENDED = "ended"
    OTHER_UNION = "in another union"


NEVER_SERVED = frozenset({"manager", "owner"})
"""The positions that are not served for a call, and that "known" does not count."""


class DueKind(StrEnum):
    """What may be due to a person; the first two are the kinds of follow-up."""

    CALL_BACK = "call back"
    PROMISE = "promise"
    FORM = "form"
    REQUEST = "request"
    HANDED_OVER = "handed over"
    SUPPORT = "support"


NOTHING_DUE = frozenset({"deceased", "left the work", "do not contact"})
"""Of the reasons why a person is blocked, those after which no promise falls due any more."""

SIGNED_CARDS = frozenset({Card.SIGNED.value, Card.ON_FILE.value})


FITS_UNREACHED, FITS_ISOLATED, FITS_UNDECIDED = 1, 2, 4
"""Which rules of the queue fit a person, as one number in which they add up: see domain.queue."""


def place_of_work(own: str, home: str, seat: str) -> str:
    """Where somebody works: the job's own place where one was told; else her home; else the provider's seat.

    All three are regions by their codes, or names of places; '' where unknown.
    """
    return own or home or seat


class Employment(NamedTuple):
    """One employment as the figures need it; days are ISO text, None where unknown; the region is place_of_work()."""

    provider_id: int
    region_code: str
    from_day: str | None
    to_day: str | None

    def on(self, day: str) -> bool:
        """Whether it held on `day`: an unknown start reaches back without limit; the last day still counts."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


class Promise(NamedTuple):
    """An open follow-up; `due` is wall time, a day or a day and an hour."""

    kind: str
    due: str


class Tie(NamedTuple):
    """A connection to another person: the providers where she works today (empty: she is no working assistant)."""

    providers: frozenset[int]


class PersonFacts(NamedTuple):
    """Everything about one person that her figures follow from. Lists rise in time."""

    work: str
    position: str
    region_code: str
    left_work: bool
    deceased: bool
    do_not_contact: str
    safe_channels: str
    """The only channels that are safe, with commas; '' where she named none: then every one is."""
    handed_over: bool
    whom_asked: bool
    usable_phone: str | None
    employments: Sequence[Employment]
    contacts: Sequence[ContactFact]
    attended: Sequence[AttendedFact]
    asks: Sequence[AskFact]
    ratings: Sequence[tuple[str, int]]
    cards: Sequence[CardFact]
    reminders: Sequence[str]
    promises: Sequence[Promise]
    tasks: Sequence[TaskFact]
    brought: Sequence[BroughtFact]
    ties: Sequence[Tie]

    @property
    def came_on(self) -> list[str]:
        """The days on which she came to something."""
        return [one.day for one in self.attended if one.came]

    @property
    def has_history(self) -> bool:
        """Whether anything has happened with the person, or is known of whom she knows."""
        return bool(
            self.contacts
            or self.attended
            or self.asks
            or self.ratings
            or self.cards
            or self.reminders
            or self.promises
            or self.tasks
            or self.brought
            or self.ties
        )


class Definitions(NamedTuple):
    """The numbers in the definitions; the same for every campaign, none of them can be set yet."""

    meeting_days: int = 365
    """A meeting this recent means that a person is not isolated."""
    form_days: int = 14
    """The two-week rule: days after the form went out, or after the last reminder."""
    reminders: int = 2
    waits: Waits = Waits()
    demands: Demands = Demands()


class PersonFigures(NamedTuple):
    """The kept figures of one person, without those that name her provider or place (the store adds them).

    Plain text and numbers: a member of an enumeration takes the database driver several times as long.
    """

    phone: str
    card: str
    card_since: str
    form_due: str
    rating: int
    rated_on: str
    attempts: int
    last_contact: int
    last_outcome: str
    last_conversation: str
    spoken_with: int
    reached: int
    asked: int
    isolation: str
    next_due: str
    do_not_contact: str
    blocked: str
    rests_until: int
    rest: str
    own_fits: int
    """Which rules fit her; whether her provider is unreached is not hers to know."""
    turns_on: str | None
    stage: str
    stage_since: str
    signed_on: str
    promises_kept: int
    promises_due: int
    unasked: int
    counted: str
    bound: int
    involved_on: str


def person_figures(facts: PersonFacts, today: str, zone: ZoneInfo, definitions: Definitions) -> PersonFigures:
    """The figures of one person on day `today` (ISO) of the campaign's `zone`."""
    turns_on = _employment_turns(facts, today) if facts.employments else None
    if not facts.has_history:
        standing = facts[_STANDING]
        figures = _without_history(standing, facts.usable_phone is None, today, zone, definitions)
        return figures._replace(phone=facts.usable_phone or LAST, turns_on=turns_on)
    return _figures(facts, today, turns_on, zone, definitions)


# Everybody on a list that comes in has no history yet: what they have in common is worked out once.
@lru_cache(maxsize=256)
def _without_history(
    standing: tuple[Any, ...], no_phone: bool, today: str, zone: ZoneInfo, definitions: Definitions
) -> PersonFigures:
    facts = PersonFacts._make((*standing, None if no_phone else LAST, *((),) * 11))
    return _figures(facts, today, None, zone, definitions)


def _figures(
    facts: PersonFacts, today: str, turns_on: str | None, zone: ZoneInfo, definitions: Definitions
) -> PersonFigures:
    contacts = facts.contacts
    last = contacts[-1] if contacts else None
    card = facts.cards[-1] if facts.cards else CardFact(Card.NONE, "", None)
    rated_on, rating = facts.ratings[-1] if facts.ratings else ("", NO_RATING)
    conversations = [c.day for c in contacts if c.conversation]
    isolation, isolation_turns = isolation_of(facts, today, definitions)
    rest = _rest(facts, zone, definitions)
    blocked = blocked_because(facts)
    promises = () if blocked in NOTHING_DUE else facts.promises
    signup = _signup(facts)
    shown = what_was_kept(
        Deeds(facts.asks, facts.attended, facts.brought, facts.tasks, facts.cards), today, definitions.demands
    )
    return PersonFigures(
        phone=facts.usable_phone or LAST,
        card=str(card.state),
        card_since=card.day,
        form_due=form_due(facts, definitions) if signup.stage == Card.FORM_OUT else "",
        rating=rating,
        rated_on=rated_on,
        attempts=sum([c.attempt for c in contacts]),
        last_contact=last.at if last else 0,
        last_outcome=last.effect if last else "",
        last_conversation=max(conversations, default=""),
        spoken_with=int(any(c.spoken_with for c in contacts)),
        reached=int(bool(conversations or facts.came_on)),
        asked=int(any(a.kind == "sign" for a in facts.asks)),
        isolation=str(isolation),
        next_due=min((p.due for p in promises), default=LAST),
        do_not_contact=facts.do_not_contact,
        blocked=blocked,
        rests_until=rest.until,
        rest=str(rest.why),
        own_fits=_own_fits(facts, isolation, rating),
        turns_on=min([d for d in (isolation_turns, turns_on, shown.turns_on) if d], default=None),
        stage=signup.stage,
        stage_since=signup.since,
        signed_on=signed_on(facts.cards),
        promises_kept=shown.kept,
        promises_due=shown.due,
        unasked=shown.unasked,
        counted=shown.counted,
        bound=shown.bound,
        involved_on=_involved_on(facts),
    )


def _signup(facts: PersonFacts) -> Signup:
    """Where she stands on the board of sign-ups: the dead stand nowhere."""
    if facts.deceased:
        return OFF
    may_be_asked = not facts.left_work and facts.do_not_contact != EVERY_CHANNEL and facts.position not in NEVER_SERVED
    return signup_of(facts.asks, facts.cards, may_be_asked=may_be_asked)


def _involved_on(facts: PersonFacts) -> str:
    """The last day on which she was asked for something, came to something, or took on or ended a task; '' for none."""
    days = [*facts.came_on, *(ask.day for ask in facts.asks)]
    days += [day for task in facts.tasks for day in (task.taken_on, task.ended_on) if day]
    return max(days, default="")


def blocked_because(facts: PersonFacts) -> str:
    """Why a person is never served for a call, '' where she may be."""
    if facts.deceased:
        return "deceased"
    if facts.left_work:
        return "left the work"
    if facts.do_not_contact == EVERY_CHANNEL or "call" in facts.do_not_contact.split(","):
        return "do not contact"
    if calls_not_safe(facts.safe_channels.split(",") if facts.safe_channels else ()):
        return "calls not safe"
    if facts.position in NEVER_SERVED:
        return "position"
    if facts.handed_over:
        return "needs organiser"
    if facts.usable_phone is None:
        return "no usable number"
    return ""


def calls_not_safe(safe_channels: Collection[str]) -> bool:
    """Whether somebody is not to be called to whom only these channels are safe (none named: every one)."""
    return bool(safe_channels) and "call" not in safe_channels


def isolation_of(facts: PersonFacts, today: str, definitions: Definitions) -> tuple[str, str | None]:
    """The isolation of a person on day `today`, and the day on which it turns by itself."""
    own = frozenset(e.provider_id for e in facts.employments if e.on(today))
    working = [tie for tie in facts.ties if tie.providers]
    if any(tie.providers - own for tie in working):
        return Isolation.CONNECTED, None
    if working:
        return Isolation.OWN_PROVIDER_ONLY, None
    if not facts.whom_asked:
        return Isolation.NOT_ASKED, None
    if facts.came_on:
        lapses = (date.fromisoformat(max(facts.came_on)) + timedelta(days=definitions.meeting_days + 1)).isoformat()
        if today < lapses:
            return Isolation.CONNECTED, lapses
    return Isolation.ISOLATED, None


def form_due(facts: PersonFacts, definitions: Definitions) -> str:
    """The day on which the two-week rule asks for the form, '' where it does not.

    Who bars some channels is asked by another: only who bars every one is not.
    """
    if not facts.cards or facts.cards[-1].state != Card.FORM_OUT or facts.do_not_contact == EVERY_CHANNEL:
        return ""
    card = facts.cards[-1]
    reminded = [day for day in facts.reminders if day >= card.day]
    since = max([card.day, *reminded])
    due = (date.fromisoformat(since) + timedelta(days=definitions.form_days)).isoformat()
    return max(due, card.agreed_until or "")


def _own_fits(facts: PersonFacts, isolation: str, rating: int) -> int:
    fits = FITS_ISOLATED if isolation == Isolation.ISOLATED else 0
    signs = [a for a in facts.asks if a.kind == "sign"]
    if rating == 3 or (signs and signs[-1].answer in ("", "maybe", "later")):
        fits += FITS_UNDECIDED
    return fits


def _rest(facts: PersonFacts, zone: ZoneInfo, definitions: Definitions) -> Rest:
    """How long she rests: the waits of her attempts, else the hour of an agreed call back."""
    attempts = [contact for contact in facts.contacts if contact.attempt]
    if not (attempts or facts.promises):
        return NO_REST
    last = attempts[-1].at if attempts else 0
    calls_back = [p.due for p in facts.promises if p.kind == DueKind.CALL_BACK]
    if calls_back:
        agreed = instant_of(min(calls_back), zone)
        if agreed > last:
            return Rest(agreed, Effect.CALL_BACK)
    rest = rest_after(attempts, zone, definitions.waits)
    if rest.why in RESTS_AS_AFTER_A_TALK:
        # What was promised for an hour comes at that hour, however soon after the talk.
        promised = [instant_of(p.due, zone) for p in facts.promises]
        return rest._replace(until=min([rest.until, *(at for at in promised if at > last)]))
    return rest


def instant_of(due: str, zone: ZoneInfo) -> int:
    """The instant at which wall text `due` begins: a day alone begins at midnight."""
    return wall_instant(datetime.fromisoformat(due), zone)


def _employment_turns(facts: PersonFacts, today: str) -> str | None:
    """The next day on which an employment begins, or is over."""
    turns = [e.from_day for e in facts.employments if e.from_day and e.from_day > today]
    for employment in facts.employments:
        if employment.to_day and employment.to_day >= today:
            turns.append((date.fromisoformat(employment.to_day) + timedelta(days=1)).isoformat())
    return min(turns, default=None)
