"""Languages as they are typed: by their names, or by codes of two letters."""

from __future__ import annotations

from typing import Final

from organiser_tui.exchange.cell_words import LANGUAGE
from organiser_tui.exchange.cells import languages_in
from organiser_tui.words import _

_CODE_LETTERS: Final = 2


def language_codes(line: str) -> list[str]:
    """The codes of the languages that a line names; what is known as none stands as it was written."""
    return languages_in(line.lower().replace(" ", ","))


def no_language(line: str) -> str | None:
    """What in a line is no language; one that the program has no word for is written by its code."""
    for word in language_codes(line):
        if word not in LANGUAGE.values() and not (len(word) == _CODE_LETTERS and word.isascii() and word.isalpha()):
            return _("“{word}” is no language that is known: write its code, such as sl, hr or sq.").format(word=word)
    return None
