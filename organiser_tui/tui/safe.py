"""`safe()` and `fit()`: the one way by which a value from a person or a file gets on the screen.

Textual sends escape sequences, C1 controls, NUL, bidi and zero-width characters raw to the terminal, and reads brackets
in a plain string as markup. A Text made here has neither. Nothing in this module knows what a value means.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, split_graphemes
from rich.text import Text

HIDDEN = "·"
"""Stands for a character that must not reach the terminal and has no picture of its own."""

# Printable, one cell wide, nothing to look at more closely: the path of nearly every value.
_ODD = re.compile(
    "[^ -~¡-\xac\xae-\u02ff\u0391-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff"
    "\u2010-\u2015\u2018-\u2026\u20a0-\u20bf\u2190-\u21ff\u2500-\u25ff]"
)
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d")
_PICTURE_SELECTORS = frozenset("\ufe0e\ufe0f")
# Drawn as nothing although Unicode calls them letters or marks.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
_MOST_MARKS = 3  # combining marks on one letter; a stack of them would paint over the lines above


def safe(value: str, style: str = "", *, keep_lines: bool = False) -> Text:
    """`value` as a Text that changes nothing but its own cells; characters that act are shown as a mark.

    Newlines and tabs become a space (`keep_lines` keeps newlines). Nothing in `value` is read as markup.
    """
    return Text(safe_line(value, keep_lines=keep_lines), style, end="")


def safe_line(value: str, *, keep_lines: bool = False) -> str:
    """The characters of `safe()` as a plain string, for places that take only one (toasts, placeholders)."""
    if _ODD.search(value) is None:
        return value
    value = value.replace("\r\n", "\n")
    shown: list[str] = []
    stacked = 0
    for index, character in enumerate(value):
        if character in _LINE_ENDS:
            stacked = 0
            shown.append("\n" if keep_lines else " ")
            continue
        before = value[index - 1] if index else ""
        if character in _PICTURE_SELECTORS and before and unicodedata.category(before)[0] in "SN":
            continue  # chooses between two pictures of the same sign; terminals disagree on the width of one of them
        if unicodedata.category(character) in ("Mn", "Me") and _BLANK.match(character) is None:
            stacked += 1
            if stacked > _MOST_MARKS:
                if stacked == _MOST_MARKS + 1:
                    shown.append(HIDDEN)
                continue
            if not before or before in _LINE_ENDS:
                shown.append("◌")
            shown.append(character)
            continue
        stacked = 0
        shown.append(_visible(character, before, value[index + 1 : index + 2]))
    return "".join(shown)


def same_length(value: str) -> str:
    """`value` made safe one character for one, for a field in which a cursor stands between its characters."""
    if _ODD.search(value) is None:
        return value
    return "".join(
        " " if character in _LINE_ENDS else _visible(character, value[index - 1 : index], value[index + 1 : index + 2])
        for index, character in enumerate(value)
    )


def _visible(character: str, before: str, after: str) -> str:
    """One character as it may be shown; always exactly one character."""
    category = unicodedata.category(character)
    code = ord(character)
    if category == "Cc":
        if character == "\t":
            return " "
        if code < 0x20:
            return chr(0x2400 + code)
        return "␡" if code == 0x7F else HIDDEN
    if character in _JOINERS and _is_letter(before) and _is_letter(after):
        return character
    if category == "Cs":
        return "\ufffd"
    if category in ("Cf", "Co") or _BLANK.match(character) or _is_noncharacter(code):
        return HIDDEN
    return " " if category == "Zs" else character


def _is_letter(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "LM"


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def fit(text: Text, width: int) -> Text:
    """`text` cut to at most `width` terminal cells, with an ellipsis where something was cut.

    Wide characters and letters with combining marks are never split. Returns `text` itself where it fits.
    """
    plain = text.plain
    if len(plain) <= width and plain.isascii():
        return text
    if cell_len(plain) <= width:
        return text
    if width <= 0:
        return Text("", end="")
    cut = text[: _characters_within(plain, width - 1)]
    cut.rstrip()
    cut.append("…")
    return cut


def _characters_within(plain: str, width: int) -> int:
    """How many characters of `plain` fill at most `width` cells."""
    # More characters than this cannot be needed, and a value may be very long.
    spans, _total = split_graphemes(plain[: width * (_MOST_MARKS + 2) + 8])
    used = 0
    for start, _end, cells in spans:
        if used + cells > width:
            return start
        used += cells
    return spans[-1][1] if spans else 0
