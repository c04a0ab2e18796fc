"""A group that loses: from its line on Today to what was seen, and to whom to ask what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.groups import falling_groups, members, stayed_away
from organiser_tui.tui.pages.group import GroupPage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    """Large enough for a group that fades."""
    made = demo_campaign(tmp_path, people=200, contacts=700)
    yield made
    made.close()


async def test_a_group_says_what_was_seen_and_what_to_ask_of_whom(campaign: Campaign) -> None:
    (line,) = falling_groups(campaign)
    away = stayed_away(campaign, line.id)
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        await pilot.app.push_screen(GroupPage(campaign, line.id))
        page = pilot.app.screen
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "its people")
        shown = on_screen(page)
        assert len(line.warnings) >= 3
        for warned in line.warnings:
            assert f"! {warned.seen}" in shown
        assert " ".join(map(str, line.came)) in shown
        for person in away:
            assert person.name in shown
            assert person.task in shown
        assert {person.id for person in members(campaign, line.id)} <= set(table.ids.between(0, table.ids.total))
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        assert away[0].name in on_screen(pilot.app.screen)


async def test_a_next_date_takes_the_warning_of_the_cancelled_meeting_away(campaign: Campaign) -> None:
    (line,) = falling_groups(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(GroupPage(campaign, line.id))
        page = pilot.app.screen
        assert isinstance(page, GroupPage)
        await wait_for(pilot, lambda: "no next date" in on_screen(page), "what is wrong")
        with campaign.write(DeedKind.MAKE_EVENT) as deed:
            deed.insert("event", kind="meeting", name="Nights", starts="2026-12-01T18:00", group_id=line.id)
        page.reload()
        await wait_for(pilot, lambda: "no next date" not in on_screen(page), "nothing of it")
        assert "next 1 Dec" in on_screen(page)


async def test_a_group_nobody_belongs_to_says_so(campaign: Campaign) -> None:
    with campaign.write(DeedKind.MAKE_EVENT) as deed:
        group = deed.insert("meeting_group", name="Nobody's")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(GroupPage(campaign, group))
        await wait_for(pilot, lambda: "Nobody belongs to this group yet" in on_screen(pilot.app.screen), "why")
        assert "nothing warns of it" in on_screen(pilot.app.screen)
