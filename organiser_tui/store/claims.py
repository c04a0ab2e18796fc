"""Claims: one organiser's hold on a person while a call is open; it lapses by itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.queue import CLAIM_SECONDS
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import transaction
from organiser_tui.store.windows import was_killed
from organiser_tui.words import _

HELD = (
    f"c.window <> :window AND c.until > :now AND c.until <= :now + {2 * CLAIM_SECONDS}"
    " AND c.window NOT IN (SELECT value FROM json_each(:killed))"
)
"""Another window holds claim `c`; asked_of_claims() are its parameters.

It has not lapsed, and its program was not killed. One of a clock that was further ahead than a claim lasts has lapsed:
clocks differ by seconds, and are put back.
"""


def asked_of_claims(campaign: Campaign) -> dict[str, object]:
    """What HELD asks for: this window, the present instant, and the windows of this device that were killed."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT window FROM claim WHERE device = ? AND window <> ?", (campaign.known_device, campaign.window)
    )
    killed = [window for (window,) in rows if was_killed(window)]
    return {"window": campaign.window, "now": int(campaign.now().timestamp()), "killed": json.dumps(killed)}


def claim(campaign: Campaign, list_id: int | None, person_id: int) -> None:
    """Hold a person for this window, inside the transaction that found her free.

    One row a person: where she was not free after all, the schema refuses a second.
    """
    campaign.presence.show()
    asked = {"person": person_id, **asked_of_claims(campaign)}
    campaign.connection.execute(f"DELETE FROM claim AS c WHERE c.person_id = :person AND NOT ({HELD})", asked)
    campaign.connection.execute(
        "INSERT INTO claim (person_id, list_id, organiser_id, device, window, until)"
        f" VALUES (:person, :list, :organiser, :device, :window, :now + {CLAIM_SECONDS})",
        asked | {"list": list_id, "organiser": campaign.organiser_id, "device": campaign.device},
    )


def held_by(campaign: Campaign, person_id: int) -> str:
    """The organiser who is in a call with a person in another window, '' where nobody is."""
    row = campaign.connection.execute(
        "SELECT coalesce(o.name, '') FROM claim c LEFT JOIN organiser o ON o.id = c.organiser_id"
        f" WHERE c.person_id = :person AND {HELD}",
        {"person": person_id, **asked_of_claims(campaign)},
    ).fetchone()
    return (row[0] or _("somebody")) if row is not None else ""


def refuse_held(campaign: Campaign, person_id: int) -> None:
    """Raise OrganiserError, naming the organiser, where another window holds a person."""
    if who := held_by(campaign, person_id):
        raise OrganiserError(_("{who} is in a call with this person, in another window.").format(who=who))


def renew_claims(campaign: Campaign, lists: Mapping[int, int | None]) -> dict[int, str]:
    """Hold people for another half hour, each for the list for which she is called (None: everyone).

    Returns, by person, the organiser who has her now in another window, where the hold had lapsed; the others are held.
    Raises OrganiserError where the file cannot be written.
    """
    lost = {}
    with transaction(campaign):
        for person, listed in lists.items():
            if who := held_by(campaign, person):
                lost[person] = who
            else:
                claim(campaign, listed, person)
    return lost


def release_claim(campaign: Campaign) -> None:
    """Give back whom this window holds. Raises OrganiserError at once where another window is writing."""
    if not campaign.read_only:
        with transaction(campaign, wait=False):
            give_back(campaign)


def give_back(campaign: Campaign, *, but: Collection[int] = (), window: str = "") -> None:
    """Give back whom this window (or another one, that is closed) holds, `but` these people; inside a transaction."""
    campaign.connection.execute(
        "DELETE FROM claim WHERE window = ? AND person_id NOT IN (SELECT value FROM json_each(?))",
        (window or campaign.window, json.dumps(list(but))),
    )
