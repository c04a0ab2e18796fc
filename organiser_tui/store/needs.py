"""What guests need so that they can come to an event, and what is on its agenda."""

from __future__ import annotations

from collections.abc import Sequence

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.domain.needs import GuestNeed, Need
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_LONGEST_AGENDA = 1000


def needs_of(campaign: Campaign, event_id: int) -> dict[int, tuple[GuestNeed, ...]]:
    """What each person needs for an event, by her id; nobody who needs nothing."""
    order = {need.value: place for place, need in enumerate(Need)}
    held: dict[int, list[GuestNeed]] = {}
    rows = campaign.connection.execute(
        "SELECT person_id, need, note FROM guest_need WHERE event_id = ? AND gone_by IS NULL", (event_id,)
    ).fetchall()
    for person, need, note in sorted(rows, key=lambda row: order[row[1]]):
        held.setdefault(person, []).append(GuestNeed(Need(need), note))
    return {person: tuple(needs) for person, needs in held.items()}


def note_needs(campaign: Campaign, event_id: int, person_id: int, needs: Sequence[GuestNeed]) -> None:
    """Keep what somebody needs for an event instead of what was kept; what stays the same is not touched.

    Raises OrganiserError where she or the event is no longer in the file.
    """
    with campaign.write(DeedKind.NOTE_NEEDS) as deed:
        refuse_gone(campaign, "event", event_id)
        refuse_gone(campaign, "person", person_id)
        rows = campaign.connection.execute(
            "SELECT id, need, note FROM guest_need WHERE event_id = ? AND person_id = ? AND gone_by IS NULL",
            (event_id, person_id),
        ).fetchall()
        deed.end_many("guest_need", [row for row, need, note in rows if (need, note) not in needs])
        for need, note in needs:
            if (need, note) not in [held[1:] for held in rows]:
                deed.insert("guest_need", person_id=person_id, event_id=event_id, need=need.value, note=note)


def agenda_of(campaign: Campaign, event_id: int) -> str:
    """What is on the agenda of an event, '' for nothing."""
    row = campaign.connection.execute("SELECT agenda FROM event WHERE id = ?", (event_id,)).fetchone()
    return "" if row is None else str(row[0])


def set_agenda(campaign: Campaign, event_id: int, agenda: str) -> None:
    """Keep what is on the agenda of an event. Raises OrganiserError where it is too long or the event is gone."""
    with campaign.write(DeedKind.SET_AGENDA) as deed:
        refuse_gone(campaign, "event", event_id)
        deed.change("event", event_id, agenda=checked_agenda(agenda))


def checked_agenda(agenda: str) -> str:
    """An agenda as it is kept, in one line; raises OrganiserError where it is too long."""
    agenda = clean(agenda)
    if len(agenda) > _LONGEST_AGENDA:
        raise OrganiserError(_("An agenda takes {most} letters.").format(most=_LONGEST_AGENDA))
    return agenda
