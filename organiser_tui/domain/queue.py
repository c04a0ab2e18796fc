"""Who is called next and why, in words: the numbered rules of the queue, and the reasons that block a person."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from organiser_tui.domain.dates import parse_wall, read_back
from organiser_tui.domain.figures import (
    DUE_CALL_BACK,
    ISOLATED,
    OLDEST_CONTACT,
    PROMISE_DUE,
    UNDECIDED,
    UNREACHED_PROVIDER,
)
from organiser_tui.words import _

CLAIM_SECONDS = 30 * 60
"""A claim lapses this long after it was last renewed."""


class Served(NamedTuple):
    """The person who is next, the number of the rule that put her there, and what it goes by."""

    person_id: int
    rule: int
    due: str
    """The wall time of the call back or promise, '' for other rules."""
    about: str
    """The promise in its own words, or the provider nobody has reached."""
    last_contact: str
    """The wall day of the last contact, '' where there was none."""
    promised_by: str = ""
    """The organiser whose call back or promise it is, '' for the one who is working."""


def rule_labels() -> dict[int, str]:
    """The numbered order that stands on the screen."""
    return {
        DUE_CALL_BACK: _("call backs that are due"),
        PROMISE_DUE: _("promises that are due"),
        UNREACHED_PROVIDER: _("nobody at the provider reached yet"),
        ISOLATED: _("isolated"),
        UNDECIDED: _("undecided"),
        OLDEST_CONTACT: _("longest without a contact"),
    }


def because(served: Served, today: date) -> str:
    """Why this person is next, in one line that ends with the number of the rule."""
    if served.due:
        when = read_back(parse_wall(served.due), today)
        if served.rule == DUE_CALL_BACK:
            why = _("call back agreed for {when}").format(when=when)
        else:
            why = _("promised for {when}").format(when=when)
        if served.promised_by:
            why = _("{why} by {organiser}").format(why=why, organiser=served.promised_by)
        why = f"{why}: {served.about}" if served.about else why
    elif served.rule == UNREACHED_PROVIDER:
        why = _("nobody at {provider} reached yet").format(provider=served.about)
    elif served.rule == ISOLATED:
        why = _("isolated: knows no other assistant")
    elif served.rule == UNDECIDED:
        why = _("undecided")
    elif served.last_contact:
        why = _("last contact {when}").format(when=read_back(parse_wall(served.last_contact), today))
    else:
        why = _("never contacted")
    return _("{why} (rule {number})").format(why=why, number=served.rule)


def blocked_label(reason: str) -> str:
    """The word for a reason that blocks a person."""
    labels = {
        "list not open": _("list not open today"),
        "claimed": _("claimed"),
        "call back later": _("call back later"),
        "cooldown": _("cooldown"),
        "no usable number": _("no usable number"),
        "outside hours": _("outside hours"),
        "needs organiser": _("needs organiser"),
        "do not contact": _("do not contact"),
        "position": _("position"),
        "left the work": _("left the work"),
        "deceased": _("deceased"),
    }
    return labels[reason]
