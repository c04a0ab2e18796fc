"""From what people named to a demand, its backers and its answer; what a meeting agreed: worked with keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.widgets import Input

from organiser_tui.domain.demands import DemandDraft
from organiser_tui.store.agreed import actions_of
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.demands import backers_of, demand_row, demands, likely_backers, make_demand, not_told
from organiser_tui.store.events import events_over, guests_of
from organiser_tui.store.issues_heard import HeardBy, IssueHeard, issues_heard
from organiser_tui.tui.dialogs.agreed import AgreedForm
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.pages.agreed import AgreedPage
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.demand import DemandPage
from organiser_tui.tui.pages.demands import DemandsPage
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.pages.list_people import ListPeoplePage
from organiser_tui.tui.pages.workshops import WorkshopsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign, empty_campaign
from tests.tui.waiting import on_screen, said, said_under, wait_for


def bar_on(page: DemandsPage, wanted: IssueHeard) -> None:
    """Put the bar on an issue."""
    table = page.query_one(RecordTable)
    place = next(place for place, line in page._lines.items() if line == wanted)
    table.move_to(table.ids.row_of(place) or 0)


def _stands(page: DemandsPage, counted: list[IssueHeard], by: str) -> bool:
    """Whether the page shows what was counted."""
    return page._heard == counted and f"by {by}" in on_screen(page)


async def test_a_demand_from_what_was_named_to_who_is_to_be_told(tmp_path: Path) -> None:
    campaign = demo_campaign(tmp_path, people=200, contacts=700)
    held = {row.id for row in demands(campaign)}
    first = next(row for row in issues_heard(campaign, "provider") if row.where and row.people > 3)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WorkshopsPage), "the events")
        await pilot.press("D")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DemandsPage), "the demands")
        page = pilot.app.screen
        assert isinstance(page, DemandsPage)
        await wait_for(pilot, lambda: first in page._lines.values(), "what was named")
        bar_on(page, first)
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "what is demanded")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "needs words" in on_screen(pilot.app.screen), "a demand about nothing")
        await pilot.press(*"paid", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DemandPage), "its page")
        (made,) = [row for row in demands(campaign) if row.id not in held]
        assert (made.what, made.issue, made.provider) == ("paid", first.issue, first.where)
        proposed = likely_backers(campaign, made.id)
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total > len(proposed), "who named it")
        await pilot.press("space", "space", "space", "a")
        await wait_for(pilot, lambda: len(backers_of(campaign, made.id)) == 3, "they back it")
        await wait_for(pilot, lambda: table.record_id is not None, "the list again")
        table.move_to(1)
        told = table.record_id
        await pilot.press("t")
        await wait_for(pilot, lambda: len(not_told(campaign, made.id)) == 2, "one was told")
        assert told not in not_told(campaign, made.id)
        await pilot.press("l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
    assert next(row for row in call_lists(campaign) if row.name == "to be told: paid").targets == 2


async def test_a_demand_that_is_taken_back_leads_back_to_the_others(campaign: Campaign) -> None:
    held = demands(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = DemandsPage(campaign)
        await pilot.app.push_screen(page)
        await wait_for(pilot, lambda: page._heard, "what was named")
        bar_on(page, (page._heard or [])[0])
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "what is demanded")
        await pilot.press(*"paid", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DemandPage), "its page")
        assert len(demands(campaign)) == len(held) + 1
        await pilot.press("u")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the demands")
    assert demands(campaign) == held


async def test_a_demand_is_put_and_won_by_keys(campaign: Campaign) -> None:
    made = make_demand(campaign, DemandDraft("paid travel"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DemandPage(campaign, made))
        await pilot.press("w")
        await wait_for(pilot, lambda: "put to nobody yet" in "".join(said(pilot)), "why there is no answer")
        await pilot.press("p")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "to whom")
        await pilot.press(*"boss", "enter")
        await wait_for(pilot, lambda: "a comma, and when" in on_screen(pilot.app.screen), "the day is lacking")
        await pilot.press(*", -3d", "enter")
        await wait_for(pilot, lambda: demand_row(campaign, made).put_on == "2026-11-18", "it is put")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DemandPage), "its page")
        await pilot.press("w")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "what came of it")
        await pilot.press("2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "when")
        await pilot.press("enter")
        await wait_for(pilot, lambda: demand_row(campaign, made).answer == "won", "it is won")
        row = demand_row(campaign, made)
        assert (row.put_to, row.answered_on) == ("boss", "2026-11-21")
        await wait_for(pilot, lambda: "won" in on_screen(pilot.app.screen), "it stands there")


async def test_the_issues_are_counted_otherwise_by_one_key_and_lead_to_who_named_them(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = DemandsPage(campaign)
        await pilot.app.push_screen(page)
        sides: tuple[HeardBy, ...] = ("region", "month", "provider")
        for by in sides:
            await pilot.press("b")
            counted = issues_heard(campaign, by)
            await wait_for(pilot, partial(_stands, page, counted, by), by)
        wanted = next(row for row in page._heard or () if row.where)
        bar_on(page, wanted)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ListPeoplePage), "who named it")
        people = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: people.ids.total == wanted.people, "as many as were counted")


async def test_a_campaign_without_issues_says_what_the_page_is_for(tmp_path: Path) -> None:
    campaign = empty_campaign(tmp_path)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DemandsPage(campaign))
        await wait_for(pilot, lambda: "Nobody has named an issue yet" in on_screen(pilot.app.screen), "what fills it")


async def test_what_a_meeting_agreed_is_noted_with_who_does_it(campaign: Campaign) -> None:
    event = next(row for row in events_over(campaign) if row.came)
    owner = next(guest for guest in guests_of(campaign, event.id) if guest.came)
    held = {action.id for action in actions_of(campaign, event.id)}
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(EventPage(campaign, event.id))
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AgreedPage), "what was agreed")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AgreedForm), "the form")
        form = pilot.app.screen
        await pilot.press("2", "enter", *"lend a car", "ctrl+s")
        await wait_for(pilot, lambda: "Who takes it on?" in said_under(form, "agreed-who"), "an owner is lacking")
        form.query_one("#agreed-who-text", Input).value = owner.name
        form.query_one("#agreed-due-text", Input).value = "+7d"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AgreedPage), "the list")
        (made,) = [action for action in actions_of(campaign, event.id) if action.id not in held]
        assert (made.kind, made.what, made.owner_id) == ("mutual aid", "lend a car", owner.id)
        assert made.due == "2026-11-28"
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.row_of(made.id) is not None, "its line")
        table.move_to(table.ids.row_of(made.id) or 0)
        await pilot.press("d")
        await wait_for(
            pilot,
            lambda: {one.id: one.done_on for one in actions_of(campaign, event.id)}[made.id] == "2026-11-21",
            "it is done",
        )
