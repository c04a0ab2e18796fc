"""Inviting by a filter: it is counted and asked before anybody is, and no provider fills the room."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft, cancel_event, event_row, guests_of, make_event
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.filter import FilterDialog
from organiser_tui.tui.pages.event import EventPage
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


def to_come(campaign: Campaign) -> int:
    day = (campaign.today() + timedelta(days=9)).isoformat()
    return make_event(campaign, EventDraft("workshop", "Evening", f"{day}T18:00"))


async def test_a_filter_is_counted_and_asked_and_two_of_each_provider_are_invited(campaign: Campaign) -> None:
    event = to_come(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(EventPage(campaign, event))
        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FilterDialog), "whom")
        await pilot.press(*"rating<=3", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "how many")
        shown = on_screen(pilot.app.screen)
        assert "people can be invited" in shown and "at most 2 of each provider" in shown
        assert event_row(campaign, event).invited == 0, "it is asked first"
        await pilot.press("2")
        await wait_for(pilot, lambda: event_row(campaign, event).invited, "they are invited")
        await wait_for(pilot, lambda: "people are invited" in "".join(said(pilot)), "how many")
        providers = Counter(guest.provider for guest in guests_of(campaign, event) if guest.provider)
        assert max(providers.values()) == 2
        await pilot.press("u")
        await wait_for(pilot, lambda: event_row(campaign, event).invited == 0, "it is taken back")


async def test_to_what_was_called_off_nobody_is_asked_whom_to_invite(campaign: Campaign) -> None:
    event = to_come(campaign)
    cancel_event(campaign, event)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(EventPage(campaign, event))
        await pilot.press("i")
        await wait_for(pilot, lambda: "was called off" in "".join(said(pilot)), "why not")
        assert isinstance(pilot.app.screen, EventPage)
