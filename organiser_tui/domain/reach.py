"""Where a person counts: known, attempted, spoken with, reached, asked and signed at each provider and region.

Contacts count for the providers where she worked on their day; known and signed are today's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from organiser_tui.domain.figures import NEVER_SERVED, NO_PROVIDER, SIGNED_CARDS, Employment, PersonFacts
from organiser_tui.domain.outcomes import ContactFact
from organiser_tui.domain.promises import AskFact


class ReachRow(NamedTuple):
    """Whether a person counts at one provider and region, 0 or 1 each; contacts count where she worked on their day."""

    provider_id: int
    region_code: str
    known: int
    attempted: int
    spoken_with: int
    reached: int
    asked: int
    signed: int
    last_conversation: str


class _Acts(NamedTuple):
    """What happened with a person that counts somewhere."""

    contacts: Sequence[ContactFact]
    came_on: Sequence[str]
    asks: Sequence[AskFact]

    def where(self, there: Callable[[str], bool]) -> _Acts:
        """Those on a day that is `there`."""
        return _Acts(
            [contact for contact in self.contacts if there(contact.day)],
            [day for day in self.came_on if there(day)],
            [ask for ask in self.asks if there(ask.day)],
        )

    def all_within(self, employment: Employment) -> bool:
        """Whether every one falls on a day of `employment`; each kind rises in time."""
        firsts = [self.contacts[0].day] if self.contacts else []
        firsts += self.came_on[:1]
        firsts += [ask.day for ask in self.asks[:1]]
        if employment.from_day is not None and min(firsts) < employment.from_day:
            return False
        lasts = [self.contacts[-1].day] if self.contacts else []
        lasts += self.came_on[-1:]
        lasts += [ask.day for ask in self.asks[-1:]]
        return employment.to_day is None or max(lasts) <= employment.to_day


_NOTHING = _Acts((), (), ())


def reach_rows(facts: PersonFacts, today: str) -> list[ReachRow]:
    """Where a person counts on day `today`, one row a provider and region; provider 0 takes what fell outside them."""
    acts = _Acts(facts.contacts, facts.came_on, facts.asks)
    counts = counts_as_known(facts.work, facts.position, left_work=facts.left_work, deceased=facts.deceased)
    signed = bool(facts.cards) and facts.cards[-1].state in SIGNED_CARDS
    employments = facts.employments
    if not any(acts):
        return _rows_at_rest(facts, today, counts, signed)
    works = False
    rows = []
    for place, held in _places(facts).items():
        works_here = any([e.on(today) for e in held])
        works = works or works_here
        if not (len(employments) == 1 and acts.all_within(held[0])):
            here = acts.where(lambda day, held=held: any([e.on(day) for e in held]))  # type: ignore[misc]
        else:
            here = acts
        rows.append(_row(place, here, known=works_here and counts, signed=works_here and signed))
    outside = acts
    if len(employments) == 1 and acts.all_within(employments[0]):
        outside = _NOTHING
    elif employments:
        outside = acts.where(lambda day: not any([e.on(day) for e in employments]))
    nowhere = _row((NO_PROVIDER, facts.region_code), outside, known=counts and not works, signed=signed and not works)
    if any(nowhere[2:8]) or not employments:
        rows.append(nowhere)
    return rows


def _rows_at_rest(facts: PersonFacts, today: str, counts: bool, signed: bool) -> list[ReachRow]:
    """The rows of a person with whom nothing has happened: everybody on a list that comes in."""
    works, rows = False, []
    for place, held in _places(facts).items():
        works_here = any([e.on(today) for e in held])
        works = works or works_here
        rows.append(ReachRow(*place, int(works_here and counts), 0, 0, 0, 0, int(works_here and signed), ""))
    if not works and (counts or signed or not rows):
        rows.append(ReachRow(NO_PROVIDER, facts.region_code, int(counts), 0, 0, 0, 0, int(signed), ""))
    return rows


def _places(facts: PersonFacts) -> dict[tuple[int, str], list[Employment]]:
    places: dict[tuple[int, str], list[Employment]] = {}
    for employment in facts.employments:
        place = (employment.provider_id, employment.region_code)
        places.setdefault(place, []).append(employment)
    return places


def _row(place: tuple[int, str], acts: _Acts, *, known: bool, signed: bool) -> ReachRow:
    contacts, came_on, asks = acts
    talks = [contact.day for contact in contacts if contact.learned and contact.spoken_with]
    return ReachRow(
        place[0],
        place[1],
        int(known),
        int(any([contact.attempt for contact in contacts])),
        int(bool(talks) or any([contact.spoken_with for contact in contacts])),
        int(bool(talks or came_on)),
        int(any([ask.kind == "sign" for ask in asks])),
        int(signed),
        talks[-1] if talks else "",
    )


def counts_as_known(work: str, position: str, *, left_work: bool, deceased: bool) -> bool:
    """Whether "known" counts a person, wherever she works; store.facts has the same as SQL."""
    return work == "assistant" and position not in NEVER_SERVED and not left_work and not deceased
