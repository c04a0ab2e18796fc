"""What members propose: noted in a call, open until it is put to all members or set aside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.mandates import checked_words
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Change, Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class Proposal(NamedTuple):
    """What a member proposed on a day (ISO), and who she is."""

    id: int
    what: str
    day: str
    person_id: int
    name: str


def proposals(campaign: Campaign) -> list[Proposal]:
    """What was proposed and neither put to the members nor set aside, the oldest first."""
    rows = campaign.connection.execute(
        "SELECT r.id, r.what, r.day, r.person_id, trim(p.given || ' ' || p.family) FROM proposal r"
        " JOIN person p ON p.id = r.person_id"
        " WHERE r.consultation_id IS NULL AND r.set_aside_on IS NULL AND r.gone_by IS NULL ORDER BY r.day, r.id"
    )
    return [Proposal(*row) for row in rows]


def save_proposals(deed: Deed, person_id: int, contact: int, day: str, said: Iterable[str]) -> None:
    """Save what a person proposed in a contact on `day` (ISO). Raises OrganiserError where it is too long."""
    for what in dict.fromkeys(filter(None, map(checked_words, said))):
        deed.insert(
            "proposal",
            person_id=person_id,
            contact_id=contact,
            what=what,
            day=day,
            organiser_id=deed.campaign.organiser_id,
        )


def put_to_members(deed: Deed, proposal: int, consultation: int) -> None:
    """A proposal is asked about in a consultation from now on. Raises OrganiserError where it is no longer open."""
    _refuse_settled(deed.campaign, proposal)
    deed.change("proposal", proposal, consultation_id=consultation)


def set_proposal_aside(campaign: Campaign, proposal: int) -> None:
    """Nobody is asked about a proposal; it stays with who made it. Raises OrganiserError where it is not open."""
    with campaign.write(DeedKind.SET_PROPOSAL_ASIDE) as deed:
        _refuse_settled(campaign, proposal)
        deed.change("proposal", proposal, set_aside_on=campaign.today().isoformat())


def why_settled(campaign: Campaign, changes: Iterable[Change]) -> str:
    """Why `changes` to proposals are neither taken back nor done again; '' where they may be.

    What was put to the members is not set aside, and what was set aside is not put to them, by undo either.
    """
    for table, row, field, *_values in changes:
        if table == "proposal" and field in ("consultation_id", "set_aside_on"):
            other = "set_aside_on" if field == "consultation_id" else "consultation_id"
            sql = f"SELECT {other} IS NULL FROM proposal WHERE id = ?"
            if not campaign.connection.execute(sql, (row,)).fetchone()[0]:
                return _("This proposal was put to the members, or set aside, meanwhile. Nothing was saved.")
    return ""


def _refuse_settled(campaign: Campaign, proposal: int) -> None:
    refuse_gone(campaign, "proposal", proposal)
    open_still = campaign.connection.execute(
        "SELECT consultation_id IS NULL AND set_aside_on IS NULL FROM proposal WHERE id = ?", (proposal,)
    ).fetchone()[0]
    if not open_still:
        raise OrganiserError(_("This proposal was put to the members, or set aside, meanwhile. Nothing was saved."))
