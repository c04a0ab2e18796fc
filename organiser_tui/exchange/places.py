"""Finds regions and municipalities by what people write; what is not known is kept as text and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from organiser_tui.domain.folding import clean, fold

_PARTS: Final = re.compile(r"\s*[/,]\s*|\s+-\s+")
_ASIDE: Final = re.compile(r"\([^)]*\)")

PlaceRow = tuple[str, str, str]
"""A code, its name, and its other names with | between them."""
Unknown = dict[str, tuple[int, int]]
"""Texts that are no place of this country: the row of the first, and how many there are."""


class Found(NamedTuple):
    """What a cell names: a municipality or a region by code; else `text` as it is kept."""

    municipality: str = ""
    region: str = ""
    text: str = ""


class Places:
    """The regions and municipalities of one campaign by every name they have."""

    def __init__(self, regions: Iterable[PlaceRow], municipalities: Iterable[PlaceRow]) -> None:
        self._regions = _by_name(regions)
        self._municipalities = _by_name(municipalities)
        self._found: dict[tuple[str, str], Found] = {}
        self.unknown: Unknown = {}

    def settle(self, line: int, cells: list[tuple[str, str]], fields: dict[str, int | str | None]) -> None:
        """Set what `cells` (role and text) say of a place: codes where they are known, else the text."""
        for role, cell in cells:
            key = (role, cell)
            found = self._found.get(key)
            if found is None:
                found = self._found[key] = self._find(role, cell)
            if found.municipality:
                fields.setdefault("municipality_code", found.municipality)
            elif found.region:
                fields.setdefault("region_code", found.region)
            elif found.text:
                fields["place"] = f"{fields.get('place', '')} {found.text}".strip()
                first, count = self.unknown.get(found.text, (line, 0))
                self.unknown[found.text] = (first, count + 1)

    def _find(self, role: str, cell: str) -> Found:
        text = clean(cell)
        whole = fold(text)
        for words in dict.fromkeys((whole, *map(fold, _PARTS.split(_ASIDE.sub(" ", text))))):
            if not words:
                continue
            if role == "municipality":
                code = self._municipalities.get(words) or self._abbreviated(words)
                if code:
                    return Found(municipality=code)
            region = self._regions.get(words)
            if region:
                return Found(region=region)
        return Found(text=text)

    def _abbreviated(self, words: str) -> str:
        """The one municipality that "k. loka" or "sk. loka" may stand for; '' where there is none, or several."""
        if "." not in words:
            return ""
        parts = (rf"{re.escape(word[:-1])}\w*" if word.endswith(".") else re.escape(word) for word in words.split())
        pattern = re.compile(r"\s+".join(parts))
        codes = {code for name, code in self._municipalities.items() if pattern.fullmatch(name)}
        return codes.pop() if len(codes) == 1 else ""


def _by_name(rows: Iterable[PlaceRow]) -> dict[str, str]:
    """Code by folded name; a name that several have says nothing. A code stands for itself."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code, name, also in rows:
        for word in dict.fromkeys(fold(part) for part in (name, *also.split("|"), *_halves(name), *_halves(also))):
            if word and found.setdefault(word, code) != code:
                shared.add(word)
        found.setdefault(fold(code), code)
    return {word: code for word, code in found.items() if word not in shared}


def _halves(name: str) -> list[str]:
    """Both names of a place with two ("Koper/Capodistria"); "Bristol, City of" is Bristol."""
    if "/" in name:
        return name.split("/")
    return [name.partition(",")[0]] if "," in name else []
