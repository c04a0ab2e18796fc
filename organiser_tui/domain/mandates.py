"""Mandates: what members answer when they are asked as a body. Nothing is asked or saved here."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.words import _

_LONGEST: Final = 200


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
        amendment = clean(self.amendment)
        if self.answer == MandateAnswer.AMENDED and not amendment:
            raise OrganiserError(_("An answer with an amendment needs its words: what would she have otherwise?"))
        return self._replace(amendment=amendment if self.answer == MandateAnswer.AMENDED else "")


def checked_question(question: str) -> str:
    """The question of a consultation as it is kept. Raises OrganiserError where there is none, or it is too long."""
    words = clean(question)
    if not any(map(str.isalpha, words)):
        raise OrganiserError(_("A consultation needs a question."))
    if len(words) > _LONGEST:
        raise OrganiserError(_("A question has {most} letters at most.").format(most=_LONGEST))
    return words
