"""How people write telephone numbers: the runs of digits in a cell, before anybody knows whether such numbers exist.

Pure text: labels, remarks, times, extensions, links and spreadsheet damage. Which digits make a number is phones.py's.
All positions are those of the cell as it was written, so that nothing that stood beside a number is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from organiser_tui.words import _

_LONGEST_CELL: Final = 500  # characters; patterns below take quadratic time on text made for that
_FEWEST_DIGITS: Final = 5  # fewer are an extension, a time, a house number or an emergency service


class Run(NamedTuple):
    """Digits with their punctuation at cell[start:end]; a `reason` says why they cannot be a number."""

    start: int
    end: int
    text: str  # digits 0-9 with their "+", brackets, dashes, dots, slashes and spaces
    extension: str
    reason: str


# Blanks and marks become one character each, so that positions stay: \x01 a word, \x02 nothing at all.
_WORD, _NOTHING = "\x01", "\x02"
_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_MARKS: Final = (
    dict.fromkeys(_HYPHENS, "-")
    | dict.fromkeys("\u2044\u2215\u29f8\uff0f", "/")
    | dict.fromkeys("\r\n\v\f\x85\u2028\u2029\uff1b", ";")
    | {"\uff0b": "+", "\uff08": "(", "\uff09": ")", "\uff0e": ".", "\uff0c": ","}
)

_GUARDED: Final = re.compile(r"""=?["'\u2018\u2019\u201c\u201d]?\s*([^"]*?)\s*["'\u2018\u2019\u201c\u201d]?""")
_FLOAT: Final = re.compile(r"(\d{5,15})[.,]0+", re.ASCII)
_SCIENTIFIC: Final = re.compile(r"(\d)[.,](\d+)E\+?(\d+)", re.ASCII | re.IGNORECASE)

_LINK: Final = re.compile(r"https?://(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(?=\d)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"(?:tel|callto|sips?):(?=\+?\d)", re.IGNORECASE)
_SIP_HOST: Final = re.compile(r"(?<=\d)@[\w.-]+")
_MAIL: Final = re.compile(r"[^\s,;|<>()]+@[^\s,;|<>()]+")
_EXTENSION: Final = re.compile(
    r"(?<=\d)[\s,;]*\(?(?:;ext=|(?:extension|extn|ext|x|interna|int|alanumero|alanro|anknytning|ankn|lokal|#)\.?:?\s?)"
    r"(\d{1,6})\)?(?![\d\w])",
    re.ASCII | re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\([^()]*[^\W\d_][^()]*\)|\[[^\[\]]*\]")
_HOUR: Final = re.compile(r"(?<![\w+])\d{1,2}(?:[:.]\d\d)? ?(?:h|ih|uri|ur|am|pm)(?!\w)", re.IGNORECASE)
_LIST_MARK: Final = re.compile(r"(?:(?<=^)|(?<=;))\s*[1-9]\d?[.)]\s+(?=[+(0])")
_LABEL: Final = re.compile(
    r"(?<!\w)(?:tel|telefon|gsm|mob|mobile|mobi|mobitel|m|t|p|h|puh|matkapuh|phone|viber|whatsapp)(?=[+(\d])",
    re.IGNORECASE,
)
_HARD_BREAK: Final = re.compile(r"[;,|]|:::")
_GLUED_LETTER: Final = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_UNREADABLE: Final = re.compile(r"\d\s*[?*_\u2022]+\s*\d|(?<!\w)[xX*_\u2022]{2,}(?!\w)|\d\s*[*_\u2022]{2,}")
_DIGIT_RUN: Final = re.compile(r"[+(]*(?:\+ *)?\d(?:[\d\s\x02+()/.-]*[\d)])?", re.ASCII)
_NEXT_PLUS: Final = re.compile(r"(?<=[\d)])[\s/\x02]*(?=\(?\+)")
_DATE: Final = re.compile(
    r"\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{4}[-.]\d\d[-.]\d\d|\d{1,2}/\d{1,2}/\d{2}(?:\d\d)?", re.ASCII
)


def runs_in(cell: str) -> list[Run]:
    """The runs of digits in `cell` that may be numbers, in order; those that cannot be carry a reason.

    An empty list means that nothing in it looks like a number.
    """
    if len(cell) > _LONGEST_CELL:
        return [Run(0, len(cell), "", "", _("It is too long for a telephone number."))]
    spreadsheet = _spreadsheet_run(cell)
    if spreadsheet is not None:
        return [spreadsheet]
    text, extensions = _without_surroundings("".join(map(_plain_character, cell)))
    runs: list[Run] = []
    start = 0
    for gap in [*_HARD_BREAK.finditer(text), None]:
        end = len(text) if gap is None else gap.start()
        runs.extend(_runs_between(text, start, end, extensions))
        start = end if gap is None else gap.end()
    return runs


def written_shares(cell: str, runs: Sequence[tuple[int, int]]) -> list[str]:
    """The part of `cell` that belongs to each of `runs` (start, end): its label before, its remark behind."""
    shares: list[str] = []
    start = 0
    for (_first, end), following in zip(runs, [*runs[1:], None], strict=True):
        cut = len(cell) if following is None else _cut_between(cell, end, following[0])
        shares.append(cell[start:cut].strip(" \t\r\n,;|:/"))
        start = cut
    return shares


def holds_mail(cell: str) -> bool:
    """Whether an e-mail address stands in `cell`."""
    return _MAIL.search(cell[:_LONGEST_CELL]) is not None


def _cut_between(cell: str, end: int, following: int) -> int:
    between = cell[end:following]
    gap = re.search(r"[;,|\n]|:::", between)
    if gap is None:
        gap = re.match(r"\s*\([^)]*\)", between)
    return end if gap is None else end + gap.end()


def _plain_character(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in _MARKS:
        return _MARKS[character]
    if character.isspace():
        return " "
    return _NOTHING if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def _spreadsheet_run(cell: str) -> Run | None:
    """A number that a spreadsheet made a quantity of: 41123456.0, 3.8641123456E+10; None for any other cell."""
    guarded = _GUARDED.fullmatch(cell.strip())
    text = guarded[1] if guarded is not None else cell.strip()
    quantity = _FLOAT.fullmatch(text)
    if quantity is not None:
        return Run(0, len(cell), quantity[1], "", "")
    power = _SCIENTIFIC.fullmatch(text)
    if power is None:
        return None
    whole, fraction, exponent = power.groups()
    if len(fraction) != int(exponent[:4]):
        return Run(0, len(cell), "", "", _("A spreadsheet has cut off the last digits."))
    return Run(0, len(cell), whole + fraction, "", "")


def _without_surroundings(text: str) -> tuple[str, dict[int, str]]:
    """`text` with everything that is no number blanked out, and the extensions by the position they stood at."""
    extensions: dict[int, str] = {}

    def blank(match: re.Match[str]) -> str:
        return _WORD * len(match.group())

    def note_extension(match: re.Match[str]) -> str:
        extensions[match.start()] = match[1]
        return blank(match)

    text = _LINK.sub(lambda match: _WORD * (len(match.group()) - 1) + "+", text)
    text = _SCHEME.sub(blank, text)
    text = _SIP_HOST.sub(blank, text)
    text = _MAIL.sub(blank, text)
    text = _EXTENSION.sub(note_extension, text)
    for surrounding in (_BRACKET, _HOUR, _LIST_MARK, _LABEL):
        text = surrounding.sub(blank, text)
    return text, extensions


def _runs_between(text: str, start: int, end: int, extensions: dict[int, str]) -> list[Run]:
    part = text[start:end]
    reason = ""
    if _UNREADABLE.search(part):
        reason = _("A digit of it is missing or cannot be read.")
    elif _GLUED_LETTER.search(part):
        reason = _("Letters stand among the digits.")
    if reason:
        return [Run(start, end, "", "", reason)] if any(character.isdigit() for character in part) else []
    runs = []
    for match in _DIGIT_RUN.finditer(part):
        first = match.start()
        for at in [*(gap.start() for gap in _NEXT_PLUS.finditer(match.group())), len(match.group())]:
            runs.append(_run(part[first : match.start() + at], start + first, extensions))
            first = match.start() + at
    long_enough = [run for run in runs if sum(map(str.isdigit, run.text)) >= _FEWEST_DIGITS or run.reason]
    if long_enough or not runs:
        return long_enough
    return [runs[0]._replace(reason=_("It has too few digits for a telephone number."))]


def _run(written: str, start: int, extensions: dict[int, str]) -> Run:
    end = start + len(written)
    bare = written.replace(_NOTHING, "").strip(" /.-")
    if _DATE.fullmatch(bare):
        return Run(start, end, "", "", _("It is a date."))
    return Run(start, end, bare, extensions.get(end, ""), "")
