"""Who is to be reminded of an event that is near, and that she was."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import cancel_event, check_in, invite
from organiser_tui.store.history import undo_last
from organiser_tui.store.reminding import note_reminded, reminders_due
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock


def says(build: Builder, person: int, event: int, answer: str, day: str = "2026-11-10") -> None:
    ask = build.insert("ask", person_id=person, kind="come", day=day, event_id=event)
    build.answer(ask, answer, day)


def named(campaign: Campaign) -> list[tuple[int, tuple[int, ...]]]:
    return [(one.event_id, one.people) for one in reminders_due(campaign)]


def test_who_said_that_she_comes_is_reminded_three_days_and_one_day_before(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    yes, maybe, no, silent = (build.person(name) for name in ("Ana", "Eva", "Iva", "Zala"))
    barred = build.person("Barred", barred="all")
    event = build.event("2026-11-23T18:00")
    invite(campaign, event, [yes, maybe, no, silent])
    for person, answer in ((yes, "yes"), (maybe, "maybe"), (no, "yes"), (no, "no"), (barred, "yes")):
        says(build, person, event, answer)
    assert named(campaign) == [], "four days before"
    clock.forward(days=1)
    assert named(campaign) == [(event, (yes, maybe))]
    assert [one.people for one in today_of(campaign).reminders] == [(yes, maybe)]
    assert note_reminded(campaign, event) == 2
    assert named(campaign) == []
    with pytest.raises(OrganiserError, match="Nobody is to be reminded"):
        note_reminded(campaign, event)
    assert faults_of(campaign) == []
    undo_last(campaign)
    assert named(campaign) == [(event, (yes, maybe))], "taken back"
    note_reminded(campaign, event)
    clock.forward(days=1)
    assert named(campaign) == []
    clock.forward(days=1)
    assert named(campaign) == [(event, (yes, maybe))], "again the day before"
    says(build, yes, event, "no", "2026-11-22")
    says(build, maybe, event, "yes", "2026-11-22")
    assert named(campaign) == [], "a no stops it, and who has just said so is not told again"


def test_nobody_is_reminded_of_what_was_called_off_nor_who_is_there(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    ana, eva = build.person("Ana"), build.person("Eva")
    off, held = build.event("2026-11-20T18:00"), build.event("2026-11-19T18:00", name="Held")
    for event in (off, held):
        for person in (ana, eva):
            says(build, person, event, "yes")
    assert named(campaign) == [(held, (ana, eva)), (off, (ana, eva))]
    cancel_event(campaign, off)
    check_in(campaign, held, ana)
    assert named(campaign) == [(held, (eva,))]
    clock.forward(days=1)
    assert named(campaign) == []
