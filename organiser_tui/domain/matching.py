"""Decides whether a row of a list is somebody who is known. Candidates are found by the store."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from organiser_tui.domain.folding import APOSTROPHES, fold, search_words
from organiser_tui.domain.names import NUMBERED, OLDER, YOUNGER
from organiser_tui.words import _

_GENERATIONS: Final = {
    **dict.fromkeys(YOUNGER, "younger"),
    **dict.fromkeys(OLDER - {"st"}, "older"),
    **{word: word for word in NUMBERED},
}
"""As they are written, in small letters: folded "št." is a number, not "st."."""
_MOST_TURNED: Final = 12
_NO_APOSTROPHES: Final = dict.fromkeys(map(ord, APOSTROPHES))
_WRITTEN_OUT: Final = (("dj", "d"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
"""How letters are written by who has no đ, ä, ö, ü on the keyboard, and how they are folded."""

Person = TypeVar("Person")


class NameKey(NamedTuple):
    """What of a name is compared: its folded words in any order, and what tells mother and daughter apart."""

    words: str
    generation: str

    @classmethod
    def of(cls, given: str, family: str, extra: str) -> NameKey:
        """The key of a name."""
        # Part by part: names recur, and how they are folded is remembered; hardly anybody's whole name does.
        return cls(" ".join(sorted([*_words(given), *_words(family)])), generation_in(extra))


def generation_in(extra: str) -> str:
    """What tells mother and daughter apart in what stands beside a name, in one word for "ml." and "jr"; mostly ''."""
    if not extra:
        return ""
    words = [*extra.casefold().replace(";", " ").replace(",", " ").split(), ""]
    # "st. 12" is a number, too, of somebody who writes without accents.
    told = [_GENERATIONS[word] for word, behind in pairwise(words) if word in _GENERATIONS and not behind.isdigit()]
    return " ".join(dict.fromkeys(told))


def _words(name: str) -> list[str]:
    """The folded words of a name; the signs of vowels in them are no breaks, as they are to a search."""
    folded = fold(name)
    if folded.isascii():
        return search_words(folded).split()
    kept = (letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in folded)
    return "".join(kept).split()


def likeness(given: str, family: str) -> str:
    """The words of a name in any order and however its letters are written: "Djurdja" as "Đurđa", "Oneil" as "O'Neil".

    Too little to be the same person; enough to ask, where one of the two must not be contacted.
    """
    return " ".join(sorted([*_alike(given), *_alike(family)]))


@lru_cache(maxsize=4096)
def _alike(name: str) -> tuple[str, ...]:
    words = " ".join(_words(name.translate(_NO_APOSTROPHES)))
    for written, letter in _WRITTEN_OUT:
        words = words.replace(written, letter)
    return tuple(words.split())


def written_ways(given: str, family: str) -> tuple[str, ...]:
    """The words of a name as it is looked up: with either part first, wherever the one part ends and the other starts.

    "Fatima Zahra / Bouhali" and "Fatima / Zahra Bouhali" have every way in common.
    """
    first, second = search_words(given), search_words(family)
    words = f"{first} {second}".split()
    if len(words) == 2:  # nearly every name
        one, other = words
        return (f"{one} {other}", f"{other} {one}") if one != other else (f"{one} {other}",)
    if len(words) > _MOST_TURNED:  # no name: a sentence, of which nobody knows where it could be parted
        words = [first, second]
    turned = [" ".join((*words[at:], *words[:at])).strip() for at in range(len(words))]
    return tuple(dict.fromkeys(turned)) or ("",)


class Candidate(NamedTuple, Generic[Person]):
    """Somebody who has something in common with a row."""

    person: Person
    key: NameKey
    shown: str
    by_number: bool
    """Shares a telephone number that tells people apart (no number of a workplace, none known to be shared)."""
    by_address: bool
    by_place: bool
    """Is a namesake at the same provider, or with the same number or address though it tells nobody apart."""
    by_name_alone: bool
    """Is a namesake, and neither of the two has a number, an address or a provider."""
    alike: bool
    """Has a name that is written alike, see likeness()."""
    barred: bool
    gone: bool = False
    """No longer in the file; such a one counts where nobody who is in it fits."""


class Answer(NamedTuple, Generic[Person]):
    """The person a row is; or nobody yet, with the question that stands in the way ('' for somebody new)."""

    person: Person | None
    question: str = ""
    about: Person | None = None
    """Whom the question is about."""
    also: str = ""
    """Who has her number under another name, where she is known by the place."""


def are_two(generation: str, other: str) -> bool:
    """Whether two of a name are mother and daughter: of "ml." and "st." it is known, of "ml." and nothing it is not."""
    return bool(generation and other and generation != other)


def barred_question(barred: str, other: str) -> str:
    """What is asked where `barred` must not be contacted and `other` is called so, too, or nearly so."""
    if barred == other:
        return _("{name} must not be contacted and has the same name. Is it the same person?").format(name=barred)
    return _("{name} must not be contacted. Is it the same person as {other}?").format(name=barred, other=other)


def who_is(key: NameKey, shown: str, candidates: Iterable[Candidate[Person]]) -> Answer[Person]:
    """Who a row with that name is; `shown` is the name as it is spoken of in a question.

    The same number or e-mail address with the same name is the same person, else the same name at the same provider,
    or behind the same number of a workplace.
    Where only people who are gone fit, it is the first of them.
    The same number with another name is a question, and so is a row that fits several people, or whose name is or
    nearly is that of somebody who must not be contacted, or of somebody of whom nothing but the name is known either.
    """
    found = list(candidates)
    namesakes = [candidate for candidate in found if candidate.key == key]
    for same in ([c for c in namesakes if c.by_number or c.by_address], [c for c in namesakes if c.by_place]):
        here = [candidate for candidate in same if not candidate.gone]
        if len(here) > 1:
            names = ", ".join(candidate.shown for candidate in here[:3])
            question = _("{row} fits several people: {names}.").format(row=shown, names=names)
            return Answer(None, question, here[0].person)
        if same:
            is_she = here[0] if here else same[0]
            others = [c.shown for c in found if c.by_number and c.key != key]
            also = "" if is_she.by_number or is_she.by_address else ", ".join(others[:3])
            return Answer(is_she.person, also=also)
    for candidate in found:
        if candidate.by_number and candidate.key != key:
            reason = _("{name} has the same number. Is it the same person as {row}?")
            return Answer(None, reason.format(name=candidate.shown, row=shown), candidate.person)
    for candidate in found:
        alike = candidate.alike and not are_two(candidate.key.generation, key.generation)
        if candidate.barred and (candidate.key == key or alike):
            return Answer(None, barred_question(candidate.shown, shown), candidate.person)
    for candidate in namesakes:
        if candidate.by_name_alone:
            reason = _("{name} is in the file without number, address or provider. Is it the same person?")
            return Answer(None, reason.format(name=candidate.shown), candidate.person)
    return Answer(None)
