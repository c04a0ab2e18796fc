"""An evening of calls by keys alone: what is pressed, and then the rows that stand in the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.store.call_lists import call_lists, make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import LEARNED
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.person import person_card
from organiser_tui.store.person_history import history_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.history import change_words
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.waiting import on_screen, wait_for


async def in_call(pilot: Pilot[Any]) -> InCallPage:
    """Start calling everyone from Today."""
    await pilot.press("1", "c")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
    page = pilot.app.screen
    assert isinstance(page, InCallPage)
    await wait_for(pilot, lambda: page.person_id is not None, "somebody is served")
    return page


async def next_person(pilot: Pilot[Any], page: InCallPage, before: int | None) -> int:
    await wait_for(pilot, lambda: page.person_id not in (None, before), "the next person")
    assert page.person_id is not None
    return page.person_id


def static_text(page: InCallPage, name: str) -> str:
    """What a line of the page says."""
    return str(page.query_one(name, Static).content)


def another_than(page: InCallPage, before: int | None) -> bool:
    return page.person_id != before


def last_contact(campaign: Campaign) -> tuple[Any, ...]:
    row: tuple[Any, ...] = campaign.connection.execute(
        f"SELECT person_id, outcome, note, {LEARNED}, phone_id FROM contact c"
        " WHERE voided_by IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row


def contacts(campaign: Campaign) -> int:
    return int(campaign.connection.execute("SELECT count(*) FROM contact WHERE voided_by IS NULL").fetchone()[0])


async def test_no_answer_and_next_is_one_key(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("2")
        await next_person(pilot, page, called)
        assert last_contact(campaign)[:2] == (called, "no answer")


async def test_talked_with_note_rating_issue_ask_and_follow_up(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("n", *"9 shifts", "enter", "r", "2", "s", "p", "a", "y", "f")
        page.query_one("#form-next", Input).value = "thu 18h"
        await pilot.press("enter", "1")
        await next_person(pilot, page, called)
    person, outcome, note, learned, phone = last_contact(campaign)
    assert (person, outcome, note, learned) == (called, "talked", "9 shifts", 1)
    assert phone is not None
    one = campaign.connection.execute
    assert one("SELECT rating FROM assessment WHERE person_id = ? ORDER BY id DESC", (called,)).fetchone() == (2,)
    issues = one("SELECT issue FROM contact_issue ORDER BY id DESC LIMIT 2").fetchall()
    assert {issue for (issue,) in issues} == {"schedules", "pay"}
    assert one("SELECT answer FROM answer ORDER BY id DESC").fetchone() == ("yes",)
    due = one("SELECT due, kind FROM follow_up WHERE person_id = ? ORDER BY id DESC", (called,)).fetchone()
    assert due == ("2026-11-26T18:00", "promise")


async def test_a_call_back_waits_for_the_hour_that_was_agreed(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        await pilot.press("4")
        assert contacts(campaign) == before
        await pilot.press(*"jutri 17:30", "enter")
        await next_person(pilot, page, called)
    assert last_contact(campaign)[:2] == (called, "call back")
    due = campaign.connection.execute(
        "SELECT due, kind FROM follow_up WHERE person_id = ? AND done_on IS NULL ORDER BY id DESC", (called,)
    ).fetchone()
    assert due == ("2026-11-22T17:30", "call back")


async def test_a_nonsense_follow_up_is_told_at_the_field_and_nothing_is_lost(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        before = contacts(campaign)
        await pilot.press("n", *"hello", "enter", "f", *"blargh", "enter", "escape", "1")
        assert contacts(campaign) == before
        form = page.query_one(CallForm)
        assert "blargh" in form.trouble
        assert form.note == "hello"


async def test_wrong_number_marks_it_and_goes_on(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("7")
        await wait_for(pilot, lambda: last_contact(campaign)[:2] == (called, "wrong number"), "it is saved")
    phone = last_contact(campaign)[4]
    assert campaign.connection.execute("SELECT standing FROM phone WHERE id = ?", (phone,)).fetchone() == ("wrong",)


async def test_u_takes_the_last_outcome_back_and_shows_the_person_again(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        await pilot.press("9")
        await next_person(pilot, page, called)
        assert contacts(campaign) == before + 1
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == called, "the person is back")
        assert contacts(campaign) == before


async def test_do_not_contact_asks_through_what(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("0", "1")
        await next_person(pilot, page, called)
    barred = campaign.connection.execute(
        "SELECT b.channel, b.since, c.outcome FROM barred_channel b JOIN contact c ON c.id = b.contact_id"
        " WHERE b.person_id = ? AND b.gone_by IS NULL",
        (called,),
    )
    assert barred.fetchall() == [(None, campaign.today().isoformat(), "do not contact")]


async def test_do_not_contact_by_one_channel_is_said_before_the_next_call_and_taken_back_by_u(
    campaign: Campaign,
) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        await pilot.press("0", "3")
        await next_person(pilot, page, called)
        barred = "SELECT channel FROM barred_channel WHERE person_id = ? AND gone_by IS NULL"
        assert campaign.connection.execute(barred, (called,)).fetchall() == [("text",)]
        card = person_card(campaign, called)
        assert card is not None and card.discretion()[0].startswith("do not contact by text since ")
        (deed,) = history_of(campaign, called, 1)
        told = [change_words(change, campaign.today()).plain for change in deed.changes]
        day = short_day(campaign.today().isoformat(), campaign.today())
        assert f"+ asked in the call of {day} not to be contacted by text" in told
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == called, "the person is back")
        assert campaign.connection.execute(barred, (called,)).fetchall() == []


async def test_keys_that_arrive_together_mean_what_they_mean_one_by_one(campaign: Campaign) -> None:
    """Over a slow line `r3`, a note and the outcome came in one piece: the rating was saved as “left message”."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        for key in ["s", "r", "3", "n", *"9 h", "enter", "a", "y", "f", *"+2d", "enter", "1"]:
            pilot.app.post_message(
                events.Key({" ": "space", "+": "plus"}.get(key, key), key if len(key) == 1 else None)
            )
        await next_person(pilot, page, called)
    assert contacts(campaign) == before + 1
    assert last_contact(campaign)[:4] == (called, "talked", "9 h", 1)
    one = campaign.connection.execute
    assert one("SELECT rating FROM assessment WHERE person_id = ? ORDER BY id DESC", (called,)).fetchone() == (3,)
    assert one("SELECT issue FROM contact_issue ORDER BY id DESC").fetchone() == ("schedules",)
    assert one("SELECT answer FROM answer ORDER BY id DESC").fetchone() == ("yes",)
    assert one("SELECT due FROM follow_up ORDER BY id DESC").fetchone() == ("2026-11-23",)


async def test_skip_never_gives_the_same_person_again(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        seen = [page.person_id]
        for _skip in range(12):
            await pilot.press("greater_than_sign")
            seen.append(await next_person(pilot, page, seen[-1]))
        assert len(set(seen)) == len(seen)


async def test_a_digit_in_the_note_is_a_digit(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        before = contacts(campaign)
        await pilot.press("n", "2", "1", "0")
        assert page.query_one(CallForm).note == "210"
        assert contacts(campaign) == before


async def test_stopping_with_a_note_keeps_it_and_releases_the_person(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await in_call(pilot)
        await pilot.press("n", "x", "enter", "escape")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, InCallPage), "the end of the call")
        await wait_for(pilot, lambda: "what you noted is kept" in on_screen(pilot.app.screen), "what became of it")
        assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)


async def test_a_list_made_in_a_few_keys_is_called_through(campaign: Campaign) -> None:
    people = first_people(campaign, PeopleQuery(), 5)
    made = make_call_list(campaign, CallListDraft("Five"), people)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        page = pilot.app.screen
        assert isinstance(page, InCallPage)
        while page.person_id is not None:
            called = page.person_id
            await pilot.press("1")
            await wait_for(pilot, partial(another_than, page, called), "the next")
    row = next(row for row in call_lists(campaign) if row.id == made)
    ready = campaign.connection.execute(
        "SELECT count(*) FROM target t JOIN person_figures f ON f.person_id = t.person_id"
        " WHERE t.list_id = ? AND t.state = 'open' AND f.blocked = ''",
        (made,),
    ).fetchone()[0]
    assert row.done + ready + row.refused <= 5
    assert row.done > 0


async def test_an_empty_campaign_says_what_to_do(tmp_path: Path) -> None:
    campaign = empty_campaign(tmp_path)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        text = str(pilot.app.screen.query_one("#call-outcomes").render())
        assert "Nobody can be called now" in text
        assert "brings in a list" in text
    campaign.close()


async def test_two_enters_in_one_breath_leave_the_palette_once(campaign: Campaign) -> None:
    """The second one found a palette that had gone already, and ended the program."""
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        for _time in range(4):
            for key in ("ctrl+p", "enter", "enter", "escape"):
                app.post_message(events.Key(key, None))
            await pilot.pause()
            await wait_for(pilot, lambda: len(app.screen_stack) == 1, "back on the page")
        assert app.is_running
    assert app.return_code in (None, 0)


async def test_who_thinks_better_of_an_hour_has_not_saved_the_outcome(campaign: Campaign) -> None:
    """`4`, escape, and an hour typed later for another reason saved "call back" behind one's back."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        await pilot.press("4", "escape", "f", *"thu", "enter")
        await wait_for(pilot, lambda: page.focused is None, "the field is left")
        assert (page.person_id, contacts(campaign)) == (called, before)
        await pilot.press("4")
        await wait_for(pilot, lambda: contacts(campaign) == before + 1, "the call back")
        assert last_contact(campaign)[1] == "call back"


@pytest.mark.parametrize("mended", ["thu", ""])
async def test_a_bad_hour_is_mended_and_the_outcome_said_again_of_the_same_person(
    campaign: Campaign, mended: str
) -> None:
    """Enter behind the mended hour saved, and the digit that followed it was the outcome of the next one."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        await pilot.press("f", *"thxyz", "escape", "2")
        await wait_for(pilot, lambda: page.focused is not None, "back at the field")
        assert "Not saved yet" in static_text(page, "#call-said")
        await pilot.press("ctrl+u", *mended, "enter")
        await wait_for(pilot, lambda: page.focused is None, "the line is left")
        assert (page.person_id, contacts(campaign)) == (called, before)
        await pilot.press("2")
        await wait_for(pilot, lambda: contacts(campaign) == before + 1, "it is saved")
        assert last_contact(campaign)[:2] == (called, "no answer")


async def test_after_a_wrong_outcome_is_taken_back_everything_typed_stands_there_again(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        await pilot.press("n", *"tired", "enter", "r", "2", "s", "a", "m", "f", *"+2d", "enter")
        noted = page.query_one(CallForm).noted
        assert all((noted.issues, noted.rating, noted.ask, noted.note, noted.follow_up))
        await pilot.press("9")
        await wait_for(pilot, lambda: contacts(campaign) == before + 1, "refused")
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == called, "she is back")
        await wait_for(pilot, lambda: page.query_one(CallForm).noted == noted, "the form as it was")
        await pilot.press("1")
        await wait_for(pilot, lambda: last_contact(campaign)[1] == "talked", "the right outcome")
        assert last_contact(campaign)[2:4] == ("tired", 1)


async def test_u_in_a_new_sitting_takes_back_nothing_of_before(campaign: Campaign) -> None:
    """Right after the start `u` in a call took back a call list that was made the day before."""
    made = make_call_list(campaign, CallListDraft("Friday"), first_people(campaign, PeopleQuery(), 5))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("u")
        await wait_for(pilot, lambda: "Nothing to take back" in static_text(page, "#call-said"), "why not")
        assert made in {row.id for row in call_lists(campaign)}


async def test_the_bar_stands_on_the_list_that_was_just_made(campaign: Campaign) -> None:
    make_call_list(campaign, CallListDraft("Monday"), first_people(campaign, PeopleQuery(), 5))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("down", "3")
        await pilot.pause()
        await pilot.press("space", "l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the question")
        await pilot.press("ctrl+u", *"Tuesday", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "Calls")
        table = pilot.app.screen.query_one(RecordTable)
        names = {row.id: row.name for row in call_lists(campaign)}
        await wait_for(pilot, lambda: names.get(table.record_id or 0) == "Tuesday", "the bar")


async def test_a_language_is_kept_by_its_code_however_it_is_called(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("o", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which language")
        await pilot.press(*"Albanian", "enter")
        await wait_for(pilot, lambda: last_contact(campaign)[:2] == (person, "other language"), "the contact")
    held = campaign.connection.execute("SELECT call_language FROM person WHERE id = ?", (person,)).fetchone()
    assert held == ("sq",)
