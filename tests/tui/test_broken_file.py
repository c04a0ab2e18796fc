"""The campaign file breaks in the middle of a call: what was noted stands on the screen, and the program goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from organiser_tui.store.call_drafts import draft_of, left_call
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.today import TodayPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.store.building import Builder
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for


def cut(path: Path) -> None:
    path.write_bytes(b"")


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xa7" * 200_000)


@pytest.mark.parametrize("breaks", [cut, overwritten])
async def test_an_outcome_on_a_file_that_broke_is_refused_and_what_was_noted_stands(
    campaign: Campaign, breaks: Callable[[Path], None]
) -> None:
    """“The campaign file can no longer be read”, and the program had ended with the form."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        person = page.person_id
        await pilot.press("n", *"important words")
        await wait_for(pilot, lambda: person is not None and draft_of(campaign, person), "it is kept")
        breaks(campaign.path)
        await pilot.press(*", more")
        await wait_for(pilot, lambda: "is not kept just now" in on_screen(page), "that no more is kept")
        campaign.connection.execute("PRAGMA shrink_memory")  # what was read before is read from the file again
        await pilot.press("enter", "1")
        told = ("damaged", "moved, deleted or replaced")
        await wait_for(pilot, lambda: any(word in on_screen(page) for word in told), "it is said")
        assert (page.person_id, page.query_one(CallForm).note) == (person, "important words, more")
        assert pilot.app.is_running


async def test_what_was_noted_of_somebody_who_was_taken_out_meanwhile_can_still_be_read(campaign: Campaign) -> None:
    """“What you noted is kept”, and it was never offered again."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        assert page.person_id is not None
        await pilot.press("n", *"hello words", "enter")
        other = open_campaign(campaign.path)
        Builder(other).end("person", page.person_id)
        other.close()
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "left")
        await pilot.press("1", "c")
        said = "is no longer in the file. In the call with her"
        await wait_for(pilot, lambda: said in " ".join(on_screen(pilot.app.screen).split()), "that she is gone")
        assert "hello words" in on_screen(pilot.app.screen) and "go on with" not in on_screen(pilot.app.screen)
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "whoever is next")
    assert left_call(campaign) is None


async def test_a_call_that_was_left_stays_left_where_nobody_is_called_after_all(campaign: Campaign) -> None:
    """“No” to “Call all the same?”: what had been noted was never offered again, and the next note took its place."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        left = page.person_id
        assert left is not None
        await pilot.press("n", *"precious words", "enter", "escape")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "left")
        Builder(campaign).call(left, "no answer")
        await pilot.press("c")
        await wait_for(pilot, lambda: "was not ended" in on_screen(pilot.app.screen), "the call that was left")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "There was a call with" in on_screen(pilot.app.screen), "that she rests")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "nobody is called")
        held = left_call(campaign)
        assert held is not None and "precious words" in held.noted
        await pilot.press("c")
        await wait_for(pilot, lambda: "precious words" in on_screen(pilot.app.screen), "it is offered again")


@pytest.mark.parametrize("key", ["at", "x", "o", "B", "q", "A", "S", "plus", "9"])
async def test_no_key_of_a_call_ends_the_program_where_the_file_is_broken(campaign: Campaign, key: str) -> None:
    """Half of them did, and the form went with it."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *"dragocen", "enter")
        cut(campaign.path)
        campaign.connection.execute("PRAGMA shrink_memory")
        await pilot.press(key)
        await pilot.press(*("novak" if key == "B" else ""))
        await pilot.pause(0.05)
        assert pilot.app.is_running and page.query_one(CallForm).note == "dragocen"
