"""What happened with one person, line by line. Nothing is written here."""

from __future__ import annotations

from typing import Final, NamedTuple

from organiser_tui.domain.clock import wall
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.person_history import barred_in


class StoryLine(NamedTuple):
    """One thing that happened: `day` (ISO), `hour` ('' where unknown), what it was, its words, and who noted it."""

    day: str
    hour: str
    kind: str
    what: str
    detail: str
    organiser: str
    barred: str = ""
    """Of a contact in which she asked not to be contacted: by which channels, "all" for every one."""
    others: str = ""
    """Of a talk with several people: the names of those who were there, too."""
    until: str = ""
    """Of an ask: the day (ISO) on which it falls due; of a term, its last one."""


_THERE_TOO: Final = (
    "coalesce((SELECT group_concat(name, ', ') FROM (SELECT trim(p.given || ' ' || p.family) AS name FROM ("
    " SELECT id, person_id FROM contact WHERE together_id = s.talk AND voided_by IS NULL"
    " UNION ALL SELECT id, person_id FROM contact WHERE id = s.talk AND voided_by IS NULL"
    ") t JOIN person p ON p.id = t.person_id WHERE t.id <> s.id ORDER BY t.id)), '')"
)
"""Who was there, too, when the contact of a line `s` of the story was made: its `talk` is the first contact of it."""


_HEARD = (
    "concat_ws(' · ', nullif(trim(coalesce((SELECT group_concat(i.issue, ', ') FROM contact_issue i"
    " WHERE i.contact_id = c.id AND i.voided_by IS NULL), '') || iif(c.note <> '', ' “' || c.note || '”', '')), ''),"
    " (SELECT group_concat(q.words || ' ' || a.value, ' · ' ORDER BY q.position, q.id) FROM question_answer a"
    " JOIN question q ON q.id = a.question_id WHERE a.contact_id = c.id AND a.voided_by IS NULL))"
)
"""What was heard in a contact `c`: the issues, the note, and what was answered to the questions of its list."""


def story_of(campaign: Campaign, person_id: int, limit: int = 500) -> list[StoryLine]:
    """What happened with a person, the latest first."""
    rows = campaign.connection.execute(
        f"SELECT day, hour, kind, what, coalesce(detail, ''), coalesce(o.name, ''), {barred_in('s.id')}, {_THERE_TOO},"
        " coalesce(until, '') FROM ("
        " SELECT c.day, CASE c.timed WHEN 1 THEN c.at ELSE 0 END AS hour, c.channel AS kind, c.outcome AS what,"
        f" {_HEARD} AS detail,"
        " c.organiser_id AS by, c.id AS id, coalesce(c.together_id, c.id) AS talk, NULL AS until FROM contact c"
        " WHERE c.person_id = ?1 AND c.voided_by IS NULL"
        " UNION ALL SELECT a.day, 0, 'rated', CAST(a.rating AS TEXT), '', a.organiser_id, a.id, NULL, NULL"
        " FROM assessment a WHERE a.person_id = ?1 AND a.voided_by IS NULL"
        " UNION ALL SELECT a.day, 0, 'asked', a.kind, coalesce((SELECT w.answer FROM answer w WHERE w.ask_id = a.id"
        " AND w.voided_by IS NULL ORDER BY w.day DESC, w.id DESC LIMIT 1), ''), a.organiser_id, a.id, NULL,"
        " CASE WHEN a.event_id IS NULL THEN a.due END FROM ask a WHERE a.person_id = ?1 AND a.voided_by IS NULL"
        " UNION ALL SELECT c.day, 0, 'card', c.state, c.reason, c.organiser_id, c.id, NULL, NULL FROM card c"
        " WHERE c.person_id = ?1 AND c.voided_by IS NULL"
        " UNION ALL SELECT a.day, 0, 'event', CASE a.came WHEN 1 THEN 'came' ELSE 'did not come' END, e.name,"
        " a.organiser_id, a.id, NULL, NULL FROM attendance a JOIN event e ON e.id = a.event_id"
        " WHERE a.person_id = ?1 AND a.voided_by IS NULL"
        " UNION ALL SELECT r.day, 0, 'reminded', r.channel, '', r.organiser_id, r.id, NULL, NULL FROM reminder r"
        " WHERE r.person_id = ?1 AND r.voided_by IS NULL"
        " UNION ALL SELECT m.day, 0, 'mandate', m.answer,"
        " c.question || iif(m.amendment = '', '', ' · ' || m.amendment), m.organiser_id, m.id, NULL, NULL"
        " FROM mandate m JOIN consultation c ON c.id = m.consultation_id"
        " WHERE m.person_id = ?1 AND m.voided_by IS NULL"
        " UNION ALL SELECT t.day, 0, 'voted', c.question, '', t.organiser_id, t.id, NULL, NULL FROM ballot_mark t"
        " JOIN consultation c ON c.id = t.consultation_id WHERE t.person_id = ?1 AND t.voided_by IS NULL"
        " UNION ALL SELECT r.day, 0, 'proposes', r.what, '', r.organiser_id, r.id, NULL, NULL FROM proposal r"
        " WHERE r.person_id = ?1 AND r.gone_by IS NULL"
        " UNION ALL SELECT t.from_day, 0, 'seated', o.name, '', t.organiser_id, t.id, NULL, t.until_day FROM term t"
        " JOIN office o ON o.id = t.office_id WHERE t.person_id = ?1 AND t.gone_by IS NULL"
        " UNION ALL SELECT w.day, 0, 'passed on', w.chapter, w.contact, w.organiser_id, w.id, NULL, NULL"
        " FROM chapter_passing w WHERE w.person_id = ?1 AND w.voided_by IS NULL"
        " UNION ALL SELECT t.taken_on, 0, 'task', coalesce(nullif(t.what, ''), t.kind),"
        " (SELECT group_concat(name, ', ')"
        " FROM (SELECT trim(p.given || ' ' || p.family) AS name FROM task_colleague c JOIN person p ON p.id ="
        " c.person_id WHERE c.task_id = t.id AND c.gone_by IS NULL ORDER BY c.id)), t.organiser_id, t.id, NULL, t.due"
        " FROM task t WHERE t.person_id = ?1 AND t.gone_by IS NULL"
        " UNION ALL SELECT x.day, 0, 'task', coalesce(nullif(t.what, ''), t.kind), x.how, x.organiser_id, x.id, NULL,"
        " NULL FROM task_end x JOIN task t ON t.id = x.task_id WHERE x.person_id = ?1 AND x.voided_by IS NULL"
        " UNION ALL SELECT r.answered_on, 0, 'told', r.what, r.answer, r.answered_by, r.id, NULL, NULL FROM request r"
        " WHERE r.person_id = ?1 AND r.gone_by IS NULL AND r.answered_on IS NOT NULL"
        " UNION ALL SELECT r.day, 0, 'reprisal', r.what, concat_ws(' · ', nullif(r.by_whom, ''), (SELECT"
        " group_concat(coalesce(nullif(w.name, ''), trim(p.given || ' ' || p.family)), ', ') FROM reprisal_witness w"
        " LEFT JOIN person p ON p.id = w.person_id WHERE w.reprisal_id = r.id AND w.voided_by IS NULL)),"
        " r.organiser_id, r.id, NULL, NULL FROM reprisal r WHERE r.person_id = ?1 AND r.voided_by IS NULL"
        ") s LEFT JOIN organiser o ON o.id = s.by ORDER BY day DESC, hour DESC, s.id DESC LIMIT ?2",
        (person_id, limit),
    )
    return [StoryLine(day, f"{wall(hour, campaign.zone):%H:%M}" if hour else "", *rest) for day, hour, *rest in rows]
