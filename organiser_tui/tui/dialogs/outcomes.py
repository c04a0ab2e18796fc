"""The questions that some outcomes ask before they are saved: which other outcome, which number, through what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.outcomes import BY_EFFECT, OUTCOMES, Effect, Needs, Rests, effect_told, outcome_label
from organiser_tui.domain.phones import show_phone
from organiser_tui.store.outcomes import own_outcomes
from organiser_tui.store.person import PhoneLine
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.languages import language_codes, no_language
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class Answers(NamedTuple):
    """What was answered: the channel that is barred, the language she speaks, the number that it was."""

    do_not_contact: str = EVERY_CHANNEL
    language: str = ""
    phone_id: int | None = None


class Called(NamedTuple):
    """The call that an outcome is of: the numbers she can be called on, and by its id the one on the screen."""

    phones: Sequence[PhoneLine]
    phone_id: int | None
    learned: bool
    """Whether something stands on the form that only a talk can have told."""
    no_message: bool = False
    """Whether she wants none to be left."""
    speaks: str = ""
    """A language that was heard of her just now; '' for none."""


def _as_they_were(answers: Answers, _yes: object) -> Answers:
    return answers


class AskedBefore(NamedTuple):
    """A question that an outcome asks, and where its answer is put; nothing is saved without one, or after a no."""

    question: Confirm | Choose[int] | Choose[str] | AskLine
    put: Callable[[Answers, Any], Answers] = _as_they_were


def asked_before(store: Campaign, effect: Effect, called: Called) -> list[AskedBefore]:
    """What is asked before an outcome with that effect is saved, one after the other; none where it says enough."""
    outcome = BY_EFFECT[effect]
    asked = []
    if called.learned and not outcome.spoken_with:
        asked.append(AskedBefore(_nobody_heard(effect)))
    if called.no_message and outcome.rests is Rests.LEFT_MESSAGE:
        asked.append(AskedBefore(Confirm(_("She wants no message to be left. Save that one was left?"))))
    if outcome.needs is Needs.NUMBER and len(called.phones) > 1:
        asked.append(AskedBefore(_which_number(store, called), lambda answers, phone: answers._replace(phone_id=phone)))
    if outcome.needs is Needs.CHANNEL:
        asked.append(AskedBefore(_through_what(), lambda answers, channel: answers._replace(do_not_contact=channel)))
    if outcome.needs is Needs.LANGUAGE:
        asked.append(
            AskedBefore(_which_language(called.speaks), lambda answers, line: answers._replace(language=_first(line)))
        )
    return asked


async def answers_to(app: App[Any], questions: Sequence[AskedBefore], phone_id: int | None) -> Answers | None:
    """What is answered to them, of a call on that number; None where it was thought better of.

    To be awaited inside a worker.
    """
    answers = Answers(phone_id=phone_id)
    for asked in questions:
        said = await app.push_screen_wait(asked.question)
        if said is None or said is False:
            return None
        answers = asked.put(answers, said)
    return answers


def which_other(campaign: Campaign) -> Choose[str]:
    """The outcomes behind `o`, and those of the campaign's own."""
    waits = campaign.definitions.waits
    others = [Choice(o.effect.value, outcome_label(o.effect), effect_told(o, waits)) for o in OUTCOMES if o.key == "o"]
    own = [
        Choice(o.code, o.code, _("as {outcome}").format(outcome=outcome_label(o.effect)))
        for o in own_outcomes(campaign)
    ]
    return Choose(_("What else?"), [*others, *own])


def _which_number(campaign: Campaign, called: Called) -> Choose[int]:
    # The number stands second: what begins with a digit is typed, and not picked by one.
    numbers = [
        Choice(phone.id, phone.kind or _("number"), show_phone(phone.e164 or "", campaign.country))
        for phone in called.phones
    ]
    return Choose(_("Which number was it?"), numbers, current=called.phone_id)


def _through_what() -> Choose[str]:
    """The channels through which somebody does not want to hear from us any more."""
    return Choose(
        _("Do not contact: through what?"),
        [
            Choice("all", _("every channel")),
            Choice("call", _("calls")),
            Choice("text", _("texts")),
            Choice("e-mail", _("e-mail")),
        ],
    )


def _nobody_heard(effect: str) -> Confirm:
    """Nobody was spoken with, and something stands on the form that was heard: one of the two is a slip."""
    question = _("{outcome}: nobody was spoken with. Save what you noted of a talk all the same?")
    back = _("n goes back to the call: nothing is saved yet.")
    return Confirm(question.format(outcome=outcome_label(effect)), back)


def _which_language(heard: str) -> AskLine:
    """The language that she speaks; the one that was `heard` stands there."""
    label = _("Which language? Organisers who speak it will get the call.")
    return AskLine(label, heard, check=no_language, read_back=_first, placeholder=_("sq, ru, so …"))


def _first(line: str) -> str:
    """The code of the first language that a line names; '' for none."""
    return "".join(language_codes(line)[:1])
