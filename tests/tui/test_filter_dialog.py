"""Filters written by arrows and enter alone, their errors at the field and the live count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.people import PeopleQuery, count_people
from organiser_tui.store.saved_filters import saved_filters
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.filter import FilterDialog
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.widgets.completing import CompletingField
from organiser_tui.tui.widgets.filter_field import FilterField
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=200, contacts=400)
    yield made
    made.close()


async def filter_dialog(pilot: Pilot[Any]) -> FilterDialog:
    await pilot.press("3")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "People")
    await pilot.press("f")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, FilterDialog), "the filter")
    dialog = pilot.app.screen
    assert isinstance(dialog, FilterDialog)
    await wait_for(pilot, lambda: dialog.query_one(CompletingField).offered, "the suggestions")
    return dialog


def message(dialog: Any) -> str:
    return str(dialog.query_one("#filter-message", Static).content)


def text(dialog: Any) -> str:
    return str(dialog.query_one("#filter-text", Input).value)


async def take(pilot: Pilot[Any], dialog: Any, label: str) -> None:
    """Go down to a suggestion and take it."""
    field = dialog.query_one(CompletingField)
    labels = [suggestion.label for suggestion in field.offered]
    assert label in labels, f"{label} is not among {labels}"
    for _line in range(labels.index(label) + 1):
        await pilot.press("down")
    assert dialog.query_one(OptionList).highlighted == labels.index(label)
    await pilot.press("enter")
    await pilot.pause()


async def test_a_filter_of_three_parts_by_arrows_and_enter_alone(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        await take(pilot, dialog, "provider:")
        provider = dialog.query_one(CompletingField).offered[0].label
        for label in (provider, "and not", "card:", "signed"):
            await take(pilot, dialog, label)
        written = f'provider:"{provider}" and not card:signed'
        assert text(dialog).strip() == written
        expected = count_people(campaign, PeopleQuery(parse_filter(written)))
        await wait_for(pilot, lambda: message(dialog).startswith(f"{expected} "), "the count")
        await pilot.press("enter")
        page = pilot.app.screen
        assert isinstance(page, PeoplePage)
        await wait_for(pilot, lambda: page._complete.is_set(), "the list")
        assert page.table.ids.total == expected > 0
        assert page.query_now.asked == parse_filter(written)


async def test_an_error_is_said_at_the_field_and_not_taken(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        dialog.query_one("#filter-text", Input).value = "card:nosuch[/b]"
        await wait_for(pilot, lambda: message(dialog).startswith("! “nosuch[/b]” is not one of"), "what is wrong")
        await pilot.press("enter")
        assert pilot.app.screen is dialog
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PeoplePage)
        assert pilot.app.screen.query_now.asked is None


async def test_what_is_typed_narrows_the_suggestions_by_name_and_by_meaning(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        await pilot.press(*"last-c")
        labels = [suggestion.label for suggestion in dialog.query_one(CompletingField).offered]
        assert labels == ["last-conversation>", "last-conversation<", "last-contact>", "last-contact<"]
        details = [suggestion.detail for suggestion in dialog.query_one(CompletingField).offered]
        assert len(set(details)) == 4 and all("conversation" in detail for detail in details[:2])
        dialog.query_one("#filter-text", Input).value = "promise"
        await pilot.pause()
        assert [s.label for s in dialog.query_one(CompletingField).offered] == ["due:"]


async def test_the_commonest_fields_and_the_commonest_words_are_offered_first(campaign: Campaign) -> None:
    people = [row[0] for row in campaign.connection.execute("SELECT id FROM person LIMIT 3")]
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        for person, tag in zip(people, ("altogether", "night", "early"), strict=True):
            deed.insert("tag", person_id=person, tag=tag)
        deed.insert("tag", person_id=people[0], tag="night")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        labels = [suggestion.label for suggestion in dialog.query_one(CompletingField).offered]
        assert labels[:5] == ["provider:", "region:", "signed:", "card:", "rating:"]
        assert {"rating<=", "last-contact<"} <= set(labels)  # arrows alone come to everything
        await pilot.press(*"tag:")
        offered = [suggestion.label for suggestion in dialog.query_one(CompletingField).offered]
        assert offered == ["night", "altogether", "early"]


async def test_a_filter_that_leaves_nobody_says_which_part_does(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        dialog.query_one("#filter-text", Input).value = 'card:none and (provider:nowhere or tag:"no such") and region:p'
        await wait_for(pilot, lambda: message(dialog).startswith("0 people"), "the count")
        part = 'provider:nowhere or tag:"no such" alone leaves nobody'
        assert part in message(dialog)
        await pilot.press("enter")
        page = pilot.app.screen
        assert isinstance(page, PeoplePage)
        await wait_for(pilot, lambda: page._complete.is_set(), "the list")
        await wait_for(pilot, lambda: part in str(page.table.empty_text), "why nobody is shown")


async def test_escape_leaves_the_suggestions_before_the_dialog(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        await pilot.press("down", "down", "escape")
        assert pilot.app.screen is dialog and dialog.query_one(OptionList).highlighted is None
        await pilot.press("escape")
        assert pilot.app.screen is not dialog


async def test_a_new_list_from_a_filter_is_named_after_it(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        dialog = pilot.app.screen
        await pilot.press(*"card:none", "enter", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is not dialog, "the list is made")
    name, asked, targets = campaign.connection.execute(
        "SELECT l.name, l.filter, (SELECT count(*) FROM target t WHERE t.list_id = l.id) FROM call_list l"
        " ORDER BY l.id DESC LIMIT 1"
    ).fetchone()
    assert (name, asked) == ("card none 21 Nov", "card:none")
    assert targets == count_people(campaign, PeopleQuery(parse_filter("card:none")))


async def test_a_filter_that_matched_nobody_is_corrected_and_the_list_named_after_it(campaign: Campaign) -> None:
    """“Nobody is on this list” stayed below 52 people, and the name was the day's."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        dialog = pilot.app.screen
        await pilot.press(*"banana", "ctrl+s")
        await wait_for(pilot, lambda: "Nobody is on this list" in on_screen(dialog), "the refusal")
        await pilot.press("ctrl+u", *"card:none")
        await wait_for(pilot, lambda: "Nobody is on this list" not in on_screen(dialog), "it is over")
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is not dialog, "the list is made")
    (name,) = campaign.connection.execute("SELECT name FROM call_list ORDER BY id DESC LIMIT 1").fetchone()
    assert name == "card none 21 Nov"


async def test_a_filter_is_kept_and_chosen_by_its_name(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        await pilot.press("f3")
        await wait_for(pilot, lambda: "no filter to keep yet" in on_screen(pilot.app.screen), "the refusal")
        await pilot.press(*"tag:night", "f3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "its name")
        await pilot.press(*"Nights", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is dialog, "the filter")
        assert saved_filters(campaign)[0][1:] == ("Nights", "tag:night")
        await pilot.press("f2", *"never", "enter")
        field = dialog.query_one("#filter-text", Input)
        both = "(tag:night) and (attempts:0 and has-phone:yes)"
        await wait_for(pilot, lambda: field.value == both, "the one that ships behind it")
        await pilot.press("ctrl+u", *"tag:", "f2", *"never", "enter")
        await wait_for(pilot, lambda: field.value == "attempts:0 and has-phone:yes", "in the place of half a word")
        await pilot.press("f2", *"take one", "enter")
        await wait_for(pilot, lambda: "Which one is not kept any more?" in on_screen(pilot.app.screen), "which")
        await pilot.press("enter")
        await wait_for(pilot, lambda: pilot.app.screen is dialog, "the filter")
        await wait_for(pilot, lambda: "Nights is taken out" in message(dialog), "that it is gone")
        assert saved_filters(campaign)[0][0] == 0


async def test_a_count_that_comes_while_the_next_letter_is_typed_ends_nothing(campaign: Campaign) -> None:
    """Typing fast ended the program: what stood there by then was no whole filter."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = await filter_dialog(pilot)
        field = dialog.query_one(FilterField)
        with field.prevent(Input.Changed):
            dialog.query_one("#filter-text", Input).value = "card:none and not"
        field.post_message(field.Counted(field._reading, None, 7))
        await wait_for(pilot, lambda: "7 people" in message(dialog), "the count")
