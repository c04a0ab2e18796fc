"""What a fifth evening of calls stumbled over: each is named after what was seen."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.heard import Heard
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.numbers import place_to_try
from organiser_tui.store.short_answers import short_answers
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.store.building import Builder
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, in_call, next_person
from tests.tui.waiting import on_screen, wait_for


async def test_what_she_agreed_to_is_not_saved_with_no_answer_without_a_question(campaign: Campaign) -> None:
    """“No answer, agreed that we keep it”, and her page said that she had agreed."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person, before = page.person_id, contacts(campaign)
        await pilot.press("K", "2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        assert "nobody was spoken with" in on_screen(pilot.app.screen)
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        assert (page.person_id, contacts(campaign)) == (person, before)
        await pilot.press("1")
        await next_person(pilot, page, person)
    agreed = campaign.connection.execute("SELECT person_id FROM ground WHERE ground = 'agreed'").fetchall()
    assert (person,) in agreed


async def test_what_she_was_told_is_the_answer_and_not_its_question(campaign: Campaign) -> None:
    """“told: do I get paid travel · Where does it say what I am due?”: a question answered by a question."""
    person = Builder(campaign).person("Zofka")
    log_contact(campaign, ContactDraft(person, "talked", heard=Heard(wants=("kje piše",))))
    answer = next(one for one in short_answers(campaign) if one.heading.startswith("Kje piše"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = pilot.app.screen
        assert isinstance(page, TodayPage)
        await wait_for(pilot, lambda: page._lines, "what is due")
        line = next(place for place, held in page._lines.items() if held.due and held.due.kind == "request")
        table = page.query_one(RecordTable)
        table.move_to(table.ids.row_of(line) or 0)
        await pilot.press("d")
        await wait_for(pilot, lambda: "Zofka Novak: kje piše" in on_screen(pilot.app.screen), "whom and what")
        await pilot.press("down", "enter", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "it is saved")
    told = campaign.connection.execute("SELECT answer FROM request WHERE person_id = ?", (person,)).fetchone()[0]
    assert told == " ".join(answer.text.split())


async def test_leaving_out_of_a_line_that_is_being_written_asks(campaign: Campaign) -> None:
    """ctrl+q in “Why should Maja do it?”: the word was gone, and the hand-over with it."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await in_call(pilot)
        await pilot.press("at", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "why")
        await pilot.press(*"knows her", "ctrl+q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "the line")
        await pilot.press("enter")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, AskLine), "the call")
        await wait_for(pilot, lambda: "hand over to Maja: knows" in on_screen(pilot.app.screen), "the hand-over")


@pytest.mark.parametrize("said", ["until friday", "do petek", "by 27.11."])
async def test_until_may_stand_before_the_day_until_when(campaign: Campaign, said: str) -> None:
    """“Until when?”, and “until friday” was not understood."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("a", "u")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "until when")
        await pilot.press(*said, "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        await pilot.press("l", "1")
        await next_person(pilot, page, person)
    due = campaign.connection.execute("SELECT due FROM ask WHERE person_id = ? ORDER BY id DESC", (person,)).fetchone()
    assert due == ("2026-11-27",)


async def test_the_numbers_to_choose_from_stand_in_the_order_of_the_header(campaign: Campaign) -> None:
    """“x 2 of 2” in the header was the first of the list below “Which number was it?”."""
    build = Builder(campaign)
    person = build.person("Zofka", phone="+38641111222")
    second = build.phone(person, "+38631222333")
    build.call(person, "no answer", phone_id=build.first_phone(person))
    assert place_to_try(campaign, person, [build.first_phone(person), second]) == 1
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, None, first=person)
        pilot.app.push_screen(page)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "that she rests")
        await pilot.press("y")
        await wait_for(pilot, lambda: "x 2 of 2" in on_screen(page), "her second number")
        await pilot.press("7")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which")
        shown = on_screen(pilot.app.screen)
        assert shown.index("041 111 222") < shown.rindex("031 222 333")
        await pilot.press("2")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call goes on with the other one")
    assert build.value("phone", second, "standing") == "wrong"


async def test_what_else_can_be_noted_is_named_also_once_a_follow_up_stands_there(campaign: Campaign) -> None:
    """As soon as one was written the keys were gone, and K with them."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("f", *"thu 18h", "enter")
        await wait_for(pilot, lambda: "Thu 26 Nov 18:00" in on_screen(page), "the follow-up")
        await wait_for(pilot, lambda: "K agreed" in on_screen(page), "the keys")
        await pilot.press("K")
        await wait_for(pilot, lambda: "+ agreed" in on_screen(page), "that she agreed")
        assert page.query_one(CallForm).heard.agreed
