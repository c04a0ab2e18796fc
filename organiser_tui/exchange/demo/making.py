"""Makes the file of a made-up campaign."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from organiser_tui.domain.clock import Now
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo import Plan, made_up_campaign
from organiser_tui.store.bulk import fill_campaign
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.engine import remove_file
from organiser_tui.store.founding import found_campaign
from organiser_tui.words import _


def make_demo(path: Path, plan: Plan, now: Now, progress: Callable[[int], None] | None = None) -> Campaign:
    """A made-up campaign at `path`: the same plan gives the same rows.

    Raises OrganiserError where the plan cannot be carried out or the file cannot be made; then nothing is left.
    """
    random = plan.randomness()

    def early() -> datetime:
        # The ids of the rows and of the deed that tells them depend on the plan alone.
        return datetime.combine(plan.today - timedelta(days=1), datetime.min.time(), UTC)

    campaign = found_campaign(path, plan.country, early, name=_("Made-up campaign"), random=random)
    with ExitStack() as half_made:
        half_made.callback(remove_file, path)
        with closing(campaign):
            fill_campaign(campaign, DeedKind.DEMO, made_up_campaign(plan, IdMaker(early, random)), progress)
        half_made.pop_all()  # it is whole: it stays
    return open_campaign(path, now)
