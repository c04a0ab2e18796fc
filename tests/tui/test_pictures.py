"""Pictures of every page, full and empty, in the sizes and looks that people have. Compared on one machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import ConsultationDraft, Mandate
from organiser_tui.domain.questions import parse_question
from organiser_tui.domain.short_answers import parse_short_answers
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.consultations import give_mandate, mark_voted, open_consultation
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.questions import add_question
from organiser_tui.store.short_answers import set_short_answers
from organiser_tui.store.turnout import not_voted
from tests.tui.campaigns import app_of, demo_campaign, empty_campaign
from tests.tui.waiting import wait_for

pytestmark = pytest.mark.snapshot
Compare = Callable[..., bool]
PAGES = {
    "today": ("1",),
    "calls": ("2",),
    "people": ("3",),
    "providers": ("4",),
    "signups": ("5",),
    "workshops": ("6",),
    "event": ("6", "enter"),
    "counted-on": ("6", "o"),
    "tasks": ("6", "t"),
    "ratings": ("6", "o", "r"),
    "groups": ("6", "m"),
    "group": ("6", "m", "j", "enter"),
    "demands": ("6", "D"),
    "committee": ("6", "K"),
    "office": ("6", "K", "enter"),
    "signups-forms": ("5", "right", "right", "right"),
    "campaign": ("8",),
    "in-call": ("2", "enter"),
    "person": ("3", "enter"),
    "provider": ("4", "enter"),
    "history": ("8", "h"),
    "list-people": ("2", "p"),
    "change-list": ("2", "e"),
    "order": ("2", "o"),
    "several": ("3", "space", "space", "space", "m"),
}
SIZES = ((80, 24), (120, 40), (200, 50))


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    campaign = demo_campaign(Path())
    yield campaign
    campaign.close()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    campaign = empty_campaign(Path())
    yield campaign
    campaign.close()


def keys_pressed(keys: tuple[str, ...]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Presses `keys`, each when the one before has been worked off, and waits for what workers still bring."""

    async def press(pilot: Pilot[Any]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        app = pilot.app
        await wait_for(pilot, lambda: all(worker.is_finished for worker in app.workers if worker.group == "ids"), "ids")
        await pilot.pause()

    return press


def picture(compare: Compare, campaign: Campaign, keys: tuple[str, ...], size: tuple[int, int], theme: str) -> bool:
    return compare(app_of(campaign, theme), terminal_size=size, run_before=keys_pressed(keys))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", PAGES)
def test_page_full(snap_compare: Compare, full: Campaign, page: str, size: tuple[int, int]) -> None:
    assert picture(snap_compare, full, PAGES[page], size, "dark")


@pytest.mark.parametrize("page", ["today", "calls", "people", "providers", "campaign", "in-call", "history"])
def test_page_empty(snap_compare: Compare, empty: Campaign, page: str) -> None:
    assert picture(snap_compare, empty, PAGES[page], (80, 24), "dark")


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
@pytest.mark.parametrize("page", ["today", "people", "providers", "in-call"])
def test_page_in_other_colours(snap_compare: Compare, full: Campaign, page: str, theme: str) -> None:
    assert picture(snap_compare, full, PAGES[page], (80, 24), theme)


@pytest.mark.parametrize("page", PAGES)
def test_page_without_colour(snap_compare: Compare, full: Campaign, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(snap_compare, full, PAGES[page], (80, 24), "dark")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", [("8", "m"), ("8", "m", "enter"), ("8", "m", "down", "enter", "b")], ids="".join)
def test_mandates(snap_compare: Compare, full: Campaign, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    open_one = open_consultation(full, ConsultationDraft("Do we accept the offer on paid travel?"))
    secret = open_consultation(full, ConsultationDraft("Do we strike on 12 December?", secret=True))
    members = not_voted(full, open_one)
    for place, person in enumerate(members[::2]):
        answer = ("yes", "no", "yes", "with amendment", "abstain")[place % 5]
        give_mandate(full, person, Mandate(open_one, answer, "only from May on"))
    for person in members[::3]:
        mark_voted(full, secret, person)
    log_contact(full, ContactDraft(members[1], "talked", heard=Heard(proposes=("One rate for nights",))))
    assert picture(snap_compare, full, keys, size, "dark")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_short_answers_in_a_call(snap_compare: Compare, full: Campaign, size: tuple[int, int]) -> None:
    answers = parse_short_answers("## Is travel paid?\nYes, between two users.\n\n## What of holidays?\nFive weeks.\n")
    set_short_answers(full, answers)
    assert picture(snap_compare, full, ("2", "enter", "A"), size, "dark")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_was_answered(snap_compare: Compare, full: Campaign, size: tuple[int, int]) -> None:
    row = call_lists(full)[0]
    come, hours = parse_question("Can you come on Saturday? [y/n]"), parse_question("How many hours a week? [123]")
    first, second = (add_question(full, row.id, draft) for draft in (come, hours))
    sql = "SELECT person_id FROM target WHERE list_id = ? ORDER BY person_id LIMIT 7"
    for place, (person,) in enumerate(full.connection.execute(sql, (row.id,)).fetchall()):
        answers = ((first, ("yes", "no")[place % 3 == 0]), (second, str(10 * (place % 4 + 1))))
        log_contact(full, ContactDraft(person, "talked", list_id=row.id, answers=answers))
    assert picture(snap_compare, full, ("2", "v", "b"), size, "dark")
