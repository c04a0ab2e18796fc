"""The people of a call list, seen without calling them, by keys alone."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.queue import hold_person
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.list_people import ListPeoplePage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, last_contact
from tests.tui.waiting import on_screen, wait_for


async def people_of(pilot: Pilot[Any], list_id: int) -> tuple[CallsPage, ListPeoplePage]:
    """The page of call lists with the bar on one of them, and who is on it."""
    await pilot.press("2")
    page = pilot.app.screen
    assert isinstance(page, CallsPage)
    page.open_record(list_id)
    await pilot.press("p")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ListPeoplePage), "its people")
    listed = pilot.app.screen
    assert isinstance(listed, ListPeoplePage)
    return page, listed


async def test_who_is_on_a_list_is_seen_without_calling_anybody(campaign: Campaign) -> None:
    """The only way to see who was on a list was to start calling it."""
    people = first_people(campaign, PeopleQuery(), 6)
    made = make_call_list(campaign, CallListDraft("Koroška"), people)
    make_call_list(campaign, CallListDraft("Koroška, again"), first_people(campaign, PeopleQuery(), 40))
    done, barred = people[:2]
    log_contact(campaign, ContactDraft(done, "talked", list_id=made))
    log_contact(campaign, ContactDraft(barred, "do not contact"))
    before = contacts(campaign)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page, listed = await people_of(pilot, made)
        await wait_for(pilot, lambda: listed.table.ids.complete, "all are read")
        assert sorted(listed.table.ids.between(0, 99)) == sorted(people)
        await pilot.pause()
        screen = on_screen(listed)
        assert "list:Koroška" in screen
        assert "done" in screen
        assert "do not contact" in screen
        assert "yes · " in screen
        await pilot.press("slash", *"zzzz", "escape", "escape", "escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the lists")
        assert page.query_one(RecordTable).record_id == made
    assert contacts(campaign) == before
    assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)


async def test_a_call_from_the_people_of_a_list_is_for_that_list(campaign: Campaign) -> None:
    people = first_people(campaign, PeopleQuery(), 6)
    made = make_call_list(campaign, CallListDraft("Koroška"), people)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        _page, listed = await people_of(pilot, made)
        await wait_for(pilot, lambda: listed.person_id is not None, "somebody")
        called = listed.person_id
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        await pilot.press("2")
        await wait_for(pilot, lambda: last_contact(campaign)[:2] == (called, "no answer"), "it is saved")
    assert campaign.connection.execute("SELECT list_id FROM contact ORDER BY id DESC").fetchone() == (made,)


async def test_a_list_shows_its_own_people_and_not_those_of_one_called_the_same(campaign: Campaign) -> None:
    """The people of “Evening” stood among those of “evening”, without a turn."""
    people = first_people(campaign, PeopleQuery(), 6)
    first = make_call_list(campaign, CallListDraft("Evening"), people[:3])
    make_call_list(campaign, CallListDraft("evening"), people[3:])
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        _page, listed = await people_of(pilot, first)
        await wait_for(pilot, lambda: listed.table.ids.complete, "all are read")
        assert sorted(listed.table.ids.between(0, 99)) == sorted(people[:3])
        await wait_for(pilot, lambda: "list:Evening" in on_screen(listed), "which list")


async def test_it_stands_there_with_whom_somebody_is_in_a_call(campaign: Campaign) -> None:
    """“claimed until 18:30” named nobody whom one could ask."""
    people = first_people(campaign, PeopleQuery(), 3)
    made = make_call_list(campaign, CallListDraft("Three"), people)
    other = open_campaign(campaign.path, campaign.now)
    choose_organiser(other, "Maja")
    hold_person(other, None, people[0])
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        _page, listed = await people_of(pilot, made)
        await wait_for(pilot, lambda: "in a call with Maja" in on_screen(listed), "who has her")
    other.close()
