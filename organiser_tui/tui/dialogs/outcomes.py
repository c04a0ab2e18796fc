"""The questions that some outcomes ask before they are saved: which other outcome, through what, which language."""

from __future__ import annotations

from organiser_tui.domain.outcomes import OUTCOMES, outcome_label
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.words import _


def which_other() -> Choose[str]:
    """The outcomes behind `o`."""
    others = [outcome for outcome in OUTCOMES if outcome.key == "o"]
    return Choose(_("What else?"), [Choice(o.effect.value, outcome_label(o.effect), o.paper) for o in others])


def through_what() -> Choose[str]:
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


def nobody_heard(effect: str) -> Confirm:
    """Nobody was spoken with, and something stands on the form that was heard: one of the two is a slip."""
    question = _("{outcome}: nobody was spoken with. Save the rating, issues or ask noted here all the same?")
    return Confirm(question.format(outcome=outcome_label(effect)))


def which_language() -> AskLine:
    """The language that she speaks."""
    return AskLine(_("Which language? Organisers who speak it will get the call."), placeholder=_("sq, ru, so …"))
