"""What is kept of a person, worked out from her rows.

Nothing is read or written here; the meaning is in domain.figures and domain.reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.domain.figures import FITS_UNREACHED, LAST, PersonFigures, person_figures
from organiser_tui.domain.folding import search_words, sort_key
from organiser_tui.domain.phones import search_digits
from organiser_tui.domain.reach import ReachRow, reach_rows
from organiser_tui.store.facts import FactsOf

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class Wording(NamedTuple):
    """What the words follow from by which somebody is found."""

    family: str
    given: str
    extra: str
    working_at: tuple[str, ...]
    place: str
    municipality: str
    numbers: tuple[str, ...]
    """E.164."""
    addresses: tuple[str, ...]

    def words(self) -> tuple[str, str, str]:
        """The words of her name, of where she works and lives, and of her numbers and addresses."""
        return (
            name_words(self.family, self.given, self.extra),
            work_words(self.working_at, self.place, self.municipality),
            found_by(self.numbers, self.addresses),
        )


class Folded(NamedTuple):
    """What somebody is sorted by, and the words of her name and of her numbers and addresses as they are searched."""

    name_key: str
    name: str
    numbers: str


class Kept(NamedTuple):
    """What is kept of one person: her row of figures without the rules that fit, her reach, what she is found by."""

    person_id: int
    figures: PersonFigures
    name_key: str
    provider_id: int | None
    provider_key: str
    region_code: str
    region_key: str
    working_at: tuple[int, ...]
    reach: list[ReachRow]
    wording: Wording


def fits_of(kept: Kept, not_reached: set[int]) -> int:
    """Which rules of the queue fit a person; `not_reached` are the providers where nobody was reached.

    It is the one figure that follows from what others have done.
    """
    return kept.figures.own_fits + (FITS_UNREACHED if not_reached.intersection(kept.working_at) else 0)


def kept_of(campaign: Campaign, facts: FactsOf, today: str) -> Kept:
    """What is to be kept of one person on day `today`."""
    of = facts.facts
    working = tuple(dict.fromkeys(e.provider_id for e in facts.employments_now))
    main = facts.employments_now[-1].provider_id if working else None
    place = campaign.places
    region = of.region_code
    return Kept(
        person_id=facts.person_id,
        figures=person_figures(of, today, campaign.zone, campaign.definitions),
        name_key=sort_key(facts.family, facts.given, campaign.language),
        provider_id=main,
        provider_key=_word_key(facts.provider_names[main], campaign.language) if main is not None else LAST,
        region_code=region,
        region_key=_word_key(place.region_names.get(region, region), campaign.language) if region else LAST,
        working_at=working,
        reach=reach_rows(of, today),
        wording=Wording(
            *(facts.family, facts.given, facts.extra),
            tuple([facts.provider_names[e.provider_id] for e in facts.employments_now]),
            *(facts.place, place.municipality_names.get(facts.municipality_code, "")),
            *(tuple(facts.numbers), tuple(facts.addresses)),
        ),
    )


@lru_cache(maxsize=4096)
def _word_key(word: str, language: str) -> str:
    return sort_key(word, "", language)


def folded_of(
    name: tuple[str, str, str], numbers: tuple[str, ...], addresses: tuple[str, ...], language: str
) -> Folded:
    """What follows from a name (family, given, extra), E.164 numbers and e-mail addresses, the wrong ones too."""
    family, given, _extra = name
    return Folded(sort_key(family, given, language), name_words(*name), found_by(numbers, addresses))


def name_words(family: str, given: str, extra: str) -> str:
    """The words of a name as they are searched."""
    # Folded part by part: names recur, whole lines do not.
    return _joined((family, given, extra))


@lru_cache(maxsize=4096)
def work_words(providers: tuple[str, ...], place: str, municipality: str) -> str:
    """The words of where somebody works and lives as they are searched."""
    return _joined(tuple(dict.fromkeys([*providers, place, municipality])))


def found_by(numbers: tuple[str, ...], addresses: tuple[str, ...]) -> str:
    """E.164 numbers and e-mail addresses as they are searched."""
    found = [form for number in numbers for form in search_digits(number)]
    found.extend([search_words(address) for address in addresses])
    return " ".join(found)


def _joined(parts: Sequence[str]) -> str:
    return " ".join([words for part in parts if part and (words := search_words(part))])
