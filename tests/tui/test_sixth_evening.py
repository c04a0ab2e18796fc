"""What a sixth evening stumbled over: who rang from which number, esc in between, and where the bar stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from organiser_tui.domain.contacts import HandOver
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.handing_over import hand_over
from organiser_tui.store.requests import open_requests
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.short_answers import ShortAnswer
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.store.building import Builder
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=0)
    yield made
    made.close()


@pytest.mark.parametrize(("standing", "logged"), [(None, True), ("wrong", False)])
async def test_whoever_rings_from_her_second_number_is_logged_on_that_one(
    campaign: Campaign, standing: str | None, *, logged: bool
) -> None:
    """The first of her numbers was on the screen, and was saved as the one that was good."""
    build = Builder(campaign)
    zofka = build.person("Zofka", phone="+38641999888")
    second = build.phone(zofka, "+38668999777", standing=standing)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        await pilot.press("B", *"068999777")
        await wait_for(pilot, lambda: "Zofka Novak" in on_screen(pilot.app.screen), "found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: call.person_id == zofka, "in the call")
        assert ("068 999 777" in on_screen(call)) == logged
        await pilot.press("1")
        await wait_for(pilot, lambda: call.person_id != zofka, "logged")
    (phone,) = campaign.connection.execute("SELECT phone_id FROM contact WHERE person_id = ?", (zofka,)).fetchone()
    assert phone == (second if logged else None)


async def test_esc_while_somebody_rings_goes_back_to_the_call_that_waits(campaign: Campaign) -> None:
    """It ended both; nothing on the screen said so, and she thought the first call was lost."""
    build = Builder(campaign)
    zofka = build.person("Zofka", phone="+38641999888")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        called = call.person_id
        await pilot.press("n", *"the first", "enter", "B", *"041999888")
        await wait_for(pilot, lambda: "Zofka Novak" in on_screen(pilot.app.screen), "found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: call.person_id == zofka, "in the call")
        assert "esc back to the call" in on_screen(call)
        await pilot.press("escape")
        await wait_for(pilot, lambda: call.person_id == called, "the call that waited")
        assert pilot.app.screen is call and call.query_one(CallForm).note == "the first"
        assert "esc stop calling" in on_screen(call)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "the page below")


async def test_the_bar_of_today_stays_on_her_when_a_line_comes_in_above(campaign: Campaign) -> None:
    """It stayed on the third line, where somebody else stood by then, and enter would have called her."""
    build = Builder(campaign)
    people = [build.person(name) for name in ("Zofka", "Yvonne", "Xenia")]
    for n, person in enumerate(people):
        build.follow_up(person, (campaign.today() - timedelta(days=5 - n)).isoformat())
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, TodayPage)
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: "Xenia" in on_screen(page), "what is due")
        await pilot.press("down", "down")
        await wait_for(pilot, lambda: table.cursor == 3, "the third line")
        hand_over(campaign, build.person("Early"), HandOver(campaign.organiser_id or 0, "knows her"))
        campaign.connection.execute("UPDATE person SET handed_on = '2026-01-01' WHERE handed_to IS NOT NULL")
        page.reload()
        await wait_for(pilot, lambda: "Early" in on_screen(page), "one more")
        await wait_for(pilot, lambda: table.cursor == 4, "the bar is on her still")


async def test_her_question_is_noted_where_the_answer_that_was_found_is_none(campaign: Campaign) -> None:
    """From the answer no key led on: esc lost what had been typed."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        called = call.person_id
        await pilot.press("A")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the short answers")
        await pilot.press(*"ali mi grozi", "down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ShortAnswer), "one of them")
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is call, "the call")
        assert call.query_one(CallForm).heard.wants == ("ali mi grozi",)
        await pilot.press("1")
        await wait_for(pilot, lambda: call.person_id != called, "saved")
        assert [one.what for one in open_requests(campaign, called or 0)] == ["ali mi grozi"]
