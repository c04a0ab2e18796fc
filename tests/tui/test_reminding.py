"""Today says whom to remind of an event that is near; one key notes it, another lists whom to call."""

from __future__ import annotations

from datetime import timedelta

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft, make_event
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.reminding import reminders_due
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.store.building import Builder
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


async def test_who_said_that_she_comes_is_reminded_from_today(campaign: Campaign) -> None:
    starts = (campaign.today() + timedelta(days=2)).isoformat()
    event = make_event(campaign, EventDraft("workshop", "Evening of cards", f"{starts}T18:00"))
    build = Builder(campaign)
    for person in first_people(campaign, PeopleQuery(), 3):
        ask = build.insert("ask", person_id=person, kind="come", day="2026-11-10", event_id=event)
        build.answer(ask, "yes", "2026-11-11")
    (due,) = reminders_due(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, TodayPage)
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "what is due")
        await pilot.press("G")
        (line,) = [n for n, one in page._lines.items() if one.reminder is not None]
        while table.record_id != line:
            await pilot.press("k")
        await wait_for(pilot, lambda: "Evening of cards" in on_screen(page), "the line")
        assert f"{len(due.people)} who said they come" in on_screen(page)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "whom to call")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "Today again")
        await pilot.press("d")
        await wait_for(pilot, lambda: not reminders_due(campaign), "it is noted")
        await wait_for(pilot, lambda: "reminded" in "".join(said(pilot)), "what was done")
        assert all(one.reminder is None for one in page._lines.values())
        await pilot.press("u")
        await wait_for(pilot, lambda: reminders_due(campaign) == [due], "it is taken back")
