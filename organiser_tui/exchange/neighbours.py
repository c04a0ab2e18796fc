"""Gathers those who have something in common with a row of a list, in the campaign and earlier in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from organiser_tui.domain.matching import Candidate, NameKey, written_ways
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.matching import Known, Overlap, barred_namesakes, contact_details_of_gone

Person = Known | RowDraft
_Index = dict[str, list[Person]]
Word = TypeVar("Word", str, tuple[str, int | None])


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
        barred = Known(person.id, person.given, person.family, person.extra, draft.barred, frozenset())
        for way in draft.ways:
            self.by_name.setdefault(way, []).append(barred)


class Neighbours:
    """Who is near the rows of one chunk of the list with the id `batch`."""

    def __init__(self, found: Overlap, barred: Barred, batch: int) -> None:
        known = found.known
        self._barred = barred
        self._by_number = _people(found.by_number, known)
        self._by_address = _people(found.by_address, known)
        self._by_name: dict[tuple[str, int | None], list[Person]] = {}
        """By the name and where she works; by the name alone whoever has nothing else, and was there before the list:

        two bare names of one list are two people.
        """
        for way, people in _people(found.by_name, known).items():
            for person in people:
                nowhere = (None,) if person.id < batch else ()
                for provider in _providers(person) or nowhere:
                    _put(self._by_name, (way, provider), person)

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
        for way in draft.ways if person is None else written_ways(person.given, person.family):
            for employment in draft.employments:
                _put(self._by_name, (way, employment.provider_id), who)

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
        at: set[int | None] = {provider for _column, cell in draft.employers for provider in known(cell)}
        alone = name_alone(draft)
        for way in draft.ways if at or alone else ():
            for provider in at or {None}:
                for person in self._by_name.get((way, provider), ()):
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
    told = draft.employers or draft.addresses or any(number.e164 for number in draft.numbers)
    return not told


def _people(held: dict[str, list[int]], known: dict[int, Known]) -> _Index:
    return {word: [known[person] for person in ids if person in known] for word, ids in held.items()}


def _put(index: dict[Word, list[Person]], word: Word, person: Person) -> None:
    held = index.get(word)
    if held is None:
        index[word] = [person]
    elif person not in held:
        held.append(person)


def _key(person: Person) -> NameKey:
    return NameKey.of(person.given, person.family, person.extra)


def _providers(person: Person) -> frozenset[int]:
    if isinstance(person, Known):
        return person.providers
    return frozenset(employment.provider_id for employment in person.employments)
