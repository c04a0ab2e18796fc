"""Claims: one organiser's hold on a person while a call is open; it lapses by itself."""

from __future__ import annotations

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.queue import CLAIM_SECONDS
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import transaction
from organiser_tui.store.windows import was_killed
from organiser_tui.words import _


def claim(campaign: Campaign, list_id: int | None, person_id: int) -> None:
    """Hold a person for this window, inside the transaction that found her free."""
    campaign.presence.show()
    campaign.connection.execute(
        "INSERT INTO claim (person_id, list_id, organiser_id, device, window, until)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (person_id) DO UPDATE SET list_id = ?2,"
        " organiser_id = ?3, device = ?4, window = ?5, until = ?6",
        (person_id, list_id, campaign.organiser_id, campaign.device, campaign.window, _now(campaign) + CLAIM_SECONDS),
    )


def refuse_held(campaign: Campaign, person_id: int) -> None:
    """Raise OrganiserError, naming the organiser, where another window holds a person."""
    row = campaign.connection.execute(
        "SELECT coalesce(o.name, ''), c.window FROM claim c LEFT JOIN organiser o ON o.id = c.organiser_id"
        " WHERE c.person_id = ?1 AND c.until > ?2 AND c.until <= ?2 + ?3 AND c.window <> ?4",
        (person_id, _now(campaign), CLAIM_SECONDS, campaign.window),
    ).fetchone()
    if row is not None and not was_killed(row[1]):
        who = row[0] or _("somebody")
        raise OrganiserError(_("{who} is in a call with this person, in another window.").format(who=who))


def drop_claims_of_killed(campaign: Campaign) -> None:
    """Whom a window held whose program was killed is held no longer; inside a transaction."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT window FROM claim WHERE device = ? AND window <> ?", (campaign.device, campaign.window)
    )
    killed = [window for (window,) in rows.fetchall() if was_killed(window)]
    campaign.connection.executemany("DELETE FROM claim WHERE window = ?", [(window,) for window in killed])


def renew_claim(campaign: Campaign, list_id: int | None, person_id: int) -> None:
    """Hold a person for another half hour.

    Raises OrganiserError, naming the organiser, where the hold had lapsed and another window has her now.
    """
    with transaction(campaign):
        refuse_held(campaign, person_id)
        claim(campaign, list_id, person_id)


def release_claim(campaign: Campaign) -> None:
    """Give back whom this window holds. Raises OrganiserError at once where another window is writing."""
    if not campaign.read_only:
        with transaction(campaign, wait=False):
            campaign.connection.execute("DELETE FROM claim WHERE window = ?", (campaign.window,))


def _now(campaign: Campaign) -> int:
    return int(campaign.now().timestamp())
