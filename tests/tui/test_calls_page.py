"""The call lists themselves by keys alone: paused, closed, changed, copied and filled up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.call_lists import (
    CallListRow,
    call_list,
    call_lists,
    change_call_list,
    make_call_list,
    target_states,
)
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.organisers import organisers
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.tui.dialogs.change_list import ChangeList
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.queue_order import QueueOrder
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, said, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=100)
    yield made
    made.close()


@pytest.fixture
def listed(campaign: Campaign) -> int:
    """A list of five."""
    return make_call_list(campaign, CallListDraft("Evening"), first_people(campaign, PeopleQuery(), 5))


def row(campaign: Campaign, list_id: int) -> CallListRow:
    found = call_list(campaign, list_id)
    assert found is not None
    return found


async def lists(pilot: Pilot[Any], list_id: int) -> CallsPage:
    """The page of call lists with the bar on one of them."""
    await pilot.press("2")
    page = pilot.app.screen
    assert isinstance(page, CallsPage)
    page.open_record(list_id)
    return page


async def test_a_list_that_is_paused_serves_nobody_and_says_so(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, listed)
        await pilot.press("z")
        assert row(campaign, listed).state == "paused"
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        await wait_for(pilot, lambda: "This list is paused." in on_screen(pilot.app.screen), "why nobody comes")
        assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the lists")
        await pilot.press("z", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        call = pilot.app.screen
        assert isinstance(call, InCallPage)
        assert call.person_id is not None


async def test_a_list_that_is_closed_is_opened_by_the_same_key(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, listed)
        for state in ("closed", "open"):
            await pilot.press("d")
            assert row(campaign, listed).state == state
            assert page.query_one(RecordTable).record_id == listed  # it stands elsewhere now, and the bar with it
        await pilot.press("d", "u")
        assert row(campaign, listed).state == "open"


async def test_days_and_hours_are_typed_as_people_say_them(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, listed)
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChangeList), "the form")
        await pilot.press("down", *"workshop", "down", "down", "down", "right", "down", *"mon", "down", *"24.12.")
        await pilot.press("down", *"17", "down", *"20:30", "down", "3", "down", "down", *"Ana", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "it is saved")
        held = row(campaign, listed)
        # The days to come: they were read as the Monday and the Christmas that are over.
        assert (held.draft.opens_on, held.draft.closes_on) == ("2026-11-23", "2026-12-24")
        assert (held.draft.purpose, held.draft.hours_from, held.draft.hours_until) == ("workshop", "17:00", "20:30")
        ana = next(organiser.id for organiser in organisers(campaign) if organiser.name == "Ana")
        assert (held.draft.goal, held.draft.cooldown_days, held.draft.callers) == ("learned", 3, (ana,))
        assert "not today" in on_screen(pilot.app.screen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "This list begins on" in on_screen(pilot.app.screen), "why nobody comes")


async def test_what_is_wrong_with_a_list_stands_at_its_line_and_nothing_is_lost(
    campaign: Campaign, listed: int
) -> None:
    before = row(campaign, listed)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, listed)
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChangeList), "the form")
        await pilot.press("down", "down", *"shoe:7", "down", "right", "down", "down", *"never", "ctrl+s")
        await wait_for(pilot, lambda: "2 lines are not right yet." in on_screen(pilot.app.screen), "the refusal")
        assert "“never” is no date" in on_screen(pilot.app.screen)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChangeList), "the form again")
        assert "shoe:7" in on_screen(pilot.app.screen)
    assert row(campaign, listed) == before


async def test_a_list_is_copied_in_two_keys(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, listed)
        await pilot.press("y", "enter")
        await wait_for(pilot, lambda: any(held.name == "Evening 2" for held in call_lists(campaign)), "the copy")
        made = next(held for held in call_lists(campaign) if held.name == "Evening 2")
        await wait_for(pilot, lambda: page.query_one(RecordTable).record_id == made.id, "the bar on it")
        assert (made.targets, made.done) == (5, 0)


async def test_a_list_takes_in_who_fits_before_it_is_called_through(campaign: Campaign) -> None:
    two = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Signed", filter_text="work:assistant"), two)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, made)
        await pilot.press("r")
        await wait_for(pilot, lambda: "Put 58 more people on Signed?" in on_screen(pilot.app.screen), "how many")
        await pilot.press("y")
        await wait_for(pilot, lambda: row(campaign, made).targets == 60, "more people")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
        await pilot.press("r")
        await wait_for(pilot, lambda: any("Nobody else fits" in sentence for sentence in said(pilot)), "no more")
        await pilot.press("u")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question: it is many")
        assert "Take back: call list filled up, Signed?" in on_screen(pilot.app.screen)
        await pilot.press("y")
        await wait_for(pilot, lambda: row(campaign, made).targets == 2, "the two of before")
        held = row(campaign, made).draft
        change_call_list(campaign, made, replace(held, refills=True), held)
        page.reload()
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        call = pilot.app.screen
        await wait_for(pilot, lambda: isinstance(call, InCallPage) and call.person_id is not None, "somebody")
        assert row(campaign, made).targets == 2  # whom she took off again does not come back by itself


async def test_everyone_is_no_list_to_pause_or_change(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, listed)
        await pilot.press("end")
        for key in "zedyr":
            pilot.app.clear_notifications()
            await pilot.press(key)
            await wait_for(pilot, lambda: said(pilot), "why")
            assert "no list of its own" in said(pilot)[0]
        await pilot.press("z", "e")
        await pilot.pause()
        assert len(said(pilot)) == 1  # however often it is said
    assert row(campaign, listed).state == "open"


async def test_a_list_without_a_filter_takes_in_nobody_and_says_why(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, listed)
        await pilot.press("r")
        await wait_for(pilot, lambda: any("has no filter" in sentence for sentence in said(pilot)), "why")


async def test_a_paused_list_with_a_long_name_is_seen_to_be_paused(campaign: Campaign) -> None:
    """The name took the whole column: it looked like a list to be called through."""
    two = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Pomurje, Podravje in Koroška, vsi še neodločeni"), two)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, made)
        await pilot.press("z")
        await wait_for(pilot, lambda: "Pomurje" in on_screen(page), "the list")
        (line,) = (line for line in on_screen(page).splitlines() if line.startswith("▌"))
        assert "…  paused" in line


async def test_a_list_that_is_paused_takes_in_nobody(campaign: Campaign) -> None:
    two = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Signed", filter_text="work:assistant", refills=True), two)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, made)
        await pilot.press("z", "enter")
        await wait_for(pilot, lambda: "This list is paused." in on_screen(pilot.app.screen), "why nobody comes")
    assert row(campaign, made).targets == 2


@pytest.mark.parametrize("typed", ["[/b]", "+", "12", "·····"])
async def test_signs_and_two_letters_are_nobody_who_rings(campaign: Campaign, listed: int, typed: str) -> None:
    """“[/b]” and enter opened a call with the first person whose name has a word with b."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, listed)
        await pilot.press("b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
        await pilot.press(*typed, "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Choose)
        assert "Three letters or digits" in on_screen(pilot.app.screen)


async def test_another_filter_asks_who_is_on_the_list_now(campaign: Campaign) -> None:
    """A changed filter left everybody on the list in silence; one with a slip of the pen took in hundreds."""
    two = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Two"), two)
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.insert("tag", person_id=two[0], tag="night")
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await lists(pilot, made)
        await pilot.press("e", "down", "down", *"tag:night", "ctrl+s")
        await wait_for(pilot, lambda: "Who is on the list now?" in on_screen(pilot.app.screen), "the question")
        asked = on_screen(pilot.app.screen)
        assert "take off the 1 who does not fit  1 to call then" in asked and "put on it" not in asked
        await pilot.press("2")
        await wait_for(pilot, lambda: row(campaign, made).targets == 1, "one of them")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
        assert target_states(campaign, made, two) == {two[0]: "open"}
        await pilot.press("u")
        await wait_for(pilot, lambda: row(campaign, made).targets == 2, "both again")
        assert row(campaign, made).draft.filter_text == ""


async def test_the_order_of_who_is_next_is_changed_on_the_page(campaign: Campaign, listed: int) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await lists(pilot, listed)
        await pilot.press("o")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, QueueOrder), "the rules")
        await pilot.press("j", "j", "j", "j", "K", "K", "K", "j", "j", "space", "space", "j", "space", "space", "k")
        await pilot.press("space", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the page again")
        assert campaign.queue_order == (1, 5, 2, 4, 6)
        assert "2 undecided" in on_screen(page)
        await pilot.press("u")
        await wait_for(pilot, lambda: campaign.queue_order == (1, 2, 3, 4, 5, 6), "the usual order")
        await pilot.press("o")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, QueueOrder), "the rules")
        await pilot.press("space")
        await wait_for(pilot, lambda: any("always served" in sentence for sentence in said(pilot)), "the refusal")


async def test_calling_in_a_campaign_open_for_reading_says_so_and_blames_no_list(
    campaign: Campaign, listed: int
) -> None:
    campaign.read_only = True
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await lists(pilot, listed)
        assert "read only · not encrypted" in on_screen(pilot.app.screen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "open for reading only" in on_screen(pilot.app.screen), "the reason")
        assert "Nobody can be called now" not in on_screen(pilot.app.screen)


async def test_a_list_that_others_call_names_them_and_serves_nobody(campaign: Campaign, listed: int) -> None:
    other = next(one for one in organisers(campaign) if one.id != campaign.organiser_id)
    held = row(campaign, listed).draft
    change_call_list(campaign, listed, replace(held, callers=(other.id,)), held)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await lists(pilot, listed)
        await pilot.press("enter")
        said = f"This list is called by {other.name}."
        await wait_for(pilot, lambda: said in on_screen(pilot.app.screen), "by whom")


async def test_the_only_guide_that_goes_on_like_that_is_taken_by_enter(campaign: Campaign, listed: int) -> None:
    """With the one suggestion under it, enter went on and left “ensi”, of which ctrl+s said that there is none."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await lists(pilot, listed)
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChangeList), "the form")
        pilot.app.screen.query_one("#list-guide-text", Input).focus()
        await pilot.press(*"ensi", "enter", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "it is saved")
    assert row(campaign, listed).draft.guide == "Ensimmäinen keskustelu"
