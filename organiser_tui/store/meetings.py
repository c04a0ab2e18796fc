"""Groups that meet: made, joined, left, and the meeting that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.rotation import whose_turn
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft
from organiser_tui.store.organisers import organisers
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_LONGEST = 120
_MOST_DAYS = 366
_USUAL_RHYTHM = 14
_LED = 200
"""So many of the last meetings say whose turn it is."""


@dataclass(frozen=True)
class GroupDraft:
    """A group to be made: of a provider, a region, or neither; it meets every so many days, None for no rhythm."""

    name: str
    provider_id: int | None = None
    region_code: str | None = None
    rhythm_days: int | None = _USUAL_RHYTHM

    def checked(self) -> GroupDraft:
        """The same, cleaned; raises OrganiserError where it does not hold together."""
        name = clean(self.name)
        if not name:
            raise OrganiserError(_("A group needs a name."))
        if len(name) > _LONGEST:
            raise OrganiserError(_("The name of a group takes {most} letters.").format(most=_LONGEST))
        if self.rhythm_days is not None and not 1 <= self.rhythm_days <= _MOST_DAYS:
            raise OrganiserError(
                _("A group meets every 1 to {most} days, or without a rhythm.").format(most=_MOST_DAYS)
            )
        return GroupDraft(name, self.provider_id, self.region_code, self.rhythm_days)


class MeetingGroup(NamedTuple):
    """One group; days are ISO, '' for none."""

    id: int
    name: str
    where: str
    rhythm_days: int | None
    members: int
    last: str
    """The day of the last meeting that was held."""
    next: str
    """That of the next one to come."""


def make_group(campaign: Campaign, draft: GroupDraft) -> int:
    """Make a group and return its id. Raises OrganiserError where there is one of that name."""
    draft = draft.checked()
    with campaign.write(DeedKind.MAKE_GROUP) as deed:
        if draft.provider_id is not None:
            refuse_gone(campaign, "provider", draft.provider_id)
        if any(fold(group.name) == fold(draft.name) for group in meeting_groups(campaign)):
            raise OrganiserError(_("There is a group {name} already.").format(name=draft.name))
        return deed.insert("meeting_group", **asdict(draft))


def join_group(campaign: Campaign, group_id: int, people: Sequence[int]) -> int:
    """Note that people belong to a group from today on; how many did not yet."""
    today = campaign.today().isoformat()
    with campaign.write(DeedKind.JOIN_GROUP) as deed:
        refuse_gone(campaign, "meeting_group", group_id)
        held = {person for person, _row in _belonging(campaign, group_id)}
        new = [person for person in dict.fromkeys(people) if person not in held]
        for person in new:
            refuse_gone(campaign, "person", person)
            deed.insert("group_member", group_id=group_id, person_id=person, from_day=today)
    return len(new)


def leave_group(campaign: Campaign, group_id: int, person_id: int) -> None:
    """Note that somebody belonged to a group until today. Raises OrganiserError where she does not."""
    with campaign.write(DeedKind.LEAVE_GROUP) as deed:
        refuse_gone(campaign, "meeting_group", group_id)
        rows = [row for person, row in _belonging(campaign, group_id) if person == person_id]
        if not rows:
            raise OrganiserError(_("She does not belong to this group. Nothing was saved."))
        yesterday = (campaign.today() - timedelta(days=1)).isoformat()
        for row in rows:
            deed.change("group_member", row, to_day=yesterday)


def _belonging(campaign: Campaign, group_id: int) -> list[tuple[int, int]]:
    """Who belongs to a group today, with the row that says so."""
    rows: list[tuple[int, int]] = campaign.connection.execute(
        "SELECT m.person_id, m.id FROM group_member m JOIN person p ON p.id = m.person_id AND p.gone_by IS NULL"
        " WHERE m.group_id = ?1 AND m.gone_by IS NULL AND coalesce(m.to_day, '9999') >= ?2 ORDER BY m.id",
        (group_id, campaign.today().isoformat()),
    ).fetchall()
    return rows


def members_today(campaign: Campaign, group_id: int) -> list[int]:
    """The ids of those who belong to a group."""
    return list(dict.fromkeys(person for person, _row in _belonging(campaign, group_id)))


def meeting_groups(campaign: Campaign) -> list[MeetingGroup]:
    """Every group, by name."""
    today = campaign.today().isoformat()
    rows = campaign.connection.execute(
        "SELECT g.id, g.name, coalesce(v.name, r.name, ''), g.rhythm_days, (SELECT count(DISTINCT m.person_id)"
        " FROM group_member m JOIN person p ON p.id = m.person_id AND p.gone_by IS NULL WHERE m.group_id = g.id"
        " AND m.gone_by IS NULL AND coalesce(m.to_day, '9999') >= ?1),"
        " coalesce((SELECT max(substr(e.starts, 1, 10)) FROM event e WHERE e.group_id = g.id AND e.gone_by IS NULL"
        " AND e.cancelled_on IS NULL AND e.starts < ?1), ''),"
        " coalesce((SELECT min(substr(e.starts, 1, 10)) FROM event e WHERE e.group_id = g.id AND e.gone_by IS NULL"
        " AND e.cancelled_on IS NULL AND e.starts >= ?1), '') FROM meeting_group g"
        " LEFT JOIN provider v ON v.id = g.provider_id LEFT JOIN region r ON r.code = g.region_code"
        " WHERE g.gone_by IS NULL ORDER BY g.name, g.id",
        (today,),
    )
    return [MeetingGroup._make(row) for row in rows]


def next_meeting(campaign: Campaign, group_id: int) -> EventDraft:
    """The meeting that comes next by the rhythm of a group: as the last one, led by whose turn it is.

    Where it has not met yet, or has no rhythm, two weeks from today. Raises OrganiserError where it is no longer there.
    """
    refuse_gone(campaign, "meeting_group", group_id)
    name, rhythm = campaign.connection.execute(
        "SELECT name, rhythm_days FROM meeting_group WHERE id = ?", (group_id,)
    ).fetchone()
    last = campaign.connection.execute(
        "SELECT kind, name, starts, place FROM event WHERE group_id = ? AND gone_by IS NULL AND cancelled_on IS NULL"
        " ORDER BY starts DESC, id DESC LIMIT 1",
        (group_id,),
    ).fetchone()
    kind, called, starts, place = last or ("meeting", name, campaign.today().isoformat(), "")
    day, days = date.fromisoformat(starts[:10]), timedelta(days=rhythm or _USUAL_RHYTHM)
    behind = (campaign.today() - day).days // days.days
    day += days * max(behind + 1, 1)
    led = campaign.connection.execute(
        "SELECT starts, facilitator_id FROM event WHERE group_id = ? AND gone_by IS NULL AND cancelled_on IS NULL"
        " AND facilitator_id IS NOT NULL ORDER BY starts DESC LIMIT ?",
        (group_id, _LED),
    ).fetchall()
    turn = whose_turn(led, [organiser.id for organiser in organisers(campaign)])
    return EventDraft(kind, called, day.isoformat() + starts[10:], place, facilitator_id=turn, group_id=group_id)
