"""What somebody needs so that she can come to an event, and how one writes it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.words import _

_LONGEST_NOTE: Final = 100


class Need(StrEnum):
    """The closed set of needs."""

    RIDE = "ride"
    CHILDCARE = "childcare"
    INTERPRETER = "interpreter"
    ACCESS = "access"


class GuestNeed(NamedTuple):
    """One need, and what is to be known of it: from where, how many children, which language."""

    need: Need
    note: str = ""


def need_label(need: Need) -> str:
    """What a need is called."""
    return {
        Need.RIDE: _("ride"),
        Need.CHILDCARE: _("childcare"),
        Need.INTERPRETER: _("interpreter"),
        Need.ACCESS: _("access"),
    }[need]


def parse_needs(text: str) -> tuple[GuestNeed, ...]:
    """The needs in a line such as "ride: from Kranj, interpreter: Albanian"; none in an empty one.

    A beginning of a word that fits one need is enough. Each need stands once; they come in the order of Need.
    Raises OrganiserError where a word is none, a need is named twice, or its note is too long.
    """
    found: dict[Need, str] = {}
    for part in filter(None, map(clean, text.split(","))):
        word, _colon, note = part.partition(":")
        begins = fold(word).strip()
        fitting = [need for need in Need if begins and fold(need_label(need)).startswith(begins)]
        if len(fitting) != 1:
            sentence = _("“{word}” is no need. Write such as: {words}. More of it follows a colon: ride: from Kranj.")
            words = ", ".join(need_label(need) for need in Need)
            raise OrganiserError(sentence.format(word=word.strip()[:40], words=words))
        if fitting[0] in found:
            raise OrganiserError(_("{need} stands there twice.").format(need=need_label(fitting[0])))
        if len(note := clean(note)) > _LONGEST_NOTE:
            raise OrganiserError(_("What is said of a need takes {most} letters.").format(most=_LONGEST_NOTE))
        found[fitting[0]] = note
    return tuple(GuestNeed(need, found[need]) for need in Need if need in found)


def needs_words(needs: Iterable[GuestNeed]) -> str:
    """The needs in a line, as parse_needs() reads it."""
    return ", ".join(f"{need_label(need)}: {note}" if note else need_label(need) for need, note in needs)
