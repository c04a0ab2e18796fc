"""What people promised set beside what they did: who can be counted on.

Promises are a yes to come, to sign, to bring someone or to anything else that is asked, and a task that was taken on.
Words alone (maybe, later) are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from math import sqrt
from operator import attrgetter
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

_Z = 1.96
"""Of the 95 % interval."""
_PER_MILLION = 1_000_000
_NO_PROMISES = frozenset({"take a task", "mandate"})
"""Kinds of ask that are no promise of themselves: the task that is taken is one, a mandate binds those who hold it."""
_NO_MORE = frozenset({"no", "withdrawn"})
_SIGNED = frozenset({"signed", "on file"})
_BRING = "bring someone"
_NEVER = "9999-12-31"
_Matter = tuple[str, int]
"""A kind of ask, and what tells its promises apart."""


class Standing(StrEnum):
    """How one promise stands."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    OPEN = "open"
    """It has not fallen due."""
    EXCUSED = "excused"
    """With notice; or called off by us, or never written down: it counts neither way."""


class CountedOn(StrEnum):
    """Who can be counted on: the words of the design."""

    UNTESTED = "untested"
    COUNTED_ON = "counted on"
    PARTLY = "partly"
    WORDS_ONLY = "words only"


class EventFact(NamedTuple):
    """An event as far as promises to come to it go."""

    id: int
    day: str
    """ISO."""
    cancelled: bool
    recorded: bool
    """Whether it was written down who came."""


class AnswerFact(NamedTuple):
    """One answer to an ask."""

    day: str
    answer: str


class AskFact(NamedTuple):
    """One ask with its answers, which rise in time, and how what was promised ended, '' where nobody has noted it."""

    kind: str
    day: str
    answers: Sequence[AnswerFact] = ()
    due: str | None = None
    event: EventFact | None = None
    ended: str = ""
    """kept, not kept, excused."""
    ended_on: str = ""

    @property
    def answer(self) -> str:
        """The last one, '' while there is none."""
        return self.answers[-1].answer if self.answers else ""


class AttendedFact(NamedTuple):
    """That somebody came to an event, or that it was written down that she did not."""

    day: str
    event_id: int
    came: bool
    excused: bool


class TaskFact(NamedTuple):
    """One task that was taken on, and how it ended: done, late, not done, excused; '' while it has not."""

    taken_on: str
    due: str | None
    called_off: bool
    """Whether the event that it was taken on for was called off."""
    ended: str
    ended_on: str


class BroughtFact(NamedTuple):
    """That she brought somebody along."""

    day: str
    event_id: int


class CardFact(NamedTuple):
    """One step of a card."""

    state: str
    day: str
    agreed_until: str | None


class Deeds(NamedTuple):
    """What one person promised, and what she did. All of it rises in time."""

    asks: Sequence[AskFact]
    attended: Sequence[AttendedFact]
    brought: Sequence[BroughtFact]
    tasks: Sequence[TaskFact]
    cards: Sequence[CardFact]


class Promised(NamedTuple):
    """One promise: what it was, since when, by which day, and how it stands."""

    what: str
    """The kind of ask, or "task"."""
    event_id: int
    """The event to which she said that she comes, or brings someone; 0 for none."""
    since: str
    due: str
    """The last day on which it could be kept, '' where none was agreed."""
    standing: Standing
    settled_on: str
    """The day on which it was kept, or on which that it was not was certain; '' while it is open or excused."""


class Shown(NamedTuple):
    """What promises have shown of one person."""

    kept: int
    due: int
    """Promises that were kept or have fallen due; those that count neither way are not among them."""
    unasked: int
    """Deeds without a promise."""
    counted: str
    """A CountedOn."""
    bound: int
    """wilson_bound() of kept and due, in millionths; 0 where nothing was due."""
    turns_on: str | None
    """The next day on which any of it may turn by itself."""


UNTESTED = Shown(0, 0, 0, CountedOn.UNTESTED.value, 0, None)


class Demands(NamedTuple):
    """The numbers of the definition of "counted on"."""

    kept: int = 2
    months: int = 12
    """In which they were kept."""
    tasks: int = 1
    """So many of those are organising tasks."""
    share: tuple[int, int] = (2, 3)
    """At least this share of what was due was kept."""
    words: int = 2
    """Whoever kept none of so many has given words only."""
    sign_days: int = 14
    """By when a card is signed after the form went out; before it did nothing is due of her."""


def what_was_kept(deeds: Deeds, today: str, demands: Demands) -> Shown:
    """What somebody's promises have shown by day `today` (ISO)."""
    if not (deeds.asks or deeds.attended or deeds.tasks or deeds.brought):
        return UNTESTED
    promises = promises_of(deeds, today, demands)
    kept = [one for one in promises if one.standing is Standing.KEPT]
    due = len(kept) + sum(one.standing is Standing.NOT_KEPT for one in promises)
    unasked = _unasked(deeds, promises)
    since = _months_before(today, demands.months)
    recent = [one for one in kept if one.settled_on >= since]
    counted = _counted(len(kept), due, recent, demands)
    turns = [_after(one.due) for one in promises if one.standing is Standing.OPEN and one.due]
    if recent:
        turns.append(_lapses(min([one.settled_on for one in recent]), demands.months))
    return Shown(len(kept), due, unasked, counted.value, wilson_bound(len(kept), due), min(turns, default=None))


def _counted(kept: int, due: int, recent: Sequence[Promised], demands: Demands) -> CountedOn:
    if not due:
        return CountedOn.UNTESTED
    if not kept and due >= demands.words:
        return CountedOn.WORDS_ONLY
    part, whole = demands.share
    tasks = sum(one.what == "task" for one in recent)
    if len(recent) >= demands.kept and tasks >= demands.tasks and kept * whole >= due * part:
        return CountedOn.COUNTED_ON
    return CountedOn.PARTLY


def wilson_bound(kept: int, due: int) -> int:
    """The lower end of the 95 % Wilson score interval of kept / due, in millionths; 0 where nothing was due.

    Small evidence weighs little: 1 of 1 stands below 7 of 9. E. B. Wilson, "Probable Inference, the Law of Succession,
    and Statistical Inference", Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not due:
        return 0
    share, square = kept / due, _Z * _Z
    middle = share + square / (2 * due)
    spread = _Z * sqrt((share * (1 - share) + square / (4 * due)) / due)
    return max(0, round(_PER_MILLION * (middle - spread) / (1 + square / due)))


def promises_of(deeds: Deeds, today: str, demands: Demands) -> list[Promised]:
    """Every promise of a person, the oldest first, as it stands on day `today`."""
    promises = [_task(task, today) for task in deeds.tasks]
    matters = list(_by_matter(deeds))
    brought = _brought_for(matters, deeds, demands)
    for matter, asks in matters:
        if one := _asked(matter[0], asks, deeds, today, demands, brought.get(matter, "")):
            promises.append(one)
    return sorted(promises, key=attrgetter("since", "due", "what"))


def _by_matter(deeds: Deeds) -> Iterator[tuple[_Matter, list[AskFact]]]:
    """What was asked, matter by matter: whoever says yes twice to one event, or to signing, has promised once."""
    matters = [((ask.kind, _matter(place, ask, deeds)), ask) for place, ask in enumerate(deeds.asks)]
    matters.sort(key=lambda matter: matter[0])  # stable: the asks of one matter go on rising in time
    for matter, held in groupby(matters, key=lambda matter: matter[0]):
        yield matter, [ask for _matter, ask in held]


def _matter(place: int, ask: AskFact, deeds: Deeds) -> int:
    if ask.kind == "sign":  # whose card ended is asked anew
        return sum(card.state == "ended" and card.day <= ask.day for card in deeds.cards)
    return ask.event.id if ask.event is not None else place


def _task(task: TaskFact, today: str) -> Promised:
    settled = {"done": Standing.KEPT, "late": Standing.KEPT, "not done": Standing.NOT_KEPT, "excused": Standing.EXCUSED}
    due = task.due or ""
    if task.ended:
        standing = settled[task.ended]
        return Promised("task", 0, task.taken_on, due, standing, "" if standing is Standing.EXCUSED else task.ended_on)
    if task.called_off:
        return Promised("task", 0, task.taken_on, due, Standing.EXCUSED, "")
    return _not_yet("task", 0, task.taken_on, due, today)


def _asked(kind: str, asks: list[AskFact], deeds: Deeds, today: str, demands: Demands, brought: str) -> Promised | None:
    """The promise in what was asked in one matter; None where nobody said yes to it, or was asked before she did it."""
    last, event = asks[-1], asks[-1].event
    said = sorted((answer for ask in asks for answer in ask.answers), key=attrgetter("day"))
    yes = [answer.day for answer in said if answer.answer == "yes"]
    if not yes or (kind in _NO_PROMISES and not last.ended):
        return None
    due = _due(kind, asks, deeds, demands)
    event_id = event.id if event is not None else 0
    if last.ended:
        standing = Standing(last.ended)
        settled = "" if standing is Standing.EXCUSED else last.ended_on
        return Promised(kind, event_id, yes[0], due, standing, settled)
    done = brought if kind == _BRING else _done(kind, event_id, asks[0].day, deeds)
    if done:
        return Promised(kind, event_id, yes[0], due, Standing.KEPT, done)
    in_time = [answer.answer for answer in said if not due or answer.day <= due]
    if in_time[-1:] != ["yes"]:  # she gave notice, or was in two minds again
        gave_notice = bool(in_time) and in_time[-1] in _NO_MORE
        return Promised(kind, event_id, yes[0], due, Standing.EXCUSED, "") if gave_notice else None
    excused = any(one.event_id == event_id and one.excused for one in deeds.attended) if event_id else False
    if event is not None and (event.cancelled or excused or (event.day < today and not event.recorded)):
        return Promised(kind, event_id, yes[0], due, Standing.EXCUSED, "")
    return _not_yet(kind, event_id, yes[0], due, today)


def _not_yet(what: str, event_id: int, since: str, due: str, today: str) -> Promised:
    """What was not done: it is open to the end of the day on which it falls due."""
    if due and due < today:
        return Promised(what, event_id, since, due, Standing.NOT_KEPT, due)
    return Promised(what, event_id, since, due, Standing.OPEN, "")


def _due(kind: str, asks: Sequence[AskFact], deeds: Deeds, demands: Demands) -> str:
    """The last day on which a promise can be kept, '' where none was agreed."""
    event = asks[-1].event
    if event is not None:
        return event.day
    agreed = [(ask.day, ask.due[:10]) for ask in asks if ask.due]
    if kind == "sign":
        for card in deeds.cards:
            if card.day >= asks[0].day and card.state == "form out":
                agreed.append(
                    (card.day, (date.fromisoformat(card.day) + timedelta(days=demands.sign_days)).isoformat())
                )
            if card.day >= asks[0].day and card.agreed_until:
                agreed.append((card.day, card.agreed_until))
    due = ""
    for day, until in sorted(agreed):
        if not due or day <= due:  # what has fallen due is not made good by another day that is agreed upon later
            due = max(due, until)
    return due


def _brought_for(
    matters: Sequence[tuple[_Matter, list[AskFact]]], deeds: Deeds, demands: Demands
) -> dict[_Matter, str]:
    """The day on which each promise to bring someone was kept; of those that were not, nothing.

    Each time she brought someone keeps one promise: one about that event, else the one that falls due first, so that
    as many are kept as can be (F. Glover, "Maximum matching in a convex bipartite graph", Naval Research Logistics
    Quarterly 14 (1967), 313-316).
    """
    kept: dict[_Matter, str] = {}
    anywhere: list[tuple[str, str, _Matter]] = []
    left = sorted(deeds.brought)
    for matter, asks in matters:
        said_yes = any(answer.answer == "yes" for ask in asks for answer in ask.answers)
        if matter[0] != _BRING or not said_yes or asks[-1].ended:
            continue
        event = asks[-1].event
        there = [one for one in left if event is not None and one.event_id == event.id]
        if event is None:
            anywhere.append((_due(_BRING, asks, deeds, demands) or _NEVER, asks[0].day, matter))
        elif there:
            kept[matter] = there[0].day
            left.remove(there[0])
    anywhere.sort()
    for one in left:
        for due, since, matter in anywhere:
            if matter not in kept and since <= one.day <= due:
                kept[matter] = one.day
                break
    return kept


def _done(kind: str, event_id: int, since: str, deeds: Deeds) -> str:
    """The day on which what was asked `since` a day was done, '' where it was not."""
    if kind == "come":
        days = [one.day for one in deeds.attended if one.came and one.event_id == event_id and event_id]
    elif kind == "sign":
        days = [card.day for card in deeds.cards if card.state in _SIGNED and card.day >= since]
    else:
        days = []
    return min(days, default="")


def _unasked(deeds: Deeds, promises: Sequence[Promised]) -> int:
    """At how many events somebody came, or brought someone, without having promised it."""
    promised = {(one.what, one.event_id) for one in promises if one.event_id and one.standing is Standing.KEPT}
    anywhere = {one.settled_on for one in promises if one.what == _BRING and one.standing is Standing.KEPT}
    came = {one.event_id for one in deeds.attended if one.came}
    brought = {one.event_id for one in deeds.brought if one.day not in anywhere}
    return sum(("come", event) not in promised for event in came) + sum(
        (_BRING, event) not in promised for event in brought
    )


# The same days come again with everybody.
@lru_cache(maxsize=4096)
def _months_before(day: str, months: int) -> str:
    return (date.fromisoformat(day) - relativedelta(months=months)).isoformat()


@lru_cache(maxsize=4096)
def _after(day: str) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=1)).isoformat()


@lru_cache(maxsize=4096)
def _lapses(day: str, months: int) -> str:
    """The first day on which `day` is more than so many months ago."""
    lapses = date.fromisoformat(day) + relativedelta(months=months)
    # The end of a month is cut: what was kept on 29 February counts for as long as what was kept on the 28th.
    while _months_before(lapses.isoformat(), months) <= day:
        lapses += timedelta(days=1)
    return lapses.isoformat()
