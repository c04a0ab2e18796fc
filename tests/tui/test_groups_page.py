"""Groups by keys: one is made, takes in members, and meets in its rhythm, led by whose turn it is."""

from __future__ import annotations

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_row, guests_of
from organiser_tui.store.meetings import meeting_groups, members_today, next_meeting
from organiser_tui.tui.dialogs.filter import FilterDialog
from organiser_tui.tui.dialogs.new_event import NewEvent
from organiser_tui.tui.dialogs.new_group import NewGroup
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.pages.group import GroupPage
from organiser_tui.tui.pages.groups import GroupsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, wait_for


async def test_a_group_is_made_takes_in_members_and_meets(campaign: Campaign) -> None:
    held = {group.id for group in meeting_groups(campaign)}
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupsPage), "the groups")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewGroup), "the form")
        await pilot.press(*"Early birds", "enter", "enter", "backspace", "backspace", *"x", "ctrl+s")
        await wait_for(pilot, lambda: "no number of days" in on_screen(pilot.app.screen), "what is wrong")
        await pilot.press("backspace", *"7", "enter")
        await wait_for(pilot, lambda: len(meeting_groups(campaign)) == len(held) + 1, "the group")
        (group,) = [one for one in meeting_groups(campaign) if one.id not in held]
        assert (group.name, group.rhythm_days) == ("Early birds", 7)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupsPage), "the groups again")
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.record_id == group.id, "the bar on it")
        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FilterDialog), "whom")
        await pilot.press(*"rating:1", "enter")
        await wait_for(pilot, lambda: members_today(campaign, group.id), "its members")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupsPage), "the groups and their members")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupPage), "the group's own page")
        belong = len(members_today(campaign, group.id))
        members = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: members.record_id in members_today(campaign, group.id), "the bar on a member")
        await pilot.press("x")
        await wait_for(pilot, lambda: len(members_today(campaign, group.id)) == belong - 1, "one has left")
        await pilot.press("escape")
        proposed = next_meeting(campaign, group.id)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupsPage), "the groups once more")
        await pilot.press("m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewEvent), "its next meeting")
        assert "2026-11-28" in on_screen(pilot.app.screen)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EventPage), "its page")
    (event,) = campaign.connection.execute("SELECT id FROM event WHERE group_id = ?", (group.id,)).fetchone()
    row = event_row(campaign, event)
    assert (row.name, row.starts) == ("Early birds", proposed.starts)
    assert {guest.id for guest in guests_of(campaign, event)} <= set(members_today(campaign, group.id))
    assert row.invited > 0
