"""Sets the order in which people are served."""

from __future__ import annotations

from collections.abc import Sequence

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.queue import checked_order
from organiser_tui.store.campaign import Campaign


def set_queue_order(campaign: Campaign, order: Sequence[int]) -> None:
    """Serve by the rules in `order` from now on, in every window.

    Raises OrganiserError where it is no order.
    """
    words = " ".join(map(str, checked_order(order)))
    with campaign.write(DeedKind.SET_QUEUE_ORDER) as deed:
        deed.put("setting", name="queue_order", value=words)
