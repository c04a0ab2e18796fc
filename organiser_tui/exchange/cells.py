"""What single cells of a list mean: yes and no, days, addresses, totals. Whole rows are read in exchange/rows.py."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from organiser_tui.domain.dates import Direction, parse_moment
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.exchange.cell_words import LANGUAGE, NO, NOTE_BARS, PRIVATE_ALONE, PRIVATE_EMPLOYER, TOTALS, YES

_ADDRESS: Final = re.compile(r"[^@\s,;:<>\"()]+@[^@\s,;:<>\"()]+\.[^@\s,;:<>\"().]{2,}")
_BETWEEN: Final = re.compile(r"\s*(?::::|[;,\n|]|\s/\s)\s*|\s+")
_OPEN_ENDS: Final = frozenset({"9999-12-31", "31.12.9999", "31. 12. 9999", "31/12/9999", "12/31/9999"})
_FULL_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|^\d{1,2}[./]\s?\d{1,2}[./]\s?\d\d$")
_PARTS: Final = re.compile(r":::|[;\n|]")
_TOTALS_BEGIN: Final = tuple({word[:3] for word in TOTALS} | {"seš"})
_END_MARKS: Final = " .!?"


def yes_or_no(cell: str) -> bool | None:
    """Whether a cell says yes or no; None where it says something else."""
    word = fold(cell).strip(_END_MARKS)
    if word in YES:
        return True
    return False if word in NO or not word else None


def addresses_in(cell: str) -> tuple[list[str], list[str]]:
    """The e-mail addresses in a cell, in small letters and each once, and what there is none."""
    found: dict[str, None] = {}
    other: list[str] = []
    for part in _BETWEEN.split(clean(cell)):
        address = part.strip("<>.").removeprefix("mailto:")
        if _ADDRESS.fullmatch(address):
            found[address.lower()] = None
        elif part:
            other.append(part)
    return list(found), other


@lru_cache(maxsize=4096)
def day_in(cell: str, now: datetime) -> str | None:
    """The day (ISO) that a cell with a whole date names, past or to come; None for anything less.

    Raises OrganiserError where the day and the month could be either way round.
    """
    text = clean(cell)
    if not _FULL_YEAR.search(text):
        return None
    try:
        return parse_moment(text, now, Direction.LAST).day.isoformat()
    except OrganiserError as refusal:
        try:
            return parse_moment(text, now, Direction.NEXT).day.isoformat()
        except OrganiserError:
            raise refusal from None


def is_open_end(cell: str) -> bool:
    """Whether a cell in the place of a last day says that there is none, as lists from an office do: 31.12.9999."""
    return clean(cell) in _OPEN_ENDS


def parts_of(cell: str, *, comma: bool) -> list[str]:
    """The several values of one cell, each once: parted by a line, semicolon or ":::", and by a comma where told."""
    parts = [part for whole in _PARTS.split(cell) for part in (whole.split(",") if comma else (whole,))]
    return list(dict.fromkeys(filter(None, (clean(part).removeprefix("* ").strip() for part in parts))))


def languages_in(cell: str) -> list[str]:
    """The languages that a cell names, each once: by their codes where they are known, else as written."""
    languages = []
    for part in parts_of(cell, comma=True):
        words = " ".join(fold(part).replace("(", " ").replace(")", " ").split())
        languages.append(LANGUAGE.get(words, part))
    return list(dict.fromkeys(languages))


def is_total(name: str) -> bool:
    """Whether a "name" is the foot of a table: "Skupaj: 5", "Total"."""
    if not name[:5].casefold().startswith(_TOTALS_BEGIN):
        return False
    return fold(name).strip(" :.=").rstrip("0123456789 :.,=()") in TOTALS


def bars_calls(note: str) -> bool:
    """Whether a note says that a person must not be called, and nothing else ("only after 16h" is something else)."""
    return fold(note).strip(_END_MARKS) in NOTE_BARS


@lru_cache(maxsize=4096)
def is_private_employer(cell: str) -> bool:
    """Whether a cell stands for a household that employs its assistant."""
    words = " ".join(re.sub(r"[^\w\s]", " ", fold(cell)).split())
    return words in PRIVATE_ALONE or words.startswith(PRIVATE_EMPLOYER)


def safe_cell(text: str) -> str:
    """`text` so that no spreadsheet runs it as a formula: what could start one gets an apostrophe in front.

    A telephone number written with its plus and in groups ("+386 41 123 456") stays as it is: a spreadsheet keeps it
    as text.
    """
    if text.startswith(_STARTS_ALWAYS) or (text.startswith(_STARTS) and not _GROUPED.fullmatch(text)):
        return f"'{text}"
    return text


def plain_cell(cell: str) -> str:
    """What safe_cell() was given: without the apostrophe that stands before a sign that starts a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith((*_STARTS_ALWAYS, *_STARTS)) else cell


_STARTS_ALWAYS: Final = ("=", "@", "\t", "\r", "\n", "|", "%", *"＝＠＋－")
_STARTS: Final = ("+", "-")
_GROUPED: Final = re.compile(r"\+\d{1,3}(?: \d+)+")
