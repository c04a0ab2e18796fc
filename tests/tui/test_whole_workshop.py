"""A whole workshop: invited, called, on paper, at the door, tasks, and a week later the test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from textual.pilot import Pilot
from textual.widgets import Input

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventRow, event_row, events_to_come, guests_of
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.promises import trust_of
from organiser_tui.store.tasks import open_tasks, tasks_of
from organiser_tui.store.today import today_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.filter import FilterDialog
from organiser_tui.tui.dialogs.new_event import NewEvent
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.counted_on import CountedOnPage
from organiser_tui.tui.pages.door import DoorPage
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.pages.workshops import WorkshopsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.store.building import Builder, Clock
from tests.tui.campaigns import app_of, evening
from tests.tui.waiting import on_screen, wait_for

NAMES = ("Maja", "Eva", "Zora", "Nina")
START = evening() - timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def campaign(tmp_path: Path, clock: Clock) -> Iterator[Campaign]:
    founded = found_campaign(tmp_path / "workshop.campaign", "SI", clock, name="SOA")
    choose_organiser(founded, "Ana")
    build = Builder(founded)
    lipa = build.provider("Lipa", "SI041")
    for name in NAMES:
        build.person(name, lipa)
    yield founded
    founded.close()


def came(campaign: Campaign, event: int) -> int:
    return event_row(campaign, event).came


async def shown(pilot: Pilot[Any], page: type) -> None:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, page), page.__name__)


async def test_from_the_invitation_to_who_can_be_counted_on(
    campaign: Campaign, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    event = await _invited(campaign)
    await _called(campaign, event)
    await _on_paper(campaign, event, tmp_path)
    clock.forward(days=7)
    campaign.turn_day()
    await _at_the_door(campaign, event)
    clock.forward(days=8)
    campaign.turn_day()
    await _a_week_later(campaign)
    everybody = {row.name: (row.kept, row.due, row.counted) for row in trust_of(campaign, _people(campaign)).values()}
    assert everybody == {
        "Maja Novak": (2, 2, "counted on"), "Eva Novak": (0, 1, "partly"), "Zora Novak": (0, 0, "untested"),
        "Nina Novak": (0, 0, "untested"),
    }  # fmt: skip


def _people(campaign: Campaign) -> list[int]:
    return [row[0] for row in campaign.connection.execute("SELECT person_id FROM person_figures")]


async def _invited(campaign: Campaign) -> int:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await shown(pilot, WorkshopsPage)
        await pilot.press("n")
        await shown(pilot, NewEvent)
        day = (campaign.today() + timedelta(days=7)).isoformat()
        await pilot.press("enter", *"Workshop", "enter", *f"{day} 18:00", "enter", *"Kranj", "ctrl+s")
        await shown(pilot, EventPage)
        (made,) = events_to_come(campaign)
        await pilot.press("i")
        await shown(pilot, FilterDialog)
        await pilot.press(*"provider:lipa", "enter")
        await shown(pilot, Choose)
        await pilot.press("enter")
        await wait_for(pilot, lambda: event_row(campaign, made.id).invited == len(NAMES), "all are invited")
        await shown(pilot, EventPage)
        await pilot.press("l")
        await shown(pilot, NewList)
        await pilot.press("enter")
        await shown(pilot, CallsPage)
    return made.id


async def _called(campaign: Campaign, event: int) -> None:
    """Maja and Eva say yes, Zora maybe, Nina is not there."""
    answers = {"Maja": "y", "Eva": "y", "Zora": "m"}
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        for _n in NAMES:
            await shown(pilot, InCallPage)
            name = next(name for name in NAMES if f" {name} " in on_screen(pilot.app.screen).splitlines()[1])
            if name in answers:
                await pilot.press("a", answers[name], "1")
            else:
                await pilot.press("2")
            await wait_for(pilot, partial(_is_over, campaign, name), f"the call with {name}")
        await pilot.press("escape")
    row: EventRow = event_row(campaign, event)
    assert (row.yes, row.maybe, row.no) == (2, 1, 0)


def _is_over(campaign: Campaign, name: str) -> bool:
    sql = "SELECT 1 FROM contact c JOIN person p ON p.id = c.person_id WHERE p.given = ?"
    return campaign.connection.execute(sql, (name,)).fetchone() is not None


async def _on_paper(campaign: Campaign, event: int, folder: Path) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(EventPage(campaign, event))
        await shown(pilot, EventPage)
        await pilot.press("p")
        await shown(pilot, AskLine)
        sheet = Path(pilot.app.screen.query_one("#ask-line", Input).value)
        await pilot.press("enter")
        await wait_for(pilot, sheet.exists, "the sheet")
    text = PdfReader(sheet).pages[0].extract_text()
    assert sheet.parent == folder and all(name in text for name in NAMES)


async def _at_the_door(campaign: Campaign, event: int) -> None:
    """Maja comes and takes a stall until Friday; Eva, who had said yes, does not."""
    maja = next(guest.id for guest in guests_of(campaign, event) if guest.given == "Maja")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(EventPage(campaign, event))
        await shown(pilot, EventPage)
        await pilot.press("d")
        await shown(pilot, DoorPage)
        await pilot.press(*"maj", "enter")
        await wait_for(pilot, lambda: came(campaign, event) == 1, "Maja is here")
        await pilot.press("escape")
        await shown(pilot, EventPage)
        table = pilot.app.screen.query_one(RecordTable)
        while table.record_id != maja:
            await pilot.press("j")
        await pilot.press("T")
        await shown(pilot, Choose)
        await pilot.press("5")
        await shown(pilot, AskLine)
        await pilot.press(*"+5d", "enter")
        await wait_for(pilot, lambda: open_tasks(campaign), "the task")
    (task,) = tasks_of(campaign, open_tasks(campaign))
    assert (task.name, task.kind, task.event) == ("Maja Novak", "take a stall", "Workshop")


async def _a_week_later(campaign: Campaign) -> None:
    assert [line.kind for line in today_of(campaign).due if line.own] == ["task"]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await shown(pilot, TodayPage)
        await pilot.press("d")
        await shown(pilot, Choose)
        await pilot.press("1")
        await wait_for(pilot, lambda: not open_tasks(campaign), "it is done")
        await shown(pilot, TodayPage)
        await pilot.press("6", "o")
        await shown(pilot, CountedOnPage)
        await wait_for(pilot, lambda: "2 of 2 kept" in on_screen(pilot.app.screen), "who can be counted on")
