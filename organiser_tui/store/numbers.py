"""What is known of numbers whoever they belong to. Nothing is written here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


def disconnected(campaign: Campaign, numbers: Iterable[str | None]) -> set[str]:
    """Those of `numbers` (E.164) that are dead for everyone: whoever has one of them had it called in vain."""
    asked = [number for number in numbers if number]
    rows = campaign.connection.execute(
        "SELECT DISTINCT e164 FROM phone WHERE e164 IN (SELECT value FROM json_each(?)) AND e164 IS NOT NULL"
        " AND standing = 'disconnected' AND gone_by IS NULL",
        (json.dumps(asked),),
    )
    return {number for (number,) in rows}
