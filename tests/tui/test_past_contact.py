"""What happened before, entered on its own date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.diary import diary
from organiser_tui.store.facts import LEARNED
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.past_contact import PastContact
from organiser_tui.tui.widgets.call_rows import FormRow
from organiser_tui.tui.widgets.form_field import ChoiceLine
from organiser_tui.tui.widgets.own_row import OwnRow
from tests.tui.campaigns import empty_campaign
from tests.tui.test_people_page import entered, people_page, read
from tests.tui.waiting import on_screen, said_under, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    entered(made, "Ana", "Kos", number="+38641123456")
    yield made
    made.close()


async def past_contact(pilot: Pilot[Any]) -> PastContact:
    await pilot.press("m")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, PastContact), "the form")
    dialog = pilot.app.screen
    assert isinstance(dialog, PastContact)
    return dialog


def contacts(campaign: Campaign) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = campaign.connection.execute(
        f"SELECT day, timed, channel, outcome, note, {LEARNED} FROM contact c WHERE voided_by IS NULL ORDER BY at"
    ).fetchall()
    return rows


async def test_a_meet_up_on_its_day_with_issues_rating_note_and_follow_up(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        dialog = await past_contact(pilot)
        await pilot.press(*"20.10.")
        assert "Tue 20 Oct" in said_under(dialog, "past-when")
        await pilot.press("enter", "enter", "enter", "s", "p", "enter", "2", "y", *"wants to meet", "enter")
        await pilot.press(*"+7d", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        await read(pilot, page)
        assert "1 mo" in page.table.render_line(1).text or "32 d" in page.table.render_line(1).text
    assert contacts(campaign) == [("2026-10-20", 0, "meet-up", "talked", "wants to meet", 1)]
    rows = campaign.connection.execute("SELECT issue FROM contact_issue ORDER BY issue").fetchall()
    assert rows == [("pay",), ("schedules",)]
    assert campaign.connection.execute("SELECT rating, day FROM assessment").fetchall() == [(2, "2026-10-20")]
    assert campaign.connection.execute("SELECT due FROM follow_up").fetchall() == [("2026-11-28",)]
    assert campaign.connection.execute("SELECT kind, day FROM ask").fetchall() == [("sign", "2026-10-20")]


async def test_a_call_at_an_hour_that_nobody_answered(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        dialog = await past_contact(pilot)
        await pilot.press(*"yesterday 18h", "enter", "c", "enter", "n")
        assert dialog.query_one("#past-channel", ChoiceLine).value == "call"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert contacts(campaign) == [("2026-11-20", 1, "call", "no answer", "", 0)]


async def test_without_a_day_or_with_one_ahead_nothing_is_saved_and_nothing_lost(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        dialog = await past_contact(pilot)
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "When was it?" in said_under(dialog, "past-when"), "the question")
        await pilot.press(*"2026-12-24", "enter")
        await wait_for(pilot, lambda: "still ahead" in said_under(dialog, "past-when"), "what is wrong")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("n")
        assert pilot.app.screen is dialog
    assert contacts(campaign) == []


def marked_labels(dialog: PastContact) -> list[str]:
    """The labels of the lines with the bar at their left."""
    return [
        str(line.query_one(".form-label", Static).content)
        for line in dialog.query(".form-line, .form-row")
        if line.styles.border_left[0] == "outer"
    ]


async def test_one_sees_which_line_has_the_cursor_and_the_arrows_move_it(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        dialog = await past_contact(pilot)
        for label in ("When", "How", "Outcome", "Issues", "Rating", "Ask", "Note", "Follow-up"):
            assert marked_labels(dialog) == [label]
            await pilot.press("down")
        await pilot.press("up")
        assert marked_labels(dialog) == ["Note"]


async def test_what_can_be_pressed_is_said_of_the_line_with_the_cursor(campaign: Campaign) -> None:
    """Now and then the line that was left took away the words of the line that was come to."""
    async with people_page(campaign) as (pilot, _page):
        dialog = await past_contact(pilot)
        said = dialog.query_one("#form-read-back", Static)
        await pilot.press("down", "down", "down")
        rows = list(dialog.query(FormRow))
        await wait_for(pilot, lambda: "press the letter" in str(said.content), "the words of the issues")
        await pilot.press("down")
        await wait_for(pilot, lambda: "1 leads others" in str(said.content), "the words of the rating")
        rows[0].draw()  # the line that was left speaks last
        await pilot.pause()
        assert "1 leads others" in str(said.content)
        await pilot.press("down", "down")
        await wait_for(pilot, lambda: str(said.content) == "", "nothing to say of a note")


async def test_letters_and_digits_of_a_note_choose_no_issue_and_no_rating(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await past_contact(pilot)
        await pilot.press(*"today", *["down"] * 6, *"pst 123 ynl", "up", "up", "up", "p", "down", "down", "down")
        await pilot.press(*"cd", "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert [row[4] for row in contacts(campaign)] == ["pst 123 ynlcd"]
    assert campaign.connection.execute("SELECT issue FROM contact_issue").fetchall() == [("pay",)]
    assert campaign.connection.execute("SELECT count(*) FROM assessment").fetchone() == (0,)


async def test_a_call_back_needs_its_hour(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        dialog = await past_contact(pilot)
        await pilot.press(*"today", "enter", "enter", "4", "ctrl+s")
        said = dialog.query_one("#form-message", Static)
        await wait_for(pilot, lambda: "A call back needs" in str(said.content), "what is missing")
    assert contacts(campaign) == []


async def test_u_takes_it_back(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await past_contact(pilot)
        await pilot.press(*"today", "enter", "ctrl+s")
        await wait_for(pilot, lambda: len(contacts(campaign)) == 1, "the contact")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        await pilot.press("u")
        await wait_for(pilot, lambda: contacts(campaign) == [], "the undo")


async def test_four_at_the_tuesday_meet_up_are_noted_in_one_form(campaign: Campaign) -> None:
    for given in ("Boris", "Cvetka", "Dana"):
        entered(campaign, given, "Kos")
    async with people_page(campaign) as (pilot, page):
        await pilot.press("space", "space", "space")
        dialog = await past_contact(pilot)
        await wait_for(pilot, lambda: len(dialog.query(OwnRow)) == 3, "a line for each")
        await pilot.press("ctrl+n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who else")
        await pilot.press(*"dana")
        await wait_for(pilot, lambda: "Dana Kos" in on_screen(pilot.app.screen), "she is found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(dialog.query(OwnRow)) == 4, "she is there, too")
        await pilot.press(
            *"tue", "enter", "enter", "enter", "2", "p", "Y", "enter", "3", "N", "enter", "enter", "enter"
        )
        await pilot.press("s", "enter", *"split shifts", "enter", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        assert not page.table.marks
    told = campaign.connection.execute(
        "SELECT p.given, c.day, c.channel, c.note, (SELECT rating FROM assessment a WHERE a.contact_id = c.id),"
        " (SELECT group_concat(issue, ' ') FROM contact_issue i WHERE i.contact_id = c.id),"
        " (SELECT answer FROM answer w WHERE w.contact_id = c.id)"
        " FROM contact c JOIN person p ON p.id = c.person_id ORDER BY p.given"
    ).fetchall()
    assert told == [
        ("Ana", "2026-11-17", "meet-up", "split shifts", 2, "schedules pay", "yes"),
        ("Boris", "2026-11-17", "meet-up", "split shifts", 3, "schedules", "no"),
        ("Cvetka", "2026-11-17", "meet-up", "split shifts", None, "schedules", None),
        ("Dana", "2026-11-17", "meet-up", "split shifts", None, "schedules", None),
    ]
    assert diary(campaign)[0].what == "Ana Kos and 3 more: talked"


async def test_whoever_was_not_there_is_taken_out_and_one_alone_is_noted_as_before(campaign: Campaign) -> None:
    entered(campaign, "Boris", "Kos")
    async with people_page(campaign) as (pilot, page):
        await pilot.press("space", "space")
        dialog = await past_contact(pilot)
        await wait_for(pilot, lambda: len(dialog.query(OwnRow)) == 2, "a line for each")
        await pilot.press(*"tue", "enter", "enter", "enter", "down", "delete")
        await wait_for(pilot, lambda: not dialog.query(OwnRow), "one is left")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    people = campaign.connection.execute("SELECT p.given FROM contact c JOIN person p ON p.id = c.person_id").fetchall()
    assert people == [("Ana",)]


async def test_which_of_two_numbers_was_wrong_is_asked_here_too(campaign: Campaign) -> None:
    (person,) = campaign.connection.execute("SELECT id FROM person").fetchone()
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.insert("phone", person_id=person, e164="+38641123457", written="041 123 457", kind="home", position=2)
    async with people_page(campaign) as (pilot, page):
        await past_contact(pilot)
        await pilot.press(*"today", "enter", "c", "enter", "w", "ctrl+s")
        await wait_for(pilot, lambda: "Which number was it?" in on_screen(pilot.app.screen), "the question")
        await pilot.press("2")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    standing = campaign.connection.execute("SELECT e164 FROM phone WHERE standing = 'wrong'").fetchall()
    assert standing == [("+38641123457",)]


async def test_what_was_noted_of_the_one_who_is_left_stays_hers(campaign: Campaign) -> None:
    entered(campaign, "Boris", "Kos")
    async with people_page(campaign) as (pilot, page):
        await pilot.press("space", "space")
        dialog = await past_contact(pilot)
        await wait_for(pilot, lambda: len(dialog.query(OwnRow)) == 2, "a line for each")
        await pilot.press(*"tue", "enter", "enter", "enter", "2", "enter", "4", "p", "Y", "up", "delete")
        await wait_for(pilot, lambda: not dialog.query(OwnRow), "one is left")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    told = campaign.connection.execute(
        "SELECT p.given, a.rating, (SELECT issue FROM contact_issue), (SELECT answer FROM answer)"
        " FROM assessment a JOIN person p ON p.id = a.person_id"
    ).fetchall()
    assert told == [("Boris", 4, "pay", "yes")]


async def test_do_not_contact_of_several_asks_through_what(campaign: Campaign) -> None:
    entered(campaign, "Boris", "Kos")
    async with people_page(campaign) as (pilot, page):
        await pilot.press("space", "space")
        dialog = await past_contact(pilot)
        await wait_for(pilot, lambda: len(dialog.query(OwnRow)) == 2, "a line for each")
        dialog.query_one("#past-outcome", ChoiceLine).row.pick("do not contact")
        await pilot.press(*"today", "ctrl+s")
        await wait_for(pilot, lambda: "through what" in on_screen(pilot.app.screen), "the question")
        await pilot.press("3")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    barred = campaign.connection.execute("SELECT channel FROM barred_channel").fetchall()
    assert barred == [("text",), ("text",)]
