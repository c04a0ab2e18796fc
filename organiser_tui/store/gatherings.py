"""Whom to call about an event or a group. Nothing is written here."""

from __future__ import annotations

from organiser_tui.store.campaign import Campaign


def without_answer(campaign: Campaign, event_id: int) -> list[int]:
    """The ids of those who were invited to an event and have said neither yes nor no."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT i.person_id FROM invitation i JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
        " WHERE i.event_id = ?1 AND i.gone_by IS NULL AND i.person_id NOT IN (SELECT a.person_id FROM ask a"
        " WHERE a.event_id = ?1 AND a.kind = 'come' AND a.voided_by IS NULL AND (SELECT w.answer FROM answer w"
        " WHERE w.ask_id = a.id AND w.voided_by IS NULL ORDER BY w.day DESC, w.id DESC LIMIT 1) IN ('yes', 'no'))"
        " ORDER BY i.person_id",
        (event_id,),
    )
    return [person for (person,) in rows]


def stayed_away(campaign: Campaign, group_id: int) -> list[int]:
    """The ids of those who belong to a group and did not come to the last of its meetings that was held."""
    today = campaign.today().isoformat()
    rows = campaign.connection.execute(
        "SELECT DISTINCT m.person_id FROM group_member m JOIN person p ON p.id = m.person_id AND p.gone_by IS NULL"
        " WHERE m.group_id = ?1 AND m.gone_by IS NULL AND coalesce(m.from_day, '') <= ?2"
        " AND coalesce(m.to_day, '9999') >= ?2 AND m.person_id NOT IN (SELECT a.person_id FROM attendance a"
        " WHERE a.came = 1 AND a.voided_by IS NULL AND a.event_id = (SELECT e.id FROM event e WHERE e.group_id = ?1"
        " AND e.gone_by IS NULL AND e.cancelled_on IS NULL AND e.starts < ?2 || 'T' ORDER BY e.starts DESC, e.id DESC"
        " LIMIT 1)) ORDER BY m.person_id",
        (group_id, today),
    )
    return [person for (person,) in rows]
