"""Events: who is invited, who comes, and what that says of who keeps her word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import (
    EventDraft,
    cancel_event,
    check_in,
    event_named,
    event_row,
    events_over,
    events_to_come,
    guests_of,
    invite,
    make_event,
    note_brought,
    others_found,
)
from organiser_tui.store.history import last_action, undo_action, undo_last
from tests.store.building import Builder


def on_day(campaign: Campaign, ahead: int) -> str:
    return (campaign.today() + timedelta(days=ahead)).isoformat()


def event(campaign: Campaign, ahead: int = 0, name: str = "Evening") -> int:
    return make_event(campaign, EventDraft("workshop", name, f"{on_day(campaign, ahead)}T18:00"))


def says_yes(build: Builder, campaign: Campaign, person: int, to: int, days_ago: int = 5) -> None:
    day = on_day(campaign, -days_ago)
    build.answer(build.insert("ask", person_id=person, kind="come", day=day, event_id=to), "yes", day)


def test_who_said_yes_has_kept_her_word_where_it_was_written_down_who_came(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    held = event(campaign, -2)
    for person in (maja, eva):
        says_yes(build, campaign, person, held)
    assert [build.figure(who, "promises_due") for who in (maja, eva)] == [0, 0], "nobody noted who came"
    check_in(campaign, held, maja)
    assert [build.figure(who, "promises_kept") for who in (maja, eva)] == [1, 0]
    assert [build.figure(who, "promises_due") for who in (maja, eva)] == [1, 1]
    assert faults_of(campaign) == []
    undo_last(campaign)
    assert [build.figure(who, "promises_due") for who in (maja, eva)] == [0, 0]
    assert faults_of(campaign) == []
    cancelled = event(campaign, 3)
    says_yes(build, campaign, eva, cancelled)
    cancel_event(campaign, cancelled)
    assert build.figure(eva, "promises_due") == 0
    assert faults_of(campaign) == []


def test_a_double_check_in_is_said_and_counts_once(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    held = event(campaign)
    assert invite(campaign, held, [maja, maja]) == 1
    assert invite(campaign, held, [maja, eva]) == 1
    check_in(campaign, held, maja)
    with pytest.raises(OrganiserError, match="Maja Novak is here already"):
        check_in(campaign, held, maja)
    row = event_row(campaign, held)
    assert (row.invited, row.came) == (2, 1)
    guests = [(guest.name, guest.came) for guest in guests_of(campaign, held)]
    assert guests == [("Eva Novak", False), ("Maja Novak", True)]


def test_who_brought_whom(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    held = event(campaign)
    for person in (maja, eva):
        check_in(campaign, held, person)
    with pytest.raises(OrganiserError, match="herself"):
        note_brought(campaign, held, maja, maja)
    note_brought(campaign, held, eva, maja)
    assert build.figure(maja, "unasked") == 2, "she came, and brought somebody, without having said so"
    assert event_row(campaign, held).came == 2
    assert faults_of(campaign) == []
    undo_last(campaign)
    assert build.figure(maja, "unasked") == 1


@pytest.mark.parametrize(("ahead", "words"), [(1, "nobody can have come yet"), (None, "was called off")])
def test_nobody_comes_to_what_is_not_held(campaign: Campaign, build: Builder, ahead: int | None, words: str) -> None:
    maja = build.person("Maja")
    held = event(campaign, 0 if ahead is None else ahead)
    if ahead is None:
        cancel_event(campaign, held)
    with pytest.raises(OrganiserError, match=words):
        check_in(campaign, held, maja)
    assert event_row(campaign, held).recorded_on is None


def test_an_event_that_was_held_is_not_called_off(campaign: Campaign, build: Builder) -> None:
    held = event(campaign)
    check_in(campaign, held, build.person("Maja"))
    with pytest.raises(OrganiserError, match="not called off"):
        cancel_event(campaign, held)


def test_whoever_must_not_be_contacted_or_is_a_manager_is_not_invited(campaign: Campaign, build: Builder) -> None:
    maja, boss, barred = build.person("Maja"), build.person("Boss", position="manager"), build.person("No")
    build.insert("barred_channel", person_id=barred, channel=None, since=on_day(campaign, -3))
    assert invite(campaign, event(campaign, 5), [maja, boss, barred]) == 1


def test_an_event_is_found_by_its_name_the_last_one_held_first(campaign: Campaign) -> None:
    first, second = event(campaign, -9, "Coffee"), event(campaign, 4, "Coffee")
    assert event_named(campaign, "coffee") == first, "whoever comes comes to what is held"
    assert event_named(campaign, str(second)) == second
    assert [row.id for row in events_to_come(campaign)] == [second]
    assert [row.id for row in events_over(campaign)] == [first]
    with pytest.raises(OrganiserError, match="No event fits"):
        event_named(campaign, "assembly")


def test_who_walks_in_is_found_among_all_others(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    held = event(campaign)
    invite(campaign, held, [maja])
    assert [guest.id for guest in others_found(campaign, "nov", [maja])] == [eva]


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (EventDraft("workshop", " ", "2026-12-01"), "needs a name"),
        (EventDraft("party", "Evening", "2026-12-01"), "is not a kind of event"),
        (EventDraft("workshop", "Evening", "2026-12-01", capacity=0), "one person at least"),
        (EventDraft("workshop", "E" * 300, "2026-12-01"), "200 letters"),
    ],
)
def test_an_event_that_does_not_hold_together_is_refused(campaign: Campaign, draft: EventDraft, words: str) -> None:
    with pytest.raises(OrganiserError, match=words):
        make_event(campaign, draft)


def test_whoever_came_first_is_taken_back_and_the_evening_stays_written_down(
    campaign: Campaign, build: Builder
) -> None:
    """With the first of them everybody's evening was open again: those who had stayed away had broken nothing."""
    maja, eva, zora = (build.person(name) for name in ("Maja", "Eva", "Zora"))
    held = event(campaign, -2)
    says_yes(build, campaign, zora, held)
    check_in(campaign, held, maja)
    first = last_action(campaign)
    check_in(campaign, held, eva)
    undo_action(campaign, first)
    assert (event_row(campaign, held).came, build.figure(zora, "promises_due")) == (1, 1)
    undo_last(campaign)
    assert (event_row(campaign, held).recorded_on, build.figure(zora, "promises_due")) == (None, 0)
    (undoing,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    undo_action(campaign, undoing)
    assert build.figure(zora, "promises_due") == 1, "it was done again"
    assert faults_of(campaign) == []


def test_a_task_of_an_event_that_is_called_off_is_held_against_nobody(campaign: Campaign, build: Builder) -> None:
    maja, ahead = build.person("Maja"), event(campaign, 3)
    build.insert(
        "task", person_id=maja, kind="organising", taken_on=on_day(campaign, -9), due=on_day(campaign, -1),
        event_id=ahead,
    )  # fmt: skip
    assert build.figure(maja, "promises_due") == 1
    cancel_event(campaign, ahead)
    assert build.figure(maja, "promises_due") == 0
    assert faults_of(campaign) == []


def test_events_to_come_rise_and_those_that_are_over_fall(campaign: Campaign, build: Builder) -> None:
    """The counts were asked for all of them at once, and the oldest of the last sixty stood first."""
    days = (3, -40, 9, -2, 1, -17)
    made = {ahead: event(campaign, ahead) for ahead in days}
    check_in(campaign, made[-17], build.person("Maja"))
    assert [row.id for row in events_to_come(campaign)] == [made[ahead] for ahead in (1, 3, 9)]
    assert [(row.id, row.came) for row in events_over(campaign)] == [(made[-2], 0), (made[-17], 1), (made[-40], 0)]


def test_whoever_was_checked_in_anew_is_not_there_twice(campaign: Campaign, build: Builder) -> None:
    """Two arrivals of hers stood at one evening, and who brought her had kept two promises by it."""
    maja, eva = build.person("Maja"), build.person("Eva")
    held = event(campaign)
    check_in(campaign, held, eva)
    check_in(campaign, held, maja)
    undo_last(campaign)
    (undoing,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    check_in(campaign, held, maja)
    with pytest.raises(OrganiserError, match="noted anew"):
        undo_action(campaign, undoing)
    assert event_row(campaign, held).came == 2


def test_nobody_arrives_again_at_what_was_called_off(campaign: Campaign, build: Builder) -> None:
    maja, held = build.person("Maja"), event(campaign)
    check_in(campaign, held, maja)
    undo_last(campaign)
    (undoing,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    cancel_event(campaign, held)
    with pytest.raises(OrganiserError, match="called off"):
        undo_action(campaign, undoing)
    undo_last(campaign)
    (again,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    check_in(campaign, held, maja)
    with pytest.raises(OrganiserError, match="not called off"):
        undo_action(campaign, again)
