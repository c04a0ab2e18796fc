"""The questions that some outcomes ask before they are saved: which other outcome, which number, through what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from organiser_tui.domain.barred import EVERY_CHANNEL
from organiser_tui.domain.outcomes import BY_EFFECT, OUTCOMES, Effect, effect_told, outcome_label
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

_ABOUT_A_NUMBER = (Effect.WRONG_NUMBER, Effect.DISCONNECTED)


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


def asks_first(effect: Effect, called: Called) -> bool:
    """Whether anything is to be answered before an outcome with that effect is saved."""
    return (
        (called.learned and not BY_EFFECT[effect].spoken_with)
        or (effect in _ABOUT_A_NUMBER and len(called.phones) > 1)
        or (called.no_message and effect == Effect.LEFT_MESSAGE)
        or effect in (Effect.DO_NOT_CONTACT, Effect.OTHER_LANGUAGE)
    )


async def answers_to(app: App[Any], store: Campaign, effect: Effect, called: Called) -> Answers | None:
    """What is answered, None where it was thought better of; to be awaited inside a worker."""
    ask = app.push_screen_wait
    phone_id = called.phone_id
    if called.learned and not BY_EFFECT[effect].spoken_with and not await ask(_nobody_heard(effect)):
        return None
    if (
        called.no_message
        and effect == Effect.LEFT_MESSAGE
        and not await ask(Confirm(_("She wants no message to be left. Save that one was left?")))
    ):
        return None
    if effect in _ABOUT_A_NUMBER and len(called.phones) > 1:
        phone_id = await ask(_which_number(store, called))
        return None if phone_id is None else Answers(phone_id=phone_id)
    if effect == Effect.DO_NOT_CONTACT:
        channel = await ask(_through_what())
        return None if channel is None else Answers(do_not_contact=channel, phone_id=phone_id)
    if effect == Effect.OTHER_LANGUAGE:
        language = await ask(_which_language())
        return None if language is None else Answers(language=_first(language), phone_id=phone_id)
    return Answers(phone_id=phone_id)


def which_other(campaign: Campaign) -> Choose[str]:
    """The outcomes behind `o`, and those of the campaign's own."""
    waits = campaign.definitions.waits
    others = [
        Choice(o.effect.value, outcome_label(o.effect), effect_told(o.effect, waits)) for o in OUTCOMES if o.key == "o"
    ]
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


def _which_language() -> AskLine:
    """The language that she speaks."""
    label = _("Which language? Organisers who speak it will get the call.")
    return AskLine(label, check=no_language, read_back=_first, placeholder=_("sq, ru, so …"))


def _first(line: str) -> str:
    """The code of the first language that a line names; '' for none."""
    return "".join(language_codes(line)[:1])
