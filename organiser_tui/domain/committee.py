"""Who may make up a committee: the rules of balance, by how much each holds, and the fewest swaps that mend a slate.

A slate is whoever would sit: by the votes those with the most of them, one a seat. Nothing is asked or saved here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.words import _, ngettext


class RuleKind(StrEnum):
    """What a rule counts."""

    GENDER = "gender"
    REGION = "region"
    EMPLOYER = "employer"
    TERMS = "terms"


class Share(NamedTuple):
    """A part of a whole, such as one third."""

    part: int
    whole: int

    def of(self, seats: int) -> int:
        """How many people at least that is of so many: five of thirteen are one third."""
        return -(-self.part * seats // self.whole)

    def written(self) -> str:
        """As it is shown and kept: 1/3."""
        return f"{self.part}/{self.whole}"


def parse_share(text: str) -> Share | None:
    """The share that `text` means ("1/3"), None for an empty one; raises OrganiserError for anything else."""
    if not text.strip():
        return None
    found = re.fullmatch(r"\s*([0-9]{1,2})\s*/\s*([0-9]{1,2})\s*", text)
    if found is None or not 0 < int(found[1]) <= int(found[2]):
        raise OrganiserError(_("“{text}” is no share. Write for example 1/3.").format(text=text.strip()[:40]))
    return Share(int(found[1]), int(found[2]))


class Candidate(NamedTuple):
    """What the rules ask of somebody. What is not known of her counts for no rule."""

    id: int
    gender: str = ""
    """As she says herself; '' where she has not said."""
    elsewhere: bool = False
    """She lives or works in a region that is known, and it is not the largest one."""
    other_employer: bool = False
    """She is employed at a provider that is known, and at none that is the largest employer."""
    terms: int = 0
    """How many terms in a row she has held this office up to now."""
    votes: int = 0


class Rule(NamedTuple):
    """One rule: a share that is at least so large, or a number of terms in a row that nobody may have behind her."""

    kind: RuleKind
    share: Share = Share(1, 3)
    of: str = ""
    """The gender, or what the largest region or employer is called."""
    most_terms: int = 0

    def counts(self, candidate: Candidate) -> bool:
        """Whether somebody is one of those whom the rule counts; of the rule of terms, who may not stand again."""
        if self.kind is RuleKind.GENDER:
            return bool(candidate.gender) and fold(candidate.gender) == fold(self.of)
        if self.kind is RuleKind.REGION:
            return candidate.elsewhere
        if self.kind is RuleKind.EMPLOYER:
            return candidate.other_employer
        return candidate.terms >= self.most_terms

    def needed(self, seats: int) -> int:
        """How many of so many it asks for; of the rule of terms, how many there may be: none."""
        return 0 if self.kind is RuleKind.TERMS else self.share.of(seats)

    @property
    def counted(self) -> str:
        """Whom a share counts, in words."""
        words = {
            RuleKind.GENDER: _("of gender {of}"),
            RuleKind.REGION: _("outside the largest region ({of})"),
            RuleKind.EMPLOYER: _("outside the largest employer ({of})"),
        }[self.kind]
        return words.format(of=self.of)

    def formula(self, seats: int) -> str:
        """The rule in words, with the numbers that it works with; those stand first, as names may be long."""
        if self.kind is RuleKind.TERMS:
            sentence = ngettext("nobody beyond {n} term in a row", "nobody beyond {n} terms in a row", self.most_terms)
            return sentence.format(n=self.most_terms)
        words = _("at least {share} of {seats} = {needed} {counted}")
        share = self.share.written()
        return words.format(counted=self.counted, share=share, seats=seats, needed=self.needed(seats))


class Held(NamedTuple):
    """How a rule stands in a slate: how many it counts there, and how many it asks for."""

    rule: Rule
    counted: int
    needed: int

    @property
    def by(self) -> int:
        """By how many it holds; below nought, how many are missing, or are too many beyond their terms."""
        return -self.counted if self.rule.kind is RuleKind.TERMS else self.counted - self.needed

    @property
    def holds(self) -> bool:
        """Whether the slate keeps the rule."""
        return self.by >= 0


class Mending(NamedTuple):
    """Who leaves a slate and who moves up, by their ids; who leaves first has the fewest votes, who moves up the most.

    More move up than leave where seats were empty.
    """

    leave: tuple[int, ...]
    move_up: tuple[int, ...]


class _Class(NamedTuple):
    """Candidates whom no rule tells apart, by votes: those in the slate before those who are not."""

    counts: tuple[bool, ...]
    held: int
    people: list[Candidate]


class _Way(NamedTuple):
    """How a state of the search is reached best: the less of each the better, in this order."""

    leaving: int
    votes_lost: int
    taken: tuple[int, ...]


def shares_of_genders(share: Share, candidates: Iterable[Candidate], only: Sequence[str] = ()) -> list[Rule]:
    """A rule for each gender that a candidate has declared, or for those of `only` where it names any."""
    declared: dict[str, str] = {}
    for gender in only or sorted({one.gender for one in candidates if one.gender}):
        declared.setdefault(fold(gender), gender)  # however it is written
    return [Rule(RuleKind.GENDER, share, gender) for gender in declared.values()]


def balance(slate: Sequence[Candidate], rules: Sequence[Rule]) -> list[Held]:
    """How each rule stands in a slate. Shares are those of the people in it: an empty seat has no gender."""
    return [Held(rule, sum(map(rule.counts, slate)), rule.needed(len(slate))) for rule in rules]


def balanced(slate: Sequence[Candidate], rules: Sequence[Rule]) -> bool:
    """Whether a slate keeps every rule."""
    return all(held.holds for held in balance(slate, rules))


def mended(
    slate: Sequence[Candidate], others: Sequence[Candidate], rules: Sequence[Rule], seats: int
) -> Mending | None:
    """The fewest who have to leave a slate for others so that every seat is taken and every rule holds; None where
    no slate of these people can.

    Of several such ways the one that loses the fewest votes; of equal votes the one that stands first stays and moves
    up. With fewer people than seats everybody has to sit. With an empty slate it is the best one by votes.

    The search is exact: people whom no rule tells apart differ by their votes alone, so that of each such class those
    with the most votes are taken, and only how many of each class there are is searched, class after class, keeping
    for each number of seats and of people still missing for each rule the best way that leads there.
    """
    size = min(seats, len(slate) + len(others))
    if len(slate) == size and balanced(slate, rules):
        return Mending((), ())
    beyond = [rule for rule in rules if rule.kind is RuleKind.TERMS]
    shares = [rule for rule in rules if rule.kind is not RuleKind.TERMS]
    may = [one for one in (*slate, *others) if not any(rule.counts(one) for rule in beyond)]
    held = {one.id for one in slate}
    classes = _classes(may, held, shares)
    best = _search(classes, size, shares)
    if best is None:
        return None
    staying = {one.id for group, taken in zip(classes, best.taken, strict=True) for one in group.people[:taken]}
    by_votes = sorted((*slate, *others), key=lambda one: -one.votes)
    leave = [one.id for one in reversed(by_votes) if one.id in held - staying]
    return Mending(tuple(leave), tuple(one.id for one in by_votes if one.id in staying - held))


def _classes(people: Sequence[Candidate], held: set[int], shares: Sequence[Rule]) -> list[_Class]:
    found: dict[tuple[bool, ...], list[Candidate]] = {}
    for one in sorted(people, key=lambda one: (one.id not in held, -one.votes)):
        found.setdefault(tuple(rule.counts(one) for rule in shares), []).append(one)
    return [_Class(counts, sum(one.id in held for one in group), group) for counts, group in found.items()]


def _search(classes: Sequence[_Class], size: int, shares: Sequence[Rule]) -> _Way | None:
    genders = [place for place, rule in enumerate(shares) if rule.kind is RuleKind.GENDER]
    start = (size, *(rule.needed(size) for rule in shares))
    ways = {start: _Way(0, 0, ())}
    behind = [sum(len(group.people) for group in classes)]
    behind += [sum(len(group.people) for group in classes if group.counts[place]) for place in range(len(shares))]
    for group in classes:
        behind = [
            left - len(group.people) * counted for left, counted in zip(behind, (True, *group.counts), strict=True)
        ]
        further: dict[tuple[int, ...], _Way] = {}
        for state, way in ways.items():
            for taken, lost in enumerate(_votes_lost(group)):
                missing = _after(state, taken, group.counts)
                if not _may_still(missing, behind, genders):
                    continue
                leaving = way.leaving + max(group.held - taken, 0)
                reached = _Way(leaving, way.votes_lost + lost, (*way.taken, taken))
                if missing not in further or reached < further[missing]:
                    further[missing] = reached
        ways = further
    return ways.get((0,) * len(start))


def _votes_lost(group: _Class) -> list[int]:
    """The votes that are lost where the first none, one, two … of a class are taken."""
    lost = [sum(one.votes for one in group.people)]
    for one in group.people:
        lost.append(lost[-1] - one.votes)
    return lost


def _after(state: tuple[int, ...], taken: int, counts: Sequence[bool]) -> tuple[int, ...]:
    """The seats that are left, and how many are missing for each rule, once so many of a class are taken."""
    seats, *missing = state
    fewer = (max(left - taken, 0) if counted else left for left, counted in zip(missing, counts, strict=True))
    return (seats - taken, *fewer)


def _may_still(state: tuple[int, ...], behind: Sequence[int], genders: Sequence[int]) -> bool:
    """Whether the classes that follow have people enough for a state, and it seats enough for them."""
    seats, *missing = state
    if seats < 0 or any(left > there for left, there in zip(state, behind, strict=True)):
        return False
    return max(missing, default=0) <= seats and sum(missing[place] for place in genders) <= seats


def why_none(candidates: Sequence[Candidate], rules: Sequence[Rule], seats: int) -> list[str]:
    """Why no slate of these people keeps every rule, in sentences; mended() has found none."""
    size = min(seats, len(candidates))
    beyond = [rule for rule in rules if rule.kind is RuleKind.TERMS]
    may = [one for one in candidates if not any(rule.counts(one) for rule in beyond)]
    told = []
    if len(may) < size:
        sentence = _("Only {n} of {all} may stand for another term, and {seats} seats are to be taken.")
        told.append(sentence.format(n=len(may), all=len(candidates), seats=size))
    there = Counter(rule for rule in rules for one in may if rule.counts(one))
    for rule in rules:
        if there[rule] < rule.needed(size):
            sentence = _("{n} stand and may who are {counted}; {needed} are needed.")
            told.append(sentence.format(counted=rule.counted, n=there[rule], needed=rule.needed(size)))
    genders = [rule for rule in rules if rule.kind is RuleKind.GENDER]
    asked = sum(rule.needed(size) for rule in genders)
    if asked > size:
        sentence = _("The shares of {n} genders ask for {asked} people, and there are {seats} seats.")
        told.append(sentence.format(n=len(genders), asked=asked, seats=size))
    return told or [_("Each rule could be kept by some slate, but all of them by none.")]
