"""Who a made-up person is: name, language, numbers, address and discretion, each drawn with one look at a wheel.

What is said with her is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import NamedTuple

from organiser_tui import reference
from organiser_tui.domain.folding import fold
from organiser_tui.exchange.demo.plan import CALLING_CODE, MAIN_LANGUAGE, Plan, ranked, wheel
from organiser_tui.exchange.fiction import fiction_ranges

_WOMEN = 0.78
_MAIN_SHARE = 0.85
_DOUBLE_NAMES = 0.06
# Beside those who told their gender, every fourth did not.
_GENDER_TOLD = {"F": ("F", "F", "F", ""), "M": ("M", "M", "M", "")}


class Discretion(NamedTuple):
    """What she asked of those who call: a message left, the union named, not before an hour, safe channels."""

    leave_message: int | None = None
    name_union: int | None = None
    call_from: str | None = None
    safe_channels: tuple[str, ...] = ()


_DISCRETION = (
    (Discretion(), 0.86),
    (Discretion(leave_message=0), 0.03),
    (Discretion(leave_message=1, name_union=0), 0.03),
    (Discretion(leave_message=1, name_union=1), 0.03),
    (Discretion(safe_channels=("text", "e-mail")), 0.02),
    (Discretion(leave_message=0, name_union=0, call_from="17:00"), 0.03),
)
_WORK = (("assistant", 0.945), ("neighbouring service", 0.045), ("other", 0.01))
_POSITIONS = (("worker", 0.95), ("coordinator", 0.032), ("manager", 0.012), ("owner", 0.006))


class Identity(NamedTuple):
    """One made-up person; `ascii_name` is what her e-mail address is made of."""

    given: str
    family: str
    gender: str
    language: str
    ascii_name: str


class Identities:
    """Draws people; equal randomness draws the same ones."""

    def __init__(self, plan: Plan, rng: Random) -> None:
        self._bits = rng.getrandbits
        main, *others = reference.LANGUAGES[plan.country]
        assert main == MAIN_LANGUAGE[plan.country]
        shares = [(main, _MAIN_SHARE), *((lang, (1 - _MAIN_SHARE) * w) for lang, w in _shared(others))]
        self._languages = wheel(shares, 10)
        self._given = {lang: _given_wheel(lang) for lang in (main, *others)}
        self._family = {
            (lang, gender): _family_wheel(lang, gender) for lang in (main, *others) for gender in ("F", "M")
        }
        self.discretion = wheel(_DISCRETION, 8)
        self.work = wheel(_WORK, 8)
        self.positions = wheel(_POSITIONS, 8)

    def one(self) -> Identity:
        """The next person."""
        bits = self._bits
        language = self._languages[bits(10)]
        given, ascii_given, gender = self._given[language][bits(11)]
        families = self._family[language, gender]
        family, ascii_family = families[bits(11)]
        if bits(10) < _DOUBLE_NAMES * 1024:
            second, ascii_second = families[bits(11)]
            if second != family:
                family, ascii_family = f"{family}-{second}", f"{ascii_family}-{ascii_second}"
        told = _GENDER_TOLD[gender][bits(2)]
        return Identity(given, family, told, language, f"{ascii_given}.{ascii_family}")


def _shared(languages: list[str]) -> list[tuple[str, float]]:
    weights = ranked(languages, flatness=1)
    total = sum(weight for _lang, weight in weights)
    return [(lang, weight / total) for lang, weight in weights]


def _given_wheel(lang: str) -> list[tuple[str, str, str]]:
    names = reference.first_names(lang)
    totals = {gender: sum(n.weight for n in names if n.gender == gender) for gender in "FM"}
    shares = {"F": _WOMEN / totals["F"], "M": (1 - _WOMEN) / totals["M"]}
    return wheel((((n.name, _plain(n.name), n.gender), n.weight * shares[n.gender]) for n in names), 11)


def _family_wheel(lang: str, gender: str) -> list[tuple[str, str]]:
    names = (n for n in reference.last_names(lang) if n.gender in ("", gender))
    return wheel((((n.name, _plain(n.name)), n.weight) for n in names), 11)


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")


class Numbers:
    """Telephone numbers that belong to nobody, each given once, from the country's ranges in data/."""

    _NO_PERSON_S = ("44808", "44909", "44306")
    """Freephone, premium rate and UK-wide ranges."""

    def __init__(self, country: str, needed: int, rng: Random) -> None:
        home = CALLING_CODE[country]
        ranges = [n for n in fiction_ranges().numbers if n.startswith(home) and not n.startswith(self._NO_PERSON_S)]
        by_width: dict[int, list[str]] = {}
        for numbers in ranges:
            by_width.setdefault(numbers.count("x"), []).append("+" + numbers.rstrip("x"))
        fitting = [width for width, prefixes in sorted(by_width.items()) if len(prefixes) * 10**width >= needed]
        if not fitting:
            raise ValueError(f"data/fiction_phones.csv has no range of {needed} numbers for {country}")
        self._width = fitting[0]
        self._prefixes = by_width[self._width]
        self._offset = rng.randrange(10**self._width)

    def __iter__(self) -> Iterator[str]:
        """Every number once, in an order that looks like none."""
        size, width, prefixes = 10**self._width, self._width, self._prefixes
        # Near the golden section, and without a factor of 10, so that each remainder comes once.
        step = int(0.6180339887 * size) // 10 * 10 + 1
        for n in count():
            row, column = divmod(n, len(prefixes))
            yield f"{prefixes[column]}{(self._offset + row * step) % size:0{width}d}"
