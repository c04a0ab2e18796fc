"""What troubles people, the demand that grows from it, who backs it, and what a meeting agrees on."""

from __future__ import annotations

from collections import Counter

import pytest

from organiser_tui.domain.demands import ActionDraft, DemandDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.agreed import actions_of, agree_action, finish_action
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.demands import (
    answer_demand,
    back_demand,
    backers_of,
    demand_row,
    demands,
    likely_backers,
    make_demand,
    not_told,
    put_demand,
    tell_backers,
)
from organiser_tui.store.history import undo_last
from organiser_tui.store.issues_heard import _BY_MONTH, HeardBy, _by_place, issues_heard
from tests.store.building import Builder, Clock


@pytest.fixture
def heard(build: Builder, clock: Clock) -> dict[str, int]:
    """Maja and Eva named pay at Lipa (Maja twice), Eva works at Vrba, too; Tina named pay at Vrba, Iva schedules."""
    lipa, vrba = build.provider("Lipa", "SI041"), build.provider("Vrba", "SI041")
    people = {
        "Maja": build.person("Maja", lipa),
        "Eva": build.person("Eva", lipa, vrba),
        "Tina": build.person("Tina", vrba),
        "Iva": build.person("Iva", lipa),
    }
    build.call(people["Maja"], "talked", issues=("pay",), day="2026-09-30")
    build.call(people["Maja"], "talked", issues=("pay", "travel"))
    for name, issue in (("Eva", "pay"), ("Tina", "pay"), ("Iva", "schedules")):
        build.call(people[name], "talked", issues=(issue,))
    return {**people, "Lipa": lipa, "Vrba": vrba}


def counted(campaign: Campaign, by: HeardBy) -> dict[tuple[str, str], tuple[int, int]]:
    """By issue and place: how many people, how often."""
    return {(row.issue, row.where): (row.people, row.times) for row in issues_heard(campaign, by)}


def test_issues_are_counted_by_provider_by_region_and_by_month(campaign: Campaign, heard: dict[str, int]) -> None:
    assert counted(campaign, "provider") == {
        ("pay", "Lipa"): (2, 3),
        ("pay", "Vrba"): (2, 2),
        ("schedules", "Lipa"): (1, 1),
        ("travel", "Lipa"): (1, 1),
    }
    (region,) = {row.where for row in issues_heard(campaign, "region")}
    assert region
    assert counted(campaign, "region")["pay", region] == (3, 4), "who works at two providers there is one person"
    month = campaign.today().isoformat()[:7]
    assert counted(campaign, "month") == {
        ("pay", "2026-09"): (1, 1),
        **{("pay", month): (3, 3), ("travel", month): (1, 1), ("schedules", month): (1, 1)},
    }
    assert issues_heard(campaign, "provider")[0].people == 2


def test_the_counts_are_those_of_the_rows_and_forget_what_is_taken_back(
    campaign: Campaign, build: Builder, heard: dict[str, int]
) -> None:
    undo_last(campaign)  # Iva's schedules
    build.end("person", heard["Tina"])
    rows = campaign.connection.execute(
        "SELECT issue, count(*) FROM contact_issue i JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
        " WHERE i.voided_by IS NULL GROUP BY issue"
    ).fetchall()
    for by in ("region", "month"):
        found: Counter[str] = Counter()
        for row in issues_heard(campaign, by):
            found[row.issue] += row.times
        assert found == dict(rows) == {"pay": 3, "travel": 1}


def test_the_issues_are_summed_in_the_order_of_their_index(campaign: Campaign) -> None:
    """At ten million entries sorting them all takes a file of its own."""
    for sql in (_by_place("provider"), _by_place("region"), _BY_MONTH):
        plan = [row[3] for row in campaign.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert "SCAN i USING COVERING INDEX contact_issue_heard" in plan, plan


def test_a_demand_from_its_issue_to_its_answer(campaign: Campaign, clock: Clock, heard: dict[str, int]) -> None:
    demand = make_demand(campaign, DemandDraft(" paid  travel ", issue="pay", provider_id=heard["Lipa"]))
    assert likely_backers(campaign, demand) == [heard["Maja"], heard["Eva"]]
    assert back_demand(campaign, demand, [heard["Maja"], heard["Eva"], heard["Maja"]]) == 2
    assert back_demand(campaign, demand, [heard["Maja"]]) == 0
    assert likely_backers(campaign, demand) == []
    assert tell_backers(campaign, demand, [heard["Eva"]]) == 1
    assert not_told(campaign, demand) == [heard["Maja"]]
    assert [backer.id for backer in backers_of(campaign, demand)] == [heard["Maja"], heard["Eva"]]
    put_demand(campaign, demand, "the director", campaign.today().isoformat())
    clock.forward(days=9)
    answer_demand(campaign, demand, "won", campaign.today().isoformat())
    row = demand_row(campaign, demand)
    assert (row.what, row.issue, row.provider, row.backers, row.told) == ("paid travel", "pay", "Lipa", 2, 1)
    assert (row.put_to, row.answer) == ("the director", "won")
    assert row.put_on < row.answered_on == campaign.today().isoformat()
    assert demands(campaign) == [row]
    assert faults_of(campaign) == []


def test_who_is_taken_off_a_demand_and_backs_it_again_stands_there_once(
    campaign: Campaign, heard: dict[str, int]
) -> None:
    demand = make_demand(campaign, DemandDraft("more pay", issue="pay"))
    assert likely_backers(campaign, demand) == [heard["Maja"], heard["Eva"], heard["Tina"]]
    back_demand(campaign, demand, [heard["Maja"]])
    undo_last(campaign)
    assert backers_of(campaign, demand) == []
    assert back_demand(campaign, demand, [heard["Maja"]]) == 1
    assert [(backer.id, backer.told_on) for backer in backers_of(campaign, demand)] == [(heard["Maja"], "")]


@pytest.mark.parametrize("words", ["", "  ", "…!", "x" * 301])
def test_a_demand_about_nothing_is_refused(campaign: Campaign, words: str) -> None:
    with pytest.raises(OrganiserError, match=r"needs words|at most"):
        make_demand(campaign, DemandDraft(words))
    assert demands(campaign) == []


def test_what_cannot_be_said_of_a_demand_is_refused_in_a_sentence(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    today = campaign.today().isoformat()
    with pytest.raises(OrganiserError, match="no issue of this campaign"):
        make_demand(campaign, DemandDraft("more", issue="weather"))
    demand = make_demand(campaign, DemandDraft("more"))
    assert likely_backers(campaign, demand) == []
    for refused, sentence in (
        (lambda: put_demand(campaign, demand, " ", today), "To whom"),
        (lambda: put_demand(campaign, demand, "boss", "2099-01-01"), "still to come"),
        (lambda: answer_demand(campaign, demand, "won", today), "put to nobody yet"),
        (lambda: answer_demand(campaign, demand, "maybe", today), "no answer to a demand"),
        (lambda: tell_backers(campaign, demand, [build.person()]), "does not back"),
        (lambda: back_demand(campaign, demand, [17]), "no longer in the file"),
        (lambda: back_demand(campaign, 17, []), "demand is no longer in the file"),
    ):
        with pytest.raises(OrganiserError, match=sentence):
            refused()
    put_demand(campaign, demand, "boss", today)
    with pytest.raises(OrganiserError, match="no answer came before"):
        answer_demand(campaign, demand, "won", "2026-01-01")
    answer_demand(campaign, demand, "answered", today)
    with pytest.raises(OrganiserError, match="answered on"):
        put_demand(campaign, demand, "owner", today)
    answer_demand(campaign, demand, "refused", today)
    assert demand_row(campaign, demand).answer == "refused", "the last answer stands"


def test_a_demand_that_an_earlier_version_kept_as_won_can_still_be_told_of(campaign: Campaign, build: Builder) -> None:
    demand, today = build.insert("demand", what="pay", day="2026-09-01", answer="won"), campaign.today().isoformat()
    put_demand(campaign, demand, "the director", "2026-09-04")
    answer_demand(campaign, demand, "won", today)
    row = demand_row(campaign, demand)
    assert (row.put_on, row.answer, row.answered_on) == ("2026-09-04", "won", today)


def test_what_a_meeting_agreed_has_an_owner_and_a_day(campaign: Campaign, build: Builder) -> None:
    event, owner = build.event("2026-11-20T18:00"), build.person("Maja")
    later = agree_action(campaign, ActionDraft(event, "mutual aid", "lend a car", owner, "2026-12-10"))
    first = agree_action(campaign, ActionDraft(event, "education", "read the law", owner, "2026-12-01"))
    assert [(one.id, one.owner) for one in actions_of(campaign, event)] == [
        (first, "Maja Novak"),
        (later, "Maja Novak"),
    ]
    finish_action(campaign, first)
    assert [(one.id, bool(one.done_on)) for one in actions_of(campaign, event)] == [(later, False), (first, True)]
    with pytest.raises(OrganiserError, match="done on"):
        finish_action(campaign, first)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"person_id": None}, "Who takes it on"),
        ({"person_id": 17}, "no longer in the file"),
        ({"what": " "}, "needs words"),
        ({"due": ""}, "Until when"),
        ({"due": "2026-11-19"}, "is due later"),
        ({"kind": "strike"}, "demand, mutual aid, education"),
    ],
)
def test_an_action_without_an_owner_a_day_or_words_is_refused(
    campaign: Campaign, build: Builder, fields: dict[str, object], sentence: str
) -> None:
    event = build.event("2026-11-20T18:00")
    draft = {"event_id": event, "kind": "demand", "what": "pay", "person_id": build.person(), "due": "2026-12-01"}
    with pytest.raises(OrganiserError, match=sentence):
        agree_action(campaign, ActionDraft(**{**draft, **fields}))  # type: ignore[arg-type]
    assert actions_of(campaign, event) == []
