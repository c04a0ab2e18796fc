"""A reprisal worked with keys: from her page to Today, and off it by a call."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from organiser_tui.domain.due import DueKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.reprisals import reprisals_of
from organiser_tui.store.today import today_of
from organiser_tui.tui.dialogs.reprisal import ReprisalForm
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.pages.today import TodayPage
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, said_under, wait_for


def supported(campaign: Campaign) -> list[int]:
    """Whom Today says to call for support."""
    return [line.person_id for line in today_of(campaign).due if line.kind is DueKind.SUPPORT]


async def test_a_reprisal_goes_from_her_page_to_today_and_is_done_there(campaign: Campaign) -> None:
    (person,) = first_people(campaign, PeopleQuery(), 1)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(PersonPage(campaign, person))
        await pilot.press("R")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ReprisalForm), "the form")
        shown = on_screen(pilot.app.screen)
        assert "Witnesses" in shown
        await pilot.press(*"shifts", "space", *"gone", "enter", "enter", "enter", *"the", "space", *"boss", "enter")
        await pilot.press(*"Cook, Ana", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        (noted,) = reprisals_of(campaign, person)
        assert (noted.what, noted.day, noted.by_whom) == ("shifts gone", "2026-11-21", "the boss")
        assert noted.witnesses == ("Cook", "Ana")
        await wait_for(pilot, lambda: "shifts gone" in on_screen(pilot.app.screen), "it stands on her page")
        assert "call her within 24 hours" in "".join(said(pilot))
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TodayPage), "Today")
        await pilot.press("g", "g")
        await wait_for(pilot, lambda: "support" in on_screen(pilot.app.screen), "the line of it")
        assert "shifts gone" not in on_screen(pilot.app.screen), "whoever looks over her shoulder does not read it"
        assert supported(campaign) == [person]
        await pilot.press("home", "d")
        await wait_for(pilot, lambda: not supported(campaign), "it is done")


@pytest.mark.parametrize(
    ("what", "when", "sentence"),
    [("shifts gone", "2027-03-01", "is still ahead"), ("", "today", "A reprisal needs words")],
)
async def test_what_cannot_be_is_said_and_what_was_typed_stays(
    campaign: Campaign, what: str, when: str, sentence: str
) -> None:
    (person,) = first_people(campaign, PeopleQuery(), 1)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(PersonPage(campaign, person))
        await pilot.press("R")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ReprisalForm), "the form")
        form = pilot.app.screen
        form.query_one("#reprisal-what-text", Input).value = what
        form.query_one("#reprisal-when-text", Input).value = when
        form.query_one("#reprisal-by-text", Input).value = "the boss"
        await pilot.press("ctrl+s")
        await wait_for(
            pilot, lambda: sentence in said_under(form, "reprisal-when") + on_screen(form), "why it is not saved"
        )
        assert form.query_one("#reprisal-by-text", Input).value == "the boss"
    assert reprisals_of(campaign, person) == []
