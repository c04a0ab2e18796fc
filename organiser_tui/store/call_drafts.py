"""What stands on the form of a call that has not ended: whatever becomes of the program, it is not lost.

Like a claim it is no deed: it is written and thrown away without a trace in the journal, and no other device sees it.
"""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import HELD, asked_of_claims, give_back, refuse_held
from organiser_tui.store.journal import transaction
from organiser_tui.store.windows import is_open


class LeftCall(NamedTuple):
    """A call that was left, by the end of the program or to be gone on with later: with whom, for which list.

    Its window is closed, or none: a call that was set aside has a name of its own there.
    """

    window: str
    person_id: int
    name: str
    list_id: int | None
    """None for everyone, and where the list is there no more."""
    at: int
    """When something was last noted, an instant."""
    noted: str
    """As it was kept."""
    gone: bool
    """Whether she was taken out of the file meanwhile: then it is only there to be read."""


class Draft(NamedTuple):
    """What was noted, the instant at which that was kept, the number of the call, and whether she rang."""

    noted: str
    at: int
    number: str
    rang: bool


class CallDraft(NamedTuple):
    """What is to be kept of a call: with whom, for which list (None: everyone), the text of the form, its instant."""

    person_id: int
    list_id: int | None
    noted: str
    at: int | None = None
    """None where the call is the present one."""
    number: str = ""
    """On which it is (E.164); '' where that is not known."""
    rang: bool = False
    """Whether she rang."""


def keep_draft(campaign: Campaign, draft: CallDraft, *, aside: bool = False, wait: bool = True) -> None:
    """Keep what is noted of the call in this window; `aside` it is a call that was left, to be gone on with in any.

    Raises OrganiserError where the file cannot be written now; without `wait` at once where another window is writing.
    """
    if campaign.read_only:
        return
    campaign.presence.show()
    window = f"{campaign.window}-{campaign.ids.one()}" if aside else campaign.window
    with transaction(campaign, wait=wait):
        campaign.connection.execute("DELETE FROM call_draft WHERE window = ?", (campaign.window,))
        campaign.connection.execute(
            "INSERT INTO call_draft (window, device, organiser_id, person_id, list_id, noted, number, rang, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(window, campaign.device, campaign.organiser_id, draft.person_id, draft.list_id, draft.noted),
                *(draft.number, int(draft.rang)),
                int(campaign.now().timestamp()) if draft.at is None else draft.at,
            ),
        )


def drop_draft(campaign: Campaign, *, wait: bool = True) -> None:
    """Throw away what was noted of the call in this window. Raises OrganiserError where it cannot be written now."""
    if not campaign.read_only:
        with transaction(campaign, wait=wait):
            campaign.connection.execute("DELETE FROM call_draft WHERE window = ?", (campaign.window,))


def take_up_draft(campaign: Campaign, person_id: int) -> None:
    """Whoever is called again has what was noted of her in a call of this organiser that was left: in this window now.

    Else she would be logged twice. Inside the transaction that claims her.
    """
    rows = campaign.connection.execute(
        "SELECT window FROM call_draft WHERE person_id = ? AND device = ? AND organiser_id IS ? AND window <> ?"
        " ORDER BY at DESC",
        (person_id, campaign.known_device, campaign.organiser_id, campaign.window),
    )
    left = next((window for (window,) in rows.fetchall() if not is_open(window)), None)
    if left is not None:
        _take(campaign, left)


def _take(campaign: Campaign, window: str) -> None:
    """What was noted under `window` is this window's, in the place of what it had; inside a transaction."""
    campaign.connection.execute("DELETE FROM call_draft WHERE window = ?", (campaign.window,))
    campaign.connection.execute("UPDATE call_draft SET window = ? WHERE window = ?", (campaign.window, window))


def draft_of(campaign: Campaign, person_id: int) -> Draft | None:
    """What was noted in this window in a call with a person that has not ended; None for nothing."""
    row = campaign.connection.execute(
        "SELECT noted, at, number, rang FROM call_draft WHERE window = ? AND person_id = ?",
        (campaign.window, person_id),
    ).fetchone()
    return Draft._make((*row[:3], bool(row[3]))) if row else None


def left_call(campaign: Campaign) -> LeftCall | None:
    """The last call of this organiser on this device that was left; None for none.

    Whoever waits in another window, in which somebody rang meanwhile, is held there: that call was not left.
    """
    rows = campaign.connection.execute(
        "SELECT d.window, d.person_id, trim(p.given || ' ' || p.family), l.id, d.at, d.noted,"
        " p.gone_by IS NOT NULL FROM call_draft d JOIN person p ON p.id = d.person_id"
        " LEFT JOIN call_list l ON l.id = d.list_id AND l.gone_by IS NULL"
        " WHERE d.device = :device AND d.organiser_id IS :organiser AND d.window <> :window"
        " AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.person_id = d.person_id AND d.window GLOB c.window || '-*'"
        f" AND {HELD}) ORDER BY d.at DESC",
        {"device": campaign.known_device, "organiser": campaign.organiser_id, **asked_of_claims(campaign)},
    )
    return next((LeftCall._make((*row[:6], bool(row[6]))) for row in rows.fetchall() if not is_open(row[0])), None)


def take_over_call(campaign: Campaign, left: LeftCall) -> None:
    """Go on with a call in this window: the claim of the window that began it is given up.

    Raises OrganiserError, naming the organiser, where somebody else is in a call with her now: then it stays left.
    """
    campaign.presence.show()
    with transaction(campaign):
        give_back(campaign, window=left.window)
        refuse_held(campaign, left.person_id)
        _take(campaign, left.window)


def let_go(campaign: Campaign, left: LeftCall) -> None:
    """Throw away what was noted in a call that was left, and its claim."""
    with transaction(campaign):
        give_back(campaign, window=left.window)
        campaign.connection.execute("DELETE FROM call_draft WHERE window = ?", (left.window,))
