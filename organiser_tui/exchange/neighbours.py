"""Gathers those who have something in common with a row of a list, in the campaign and earlier in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from organiser_tui.domain.matching import Candidate, NameKey
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.matching import Known, Overlap, barred_namesakes, contact_details_of_gone

Person = Known | RowDraft
_Index = dict[str, list[Person]]


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
    """Who is near the rows of one chunk of a list."""

    def __init__(self, found: Overlap, barred: Barred) -> None:
        known = found.known
        self._barred = barred
        self._by_number = _people(found.by_number, known)
        self._by_address = _people(found.by_address, known)
        self._by_name = _people(found.by_name, known)

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
        if person is None:
            for way in draft.ways:
                _put(self._by_name, way, who)

    def of(self, draft: RowDraft, known: Callable[[str], Sequence[int]]) -> Sequence[Candidate[Person]]:
        """Who has a number, an address or the name in common with a row; `known` tells the providers in a cell."""
        if draft.alone:
            return ()
        numbers = draft.own_numbers
        barred = self._barred
        near: dict[int, tuple[Person, set[str]]] = {}
        for words, index, what in (
            (numbers, self._by_number, "number"),
            (numbers, barred.gone_by_number, "number"),
            (draft.addresses, self._by_address, "address"),
            (draft.addresses, barred.gone_by_address, "address"),
            (draft.ways, self._by_name, "name"),
            (draft.ways, barred.by_name, "barred"),  # last of all: where she works does not stand there
        ):
            for word in words:
                if word in index:
                    for person in index[word]:
                        near.setdefault(person.id, (person, set()))[1].add(what)
        if not near:
            return ()
        providers = {provider for _column, cell in draft.employers for provider in known(cell)}
        return [
            Candidate(
                person,
                _key(person),
                person.shown,
                "number" in shared,
                "address" in shared,
                "name" in shared and not providers.isdisjoint(_providers(person)),
                "name" in shared and name_alone(draft) and isinstance(person, Known) and not person.providers,
                "barred" in shared or bool(person.barred),
                isinstance(person, Known) and person.gone,
            )
            for person, shared in near.values()
        ]


def name_alone(draft: RowDraft) -> bool:
    """Whether a row says nothing by which its person could be told from a namesake."""
    told = draft.employers or draft.addresses or any(number.e164 for number in draft.numbers)
    return not told


def _people(held: dict[str, list[int]], known: dict[int, Known]) -> _Index:
    return {word: [known[person] for person in ids if person in known] for word, ids in held.items()}


def _put(index: _Index, word: str, person: Person) -> None:
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
