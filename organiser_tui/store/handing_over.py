"""Hands a person over to an organiser: nobody else calls her until that is cleared."""

from __future__ import annotations

from organiser_tui.domain.contacts import HandOver
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


def hand_over(campaign: Campaign, person_id: int, draft: HandOver) -> None:
    """Hand a person over. Raises OrganiserError where she or the organiser is gone, or no word says why."""
    with campaign.write(DeedKind.HAND_OVER) as deed:
        refuse_gone(campaign, "person", person_id)
        put_hand_over(deed, person_id, draft)


def put_hand_over(deed: Deed, person_id: int, draft: HandOver) -> None:
    """The same inside a deed that does more. Raises OrganiserError as hand_over does."""
    why = clean(draft.why)
    if not why:
        raise OrganiserError(_("Say in a word why she is handed over."))
    refuse_gone(deed.campaign, "organiser", draft.organiser_id)
    today = deed.campaign.today().isoformat()
    deed.change("person", person_id, handed_to=draft.organiser_id, handed_why=why, handed_on=today)


def clear_hand_over(campaign: Campaign, person_id: int) -> None:
    """She may be called by everybody again. Raises OrganiserError where she is gone."""
    with campaign.write(DeedKind.CLEAR_HAND_OVER) as deed:
        refuse_gone(campaign, "person", person_id)
        deed.change("person", person_id, handed_to=None, handed_why="", handed_on=None)
