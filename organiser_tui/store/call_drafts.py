"""What stands on the form of a call that has not ended: whatever becomes of the program, it is not lost.

Like a claim it is no deed: it is written and thrown away without a trace in the journal, and never leaves this device.
"""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import transaction


class LeftCall(NamedTuple):
    """A call in which somebody was when the program ended: with whom, for which list."""

    person_id: int
    name: str
    list_id: int | None


def keep_draft(campaign: Campaign, person_id: int, list_id: int | None, noted: str) -> None:
    """Keep what is `noted` (text of the form's own) of a call with a person; '' throws it away.

    Raises OrganiserError where the file cannot be written now.
    """
    if campaign.read_only:
        return
    with transaction(campaign):
        if noted:
            campaign.connection.execute(
                "INSERT INTO call_draft (person_id, device, window, organiser_id, list_id, noted, at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET window = ?3, organiser_id = ?4,"
                " list_id = ?5, noted = ?6, at = ?7",
                (
                    *(person_id, campaign.device, campaign.window, campaign.organiser_id, list_id, noted),
                    int(campaign.now().timestamp()),
                ),
            )
        else:
            campaign.connection.execute(
                "DELETE FROM call_draft WHERE person_id = ? AND device = ?", (person_id, campaign.device)
            )


def draft_of(campaign: Campaign, person_id: int) -> str:
    """What was noted on this device in a call with a person that has not ended; '' for nothing."""
    row = campaign.connection.execute(
        "SELECT noted FROM call_draft WHERE person_id = ? AND device = ? AND organiser_id IS ?",
        (person_id, campaign.known_device, campaign.organiser_id),
    ).fetchone()
    return str(row[0]) if row else ""


def left_call(campaign: Campaign) -> LeftCall | None:
    """The last call that another window of this device began for this organiser and did not end; None for none."""
    row = campaign.connection.execute(
        "SELECT d.person_id, trim(p.given || ' ' || p.family), d.list_id FROM call_draft d"
        " JOIN person p ON p.id = d.person_id AND p.gone_by IS NULL"
        " WHERE d.device = ? AND d.organiser_id IS ? AND d.window <> ? ORDER BY d.at DESC LIMIT 1",
        (campaign.known_device, campaign.organiser_id, campaign.window),
    ).fetchone()
    return LeftCall(*row) if row else None


def take_over_call(campaign: Campaign, left: LeftCall) -> None:
    """Go on with a call in this window: the claim of the window that began it is given up."""
    with transaction(campaign):
        campaign.connection.execute(
            "DELETE FROM claim WHERE person_id = ? AND device = ?", (left.person_id, campaign.device)
        )
        campaign.connection.execute(
            "UPDATE call_draft SET window = ? WHERE person_id = ? AND device = ?",
            (campaign.window, left.person_id, campaign.device),
        )
