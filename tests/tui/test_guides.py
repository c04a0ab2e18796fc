"""The guide beside a call, and how a campaign gets its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.guides import guides, save_guide
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for

OWN = "# Evening\n## Begin\nHello {name}, {me} here.\n## End\nGoodbye.\n### Why?\nBecause.\n"


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path)
    yield made
    made.close()


async def test_the_steps_stand_beside_the_call_and_the_whole_is_one_key_away(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        given = campaign.connection.execute("SELECT given FROM person WHERE id = ?", (page.person_id,)).fetchone()[0]
        await wait_for(pilot, lambda: "1/7 Poslušaj" in on_screen(page), "the first step")
        assert f"Pozdravljeni, {given}" in on_screen(page)
        await pilot.press("g", "g")
        await wait_for(pilot, lambda: "3/7 Razloži" in on_screen(page), "the third")
        await pilot.press("G")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WholeText), "the whole guide")
        assert "Poslušaj" in [line.strip() for line in on_screen(pilot.app.screen).splitlines()]  # a line of its own
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        await wait_for(pilot, lambda: "Delam samo deset ur" in on_screen(pilot.app.screen), "the answers")
        await pilot.press("escape", "2")
        await wait_for(pilot, lambda: "1/7 Poslušaj" in on_screen(page), "the first step for the next person")


async def test_a_guide_is_written_out_changed_and_read_in(campaign: Campaign, tmp_path: Path) -> None:
    out, wrong = tmp_path / "out.md", tmp_path / "wrong.md"
    wrong.write_text("# A\n## Listen\nHello {nmae}\n", encoding="utf-8")
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "g", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "where to")
        await pilot.press("ctrl+u", *str(out), "enter")
        await wait_for(pilot, out.exists, "the file")
        assert out.read_text(encoding="utf-8") == guides(campaign)[0].text
        await pilot.press("g", *"read", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which file")
        await pilot.press(*str(wrong), "enter")
        await wait_for(pilot, lambda: "Line 3: {nmae}" in on_screen(pilot.app.screen), "the line and the reason")
        wrong.write_text(OWN, encoding="utf-8")
        await pilot.press("enter")
        await wait_for(pilot, lambda: guides(campaign)[0].name == "Evening", "it is read in")
        await pilot.press("g", "1")
        await wait_for(pilot, lambda: "take it out" in on_screen(pilot.app.screen), "what to do with it")
        await pilot.press("2")
        await wait_for(pilot, lambda: guides(campaign)[0].name != "Evening", "it is taken out")
        await pilot.press("u")
        await wait_for(pilot, lambda: guides(campaign)[0].name == "Evening", "it is back")


async def test_a_list_is_called_by_its_own_guide(campaign: Campaign) -> None:
    save_guide(campaign, OWN)
    listed = make_call_list(campaign, CallListDraft("L", guide="Evening"), first_people(campaign, PeopleQuery(), 9))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
        page = pilot.app.screen
        assert isinstance(page, CallsPage)
        page.start_list(listed)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        await wait_for(pilot, lambda: "1/2 Begin" in on_screen(pilot.app.screen), "its first step")
        assert "Ana here." in on_screen(pilot.app.screen)
    undo_last(campaign)
    undo_last(campaign)
    assert "Evening" not in [guide.name for guide in guides(campaign)]
