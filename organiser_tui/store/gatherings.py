"""The next event, and whom to call about an event or a group. Nothing is written here."""

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


def undecided_about(campaign: Campaign, event_id: int) -> list[int]:
    """The ids of those who were invited to an event and have said neither that they come nor that they do not."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT i.person_id FROM invitation i JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
        " WHERE i.event_id = ?1 AND i.gone_by IS NULL AND i.person_id NOT IN"
        f" (SELECT person_id FROM ({LAST_ANSWERS}) WHERE answer IN ('yes', 'no', 'withdrawn')) ORDER BY i.person_id",
        (event_id,),
    )
    return [person for (person,) in rows]


def stayed_away(campaign: Campaign, group_id: int) -> list[int]:
    """The ids of those who belonged to a group on the day of the last meeting it held, still do, and did not come.

    As for the warning, the meeting of today counts once somebody came. Nobody where none was held.
    """
    today = campaign.today().isoformat()
    rows = campaign.connection.execute(
        "WITH held AS (SELECT e.id, substr(e.starts, 1, 10) AS day FROM event e WHERE e.group_id = ?1"
        " AND e.gone_by IS NULL AND e.cancelled_on IS NULL AND (substr(e.starts, 1, 10) < ?2"
        " OR (substr(e.starts, 1, 10) = ?2 AND EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = e.id"
        " AND a.came = 1 AND a.voided_by IS NULL))) ORDER BY e.starts DESC, e.id DESC LIMIT 1)"
        " SELECT DISTINCT m.person_id FROM held CROSS JOIN group_member m ON m.group_id = ?1 AND m.gone_by IS NULL"
        " AND coalesce(m.from_day, '') <= held.day AND coalesce(m.to_day, '9999') >= ?2"
        " JOIN person p ON p.id = m.person_id AND p.gone_by IS NULL"
        " WHERE m.person_id NOT IN (SELECT a.person_id FROM attendance a WHERE a.event_id = held.id AND a.came = 1"
        " AND a.voided_by IS NULL) ORDER BY m.person_id",
        (group_id, today),
    )
    return [person for (person,) in rows]
