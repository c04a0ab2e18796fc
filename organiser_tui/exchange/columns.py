"""What the columns of a list hold, told by their headings. Cells are not looked at here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from organiser_tui.domain.folding import clean, fold
from organiser_tui.exchange.column_words import (
    EMAIL_PHRASES,
    EMAIL_WORDS,
    NAMES,
    NOT_A_NUMBER,
    PHONE_KINDS,
    PHONE_WORDS,
    STEMS,
)
from organiser_tui.words import _

CUSTOM: Final = "custom"
ASSISTED: Final = "assisted"
"""The role of a column that says who is assisted, which is never kept."""
_ROLE: Final = {name: role for role, names in NAMES.items() for name in names.split("|")}
_ONLY_WHOLE: Final = frozenset({"user", "client"})  # "User 1" is a field that somebody left free
_WHO: Final = frozenset({"name", "given", "family"})
_PUNCTUATION: Final = re.compile(r"[^\w\s/]|_")
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_PAIRED: Final = re.compile(r"(phone|e mail|email) (\d+) (label|type)")
_SEARCHED: Final = 20
"""A heading stands in one of so many first rows."""


class Column(NamedTuple):
    """One column of a list: its place from 0, its heading, its role, and what else the heading says.

    `kind` is the kind of a telephone number; for "label", what it labels ("phone 1").
    """

    place: int
    heading: str
    role: str
    kind: str = ""


class Heading(NamedTuple):
    """The row with the column names: its place among the rows from 0, and what it says."""

    place: int
    columns: tuple[Column, ...]


def find_heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The first of `rows` that names a column with names of people; None where there is none in sight.

    A row in which two columns are known is taken before one with a single column that is: that may be a title.
    """
    found = [Heading(place, columns_of(row)) for place, row in enumerate(rows[:_SEARCHED])]
    headings = [heading for heading in found if any(column.role in _WHO for column in heading.columns)]
    sure = [heading for heading in headings if sum(column.role != CUSTOM for column in heading.columns) > 1]
    return next(iter(sure or headings), None)


def columns_of(row: Sequence[str]) -> tuple[Column, ...]:
    """What each cell of a row of headings stands for; a column without a heading is called after its letter."""
    return tuple(
        Column(index, clean(cell) or _("column {letter}").format(letter=_letter(index)), *role_of(cell))
        for index, cell in enumerate(row)
    )


@lru_cache(maxsize=4096)
def role_of(heading: str) -> tuple[str, str]:
    """The role of a column with that heading, and its kind; ("custom", "") where it is not known."""
    whole = _plain(heading)
    for words in (whole, _plain(_ASIDE.sub(" ", heading)), *[part.strip() for part in whole.split("/")]):
        role = _role_of_words(words.replace("/", " "))
        if role is not None:
            return role
    for word in whole.replace("/", " ").split():
        for stem, role_name in STEMS.items():
            if word.startswith(stem):
                return role_name, ""
    return CUSTOM, ""


def _plain(heading: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", fold(clean(heading))).split())


def _without_number(words: str) -> str:
    return words.rstrip("0123456789").rstrip()


def _role_of_words(words: str) -> tuple[str, str] | None:
    words = " ".join(words.split())
    paired = _PAIRED.fullmatch(words)
    if paired:
        return "label", f"{'phone' if paired[1] == 'phone' else 'email'} {paired[2]}"
    bare = _without_number(words)
    role = _ROLE.get(words) or _ROLE.get(bare if bare not in _ONLY_WHOLE else "")
    if role is not None:
        return role, ""
    parts = bare.split()
    each = {_without_number(part) for part in parts} - {""}
    if each & NOT_A_NUMBER:
        return None
    if each & EMAIL_WORDS or any(f" {phrase} " in f" {bare} " for phrase in EMAIL_PHRASES):
        return "email", _ordinal("email", words)
    kinds = [PHONE_KINDS[part] for part in parts if part in PHONE_KINDS]
    if each & PHONE_WORDS or "fax" in kinds:
        kind = "fax" if "fax" in kinds else (kinds[0] if kinds else _ordinal("phone", words))
        return "phone", kind
    return None


def _ordinal(what: str, words: str) -> str:
    """Which "phone 1" a column "phone 1 value" is, so that its label can be found; else ''."""
    match = re.search(r"(?:^| )(\d+) value$", words)
    return f"{what} {match[1]}" if match else ""


def kind_of_label(label: str) -> str:
    """The kind of number that a label such as "* Mobile" or "Home Fax" tells, '' where it tells none."""
    kinds = [PHONE_KINDS[word] for word in _plain(label).split() if word in PHONE_KINDS]
    return "fax" if "fax" in kinds else (kinds[0] if kinds else "")


def _letter(index: int) -> str:
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
