"""Whom a sheet may name, what a door needs to know of the guests, and the record of what was given out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.phones import may_be_called
from organiser_tui.domain.sheets import REPRISAL
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.inviting import WHY_NOT_INVITED


@dataclass(frozen=True)
class ExportDraft:
    """A sheet that was written: of which list, with whom in it, and the day (ISO) it must be destroyed by."""

    list_id: int | None
    what: str
    file_name: str
    people: Sequence[int]
    left_out: int
    destroy_by: str
    purpose: str = ""


class DoorGuest(NamedTuple):
    """What the door needs to know of somebody; '' where nothing is known.

    `left_out` is why she does not stand in a sheet, '' where she may; `numbers_kept` how many work numbers she did not
    allow.
    """

    id: int
    region: str
    came: bool
    left_out: str
    phone: str
    numbers_kept: int


def record_export(campaign: Campaign, draft: ExportDraft) -> int:
    """Keep on record that a sheet was written and who was in it; returns the record's id."""
    with campaign.write(DeedKind.EXPORT) as deed:
        export = deed.insert(
            "export_record",
            at=deed.at,
            organiser_id=campaign.organiser_id,
            list_id=draft.list_id,
            what=draft.what,
            purpose=draft.purpose,
            file_name=draft.file_name,
            taken=len(draft.people),
            left_out=draft.left_out,
            destroy_by=draft.destroy_by,
        )
        ids = campaign.ids
        rows = [(ids.one(), export, person) for person in draft.people]
        deed.insert_many("exported_person", ("id", "export_id", "person_id"), rows)
    return export


def met_with_reprisal(campaign: Campaign) -> frozenset[int]:
    """The ids of those to whom management did something for organising: no sheet names them."""
    rows = campaign.connection.execute(
        "SELECT DISTINCT person_id FROM reprisal WHERE person_id IS NOT NULL AND voided_by IS NULL"
    )
    return frozenset(person for (person,) in rows)


def door_guests(campaign: Campaign, event_id: int, people: Sequence[int]) -> dict[int, DoorGuest]:
    """Those of `people` who are in the file, by id, as the door of an event needs them.

    Who is invited to nothing, or met with a reprisal, is named in no sheet. Who must not be called has no number in it,
    nor has anybody a work number she did not allow.
    """
    asked = json.dumps(list(people))
    numbers, kept = _numbers(campaign, asked)
    rows = campaign.connection.execute(
        "SELECT p.id, coalesce(r.name, ''), EXISTS (SELECT 1 FROM attendance t WHERE t.event_id = ?2"
        " AND t.person_id = p.id AND t.came = 1 AND t.voided_by IS NULL),"
        " CASE WHEN EXISTS (SELECT 1 FROM reprisal x WHERE x.person_id = p.id AND x.voided_by IS NULL)"
        f" THEN '{REPRISAL}' ELSE {WHY_NOT_INVITED} END,"
        " f.blocked NOT IN ('do not contact', 'calls not safe')"
        " FROM json_each(?1) j CROSS JOIN person p ON p.id = j.value AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN region r ON r.code = f.region_code",
        (asked, event_id),
    )
    return {
        person: DoorGuest(
            *(person, region, bool(came), left_out),
            numbers.get(person, "") if may_call else "",
            kept.get(person, 0),
        )
        for person, region, came, left_out, may_call in rows
    }


def _numbers(campaign: Campaign, people: str) -> tuple[dict[int, str], dict[int, int]]:
    """Of each of `people` (JSON) the number to be tried first, and how many work numbers she did not allow."""
    numbers: dict[int, str] = {}
    kept: dict[int, int] = {}
    for person, e164, kind, standing, allowed in campaign.connection.execute(
        "SELECT t.person_id, t.e164, t.kind, t.standing, p.work_numbers FROM json_each(?) j CROSS JOIN person p"
        " ON p.id = j.value JOIN phone t ON t.person_id = p.id AND t.gone_by IS NULL ORDER BY t.position, t.id",
        (people,),
    ):
        if may_be_called(e164, kind, standing, work_allowed=bool(allowed)):
            numbers.setdefault(person, e164)
        elif may_be_called(e164, kind, standing, work_allowed=True):
            kept[person] = kept.get(person, 0) + 1
    return numbers, kept
