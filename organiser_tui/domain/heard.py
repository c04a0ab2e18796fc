"""What else one hears in a call: whom she knows, what she speaks and can do, what the next caller should know."""

from __future__ import annotations

from typing import Final, NamedTuple

from organiser_tui.domain.mandates import Mandate


class Tie(NamedTuple):
    """A tie to somebody, by id where she is in the file, else by name; `reverse` for a tie of the other to her."""

    kind: str
    other_id: int | None
    name: str
    reverse: bool = False


class Heard(NamedTuple):
    """Everything of that kind in one call; empty where nothing was said."""

    ties: tuple[Tie, ...] = ()
    knows_nobody: bool = False
    """She was asked whom she knows, and named nobody."""
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    for_next: str = ""
    """What the next caller should know, apart from the note."""
    agreed: str = ""
    """What she agreed that we keep, in these words."""
    wants: tuple[str, ...] = ()
    """What she wants to know, and could not be told at once."""
    proposes: tuple[str, ...] = ()
    """What she would have put to all members."""
    mandates: tuple[Mandate, ...] = ()
    """What she answered where the members are asked."""
    answered: tuple[tuple[int, str], ...] = ()
    """What she wanted to know before, by the id of the request and in words, and was told now."""


NOTHING: Final = Heard()
ONE_WAY: Final = ("follows", "brought")
"""Kinds of ties that hold from one to the other; all others hold both ways."""


def has_letters(name: str) -> bool:
    """Whether it can be the name of somebody."""
    return any(map(str.isalpha, name))
