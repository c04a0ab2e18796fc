"""What is typed in one breath lands where it would land key by key."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input

from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.dialogs.past_contact import PastContact
from organiser_tui.tui.dialogs.person_form import PersonForm
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.providers import ProvidersPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import contacts, in_call, last_contact
from tests.tui.waiting import wait_for

NAMES = {" ": "space", "+": "plus", "/": "slash", ">": "greater_than_sign", ":": "colon"}


def type_at_once(app: App[Any], *keys: str) -> None:
    """All `keys` before any of them is looked at."""
    for key in keys:
        app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))


def value(app: App[Any], field: str) -> str:
    """What stands in a field of the screen; '' where it has none of that name."""
    fields = app.screen.query(f"#{field}").results(Input)
    return next((field.value for field in fields), "")


async def test_after_u_in_a_call_the_note_is_that_of_whom_it_brought_back(campaign: Campaign) -> None:
    """The undo came after the note was written, asked whether it may be lost, and the digit undid something else."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        type_at_once(pilot.app, "2", "u", "n", *"hello 12", "enter", "r", "2", "s", "1")
        await wait_for(pilot, lambda: contacts(campaign) == before + 1, "the talk")
        await wait_for(pilot, lambda: page.person_id != called, "the next person")
        assert last_contact(campaign)[:4] == (called, "talked", "hello 12", 1)


async def test_letters_after_u_are_issues_and_no_answer_to_a_question(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called, before = page.person_id, contacts(campaign)
        type_at_once(pilot.app, "2", "u", "e", *"spt")
        form = page.query_one(CallForm)
        await wait_for(pilot, lambda: form.issues == ("schedules", "pay", "travel"), "the issues")
        assert pilot.app.screen is page and page.person_id == called and contacts(campaign) == before


async def test_do_not_contact_and_through_what_in_one_breath_is_not_a_talk(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        type_at_once(pilot.app, "0", "1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage) and page.person_id != called, "the next")
        assert last_contact(campaign)[:2] == (called, "do not contact")


@pytest.mark.parametrize(
    ("keys", "screen", "field", "text"),
    [
        (["3", "n", *"Ana", "enter", *"Novak 3"], PersonForm, "family-text", "Novak 3"),
        (["3", "e", "end", *"xyz"], PersonForm, "given-text", "xyz"),
        (["3", "enter", "e", "down", "end", "Q"], PersonForm, "family-text", "Q"),
        (["3", "m", *"today", "down", "down", "down", "down", "down", "down", *"a1"], PastContact, "form-note", "a1"),
        (["3", "/", *"novak"], PeoplePage, "people-search", "novak"),
        (["4", "/", *"lip"], ProvidersPage, "providers-search", "lip"),
        (["2", "enter", ">", "n", *"1abc"], InCallPage, "form-note", "1abc"),
    ],
)
async def test_typed_in_one_breath(campaign: Campaign, keys: list[str], screen: type, field: str, text: str) -> None:
    app = app_of(campaign)
    async with app.run_test(size=(80, 24)) as pilot:
        type_at_once(app, *keys)
        await wait_for(pilot, lambda: isinstance(app.screen, screen) and value(app, field).endswith(text), text)
