"""Mandates: what members answer when they are asked as a body. Nothing is asked or saved here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.words import _

_LONGEST: Final = 200
_LONGEST_WORDS: Final = 500
FEWEST_BALLOTS: Final = 5
"""Of fewer ballots the sums could say who voted what."""


class MandateAnswer(StrEnum):
    """What a member answers, in the order in which it is counted."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    AMENDED = "with amendment"


class Mandate(NamedTuple):
    """One member's answer in a consultation, by its id; `amendment` says what she would have otherwise."""

    consultation_id: int
    answer: str
    amendment: str = ""

    def checked(self) -> Mandate:
        """As it is kept. Raises OrganiserError where it is none of the answers, or says no amendment."""
        if self.answer not in tuple(MandateAnswer):
            sentence = _("“{answer}” is none of the answers: {answers}.")
            raise OrganiserError(sentence.format(answer=self.answer[:40], answers=", ".join(MandateAnswer)))
        amendment = checked_words(self.amendment)
        if self.answer == MandateAnswer.AMENDED and not amendment:
            raise OrganiserError(_("An answer with an amendment needs its words: what would she have otherwise?"))
        return self._replace(amendment=amendment if self.answer == MandateAnswer.AMENDED else "")


class Counts(NamedTuple):
    """How many answered what."""

    yes: int
    no: int
    abstain: int
    amended: int

    def checked(self, voted: int) -> Counts:
        """What was counted of `voted` ballots. Raises OrganiserError where that cannot be, or would tell whose."""
        if voted < FEWEST_BALLOTS:
            sentence = _("Of fewer than {n} ballots the sums would say who voted what: they are not kept.")
            raise OrganiserError(sentence.format(n=FEWEST_BALLOTS))
        cast = sum(self)
        if min(self) < 0 or cast > voted:
            sentence = _("{cast} ballots are more than the {voted} people who have voted.")
            raise OrganiserError(sentence.format(cast=f"{cast:,}", voted=f"{voted:,}"))
        return self


@dataclass(frozen=True)
class ConsultationDraft:
    """What the members are asked, openly or secretly; `proposal_id` is the proposal that is put to them."""

    question: str
    secret: bool = False
    proposal_id: int | None = None

    def checked(self) -> ConsultationDraft:
        """As it is kept. Raises OrganiserError where there is no question, or it is too long."""
        words = clean(self.question)
        if not any(map(str.isalpha, words)):
            raise OrganiserError(_("A consultation needs a question."))
        if len(words) > _LONGEST:
            raise OrganiserError(_("A question has {most} letters at most.").format(most=_LONGEST))
        return replace(self, question=words)


def checked_words(words: str) -> str:
    """A proposal or an amendment as it is kept. Raises OrganiserError where it is too long."""
    said = clean(words)
    if len(said) > _LONGEST_WORDS:
        sentence = _("That is too long by {n} letters: write what matters, and the rest into the note.")
        raise OrganiserError(sentence.format(n=len(said) - _LONGEST_WORDS))
    return said
