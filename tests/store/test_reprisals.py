"""A reprisal is noted with its witnesses, puts a call on Today at once, and leaves the file in nothing."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO

import pytest

from organiser_tui.domain.demands import ReprisalDraft
from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.reprisals import log_reprisal, no_support, reprisals_of
from organiser_tui.store.story import story_of
from organiser_tui.store.today import finish, today_of
from tests.store.building import Builder, Clock, day


def lost_shifts(campaign: Campaign, person: int, **fields: object) -> int:
    draft = {"what": "lost her shifts", "day": campaign.today().isoformat(), **fields}
    return log_reprisal(campaign, ReprisalDraft(person, **draft))  # type: ignore[arg-type]


def support_lines(campaign: Campaign) -> list[tuple[int, bool, bool]]:
    """Whom to call for support: the person, whether it is one's own, whether it is late."""
    return [(line.person_id, line.own, line.overdue) for line in today_of(campaign).due if line.kind is DueKind.SUPPORT]


def test_a_support_call_stands_on_today_at_once_and_is_late_after_a_day(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    maja = build.person("Maja", build.provider())
    build.follow_up(maja, day(-3, clock))
    lost_shifts(campaign, maja)
    first = today_of(campaign).due[0]
    assert (first.kind, first.person_id) == (DueKind.SUPPORT, maja), "it comes before what is overdue"
    assert support_lines(campaign) == [(maja, True, False)]
    clock.forward(hours=23, minutes=59)
    assert support_lines(campaign) == [(maja, True, False)]
    clock.forward(minutes=2)
    assert support_lines(campaign) == [(maja, True, True)]
    assert len([line for line in today_of(campaign).due if line.person_id == maja]) == 2, "it stands there once"


@pytest.mark.parametrize(("outcome", "stands"), [("no answer", True), ("left message", True), ("talked", False)])
def test_it_stands_there_until_she_was_talked_with(
    campaign: Campaign, build: Builder, clock: Clock, outcome: str, *, stands: bool
) -> None:
    maja = build.person()
    reprisal = lost_shifts(campaign, maja)
    clock.forward(minutes=5)
    build.call(maja, outcome)
    assert bool(support_lines(campaign)) == stands
    (line,) = reprisals_of(campaign, maja)
    assert (line.id, bool(line.supported_on)) == (reprisal, not stands)
    assert faults_of(campaign) == []


def test_the_talk_in_which_she_told_of_it_is_no_support_call(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """Noted after the reprisal, with the hour before it, the talk took the call off Today."""
    maja = build.person()
    lost_shifts(campaign, maja)
    build.call(maja, "talked", channel="meeting", at=int(clock.at.timestamp()) - 7200)
    assert support_lines(campaign) == [(maja, True, False)]


def test_the_support_call_is_done_by_its_key_and_taken_back_with_the_reprisal(
    campaign: Campaign, build: Builder
) -> None:
    maja = build.person()
    lost_shifts(campaign, maja)
    line = today_of(campaign).due[0]
    assert finish(campaign, line) == "done"
    assert support_lines(campaign) == []
    undo_last(campaign)
    assert support_lines(campaign) == [(maja, True, False)]
    undo_last(campaign)
    assert reprisals_of(campaign, maja) == []
    assert support_lines(campaign) == []
    assert faults_of(campaign) == []


def test_witnesses_are_those_of_the_file_or_their_names(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva", family="Žužek")
    build.person("Tina", family="Kos")
    build.person("Tina", family="Kos")
    witnesses = ("eva zuzek", " Tina Kos ", "the cook", "the cook", "")
    reprisal = lost_shifts(campaign, maja, by_whom="the owner", witnesses=witnesses)
    (line,) = reprisals_of(campaign, maja)
    assert line.witnesses == ("Eva Žužek", "Tina Kos", "the cook")
    rows = campaign.connection.execute(
        "SELECT person_id FROM reprisal_witness WHERE reprisal_id = ? AND person_id IS NOT NULL", (reprisal,)
    )
    assert rows.fetchall() == [(eva,)]
    told = next(entry for entry in story_of(campaign, maja) if entry.kind == "reprisal")
    assert (told.what, told.detail) == ("lost her shifts", "the owner · Eva Žužek, Tina Kos, the cook")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "2099-01-01"}, "2099-01-01 is still to come"),
        ({"what": " … "}, "needs words"),
        ({"what": "x" * 400}, "300 at most"),
        ({"witnesses": ("Maja Novak",)}, "a witness is somebody else"),
    ],
)
def test_what_cannot_have_been_is_refused_in_a_sentence_and_nothing_is_written(
    campaign: Campaign, build: Builder, fields: dict[str, object], sentence: str
) -> None:
    maja = build.person("Maja")
    with pytest.raises(OrganiserError, match=sentence):
        lost_shifts(campaign, maja, **fields)
    assert campaign.connection.execute("SELECT count(*) FROM reprisal").fetchone() == (0,)
    assert support_lines(campaign) == []


def test_of_somebody_who_bars_every_channel_it_is_noted_without_a_call(campaign: Campaign, build: Builder) -> None:
    maja = build.person(barred="all")
    assert no_support(campaign, maja)
    lost_shifts(campaign, maja)
    assert len(reprisals_of(campaign, maja)) == 1
    assert support_lines(campaign) == []


def test_nothing_that_is_printed_tells_of_a_reprisal(campaign: Campaign, build: Builder) -> None:
    from organiser_tui.exchange.plain import print_calls, print_history, print_people

    maja = build.person("Maja", build.provider())
    build.call_list(maja)
    lost_shifts(campaign, maja, by_whom="Owner", witnesses=("Cook",))
    for as_json in (True, False):
        printed = StringIO()
        with redirect_stdout(printed):
            print_people(campaign, "", as_json=as_json, as_csv=False)
            print_calls(campaign, None, as_json=as_json)
            print_history(campaign, None, as_json=as_json)
            print_history(campaign, "Maja Novak", as_json=as_json)
        assert "Maja" in printed.getvalue()
        for word in ("lost her shifts", "Owner", "Cook", "reprisal", "support"):
            assert word not in printed.getvalue(), word
