"""Finds the providers that a list names, and has those made that a campaign does not know. It saves nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.provider_names import provider_key
from organiser_tui.exchange.cell_words import SELF_EMPLOYED
from organiser_tui.exchange.cells import is_private_employer, parts_of
from organiser_tui.store.campaign import Places
from organiser_tui.store.matching import ProviderName
from organiser_tui.words import _

PRIVATE: Final = "private employer"
SELF: Final = "self-employed"
_NOTHING: Final = frozenset(
    [
        "",  # nothing but signs
        "n/a",
        "na",
        "/",
        "?",
        ".",
        "ni",
        "none",
        "no",
        "unknown",
        "neznano",
        "ei",
        "ei ole",
        "tuntematon",
        "x",
        "brez",
    ]
)
_MARKS: Final = '"„“”«»'
_QUOTES: Final = f" '‚‘’{_MARKS}"

Make = Callable[[str, str, str, str], int]
"""Makes a provider of a name and kind, in a municipality and region ('' where unknown), and returns its id."""


@lru_cache(maxsize=4096)
def names_nobody(cell: str) -> bool:
    """Whether a cell in the place of a provider says that there is none, or that it is not known."""
    return all(_is_nothing(_bare(part)) for part in parts_of(cell, comma=False))


def _bare(name: str) -> str:
    """A name without the quotation marks around it; those around a part of it belong to it."""
    name = clean(name)
    bare = name.strip(_QUOTES)
    return name.strip() if any(mark in bare for mark in _MARKS) else bare


def _is_nothing(name: str) -> bool:
    return fold(name) in _NOTHING


class Employers:
    """The providers of one campaign by the names that a list gives them."""

    def __init__(self, known: Iterable[ProviderName], places: Places, make: Make) -> None:
        self._by_name: dict[str, int] = {}
        self._by_place: dict[tuple[str, str], int] = {}
        for provider in known:
            if provider.kind in (PRIVATE, SELF):
                code = provider.municipality_code if provider.kind == PRIVATE else provider.region_code
                self._by_place.setdefault((provider.kind, code), provider.id)
            self._by_name.setdefault(provider_key(provider.folded), provider.id)
        self._places = places
        self._make = make
        self._named: dict[str, list[str]] = {}
        self._one: dict[str, int] = {}
        """Cells that name one provider, which the campaign has."""

    def names_in(self, cell: str) -> list[str]:
        """The provider names in a cell; a comma parts them only where each part is known and the whole is not."""
        names = self._named.get(cell)
        if names is None:
            names = self._named[cell] = self._split(cell)
        if len(names) == 1 and "," in cell:  # what was not known may have been made since
            names = self._split(cell)
        return names

    def _split(self, cell: str) -> list[str]:
        names = [_bare(part) for part in parts_of(cell, comma=False)]
        split = []
        for name in names:
            parts = [_bare(part) for part in name.split(",")]
            whole = (
                len(parts) == 1
                or provider_key(name) in self._by_name
                or any(provider_key(p) not in self._by_name for p in parts)
            )
            split.extend([name] if whole else parts)
        return [name for name in split if not _is_nothing(name)]

    def known(self, cell: str, municipality: str, region: str) -> Sequence[int]:
        """The providers that a cell names, those only that the campaign has."""
        one = self._one.get(cell)
        if one is not None:
            return (one,)
        return self._all_held(self.names_in(cell), municipality, region)

    def perhaps(self, cell: str, municipality: str, region: str) -> Sequence[int]:
        """The providers that a cell may come to name, once every part of it is known: those that are there by now."""
        if "," not in cell:
            return self.known(cell, municipality, region)
        names = [_bare(part) for name in parts_of(cell, comma=False) for part in (name, *name.split(","))]
        return self._all_held(names, municipality, region)

    def _all_held(self, names: Iterable[str], municipality: str, region: str) -> list[int]:
        """The providers of those names; of households and of the self-employed the one of the place."""
        held = []
        for name in names:
            key = self._place_key(name, municipality, region)
            held.append(self._by_name.get(provider_key(name)) if key is None else self._by_place.get(key))
        return [provider for provider in held if provider is not None]

    def _place_key(self, name: str, municipality: str, region: str) -> tuple[str, str] | None:
        if is_private_employer(name):
            return PRIVATE, municipality
        if fold(name) in SELF_EMPLOYED:
            return SELF, region or self._places.region_of.get(municipality, "")
        return None

    def found_or_made(self, cell: str, municipality: str, region: str) -> Sequence[tuple[int, str]]:
        """The providers that a cell names, each with its name where it was made just now, else ''.

        Households and the self-employed stand in one row a municipality or region, and never by name.
        """
        one = self._one.get(cell)
        if one is not None:
            return ((one, ""),)
        found: list[tuple[int, str]] = []
        names = self.names_in(cell)
        for name in names:
            key = self._place_key(name, municipality, region)
            found.append(self._by_that_name(name) if key is None else self._at_place(*key, municipality, region))
            if key is None and len(names) == 1 and "," not in cell:
                self._one[cell] = found[0][0]
        return found

    def _by_that_name(self, name: str) -> tuple[int, str]:
        key = provider_key(name)
        if key in self._by_name:
            return self._by_name[key], ""
        made = self._by_name[key] = self._make(name, "unknown", "", "")
        return made, name

    def _at_place(self, kind: str, code: str, municipality: str, region: str) -> tuple[int, str]:
        """Households of the municipality `code`, or the self-employed of the region `code`."""
        if (kind, code) in self._by_place:
            return self._by_place[kind, code], ""
        if kind == SELF:
            municipality, region = "", code
        place = self._places.municipality_names.get(municipality) or self._places.region_names.get(region, "")
        if kind == PRIVATE:
            name = _("Private employers ({place})") if place else _("Private employers")
        else:
            name = _("Self-employed ({place})") if place else _("Self-employed")
        name = name.format(place=place)
        made = self._by_place[kind, code] = self._make(name, kind, municipality, "" if municipality else region)
        return made, name
