"""Today: what is one's own apart from what is others', and the digit of the page one is on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import parse_wall
from organiser_tui.domain.due import DueKind
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.gatherings import undecided_about
from organiser_tui.store.groups import stayed_away
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.person import person_card
from organiser_tui.store.today import Coming, DueLine, today_of
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.dialogs.person_form import PersonForm
from organiser_tui.tui.drawing.today import today_headline
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.group import GroupPage
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.form_field import FormField
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, said, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=200, contacts=1500)
    yield made
    made.close()


async def test_one_sees_where_what_is_mine_ends_and_what_is_others_begins(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, TodayPage)
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "what is due")
        by = ""
        owners: dict[str, set[bool]] = {}
        for row in range(table.ids.total):
            row_id = table.ids.at(row)
            assert row_id is not None
            if row_id in table.headings:
                by = table.headings[row_id].plain
            else:
                line = page._lines[row_id]
                owners.setdefault(by, set()).update([] if line.due is None else [line.due.own])
        assert owners == {"yours": {True}, "events and groups": set(), "of others": {False}}
        for _row in range(table.ids.total):
            assert table.record_id in page._lines
            await pilot.press("down")


async def test_a_digit_goes_to_the_list_of_its_page_and_not_to_what_was_opened_upon_it(campaign: Campaign) -> None:
    """“3” and “n” for somebody new came upon the page of somebody else, and what was typed on were keys of that."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "People")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        await pilot.press("1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "Today")
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        await pilot.press("3", "n", *"Nova")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonForm), "somebody new")
        assert pilot.app.screen.query_one("#given", FormField).value == "Nova"


async def test_from_a_person_of_a_provider_the_digit_goes_back_to_the_board_at_once(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("enter", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        await pilot.press("4")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1, "the board")
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2, "the provider again")


def headline(
    own: int, others: int, coming: Coming | None = None, *, more: bool = False, overdue: int = 0, width: int = 60
) -> str:
    """The line above Today's list."""
    line = DueLine(DueKind.PROMISE, 1, 1, "Ana", "", "", "2026-11-21", "", "Ana", own=True, overdue=False)
    due = [line._replace(overdue=number < overdue) for number in range(own)] + [line._replace(own=False)] * others
    return today_headline(due, coming, date(2026, 11, 21), width, more=more).plain


def test_who_has_nothing_due_is_not_told_of_zero_things() -> None:
    assert headline(0, 3) == "Nothing of yours is due   3 of others"
    assert headline(1, 0) == "1 thing of yours is due"


def test_what_was_agreed_for_another_day_is_named_where_nothing_is_due(campaign: Campaign) -> None:
    """After an evening with two promises for Thursday Today said that nothing was due, and no word of them."""
    person, other = first_people(campaign, PeopleQuery(), 2)
    log_contact(campaign, ContactDraft(person, "talked", follow_up=parse_wall("2026-11-27T09:00")))
    log_contact(campaign, ContactDraft(other, "call back", follow_up=parse_wall("2026-11-26T18:00")))
    card = person_card(campaign, other)
    coming = today_of(campaign).coming
    assert card is not None and coming == Coming("2026-11-26T18:00", card.name)
    said = f"Nothing of yours is due   next Thu 26 Nov 18:00 {card.name}   3 of others"
    assert headline(0, 3, coming) == said
    assert headline(1, 0, coming, width=50) == "1 thing of yours is due"
    beside = headline(1, 2, coming, width=90)
    assert beside == f"1 thing of yours is due   next Thu 26 Nov 18:00 {card.name}   2 of others"


def test_where_more_is_due_than_is_shown_the_plus_stands_at_whose_it_is() -> None:
    assert headline(2, 98, more=True) == "2 things of yours are due   98+ of others"
    assert headline(100, 0, more=True) == "100+ things of yours are due"


@pytest.mark.parametrize(("what", "opens"), [("event", "list them"), ("group", "open")])
async def test_an_event_and_a_group_are_acted_on_by_one_key(campaign: Campaign, what: str, opens: str) -> None:
    """Enter said “Call those who stayed away.”, and no key did; then it said “call”, and p nothing at all."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, TodayPage)
        table = page.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "what is due")
        lines = page._lines
        table.move_to(
            table.ids.row_of(next(row for row, line in lines.items() if getattr(line, what) is not None)) or 0
        )
        today = today_of(campaign)
        await wait_for(pilot, lambda: f"enter {opens}" in on_screen(page), "what enter does")
        await pilot.press("p", "p", "p")
        await wait_for(pilot, lambda: said(pilot), "why there is no page of a person")
        assert len(said(pilot)) == 1
        await pilot.press("enter")
        if what == "group":
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, GroupPage), "the group")
            await pilot.press("l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
    names = {row.name: row for row in call_lists(campaign)}
    if what == "event":
        assert today.event is not None
        made = names[f"{today.event.name}: undecided"]
        assert made.targets == len(undecided_about(campaign, today.event.id)) > 0
    else:
        made = names[f"{today.groups[0].name}: stayed away"]
        assert made.targets == len(stayed_away(campaign, today.groups[0].id)) > 0


async def test_what_is_done_is_what_the_bar_stands_on_since_nothing_can_be_marked(campaign: Campaign) -> None:
    """Two lines were marked, and d did a third one that somebody else was promised."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        table = pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.record_id is not None, "what is due")
        before = table.record_id
        await pilot.press("space", "space")
        await pilot.pause()
        assert (table.marks, table.record_id) == (set(), before)


def test_a_thing_that_is_due_and_overdue_is_one_thing() -> None:
    """“1 thing of yours is due, 1 overdue”: she asked whether that was two."""
    assert headline(1, 0, overdue=1) == "1 thing of yours is overdue"
    assert headline(3, 0, overdue=1) == "3 things of yours are due, 1 overdue"


async def test_whoever_takes_over_begins_at_the_top_of_her_own_today(campaign: Campaign) -> None:
    """The bar stayed on what it was on, now among the lines of others: what was handed to her stood above the page."""
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.ids.total, "what is due")
        first = table.cursor
        await pilot.press("j", "j", "j", "w")
        await wait_for(pilot, lambda: isinstance(app.screen, Choose), "who works")
        await pilot.press(*"rok", "enter")
        await wait_for(pilot, lambda: app.organiser == "Rok" and isinstance(app.screen, TodayPage), "Rok at work")
        await wait_for(pilot, lambda: table.cursor == first, "the first line")
