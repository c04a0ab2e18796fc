"""What was noted in a call survives the end of the program, however it ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.noted import Noted
from organiser_tui.store import sitting
from organiser_tui.store.call_drafts import CallDraft, draft_of, left_call
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.engine import DatabaseError
from organiser_tui.store.history import undo_last
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.pages import call_keeping
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.store.building import Clock
from tests.tui.campaigns import app_of, demo_campaign, evening
from tests.tui.test_call_stories import in_call, last_contact, next_person
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path)
    yield made
    made.close()


async def left(campaign: Campaign) -> tuple[int, Noted]:
    """Somebody writes in the middle of a call, and the program ends; whom she called, and what she had noted."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        assert person is not None
        await pilot.press("s", "r", "2", "a", "y", "f", *"+2d", "enter", "n", *"tired of it")
        noted = page.query_one(CallForm).noted
        await wait_for(
            pilot, lambda: (draft := draft_of(campaign, person)) and draft.noted == noted.written(), "it is kept"
        )
        campaign.presence.end()
        return person, noted


def reopened(campaign: Campaign) -> Campaign:
    """The campaign in the program's next window."""
    again = open_campaign(campaign.path, campaign.now)
    choose_organiser(again, "Ana")
    return again


async def gone_on(pilot: Pilot[Any], *answer: str) -> InCallPage:
    """Start calling from Today, and answer whether the call that was left is gone on with."""
    await pilot.press("1", "c")
    await wait_for(pilot, lambda: "go on with what was noted" in on_screen(pilot.app.screen), "the question")
    await pilot.press(*answer)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
    page = pilot.app.screen
    assert isinstance(page, InCallPage)
    return page


async def test_a_call_that_was_left_is_gone_on_with_and_nothing_noted_is_lost(campaign: Campaign) -> None:
    person, noted = await left(campaign)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she again")
        assert page.query_one(CallForm).noted == noted
        await pilot.press("escape", "1")
        await next_person(pilot, page, person)
        sql = "SELECT note, outcome FROM contact ORDER BY id DESC"
        assert tuple(again.connection.execute(sql).fetchone()) == ("tired of it", "talked")
        assert (draft_of(again, person), left_call(again)) == (None, None)
    again.close()


async def test_a_call_that_was_left_can_be_thrown_away(campaign: Campaign) -> None:
    person, _noted = await left(campaign)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        page = await gone_on(pilot, "down", "down", "enter")
        await wait_for(pilot, lambda: page.person_id is not None, "somebody")
        assert not page.query_one(CallForm).touched
        assert (draft_of(again, person), left_call(again)) == (None, None)
    again.close()


async def test_whoever_stops_and_lets_it_go_is_not_asked_again(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("n", *"tired", "enter", "escape")
        page = await gone_on(pilot, "down", "down", "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she, who is still the next")
        assert page.query_one(CallForm).note == ""
    assert left_call(reopened(campaign)) is None


async def test_an_n_behind_escape_throws_nothing_away(campaign: Campaign) -> None:
    """Escape asked whether to keep it, and n, which is the note one key earlier, said no."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *"tired", "enter", "escape", "n")
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.query_one(CallForm).note == "tired", "what was noted")


async def test_where_what_was_noted_cannot_be_kept_one_is_asked_before_it_is_lost(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *"tired", "enter")

        def refused(_campaign: Campaign, _kept: CallDraft, **_how: bool) -> None:
            raise OrganiserError("The disk is full.")

        monkeypatch.setattr(sitting, "keep_draft", refused)
        monkeypatch.setattr(call_keeping, "_SAID_AFTER", 1)
        await pilot.press("escape")
        await wait_for(pilot, lambda: "The disk is full." in on_screen(pilot.app.screen), "why")
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        assert page.query_one(CallForm).note == "tired"
        await pilot.press("ctrl+q")  # it left at once, and said so when it was too late
        await wait_for(pilot, lambda: "The disk is full." in on_screen(pilot.app.screen), "why, before one leaves")
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        await pilot.press("n", *" of it")
        await wait_for(pilot, lambda: "is not kept just now. The disk is full." in on_screen(page), "said while typing")
        await pilot.press("enter", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question again")
        await pilot.press("y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "the page below")


async def test_whoever_stops_in_the_middle_goes_on_with_what_was_noted(campaign: Campaign) -> None:
    """It went with one key, whatever had been typed."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("n", *"tired", "enter", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "the page below")
        await wait_for(pilot, lambda: "was not ended: c goes on with it" in on_screen(pilot.app.screen), "the hint")
        assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she again")
        assert page.query_one(CallForm).note == "tired"
        await pilot.press("1")
        await next_person(pilot, page, person or 0)
        assert left_call(campaign) is None
        assert last_contact(campaign)[2] == "tired"


async def test_what_was_typed_a_moment_before_leaving_is_kept(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        assert person is not None
        await pilot.press("n", *"tired", "ctrl+q")
    draft = draft_of(campaign, person)
    assert draft is not None and Noted.read(draft.noted).note == "tired"


async def test_a_call_of_the_day_before_yesterday_keeps_its_day_and_what_tomorrow_meant(tmp_path: Path) -> None:
    clock = Clock(evening())
    campaign = demo_campaign(tmp_path)
    campaign.now = clock
    tomorrow = (campaign.today() + timedelta(days=1)).isoformat()
    day = campaign.today().isoformat()
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("n", *"tired", "enter", "f", *"tomorrow 18h papers", "enter", "ctrl+q")
    campaign.close()
    clock.forward(days=2)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        later = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: later.person_id == person, "she again")
        await pilot.press("1")
        await next_person(pilot, later, person)
    contact = again.connection.execute("SELECT day, note FROM contact ORDER BY id DESC").fetchone()
    due = again.connection.execute("SELECT due, why FROM follow_up ORDER BY id DESC").fetchone()
    assert (tuple(contact), tuple(due)) == ((day, "tired"), (f"{tomorrow}T18:00", "papers"))
    again.close()


async def test_whoever_goes_on_with_a_note_writes_on_and_presses_no_keys(campaign: Campaign) -> None:
    person, noted = await left(campaign)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she again")
        await pilot.press(*" pd")
        assert page.query_one(CallForm).note == noted.note + " pd"
        assert page.query_one(CallForm).issues == noted.issues
    again.close()


async def test_where_no_note_was_being_written_the_digits_are_outcomes_at_once(campaign: Campaign) -> None:
    """The cursor stood in the note, and “1” was written into it."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("s", "escape")
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she again")
        await pilot.press("1")
        await next_person(pilot, page, person or 0)
        assert last_contact(campaign)[2] == ""


async def test_a_call_is_left_while_another_window_writes(campaign: Campaign) -> None:
    other = open_campaign(campaign.path, campaign.now)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await in_call(pilot)
        other.connection.execute("BEGIN IMMEDIATE")
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, InCallPage), "Today")
        assert pilot.app.return_code in (None, 0)
    other.connection.execute("ROLLBACK")
    other.close()


async def test_taken_back_past_midnight_a_call_keeps_its_day_and_its_tomorrow(tmp_path: Path) -> None:
    clock = Clock(evening())
    campaign = demo_campaign(tmp_path)
    campaign.now = clock
    day, tomorrow = campaign.today().isoformat(), (campaign.today() + timedelta(days=1)).isoformat()
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("f", *"tomorrow 18h papers", "enter", "n", *"tired", "enter", "1")
        await next_person(pilot, page, person)
        clock.forward(hours=8)
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == person, "she again")
        await pilot.press("1")
        await next_person(pilot, page, person)
    sql = "SELECT day FROM contact WHERE voided_by IS NULL ORDER BY id DESC"
    assert campaign.connection.execute(sql).fetchone() == (day,)
    due = "SELECT due FROM follow_up WHERE gone_by IS NULL ORDER BY id DESC"
    assert campaign.connection.execute(due).fetchone() == (f"{tomorrow}T18:00",)
    campaign.close()


async def test_today_says_that_a_call_was_not_ended(campaign: Campaign) -> None:
    await left(campaign)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await wait_for(pilot, lambda: "was not ended: c goes on with it" in on_screen(pilot.app.screen), "the hint")
    again.close()


async def test_while_a_moment_is_not_understood_enter_is_not_said_to_save(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("4", *"jutri")
        await wait_for(pilot, lambda: "enter saves as call back" in on_screen(page), "what enter does")
        await pilot.press(*" zvečer")
        await wait_for(
            pilot, lambda: "saves as call back once it is understood" in on_screen(page), "that it does nothing"
        )


async def test_what_was_noted_before_a_skip_waits_for_her(campaign: Campaign) -> None:
    """It was thrown away, after a question that nobody wanted at 21:40."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("n", *"on the bus", "enter", "greater_than_sign")
        assert await next_person(pilot, page, person) != person
        assert "she comes later with what you noted" in on_screen(page)
        assert not page.query_one(CallForm).touched
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "the end of the call")
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she")
        assert page.query_one(CallForm).note == "on the bus"


async def test_whoever_a_call_began_with_is_not_served_again_when_one_comes_back_to_the_page(
    campaign: Campaign,
) -> None:
    """Nobody was left, and coming back to the page put her into a second call."""
    (person,) = first_people(campaign, PeopleQuery(), 1)
    made = make_call_list(campaign, CallListDraft("One"), [person])
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, made, first=person)
        app.push_screen(page)
        await wait_for(pilot, lambda: page.person_id == person, "she")
        await pilot.press("2")
        await wait_for(pilot, lambda: page.person_id is None, "nobody")
        page.reload()
        await pilot.press("greater_than_sign")  # nobody to skip: whoever could be served would be
        await wait_for(pilot, lambda: not page.focused and page.person_id is None, "nobody")
        assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)


async def test_somebody_who_cannot_be_read_ends_no_call_with_another(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        asked: list[int | None] = []

        def damaged(_campaign: Campaign, _list: int | None, skipped: set[int]) -> int | None:
            asked.append(page.person_id)
            raise DatabaseError("database disk image is malformed")

        monkeypatch.setattr(sitting, "who_follows", damaged)
        person = page.person_id
        await pilot.press("2")
        assert await next_person(pilot, page, person) != person
        await wait_for(pilot, lambda: asked, "that somebody is read ahead")
        await pilot.press("n", *"yes", "enter")
        assert pilot.app.is_running and page.query_one(CallForm).note == "yes"
        second = page.person_id
        await pilot.press("2")
        await next_person(pilot, page, second)
        await wait_for(pilot, lambda: page.person_id in asked, "the next reading")
        assert asked == [second, page.person_id]  # one for each of them


async def test_a_file_that_is_taken_away_in_the_middle_of_a_call_loses_nothing_that_was_noted(
    campaign: Campaign, tmp_path: Path
) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        assert person is not None
        await pilot.press("n", *"on holiday", "enter")
        await wait_for(pilot, lambda: draft_of(campaign, person), "it is kept")
        away = tmp_path / "taken away"
        campaign.path.rename(away)
        await pilot.press("1")
        await wait_for(pilot, lambda: "moved or deleted" in on_screen(pilot.app.screen), "what happened")
        assert (page.person_id, page.query_one(CallForm).note) == (person, "on holiday")
        await pilot.press("n", *", ill", "enter")
        away.rename(campaign.path)
        await pilot.press("r", "3")
        await wait_for(pilot, lambda: "on holiday, ill" in str(draft_of(campaign, person)), "it goes on")
        campaign.presence.end()
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == person, "she")
        assert page.query_one(CallForm).note == "on holiday, ill"
    again.close()


async def test_a_call_of_a_list_that_was_taken_back_is_gone_on_with(campaign: Campaign) -> None:
    """Nobody could be served any more, and what had been noted was not offered again."""
    two = first_people(campaign, PeopleQuery(), 2)
    make_call_list(campaign, CallListDraft("Gone"), two[:1])
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await wait_for(pilot, lambda: "Gone" in on_screen(pilot.app.screen), "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        await pilot.press("n", *"tired", "enter", "escape")
        await wait_for(pilot, lambda: left_call(campaign), "it is left")
        undo_last(campaign)
        page = await gone_on(pilot, "enter")
        await wait_for(pilot, lambda: page.person_id == two[0], "she")
        assert page.query_one(CallForm).note == "tired"
        await pilot.press("1")
        await next_person(pilot, page, two[0])
        assert last_contact(campaign)[2] == "tired"


async def test_what_is_typed_ahead_of_the_question_throws_nothing_away(campaign: Campaign) -> None:
    """An n, which is the note one key later, threw it away, and so did a y, which narrowed to the line that does."""
    person, noted = await left(campaign)
    again = reopened(campaign)
    async with app_of(again).run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "c", *"3n told me way y", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        page = pilot.app.screen
        assert isinstance(page, InCallPage)
        await wait_for(pilot, lambda: page.person_id == person, "she, in the call that is gone on with")
        assert page.query_one(CallForm).noted == noted
    again.close()
