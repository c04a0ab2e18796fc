"""Who is working, and which languages she speaks: whoever needs another language waits for her."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from organiser_tui.store.calling import queue_standing
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.organisers import organisers, rename_organiser
from organiser_tui.tui.app import OrganiserApp
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.pages.campaign import CampaignPage
from tests.store.building import Builder
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    yield made
    made.close()


async def choose_who(pilot: Pilot[Any], *keys: str) -> None:
    """From the Campaign page: who is working, answered by `keys` and enter."""
    await pilot.press("8")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "Campaign")
    await pilot.press("w")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who is working")
    await pilot.press(*keys, "enter")


def spoken(campaign: Campaign) -> dict[str, str]:
    """The languages of every organiser."""
    return {organiser.name: organiser.languages for organiser in organisers(campaign)}


async def test_whoever_says_that_she_speaks_english_gets_who_waits_for_it(campaign: Campaign) -> None:
    Builder(campaign).person("Joan", call_language="en")
    assert queue_standing(campaign, None).blocked == {"needs organiser": 1}
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await choose_who(pilot, *"languages")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which languages")
        await pilot.press(*"Slovenščina, en", "enter")
        await wait_for(pilot, lambda: spoken(campaign) == {"Ana": "sl en"}, "what she speaks")
    assert queue_standing(campaign, None).ready == 1


@pytest.mark.parametrize(("keys", "kept"), [([*"de sl", "enter"], "de sl"), (["enter"], "")])
async def test_someone_new_may_say_what_she_speaks(campaign: Campaign, keys: list[str], kept: str) -> None:
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_who(pilot, *"Cene")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which languages")
        await pilot.press(*keys)
        await wait_for(pilot, lambda: app.organiser == "Cene", "Cene at work")
    assert spoken(campaign) == {"Ana": "", "Cene": kept}


async def test_who_is_known_is_not_asked_again(campaign: Campaign) -> None:
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_who(pilot, *"ana")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "the page")
    assert spoken(campaign) == {"Ana": ""}


async def test_escape_at_the_languages_of_a_new_name_makes_nobody(campaign: Campaign) -> None:
    """The row said “esc cancel”, and she was made all the same."""
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose_who(pilot, *"Cene")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which languages")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "the page")
    assert (app.organiser, spoken(campaign)) == ("Ana", {"Ana": ""})


async def test_a_name_that_was_taken_back_stands_on_no_page_any_more(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, OrganiserApp) and campaign.organiser_id is not None
        app.organiser = rename_organiser(campaign, campaign.organiser_id, "Anica")
        await pilot.press("8")
        await wait_for(pilot, lambda: "Anica" in on_screen(app.screen), "the new name")
        await pilot.press("u")
        await wait_for(pilot, lambda: app.organiser == "Ana" and "Anica" not in on_screen(app.screen), "the old one")
