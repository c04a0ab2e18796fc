"""How a filter is written: which part stands at the cursor, and a part put into words again.

Its meaning is in filters.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal, NamedTuple

from organiser_tui.domain.filters import FIELD, All, Any, Field, Filter, Not, Test, Words

_PIECE = re.compile(
    r"(?P<bracket>[()])|(?P<field>[\w-]+)(?P<operator><=|>=|!=|:|=|<|>)(?P<value>\"[^\"]*\"?|[^\s()]*)"
    r"|(?P<word>\"[^\"]*\"?|[^\s()]+)"
)
_JOINERS = ("and", "or", "not")


class Place(StrEnum):
    """What can be written at a place."""

    CONDITION = "condition"
    """A field, a word, not, or an opening bracket."""
    VALUE = "value"
    """The value of a field."""
    JOINER = "joiner"
    """and, or, or a closing bracket: a condition has just ended."""


class Part(NamedTuple):
    """What is being written: characters `start` to `end` of the text, `typed` so far."""

    place: Place
    start: int
    end: int
    typed: str
    field: Field | None = None
    open_brackets: int = 0
    first: bool = False
    """Nothing stands before it."""


def part_at(text: str, cursor: int) -> Part:
    """The part of `text` that ends at `cursor`."""
    pieces = list(_PIECE.finditer(text[:cursor]))
    brackets = sum({"(": 1, ")": -1}.get(piece["bracket"] or "", 0) for piece in pieces)
    last = pieces[-1] if pieces else None
    if last is not None and last.end() == cursor and not last["bracket"]:
        before = pieces[-2] if len(pieces) > 1 else None
        if last["field"]:
            field = FIELD.get(last["field"].lower().replace("_", "-"))
            value = last["value"]
            if field is None or (len(value) > 1 and value.endswith('"') and value.startswith('"')):
                return Part(Place.JOINER, cursor, cursor, "", None, brackets)
            start = last.start("value")
            return Part(Place.VALUE, start, cursor, value.strip('"'), field, brackets)
        place = Place.JOINER if _ends_condition(before) else Place.CONDITION
        return Part(place, last.start(), cursor, last["word"].strip('"'), None, brackets, before is None)
    place = Place.JOINER if _ends_condition(last) else Place.CONDITION
    return Part(place, cursor, cursor, "", None, brackets, last is None)


def _ends_condition(piece: re.Match[str] | None) -> bool:
    """Whether something that holds or does not has been said by the end of `piece`."""
    if piece is None or piece["bracket"] == "(":
        return False
    return (piece["word"] or "").lower() not in _JOINERS


def counted_at(what: Literal["provider", "region"], name: str) -> str:
    """The filter of everybody who is counted at the provider, or in the region, of just that name."""
    return f"counts-at-{what}:{quoted(name)}"


def quoted(value: str) -> str:
    """`value` as it is written in a filter: in quotes where it is more than one word.

    A value with quotes of its own is written by the longest part between them: filters look for parts of words anyway.
    """
    bare = max((part.strip() for part in value.split('"')), key=len)
    return f'"{bare}"' if re.search(r"[\s()]", bare) else bare


def written(asked: Filter) -> str:
    """`asked` as it may be written."""
    match asked:
        case Words(text):
            return text
        case Test(field, operator, value):
            return f"{field.name}{operator}{quoted(value)}"
        case Not(inner):
            return f"not {_bracketed(inner)}"
        case All(parts) | Any(parts):
            return (" and " if isinstance(asked, All) else " or ").join(_bracketed(part) for part in parts)


def _bracketed(asked: Filter) -> str:
    return f"({written(asked)})" if isinstance(asked, All | Any) else written(asked)
