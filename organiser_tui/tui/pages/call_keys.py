"""The keys of a call, when each does anything, and how they keep their order when several arrive together. No page."""

from __future__ import annotations

import asyncio
from typing import Final

from textual.binding import Binding, BindingType
from textual.widget import Widget

from organiser_tui.domain.outcomes import OUTCOMES, Waits, effect_told, outcome_label
from organiser_tui.tui.keys import takes_text
from organiser_tui.words import _

_ON_HER: Final = frozenset(("outcome", "guide", "story", "note", "other", "field", "number", "skip"))
"""Actions on the person who is being called."""
IN_A_CALL: Final = (
    "call.leave-line",
    "call.note",
    "call.rate",
    "call.next",
    "call.ask",
    "call.resume",
    "call.stop",
    "help",
)
"""The keys that are named below a call."""
IN_A_LINE: Final = ("call.leave-field", "help")
"""The keys that are named while a line of the form has the cursor."""
WITH_NOBODY: Final = ("call.skip", "undo", "call.resume", "call.stop", "help")
"""The keys that are named while nobody is in the call."""


def _at_once(key: str, action: str, label: str, binding_id: str, tooltip: str) -> Binding:
    """A key that acts before the next one is looked at: over a slow line several arrive together."""
    return Binding(key, action, label, id=binding_id, tooltip=tooltip, priority=True, show=False)


async def worked_off(widget: Widget) -> None:
    """Wait until `widget` has worked off the keys that were sent to it."""
    done = asyncio.Event()
    widget.call_next(done.set)
    await done.wait()


def _outcome_bindings() -> list[BindingType]:
    return [
        Binding(
            outcome.key,
            f"outcome('{outcome.effect.value}')",
            outcome_label(outcome.effect),
            id=f"call.{outcome.effect.value.replace(' ', '-')}",
            show=False,
            priority=True,
            tooltip=effect_told(outcome, Waits()),
        )
        for outcome in OUTCOMES
        if outcome.key != "o"
    ]


def call_bindings() -> list[BindingType]:
    """Every key of a call: the digits of the outcomes, and one for each line of the form."""
    return [
        *_outcome_bindings(),
        _at_once("n", "field('form-note')", _("note"), "call.note", _("Write what was said")),
        _at_once("r", "field('form-rating')", _("rating"), "call.rate", _("Judge where the person stands")),
        _at_once("f", "field('form-next')", _("follow-up"), "call.next", _("Agree the next step")),
        _at_once("a", "field('form-ask')", _("ask"), "call.ask", _("What you asked and the answer")),
        _at_once("o", "other", _("other"), "call.other", _("Other language, left, deceased")),
        _at_once("plus", "note('+')", _("heard"), "call.heard", _("Whom she knows, what she wants to know, proposes")),
        _at_once("K", "note('K')", _("agreed"), "call.agreed", _("She agrees that we keep this; again takes it out")),
        _at_once("q", "note('q')", _("questions"), "call.questions", _("What this list, and all members, are asked")),
        _at_once("g", "guide(1)", _("guide"), "call.guide", _("The next step of the conversation")),
        _at_once("G", "guide(0)", _("whole guide"), "call.whole-guide", _("Every step, and answers to what is said")),
        _at_once("A", "note('A')", _("short answers"), "call.look-up", _("Searched for what she asks")),
        _at_once("S", "story", _("whole story"), "call.story", _("Everything the file holds about her")),
        _at_once("B", "rang", _("rings"), "call.rang", _("Somebody rings meanwhile: she is logged, then this goes on")),
        _at_once("at", "note('@')", _("hand over"), "call.hand-over", _("Another organiser should speak with her")),
        _at_once("Q", "number('Q')", _("QR code"), "call.qr-code", _("Her number for the camera of a telephone")),
        _at_once("y", "number('y')", _("copy"), "call.copy", _("Puts the number into the clipboard (OSC 52)")),
        _at_once("enter", "number('enter')", _("dial"), "call.dial", _("By the desktop, or a command of your own")),
        _at_once("x", "number('x')", _("number"), "call.number", _("The next of her numbers")),
        _at_once("greater_than_sign", "skip", _("skip"), "call.skip", _("Somebody else; she comes later")),
        *(
            _at_once(
                f"f{place + 2}",
                f"preset({place})",
                _("agree"),
                f"call.preset-{place + 1}",
                _("In the follow-up: tonight, tomorrow or Saturday, as it stands there"),
            )
            for place in range(3)
        ),
        _at_once("enter", "leave_field", _("done"), "call.leave-field", _("Back from a field to the call")),
        Binding(
            "escape", "leave_line", _("back to the call"), id="call.leave-line", tooltip=_("What stands there stays")
        ),
        Binding(
            *("escape", "resume", _("back to the call")),
            id="call.resume",
            tooltip=_("To the one in which this came in between; what you noted is kept"),
        ),
        Binding("escape", "stop", _("stop calling"), id="call.stop", tooltip=_("To the lists; the person is released")),
    ]


def in_force(
    action: str,
    parameters: tuple[object, ...],
    focused: Widget | None,
    *,
    somebody: bool,
    refused: bool,
    rings_in: bool,
) -> bool | None:
    """Whether a key of a call does anything now; None for one that is no call's own.

    `somebody` is in the call, or she who was asked for was `refused`, or `rings_in` the middle of another call.
    `focused` is the line that has the cursor.
    """
    if action in ("leave_field", "leave_line"):
        return focused is not None
    if action == "preset":
        return focused is not None and focused.id == "form-next"
    if action == "back":
        return False  # escape leaves the call, in one of two ways
    if action in ("stop", "resume"):
        return focused is None and (action == "resume") == rings_in
    if action == "outcome" and not somebody:
        return True  # the next digit of whoever types fast is none of a page
    if parameters == ("enter",):
        return somebody and focused is None
    if action == "skip" and refused:
        return True
    if action == "rang":
        return not takes_text(focused)
    # In a field a letter is a letter.
    return somebody and not takes_text(focused) if action in _ON_HER else None
