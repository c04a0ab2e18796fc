"""What is taken back in a call, and what is noted meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import sitting
from organiser_tui.store.call_drafts import CallDraft
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.queue import hold_person
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.store.building import Builder
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import in_call, next_person
from tests.tui.test_left_calls import campaign as campaign
from tests.tui.waiting import on_screen, said, wait_for


async def second_call(pilot: Pilot[Any]) -> tuple[InCallPage, int | None, int]:
    """The page in its second call, whom nobody answered at in the first one, and who is in the second."""
    page = await in_call(pilot)
    first = page.person_id
    await pilot.press("2")
    return page, first, await next_person(pilot, page, first)


async def test_what_was_noted_of_the_next_one_waits_while_the_last_outcome_is_taken_back(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page, first, second = await second_call(pilot)
        await pilot.press("n", *"hm", "enter", "u")
        assert await next_person(pilot, page, second) == first
        assert not page.query_one(CallForm).touched
        await pilot.press("6")
        assert await next_person(pilot, page, first) == second
        assert page.query_one(CallForm).note == "hm"


async def test_what_was_taken_back_is_not_told_as_what_came_of_the_calls(campaign: Campaign) -> None:
    """Of two calls the second was taken back, and on leaving it stood there as the one that was made."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page, _first, second = await second_call(pilot)
        await pilot.press("6")
        await next_person(pilot, page, second)
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == second, "she again")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "the page below")
        assert said(pilot) == ["1 call"]


async def test_undo_takes_nothing_back_where_what_is_noted_cannot_be_kept(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was cleared all the same, and what stood on it was gone."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page, first, second = await second_call(pilot)

        def refused(_campaign: Campaign, _kept: CallDraft, **_how: bool) -> None:
            raise OrganiserError("The disk is full.")

        monkeypatch.setattr(sitting, "keep_draft", refused)
        await pilot.press("n", *"important", "enter", "u")
        await wait_for(pilot, lambda: "The disk is full." in on_screen(page), "why")
        assert (page.person_id, page.query_one(CallForm).note) == (second, "important")
        sql = "SELECT outcome, voided_by FROM contact WHERE person_id = ? ORDER BY id DESC"
        assert tuple(campaign.connection.execute(sql, (first,)).fetchone()) == ("no answer", None)


async def test_what_is_noted_is_there_again_where_the_last_one_cannot_be_taken_back(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page, first, second = await second_call(pilot)
        other = open_campaign(campaign.path, campaign.now)
        hold_person(other, None, first or 0)
        await pilot.press("n", *"important", "enter", "u")
        await wait_for(pilot, lambda: "in another window" in on_screen(page), "why")
        assert (page.person_id, page.query_one(CallForm).note) == (second, "important")
        other.close()


async def test_what_was_noted_on_her_second_number_is_there_when_the_wrong_one_is_taken_back(
    campaign: Campaign,
) -> None:
    """It was overwritten by what had stood on the form at the first number, and went."""
    person = campaign.connection.execute(
        "SELECT f.person_id FROM person_figures f WHERE f.blocked = '' AND f.next_due = '~'"
        " AND NOT EXISTS (SELECT 1 FROM safe_channel s WHERE s.person_id = f.person_id) LIMIT 1"
    ).fetchone()
    assert person is not None
    sql = "INSERT INTO phone (id, person_id, e164, written, position) VALUES (?, ?, '+38641000999', '041000999', 9)"
    campaign.connection.execute(sql, (campaign.ids.one(), person[0]))
    everybody = [row for (row,) in campaign.connection.execute("SELECT person_id FROM person_figures")]
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, Builder(campaign).call_list(*everybody), first=person[0])
        app.push_screen(page)
        await wait_for(pilot, lambda: page.person_id == person[0], "she")
        await pilot.press("n", *"hm", "enter", "7")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which number")
        await pilot.press("enter")
        await wait_for(pilot, lambda: page.person_id == person[0] and not page.query_one(CallForm).touched, "the other")
        await pilot.press("n", *"says hello", "enter", "greater_than_sign")
        await next_person(pilot, page, person[0])
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == person[0], "she again")
        assert page.query_one(CallForm).note == "hm; says hello"


async def test_whoever_was_chosen_by_hand_comes_before_a_call_that_was_left_with_another(campaign: Campaign) -> None:
    """“A call with … was not ended” stood in the way, and going on with it led to another than was chosen."""
    (barred,) = campaign.connection.execute(
        "SELECT person_id FROM person_figures WHERE do_not_contact = 'call' OR do_not_contact = 'all' LIMIT 1"
    ).fetchone()
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        left = page.person_id
        await pilot.press("n", *"tired", "enter", "escape")
        await wait_for(pilot, lambda: isinstance(app.screen, TodayPage), "the page below")
        app.push_screen(InCallPage(campaign, None, first=barred))
        await wait_for(pilot, lambda: isinstance(app.screen, Confirm), "the question")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(app.screen, TodayPage), "the page below")
        page = InCallPage(campaign, None, first=left)
        app.push_screen(page)
        await wait_for(pilot, lambda: isinstance(app.screen, Choose), "what becomes of the call that was left")
        await pilot.press("enter")
        await wait_for(pilot, lambda: page.person_id == left and app.screen is page, "she")
        await pilot.press("1")
        await wait_for(pilot, lambda: isinstance(app.screen, TodayPage), "it was that one call")
