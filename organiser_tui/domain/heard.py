"""What else one hears in a call: whom she knows, what she speaks and can do, what the next caller should know."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeVar

from organiser_tui.domain.mandates import Mandate

T = TypeVar("T")


class Tie(NamedTuple):
    """A tie to somebody, by id where she is in the file, else by name; `reverse` for a tie of the other to her."""

    kind: str
    other_id: int | None
    name: str
    reverse: bool = False


class AnswerTold(NamedTuple):
    """A request that she was told the answer to: its id, what she wanted to know, and the answer, '' for no words."""

    request_id: int
    what: str
    answer: str = ""


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
    told: tuple[AnswerTold, ...] = ()
    """What she wanted to know before, and was told now."""

    def after(self, earlier: Heard) -> Heard:
        """This and what was heard `earlier` of the same person; to one question the later answer."""
        answers = {one.consultation_id: one for one in (*earlier.mandates, *self.mandates)}
        told = {one.request_id: one for one in (*earlier.told, *self.told)}
        return Heard(
            ties=both(earlier.ties, self.ties),
            knows_nobody=(earlier.knows_nobody or self.knows_nobody) and not (earlier.ties or self.ties),
            languages=both(earlier.languages, self.languages),
            skills=both(earlier.skills, self.skills),
            for_next=self.for_next or earlier.for_next,
            agreed=self.agreed or earlier.agreed,
            wants=both(earlier.wants, self.wants),
            proposes=both(earlier.proposes, self.proposes),
            mandates=tuple(answers.values()),
            told=tuple(told.values()),
        )


def both(earlier: tuple[T, ...], later: tuple[T, ...]) -> tuple[T, ...]:
    """What was said earlier and what was said later, each once."""
    return tuple(dict.fromkeys((*earlier, *later)))


NOTHING: Final = Heard()
ONE_WAY: Final = ("follows", "brought")
"""Kinds of ties that hold from one to the other; all others hold both ways."""


def has_letters(name: str) -> bool:
    """Whether it can be the name of somebody."""
    return any(map(str.isalpha, name))
