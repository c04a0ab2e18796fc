"""Events: made, called off, who is invited, and who came: each arrival is saved at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.gatherings import LAST_ANSWERS
from organiser_tui.store.inviting import invitable
from organiser_tui.store.journal import Deed
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.words import codes
from organiser_tui.words import _

_LONGEST = 200
_PAST = 60
"""So many events that are over are shown."""


@dataclass(frozen=True)
class EventDraft:
    """An event to be made; `starts` is wall time, a day or a day and an hour (2026-12-12T11:00)."""

    kind: str
    name: str
    starts: str
    place: str = ""
    agenda: str = ""
    capacity: int | None = None
    facilitator_id: int | None = None
    group_id: int | None = None
    """The group whose meeting it is."""

    def checked(self) -> EventDraft:
        """The same, cleaned; raises OrganiserError where it does not hold together."""
        name = clean(self.name)
        if not name:
            raise OrganiserError(_("An event needs a name."))
        if len(name) > _LONGEST:
            raise OrganiserError(_("The name of an event takes {most} letters.").format(most=_LONGEST))
        if self.capacity is not None and self.capacity < 1:
            raise OrganiserError(_("An event has room for one person at least."))
        return EventDraft(**{**asdict(self), "name": name, "place": clean(self.place)})


class EventRow(NamedTuple):
    """One event with how many were invited, what they answered, and how many came."""

    id: int
    kind: str
    name: str
    starts: str
    place: str
    capacity: int | None
    cancelled_on: str | None
    recorded_on: str | None
    facilitator: str
    invited: int
    yes: int
    maybe: int
    no: int
    came: int


class GuestRow(NamedTuple):
    """One person of an event: what she answered last ('' for nothing), and whether she came."""

    id: int
    given: str
    family: str
    provider: str
    answer: str
    came: bool
    invited: bool

    @property
    def name(self) -> str:
        """Given name first, as one speaks."""
        return f"{self.given} {self.family}".strip()

    @property
    def stays_away(self) -> bool:
        """Whether she has said that she does not come."""
        return self.answer in ("no", "withdrawn")


def make_event(campaign: Campaign, draft: EventDraft) -> int:
    """Make an event and return its id. Raises OrganiserError where the draft does not hold together."""
    draft = draft.checked()
    if draft.kind not in codes(campaign, "event_kind"):
        sentence = _("“{word}” is not a kind of event. Kinds: {words}.")
        raise OrganiserError(sentence.format(word=draft.kind, words=", ".join(codes(campaign, "event_kind"))))
    with campaign.write(DeedKind.MAKE_EVENT) as deed:
        return deed.insert("event", **asdict(draft))


def cancel_event(campaign: Campaign, event_id: int) -> None:
    """Note that an event was called off today. Raises OrganiserError where somebody came to it already."""
    with campaign.write(DeedKind.CANCEL_EVENT) as deed:
        refuse_gone(campaign, "event", event_id)
        held = event_row(campaign, event_id)
        if held.cancelled_on is not None:
            raise OrganiserError(_("{name} was called off on {day}.").format(name=held.name, day=held.cancelled_on))
        if held.came or (held.recorded_on is not None and held.starts < campaign.today().isoformat()):
            raise OrganiserError(_("Somebody came to it: an event that was held is not called off."))
        deed.change("event", event_id, cancelled_on=campaign.today().isoformat())


def events_to_come(campaign: Campaign) -> list[EventRow]:
    """Those of today and after, the next first."""
    return _rows(campaign, "e.starts >= ?1 ORDER BY e.starts, e.id LIMIT 100")


def events_over(campaign: Campaign) -> list[EventRow]:
    """Those before today, the latest first."""
    return _rows(campaign, f"e.starts < ?1 ORDER BY e.starts DESC, e.id DESC LIMIT {_PAST}")[::-1]


def event_row(campaign: Campaign, event_id: int) -> EventRow:
    """One event. Raises OrganiserError where it is not in the file."""
    rows = _rows(campaign, "e.id = ?2 AND ?1 <> ''", event_id)
    if not rows:
        raise OrganiserError(_("This event is no longer in the file."))
    return rows[0]


def event_named(campaign: Campaign, text: str, *, to_come: bool = False) -> int:
    """The id of the event that `text` (an id, or its name) means, of several the last that was held.

    `to_come` prefers the next that is still to be held: of today and after, and not called off.

    Raises OrganiserError, naming some, where none fits.
    """
    today = campaign.today().isoformat()
    rows = campaign.connection.execute(
        "SELECT e.id, e.name, e.starts, e.cancelled_on FROM event e WHERE e.gone_by IS NULL"
        " ORDER BY e.starts DESC, e.id"
    ).fetchall()
    wanted = fold(text)
    fitting = [row for row in rows if text == str(row[0])]
    fitting = fitting or [row for row in rows if wanted and fold(row[1]) == wanted]
    fitting = fitting or [row for row in rows if wanted and wanted in fold(row[1])]
    if not fitting:
        names = ", ".join(f"{name} ({starts[:10]})" for _id, name, starts, _off in rows[:5])
        raise OrganiserError(_("No event fits “{text}”. The last ones: {names}.").format(text=text[:80], names=names))
    if to_come and (ahead := [row for row in fitting if row[2][:10] >= today and row[3] is None]):
        return int(ahead[-1][0])
    held = [row for row in fitting if row[2][:10] <= today]
    return int((held or fitting)[0][0])


def _rows(campaign: Campaign, which: str, event_id: int | None = None) -> list[EventRow]:
    """The events that `which` picks, as they rise in time."""
    asked = (campaign.today().isoformat(),) if event_id is None else (campaign.today().isoformat(), event_id)
    # The counts of all of them in one question each, by event: of 160 events three each are 480 questions.
    rows = campaign.connection.execute(
        "WITH these AS MATERIALIZED (SELECT e.id, e.kind, e.name, e.starts, e.place, e.capacity, e.cancelled_on,"
        " e.recorded_on, coalesce((SELECT o.name FROM organiser o WHERE o.id = e.facilitator_id), '') AS facilitator"
        f" FROM event e WHERE e.gone_by IS NULL AND {which}),"
        " invited AS MATERIALIZED (SELECT i.event_id, count(DISTINCT i.person_id) AS n FROM these CROSS JOIN invitation"
        " i ON i.event_id = these.id AND i.gone_by IS NULL GROUP BY 1),"
        " there AS MATERIALIZED (SELECT t.event_id, count(DISTINCT t.person_id) AS n FROM these CROSS JOIN attendance t"
        " ON t.event_id = these.id AND t.came = 1 AND t.voided_by IS NULL GROUP BY 1),"
        " said AS MATERIALIZED (SELECT event_id, sum(answer = 'yes') AS yes,"
        " sum(answer IN ('maybe', 'later')) AS maybe, sum(answer IN ('no', 'withdrawn')) AS no FROM (SELECT a.event_id,"
        " w.answer, row_number() OVER (PARTITION BY"
        " a.event_id, a.person_id ORDER BY w.day DESC, w.id DESC) AS place FROM these CROSS JOIN ask a ON a.event_id ="
        " these.id AND a.kind = 'come' AND a.voided_by IS NULL JOIN answer w ON w.ask_id = a.id AND w.voided_by IS"
        " NULL) WHERE place = 1 GROUP BY 1)"
        " SELECT e.id, e.kind, e.name, e.starts, e.place, e.capacity, e.cancelled_on, e.recorded_on, e.facilitator,"
        " coalesce(i.n, 0), coalesce(s.yes, 0), coalesce(s.maybe, 0), coalesce(s.no, 0), coalesce(t.n, 0)"
        " FROM these e LEFT JOIN invited i ON i.event_id = e.id LEFT JOIN there t ON t.event_id = e.id"
        " LEFT JOIN said s ON s.event_id = e.id ORDER BY e.starts, e.id",
        asked,
    )
    return [EventRow._make(row) for row in rows]


def guests_of(campaign: Campaign, event_id: int) -> list[GuestRow]:
    """Everybody who was invited, asked to come, or came, by name."""
    rows = campaign.connection.execute(
        f"WITH said AS ({LAST_ANSWERS}), there AS (SELECT person_id FROM attendance WHERE event_id = ?1 AND came = 1"
        " AND voided_by IS NULL), invited AS (SELECT person_id FROM invitation WHERE event_id = ?1 AND gone_by IS NULL)"
        " SELECT p.id, p.given, p.family, coalesce(v.name, ''), coalesce((SELECT s.answer FROM said s"
        " WHERE s.person_id = p.id), ''), p.id IN (SELECT person_id FROM there), p.id IN (SELECT person_id FROM"
        " invited) FROM (SELECT person_id FROM invited UNION SELECT person_id FROM there UNION SELECT person_id"
        " FROM said) g JOIN person p ON p.id = g.person_id AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        " ORDER BY f.name_key, p.id",
        (event_id,),
    )
    return [GuestRow._make((*row[:5], bool(row[5]), bool(row[6]))) for row in rows]


def invite(campaign: Campaign, event_id: int, people: Sequence[int], at_most: int | None = None) -> int:
    """Invite people to an event; how many were not invited yet. Whoever must not be contacted is left out.

    `at_most` so many of each provider, those counted who are invited already, in the order of `invitable()`.
    Raises OrganiserError where the event is over or was called off.
    """
    with campaign.write(DeedKind.INVITE) as deed:
        refuse_gone(campaign, "event", event_id)
        refuse_not_to_come(campaign, event_id)
        new = invitable(campaign, event_id, people).at_most(at_most)
        ids = [campaign.ids.one() for _person in new]
        day = campaign.today().isoformat()
        deed.insert_many(
            "invitation",
            ("id", "event_id", "person_id", "day", "organiser_id"),
            [(row, event_id, person, day, campaign.organiser_id) for row, person in zip(ids, new, strict=True)],
        )
    return len(new)


def refuse_not_to_come(campaign: Campaign, event_id: int) -> None:
    """Raises OrganiserError where nobody can be invited to an event any more: it is over or was called off."""
    row = event_row(campaign, event_id)
    if row.cancelled_on is not None:
        raise OrganiserError(_("{name} was called off on {day}.").format(name=row.name, day=row.cancelled_on))
    if row.starts[:10] < campaign.today().isoformat():
        sentence = _("{name} was on {day}: nobody can be invited any more.")
        raise OrganiserError(sentence.format(name=row.name, day=row.starts[:10]))


def check_in(campaign: Campaign, event_id: int, person_id: int, brought_by: int | None = None) -> None:
    """Note that somebody came, and who brought her. From the first on the event counts as written down.

    Raises OrganiserError where she is here already, one of them is no longer in the file, or the event is still to
    come or was called off.
    """
    with campaign.write(DeedKind.CHECK_IN) as deed:
        refuse_gone(campaign, "event", event_id)
        for person in filter(None, (person_id, brought_by)):
            refuse_gone(campaign, "person", person)
        day = refuse_not_held(campaign, event_id)
        if person_id == brought_by:
            raise OrganiserError(_("Nobody brings herself along."))
        held = campaign.connection.execute(
            "SELECT id, came FROM attendance WHERE event_id = ? AND person_id = ? AND voided_by IS NULL",
            (event_id, person_id),
        ).fetchall()
        if any(came for _row, came in held):
            raise OrganiserError(_("{name} is here already.").format(name=_name(campaign, person_id)))
        deed.end_many("attendance", [row for row, _came in held])
        _record(deed, event_id)
        _arrive(deed, event_id, person_id, day, brought_by)


def note_brought(campaign: Campaign, event_id: int, person_id: int, brought_by: int) -> None:
    """Note who brought somebody who is here. Raises OrganiserError where she is not, or brought herself."""
    with campaign.write(DeedKind.CHECK_IN) as deed:
        refuse_gone(campaign, "person", brought_by)
        if person_id == brought_by:
            raise OrganiserError(_("Nobody brings herself along."))
        row = campaign.connection.execute(
            "SELECT id, day FROM attendance WHERE event_id = ? AND person_id = ? AND came = 1 AND voided_by IS NULL",
            (event_id, person_id),
        ).fetchone()
        if row is None:
            raise OrganiserError(_("{name} is not here yet.").format(name=_name(campaign, person_id)))
        deed.end("attendance", row[0])
        _arrive(deed, event_id, person_id, row[1], brought_by)


def _arrive(deed: Deed, event_id: int, person_id: int, day: str, brought_by: int | None) -> None:
    deed.insert(
        "attendance",
        event_id=event_id,
        person_id=person_id,
        day=day,
        came=1,
        brought_by=brought_by,
        organiser_id=deed.campaign.organiser_id,
    )


def _record(deed: Deed, event_id: int) -> None:
    row = event_row(deed.campaign, event_id)
    if row.recorded_on is None:
        deed.change("event", event_id, recorded_on=deed.campaign.today().isoformat())


def keep_recorded(deed: Deed, arrivals: Sequence[int]) -> None:
    """Where `arrivals` (ids of attendance) were taken back or hold again: an event is written down while one stands.

    The first to arrive wrote it down, but what is known of the others does not go with her.
    """
    events = deed.campaign.connection.execute(
        "SELECT e.id, e.recorded_on, (SELECT min(t.day) FROM attendance t WHERE t.event_id = e.id AND t.voided_by IS"
        " NULL) FROM event e WHERE e.id IN (SELECT a.event_id FROM attendance a JOIN json_each(?) j ON a.id = j.value)",
        (json.dumps(list(arrivals)),),
    ).fetchall()
    for event, recorded_on, standing in events:
        if (recorded_on is None) != (standing is None):
            deed.change("event", event, recorded_on=standing)


def refuse_not_held(campaign: Campaign, event_id: int) -> str:
    """The day of an event that is held today or was before; raises OrganiserError for another."""
    row = event_row(campaign, event_id)
    if row.cancelled_on is not None:
        raise OrganiserError(_("{name} was called off on {day}.").format(name=row.name, day=row.cancelled_on))
    if row.starts[:10] > campaign.today().isoformat():
        raise OrganiserError(_("{name} is on {day}: nobody can have come yet.").format(name=row.name, day=row.starts))
    return row.starts[:10]


def _name(campaign: Campaign, person_id: int) -> str:
    row = campaign.connection.execute(
        "SELECT trim(given || ' ' || family) FROM person WHERE id = ?", (person_id,)
    ).fetchone()
    return str(row[0])


def others_found(campaign: Campaign, words: str, but: Sequence[int], limit: int = 8) -> list[GuestRow]:
    """People who are not among the guests, found by name or number: whoever walks in."""
    left_out = set(but)
    found = first_people(campaign, PeopleQuery(words=words), limit + len(left_out))
    found = [person for person in found if person not in left_out][:limit]
    page = people_page(campaign, found)
    rows = [page[person] for person in found if person in page]
    return [GuestRow(row.id, row.given, row.family, row.provider, "", came=False, invited=False) for row in rows]
