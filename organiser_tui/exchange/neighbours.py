"""Gathers those who have something in common with a row of a list, in the campaign and earlier in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from organiser_tui.domain.matching import Candidate, NameKey, written_ways
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.matching import Known, Overlap, Place, barred_namesakes, contact_details_of_gone

Person = Known | RowDraft
Word = TypeVar("Word", str, tuple[str, Place])


class Barred:
    """Those who must not be contacted: they are recognised also when they are no longer in the file."""

    def __init__(self, campaign: Campaign) -> None:
        self.by_name = barred_namesakes(campaign)
        gone = {known.id: known for held in self.by_name.values() for known in held if known.gone}
        # The latest first: whoever came in anew has taken over what was barred before.
        gone = {person: gone[person] for person in sorted(gone, reverse=True)}
        by_number, by_address = contact_details_of_gone(campaign, gone)
        self.gone_by_number = _people(by_number, gone)
        self.gone_by_address = _people(by_address, gone)

    def words_of_gone(self) -> frozenset[str]:
        """The names, numbers and addresses of those who are no longer in the file."""
        names = [way for way, held in self.by_name.items() if any(known.gone for known in held)]
        return frozenset((*names, *self.gone_by_number, *self.gone_by_address))

    def add(self, draft: RowDraft, person: Person) -> None:
        """A row says so of `person`: her namesakes are asked about from now on, to the end of the list."""
        barred = Known(person.id, person.given, person.family, person.extra, draft.barred)
        for way in draft.ways:
            self.by_name.setdefault(way, []).append(barred)


class Neighbours:
    """Who is near the rows of one chunk of the list with the id `batch`."""

    def __init__(self, found: Overlap, barred: Barred, batch: int) -> None:
        known = found.known
        self._barred = barred
        self._by_number = _people(found.by_number, known)
        self._by_address = _people(found.by_address, known)
        self._by_name = _people(found.by_name, known)
        for (_way, place), people in self._by_name.items():
            if place is None:  # two bare names of one list are two people
                people[:] = [person for person in people if person.id < batch]

    def add(self, draft: RowDraft, person: Person | None = None) -> None:
        """What a row says is from now on true of `person`, or of the new person that it is."""
        who = draft if person is None else person
        if draft.barred:
            self._barred.add(draft, who)
        if draft.alone:
            return
        for number in draft.own_numbers:
            _put(self._by_number, number, who)
        for address in draft.addresses:
            _put(self._by_address, address, who)
        places: list[Place] = [*draft.ties, *[employment.provider_id for employment in draft.employments]]
        for way in draft.ways if person is None else written_ways(person.given, person.family):
            for place in places:
                _put(self._by_name, (way, place), who)

    def of(self, draft: RowDraft, known: Callable[[str], Sequence[int]]) -> Sequence[Candidate[Person]]:
        """Who has a number, an address or the name in common with a row; `known` tells the providers in a cell."""
        if draft.alone:
            return ()
        barred = self._barred
        near: dict[int, tuple[Person, set[str]]] = {}
        for words, index, what in (
            (draft.own_numbers, self._by_number, "number"),
            (draft.own_numbers, barred.gone_by_number, "number"),
            (draft.addresses, self._by_address, "address"),
            (draft.addresses, barred.gone_by_address, "address"),
        ):
            for word in words:
                for person in index.get(word, ()):
                    near.setdefault(person.id, (person, set()))[1].add(what)
        alone = name_alone(draft)
        at: set[Place] = {None} if alone else set(draft.ties)
        at.update([provider for _column, cell in draft.employers for provider in known(cell)])
        for way in draft.ways if at else ():
            for place in at:
                for person in self._by_name.get((way, place), ()):
                    near.setdefault(person.id, (person, set()))[1].add("name")
        for way in draft.ways:  # last of all: where she works does not stand there
            for person in barred.by_name.get(way, ()):
                near.setdefault(person.id, (person, set()))[1].add("barred")
        return [
            Candidate(
                person,
                _key(person),
                person.shown,
                "number" in shared,
                "address" in shared,
                "name" in shared and not alone,
                "name" in shared and alone,
                "barred" in shared or bool(person.barred),
                isinstance(person, Known) and person.gone,
            )
            for _id, (person, shared) in sorted(near.items())  # the same are named wherever a list is cut
        ]


def name_alone(draft: RowDraft) -> bool:
    """Whether a row says nothing by which its person could be told from a namesake."""
    return not (draft.employers or draft.ties)


def _people(held: dict[Word, list[int]], known: dict[int, Known]) -> dict[Word, list[Person]]:
    return {word: [known[person] for person in ids if person in known] for word, ids in held.items()}


def _put(index: dict[Word, list[Person]], word: Word, person: Person) -> None:
    held = index.get(word)
    if held is None:
        index[word] = [person]
    elif person not in held:
        held.append(person)


def _key(person: Person) -> NameKey:
    return NameKey.of(person.given, person.family, person.extra)
