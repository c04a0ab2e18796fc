"""What management did to somebody: noted with its witnesses, followed by a call. It stands in no export."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from organiser_tui.domain.clock import wall
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.demands import SUPPORT_HOURS, ReprisalDraft
from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import NOTHING_DUE
from organiser_tui.domain.folding import fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _


class Reprisal(NamedTuple):
    """One reprisal; `witnesses` are names, `supported_on` the day (ISO) on which she was called, '' for not yet."""

    id: int
    day: str
    what: str
    by_whom: str
    provider: str
    witnesses: tuple[str, ...]
    organiser: str
    supported_on: str


def log_reprisal(campaign: Campaign, draft: ReprisalDraft) -> int:
    """Note a reprisal and put a call to her on Today, due within 24 hours; returns its id.

    A witness whose whole name one person of the file has is that person. Raises OrganiserError where the draft does
    not hold together, or she is no longer in the file.
    """
    draft = draft.checked(campaign.today())
    with campaign.write(DeedKind.LOG_REPRISAL) as deed:
        refuse_gone(campaign, "person", draft.person_id)
        if draft.provider_id is not None:
            refuse_gone(campaign, "provider", draft.provider_id)
        reprisal = deed.insert(
            "reprisal",
            person_id=draft.person_id,
            provider_id=draft.provider_id,
            day=draft.day,
            what=draft.what,
            by_whom=draft.by_whom,
            noted_at=deed.at,
            organiser_id=campaign.organiser_id,
        )
        for name in draft.witnesses:
            person = _person_named(campaign, name)
            if person == draft.person_id:
                raise OrganiserError(_("{name} is whom it was done to: a witness is somebody else.").format(name=name))
            held = "" if person is not None else name
            deed.insert("reprisal_witness", reprisal_id=reprisal, person_id=person, name=held)
        _call_her(deed, draft.person_id, reprisal)
    return reprisal


def _call_her(deed: Deed, person_id: int, reprisal: int) -> None:
    due = wall(deed.at + int(timedelta(hours=SUPPORT_HOURS).total_seconds()), deed.campaign.zone)
    deed.insert(
        "follow_up",
        person_id=person_id,
        kind=DueKind.PROMISE,
        due=due.isoformat(timespec="minutes"),
        why=_("support call"),
        organiser_id=deed.campaign.organiser_id,
        reprisal_id=reprisal,
    )


def _person_named(campaign: Campaign, name: str) -> int | None:
    """The one person of that whole name; None where there is none, or several."""
    fitting = [
        person
        for person in first_people(campaign, PeopleQuery(words=name), 20)
        for (held,) in campaign.connection.execute(
            "SELECT trim(given || ' ' || family) FROM person WHERE id = ? AND gone_by IS NULL", (person,)
        )
        if fold(held) == fold(name)
    ]
    return fitting[0] if len(fitting) == 1 else None


def no_support(campaign: Campaign, person_id: int) -> bool:
    """Whether nothing comes up about a person any more: she bars every channel, has left the work, or has died."""
    row = campaign.connection.execute("SELECT blocked FROM person_figures WHERE person_id = ?", (person_id,)).fetchone()
    return row is not None and row[0] in NOTHING_DUE


def reprisals_of(campaign: Campaign, person_id: int) -> list[Reprisal]:
    """What management did to somebody, the latest first."""
    rows = campaign.connection.execute(
        "SELECT r.id, r.day, r.what, r.by_whom,"
        " coalesce((SELECT v.name FROM provider v WHERE v.id = r.provider_id), ''),"
        " coalesce((SELECT o.name FROM organiser o WHERE o.id = r.organiser_id), ''),"
        " coalesce((SELECT max(u.done_on) FROM follow_up u WHERE u.reprisal_id = r.id AND u.person_id = r.person_id"
        " AND u.gone_by IS NULL), '') FROM reprisal r WHERE r.person_id = ? AND r.voided_by IS NULL"
        " ORDER BY r.day DESC, r.id DESC",
        (person_id,),
    ).fetchall()
    return [
        Reprisal(row, day, what, by_whom, provider, _witnesses(campaign, row), organiser, supported)
        for row, day, what, by_whom, provider, organiser, supported in rows
    ]


def _witnesses(campaign: Campaign, reprisal: int) -> tuple[str, ...]:
    rows = campaign.connection.execute(
        "SELECT coalesce(nullif(w.name, ''), trim(p.given || ' ' || p.family), '') FROM reprisal_witness w"
        " LEFT JOIN person p ON p.id = w.person_id WHERE w.reprisal_id = ? AND w.voided_by IS NULL ORDER BY w.id",
        (reprisal,),
    )
    return tuple(name for (name,) in rows)
