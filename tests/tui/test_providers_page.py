"""The Providers page: what its headline counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.people import count_people
from organiser_tui.store.providers import (
    campaign_totals,
    log_provider,
    people_uncounted,
    provider_board,
    provider_card,
)
from organiser_tui.tui.drawing.provider import counted_words, log_lines
from organiser_tui.tui.pages.providers import ProvidersPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=300, contacts=600)
    yield made
    made.close()


async def test_the_headline_says_whom_known_counts_and_where_the_rest_are(campaign: Campaign) -> None:
    """People said 600 and Providers 551, and nothing said where the others were."""
    counts, known = people_uncounted(campaign), campaign_totals(campaign).known
    assert known + sum(counts.values()) == count_people(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        page = pilot.app.screen
        assert isinstance(page, ProvidersPage)

        def headline() -> str:
            return str(page.query_one("#providers-headline", Static).content)

        await wait_for(pilot, lambda: f"known {known} of 300 people" in headline(), "the counts")
        assert f"{counts['neighbouring service']} in neighbouring services" in headline()


def test_what_does_not_fit_is_summed_up() -> None:
    counts = {"left the work": 30, "neighbouring service": 22, "position": 6, "other": 6, "deceased": 1}
    wide = (
        "known 535 of 600 people · 30 left the work, 22 in neighbouring services, 6 in other work, 6 managers or owners"
    )
    assert counted_words(535, counts, 140).plain.startswith(wide)
    narrow = "known 535 of 600 people · 30 left the work, 35 others"
    assert counted_words(535, counts, 60).plain == narrow
    assert counted_words(3, {}, 80).plain == ""


async def test_the_log_of_a_provider_parts_what_happened_from_who_wrote_it(campaign: Campaign) -> None:
    """The lines read “stance: neutralAna” and “(rumour)ukinjajo nočne izmene Ana”."""
    provider = provider_board(campaign)[0].id
    log_provider(campaign, provider, "asked to forward")
    card = provider_card(campaign, provider)
    assert card is not None
    assert log_lines(card, campaign.today(), 90, 1)[0].plain.endswith("asked to forward  Ana")


async def test_the_board_sorted_by_the_last_talk_knows_them_all(campaign: Campaign) -> None:
    """The last talk is looked up for the rows that are seen: of the others it stood nowhere."""
    board = provider_board(campaign)
    latest = max(row.last_conversation for row in board)
    assert max(row.last_conversation for row in board[:1]) < latest
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "s", *"last", "enter")
        table = pilot.app.screen.query_one(RecordTable)
        spoken = {row.id for row in board if row.last_conversation == latest}
        await wait_for(pilot, lambda: table.ids.at(0) in spoken, "the latest first")
