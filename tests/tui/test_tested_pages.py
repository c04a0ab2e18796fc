"""What a test has shown, by keys: an event by provider and region, and who acted otherwise than she was rated."""

from __future__ import annotations

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import events_over
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.tested import people_beside_ratings, shown_by_event
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.pages.event_test import EventTestPage
from organiser_tui.tui.pages.ratings import RatingsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


async def test_an_event_is_seen_by_provider_and_by_region(campaign: Campaign) -> None:
    held = next(row for row in events_over(campaign) if row.came)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(EventPage(campaign, held.id))
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EventPage), "the event")
        await pilot.press("b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EventTestPage), "the test")
        providers, regions = (shown_by_event(campaign, held.id, by_region=region) for region in (False, True))
        await wait_for(pilot, lambda: providers[0].where[:18] in on_screen(pilot.app.screen), "the providers")
        assert sum(row.came for row in providers) == held.came == sum(row.came for row in regions)
        await pilot.press("b")
        await wait_for(pilot, lambda: regions[0].where[:18] in on_screen(pilot.app.screen), "the regions")


async def test_each_sees_her_own_ratings_and_the_lead_everybodys(campaign: Campaign) -> None:
    surprising = [one for one in people_beside_ratings(campaign, None) if one.did.surprising]
    assert surprising, "the made-up campaign shows it"
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "o", "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, RatingsPage), "the ratings")
        await wait_for(pilot, lambda: "Your own ratings" in on_screen(pilot.app.screen), "her own")
        await pilot.press("o")
        await wait_for(pilot, lambda: "Everybody's ratings" in on_screen(pilot.app.screen), "everybody's")
        assert set(pilot.app.screen.query_one(RecordTable).ids.between(0, 2)) & {one.id for one in surprising}


async def test_whoever_does_not_lead_is_told_so(campaign: Campaign) -> None:
    choose_organiser(campaign, "Špela")
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("6", "o", "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, RatingsPage), "the ratings")
        await pilot.press("o")
        await wait_for(pilot, lambda: any("whoever leads" in one for one in said(pilot)), "why not")
