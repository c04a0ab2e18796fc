"""Outcomes that a campaign has of its own: words for what came of an attempt, each with one of the effects."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.outcomes import BY_EFFECT, Effect, outcome_label
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.words import codes
from organiser_tui.words import _

_LONGEST_WORD = 30


class OwnOutcome(NamedTuple):
    """An outcome of the campaign's own and the effect that it has."""

    code: str
    effect: Effect


def own_outcomes(campaign: Campaign) -> list[OwnOutcome]:
    """The outcomes that this campaign has beside those of every campaign, the oldest first."""
    rows = campaign.connection.execute(
        "SELECT code, effect FROM outcome WHERE gone_by IS NULL AND code <> effect ORDER BY position"
    )
    return [OwnOutcome(code, Effect(effect)) for code, effect in rows]


def effect_of(campaign: Campaign, code: str) -> Effect:
    """What an outcome does. Raises OrganiserError, naming those there are, where none is offered with that code."""
    row = campaign.connection.execute(
        "SELECT effect FROM outcome WHERE code = ? AND gone_by IS NULL", (code,)
    ).fetchone()
    if row is None:
        words = ", ".join(codes(campaign, "outcome"))
        raise OrganiserError(_("{word} is not an outcome. Outcomes: {words}.").format(word=code, words=words))
    return Effect(row[0])


def add_outcome(campaign: Campaign, word: str, effect: Effect) -> None:
    """Have an outcome called `word` that does what `effect` says.

    Raises OrganiserError where the word is empty, too long or taken, or was ended here with another effect.
    """
    word = clean(word)
    if not fold(word) or len(word) > _LONGEST_WORD:
        raise OrganiserError(_("An outcome is a word or two, {most} letters at most.").format(most=_LONGEST_WORD))
    with campaign.write(DeedKind.ADD_OUTCOME) as deed:
        taken = campaign.connection.execute("SELECT code FROM outcome WHERE gone_by IS NULL").fetchall()
        if fold(word) in {fold(code) for (code,) in taken} | {fold(key) for key in BY_EFFECT}:
            raise OrganiserError(_("There is an outcome {word} already.").format(word=word))
        word = _ended_before(campaign, word, effect) or word
        last = campaign.connection.execute("SELECT max(position) FROM outcome").fetchone()[0]
        deed.insert("outcome", code=word, effect=effect.value, label=word, position=last + 1)


def _ended_before(campaign: Campaign, word: str, effect: Effect) -> str | None:
    """The outcome of that name that was ended, None for none; what was logged with it keeps its effect."""
    for code, held in campaign.connection.execute("SELECT code, effect FROM outcome WHERE gone_by IS NOT NULL"):
        if fold(code) == fold(word):
            if held != effect:
                sentence = _("{word} was here before, as {outcome}, and calls were logged so: take another word.")
                raise OrganiserError(sentence.format(word=code, outcome=outcome_label(held)))
            return str(code)
    return None


def end_outcome(campaign: Campaign, code: str) -> None:
    """Offer an outcome of the campaign's own no more; what was logged with it stays as it is.

    Raises OrganiserError where there is none with that code.
    """
    with campaign.write(DeedKind.END_OUTCOME) as deed:
        if code not in [own.code for own in own_outcomes(campaign)]:
            raise OrganiserError(_("{word} is not an outcome of this campaign's own.").format(word=code))
        deed.end("outcome", word_id("outcome", code))
