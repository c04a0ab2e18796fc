"""Short answers by keys: read from a file on page 8, searched in a call, written out again, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.short_answers import own_short_answers, short_answers
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.pages.campaign import CampaignPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=0)
    yield made
    made.close()


async def test_short_answers_are_read_in_searched_in_a_call_and_changed(campaign: Campaign, tmp_path: Path) -> None:
    file = tmp_path / "answers.md"
    file.write_text("## Is travel paid?\nBetween two users it is work time.\n## Holidays?\nFour weeks.\n")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        await pilot.press("A", *"grozi")
        await wait_for(pilot, lambda: "vzel ure" in on_screen(pilot.app.screen), "one that comes with the program")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is call, "the call")
        await pilot.press("escape", "8")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "Campaign")
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "what to do")
        assert "4 that come with the program" in on_screen(pilot.app.screen)
        await pilot.press("2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which file")
        await pilot.press(*str(file), "enter")
        await wait_for(pilot, lambda: len(short_answers(campaign)) == 2, "two answers")
        call = await in_call(pilot)
        await pilot.press("A", *"users")
        await wait_for(pilot, lambda: "Is travel paid?" in on_screen(pilot.app.screen), "found by its text")
        assert "Holidays?" not in on_screen(pilot.app.screen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WholeText), "the answer")
        assert "it is work time" in on_screen(pilot.app.screen)
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is call, "the call")
    file.write_text("## Is travel paid?\nYes, since 2026.\n")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "what to do")
        await pilot.press("2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which file")
        await pilot.press(*str(file), "enter")
        await wait_for(pilot, lambda: len(short_answers(campaign)) == 1, "the other is taken out")
    assert [answer.text for answer in short_answers(campaign)] == ["Yes, since 2026."]
    undo_last(campaign)
    assert {answer.heading for answer in short_answers(campaign)} == {"Is travel paid?", "Holidays?"}
    assert faults_of(campaign) == []


async def test_a_file_with_a_mistake_is_told_by_its_line_and_nothing_is_read(
    campaign: Campaign, tmp_path: Path
) -> None:
    file = tmp_path / "answers.md"
    file.write_text("## Is travel paid?\n")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "what to do")
        await pilot.press("2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which file")
        await pilot.press(*str(file), "enter")
        await wait_for(pilot, lambda: "Line 1: nothing is answered" in on_screen(pilot.app.screen), "the mistake")
    assert own_short_answers(campaign) == []


async def test_what_no_short_answer_fits_is_noted_as_what_she_wants_to_know(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        await pilot.press("A", *"ali me bodo grozili z odpovedjo")
        await wait_for(pilot, lambda: "Izvajalec grozi" in on_screen(pilot.app.screen), "one that has to do with it")
        await pilot.press("end", *"?")
        await pilot.press("enter")  # an answer that shares some words is not taken for hers
        await wait_for(pilot, lambda: bool(call.query_one(CallForm).heard.wants), "noted")
        assert call.query_one(CallForm).heard.wants == ("ali me bodo grozili z odpovedjo?",)
        assert "wants to know ali me bodo" in on_screen(call)
