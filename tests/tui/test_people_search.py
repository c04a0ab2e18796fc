"""What a search costs, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path

from tests.tui.campaigns import demo_campaign
from tests.tui.test_people_page import entered, people_page, read
from tests.tui.waiting import on_screen, wait_for


async def test_a_search_that_is_taken_away_reads_nobody_again(tmp_path: Path) -> None:
    """Everybody was read once more in a thread, and the page one went to next waited for it."""
    campaign = demo_campaign(tmp_path, people=300, contacts=600)
    async with people_page(campaign) as (pilot, page):
        everybody = page.table.ids
        await pilot.press("/", *"nov", "escape", "escape")
        await wait_for(pilot, lambda: page.table.ids is everybody, "everybody")
        assert "300 people" in on_screen(page)
        entered(campaign, "Ana", "Aabe")
        await pilot.press("/", *"nov", "escape", "escape")
        await read(pilot, page)
        assert page.table.ids is not everybody and page.table.ids.total == 301
    campaign.close()
