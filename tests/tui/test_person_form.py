"""People entered and changed by keys alone, errors at the field, and the rows in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.people import PersonDraft
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.entering import save_person
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.person_form import PersonForm
from organiser_tui.tui.dialogs.person_reading import addresses, read_day, read_hour
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.widgets.choice_row import ChoiceRow
from organiser_tui.tui.widgets.form_field import FormField, FormLine
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.test_people_page import entered, people_page, read, shown
from tests.tui.waiting import said_under, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    yield made
    made.close()


async def form(pilot: Pilot[Any], key: str = "n") -> PersonForm:
    await pilot.press(key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonForm), "the form")
    opened = pilot.app.screen
    assert isinstance(opened, PersonForm)
    return opened


def card_of(campaign: Campaign, person: int) -> PersonCard:
    card = person_card(campaign, person)
    assert card is not None
    return card


def marked_lines(opened: PersonForm) -> list[str | None]:
    """The lines with the bar at their left."""
    lines = opened.query(FormLine)
    return [line.id for line in lines if line.query_one(".form-line").styles.border_left[0] == "outer"]


def write(opened: PersonForm, **values: str) -> None:
    for name, value in values.items():
        opened.query_one(f"#{name.replace('_', '-')}", FormField).value = value


async def test_a_new_person_by_keys_alone(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await form(pilot)
        await pilot.press(*"Neja", "enter", *"Rap", "enter", *"041 123 456 work", "enter", "enter")
        await pilot.press(*"Lipa", "enter", *"11.2021", "enter", "enter", *"velen", "down", "enter", "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        await read(pilot, page)
        (person,) = shown(page)
        assert page.person_id == person
    card = card_of(campaign, person)
    assert (card.name, card.phones[0].e164, card.phones[0].kind) == ("Neja Rap", "+38641123456", "work")
    assert [(e.provider, e.from_day, e.to_day) for e in card.employments] == [("Lipa", "2021-11-01", None)]
    assert campaign.places.municipality_names[card.municipality_code] == "Velenje"
    assert campaign.places.region_names[card.region_code] == "Savinjska"
    kinds = campaign.connection.execute("SELECT kind FROM action WHERE kind LIKE '%person%'").fetchall()
    assert kinds == [("enter person",)]


async def test_errors_stand_at_the_field_and_nothing_that_was_typed_is_lost(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot)
        write(opened, given="Ana", phone_0="04x 123", emails="ana at lipa", provider_0="Lipa", since_0="soon")
        write(opened, call_from="25")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: said_under(opened, "phone-0"), "what is wrong")
        assert "“04x 123”" in said_under(opened, "phone-0")
        assert "not an e-mail address" in said_under(opened, "emails")
        assert "is no date" in said_under(opened, "since-0")
        assert "is no hour" in said_under(opened, "call-from")
        assert "4 lines are not right" in str(opened.query_one("#form-message", Static).content)
        assert opened.focused is opened.query_one("#phone-0-text", Input)
        assert opened.query_one("#given", FormField).value == "Ana"
        assert campaign.connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
        write(opened, phone_0="")
        said = opened.query_one("#form-message", Static)
        await wait_for(pilot, lambda: "3 lines are not right" in str(said.content), "how many are left")
        write(opened, emails="ana@lipa.example", since_0="", call_from="17")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert campaign.connection.execute("SELECT given, call_from FROM person").fetchall() == [("Ana", "17:00")]


async def test_nobody_is_entered_without_name_and_number(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        opened = await form(pilot)
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: "needs a name" in str(opened.query_one("#form-message", Static).content), "the sentence"
        )


async def test_somebody_with_the_same_number_is_shown_and_can_be_saved_all_the_same(campaign: Campaign) -> None:
    entered(campaign, "Špela", "Žagar", number="+38641123456")
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot)
        write(opened, given="Ana", phone_0="041 123 456")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        detail = str(pilot.app.screen.query_one("#confirm-detail", Static).content)
        assert "Špela Žagar, Lipa: the same number, 041 123 456" in detail
        await pilot.press("n")
        assert pilot.app.screen is opened
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question again")
        await pilot.press("y")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert campaign.connection.execute("SELECT count(*) FROM person").fetchone() == (2,)


async def test_edit_and_undo_come_back_to_the_same_rows(campaign: Campaign) -> None:
    person = entered(campaign, "Ana", "Kos", number="+38641123456")
    before = card_of(campaign, person)
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot, "e")
        write(opened, family="Kos Zajc", phone_0="031 222 333", tags="nočna, steward", until_0="1.10.2026")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        after = card_of(campaign, person)
        assert after.family == "Kos Zajc" and after.tags == ("nočna", "steward")
        assert [phone.e164 for phone in after.phones] == ["+38631222333"]
        assert after.employments[0].to_day == "2026-10-01" and after.employments[0].id == before.employments[0].id
        await read(pilot, page)
        await pilot.press("u")
        await wait_for(pilot, lambda: card_of(campaign, person) == before, "the undo")


async def test_a_form_that_is_saved_untouched_changes_no_row(campaign: Campaign) -> None:
    person = entered(campaign, "Ana", "Kos", number="+38641123456")
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.insert("phone", person_id=person, e164=None, written="pri Janezu, 04x", position=2)
        deed.insert("email", person_id=person, address="ana@lipa.example")
        deed.change("person", person, leave_message=0, place="nekje", town="Muta")
        deed.change(
            "person", person, left_work_on="2026-01-31", call_language="?", heard_through="meeting", extra="dr."
        )
        for channel in ("call", "text"):
            deed.insert("barred_channel", person_id=person, channel=channel, since="2026-11-03")
            deed.insert("safe_channel", person_id=person, channel=channel)
        deed.insert("external_id", person_id=person, system="Stara; baza: 1", value="a: b; c")
        field = deed.insert("custom_field", name="Number of children at home: how many, and of what age")
        deed.insert("custom_value", person_id=person, custom_field_id=field, value="2: 3, 5")
        deed.insert("skill", person_id=person, skill="driving")
    changes = campaign.connection.execute("SELECT count(*) FROM change").fetchone()
    async with people_page(campaign) as (pilot, page):
        await form(pilot, "e")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert campaign.connection.execute("SELECT count(*) FROM change").fetchone() == changes


async def test_one_more_number_and_one_more_employment(campaign: Campaign) -> None:
    person = entered(campaign, "Ana", "Kos", number="+38641123456")
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot, "e")
        await pilot.press("ctrl+n", *"031222333")
        opened.query_one("#provider-0", FormField).focus_field()
        await pilot.pause()
        await pilot.press("ctrl+n", *"Zarja", "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    card = card_of(campaign, person)
    assert [phone.e164 for phone in card.phones] == ["+38641123456", "+38631222333"]
    assert sorted(line.provider for line in card.employments) == ["Lipa", "Zarja"]


async def test_escape_asks_only_where_something_was_typed(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await form(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        opened = await form(pilot)
        await pilot.press("a", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("n")
        assert pilot.app.screen is opened
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "the list")


async def test_everything_the_page_of_a_person_shows_can_be_changed_in_the_form(campaign: Campaign) -> None:
    person = entered(campaign, "Ana", "Kos")
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.insert("external_id", person_id=person, system="Old database", value="17")
        field = deed.insert("custom_field", name="Shoe size")
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot, "e")
        write(opened, street="Kidričeva 4", postal_code="2000", town="Maribor", skills="driving, sewing", gender="f")
        write(opened, external_0="18", external_more="Union: 5", custom_more="Allergy: none", extra="mag.")
        opened.query_one(f"#custom-{field}", FormField).value = "42"
        opened.query_one("#heard-through-row", ChoiceRow).pick("meeting")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        lines = str(pilot.app.screen.query_one("#person-lines", Static).content)
    for words in (
        "Kidričeva 4",
        "2000 Maribor",
        "driving, sewing",
        "mag.",
        "Heard through  meeting",
        "Gender         f",
    ):
        assert words in lines, lines
    for words in ("Shoe size: 42", "Allergy: none", "Old database: 18", "Union: 5"):
        assert words in lines, lines


async def test_do_not_contact_in_the_form_is_a_dated_row_that_page_and_history_tell_in_words(
    campaign: Campaign,
) -> None:
    person = entered(campaign, "Ana", "Kos")
    barred = "SELECT channel, since, until IS NULL FROM barred_channel WHERE person_id = ? ORDER BY id"
    day = short_day(campaign.today().isoformat(), campaign.today())
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot, "e")
        opened.query_one("#do-not-contact-row", ChoiceRow).focus()
        await pilot.pause()
        await pilot.press("4", "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        rows = campaign.connection.execute(barred, (person,)).fetchall()
        assert rows == [("text", campaign.today().isoformat(), 1)]
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        lines = pilot.app.screen.query_one("#person-lines", Static)
        await wait_for(pilot, lambda: f"do not contact by text since {day}" in str(lines.content), "the warning")
        await pilot.press("h")
        await wait_for(pilot, lambda: f"+ not to be contacted by text since {day}" in str(lines.content), "the history")
        await pilot.press("escape")  # one step back: to the card
        await wait_for(pilot, lambda: f"do not contact by text since {day}" in str(lines.content), "the warning again")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list again")
        opened = await form(pilot, "e")
        assert opened.query_one("#do-not-contact-row", ChoiceRow).value == "text"
        opened.query_one("#do-not-contact-row", ChoiceRow).focus()
        await pilot.pause()
        await pilot.press("1", "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
        assert campaign.connection.execute(barred, (person,)).fetchall() == [(*rows[0][:2], 0)]
        await read(pilot, page)
        await pilot.press("u")
        await wait_for(pilot, lambda: campaign.connection.execute(barred, (person,)).fetchall() == rows, "the undo")


async def test_a_safe_channel_that_is_none_is_told_at_the_line(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        opened = await form(pilot)
        write(opened, given="Ana", safe_channels="text, pigeon")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: said_under(opened, "safe-channels"), "what is wrong")
        assert "“pigeon” is not a channel. Channels: call," in said_under(opened, "safe-channels")
        write(opened, safe_channels="Text, email")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")
    assert campaign.connection.execute("SELECT channel FROM safe_channel ORDER BY id").fetchall() == [
        ("text",), ("e-mail",),
    ]  # fmt: skip


async def test_another_provider_in_the_line_of_a_job_is_said_to_take_its_place(campaign: Campaign) -> None:
    """The old start stood at the new provider, and nothing told how a second job is entered."""
    person = entered(campaign, "Ana", "Kos", number="+38641123456")
    before = card_of(campaign, person).employments[0].provider
    async with people_page(campaign) as (pilot, _page):
        opened = await form(pilot, "e")
        write(opened, provider_0="Somewhere else")
        opened.query_one("#provider-0", FormField).settle()  # the line is left
        told = f"in the place of {before}; a second job: ctrl+n"
        await wait_for(pilot, lambda: " ".join(said_under(opened, "provider-0").split()).endswith(told), "what it does")


async def test_of_several_wrong_lines_the_first_is_in_sight(campaign: Campaign) -> None:
    """The cursor stood in the first, off the screen: each wrong line scrolled to itself, and the last one won."""
    async with people_page(campaign) as (pilot, _page):
        opened = await form(pilot)
        write(opened, phone_0="12", safe_channels="pigeon")
        opened.query_one("#safe-channels", FormField).focus_field()
        await pilot.press("ctrl+s")
        first = opened.query_one("#phone-0", FormField)
        await wait_for(pilot, lambda: first.has_focus_within and said_under(opened, "safe-channels"), "what is wrong")
        lines = opened.query_one("#form-lines")
        await wait_for(pilot, lambda: lines.region.contains_region(first.region), "the first in sight")
        await wait_for(pilot, lambda: lines.scroll_target_y == lines.scroll_y, "the end of it")
        assert lines.region.contains_region(first.region)


async def test_an_own_field_without_a_colon_is_told_at_the_line(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        opened = await form(pilot)
        write(opened, given="Ana", custom_more="Shoe size 42")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: "a colon" in said_under(opened, "custom-more"), "what is wrong")
        focused = opened.focused
        assert focused is not None and focused.id == "custom-more-text"


async def test_arrows_go_from_line_to_line_and_the_line_with_the_cursor_is_marked(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, _page):
        opened = await form(pilot)
        assert marked_lines(opened) == ["given"]
        await pilot.press("up")
        assert opened.focused is opened.query_one("#given-text")
        await pilot.press("down")
        assert opened.focused is opened.query_one("#family-text")
        assert marked_lines(opened) == ["family"]
        for _line in range(60):
            await pilot.press("down")
        assert opened.focused is opened.query_one("#custom-more-text")
        await pilot.press("up")
        assert opened.focused is opened.query_one("#external-more-text")


async def test_every_line_fits_the_smallest_window(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        opened = await form(pilot)
        for _line in range(50):
            await pilot.press("tab")
            focused = opened.focused
            assert focused is not None and opened.region.contains_region(focused.region.clip(80, 24))
            assert focused.region.bottom <= 23


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021", "2021-01-01"),
        ("11.2021", "2021-11-01"),
        ("2021-11", "2021-11-01"),
        ("3.11.2021", "2021-11-03"),
        ("mar 2024", "2024-03-01"),
        ("Januar 2019", "2019-01-01"),
        ("kesäkuu 2023", "2023-06-01"),
        ("", None),
    ],
)
def test_days_as_people_write_them(campaign: Campaign, text: str, day: str | None) -> None:
    assert read_day(text, campaign.wall_now()) == day


@pytest.mark.parametrize("text", ["soon", "31.2.2021", "13.2021", "2021-13"])
def test_what_is_no_day_says_how_one_is_written(campaign: Campaign, text: str) -> None:
    with pytest.raises(OrganiserError, match=r"Write for example 2021"):
        read_day(text, campaign.wall_now())


def test_hours_and_addresses() -> None:
    assert [read_hour(text) for text in ("17", "8:30", "17.05", "9h", "")] == ["17:00", "08:30", "17:05", "09:00", None]
    assert addresses("a@b.si; c@d.si, a@b.si") == ("a@b.si", "c@d.si")
    for wrong in ("a@b", "@b.si", "a b.si"):
        with pytest.raises(OrganiserError):
            addresses(wrong)


async def test_whoever_saves_last_is_told_what_another_window_has_set(campaign: Campaign) -> None:
    """The other's name went without a word, and “Saved” stood there."""
    maja = entered(campaign, "Maja", "Novak")
    async with people_page(campaign) as (pilot, page):
        await wait_for(pilot, lambda: page.table.ids.total == 1, "her")
        opened = await form(pilot, "e")
        other = open_campaign(campaign.path, campaign.now)
        was = PersonDraft(given="Maja", family="Novak")
        save_person(other, replace(was, family="Kos"), maja, was)
        other.close()
        opened.query_one("#family", FormField).value = "Zupan"
        await pilot.press("ctrl+s")
        said = opened.query_one("#form-message", Static)
        await wait_for(pilot, lambda: "family name: Kos" in str(said.content), "what stands there now")
        assert card_of(campaign, maja).name == "Maja Kos"
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "it is saved")
        assert card_of(campaign, maja).name == "Maja Zupan"
