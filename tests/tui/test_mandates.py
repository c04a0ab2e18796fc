"""Mandates by keys alone: a proposal from a call is put to the members, answered in a call, counted, and closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.mandates import ConsultationDraft
from organiser_tui.store.call_lists import call_lists, make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.consultations import consultations, mark_voted, open_consultation
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, find_person, first_people, people_page
from organiser_tui.store.proposals import proposals
from organiser_tui.store.turnout import not_voted, turnout
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.campaign import CampaignPage
from organiser_tui.tui.pages.consultation import ConsultationPage
from organiser_tui.tui.pages.consultations import ConsultationsPage
from organiser_tui.tui.pages.in_call import InCallPage
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import next_person
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=0)
    yield made
    made.close()


def on_file(campaign: Campaign, people: list[int]) -> None:
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        for person in people:
            deed.insert("card", person_id=person, state="on file", day="2026-11-01")


async def until(pilot: Pilot[Any], what: type | str) -> None:
    """Until a page or dialog is shown, or words stand on the screen."""

    def there() -> bool:
        screen = pilot.app.screen
        return what in on_screen(screen) if isinstance(what, str) else isinstance(screen, what)

    await wait_for(pilot, there, str(what))


async def test_what_a_member_proposes_is_put_to_all_and_answered_in_a_call(campaign: Campaign) -> None:
    people = first_people(campaign, PeopleQuery(), 20)
    on_file(campaign, people)
    make_call_list(campaign, CallListDraft("Members"), people)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        first = pilot.app.screen
        assert isinstance(first, InCallPage)
        await wait_for(pilot, lambda: first.person_id is not None, "somebody")
        called = first.person_id
        await pilot.press("+")
        await until(pilot, Choose)
        await pilot.press(*"propos", "enter")
        await until(pilot, AskLine)
        await pilot.press(*"Paid travel", "enter")
        await wait_for(pilot, lambda: "proposes Paid travel" in on_screen(first), "what stands there")
        await pilot.press("1")
        await next_person(pilot, first, called)
        assert [one.what for one in proposals(campaign)] == ["Paid travel"]
        await pilot.press("escape", "8", "m")
        await until(pilot, ConsultationsPage)
        await until(pilot, "1 proposal waits")
        await pilot.press("p")
        await until(pilot, "Paid travel")
        await pilot.press("1")
        await until(pilot, "put it to the members")
        await pilot.press("1")
        await until(pilot, AskLine)
        await pilot.press("enter")
        await until(pilot, "20 members are on file today")
        await pilot.press("1")
        await wait_for(pilot, lambda: len(consultations(campaign)) == 1, "the consultation")
        await until(pilot, "0 proposals wait")
        await pilot.press("escape", "2", "enter")
        await until(pilot, InCallPage)
        call = pilot.app.screen
        assert isinstance(call, InCallPage)
        await until(pilot, "mandate Paid travel")
        called = call.person_id
        await pilot.press("q")
        await until(pilot, "Mandate: Paid travel")
        await pilot.press("4")
        await until(pilot, AskLine)
        await pilot.press(*"from May", "enter")
        await wait_for(pilot, lambda: "from May" in on_screen(call), "her answer")
        await pilot.press("1")
        await next_person(pilot, call, called)
    sql = "SELECT person_id, answer, amendment FROM mandate WHERE voided_by IS NULL"
    assert campaign.connection.execute(sql).fetchall() == [(called, "with amendment", "from May")]
    assert faults_of(campaign) == []


async def test_an_answer_at_a_meeting_a_list_of_the_others_and_the_end(campaign: Campaign) -> None:
    people = first_people(campaign, PeopleQuery(), 20)
    on_file(campaign, people)
    open_consultation(campaign, ConsultationDraft("Do we acept?"))
    lists, deeds = len(call_lists(campaign)), len(diary(campaign))
    name = next(row.name for row in people_page(campaign, people).values() if is_found(campaign, row.name))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8")
        await until(pilot, CampaignPage)
        await pilot.press("m")
        await until(pilot, ConsultationsPage)
        await pilot.press("enter")
        await until(pilot, ConsultationPage)
        await pilot.press("e", *" No")
        await until(pilot, "acept? No")
        await pilot.press("escape", "e", *["left"] * 4, "c", "enter")
        await until(pilot, "Do we accept?")
        assert len(diary(campaign)) == deeds + 1  # no letter of it was saved before enter
        await pilot.press("a")
        await until(pilot, "Who answers?")
        await pilot.press(*name)
        await until(pilot, name)
        await pilot.press("enter")
        await until(pilot, ": Do we accept?")
        await pilot.press("1")
        await until(pilot, "1 of 20 members on file have voted, 5%")
        await pilot.press("enter")
        await until(pilot, 'mandate:"Do we accept?" and counts-at-provider:')
        await pilot.press("escape")
        await until(pilot, ConsultationPage)
        await pilot.press("b", "l")
        await until(pilot, "19 have not voted yet")
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(call_lists(campaign)) > lists, "a list of the others")
        await until(pilot, CallsPage)
        await until(pilot, "Do we accept?")
        await pilot.press("8")
        await until(pilot, CampaignPage)
        await pilot.press("m")
        await until(pilot, ConsultationsPage)
        await pilot.press("enter")
        await until(pilot, ConsultationPage)
        await pilot.press("x")
        await until(pilot, Confirm)
        await pilot.press("y")
        await until(pilot, "closed")
        await pilot.press("u")
        await until(pilot, Confirm)
        await pilot.press("y")
        await until(pilot, "asked 21 Nov")
    assert campaign.connection.execute("SELECT count(*) FROM target").fetchone()[0] >= 19


async def test_a_secret_ballot_is_marked_closed_and_counted_by_numbers(campaign: Campaign) -> None:
    people = first_people(campaign, PeopleQuery(), 20)
    on_file(campaign, people)
    asked = open_consultation(campaign, ConsultationDraft("Do we strike?", secret=True))
    rows = [row for row in people_page(campaign, people).values() if is_found(campaign, row.name)]
    for person in [one for one in not_voted(campaign, asked) if one != rows[0].id][:4]:
        mark_voted(campaign, asked, person)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "m")
        await until(pilot, ConsultationsPage)
        await pilot.press("enter")
        await until(pilot, ConsultationPage)
        await pilot.press("c", "a")  # nothing is counted while it is open
        await until(pilot, "Who has voted? · Do we strike?")
        await pilot.press(*rows[0].name)
        await until(pilot, rows[0].name)
        await pilot.press("enter")
        await until(pilot, "5 of 20 members on file have voted")
        await pilot.press("a", *rows[0].name)
        await until(pilot, "has voted, 21 Nov")
        await pilot.press("escape", "e")
        await until(pilot, "5 members have answered already")
        await pilot.press("x")
        await until(pilot, Confirm)
        await pilot.press("y")
        await until(pilot, "not counted yet")
        await pilot.press("c")
        await until(pilot, AskLine)
        await pilot.press(*"3 ballots", "enter")
        await until(pilot, "Write four numbers")
        await pilot.press(*["backspace"] * 9, *"6 0 0 0", "enter")
        await until(pilot, "6 ballots are more than the 5")
        await pilot.press(*["backspace"] * 7, *"4 1 0 0", "enter")
        await wait_for(
            pilot, lambda: turnout(campaign, consultations(campaign)[0]).answers == (4, 1, 0, 0), "the count"
        )
        await until(pilot, "80%")


async def test_a_page_whose_consultation_another_window_took_back_lets_a_question_end_first(campaign: Campaign) -> None:
    """The question over it went without a word, and the next key ended the program."""
    on_file(campaign, first_people(campaign, PeopleQuery(), 20))
    open_consultation(campaign, ConsultationDraft("Do we accept?"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "m")
        await until(pilot, ConsultationsPage)
        await pilot.press("enter")
        await until(pilot, ConsultationPage)
        page = pilot.app.screen
        assert isinstance(page, ConsultationPage)
        await pilot.press("x")
        await until(pilot, Confirm)
        other = campaign.another()
        undo_last(other)
        other.close()
        page.reload_visible()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("y")
        await until(pilot, ConsultationsPage)
        await until(pilot, "not asked anything yet")


def is_found(campaign: Campaign, name: str) -> bool:
    """Whether a name fits one person alone, who can be found by typing it."""
    return len(first_people(campaign, PeopleQuery(words=name), 2)) == 1 and find_person(campaign, name) > 0
