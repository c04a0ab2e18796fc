"""Who is to be reminded of an event that is near, and that she was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.reminding import REMIND_BEFORE, reminder_due
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.inviting import WHY_NOT_INVITED
from organiser_tui.words import _


class EventReminder(NamedTuple):
    """An event that is near, and the ids of those who are to be reminded of it today; `starts` is wall time."""

    event_id: int
    name: str
    starts: str
    people: tuple[int, ...]


def reminders_due(campaign: Campaign) -> list[EventReminder]:
    """The events of which somebody is to be reminded today, the next first; none that was called off."""
    today = campaign.today()
    events = campaign.connection.execute(
        "SELECT id, name, starts FROM event WHERE starts >= ? AND starts < ? AND gone_by IS NULL"
        " AND cancelled_on IS NULL ORDER BY starts, id",
        (today.isoformat(), (today + timedelta(days=REMIND_BEFORE[0] + 1)).isoformat()),
    ).fetchall()
    found = [EventReminder(event, name, starts, _to_remind(campaign, event, starts)) for event, name, starts in events]
    return [one for one in found if one.people]


def note_reminded(campaign: Campaign, event_id: int) -> int:
    """Note that everybody who is to be reminded of an event today was; how many.

    Raises OrganiserError where nobody is: another window was quicker, or it is over or was called off.
    """
    with campaign.write(DeedKind.REMIND_GUESTS) as deed:
        people = next((one.people for one in reminders_due(campaign) if one.event_id == event_id), ())
        if not people:
            raise OrganiserError(_("Nobody is to be reminded of this event today."))
        ids = [campaign.ids.one() for _person in people]
        day = campaign.today().isoformat()
        deed.insert_many(
            "event_reminder",
            ("id", "person_id", "event_id", "day", "organiser_id"),
            [(row, person, event_id, day, campaign.organiser_id) for row, person in zip(ids, people, strict=True)],
        )
    return len(people)


def _to_remind(campaign: Campaign, event_id: int, starts: str) -> tuple[int, ...]:
    """The ids of those who said that they come to an event and are to be reminded of it today, by name."""
    rows = campaign.connection.execute(
        "SELECT p.id, s.answer, max(s.day, coalesce((SELECT max(r.day) FROM event_reminder r WHERE r.event_id = ?1"
        " AND r.person_id = p.id AND r.voided_by IS NULL), '')) FROM (SELECT a.person_id, w.answer, w.day,"
        " row_number() OVER (PARTITION BY a.person_id ORDER BY w.day DESC, w.id DESC) AS place FROM ask a"
        " JOIN answer w ON w.ask_id = a.id AND w.voided_by IS NULL WHERE a.event_id = ?1 AND a.kind = 'come'"
        " AND a.voided_by IS NULL) s JOIN person p ON p.id = s.person_id AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id"
        f" WHERE s.place = 1 AND {WHY_NOT_INVITED} = '' AND NOT EXISTS (SELECT 1 FROM attendance t"
        " WHERE t.event_id = ?1 AND t.person_id = p.id AND t.came = 1 AND t.voided_by IS NULL)"
        " ORDER BY f.name_key, p.id",
        (event_id,),
    )
    day, today = date.fromisoformat(starts[:10]), campaign.today()
    return tuple(person for person, answer, told in rows if reminder_due(day, today, answer, told))
