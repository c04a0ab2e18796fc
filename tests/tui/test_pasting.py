"""What is pasted into a field of a call: cut and said where it is too long, one line where it was several."""

from __future__ import annotations

from textual import events

from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.widgets.call_form import CallForm
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import wait_for


async def test_a_long_paste_is_cut_and_said_not_dropped(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", "a")
        pilot.app.post_message(events.Paste("x" * 1000 + "\n" + "y" * 1500))
        form = page.query_one(CallForm)
        await wait_for(pilot, lambda: len(form.note) == 2000, "as much as fits")
        assert form.note == "a" + "x" * 1000 + " " + "y" * 998
        assert any("too long" in note.message for note in pilot.app._notifications)


async def test_lines_that_are_pasted_become_one(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n")
        pilot.app.post_message(events.Paste("first\r\nsecond\nthird"))
        await wait_for(pilot, lambda: page.query_one(CallForm).note == "first second third", "all three")
