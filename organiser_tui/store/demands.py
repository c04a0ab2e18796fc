"""Demands: made from what people named, backed, put to somebody, answered, won or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from organiser_tui.domain.dates import Moment, read_back
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.demands import DemandAnswer, DemandDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.store.words import codes
from organiser_tui.words import _

_LONGEST = 200
_REACHABLE = "f.do_not_contact <> 'all' AND f.blocked NOT IN ('deceased', 'left the work', 'position')"


class DemandRow(NamedTuple):
    """One demand; days are ISO, texts '' for none. `told` of its `backers` know what management may do."""

    id: int
    what: str
    issue: str
    provider: str
    region: str
    event: str
    day: str
    put_to: str
    put_on: str
    answer: str
    answered_on: str
    backers: int
    told: int


class Backer(NamedTuple):
    """Who backs a demand since `day`; `told_on` is '' while nobody told her what management may do (days ISO)."""

    id: int
    name: str
    provider: str
    day: str
    told_on: str


def demands(campaign: Campaign) -> list[DemandRow]:
    """Every demand, those without an answer first, then the latest."""
    return _rows(campaign, "TRUE ORDER BY d.answer <> '', d.day DESC, d.id DESC")


def demand_row(campaign: Campaign, demand_id: int) -> DemandRow:
    """One demand. Raises OrganiserError where it is not in the file."""
    rows = _rows(campaign, "d.id = ?", demand_id)
    if not rows:
        raise OrganiserError(_("This demand is no longer in the file."))
    return rows[0]


def _rows(campaign: Campaign, which: str, *asked: int) -> list[DemandRow]:
    backers = (
        "SELECT {what} FROM demand_backer b JOIN person p ON p.id = b.person_id AND p.gone_by IS NULL"
        " WHERE b.demand_id = d.id AND b.gone_by IS NULL"
    )
    rows = campaign.connection.execute(
        "SELECT d.id, d.what, coalesce(d.issue, ''),"
        " coalesce((SELECT v.name FROM provider v WHERE v.id = d.provider_id), ''),"
        " coalesce((SELECT r.name FROM region r WHERE r.code = d.region_code), ''),"
        " coalesce((SELECT e.name FROM event e WHERE e.id = d.event_id), ''), d.day, d.put_to,"
        " coalesce(d.put_on, ''), d.answer, coalesce(d.answered_on, ''),"
        f" ({backers.format(what='count(*)')}), ({backers.format(what='count(b.told_on)')})"
        f" FROM demand d WHERE d.gone_by IS NULL AND {which}",
        asked,
    )
    return [DemandRow(*row) for row in rows]


def make_demand(campaign: Campaign, draft: DemandDraft) -> int:
    """Make a demand and return its id. Raises OrganiserError where it demands nothing, or names what is not there."""
    draft = draft.checked()
    with campaign.write(DeedKind.MAKE_DEMAND) as deed:
        if draft.issue is not None and draft.issue not in codes(campaign, "issue"):
            raise OrganiserError(_("“{word}” is no issue of this campaign.").format(word=draft.issue[:40]))
        for table, row in (("provider", draft.provider_id), ("event", draft.event_id)):
            if row is not None:
                refuse_gone(campaign, table, row)
        return deed.insert(
            "demand",
            what=draft.what,
            issue=draft.issue,
            provider_id=draft.provider_id,
            region_code=draft.region_code,
            event_id=draft.event_id,
            day=campaign.today().isoformat(),
            put_to=draft.put_to,
            organiser_id=campaign.organiser_id,
        )


def likely_backers(campaign: Campaign, demand_id: int) -> list[int]:
    """The ids of those who named its issue, work where it is made, and do not back it yet; nobody without an issue.

    Whoever must not be contacted, or has left the work, is left out.
    """
    rows = campaign.connection.execute(
        "SELECT DISTINCT i.person_id FROM demand d CROSS JOIN contact_issue i ON i.issue = d.issue"
        " AND i.voided_by IS NULL JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
        f" JOIN person_figures f ON f.person_id = i.person_id AND {_REACHABLE} WHERE d.id = ?1 AND d.gone_by IS NULL"
        " AND (d.provider_id IS NULL AND d.region_code IS NULL OR EXISTS (SELECT 1 FROM reach r"
        " WHERE r.person_id = i.person_id AND r.known = 1 AND (d.provider_id IS NULL OR r.provider_id = d.provider_id)"
        " AND (d.region_code IS NULL OR r.region_code = d.region_code)))"
        " AND i.person_id NOT IN (SELECT b.person_id FROM demand_backer b WHERE b.demand_id = ?1 AND b.gone_by IS NULL)"
        " ORDER BY i.person_id",
        (demand_id,),
    )
    return [person for (person,) in rows]


def back_demand(campaign: Campaign, demand_id: int, people: Sequence[int]) -> int:
    """Note that people back a demand since today; how many did not yet.

    Raises OrganiserError where it, or one of them, is no longer in the file.
    """
    with campaign.write(DeedKind.BACK_DEMAND) as deed:
        refuse_gone(campaign, "demand", demand_id)
        held = {backer.id for backer in backers_of(campaign, demand_id)}
        new = [person for person in dict.fromkeys(people) if person not in held]
        for person in new:
            refuse_gone(campaign, "person", person)
            deed.insert(
                "demand_backer",
                demand_id=demand_id,
                person_id=person,
                day=campaign.today().isoformat(),
                told_on=None,
                organiser_id=campaign.organiser_id,
            )
    return len(new)


def backers_of(campaign: Campaign, demand_id: int) -> list[Backer]:
    """Who backs a demand: those who were not told yet first, then by name."""
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), b.day, coalesce(b.told_on, '')"
        " FROM demand_backer b JOIN person p ON p.id = b.person_id AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        " WHERE b.demand_id = ? AND b.gone_by IS NULL ORDER BY b.told_on IS NOT NULL, f.name_key, p.id",
        (demand_id,),
    )
    return [Backer(*row) for row in rows]


def tell_backers(campaign: Campaign, demand_id: int, people: Sequence[int]) -> int:
    """Note that backers were told today what management may do; how many were not yet.

    Raises OrganiserError where one of them does not back the demand.
    """
    with campaign.write(DeedKind.TELL_BACKER) as deed:
        refuse_gone(campaign, "demand", demand_id)
        told = 0
        for person in dict.fromkeys(people):
            row = campaign.connection.execute(
                "SELECT id, told_on FROM demand_backer WHERE demand_id = ? AND person_id = ? AND gone_by IS NULL",
                (demand_id, person),
            ).fetchone()
            if row is None:
                raise OrganiserError(_("She does not back this demand any more. Nothing was saved."))
            if row[1] is None:
                told += deed.change("demand_backer", row[0], told_on=campaign.today().isoformat())
    return told


def not_told(campaign: Campaign, demand_id: int) -> list[int]:
    """The ids of the backers who were not told yet what management may do."""
    return [backer.id for backer in backers_of(campaign, demand_id) if not backer.told_on]


def put_demand(campaign: Campaign, demand_id: int, to: str, day: str) -> None:
    """Note to whom a demand was put, on which day (ISO).

    Raises OrganiserError where nobody is named, the day is still to come, or the demand is answered already.
    """
    whom = clean(to)[:_LONGEST]
    if not whom:
        raise OrganiserError(_("To whom was it put? Write a name or a position."))
    with campaign.write(DeedKind.MOVE_DEMAND) as deed:
        refuse_gone(campaign, "demand", demand_id)
        _refuse_ahead(campaign, day)
        held = demand_row(campaign, demand_id)
        if held.answer and held.put_on:  # of one that was kept by an earlier version it is noted afterwards
            sentence = _("It was answered on {day} already: it is put to nobody any more.")
            raise OrganiserError(sentence.format(day=_told_day(campaign, held.answered_on)))
        deed.change("demand", demand_id, put_to=whom, put_on=day)


def answer_demand(campaign: Campaign, demand_id: int, answer: str, day: str) -> None:
    """Note that a demand was answered, won or refused on a day (ISO); the last answer stands.

    Raises OrganiserError for another word, a day still to come, or one before the demand was put.
    """
    if answer not in tuple(DemandAnswer) or answer == DemandAnswer.NONE:
        words = ", ".join(one for one in DemandAnswer if one)
        raise OrganiserError(_("“{word}” is no answer to a demand: {words}.").format(word=answer[:40], words=words))
    with campaign.write(DeedKind.MOVE_DEMAND) as deed:
        refuse_gone(campaign, "demand", demand_id)
        _refuse_ahead(campaign, day)
        held = demand_row(campaign, demand_id)
        if not held.put_on:
            raise OrganiserError(_("It was put to nobody yet: note first to whom, and when."))
        if day < held.put_on:
            sentence = _("It was put on {day}: no answer came before.")
            raise OrganiserError(sentence.format(day=_told_day(campaign, held.put_on)))
        deed.change("demand", demand_id, answer=answer, answered_on=day)


def _refuse_ahead(campaign: Campaign, day: str) -> None:
    if day > campaign.today().isoformat():
        raise OrganiserError(_("{day} is still to come.").format(day=_told_day(campaign, day)))


def _told_day(campaign: Campaign, day: str) -> str:
    return read_back(Moment(date.fromisoformat(day)), campaign.today())
