"""Sets the order in which people are served."""

from __future__ import annotations

from collections.abc import Sequence

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.queue import checked_order
from organiser_tui.store.campaign import Campaign


def set_queue_order(campaign: Campaign, order: Sequence[int]) -> None:
    """Serve by the rules in `order` from now on, in every window.

    Raises OrganiserError where it is no order.
    """
    words = " ".join(map(str, checked_order(order)))
    with campaign.write(DeedKind.SET_QUEUE_ORDER) as deed:
        row = word_id("setting", "queue_order")
        held = campaign.connection.execute("SELECT 1 FROM setting WHERE id = ? AND gone_by IS NULL", (row,)).fetchone()
        if held is None:
            deed.insert("setting", name="queue_order", value=words)
        else:
            deed.change("setting", row, value=words)
