"""Gathers those who have something in common with a row of a list, in the campaign and earlier in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from organiser_tui.domain.matching import Candidate, NameKey, generation_in, likeness, written_ways
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.matching import Known, Overlap, Place, barred_people, contact_details_of_gone

Person = Known | RowDraft
Name = tuple[str, str]
"""What all namesakes have in common: one of the ways in which it is looked up, and the generation."""
Word = TypeVar("Word", str, Place)
_NAMESAKES: Final = 4
"""Of whom as many as that fit a row alike: it is a question, and three of them are named in it."""


class Barred:
    """Those who must not be contacted: they are recognised also when they are no longer in the file."""

    def __init__(self, campaign: Campaign) -> None:
        everybody = barred_people(campaign)
        self.by_likeness: dict[str, list[Known]] = {}
        for known in everybody:
            self._put(known)
        gone = {known.id: known for known in everybody if known.gone}
        self._gone_ways = {way for known in gone.values() for way in written_ways(known.given, known.family)}
        # The latest first: whoever came in anew has taken over what was barred before.
        gone = {person: gone[person] for person in sorted(gone, reverse=True)}
        by_number, by_address = contact_details_of_gone(campaign, gone)
        self.gone_by_number = _people(by_number, gone)
        self.gone_by_address = _people(by_address, gone)

    def words_of_gone(self) -> frozenset[str]:
        """The names, numbers and addresses of those who are no longer in the file."""
        return frozenset((*self._gone_ways, *self.gone_by_number, *self.gone_by_address))

    def add(self, draft: RowDraft, person: Person) -> None:
        """A row says so of `person`: her namesakes are asked about from now on, to the end of the list."""
        self._put(Known(person.id, person.given, person.family, person.extra, draft.barred))

    def _put(self, known: Known) -> None:
        held = self.by_likeness.setdefault(likeness(known.given, known.family), [])
        # Of each generation as many: "ml." is another person than "st.".
        generation = generation_in(known.extra)
        if known.gone or sum(generation_in(one.extra) == generation for one in held) < _NAMESAKES:
            held.append(known)


class Neighbours:
    """Who is near the rows of one chunk of a list that made the people from the id `first` on."""

    def __init__(self, found: Overlap, barred: Barred, first: int) -> None:
        known = found.known
        self._barred = barred
        self._silent = found.silent
        self._by_number = _people(found.by_number, known)
        self._by_address = _people(found.by_address, known)
        self._by_name: dict[tuple[Name, Place], list[Person]] = {}
        for place, people in _people(found.by_place, known).items():
            for person in people:
                if place is not None or person.id < first:  # two bare names of one list are two people
                    self._put_name(_name(person), place, person)

    def add(self, draft: RowDraft, person: Person | None = None) -> None:
        """What a row says is from now on true of `person`, or of the new person that it is."""
        who = draft if person is None else person
        if draft.barred:
            self._barred.add(draft, who)
        if draft.alone:
            return
        for number in self._telling(draft, who):
            _put(self._by_number, number, who)
        for address in draft.addresses:
            if who.id not in self._silent.get(address, ()):
                _put(self._by_address, address, who)
        name = _name(who)
        places: list[Place] = [*draft.ties, *[employment.provider_id for employment in draft.employments]]
        for place in places:
            self._put_name(name, place, who)

    def _telling(self, draft: RowDraft, who: Person) -> list[str]:
        """The numbers of a row that tell `who` apart: none that stays a workplace's, shared or wrong."""
        if isinstance(who, RowDraft):
            own = who.own_numbers
            return [number for number in draft.own_numbers if number in own]
        named_own = {number.e164 for number in draft.numbers if number.named_hers}
        telling = []
        for number in draft.own_numbers:
            why = self._silent.get(number, {}).get(who.id)
            if why is None or (why == "work" and number in named_own):
                telling.append(number)
        return telling

    def _put_name(self, name: Name, place: Place, person: Person) -> None:
        held = self._by_name.setdefault((name, place), [])
        if person not in held:
            held.append(person)
            if len(held) > _NAMESAKES:  # the same are named wherever a list is cut
                held.remove(max(held, key=lambda one: one.id))

    def of(self, draft: RowDraft, providers: Iterable[int]) -> Sequence[Candidate[Person]]:
        """Who has a number, an address or the name in common with a row, which names `providers` that are known."""
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
        name = _name(draft)
        alone = name_alone(draft)
        at: set[Place] = {None} if alone else set(draft.ties)
        at.update(providers)
        for place in at:
            for person in self._by_name.get((name, place), ()):
                near.setdefault(person.id, (person, set()))[1].add("name")
        for person in barred.by_likeness.get(draft.likeness, ()):  # last of all: where she works does not stand there
            near.setdefault(person.id, (person, set()))[1].add("barred")
        return [
            Candidate(
                person,
                key_of(person),
                person.shown,
                "number" in shared,
                "address" in shared,
                "name" in shared and not alone,
                "name" in shared and alone,
                "barred" in shared,
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


def _name(person: Person) -> Name:
    ways = person.ways if isinstance(person, RowDraft) else written_ways(person.given, person.family)
    return min(ways), generation_in(person.extra)


def key_of(person: Person) -> NameKey:
    """What is compared of the name of somebody."""
    return NameKey.of(person.given, person.family, person.extra)
