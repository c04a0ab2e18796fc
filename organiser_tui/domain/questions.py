"""The questions of a call list: how one is written, which answers it takes. Nothing is asked or saved here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.words import _

_LONGEST: Final = 120
_LONGEST_ANSWER: Final = 500
_MOST_CHOICES: Final = 9  # as many as there are digits to pick them by
_WRITTEN: Final = re.compile(r"(?P<words>[^\[\]]*)(?:\[(?P<how>[^\[\]]*)\]\s*)?")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,3})?")


class QuestionKind(StrEnum):
    """What an answer is."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes or no"


YES, NO = "yes", "no"
"""The answers to a question of that kind, as they are kept."""


@dataclass(frozen=True)
class QuestionDraft:
    """A question and what may be answered; `choices` only where one of them is to be chosen."""

    words: str
    kind: QuestionKind = QuestionKind.TEXT
    choices: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """As it is written in one line, which parse_question() reads."""
        how = {
            QuestionKind.TEXT: "",
            QuestionKind.NUMBER: " [123]",
            QuestionKind.YES_NO: " [y/n]",
            QuestionKind.CHOICE: f" [{'/'.join(self.choices)}]",
        }
        return self.words + how[self.kind]

    def checked(self, answer: str) -> str:
        """`answer` as it is kept. Raises OrganiserError, saying what is asked for, where it is none."""
        said = clean(answer)
        if len(said) > _LONGEST_ANSWER:
            sentence = _("That is too long by {n} letters: write what matters, and the rest into the note.")
            raise OrganiserError(sentence.format(n=len(said) - _LONGEST_ANSWER))
        if self.kind is QuestionKind.NUMBER:
            if _NUMBER.fullmatch(said) is None:
                raise OrganiserError(_("“{answer}” is no number.").format(answer=said[:40]))
            return f"{Decimal(said.replace(',', '.')).normalize() + 0:f}"  # there is no minus nought
        if self.kind is QuestionKind.TEXT:
            if not said:
                raise OrganiserError(_("Nothing was answered."))
            return said
        known = (YES, NO) if self.kind is QuestionKind.YES_NO else self.choices
        alike = [choice for choice in known if fold(choice) == fold(said)]
        found = said if said in known else next(iter(alike), None)
        if found is None:
            sentence = _("“{answer}” is none of the answers: {answers}.")
            raise OrganiserError(sentence.format(answer=said[:40], answers=", ".join(known)))
        return found


def parse_question(line: str) -> QuestionDraft:
    """The question that `line` is: its words, then in brackets [y/n], [123] for a number, or the choices [a/b/c].

    Without brackets the answer is text. Raises OrganiserError where it is none.
    """
    found = _WRITTEN.fullmatch(line.strip())
    words = clean(found["words"]) if found else ""
    if found is None or not words:
        raise OrganiserError(
            _("Write the question, then how it is answered: [y/n], [123] or [mornings/evenings/nights].")
        )
    if len(words) > _LONGEST:
        raise OrganiserError(_("A question has {most} letters at most.").format(most=_LONGEST))
    if found["how"] is None:
        return QuestionDraft(words)
    choices = tuple(dict.fromkeys(filter(None, (clean(part).replace("|", "¦") for part in found["how"].split("/")))))
    if {fold(choice) for choice in choices} in ({"y", "n"}, {"yes", "no"}):
        return QuestionDraft(words, QuestionKind.YES_NO)
    if len(choices) == 1 and choices[0].isdigit():
        return QuestionDraft(words, QuestionKind.NUMBER)
    if not 2 <= len(choices) <= _MOST_CHOICES:
        sentence = _("Between the brackets stand 2 to {most} answers, parted by /; or y/n; or 123 for a number.")
        raise OrganiserError(sentence.format(most=_MOST_CHOICES))
    if max(map(len, choices)) > _LONGEST:
        raise OrganiserError(_("An answer has {most} letters at most.").format(most=_LONGEST))
    return QuestionDraft(words, QuestionKind.CHOICE, choices)
