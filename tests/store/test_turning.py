"""Figures turn with the days by themselves, and move with what happens to others. Each was seen to go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.calling import queue_standing
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.gatherings import next_event
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.providers import campaign_totals, provider_board, provider_card
from organiser_tui.store.queue import next_person
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock, day
from tests.store.test_figures import assert_figures_follow


@pytest.fixture
def maja(build: Builder) -> int:
    """Asked whom she knows, working for one provider."""
    return build.person("Maja", build.provider("Lipa"), whom_asked_on="2026-11-01")


def test_whoever_knows_nobody_else_is_isolated_once_the_other_has_left(
    campaign: Campaign, build: Builder, clock: Clock, maja: int
) -> None:
    eva = build.person("Eva")
    job = build.employment(eva, build.provider("Hrast"), end=day(2, clock))
    build.tie(eva, maja)
    assert build.figure(maja, "isolation") == "connected"
    clock.forward(days=2)
    campaign.turn_day()
    assert build.figure(maja, "isolation") == "connected"  # the last day still counts
    clock.forward(days=1)
    campaign.turn_day()
    assert build.figure(maja, "isolation") == "isolated"
    build.change("employment", job, to_day=None)
    assert build.figure(maja, "isolation") == "connected"
    build.end("employment", job)
    assert build.figure(maja, "isolation") == "isolated"
    undo_last(campaign)
    assert build.figure(maja, "isolation") == "connected"
    assert_figures_follow(campaign)


def test_a_window_left_open_overnight_turns_the_day_with_its_first_write(
    campaign: Campaign, build: Builder, clock: Clock, maja: int
) -> None:
    eva = build.person("Eva")
    build.employment(eva, build.provider("Hrast"), end=day(0, clock))
    build.tie(eva, maja)
    clock.forward(days=1)
    build.call(eva, "no answer")  # moves the figures of Eva, who has turned, and of nobody else
    assert build.figure(maja, "isolation") == "isolated"
    assert faults_of(campaign) == []


def test_the_day_turns_when_the_campaign_is_opened(path: Path, clock: Clock) -> None:
    campaign = open_campaign(path, clock)
    build = Builder(campaign)
    person = build.person("Maja")
    build.employment(person, build.provider("Lipa"), start=day(5, clock))
    assert build.figure(person, "provider_id") is None
    campaign.close()
    clock.forward(days=5)
    again = open_campaign(path, clock)
    assert Builder(again).figure(person, "provider_id") is not None
    again.close()


def test_a_meeting_keeps_from_being_isolated_for_a_year(
    campaign: Campaign, build: Builder, clock: Clock, maja: int
) -> None:
    build.came(maja, day(-360, clock))
    for days, isolation in ((5, "connected"), (1, "isolated")):
        clock.forward(days=days)
        campaign.turn_day()
        assert build.figure(maja, "isolation") == isolation


@pytest.mark.parametrize(
    "fields",
    [{"position": "manager"}, {"work": "neighbouring service"}, {"left_work_on": "2026-11-01"}, {"deceased": 1}],
)
def test_whoever_knows_only_a_manager_or_no_assistant_is_isolated(
    build: Builder, maja: int, fields: dict[str, object]
) -> None:
    eva = build.person("Eva", build.provider("Hrast"))
    build.tie(maja, eva)
    assert build.figure(maja, "isolation") == "connected"
    build.change("person", eva, **fields)
    assert build.figure(maja, "isolation") == "isolated"


def test_an_answer_that_comes_later_ends_being_undecided(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    ask = build.insert("ask", person_id=person, kind="sign", day=day(-1, clock))
    assert build.figure(person, "fits") == 4
    build.answer(ask, "yes", day(0, clock))
    assert build.figure(person, "fits") == 0
    undo_last(campaign)
    assert build.figure(person, "fits") == 4


def test_a_provider_where_only_a_manager_is_known_is_unreached_all_the_same(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja", build.provider("Lipa"), work="neighbouring service")
    assert build.figure(person, "fits") == 1
    served = next_person(campaign, None)
    assert served is not None and served.about == "Lipa"
    assert [row.unreached for row in provider_board(campaign)] == [True]


def test_one_conversation_reaches_a_provider_for_everybody_there(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Lipa")
    maja, eva = build.person("Maja", lipa), build.person("Eva", lipa)
    listed = build.call_list(maja, eva)
    build.call(maja, "talked")
    assert build.figure(eva, "fits") == 1  # nothing was learned
    build.call(maja, "talked", rating=2)
    rules = campaign.connection.execute("SELECT fits FROM target WHERE list_id = ?", (listed,)).fetchall()
    assert (build.figure(eva, "fits"), set(rules)) == (0, {(0,)})
    undo_last(campaign)
    assert build.figure(eva, "fits") == 1


def test_a_contact_counts_for_the_provider_of_its_day(campaign: Campaign, build: Builder, clock: Clock) -> None:
    lipa, hrast = build.provider("Lipa"), build.provider("Hrast")
    person = build.person("Maja")
    build.employment(person, lipa, end=day(-10, clock))
    build.employment(person, hrast, start=day(-9, clock))
    build.call(person, "talked", rating=2, day=day(-10, clock), channel="meet-up")
    rows = {
        row.name: (row.known, row.attempted, row.reached, row.last_conversation) for row in provider_board(campaign)
    }
    assert rows == {"Lipa": (0, 1, 1, day(-10, clock)), "Hrast": (1, 0, 0, "")}
    assert (campaign_totals(campaign).reached, campaign_totals(campaign).unreached) == (1, 1)


def test_the_provider_shown_is_that_of_her_latest_employment(build: Builder, clock: Clock) -> None:
    lipa, hrast = build.provider("Lipa"), build.provider("Hrast")
    person = build.person("Maja", lipa)
    build.employment(person, hrast, start=day(-50, clock))
    assert build.figure(person, "provider_id") == hrast
    build.employment(person, lipa, start=day(-20, clock))
    assert build.figure(person, "provider_id") == lipa


def test_a_renamed_provider_moves_the_sorting_and_the_search(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Lipa")
    person = build.person("Maja", lipa)
    build.change("provider", lipa, name="Žalna vrba", folded="zalna vrba")
    assert build.figure(person, "provider_key").startswith("z")
    assert first_people(campaign, PeopleQuery(words="vrba"), 5) == [person]
    assert first_people(campaign, PeopleQuery(words="lipa"), 5) == []


def test_a_closed_provider_leaves_the_board_and_keeps_its_page(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    lipa = build.provider("Lipa")
    build.person("Maja", lipa)
    build.change("provider", lipa, closed_on=day(0, clock))
    assert provider_board(campaign) == []
    assert campaign_totals(campaign)[:2] == (0, 0)
    card = provider_card(campaign, lipa)
    assert card is not None and card.row.known == 1


def test_somebody_who_moves_takes_her_reach_along(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja", build.provider("Lipa"), region_code="SI034")
    rows = "SELECT region_code, known FROM reach WHERE person_id = ?"
    assert campaign.connection.execute(rows, (person,)).fetchall() == [("SI034", 1)]
    build.change("person", person, region_code="SI041")
    assert campaign.connection.execute(rows, (person,)).fetchall() == [("SI041", 1)]
    assert_figures_follow(campaign)


def test_people_without_a_provider_are_known_too(campaign: Campaign, build: Builder) -> None:
    build.person("Maja")
    build.person("Eva", build.provider("Lipa"))
    build.person("Luka", position="owner")
    assert campaign_totals(campaign).known == 2


def test_only_the_latest_answer_to_an_invitation_counts(campaign: Campaign, build: Builder, clock: Clock) -> None:
    event = build.event(day(9, clock))
    ask = build.insert("ask", person_id=build.person(), kind="come", day=day(-3, clock), event_id=event)
    for offset, answer in ((-3, "yes"), (-1, "no")):
        build.answer(ask, answer, day(offset, clock))
    line = next_event(campaign)
    assert line is not None
    assert (line.yes, line.no) == (0, 1)


def test_today_shows_what_is_due_and_leaves_out_who_is_barred(campaign: Campaign, build: Builder, clock: Clock) -> None:
    maja, eva, luka = build.person("Maja"), build.person("Eva"), build.person("Luka")
    build.follow_up(maja, f"{day(0, clock)}T18:00")
    build.follow_up(eva, day(-2, clock), "call back")
    build.follow_up(luka, day(-2, clock))
    build.follow_up(maja, day(1, clock))
    build.card(eva, "form out", day(-14, clock))
    build.call(luka, "do not contact")
    due = {(line.kind, line.person_id, line.overdue) for line in today_of(campaign).due}
    assert due == {("promise", maja, False), ("call back", eva, True), ("form", eva, False)}


def test_somebody_taken_out_of_the_file_is_on_no_list(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    build.call_list(maja, eva)
    build.end("person", maja)
    assert [row.targets for row in call_lists(campaign)] == [1]


@pytest.mark.parametrize("what", ["tie", "rating", "issue", "ask", "answer"])
def test_what_is_noted_later_of_a_contact_makes_it_a_conversation(
    campaign: Campaign, build: Builder, clock: Clock, what: str
) -> None:
    """A tie that came to mind the day after left the talk one in which nothing had been learned."""
    lipa = build.provider()
    eva, luka, today = build.person("Eva", lipa), build.person("Luka"), day(0, clock)
    contact = build.call(eva, "talked")
    asked = build.insert("ask", person_id=eva, kind="sign", day=today)
    assert build.figure(eva, "reached") == 0
    of_her = {"person_id": eva, "contact_id": contact}
    rows: dict[str, tuple[str, dict[str, Any]]] = {
        "tie": ("connection", {"other_id": luka, "kind": "colleague"}),
        "rating": ("assessment", {"rating": 2, "day": today}),
        "issue": ("contact_issue", {"issue": "pay"}),
        "ask": ("ask", {"kind": "come", "day": today}),
        "answer": ("answer", {"ask_id": asked, "answer": "later", "day": today}),
    }
    table, fields = rows[what]
    made = build.insert(table, **of_her, **fields)
    assert (build.figure(eva, "reached"), build.figure(eva, "last_conversation")) == (1, today)
    assert [(row.reached, row.last_by) for row in provider_board(campaign)] == [(1, "Ana")]
    assert faults_of(campaign) == []
    build.end(table, made)
    assert (build.figure(eva, "reached"), build.figure(eva, "last_conversation")) == (0, "")
    assert faults_of(campaign) == []


def test_figures_that_were_kept_with_a_clock_far_ahead_are_right_again_once_it_is_set(
    campaign: Campaign, build: Builder, clock: Clock, maja: int
) -> None:
    eva = build.person("Eva")
    build.employment(eva, build.provider("Hrast"), end=day(200, clock))
    build.tie(eva, maja)
    clock.forward(days=400)
    campaign.turn_day()
    build.call(eva, "no answer")
    assert build.figure(maja, "isolation") == "isolated"
    clock.forward(days=-400)
    campaign.turn_day()
    assert build.figure(maja, "isolation") == "connected"
    assert faults_of(campaign) == []


def test_a_claim_of_a_clock_far_ahead_holds_nobody(campaign: Campaign, clock: Clock, maja: int) -> None:
    other = open_campaign(campaign.path, clock)
    clock.forward(days=400)
    served = next_person(other, None)
    assert served is not None and served.person_id == maja
    clock.forward(days=-400)
    assert queue_standing(campaign, None).frees_at == 0
    build = Builder(campaign)
    build.call(maja, "busy")
    busy_until = int(clock().timestamp()) + 15 * 60
    assert queue_standing(campaign, None).frees_at == busy_until  # not the day on which the stray claim would lapse
    clock.forward(minutes=15)
    again = next_person(campaign, None)
    assert again is not None and again.person_id == maja
    other.close()


def test_a_clock_beyond_the_last_id_is_told_in_a_sentence(campaign: Campaign, build: Builder, clock: Clock) -> None:
    clock.forward(days=40_000)
    with pytest.raises(OrganiserError, match="beyond the year 2092"):
        build.person("Eva")
