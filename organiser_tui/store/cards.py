"""Union cards: the reminders of a form that is out."""

from __future__ import annotations

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.words import known_channels


def remind_form(campaign: Campaign, person_id: int, channel: str = "e-mail") -> None:
    """Note that a person was reminded of the form today; the two-week rule counts on from here.

    Raises OrganiserError where she is no longer in the file, or `channel` is none.
    """
    with campaign.write(DeedKind.REMIND_FORM) as deed:
        refuse_gone(campaign, "person", person_id)
        (known,) = known_channels(campaign, [channel])
        deed.insert(
            "reminder",
            person_id=person_id,
            day=campaign.today().isoformat(),
            channel=known,
            organiser_id=campaign.organiser_id,
        )
