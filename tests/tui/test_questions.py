"""The questions of a list by keys alone: written on the Calls page, asked in a call, counted and opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.questions import parse_question
from organiser_tui.store.call_lists import call_lists, make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.questions import add_question, questions_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.pages.answers import AnswersPage
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.list_people import ListPeoplePage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import next_person
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=0)
    yield made
    made.close()


async def test_questions_are_written_asked_counted_and_lead_to_the_people(campaign: Campaign) -> None:
    evening = make_call_list(campaign, CallListDraft("Evening"), first_people(campaign, PeopleQuery(), 30))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        page = pilot.app.screen
        assert isinstance(page, CallsPage)
        page.open_record(evening)
        await pilot.press("q")
        for line in ("Can you come? [y/n]", "When do you work? [days/nights]", "What would change?"):
            await wait_for(pilot, lambda: "Questions of Evening" in on_screen(pilot.app.screen), "the questions")
            if questions_of(campaign, evening):  # the first is written at once
                await wait_for(pilot, lambda: "a new one" in on_screen(pilot.app.screen), "those there are")
                await pilot.press("enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "the line")
            await pilot.press(*line, "enter")
        await wait_for(pilot, lambda: len(questions_of(campaign, evening)) == 3, "three questions")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the lists")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        call = pilot.app.screen
        assert isinstance(call, InCallPage)
        await wait_for(pilot, lambda: call.person_id is not None, "somebody")
        called = call.person_id
        assert "q 0 of 3 questions" in on_screen(call)
        await pilot.press("q")
        await wait_for(pilot, lambda: "Can you come?" in on_screen(pilot.app.screen), "the first question")
        await pilot.press("1")
        await wait_for(pilot, lambda: "When do you work?" in on_screen(pilot.app.screen), "the second")
        await pilot.press("2")
        await wait_for(pilot, lambda: "What would change?" in on_screen(pilot.app.screen), "the third")
        await pilot.press(*"shifts", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is call, "the call")
        assert len(call.query_one(CallForm).answers) == 3
        await pilot.press("1")
        await next_person(pilot, call, called)
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the lists")
        page.open_record(evening)
        await pilot.press("v")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AnswersPage), "the answers")
        await wait_for(pilot, lambda: "nights" in on_screen(pilot.app.screen), "what was answered")
        await pilot.press("b")
        await wait_for(pilot, lambda: "by provider" in on_screen(pilot.app.screen), "by provider")
        await pilot.press("b", "b", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ListPeoplePage), "who said so")
        people = pilot.app.screen
        assert isinstance(people, ListPeoplePage)
        await wait_for(pilot, lambda: people.person_id == called, "she alone")
    sql = "SELECT value FROM question_answer WHERE person_id = ? ORDER BY id"
    assert campaign.connection.execute(sql, (called,)).fetchall() == [("yes",), ("nights",), ("shifts",)]


async def test_y_answers_yes_as_it_does_beside_what_she_was_asked(campaign: Campaign) -> None:
    """It was typed into the field instead, and the digit behind it found nothing."""
    evening = make_call_list(campaign, CallListDraft("Evening"), first_people(campaign, PeopleQuery(), 3))
    question = add_question(campaign, evening, parse_question("Can you come? [y/n]"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, evening)
        pilot.app.push_screen(page)
        await wait_for(pilot, lambda: page.person_id is not None, "somebody")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        assert page.query_one(CallForm).answers == {question: "no"}


async def test_what_she_answered_stands_in_her_story_and_in_the_next_call_for_that_list(campaign: Campaign) -> None:
    """They stood on the page of the answers alone; a call from her own page asked nothing that the list asks."""
    (maja, *_others) = people = first_people(campaign, PeopleQuery(), 3)
    evening = make_call_list(campaign, CallListDraft("Evening"), people)
    question = add_question(campaign, evening, parse_question("Can you come? [y/n]"))
    log_contact(campaign, ContactDraft(maja, "talked", list_id=evening, answers=((question, "yes"),)))
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        listed = ListPeoplePage(campaign, next(row for row in call_lists(campaign) if row.id == evening))
        await pilot.app.push_screen(listed)
        await wait_for(pilot, lambda: listed.person_id == maja, "her line")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her own page")
        await wait_for(pilot, lambda: "Can you come? yes" in on_screen(pilot.app.screen), "what she answered")
        await pilot.press("c")
        await wait_for(pilot, lambda: "There was a call with" in on_screen(pilot.app.screen), "that she rests")
        await pilot.press("y")
        await wait_for(pilot, lambda: "q 0 of 1 question" in on_screen(pilot.app.screen), "the question of the list")
        assert "last time: Can you" in on_screen(pilot.app.screen)
