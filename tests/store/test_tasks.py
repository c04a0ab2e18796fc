"""Tasks: who takes what on, how it ends, and what that says of who can be counted on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.tasks import TaskEnd, TaskKind
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import EventDraft, cancel_event, check_in, make_event
from organiser_tui.store.history import last_action, undo_action, undo_last, why_not_undone
from organiser_tui.store.tasks import (
    TaskDraft,
    end_pledge,
    end_task,
    ended_tasks,
    open_pledges,
    open_tasks,
    open_tasks_of,
    outcomes_of,
    take_task,
    tasks_of,
    untested_beside,
    who_brought_whom,
)
from organiser_tui.store.today import finish, today_of
from tests.store.building import Builder, Clock


def on_day(campaign: Campaign, ahead: int) -> str:
    return (campaign.today() + timedelta(days=ahead)).isoformat()


def stall(person: int, due: str | None = None, event: int | None = None) -> TaskDraft:
    return TaskDraft(person, TaskKind.STALL, due=due, event_id=event)


def test_a_task_that_is_done_is_a_promise_kept(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    task = take_task(campaign, stall(maja, on_day(campaign, 7)))
    assert (open_tasks(campaign), build.figure(maja, "promises_due")) == ([task], 0)
    assert end_task(campaign, task, TaskEnd.DONE) is TaskEnd.DONE
    assert (open_tasks(campaign), ended_tasks(campaign)) == ([], [task])
    assert (build.figure(maja, "promises_kept"), build.figure(maja, "counted")) == (1, "partly")
    undo_last(campaign)
    assert (open_tasks(campaign), build.figure(maja, "promises_due")) == ([task], 0)
    assert faults_of(campaign) == []


def test_a_task_that_is_over_its_day_stands_on_today_and_is_done_late(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    maja = build.person("Maja")
    task = take_task(campaign, stall(maja, on_day(campaign, 2)))
    assert today_of(campaign).due == []
    clock.forward(days=3)
    (line,) = today_of(campaign).due
    assert (line.kind, line.id, line.own, line.overdue, line.about) == (DueKind.TASK, task, True, True, "take a stall")
    assert build.figure(maja, "promises_due") == 0, "the figures turn with the day's first write"
    campaign.turn_day()
    assert (build.figure(maja, "promises_kept"), build.figure(maja, "promises_due")) == (0, 1)
    assert finish(campaign, line) == "done late"
    assert (build.figure(maja, "promises_kept"), today_of(campaign).due) == (1, [])
    with pytest.raises(OrganiserError, match="noted already: late"):
        end_task(campaign, task, TaskEnd.NOT_DONE)
    assert faults_of(campaign) == []


def test_the_three_whom_she_calls_are_the_result_of_her_task(campaign: Campaign, build: Builder) -> None:
    maja, eva, zora, ana = (build.person(name) for name in ("Maja", "Eva", "Zora", "Ana"))
    build.call(eva, "talked", rating=2)
    task = take_task(campaign, TaskDraft(maja, TaskKind.CALL, colleagues=(eva, zora, ana, eva)))
    (row,) = tasks_of(campaign, [task])
    # Eva was spoken with on the very day: that she was before the task began cannot be told apart from after.
    assert tuple(outcomes_of(campaign, [row])[task]) == (3, 1, 0)
    build.call(zora, "talked", rating=3)
    build.card(zora, "signed", campaign.today().isoformat())
    assert tuple(outcomes_of(campaign, [row])[task]) == (3, 2, 1)
    undo_last(campaign)
    assert tuple(outcomes_of(campaign, [row])[task]) == (3, 2, 0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": TaskKind.ORGANISING}, "a task without a word is none"),
        ({"kind": TaskKind.ORGANISING, "what": "x" * 301}, "300 letters"),
        ({"kind": TaskKind.CALL}, "Name the colleagues"),
        ({"kind": TaskKind.CALL, "colleagues": (1,)}, "no longer in the file"),
        ({"kind": TaskKind.CALL, "colleagues": tuple(range(1, 12))}, "10 colleagues at most"),
        ({"kind": TaskKind.STALL, "colleagues": (1,)}, "Only a task to call"),
        ({"kind": TaskKind.STALL, "due": "friday"}, "“friday” is no day"),
        ({"kind": TaskKind.STALL, "due": "2020-01-01"}, "cannot have been due before"),
        ({"kind": TaskKind.STALL, "event_id": 7}, "event is no longer in the file"),
        ({"kind": TaskKind.STALL, "person_id": 7}, "person is no longer in the file"),
    ],
)
def test_a_task_that_does_not_hold_together_is_refused(
    campaign: Campaign, build: Builder, fields: dict[str, object], words: str
) -> None:
    person = build.person("Maja")
    with pytest.raises(OrganiserError, match=words):
        take_task(campaign, TaskDraft(**{"person_id": person, **fields}))  # type: ignore[arg-type]
    assert open_tasks(campaign) == []


def test_nobody_is_her_own_colleague(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    with pytest.raises(OrganiserError, match="her own colleague"):
        take_task(campaign, TaskDraft(maja, TaskKind.CALL, colleagues=(maja,)))


def test_a_task_ends_neither_before_it_began_nor_tomorrow(campaign: Campaign, build: Builder) -> None:
    task = take_task(campaign, stall(build.person("Maja")))
    for day in (-1, 1):
        with pytest.raises(OrganiserError, match="today at the latest"):
            end_task(campaign, task, TaskEnd.DONE, on_day(campaign, day))
    assert open_tasks(campaign) == [task]


def test_what_was_taken_on_at_a_workshop_counts_from_its_day(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    held = make_event(campaign, EventDraft("workshop", "Evening", f"{on_day(campaign, -6)}T18:00"))
    task = take_task(campaign, stall(maja, on_day(campaign, -2), held))
    (row,) = tasks_of(campaign, [task])
    assert (row.taken_on, row.event) == (on_day(campaign, -6), "Evening")
    assert build.figure(maja, "promises_due") == 1
    assert end_task(campaign, task, TaskEnd.DONE, on_day(campaign, -3)) is TaskEnd.DONE
    off = make_event(campaign, EventDraft("workshop", "Off", f"{on_day(campaign, 6)}T18:00"))
    cancel_event(campaign, off)
    with pytest.raises(OrganiserError, match="called off"):
        take_task(campaign, stall(maja, event=off))


def test_whoever_has_three_open_tasks_leaves_room_for_somebody_untested(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Lipa")
    maja, eva, zora, boss = (
        build.person("Maja"), build.person("Eva"), build.person("Zora"), build.person("Boss", position="manager"),
    )  # fmt: skip
    for person in (maja, eva, zora, boss):
        build.employment(person, lipa, "2024-01-01")
    build.call(eva, "talked", rating=2)
    build.call(zora, "talked", rating=5)
    for _n in range(3):
        take_task(campaign, stall(maja))
    assert open_tasks_of(campaign, maja) == 3
    assert untested_beside(campaign, maja) == [(eva, "Eva Novak")], "not the hostile one, not the manager"


def test_who_brought_whom_is_read_with_providers(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    build.employment(eva, build.provider("Lipa"), "2024-01-01")
    held = make_event(campaign, EventDraft("workshop", "Evening", f"{on_day(campaign, 0)}T18:00"))
    check_in(campaign, held, maja)
    check_in(campaign, held, eva, maja)
    (link,) = who_brought_whom(campaign)
    assert (link.guest.name, link.guest.provider, link.by.id) == ("Eva Novak", "Lipa", maja)


def test_what_came_of_a_pledge_is_noted_by_hand(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    asks = [build.insert("ask", person_id=who, kind="pledge", day=on_day(campaign, -9), due=due, note="retail workers")
            for who, due in ((maja, on_day(campaign, -2)), (eva, None))]  # fmt: skip
    for ask in asks:
        build.answer(ask, "yes", on_day(campaign, -9))
    came = build.insert("ask", person_id=maja, kind="sign", day=on_day(campaign, -9))
    build.answer(came, "yes", on_day(campaign, -9))
    assert [(row.id, row.what, row.asked) for row in open_pledges(campaign)] == [
        (ask, "retail workers", True) for ask in asks
    ]
    assert build.figure(maja, "promises_due") == 1
    assert end_pledge(campaign, asks[0], TaskEnd.DONE) is TaskEnd.DONE
    assert (build.figure(maja, "promises_kept"), [row.id for row in open_pledges(campaign)]) == (1, asks[1:])
    with pytest.raises(OrganiserError, match="noted already: kept"):
        end_pledge(campaign, asks[0], TaskEnd.NOT_DONE)
    build.answer(asks[1], "withdrawn", on_day(campaign, 0))
    assert open_pledges(campaign) == []
    with pytest.raises(OrganiserError, match="said yes"):
        end_pledge(campaign, asks[1], TaskEnd.DONE)
    undo_last(campaign)
    assert faults_of(campaign) == []


def test_nobody_is_asked_for_the_task_of_somebody_who_has_died(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    maja = build.person("Maja")
    take_task(campaign, stall(maja, on_day(campaign, 1)))
    clock.forward(days=2)
    build.change("person", maja, deceased=1)
    assert today_of(campaign).due == []


def test_what_was_noted_anew_is_not_done_again_beside_it(campaign: Campaign, build: Builder) -> None:
    """Done, taken back, noted as not done, and “done again”: the task had two ends."""
    maja = build.person("Maja")
    task = take_task(campaign, stall(maja))
    end_task(campaign, task, TaskEnd.DONE)
    undo_last(campaign)
    (undoing,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    end_task(campaign, task, TaskEnd.NOT_DONE)
    with pytest.raises(OrganiserError, match="noted anew since then"):
        undo_action(campaign, undoing)
    assert "noted anew" in why_not_undone(campaign, undoing)
    assert [row.how for row in tasks_of(campaign, [task])] == ["not done"]


def test_a_task_of_somebody_who_is_gone_is_not_done_again(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    added = last_action(campaign)
    task = take_task(campaign, stall(maja))
    undo_last(campaign)
    (undoing,) = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
    undo_action(campaign, added)
    with pytest.raises(OrganiserError, match="bring that back first"):
        undo_action(campaign, undoing)
    assert open_tasks(campaign) == []
    with pytest.raises(OrganiserError, match="no longer in the file"):
        end_task(campaign, task, TaskEnd.DONE)
