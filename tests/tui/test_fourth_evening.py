"""What a breaker and an experienced caller ran into in calls that do not go by the book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.heard import NOTHING
from organiser_tui.domain.outcomes import Effect
from organiser_tui.store.call_lists import call_list, make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.people import people_last_called, search_people
from organiser_tui.store.person import person_card
from organiser_tui.store.queue import hold_person
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.store.building import Builder
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, in_call, last_contact, next_person, static_text
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def other(campaign: Campaign) -> Iterator[Campaign]:
    """Another window on the same file, Maja at work."""
    opened = open_campaign(campaign.path, campaign.now)
    choose_organiser(opened, "Maja")
    yield opened
    opened.close()


async def test_a_number_changed_in_mid_call_keeps_no_outcome_from_being_saved(
    campaign: Campaign, other: Campaign
) -> None:
    """“That number is no longer in the file. Nothing was saved.”, whatever was pressed."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        assert called is not None
        await pilot.press("n", *"she said", "enter")
        number = "SELECT id FROM phone WHERE person_id = ? AND gone_by IS NULL"
        with other.write(DeedKind.CHANGE_PERSON) as deed:
            for (phone,) in other.connection.execute(number, (called,)).fetchall():
                deed.end("phone", phone)
            deed.insert("phone", person_id=called, e164="+38641999888", written="041 999 888")
        await wait_for(pilot, lambda: "041 999 888" in on_screen(page), "the number that she has now")
        await pilot.press("1")
        await next_person(pilot, page, called)
        assert contacts(campaign) == before + 1 and last_contact(campaign)[2] == "she said"


async def test_there_is_one_call_at_a_time(campaign: Campaign) -> None:
    """A second one, begun on another page, took the place of what was noted in the first."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *"first note", "enter")
        await pilot.app.show_page("calls")  # type: ignore[attr-defined]
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the lists")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "You are in a call" in on_screen(pilot.app.screen), "the word")
        assert isinstance(pilot.app.screen, CallsPage)
        assert page.query_one(CallForm).note == "first note"


async def test_what_was_heard_is_not_wiped_by_the_digit_that_noted_it(campaign: Campaign) -> None:
    """`+ 1` once more took out the first colleague, and the name that was typed became keys."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        names = [name.split(" · ")[0] for person, name in search_people(campaign, "an") if person != page.person_id][:2]
        for name in names:
            await pilot.press("plus", "1")
            await wait_for(pilot, lambda: "Who is it?" in on_screen(pilot.app.screen), "the question")
            typed = name.lower()[:-1]  # all but the last letter: she is meant, and nobody new
            await pilot.press(*["space" if letter == " " else letter for letter in typed], "enter")
            await wait_for(pilot, lambda: pilot.app.screen is page, "the call")
        ties = page.query_one(CallForm).heard.ties
        assert [tie.name.split(" · ")[0] for tie in ties] == names
        assert all(tie.other_id is not None for tie in ties)


async def test_who_is_in_another_call_is_said_and_whoever_is_next_is_one_key_away(
    campaign: Campaign, other: Campaign
) -> None:
    """“Nobody can be called now.”, with hundreds who could."""
    person, name = search_people(campaign, "an")[0]
    assert hold_person(other, None, person) is not None
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who rings")
        typed = name.split(" · ")[0]
        await pilot.press(*["space" if letter == " " else letter for letter in typed], "enter")
        await wait_for(pilot, lambda: "Maja is in a call with this person" in on_screen(pilot.app.screen), "the word")
        assert "Nobody can be called now" not in on_screen(pilot.app.screen)
        await pilot.press("greater_than_sign")
        await wait_for(pilot, lambda: "because" in on_screen(pilot.app.screen), "whoever is next")


async def test_a_follow_up_counts_from_when_it_is_typed(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three quarters of an hour into a call “+30min” was a quarter of an hour ago."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        later = datetime(2026, 11, 21, 19, 25, tzinfo=UTC)  # 20:25 there
        monkeypatch.setattr(campaign, "now", lambda: later)
        await pilot.press("f", *"+30min")
        await wait_for(pilot, lambda: "20:55" in static_text(page, "#form-read-back"), "half an hour from now")


async def test_the_skip_of_the_one_who_rang_serves_no_stranger(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who rings")
        await pilot.press(*"ana")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "somebody rang" in on_screen(pilot.app.screen), "she")
        await pilot.press("greater_than_sign")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "back where it rang")


async def test_somebody_who_rings_in_the_middle_of_a_call_is_logged_and_the_call_goes_on(campaign: Campaign) -> None:
    """With letters for issues there was no key for it: one had to stop calling, and to begin again."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person, name = page.person_id, page._sitting.card.name if page._sitting.card else ""
        ringing = next(one for one, _name in search_people(campaign, "041") if one != person)
        number = campaign.connection.execute("SELECT e164 FROM phone WHERE person_id = ?", (ringing,)).fetchone()[0]
        await pilot.press("n", *"it rings on and on", "enter", "B")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who rings")
        await pilot.press(*number[4:])
        await wait_for(pilot, lambda: "nothing" not in on_screen(pilot.app.screen), "found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: page.person_id == ringing, "she who rings")
        assert "somebody rang" in on_screen(page)
        assert page.query_one(CallForm).noted.note == ""
        await pilot.press("n", *"comes on Friday", "enter", "1")
        await wait_for(pilot, lambda: page.person_id == person, "the call that was interrupted")
        assert "somebody rang" not in on_screen(page) and name in on_screen(page)
        assert page.query_one(CallForm).noted.note == "it rings on and on"
        await pilot.press("2")
        await wait_for(pilot, lambda: page.person_id not in (None, person, ringing), "the next one")
    rows = campaign.connection.execute(
        "SELECT person_id, outcome, note FROM contact ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert rows == [(person, "no answer", "it rings on and on"), (ringing, "talked", "comes on Friday")]


async def test_whoever_asked_not_to_be_called_is_asked_about_on_a_list_that_refills_too(campaign: Campaign) -> None:
    """She was in the call without a word: the list had just taken in who had come to fit it."""
    barred = Builder(campaign).person("Zofka", barred="call")
    draft = CallListDraft("Everybody", filter_text="work:assistant", refills=True)
    listed = make_call_list(campaign, draft, [barred])
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        pilot.app.push_screen(InCallPage(campaign, listed, first=barred))
        question = "Zofka Novak asked not to be called. Call all the same?"
        await wait_for(pilot, lambda: question in " ".join(on_screen(pilot.app.screen).split()), "the question")
        row = call_list(campaign, listed)
        assert row is not None and row.targets > 1


async def test_a_form_that_changed_nothing_says_so(campaign: Campaign) -> None:
    """“Saved · u takes it back”, and u took back what had been done before."""
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("e", "ctrl+s")
        await wait_for(pilot, lambda: "Nothing was changed" in on_screen(pilot.app.screen), "the word")


def test_whose_number_was_wrong_is_not_who_rings_back(campaign: Campaign) -> None:
    found = people_last_called(campaign, "030")
    log_contact(campaign, ContactDraft(found[-1].id, Effect.WRONG_NUMBER))
    assert people_last_called(campaign, "030")[0].id == found[0].id


def test_a_question_of_hers_makes_it_a_conversation(campaign: Campaign) -> None:
    """She asked whether travel is paid, and the evening counted no conversation."""
    person = search_people(campaign, "an")[0][0]
    draft = ContactDraft(person, Effect.TALKED, heard=NOTHING._replace(wants=("Is travel paid?",)))
    assert draft.learned
    log_contact(campaign, draft)
    sql = "SELECT last_conversation FROM person_figures WHERE person_id = ?"
    assert campaign.connection.execute(sql, (person,)).fetchone() == (campaign.today().isoformat(),)
    card = person_card(campaign, person)
    assert card is not None and card.requests
