"""What a third newcomer stumbled over in an evening of calls, at 80 by 24."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.pilot import Pilot

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.outcomes import Effect
from organiser_tui.store.call_lists import list_tried_for, make_call_list, target_states
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.people import people_last_called
from organiser_tui.store.person import person_card
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.call_rows import IssuesRow
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, in_call, last_contact, next_person, static_text
from tests.tui.waiting import on_screen, said, wait_for


async def test_enter_without_an_hour_says_that_one_is_wanted(campaign: Campaign) -> None:
    """`4` and enter: the bottom line said “enter saves as call back”, and nothing was saved, without a word."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        before = contacts(campaign)
        for key in ("4", "enter", "enter"):
            await pilot.press(key)
            await wait_for(pilot, lambda: page.focused is not None, "the field")
            assert "saves as call back once it is understood" in static_text(page, "#call-outcomes")
            assert "When was agreed?" in static_text(page, "#form-read-back")
            assert contacts(campaign) == before
        await pilot.press(*"+2d", "enter")
        await wait_for(pilot, lambda: contacts(campaign) == before + 1, "it is saved")
        assert last_contact(campaign)[1] == "call back"


async def test_a_number_is_no_language(campaign: Campaign) -> None:
    """“653” was taken: her calls were for organisers who speak 653 from then on."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person, before = page.person_id, contacts(campaign)
        await pilot.press("o", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which language")
        await pilot.press(*"653", "enter")
        await wait_for(pilot, lambda: "is no language" in on_screen(pilot.app.screen), "the sentence")
        assert contacts(campaign) == before
        await pilot.press("ctrl+u", *"slovensko")
        await wait_for(pilot, lambda: "→ sl" in on_screen(pilot.app.screen), "how it is understood")
        await pilot.press("ctrl+u", *"fil", "enter")
        await next_person(pilot, page, person)
    assert person is not None
    card = person_card(campaign, person)
    assert card is not None and card.call_language == "fil"


def called_last(campaign: Campaign) -> tuple[int, str]:
    """Somebody with a number, who was just called; her number as it is dialled at home."""
    sql = "SELECT person_id, e164 FROM phone WHERE e164 LIKE '+386%' AND gone_by IS NULL ORDER BY e164 DESC LIMIT 1"
    person, number = campaign.connection.execute(sql).fetchone()
    log_contact(campaign, ContactDraft(person, Effect.NO_ANSWER))
    return int(person), "0" + str(number).removeprefix("+386")


async def test_whoever_rings_back_was_called_last_and_is_the_only_one(campaign: Campaign) -> None:
    """Nine names without a number stood there, she the eighth; and once she was logged a stranger was served."""
    person, number = called_last(campaign)
    found = people_last_called(campaign, number[:3])
    assert len(found) > 1 and found[0].id == person
    assert [row.last_contact for row in found] == sorted((row.last_contact for row in found), reverse=True)
    before = contacts(campaign)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("1", "b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
        await pilot.press(*number[:3])
        await wait_for(pilot, lambda: "today no answer" in on_screen(pilot.app.screen), "who was called last")
        await pilot.press("enter")
        page = await ringing(pilot)
        assert page.person_id == person and "somebody rang" in on_screen(page)
        issues = page.query_one(IssuesRow)
        lines = str(issues.content).count("\n") + 1
        await wait_for(pilot, lambda: issues.size.height == lines, "no empty line below the issues")
        assert "because she rang" in on_screen(page)
        await pilot.press("1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "back where it rang")
        assert (contacts(campaign), last_contact(campaign)[:2]) == (before + 1, (person, "talked"))
        learned_nothing = "no rating or issue yet"
        await wait_for(pilot, lambda: any(learned_nothing in sentence for sentence in said(pilot)), "what was saved")
        await pilot.press("u")
        await wait_for(pilot, lambda: contacts(campaign) == before, "it is taken back")


async def test_whoever_rings_back_is_done_on_the_list_for_which_she_was_tried(campaign: Campaign) -> None:
    """She stood on the contact sheet, to be called: the list did not hear of the talk."""
    person, number = called_last(campaign)
    made = make_call_list(campaign, CallListDraft("Obala"), [person])
    log_contact(campaign, ContactDraft(person, Effect.NO_ANSWER, list_id=made))
    assert list_tried_for(campaign, person) == made
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the question")
        await pilot.press(*number, "enter")
        page = await ringing(pilot)
        assert "somebody rang · Obala" in on_screen(page)
        await pilot.press("r", "2", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "back where it rang")
    assert target_states(campaign, made, [person]) == {person: "done"}
    assert list_tried_for(campaign, person) is None


async def ringing(pilot: Pilot[Any]) -> InCallPage:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
    page = pilot.app.screen
    assert isinstance(page, InCallPage)
    await wait_for(pilot, lambda: page.person_id is not None, "she")
    return page


async def test_after_the_last_call_it_is_said_what_came_of_the_evening(campaign: Campaign) -> None:
    """Twelve calls, escape, and nothing."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await in_call(pilot)
        for keys in (("2",), ("r", "2", "f", *"thu 18h", "enter", "1"), ("1",)):
            called = page.person_id
            await pilot.press(*keys)
            await next_person(pilot, page, called)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "the first page")
        for said in ("3 calls", "2 spoken with", "1 conversation", "1 next"):
            await wait_for(pilot, partial(lambda words: words in on_screen(pilot.app.screen), said), said)


async def test_what_was_said_of_a_page_does_not_cover_the_call(campaign: Campaign) -> None:
    """A notice of the page before hid the letters of the issues and the rating."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        pilot.app.screen.notify("the group has no next date", markup=False)
        await wait_for(pilot, lambda: "no next date" in on_screen(pilot.app.screen), "the notice")
        page = await in_call(pilot)
        await wait_for(pilot, lambda: "no next date" not in on_screen(page), "it is gone")


async def test_the_hour_that_was_agreed_is_never_cut_from_what_was_saved(campaign: Campaign) -> None:
    """Issues, a rating and an ask before it left “Thu 26 Nov 1…” of it."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("s", "p", "t", "r", "2", "n", *"long", "enter", "f", *"thu 18h bring the forms", "enter")
        await wait_for(pilot, lambda: page.query_one(CallForm).agreed is not None, "the hour")
        await pilot.press("1")
        await next_person(pilot, page, called)
        assert "Thu 26 Nov 18:00" in static_text(page, "#call-said")
