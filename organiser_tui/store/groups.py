"""Groups that meet: how many came to each meeting, what they are warned of, and who stayed away. Nothing is written."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.domain.clock import wall
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.momentum import Hostility, Meeting, Warned, group_warnings
from organiser_tui.domain.small_tasks import Shown, small_task
from organiser_tui.store.campaign import Campaign
from organiser_tui.words import _

_BEFORE = 8
"""Whoever came to none of so many meetings before the last one is not said to stay away from that."""

_DEMANDED = (
    "(e.demand_made = 1 OR EXISTS (SELECT 1 FROM demand d WHERE d.event_id = e.id AND d.gone_by IS NULL)"
    " OR EXISTS (SELECT 1 FROM agreed_action g WHERE g.event_id = e.id AND g.kind = 'demand' AND g.gone_by IS NULL))"
)
"""At the event `e` a demand was made, or somebody took one on."""
_CAME = (
    "(SELECT count(DISTINCT a.person_id) FROM attendance a WHERE a.event_id = e.id AND a.came = 1"
    " AND a.voided_by IS NULL)"
)
_HELD = (
    "SELECT e.id, substr(e.starts, 1, 10) AS day, row_number() OVER (ORDER BY e.starts DESC, e.id DESC) AS nth"
    " FROM event e WHERE e.group_id = ?1 AND e.gone_by IS NULL AND e.cancelled_on IS NULL"
    " AND substr(e.starts, 1, 10) <= ?2 AND (EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = e.id AND a.came = 1"
    " AND a.voided_by IS NULL) OR (e.recorded_on IS NOT NULL AND substr(e.starts, 1, 10) < ?2))"
)
"""The meetings of a group (parameter 1) of which it was noted who came, up to today (2); the last has nth = 1."""
_BELONGS = (
    "SELECT 1 FROM group_member m WHERE m.group_id = ?1 AND m.person_id = {person} AND m.gone_by IS NULL"
    " AND coalesce(m.from_day, '') <= ?2 AND coalesce(m.to_day, '9999') >= ?2"
)

_OPEN_TASK = (
    "coalesce((SELECT coalesce(nullif(t.what, ''), t.kind) FROM task t WHERE t.person_id = p.id AND t.gone_by IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM task_end e WHERE e.task_id = t.id AND e.voided_by IS NULL)"
    " ORDER BY t.due IS NULL, t.due, t.id LIMIT 1), '')"
)
_BROUGHT = "EXISTS (SELECT 1 FROM attendance a WHERE a.brought_by = p.id AND a.came = 1 AND a.voided_by IS NULL)"
_ISSUE = (
    "coalesce((SELECT i.issue FROM contact_issue i JOIN contact c ON c.id = i.contact_id AND c.voided_by IS NULL"
    " WHERE i.person_id = p.id AND i.voided_by IS NULL ORDER BY c.at DESC, i.id LIMIT 1), '')"
)
_SKILL = (
    "coalesce((SELECT s.skill FROM skill s WHERE s.person_id = p.id AND s.gone_by IS NULL ORDER BY s.id LIMIT 1), '')"
)


class GroupLine(NamedTuple):
    """A group that is losing, and what tells, the gravest first; how many came to each meeting that was held."""

    id: int
    name: str
    warnings: tuple[Warned, ...]
    came: tuple[int, ...]


class GroupRow(NamedTuple):
    """One group: where it belongs ('' for nowhere), its rhythm in days, its meetings as they rise in time."""

    id: int
    name: str
    provider: str
    region: str
    rhythm_days: int | None
    members: int
    meetings: tuple[Meeting, ...]
    warnings: tuple[Warned, ...]


class GroupPerson(NamedTuple):
    """Somebody of a group; days are ISO, '' for never. `task` is proposed to her who stayed away, else ''."""

    id: int
    name: str
    provider: str
    times_came: int
    last_came: str
    last_contact: str
    last_outcome: str
    task: str


def falling_groups(campaign: Campaign) -> list[GroupLine]:
    """Groups that a warning stands against, by name."""
    lines = []
    for group, name, _rhythm, meetings, warnings in _watched(campaign, "TRUE", ()):
        if warnings:
            came = tuple(meeting.came for meeting in meetings if meeting.noted and not meeting.cancelled)
            lines.append(GroupLine(group, name, warnings, came))
    return lines


def group_row(campaign: Campaign, group_id: int) -> GroupRow:
    """One group. Raises OrganiserError where it is not in the file."""
    for group, name, rhythm, meetings, warnings in _watched(campaign, "g.id = ?", (group_id,)):
        provider, region, members = campaign.connection.execute(
            "SELECT coalesce((SELECT v.name FROM provider v WHERE v.id = g.provider_id), ''),"
            " coalesce((SELECT r.name FROM region r WHERE r.code = g.region_code), ''),"
            " (SELECT count(DISTINCT m.person_id) FROM group_member m JOIN person p ON p.id = m.person_id"
            " AND p.gone_by IS NULL WHERE m.group_id = g.id AND m.gone_by IS NULL AND coalesce(m.to_day, '9999') >= ?2)"
            " FROM meeting_group g WHERE g.id = ?1",
            (group, campaign.today().isoformat()),
        ).fetchone()
        return GroupRow(group, name, provider, region, rhythm, members, meetings, warnings)
    raise OrganiserError(_("This group is no longer in the file."))


def _watched(
    campaign: Campaign, which: str, asked: tuple[int, ...]
) -> list[tuple[int, str, int | None, tuple[Meeting, ...], tuple[Warned, ...]]]:
    """Of each group its id, name, rhythm, meetings and warnings."""
    execute, today = campaign.connection.execute, campaign.today()
    groups = execute(
        f"SELECT g.id, g.name, g.rhythm_days, g.provider_id FROM meeting_group g WHERE g.gone_by IS NULL AND {which}"
        " ORDER BY g.name, g.id",
        asked,
    ).fetchall()
    found = []
    for group, name, rhythm, provider in groups:
        rows = execute(
            f"SELECT substr(e.starts, 1, 10), {_CAME}, e.cancelled_on IS NOT NULL, {_DEMANDED},"
            " e.recorded_on IS NOT NULL FROM event e"
            " WHERE e.group_id = ? AND e.gone_by IS NULL ORDER BY e.starts, e.id",
            (group,),
        )
        meetings = tuple(
            Meeting(day, came, bool(off), bool(demand), bool(came or recorded))
            for day, came, off, demand, recorded in rows
        )
        warnings = tuple(group_warnings(meetings, rhythm, today, _hostility(campaign, group, provider)))
        found.append((group, name, rhythm, meetings, warnings))
    return found


def _hostility(campaign: Campaign, group_id: int, provider_id: int | None) -> list[Hostility]:
    """When management turned hostile: by the stance of the group's provider, by a reprisal there or to a member."""
    stances = campaign.connection.execute(
        "SELECT stance, day FROM stance WHERE provider_id = ? AND voided_by IS NULL ORDER BY day, id", (provider_id,)
    ).fetchall()
    ends = [day for _stance, day in stances[1:]] + [""]
    hostile = [Hostility(day, end) for (stance, day), end in zip(stances, ends, strict=False) if stance == "hostile"]
    reprisals = campaign.connection.execute(
        "SELECT day FROM reprisal WHERE provider_id = ?1 AND voided_by IS NULL UNION SELECT r.day FROM group_member m"
        " JOIN reprisal r ON r.person_id = m.person_id AND r.voided_by IS NULL"
        " WHERE m.group_id = ?2 AND m.gone_by IS NULL",
        (provider_id, group_id),
    )
    return hostile + [Hostility(day) for (day,) in reprisals]


def stayed_away(campaign: Campaign, group_id: int) -> list[GroupPerson]:
    """Those who came to one of the meetings before the last that was held, and not to that one; who came last, first.

    As for the warning, the meeting of today counts once somebody came. Whoever must not be contacted, has left the
    work or the group is left out. Nobody where fewer than two meetings were held.
    """
    rows = campaign.connection.execute(
        f"WITH held AS ({_HELD}), before AS (SELECT a.person_id, count(DISTINCT h.id) AS times, max(h.day) AS last"
        " FROM held h CROSS JOIN attendance a ON a.event_id = h.id AND a.came = 1 AND a.voided_by IS NULL"
        f" WHERE h.nth BETWEEN 2 AND {_BEFORE + 1} GROUP BY a.person_id)"
        " SELECT b.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), b.times, b.last, f.last_contact,"
        f" f.last_outcome, {_OPEN_TASK}, {_BROUGHT}, {_ISSUE}, {_SKILL}"
        " FROM before b JOIN person p ON p.id = b.person_id AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        " WHERE NOT EXISTS (SELECT 1 FROM held h CROSS JOIN attendance a ON a.event_id = h.id AND a.came = 1"
        " AND a.voided_by IS NULL AND a.person_id = b.person_id WHERE h.nth = 1)"
        " AND f.do_not_contact <> 'all' AND f.blocked NOT IN ('deceased', 'left the work', 'position')"
        f" AND (EXISTS ({_BELONGS.format(person='p.id')}) OR NOT EXISTS (SELECT 1 FROM group_member m"
        " WHERE m.group_id = ?1 AND m.person_id = p.id AND m.gone_by IS NULL))"
        " ORDER BY b.last DESC, b.times DESC, f.name_key, p.id",
        (group_id, campaign.today().isoformat()),
    )
    people = []
    for person, name, provider, times, last, contact, outcome, open_task, brought, issue, skill in rows:
        task = small_task(Shown(open_task, bool(brought), issue, skill, times))
        contacted = _day(campaign, contact)
        people.append(GroupPerson(person, name, provider, times, last, contacted, outcome, task))
    return people


def members(campaign: Campaign, group_id: int) -> list[GroupPerson]:
    """Everybody who belongs to a group today, by name."""
    rows = campaign.connection.execute(
        f"WITH held AS ({_HELD}), there AS (SELECT a.person_id, count(DISTINCT h.id) AS times, max(h.day) AS last"
        " FROM held h CROSS JOIN attendance a ON a.event_id = h.id AND a.came = 1 AND a.voided_by IS NULL"
        " GROUP BY a.person_id)"
        " SELECT p.id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), coalesce(t.times, 0),"
        " coalesce(t.last, ''), f.last_contact, f.last_outcome"
        " FROM (SELECT DISTINCT person_id FROM group_member WHERE group_id = ?1 AND gone_by IS NULL"
        " AND coalesce(from_day, '') <= ?2 AND coalesce(to_day, '9999') >= ?2) m"
        " JOIN person p ON p.id = m.person_id AND p.gone_by IS NULL JOIN person_figures f ON f.person_id = p.id"
        " LEFT JOIN provider v ON v.id = f.provider_id LEFT JOIN there t ON t.person_id = p.id"
        " ORDER BY f.name_key, p.id",
        (group_id, campaign.today().isoformat()),
    )
    return [
        GroupPerson(person, name, provider, times, last, _day(campaign, contact), outcome, "")
        for person, name, provider, times, last, contact, outcome in rows
    ]


def _day(campaign: Campaign, at: int) -> str:
    return wall(at, campaign.zone).date().isoformat() if at else ""
