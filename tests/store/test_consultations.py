"""Mandates: who may answer, one answer each, what is counted, and what of a secret ballot is nowhere in the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import Mandate, MandateAnswer
from organiser_tui.domain.noted import Noted
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.consultations import (
    Consultation,
    OpenMandate,
    Turnout,
    amendments,
    close_consultation,
    consultations,
    count_ballots,
    give_mandate,
    mark_voted,
    members_on_file,
    not_voted,
    open_consultation,
    open_mandates,
    proposals,
    set_proposal_aside,
    turnout,
    turnouts,
)
from organiser_tui.store.history import diary, undo_last
from tests.store.building import Builder

DAY = "2026-11-01"


def members(build: Builder, *names: str, provider: int | None = None) -> list[int]:
    """People whose application is on file."""
    made = [build.person(name, *([provider] if provider else [])) for name in names]
    for person in made:
        build.card(person, "on file", DAY)
    return made


def only(campaign: Campaign) -> Consultation:
    (held,) = consultations(campaign)
    return held


def test_those_on_file_at_the_opening_answer_and_nobody_else(campaign: Campaign, build: Builder) -> None:
    ana, maja = members(build, "Ana", "Maja")
    late = build.person("Eva")
    asked = open_consultation(campaign, "  Do we accept  the offer? ", secret=False)
    build.card(late, "on file", DAY)
    assert members_on_file(campaign) == 3
    assert open_mandates(campaign, ana) == [OpenMandate(asked, "Do we accept the offer?", "")]
    assert open_mandates(campaign, late) == []
    with pytest.raises(OrganiserError, match="not on file as a member when this was opened"):
        give_mandate(campaign, late, Mandate(asked, "yes"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    assert turnout(campaign, only(campaign)) == Turnout("", 2, 1, 1, 0, 0, 0)
    assert not_voted(campaign, asked) == [maja]
    assert faults_of(campaign) == []


def test_her_last_answer_stands_and_taking_it_back_brings_the_one_before(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, "with amendment", "only with travel paid"),)))
    assert turnout(campaign, only(campaign)) == Turnout("", 1, 1, 0, 0, 0, 1)
    assert amendments(campaign, asked) == [("Ana Novak", "only with travel paid")]
    undo_last(campaign)
    assert turnout(campaign, only(campaign)) == Turnout("", 1, 1, 1, 0, 0, 0)
    undo_last(campaign)
    assert not_voted(campaign, asked) == [ana]
    assert faults_of(campaign) == []


def test_a_mandate_given_in_a_call_makes_it_a_conversation(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, "no"),)))
    sql = "SELECT last_conversation <> '' FROM person_figures WHERE person_id = ?"
    assert campaign.connection.execute(sql, (ana,)).fetchone() == (1,)
    assert faults_of(campaign) == []


@pytest.mark.parametrize(
    ("mandate", "told"),
    [(("maybe", ""), "none of the answers"), (("with amendment", "  "), "needs its words")],
)
def test_what_is_no_answer_is_refused_and_nothing_of_the_call_is_saved(
    campaign: Campaign, build: Builder, mandate: tuple[str, str], told: str
) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    with pytest.raises(OrganiserError, match=told):
        build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, *mandate),)))
    assert campaign.connection.execute("SELECT count(*) FROM contact").fetchone() == (0,)


def test_once_closed_nobody_answers_and_it_closes_once(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    close_consultation(campaign, asked)
    with pytest.raises(OrganiserError, match="was closed on"):
        give_mandate(campaign, ana, Mandate(asked, "yes"))
    with pytest.raises(OrganiserError, match="was closed on"):
        close_consultation(campaign, asked)
    assert open_mandates(campaign, ana) == []
    undo_last(campaign)
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    with pytest.raises(OrganiserError, match="no longer in the file"):
        close_consultation(campaign, 77)


def test_without_members_or_words_there_is_no_consultation(campaign: Campaign, build: Builder) -> None:
    build.person("Ana")
    with pytest.raises(OrganiserError, match="Nobody is on file"):
        open_consultation(campaign, "Do we accept?", secret=False)
    for question, told in (("  ??", "needs a question"), ("a" * 201, "at most")):
        with pytest.raises(OrganiserError, match=told):
            open_consultation(campaign, question, secret=False)
    assert consultations(campaign) == []


def test_tallies_by_provider_and_region_add_up(campaign: Campaign, build: Builder) -> None:
    lipa, breza = build.provider("Lipa", "SI042"), build.provider("Breza", "SI034")
    ana, maja = members(build, "Ana", "Maja", provider=lipa)
    eva, ida = *members(build, "Eva", provider=breza), *members(build, "Ida")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    for person, answer in ((ana, "yes"), (maja, "no"), (eva, "abstain")):
        give_mandate(campaign, person, Mandate(asked, answer))
    assert ida in not_voted(campaign, asked)
    held = only(campaign)
    assert turnouts(campaign, held, "provider") == [
        Turnout("Lipa", 2, 2, 1, 1, 0, 0),
        Turnout("", 1, 0, 0, 0, 0, 0),
        Turnout("Breza", 1, 1, 0, 0, 1, 0),
    ]
    for by in ("provider", "region"):
        sums = [sum(column) for column in list(zip(*turnouts(campaign, held, by), strict=True))[1:]]
        assert sums == list(turnout(campaign, held)[1:])


def test_of_a_secret_ballot_the_file_holds_who_voted_and_the_sums_and_nothing_between(
    campaign: Campaign, build: Builder
) -> None:
    ana, maja, eva = members(build, "Ana", "Maja", "Eva")
    asked = open_consultation(campaign, "Do we strike?", secret=True)
    assert open_mandates(campaign, ana) == []
    with pytest.raises(OrganiserError, match="secret: only that she has voted"):
        give_mandate(campaign, ana, Mandate(asked, "yes"))
    for person in (ana, maja):
        mark_voted(campaign, asked, person)
    with pytest.raises(OrganiserError, match="has voted already"):
        mark_voted(campaign, asked, ana)
    with pytest.raises(OrganiserError, match="3 ballots are more than the 2"):
        count_ballots(campaign, asked, {"yes": 2, "no": 1})
    assert turnout(campaign, only(campaign)) == Turnout("", 3, 2, -1, -1, -1, -1)
    close_consultation(campaign, asked)
    count_ballots(campaign, asked, {"yes": 2})
    count_ballots(campaign, asked, {"yes": 1, "no": 1})
    assert turnout(campaign, only(campaign)) == Turnout("", 3, 2, 1, 1, 0, 0)
    assert turnouts(campaign, only(campaign), "region") == [Turnout("", 3, 2, -1, -1, -1, -1)]
    assert not_voted(campaign, asked) == [eva]
    assert campaign.connection.execute("SELECT count(*) FROM mandate").fetchone() == (0,)
    # No action that touches a person touches a count, and the journal has no answer beside a name.
    sql = "SELECT count(*) FROM change a JOIN change b ON b.action_id = a.action_id WHERE a.tbl = ? AND b.tbl = ?"
    assert campaign.connection.execute(sql, ("voter", "ballot_count")).fetchone() == (0,)
    assert [line.what for line in diary(campaign, limit=3)] == ["Do we strike?"] * 3
    assert faults_of(campaign) == []


def test_what_she_proposes_waits_until_it_is_put_to_the_members_or_set_aside(
    campaign: Campaign, build: Builder
) -> None:
    (ana,) = members(build, "Ana")
    build.call(ana, "talked", heard=Heard(proposes=("Paid travel", " Paid  travel ", "One rate for nights")))
    travel, nights = proposals(campaign)
    assert (travel.what, travel.name, nights.what) == ("Paid travel", "Ana Novak", "One rate for nights")
    asked = open_consultation(campaign, travel.what, secret=False, proposal=travel.id)
    set_proposal_aside(campaign, nights.id)
    assert proposals(campaign) == []
    undo_last(campaign)
    assert proposals(campaign) == [nights]
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    undo_last(campaign)
    undo_last(campaign)
    assert proposals(campaign) == [travel, nights] and consultations(campaign) == []
    assert faults_of(campaign) == []


def test_a_draft_of_a_call_keeps_what_was_answered_and_proposed() -> None:
    noted = Noted(heard=Heard(proposes=("Paid travel",), mandates=(Mandate(7, "with amendment", "from May"),)))
    assert Noted.read(noted.written()) == noted
    assert Noted.read(noted.written().replace("[[7,", "[[null,")) == replace(
        Noted(), note=noted.written().replace("[[7,", "[[null,")
    )


_ANSWERS = st.sampled_from([answer.value for answer in MandateAnswer])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(0, 4), _ANSWERS), max_size=12))
def test_whatever_is_answered_in_whatever_order_each_has_one_answer_the_last(
    campaign: Campaign, build: Builder, said: list[tuple[int, str]]
) -> None:
    people = members(build, *"ABCDE")
    asked = open_consultation(campaign, "Do we accept?", secret=False)
    for who, answer in said:
        give_mandate(campaign, people[who], Mandate(asked, answer, "otherwise"))
    last = Counter(dict(said).values())
    held = next(one for one in consultations(campaign) if one.id == asked)
    found = turnout(campaign, held)
    assert found.voted == len(dict(said))
    assert found[3:] == tuple(last[answer.value] for answer in MandateAnswer)
