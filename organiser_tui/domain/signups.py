"""Where a person stands on the way to the union: the columns of the board, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.promises import AskFact, CardFact
from organiser_tui.words import _


class Stage(StrEnum):
    """The columns of the board of sign-ups: six on the way, then those aside."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    SAID_YES = "said yes"
    FORM_OUT = "form out"
    SIGNED = "signed"
    ON_FILE = "on file"
    DECLINED = "declined"
    RETURNED = "returned incomplete"
    ENDED = "ended"
    OTHER_UNION = "in another union"


ON_THE_WAY = (Stage.NOT_ASKED, Stage.ASKED, Stage.SAID_YES, Stage.FORM_OUT, Stage.SIGNED, Stage.ON_FILE)
ASIDE = (Stage.DECLINED, Stage.RETURNED, Stage.ENDED, Stage.OTHER_UNION)
_NO = frozenset({"no", "withdrawn"})
_OF_CARD = {stage.value: stage for stage in Stage if stage not in ON_THE_WAY[:3] and stage is not Stage.DECLINED}


class Signup(NamedTuple):
    """The stage of a person, and since which day (ISO); the stage '' stands on no board."""

    stage: str
    since: str


OFF = Signup("", "")


def signup_of(asks: Sequence[AskFact], cards: Sequence[CardFact], *, may_be_asked: bool) -> Signup:
    """Where somebody stands whose asks and steps of her card rise in time.

    The card says it, until she was asked to sign again and said no, or her form was given up (a card of "none").
    Whoever was neither asked nor has a card stands among those who were not asked if she `may_be_asked`.
    """
    signs = [ask for ask in asks if ask.kind == "sign"]
    answers = sorted((answer for ask in signs for answer in ask.answers), key=lambda answer: answer.day)
    answered = answers[-1] if answers else None
    card = cards[-1] if cards else None
    if card is not None and card.state in _OF_CARD:
        if card.state == Stage.FORM_OUT and answered and answered.answer in _NO and answered.day >= card.day:
            return Signup(Stage.DECLINED.value, answered.day)
        return Signup(card.state, card.day)
    asked_since = signs[-1].day if signs else ""
    # A form that is taken back on the day on which she is asked anew makes room for that.
    if card is not None and card.day > max([asked_since, *(answer.day for answer in answers)]):
        return Signup(Stage.DECLINED.value, card.day)
    if not signs:
        return Signup(Stage.NOT_ASKED.value, "") if may_be_asked else OFF
    last = signs[-1]
    if last.answer == "yes":
        return Signup(Stage.SAID_YES.value, last.answers[-1].day)
    if last.answer in _NO:
        return Signup(Stage.DECLINED.value, last.answers[-1].day)
    return Signup(Stage.ASKED.value, last.day)


def signed_on(cards: Sequence[CardFact]) -> str:
    """The day (ISO) of the first step of a card that is signed or on file now, since it last was neither; else ''."""
    first = ""
    for card in cards:
        signed = card.state in (Stage.SIGNED, Stage.ON_FILE)
        first = (first or card.day) if signed else ""
    return first


CARD_STAGES = frozenset(_OF_CARD.values())
"""The stages that are states of a card; the others are asks and their answers."""
NEXT = {
    Stage.NOT_ASKED: Stage.ASKED,
    Stage.ASKED: Stage.SAID_YES,
    Stage.SAID_YES: Stage.FORM_OUT,
    Stage.FORM_OUT: Stage.SIGNED,
    Stage.SIGNED: Stage.ON_FILE,
    Stage.DECLINED: Stage.ASKED,
    Stage.RETURNED: Stage.SIGNED,
    Stage.ENDED: Stage.ASKED,
}
"""Where one key moves a card on from each stage; who is on file, or in another union, stays."""
PACE_WEEKS = 8
"""Over which the pace held is counted."""
_MOST = 10_000_000


class Goal(NamedTuple):
    """So many cards are to be signed by a day (ISO)."""

    cards: int
    by: str

    def written(self) -> str:
        """As the setting keeps it."""
        return f"{self.cards} {self.by}"


def read_goal(text: str) -> Goal | None:
    """The goal that a setting keeps; None where there is none."""
    cards, _blank, by = text.partition(" ")
    return Goal(int(cards), by) if by else None


def parse_cards(text: str) -> int:
    """How many cards a typed goal means; raises OrganiserError where it is no number of cards."""
    digits = text.replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,8}", digits) or not 1 <= int(digits) <= _MOST:
        raise OrganiserError(_("“{text}” is no number of cards. Write for example 55.").format(text=text.strip()[:40]))
    return int(digits)


class Pace(NamedTuple):
    """Cards a week: what the goal needs from today on, and what was held lately; None where the goal's day is over."""

    needed: float | None
    held: float


def pace_of(goal: Goal, signed: int, weeks: Sequence[int], today: date) -> Pace:
    """The pace towards a goal; `weeks` are the cards signed in each of the last weeks, the latest last."""
    days = (date.fromisoformat(goal.by) - today).days
    lately = weeks[-PACE_WEEKS:]
    held = sum(lately) / len(lately) if lately else 0.0
    missing = max(0, goal.cards - signed)
    return Pace(missing * 7 / days if days > 0 else (0.0 if not missing else None), held)
