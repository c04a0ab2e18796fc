"""The next event, and whom to call about an event. Nothing is written here."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.store.campaign import Campaign

LAST_ANSWERS = (
    "SELECT person_id, answer FROM (SELECT a.person_id, w.answer, row_number() OVER (PARTITION BY a.person_id"
    " ORDER BY w.day DESC, w.id DESC) AS place FROM ask a JOIN answer w ON w.ask_id = a.id AND w.voided_by IS NULL"
    " WHERE a.event_id = ?1 AND a.kind = 'come' AND a.voided_by IS NULL) WHERE place = 1"
)
"""What each person answered last who was asked to come to an event (parameter 1)."""


class EventLine(NamedTuple):
    """An event to come: how many were invited, said yes, said no."""

    id: int
    kind: str
    name: str
    starts: str
    place: str
    invited: int
    yes: int
    no: int


def next_event(campaign: Campaign) -> EventLine | None:
    """The next event that is not cancelled; None where there is none."""
    row = campaign.connection.execute(
        "SELECT e.id, e.kind, e.name, e.starts, e.place FROM event e WHERE e.gone_by IS NULL AND e.cancelled_on IS NULL"
        " AND e.starts >= ? ORDER BY e.starts, e.id LIMIT 1",
        (campaign.today().isoformat(),),
    ).fetchone()
    if row is None:
        return None
    invited, yes, no = campaign.connection.execute(
        "SELECT (SELECT count(*) FROM invitation i WHERE i.event_id = ?1 AND i.gone_by IS NULL),"
        f" coalesce(sum(answer = 'yes'), 0), coalesce(sum(answer = 'no'), 0) FROM ({LAST_ANSWERS})",
        (row[0],),
    ).fetchone()
    return EventLine._make((*row, invited, yes, no))


class EventToCome(NamedTuple):
    """An event to come; `starts` is wall time."""

    id: int
    name: str
    starts: str


def awaited_at(campaign: Campaign, person_id: int) -> list[EventToCome]:
    """The events to come to which a person is invited and has said neither that she comes nor that she does not."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT e.id, e.name, e.starts FROM invitation i JOIN event e ON e.id = i.event_id AND e.gone_by IS"
        " NULL AND e.cancelled_on IS NULL AND e.starts >= ?2 WHERE i.person_id = ?1 AND i.gone_by IS NULL"
        " AND coalesce((SELECT w.answer FROM ask a JOIN answer w ON w.ask_id = a.id AND w.voided_by IS NULL"
        " WHERE a.person_id = ?1 AND a.event_id = e.id AND a.kind = 'come' AND a.voided_by IS NULL"
        " ORDER BY w.day DESC, w.id DESC LIMIT 1), '') NOT IN ('yes', 'no', 'withdrawn') ORDER BY e.starts, e.id",
        (person_id, campaign.today().isoformat()),
    )
    return [EventToCome._make(row) for row in rows]


def undecided_about(campaign: Campaign, event_id: int) -> list[int]:
    """The ids of those who were invited to an event and have said neither that they come nor that they do not."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT i.person_id FROM invitation i JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
        " WHERE i.event_id = ?1 AND i.gone_by IS NULL AND i.person_id NOT IN"
        f" (SELECT person_id FROM ({LAST_ANSWERS}) WHERE answer IN ('yes', 'no', 'withdrawn')) ORDER BY i.person_id",
        (event_id,),
    )
    return [person for (person,) in rows]
