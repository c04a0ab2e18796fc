"""What somebody who sees the program for the first time stumbled over, at 80 by 24."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.exchange.plain import print_history
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.person import story_of
from organiser_tui.tui.drawing.people import PeopleCells
from organiser_tui.tui.drawing.person import story_lines
from organiser_tui.tui.pages.history import HistoryPage
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.test_call_stories import in_call, static_text
from tests.tui.test_people_page import entered
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    entered(made, "Ana", "Kos", number="+38641123456")
    entered(made, "Eva", "Novak", number="+38641123457")
    yield made
    made.close()


async def test_texts_only_is_said_everywhere_and_not_as_do_not_contact(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    """After `0` `3` the bottom line, the story and the history all said “do not contact”, as if of every channel."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        await pilot.press("0", "3")
        await wait_for(pilot, lambda: page.person_id != called, "the next person")
        assert "do not contact by text · u takes it back" in static_text(page, "#call-said")
        for width, words in ((60, "do not contact by text"), (38, " no texts ")):
            story = story_lines(story_of(campaign, called), campaign.today(), width, 3)
            assert words in story[0].plain
        row = people_page(campaign, [called])[called]
        cells = PeopleCells(campaign.today(), campaign.zone, "SI")
        assert cells.cell(row, "last_contact", 15).plain == "today no texts"
        await pilot.press("escape", "8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await wait_for(pilot, lambda: ": no texts" in on_screen(pilot.app.screen), "the deed in words")
    print_history(campaign, None, as_json=False)
    assert "do not contact by text" in capsys.readouterr().out.splitlines()[0]


async def test_how_a_talk_is_taken_back_is_never_cut(campaign: Campaign) -> None:
    """A long name, a rating, an ask and a follow-up left no room for it at the end of the line."""
    entered(campaign, "Marija Magdalena Antonija", "Hudournik Podbevšek Kralj", number="+38641123458")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        while page.person_id is not None:
            called = page.person_id
            await pilot.press("r", "2", "n", *"said much", "enter", "f", *"thu 18h bring the forms to Maja", "enter")
            await wait_for(pilot, lambda: page.focused is None, "the keys are outcomes again")
            await pilot.press("1")
            await wait_for(pilot, lambda called=called: page.person_id != called, "the next person")  # type: ignore[misc]
            said = static_text(page, "#call-said")
            assert said.endswith(" · u takes it back") and len(said) <= 80
    assert len(campaign.connection.execute("SELECT 1 FROM contact").fetchall()) == 3


async def test_a_meet_up_noted_days_later_is_told_as_that_of_its_day(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    """The meet-up of 17 November stood in the history only as a contact of the 21st, on which it was typed."""
    (called,) = first_people(campaign, PeopleQuery(), 1)
    log_contact(campaign, ContactDraft(called, "talked", channel="meet-up", day="2026-11-17"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await wait_for(pilot, lambda: "meet-up of 17 Nov" in on_screen(pilot.app.screen), "its day")
    print_history(campaign, None, as_json=False)
    assert capsys.readouterr().out.splitlines()[0].endswith(": talked, meet-up of 2026-11-17")
