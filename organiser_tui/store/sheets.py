"""Keeps on record what was given out of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign


@dataclass(frozen=True)
class ExportDraft:
    """A sheet that was written: of which list, with whom in it, and the day (ISO) it must be destroyed by."""

    list_id: int | None
    what: str
    file_name: str
    people: Sequence[int]
    left_out: int
    destroy_by: str


def record_export(campaign: Campaign, draft: ExportDraft) -> int:
    """Keep on record that a sheet was written and who was in it; returns the record's id."""
    with campaign.write(DeedKind.EXPORT) as deed:
        export = deed.insert(
            "export_record",
            at=deed.at,
            organiser_id=campaign.organiser_id,
            list_id=draft.list_id,
            what=draft.what,
            file_name=draft.file_name,
            taken=len(draft.people),
            left_out=draft.left_out,
            destroy_by=draft.destroy_by,
        )
        ids = campaign.ids
        rows = [(ids.one(), export, person) for person in draft.people]
        deed.insert_many("exported_person", ("id", "export_id", "person_id"), rows)
    return export
