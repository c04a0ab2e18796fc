"""Tasks by keys alone: taken on, ended, three named colleagues and a list of them; Today asks for what is over."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.pilot import Pilot

from organiser_tui.domain.tasks import TaskKind
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.tasks import TaskDraft, colleagues_of, open_tasks, take_task, tasks_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.tasks import TasksPage
from organiser_tui.tui.pages.workshops import WorkshopsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, wait_for


def before(campaign: Campaign) -> set[int]:
    return set(open_tasks(campaign))


def _stands_there(pilot: Pilot[Any], name: str) -> bool:
    return name in on_screen(pilot.app.screen)


async def test_somebody_takes_on_to_call_three_and_a_list_is_made_of_them(campaign: Campaign) -> None:
    held = before(campaign)
    people = people_page(campaign, first_people(campaign, PeopleQuery(), 40))
    names = list(dict.fromkeys(row.name for row in people.values()))[:4]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TasksPage), "the tasks")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who")
        await pilot.press(*names[0], "enter")
        await wait_for(pilot, lambda: "take on?" in on_screen(pilot.app.screen), "what")
        await pilot.press("1")
        for name in names[1:]:
            await wait_for(pilot, lambda: "Whom" in on_screen(pilot.app.screen), "whom she calls")
            await pilot.press(*name, "enter")
            await wait_for(pilot, partial(_stands_there, pilot, name), "she is named")
        await wait_for(pilot, lambda: "that is all of them" in on_screen(pilot.app.screen), "the end of them")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "until when")
        await pilot.press("enter")
        await wait_for(pilot, lambda: before(campaign) - held, "the task")
        (task,) = before(campaign) - held
        (row,) = tasks_of(campaign, [task])
        assert (row.name, row.kind, row.due) == (names[0], "call colleagues", "2026-12-05")
        called = [people[person].name for person in colleagues_of(campaign, [task])[task]]
        assert called == names[1:]
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.row_of(task, 0) is not None, "its line")
        while table.record_id != task:
            await pilot.press("j")
        await pilot.press("l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: any(one.name == f"{names[0]} calls" for one in call_lists(campaign)), "of them")


async def test_how_a_task_ended_is_noted_in_two_keys_and_taken_back_in_one(campaign: Campaign) -> None:
    person = first_people(campaign, PeopleQuery(), 1)[0]
    task = take_task(campaign, TaskDraft(person, TaskKind.STALL, due="2026-11-22"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TasksPage), "the tasks")
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "the lines")
        while table.record_id != task:
            await pilot.press("j")
        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "how")
        await pilot.press("2")
        await wait_for(pilot, lambda: task not in open_tasks(campaign), "it ended")
        assert tasks_of(campaign, [task])[0].how == "not done"
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TasksPage), "the page")
        await pilot.press("u")
        await wait_for(pilot, lambda: task in open_tasks(campaign), "it is open again")
        await pilot.press("w")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WholeText), "who brought whom")
        assert "generation 1" in on_screen(pilot.app.screen) or "Nobody was brought" in on_screen(pilot.app.screen)
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WorkshopsPage), "the events")


async def test_whoever_has_three_open_tasks_is_asked_about_first(campaign: Campaign) -> None:
    person = first_people(campaign, PeopleQuery(), 1)[0]
    held = [take_task(campaign, TaskDraft(person, TaskKind.STALL)) for _n in range(3)]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "people")
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.record_id == person, "the first")
        await pilot.press("T")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        assert "3 open tasks" in on_screen(pilot.app.screen)
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "people again")
        await pilot.press("T", "y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "what")
        await pilot.press("6")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "in which words")
        await pilot.press(*"writes the minutes", "enter")
        await wait_for(pilot, lambda: "Until when" in on_screen(pilot.app.screen), "until when")
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(open_tasks(campaign)) > len(held), "the task")
    new = [row for row in tasks_of(campaign, open_tasks(campaign)) if row.what == "writes the minutes"]
    assert [(row.person_id, row.open_beside) for row in new] == [(person, 4)]
