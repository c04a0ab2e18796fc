"""The form inside a call as it is seen: the follow-up with what it is about, a long note, which keys are named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.text import Text

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.outcomes import own_outcomes
from organiser_tui.store.person import person_card
from organiser_tui.store.today import today_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.drawing.card import full_lines
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from organiser_tui.tui.widgets.call_rows import AskRow
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, in_call, next_person, static_text
from tests.tui.waiting import on_screen, wait_for


async def test_a_note_longer_than_its_field_stands_below_it_in_full(campaign: Campaign) -> None:
    """At 80 columns one saw the last 28 letters of what one wrote."""
    said = "she says the shifts change every week; Marko from Lipa said so too"
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *said)
        await pilot.pause()
        assert static_text(page, "#form-note-whole") == said
        assert page.query_one("#form-note-whole").display
        await pilot.press("enter")
        await wait_for(pilot, lambda: not page.query_one("#form-note-whole").display, "it folds up again")


async def test_in_a_field_escape_is_said_to_go_back_to_the_call(campaign: Campaign) -> None:
    """In the note the bottom row said “esc stop”: nobody knew what would stop."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        assert "esc stop calling" in on_screen(page)
        await pilot.press("n", *"hello")
        await pilot.pause()
        assert "esc back to the call" in on_screen(page)
        assert "stop" not in on_screen(page)
        await pilot.press("escape")
        assert pilot.app.screen is page
        assert page.query_one(CallForm).note == "hello"


async def test_the_outcomes_are_not_shown_as_live_while_a_question_stands_above(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("0")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "through what")
        await pilot.pause()
        assert "no answer" not in on_screen(pilot.app.screen)
        assert "these wait until what stands above is closed" in static_text(page, "#call-outcomes")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "2 no answer" in static_text(page, "#call-outcomes"), "they are live again")


async def test_a_follow_up_says_what_it_is_about_and_is_read_back_before_it_is_saved(campaign: Campaign) -> None:
    """The field took a moment only: what was agreed for Thursday was forgotten by then."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("f", *"thu 18h bring the forms to Maja")
        assert static_text(page, "#form-read-back") == "→ Thu 26 Nov 18:00 · bring the forms to Maja"
        await pilot.press("enter", "1")
        await next_person(pilot, page, called)
        assert "talked, Thu 26 Nov 18:00" in static_text(page, "#call-said")
    found = campaign.connection.execute(
        "SELECT due, why FROM follow_up WHERE person_id = ? ORDER BY id DESC", (called,)
    ).fetchone()
    assert found == ("2026-11-26T18:00", "bring the forms to Maja")


async def test_words_that_might_belong_to_the_moment_are_not_taken_for_what_it_is_about(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        before = contacts(campaign)
        await pilot.press("f", *"thu 18h 30", "enter")
        assert "“30”" in page.query_one(CallForm).trouble
        await pilot.press("escape", "1")
        assert contacts(campaign) == before


async def test_what_a_call_back_is_about_stands_on_today_and_in_the_call(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("4", *"+1min o urniku", "enter")
        await next_person(pilot, page, called)
        campaign_now = campaign.now() + timedelta(minutes=2)
        campaign.now = lambda: campaign_now
        await pilot.press("escape", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "Today")
        lines = today_of(campaign).due
        assert ("call back", "o urniku") in [(line.kind, line.about) for line in lines if line.person_id == called]
        assert "o urniku" in on_screen(pilot.app.screen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        again = pilot.app.screen
        assert isinstance(again, InCallPage)
        assert again.person_id == called
        assert "o urniku" in static_text(again, "#call-person")
        assert "o urniku" in static_text(again, "#call-because")


async def test_while_the_ask_is_answered_its_letters_are_not_named_as_other_keys(campaign: Campaign) -> None:
    """The bottom row said “n note” while n was the answer no."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert "n note" not in on_screen(page)
        await pilot.press("n")
        await pilot.pause()
        assert page.query_one(CallForm).ask is not None
        assert "n note" in on_screen(page)


@pytest.mark.parametrize(
    ("typed", "why"), [("", ""), ("bring the forms", "bring the forms"), ("thu 18h bring the forms", "bring the forms")]
)
async def test_a_preset_takes_the_place_of_the_moment_and_of_no_other_word(
    campaign: Campaign, typed: str, why: str
) -> None:
    """What had been typed was gone, and the outcome saved without it."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("4", *("space" if letter == " " else letter for letter in typed), "f3")
        await next_person(pilot, page, called)
    due = campaign.connection.execute(
        "SELECT due, why FROM follow_up WHERE person_id = ? AND done_on IS NULL ORDER BY id DESC", (called,)
    ).fetchone()
    assert due == ((campaign.today() + timedelta(days=1)).isoformat() + "T18:00", why)


async def test_a_digit_after_the_last_person_goes_to_no_page(campaign: Campaign) -> None:
    """Whoever pressed 2 twice, fast, found herself on page 2."""
    campaign.connection.execute("UPDATE person_figures SET blocked = 'position'")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        page, before = pilot.app.screen, contacts(campaign)
        await pilot.press("2", "2", "8")
        await pilot.pause()
        assert pilot.app.screen is page
        assert contacts(campaign) == before


@pytest.mark.parametrize("slip", ["6", "7", "8", "9"])
async def test_a_slip_in_the_rating_is_no_outcome(campaign: Campaign, slip: str) -> None:
    """R 9 saved that she had refused."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("r", slip)
        await wait_for(pilot, lambda: "A rating is 1 to 5" in static_text(page, "#form-read-back"), "what it takes")
        await pilot.press("4")
        assert (page.query_one(CallForm).rating, page.person_id) == (4, called)


async def test_what_was_heard_from_nobody_is_asked_about(campaign: Campaign) -> None:
    """“No answer” was saved with a rating and with an ask that she had said yes to."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("r", "1", "2")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        assert "no answer: nobody was spoken with" in on_screen(pilot.app.screen)
        await pilot.press("n")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call again")
        assert page.person_id == called
        await pilot.press("1")
        await next_person(pilot, page, called)


async def test_which_of_several_numbers_was_wrong_is_asked(campaign: Campaign) -> None:
    """The number on the screen was marked wrong, whichever had been dialled."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        with campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.insert("phone", person_id=called, e164="+38631999888", written="031 999 888", position=9)
        await pilot.press("escape")
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        await wait_for(pilot, lambda: getattr(pilot.app.screen, "person_id", None) == called, "she again")
        await pilot.press("7")
        await wait_for(pilot, lambda: "Which number was it?" in on_screen(pilot.app.screen), "the question")
        await pilot.press("2")
        sql = "SELECT standing FROM phone WHERE person_id = ? AND e164 = '+38631999888'"
        await wait_for(
            pilot, lambda: campaign.connection.execute(sql, (called,)).fetchone()[0] == "wrong", "the second one"
        )
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "her other number")
        assert getattr(pilot.app.screen, "person_id", None) == called


async def test_an_outcome_of_the_campaigns_own_stands_behind_o(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "o", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "its word")
        await pilot.press(*"husband", "enter")
        await wait_for(pilot, lambda: "The same as" in on_screen(pilot.app.screen), "what it does")
        await pilot.press(*"busy", "enter")
        await wait_for(pilot, lambda: [own.code for own in own_outcomes(campaign)] == ["husband"], "it is there")
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("o", *"husb", "enter")
        await next_person(pilot, page, called)
        assert campaign.connection.execute("SELECT outcome FROM contact ORDER BY id DESC").fetchone()[0] == "husband"
        assert "husband" in static_text(page, "#call-said")


async def test_a_number_that_others_have_says_whose_it_is_too(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        (number,) = campaign.connection.execute(
            "SELECT e164 FROM phone WHERE person_id = ? AND e164 IS NOT NULL", (called,)
        ).fetchone()
        with campaign.write(DeedKind.ENTER_PERSON) as deed:
            other = deed.insert("person", given="Zora", family="Kos")
            deed.insert("phone", person_id=other, e164=number, written=number)
        page.load()
        await pilot.press("escape", "c")
        await wait_for(pilot, lambda: "also Zora Kos" in on_screen(pilot.app.screen), "whose it is too")


async def test_somebody_is_handed_over_with_the_outcome_and_stands_on_the_others_today(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        await pilot.press("at")
        await wait_for(pilot, lambda: "Who should speak with" in on_screen(pilot.app.screen), "to whom")
        await pilot.press(*"maja", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "why")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Say in a word why." in on_screen(pilot.app.screen), "the refusal")
        await pilot.press(*"a lead", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        assert "hand over to Maja: a lead" in static_text(page, "#form-handed")
        await pilot.press("1")
        await next_person(pilot, page, called)
        assert "handed over" in static_text(page, "#call-said")
        card = person_card(campaign, called)
        assert card is not None and (card.handed_to, card.handed_why) == ("Maja", "a lead")
        await pilot.press("u")
        await wait_for(pilot, lambda: page.person_id == called, "she again")
        assert "hand over to Maja: a lead" in static_text(page, "#form-handed")


async def test_whom_she_knows_is_typed_by_name_in_the_call(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        with campaign.write(DeedKind.ENTER_PERSON) as deed:
            deed.insert("person", given="Zzoran", family="Kkosir")  # her letters find him: he was tied to
        await pilot.press("plus", "1", *"Zzora Kkos", "enter")
        await wait_for(pilot, lambda: "knows Zzora Kkos" in static_text(page, "#form-heard"), "whom she knows")
        await pilot.press("plus", *"next", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "for the next")
        await pilot.press(*"after five", "enter")
        await wait_for(pilot, lambda: "for the next: after five" in static_text(page, "#form-heard"), "both")
        await pilot.press("1")
        await next_person(pilot, page, called)
        card = person_card(campaign, called)
        assert card is not None
        assert "Zzora Kkos" in [known.name for known in card.knows] and card.next_note == "after five"


async def test_until_when_she_was_asked_is_one_line_after_u_in_the_ask(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(page.focused, AskRow), "the ask")
        await pilot.press("2", "u")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "until when")
        await pilot.press(*"soonish", "enter")
        assert isinstance(pilot.app.screen, AskLine)  # what is no day is not taken
        await pilot.press(*(["backspace"] * 7), *"2.12.", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        await pilot.press("y", "1")
        await next_person(pilot, page, person)
    sql = "SELECT due FROM ask WHERE person_id = ? ORDER BY id DESC"
    assert campaign.connection.execute(sql, (person,)).fetchone() == ("2026-12-02",)


async def test_what_she_wants_to_know_stands_on_today_until_d_says_that_she_was_told(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("plus")
        await wait_for(pilot, lambda: "What else did you hear?" in on_screen(pilot.app.screen), "the question")
        await pilot.press(*"wants", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "what")
        await pilot.press(*"is travel paid", "enter")
        await wait_for(pilot, lambda: page.query_one(CallForm).heard.wants == ("is travel paid",), "noted")
        await pilot.press("1")
        await next_person(pilot, page, person)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "Today")
        today = pilot.app.screen
        assert isinstance(today, TodayPage)
        await wait_for(pilot, lambda: "is travel paid" in on_screen(today), "on Today")
        line = next(place for place, held in today._lines.items() if held.due and held.due.kind == "request")
        table = today.query_one(RecordTable)
        table.move_to(table.ids.row_of(line) or 0)
        await pilot.press("d")
        await wait_for(pilot, lambda: "What did you tell her?" in on_screen(pilot.app.screen), "what she was told")
        await pilot.press(*"between two users", "enter")
        await wait_for(pilot, lambda: "is travel paid" not in on_screen(today), "answered")
    sql = "SELECT what, answered_on, answer FROM request WHERE person_id = ?"
    row = campaign.connection.execute(sql, (person,)).fetchone()
    assert row == ("is travel paid", "2026-11-21", "between two users")


async def test_that_she_agreed_that_we_keep_it_is_one_key_and_the_same_key_takes_it_out(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        await pilot.press("K")
        await wait_for(pilot, lambda: "We keep your name" in on_screen(page), "what she agreed to")
        await pilot.press("K")
        await wait_for(pilot, lambda: "We keep your name" not in on_screen(page), "nothing")
        await pilot.press("K", "1")
        await next_person(pilot, page, called)
    sql = "SELECT wording, day FROM ground WHERE person_id = ? AND ground = 'agreed'"
    wording = "We keep your name, number and what we spoke about, to call you again."
    assert campaign.connection.execute(sql, (called,)).fetchall() == [(wording, "2026-11-21")]
    card = person_card(campaign, called or 0)
    assert card is not None
    hers = Text("\n").join(full_lines(card, [], campaign.today(), "SI", 120)).plain
    assert f"Agreed to      “{wording}” · 21 Nov · Ana" in hers
