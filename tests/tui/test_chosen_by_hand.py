"""Somebody who is chosen by hand is called; what the queue would spare her is asked about first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import HandOver
from organiser_tui.store.call_lists import call_list, make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.tui.dialogs.who_rang import Ringing
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.person import PersonPage
from tests.store.building import Builder, organiser_named
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=60, contacts=0)
    yield made
    made.close()


def handed_over(build: Builder, person: int, to: str = "Maja") -> None:
    build.call(person, "talked", hand_over=HandOver(organiser_named(build.campaign, to), "wants a lead"))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda build, person: build.call(person, "no answer"), "There was a call with Zofka Novak not long ago"),
        (handed_over, "Zofka Novak is handed over to Maja: wants a lead."),
        (lambda build, person: build.call(person, "other language", language="hu"), "Zofka Novak speaks hu."),
        (lambda build, person: build.change("person", person, call_until="09:00"), "Zofka Novak: outside hours until"),
        (lambda build, person: build.call(person, "left the work"), "Zofka Novak: left the work."),
    ],
)
async def test_what_the_queue_would_spare_her_is_asked_about(campaign: Campaign, what: Any, said: str) -> None:
    """She was in the call without a word, an hour after somebody else had tried her."""
    build = Builder(campaign)
    choose_organiser(campaign, "Ana")
    zofka = build.person("Zofka")
    what(build, zofka)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, None, first=zofka)
        pilot.app.push_screen(page)
        await wait_for(pilot, lambda: said in " ".join(on_screen(pilot.app.screen).split()), "the question")
        await pilot.press("y")
        await wait_for(pilot, lambda: page.person_id == zofka, "in the call")


async def test_whoever_is_handed_over_to_me_or_rings_herself_is_in_the_call_at_once(campaign: Campaign) -> None:
    build = Builder(campaign)
    choose_organiser(campaign, "Ana")
    mine, ringing = build.person("Zofka"), build.person("Yvonne")
    handed_over(build, mine, "Ana")
    build.call(ringing, "no answer")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, None, first=mine)
        pilot.app.push_screen(page)
        await wait_for(pilot, lambda: page.person_id == mine, "in the call")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "left")
        rung = InCallPage(campaign, None, rang=Ringing(ringing))
        pilot.app.push_screen(rung)
        await wait_for(pilot, lambda: rung.person_id == ringing, "she who rings")


async def test_what_was_agreed_for_a_list_counts_on_it_wherever_she_is_called_from(campaign: Campaign) -> None:
    """From Today the list did not hear of it: she stayed on it, and its questions were not asked."""
    build = Builder(campaign)
    choose_organiser(campaign, "Ana")
    zofka = build.person("Zofka")
    listed = make_call_list(campaign, CallListDraft("Workshop"), [zofka])
    agreed = (campaign.wall_now() + timedelta(minutes=20)).isoformat(timespec="minutes")
    build.call(zofka, "call back", list_id=listed, follow_up=agreed)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = InCallPage(campaign, None, first=zofka)
        pilot.app.push_screen(page)
        await wait_for(pilot, lambda: page.person_id == zofka, "in the call")
        assert "Workshop" in on_screen(page)
        await pilot.press("1")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "she was the only one")
    row = call_list(campaign, listed)
    assert row is not None and (row.left, row.done) == (0, 1)


async def test_whoever_rings_is_logged_in_between_from_wherever_one_finds_her(campaign: Campaign) -> None:
    """Her page said to end the call first; on the way back a digit saved an outcome of somebody else."""
    ringing = Builder(campaign).person("Zofka", phone="+38641999888")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        call = await in_call(pilot)
        called = call.person_id
        await pilot.press("ctrl+p", *"zofka")
        await wait_for(pilot, lambda: "Zofka Novak" in on_screen(pilot.app.screen), "found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her own page")
        await pilot.press("c")
        await wait_for(pilot, lambda: "Does she ring meanwhile?" in on_screen(pilot.app.screen), "the question")
        await pilot.press("y")
        await wait_for(pilot, lambda: pilot.app.screen is call and call.person_id == ringing, "she is in the call")
        await pilot.press("1")
        await wait_for(pilot, lambda: call.person_id == called, "the call goes on")
        await pilot.press("ctrl+p", *"zofka", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her own page")
        await pilot.press("2", "b", *"999888")
        await wait_for(pilot, lambda: "Zofka Novak" in on_screen(pilot.app.screen), "found by her number")
        await pilot.press("enter")
        await wait_for(pilot, lambda: pilot.app.screen is call and call.person_id == ringing, "again")
