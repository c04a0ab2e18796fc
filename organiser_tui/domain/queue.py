"""Who is called next and why, in words: the numbered rules of the queue, and the reasons that block a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from organiser_tui.domain.dates import parse_wall, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import FITS_ISOLATED, FITS_UNDECIDED, FITS_UNREACHED
from organiser_tui.words import _

CLAIM_SECONDS = 30 * 60
"""A claim lapses this long after it was last renewed."""


DUE_CALL_BACK, PROMISE_DUE, UNREACHED_PROVIDER, ISOLATED, UNDECIDED, OLDEST_CONTACT = 1, 2, 3, 4, 5, 6
"""The rules by which people are served; an order is a sequence of them, the one that comes first counts."""
FITS: Final = {UNREACHED_PROVIDER: FITS_UNREACHED, ISOLATED: FITS_ISOLATED, UNDECIDED: FITS_UNDECIDED}
"""The rules that are kept of a person, as they add up in person_figures.fits."""
USUAL_ORDER: Final = (DUE_CALL_BACK, PROMISE_DUE, UNREACHED_PROVIDER, ISOLATED, UNDECIDED, OLDEST_CONTACT)
_NEVER_LEFT_OUT: Final = (DUE_CALL_BACK, PROMISE_DUE, OLDEST_CONTACT)


def read_order(text: str) -> tuple[int, ...]:
    """The order that a setting holds ("2 1 3 6"); the usual one where it holds none."""
    return tuple(int(word) for word in text.split()) or USUAL_ORDER


def checked_order(order: Sequence[int]) -> tuple[int, ...]:
    """`order` as it can be: what is promised is always served, and whoever fits no other rule is served in the end.

    Raises OrganiserError where a rule is named twice, is none, or one of those is missing.
    """
    if sorted(set(order)) != sorted(order) or not set(order) <= set(USUAL_ORDER):
        raise OrganiserError(_("Each rule stands once in the order."))
    if not set(_NEVER_LEFT_OUT) <= set(order):
        raise OrganiserError(_("Call backs, promises and the longest without a contact always stand in the order."))
    if order[-1] != OLDEST_CONTACT:
        raise OrganiserError(_("The longest without a contact comes last: it fits everybody."))
    return tuple(order)


def rule_of_fits(fits: int, order: Sequence[int]) -> int:
    """The first rule of `order` that fits a person to whom nothing is promised."""
    return next((rule for rule in order if fits & FITS.get(rule, 0)), OLDEST_CONTACT)


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
    list_id: int | None = None
    """The list for which that was agreed, where she is still to be called on it; else None."""


def rule_labels() -> dict[int, str]:
    """What each rule serves, in the usual order."""
    return {
        DUE_CALL_BACK: _("call backs that are due"),
        PROMISE_DUE: _("promises that are due"),
        UNREACHED_PROVIDER: _("nobody at the provider reached yet"),
        ISOLATED: _("isolated"),
        UNDECIDED: _("undecided"),
        OLDEST_CONTACT: _("longest without a contact"),
    }


def because(served: Served, today: date, order: Sequence[int] = USUAL_ORDER) -> str:
    """Why this person is next, in one line that ends with the number that the rule has in `order`."""
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
    number = order.index(served.rule) + 1 if served.rule in order else len(order)
    return _("{why} (rule {number})").format(why=why, number=number)


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
        "calls not safe": _("calls not safe"),
        "position": _("position"),
        "left the work": _("left the work"),
        "deceased": _("deceased"),
    }
    return labels[reason]
