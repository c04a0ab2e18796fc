"""On the page of an event: what a guest needs, and the agenda, by a key each."""

from __future__ import annotations

from organiser_tui.domain.needs import GuestNeed, Need
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import events_to_come
from organiser_tui.store.needs import agenda_of, needs_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, wait_for


async def test_needs_and_agenda_are_kept_and_stand_on_the_page(campaign: Campaign) -> None:
    event = next(row.id for row in events_to_come(campaign) if row.invited)
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        await pilot.app.push_screen(EventPage(campaign, event))
        page = pilot.app.screen
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: table.record_id, "the guests")
        person = table.record_id
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "what she needs")
        await pilot.press(*"lunch", "enter")
        await wait_for(pilot, lambda: "“lunch” is no need" in on_screen(pilot.app.screen), "why not")
        await pilot.press("ctrl+u", *"ri: from Kranj", "enter")
        await wait_for(pilot, lambda: needs_of(campaign, event), "it is kept")
        assert needs_of(campaign, event) == {person: (GuestNeed(Need.RIDE, "from Kranj"),)}
        await wait_for(pilot, lambda: "ride: from Kranj" in on_screen(page), "it stands beside her")
        assert "needs: 1 ride" in on_screen(page)
        await pilot.press("A")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "the agenda")
        await pilot.press(*"pay", "enter")
        await wait_for(pilot, lambda: agenda_of(campaign, event) == "pay", "it is kept")
        await wait_for(pilot, lambda: "agenda: pay" in on_screen(page), "it stands on the page")
        await pilot.press("u")
        await wait_for(pilot, lambda: agenda_of(campaign, event) == "", "it is taken back")
