"""Keeps on record what was given out of a campaign."""

from __future__ import annotations

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign


def record_export(campaign: Campaign, what: str, file_name: str, taken: int, left_out: int, destroy_by: str) -> int:
    """Keep on record that a sheet was written: of what, how many people, and the day (ISO) it must be destroyed by."""
    with campaign.write(DeedKind.EXPORT) as deed:
        return deed.insert(
            "export_record",
            at=deed.at,
            organiser_id=campaign.organiser_id,
            what=what,
            file_name=file_name,
            taken=taken,
            left_out=left_out,
            destroy_by=destroy_by,
        )
