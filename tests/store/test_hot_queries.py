"""What is asked after every key walks no table that grows with the people, whatever its size."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.signups import Stage
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import SORTS, PeopleQuery, first_people, people_page
from organiser_tui.store.person import person_card
from organiser_tui.store.promises import evidence, people_tested, trust_of
from organiser_tui.store.providers import (
    campaign_totals,
    people_at,
    people_uncounted,
    provider_board,
    provider_card,
    wall_chart,
)
from organiser_tui.store.queue import hold_person, next_person
from organiser_tui.store.signups import people_at_stage, signup_board, signup_rows
from organiser_tui.store.story import story_of
from organiser_tui.store.today import today_of
from tests.store.building import Builder, day

GROWING = (
    *("person", "phone", "email", "employment", "contact", "contact_issue", "assessment", "ask", "answer", "card"),
    *("follow_up", "target", "attendance", "connection", "reminder", "person_figures", "reach", "person_search"),
    *("change", "invitation", "person_language", "tag", "skill", "exported_person", "barred_channel", "safe_channel"),
)
IN_ORDER = re.compile(r"SCAN (\w+) USING (?:COVERING )?INDEX")
ENDS_AT_ONCE = re.compile(r"LIMIT|^SELECT EXISTS \(SELECT 1 FROM \w+\)$")


def asked(campaign: Campaign, ask: Callable[[], Any]) -> list[str]:
    """The SQL of everything that `ask` asks, with its values."""
    statements: list[str] = []
    campaign.connection.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        campaign.connection.set_trace_callback(None)
    return [sql for sql in statements if sql.lstrip()[:6].upper() in ("SELECT", "UPDATE", "DELETE", "INSERT")]


def walks(campaign: Campaign, sql: str) -> list[str]:
    """Where the plan of `sql` walks a table that grows; walking an index in order is fine where a LIMIT ends it."""
    names = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN|UPDATE) (\w+)(?: (?:AS )?(\w+))?", sql)}
    found = []
    for *_ids, detail in campaign.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall():
        scan = re.match(r"SCAN (\w+)", detail)
        table = names.get(scan[1], scan[1]) if scan else ""
        if table in GROWING and not (IN_ORDER.match(detail) and ENDS_AT_ONCE.search(sql)):
            found.append(f"{detail}: {sql}")
    return found


def plans(campaign: Campaign, ask: Callable[[], Any]) -> list[str]:
    """Every walk of everything that `ask` asks."""
    statements = asked(campaign, ask)
    assert statements
    return [walk for sql in statements if "person_fts" not in sql for walk in walks(campaign, sql)]


@pytest.fixture
def people(campaign: Campaign, build: Builder, clock: Any) -> list[int]:
    """Some people with everything that can be said of them."""
    provider = build.provider("Lipa", "SI034")
    found = [build.person(name, provider) for name in ("Maja", "Eva", "Luka")]
    build.tie(found[0], found[1])
    build.call(found[0], "talked", rating=3, issues=("pay",), follow_up=day(1, clock))
    build.card(found[1], "form out", day(-20, clock))
    build.follow_up(found[2], day(0, clock))
    build.insert("estimate", provider_id=provider, headcount=9, day=day(-9, clock))
    build.call_list(*found)
    return found


def test_the_walk_of_a_whole_table_is_seen(campaign: Campaign) -> None:
    assert walks(campaign, "SELECT note FROM contact c WHERE c.note = 'x'")
    assert walks(campaign, "SELECT count(*) FROM person_figures f WHERE f.attempts > 1")


def test_the_next_person(campaign: Campaign, people: list[int]) -> None:
    listed = campaign.connection.execute("SELECT id FROM call_list").fetchone()[0]
    for queue_of in (None, listed):
        assert plans(campaign, lambda queue_of=queue_of: next_person(campaign, queue_of)) == []  # type: ignore[misc]
        skipped = lambda queue_of=queue_of: next_person(campaign, queue_of, people)  # noqa: E731
        assert plans(campaign, skipped) == []
        assert plans(campaign, lambda: hold_person(campaign, listed, people[0])) == []


def test_an_outcome_saved_and_taken_back(campaign: Campaign, build: Builder, people: list[int]) -> None:
    def call() -> None:
        phone = build.first_phone(people[2])
        log_contact(campaign, ContactDraft(people[2], "talked", rating=1, issues=("pay",), phone_id=phone))
        undo_last(campaign)

    assert plans(campaign, call) == []


def test_the_board_of_sign_ups(campaign: Campaign, people: list[int]) -> None:
    stages = [lambda stage=stage: people_at_stage(campaign, stage) for stage in Stage]
    for ask in (lambda: signup_board(campaign), lambda: signup_rows(campaign, people), *stages):
        assert plans(campaign, ask) == []


def test_who_can_be_counted_on(campaign: Campaign, people: list[int]) -> None:
    assert plans(campaign, lambda: people_tested(campaign)) == []
    assert plans(campaign, lambda: trust_of(campaign, people)) == []
    assert plans(campaign, lambda: list(evidence(campaign, people))) == []


def test_today(campaign: Campaign, people: list[int]) -> None:
    assert plans(campaign, lambda: today_of(campaign)) == []


def test_the_board_of_providers(campaign: Campaign, people: list[int]) -> None:
    provider = campaign.connection.execute("SELECT id FROM provider").fetchone()[0]
    for ask in (
        lambda: provider_board(campaign),
        lambda: provider_board(campaign, by_region=True),
        lambda: provider_card(campaign, provider),
        lambda: wall_chart(campaign, provider),
        lambda: people_at(campaign, provider),
        lambda: campaign_totals(campaign),
    ):
        assert plans(campaign, ask) == []


def test_the_diary(campaign: Campaign, people: list[int]) -> None:
    assert plans(campaign, lambda: diary(campaign)) == []
    assert plans(campaign, lambda: diary(campaign, person_id=people[0])) == []


def test_a_person_with_her_story(campaign: Campaign, people: list[int]) -> None:
    assert plans(campaign, lambda: (person_card(campaign, people[0]), story_of(campaign, people[0]))) == []


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("reverse", [False, True])
def test_the_first_page_in_every_order_comes_from_an_index(
    campaign: Campaign, people: list[int], sort: str, reverse: bool
) -> None:
    query = PeopleQuery(sort=sort, reverse=reverse)
    assert plans(campaign, lambda: people_page(campaign, first_people(campaign, query, 30), ["0"])) == []
    for sql in asked(campaign, lambda: first_people(campaign, query, 30)):
        plan = campaign.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        assert not any("USE TEMP B-TREE" in row[-1] for row in plan), plan


def test_who_is_not_counted_as_known_is_counted_without_those_who_are(campaign: Campaign) -> None:
    """The board walked through everybody each time it was looked at."""
    (sql,) = asked(campaign, lambda: people_uncounted(campaign))
    plan = [row[3] for row in campaign.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert plan[0] == "SCAN person USING INDEX person_uncounted"
