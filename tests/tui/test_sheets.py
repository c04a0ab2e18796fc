"""A sheet by one key: what is pressed lies on the disk and stands on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from textual.widgets import Input

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import events_to_come
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.pages.event import EventPage
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


async def test_the_sheet_for_the_door_is_one_key_away(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    event = next(row for row in events_to_come(campaign) if row.invited and row.cancelled_on is None)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(EventPage(campaign, event.id))
        await pilot.press("p")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "where to")
        proposed = Path(pilot.app.screen.query_one("#ask-line", Input).value)
        assert (proposed.parent, proposed.suffix) == (tmp_path, ".pdf")
        await pilot.press(*"x", "enter")
        await wait_for(pilot, lambda: "ends in .pdf, .xlsx or .csv" in on_screen(pilot.app.screen), "why not")
        await pilot.press("backspace", "enter")
        await wait_for(pilot, proposed.exists, "the sheet")
        await wait_for(pilot, lambda: "awaited" in "".join(said(pilot)), "what was written")
    assert event.name in PdfReader(proposed).pages[0].extract_text()
    row = "SELECT purpose, file_name FROM export_record"
    assert campaign.connection.execute(row).fetchall()[-1] == ("door sheet", proposed.name)
