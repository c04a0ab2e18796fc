"""What people want to know: noted in a call, open until the answer was given back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class RequestLine(NamedTuple):
    """An open request: what she wants to know, since which day (ISO), and who has promised her the answer."""

    id: int
    what: str
    day: str
    organiser: str


def open_requests(campaign: Campaign, person_id: int) -> tuple[RequestLine, ...]:
    """What a person wants to know and was not told yet, the oldest first."""
    rows = campaign.connection.execute(
        "SELECT r.id, r.what, r.day, coalesce(o.name, '') FROM request r"
        " LEFT JOIN organiser o ON o.id = r.organiser_id"
        " WHERE r.person_id = ? AND r.answered_on IS NULL AND r.gone_by IS NULL ORDER BY r.day, r.id",
        (person_id,),
    )
    return tuple(RequestLine(*row) for row in rows)


def save_requests(deed: Deed, person_id: int, contact: int, day: str, wants: Iterable[str]) -> None:
    """Save what a person wanted to know in a contact on `day` (ISO)."""
    for what in dict.fromkeys(filter(None, map(clean, wants))):
        deed.insert(
            "request",
            person_id=person_id,
            contact_id=contact,
            what=what,
            day=day,
            organiser_id=deed.campaign.organiser_id,
        )


def answer_request(campaign: Campaign, request: int, answer: str = "") -> None:
    """She was told `answer` today; '' where no words are kept of it.

    Raises OrganiserError, with what she was told already, where somebody has, or where the request has gone.
    """
    with campaign.write(DeedKind.ANSWER_REQUEST) as deed:
        refuse_gone(campaign, "request", request)
        held, who, told = campaign.connection.execute(
            "SELECT r.answered_on, coalesce(o.name, ''), r.answer FROM request r"
            " LEFT JOIN organiser o ON o.id = r.answered_by WHERE r.id = ?",
            (request,),
        ).fetchone()
        if held is not None:
            sentence = _("{who} has told her already: {answer}. Nothing was saved.")
            raise OrganiserError(sentence.format(who=who or _("somebody"), answer=told or _("no words are kept")))
        save_answer(deed, request, campaign.today().isoformat(), answer)


def save_answer(deed: Deed, request: int, day: str, answer: str) -> None:
    """Close an open request: whoever is at work told her `answer` on `day` (ISO)."""
    deed.change("request", request, answered_on=day, answer=clean(answer), answered_by=deed.campaign.organiser_id)
