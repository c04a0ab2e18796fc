"""The Sign-ups page, worked with keys: what is moved stands in the file."""

from __future__ import annotations

from textual.widgets import Static

from organiser_tui.domain.signups import Goal, Stage
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.signups import people_at_stage, signup_board
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.pages.signups import SignupsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


async def test_one_key_moves_a_card_on_and_another_takes_it_back(campaign: Campaign) -> None:
    first, second = people_at_stage(campaign, Stage.NOT_ASKED)[:2]
    before = signup_board(campaign).people
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        page = pilot.app.screen
        assert isinstance(page, SignupsPage)
        await wait_for(pilot, lambda: page.person_id == first, "the first of those never asked")
        await pilot.press("f")
        await wait_for(pilot, lambda: page.person_id == second, "the next one")
        assert campaign.connection.execute(
            "SELECT person_id, kind, day, organiser_id FROM ask ORDER BY id DESC LIMIT 1"
        ).fetchone() == (first, "sign", campaign.today().isoformat(), campaign.organiser_id)
        assert "asked · u takes it back" in said(pilot)[-1]
        await pilot.press("u")
        await wait_for(pilot, lambda: signup_board(campaign).people == before, "it is taken back")
        await wait_for(pilot, lambda: page.query_one(RecordTable).ids.at(0) == first, "she stands there again")


async def test_several_that_are_marked_go_where_one_says_on_the_day_one_says(campaign: Campaign) -> None:
    people = people_at_stage(campaign, Stage.NOT_ASKED)[:3]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "space", "space", "space", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "where to")
        await pilot.press(*"form", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "when")
        await pilot.press(*"yesterday", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SignupsPage), "the board")
        await wait_for(pilot, lambda: "3 people: form out" in "".join(said(pilot)), "what was done")
    rows = campaign.connection.execute("SELECT person_id, state, day FROM card ORDER BY id DESC LIMIT 3").fetchall()
    assert sorted(rows) == [(person, "form out", "2026-11-20") for person in sorted(people)]


async def test_a_card_signed_before_she_was_asked_is_a_question_where_it_happened(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "f", "right")
        page = pilot.app.screen
        assert isinstance(page, SignupsPage)
        asked = page.query_one(RecordTable).ids
        await pilot.press("end", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "where to")
        await pilot.press(*"signed", "enter", *"1.1.", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the board")
        await wait_for(pilot, lambda: "Which day is right?" in "".join(said(pilot)), "the question")
        assert page.query_one(RecordTable).ids.total == asked.total


async def test_a_goal_is_typed_as_one_says_it(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "how many")
        await pilot.press(*"banana", "enter")
        await wait_for(pilot, lambda: "How many cards, and by when?" in on_screen(pilot.app.screen), "what is wrong")
        await pilot.press("ctrl+u", *"55 by 21 feb", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SignupsPage), "the board")
        headline = pilot.app.screen.query_one("#signups-goal", Static)
        await wait_for(pilot, lambda: "of 55 signed by 21 Feb 2027" in str(headline.content), "the goal")
    assert signup_board(campaign).goal == Goal(55, "2027-02-21")
