"""Offices, elections and terms: what is saved, what is refused, and how the rules stand in a result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from organiser_tui.domain.committee import RuleKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.offices import OfficeDraft, usual_office
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.chapters import PassingDraft, chapters_known, pass_to_chapter, passings
from organiser_tui.store.check import faults_of
from organiser_tui.store.committee import (
    answer_nomination,
    ballot_of,
    elected,
    largest,
    moving_up,
    nominate,
    note_votes,
    parse_votes,
    seat,
)
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.offices import (
    TermDraft,
    change_office,
    end_office,
    end_term,
    make_office,
    make_usual_offices,
    next_begin,
    note_term,
    office_named,
    offices,
    terms_of,
)
from organiser_tui.store.story import story_of
from tests.store.building import Builder, Clock, every_row


@pytest.fixture
def regions(campaign: Campaign) -> list[str]:
    """The codes of two regions."""
    return [code for (code,) in campaign.connection.execute("SELECT code FROM region ORDER BY name LIMIT 2")]


def member(build: Builder, given: str, *providers: int, **fields: Any) -> int:
    person = build.person(given, *providers, **fields)
    build.card(person, "on file", "2026-01-01")
    return person


@pytest.fixture
def union(build: Builder, regions: list[str]) -> list[int]:
    """Four women at the big provider in the large region, two men and a woman elsewhere; all of them on file."""
    big, small = build.provider("Big"), build.provider("Small")
    large, other = regions
    women = [member(build, f"W{n}", big, gender="F", region_code=large) for n in range(4)]
    men = [member(build, f"M{n}", small, gender="M", region_code=other) for n in range(2)]
    return [*women, *men, member(build, "Eva", small, gender="F", region_code=other)]


def presidency(campaign: Campaign, union: list[int], votes: dict[int, int]) -> int:
    office = make_office(campaign, usual_office("Presidency", 3))
    for place, count in votes.items():
        nominate(campaign, office, union[place], accepts=True)
        note_votes(campaign, office, union[place], count)
    return office


def _seated(campaign: Campaign, person: int) -> tuple[str, str]:
    """What the first line of somebody's story says of her office, and until when."""
    line = story_of(campaign, person)[0]
    assert line.kind == "seated"
    return line.what, line.until


def test_the_largest_region_and_employer_are_those_of_the_members(
    campaign: Campaign, build: Builder, union: list[int], regions: list[str]
) -> None:
    """Not of everybody who is known, nor of those who stand."""
    far = build.provider("Far")
    for n in range(9):
        build.person(f"K{n}", far, region_code=regions[1])
    found = largest(campaign)
    assert (found.region_code, found.employer) == (regions[0], "Big")


def test_while_nobody_is_on_file_everybody_counts_and_a_row_of_households_is_no_employer(
    campaign: Campaign, build: Builder, regions: list[str]
) -> None:
    assert largest(campaign) == (None, "", None, "")
    homes, small = build.provider("Households", kind="private employer"), build.provider("Small")
    for n in range(3):
        build.person(f"H{n}", homes, region_code=regions[1])
    build.person("S", small, region_code=regions[0])
    found = largest(campaign)
    assert (found.region_code, found.employer) == (regions[1], "Small")


def test_a_result_that_breaks_rules_is_told_with_the_swap_that_mends_it(campaign: Campaign, union: list[int]) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 2: 70, 4: 20, 6: 30})
    ballot = ballot_of(campaign, office)
    assert [row.id for row in ballot.rows] == [union[place] for place in (0, 1, 2, 6, 4)]
    assert ballot.slate == tuple(union[:3])
    assert [(held.rule.kind, held.rule.of, held.by) for held in ballot.held] == [
        (RuleKind.GENDER, "F", 2), (RuleKind.GENDER, "M", -1), (RuleKind.REGION, largest(campaign).region, -1),
        (RuleKind.EMPLOYER, "Big", -1), (RuleKind.TERMS, "", 0),
    ]  # fmt: skip
    assert ballot.mending == ((union[2],), (union[4],))
    assert elected(ballot, with_swaps=True) == [union[0], union[1], union[4]]
    assert elected(ballot, with_swaps=False) == union[:3]


def test_it_says_plainly_where_no_slate_can(campaign: Campaign, union: list[int]) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 2: 70, 3: 60})
    ballot = ballot_of(campaign, office)
    assert ballot.mending is None
    assert len(ballot.why_none) == 2 and "outside the largest employer (Big)" in ballot.why_none[1]
    with pytest.raises(OrganiserError, match="No slate keeps every rule"):
        elected(ballot, with_swaps=True)


def test_before_the_votes_the_rules_are_checked_on_those_who_stand(campaign: Campaign, union: list[int]) -> None:
    office = make_office(campaign, usual_office("Presidency", 3))
    for place in (0, 1, 2, 3, 4):
        nominate(campaign, office, union[place])
    assert ballot_of(campaign, office).held[0].counted == 0, "nobody has accepted"
    for place in (0, 1, 2, 3):
        answer_nomination(campaign, office, union[place], accepts=True)
    assert ballot_of(campaign, office).mending is None
    answer_nomination(campaign, office, union[4], accepts=True)
    ballot = ballot_of(campaign, office)
    assert (ballot.slate, ballot.uncounted) == ((), 5)
    assert ballot.mending is not None and all(held.holds for held in ballot.held)
    with pytest.raises(OrganiserError, match="votes of 5 candidates are not noted"):
        elected(ballot, with_swaps=True)
    answer_nomination(campaign, office, union[4], accepts=False)
    with pytest.raises(OrganiserError, match="not accepted"):
        note_votes(campaign, office, union[4], 5)


def test_equal_votes_for_the_last_seat_are_settled_by_lot(campaign: Campaign, union: list[int]) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 4: 20, 6: 20})
    assert "Equal votes (20)" in ballot_of(campaign, office).tie
    with pytest.raises(OrganiserError, match="Draw lots"):
        elected(ballot_of(campaign, office), with_swaps=False)
    note_votes(campaign, office, union[4], *parse_votes("20")[:1], lot=parse_votes("20 +")[1])
    ballot = ballot_of(campaign, office)
    assert (ballot.tie, ballot.slate[-1]) == ("", union[4])


def test_those_who_are_elected_are_seated_for_three_years_and_can_be_taken_back(
    campaign: Campaign, union: list[int]
) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 4: 70, 6: 20})
    people = elected(ballot_of(campaign, office), with_swaps=True)
    assert seat(campaign, office, people, next_begin(campaign, terms_of(campaign, office))) == "2029-11-18"
    (row,) = offices(campaign)
    assert (row.filled, row.first_end, row.standing) == (3, "2029-11-18", 0)
    assert diary(campaign)[0].what == "Presidency"
    assert _seated(campaign, people[0]) == ("Presidency", "2029-11-18")
    assert ballot_of(campaign, office).sitting
    assert next_begin(campaign, terms_of(campaign, office)) == "2029-11-19"
    undo_last(campaign)
    assert (offices(campaign)[0].filled, ballot_of(campaign, office).sitting) == (0, False)
    assert not list(faults_of(campaign))


def test_who_leaves_early_makes_room_for_whom_the_rules_ask_for(campaign: Campaign, union: list[int]) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 4: 70, 2: 60, 5: 20})
    seat(campaign, office, [union[0], union[1], union[4]], "2026-11-01")
    leaver = next(term for term in terms_of(campaign, office) if term.person_id == union[4])
    end_term(campaign, leaver.id, "2026-11-18")
    ballot = ballot_of(campaign, office)
    assert ballot.mending == ((), (union[5],)), "the next by votes is a third woman of the big provider"
    people, until = moving_up(ballot)
    assert seat(campaign, office, people, "2026-11-19", until) == "2029-10-31"
    assert terms_of(campaign, office)[0].person_id == union[5]
    with pytest.raises(OrganiserError, match="Nobody moves up"):
        moving_up(ballot_of(campaign, office))
    assert ballot_of(campaign, office).mending == ((), ())
    assert offices(campaign)[0].filled == 3


def test_terms_that_overlap_are_refused_in_a_sentence_and_nothing_is_lost(campaign: Campaign, union: list[int]) -> None:
    office = make_office(campaign, usual_office("Presidency", 3))
    note_term(campaign, TermDraft(office, union[0], "2026-01-01", "2028-12-31"))
    before = every_row(campaign)
    overlapping = TermDraft(office, union[0], "2028-12-31", "2030-01-01")
    with pytest.raises(OrganiserError, match=r"W0 Novak holds this office from 2026-01-01 until 2028-12-31: two terms"):
        note_term(campaign, overlapping)
    with pytest.raises(OrganiserError, match="is before its first"):
        note_term(campaign, replace(overlapping, from_day="2031-01-01"))
    with pytest.raises(OrganiserError, match="is no day"):
        note_term(campaign, replace(overlapping, until_day="2031-02-30"))
    for person in union[1:3]:
        note_term(campaign, TermDraft(office, person, "2027-01-01", "2027-12-31"))
    with pytest.raises(OrganiserError, match="has 3 seats, and all of them are taken on"):
        note_term(campaign, TermDraft(office, union[3], "2026-06-01", "2029-01-01"))
    undo_last(campaign)
    undo_last(campaign)
    assert every_row(campaign)["office"] == before["office"]
    assert [term.until_day for term in terms_of(campaign, office)] == ["2028-12-31"]
    note_term(campaign, replace(overlapping, from_day="2029-01-01"))
    (_second, first) = terms_of(campaign, office)
    with pytest.raises(OrganiserError, match="can only end early between the two"):
        end_term(campaign, first.id, "2029-01-01")


def test_a_seating_that_is_refused_seats_nobody(campaign: Campaign, union: list[int]) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 4: 70})
    note_term(campaign, TermDraft(office, union[4], "2026-01-01", "2028-12-31"))
    with pytest.raises(OrganiserError, match="would overlap"):
        seat(campaign, office, [union[0], union[1], union[4]], "2026-11-19")
    assert len(terms_of(campaign, office)) == 1
    with pytest.raises(OrganiserError, match="Only who has accepted"):
        seat(campaign, office, [union[6]], "2029-01-01")


def test_who_has_had_two_terms_in_a_row_may_not_sit_for_a_third(
    campaign: Campaign, build: Builder, union: list[int], clock: Clock
) -> None:
    office = presidency(campaign, union, {0: 90, 1: 80, 4: 70, 6: 20})
    note_term(campaign, TermDraft(office, union[1], "2020-11-19", "2023-11-18"))
    note_term(campaign, TermDraft(office, union[1], "2023-11-19", "2026-11-18"))
    ballot = ballot_of(campaign, office)
    assert (ballot.held[-1].counted, ballot.held[-1].by) == (1, -1)
    assert ballot.mending == ((union[1],), (union[6],))
    change_office(campaign, office, replace(ballot.office.draft, most_terms=0))
    assert ballot_of(campaign, office).mending == ((), ())


def test_who_sits_by_terms_noted_by_hand_is_weighed_like_who_was_elected(campaign: Campaign, union: list[int]) -> None:
    office = make_office(campaign, usual_office("Presidency", 3))
    for person in union[:3]:
        note_term(campaign, TermDraft(office, person, "2026-01-01", "2028-12-31"))
    note_term(campaign, TermDraft(office, union[4], "2020-01-01", "2022-12-31"))
    ballot = ballot_of(campaign, office)
    assert set(ballot.slate) == set(union[:3]) == {row.id for row in ballot.rows}
    assert [held.by for held in ballot.held] == [2, -1, -1, 0]
    assert (ballot.mending, len(ballot.why_none)) == (None, 2)
    nominate(campaign, office, union[5], accepts=True)
    assert [row.id for row in ballot_of(campaign, office).rows] == [union[5]], "an election is open"


def test_a_shop_steward_is_one_of_those_who_work_there(campaign: Campaign, build: Builder, union: list[int]) -> None:
    (small,) = campaign.connection.execute("SELECT id FROM provider WHERE name = 'Small'").fetchone()
    office = make_office(campaign, usual_office("Shop steward", 1, small))
    with pytest.raises(OrganiserError, match="does not work at Small"):
        nominate(campaign, office, union[0])
    nominate(campaign, office, union[4], accepts=True)
    with pytest.raises(OrganiserError, match="M0 Novak is nominated already"):
        nominate(campaign, office, union[4])
    assert office_named(campaign, "steward").name == "Shop steward, Small"
    assert [held.rule.kind for held in ballot_of(campaign, office).held] == [RuleKind.TERMS]


def test_offices_are_made_once_and_found_by_name(campaign: Campaign) -> None:
    with pytest.raises(OrganiserError, match="no office in this campaign yet"):
        office_named(campaign, "committee")
    make_usual_offices(campaign)
    assert [(row.name, row.draft.seats) for row in offices(campaign)] == [("Committee", 13), ("Presidency", 3)]
    with pytest.raises(OrganiserError, match="called Committee already"):
        make_office(campaign, OfficeDraft("committee", 5))
    with pytest.raises(OrganiserError, match=r"No office fits “board”. Offices: .*Committee"):
        office_named(campaign, "board")
    undo_last(campaign)
    assert offices(campaign) == []


def test_an_office_is_taken_out_once_nobody_sits_and_its_terms_stay(campaign: Campaign, union: list[int]) -> None:
    office = make_office(campaign, usual_office("Presidency", 3))
    note_term(campaign, TermDraft(office, union[0], "2026-01-01", "2028-12-31"))
    with pytest.raises(OrganiserError, match="1 person sits in Presidency"):
        end_office(campaign, office)
    end_term(campaign, terms_of(campaign, office)[0].id, "2026-11-18")
    end_office(campaign, office)
    assert offices(campaign) == []
    assert _seated(campaign, union[0]) == ("Presidency", "2026-11-18")
    with pytest.raises(OrganiserError, match="no longer in the file"):
        nominate(campaign, office, union[1])


def test_a_nomination_can_be_taken_back_and_made_again(campaign: Campaign, union: list[int]) -> None:
    office = make_office(campaign, usual_office("Presidency", 3))
    nominate(campaign, office, union[0])
    nominate(campaign, office, union[1], accepts=True)
    note_votes(campaign, office, union[1], 12)
    undo_last(campaign)
    undo_last(campaign)
    assert [row.id for row in ballot_of(campaign, office).rows] == [union[0]]
    nominate(campaign, office, union[1])
    row = ballot_of(campaign, office).rows[1]
    assert (row.answer, row.votes) == ("", None)
    assert not list(faults_of(campaign))


def test_somebody_is_passed_to_a_chapter_with_day_and_contact(campaign: Campaign, union: list[int]) -> None:
    pass_to_chapter(campaign, PassingDraft(union[0], " Maribor ", "Tine, 041 123 456"))
    (row,) = passings(campaign)
    assert row[1:] == (union[0], "W0 Novak", "Maribor", "Tine, 041 123 456", "2026-11-19", "Ana")
    assert chapters_known(campaign) == ["Maribor"]
    assert story_of(campaign, union[0])[0][2:5] == ("passed on", "Maribor", "Tine, 041 123 456")
    with pytest.raises(OrganiserError, match="was passed to Maribor on 2026-11-19 already"):
        pass_to_chapter(campaign, PassingDraft(union[0], "Maribor", "Tine, 041 123 456"))
    with pytest.raises(OrganiserError, match="Which chapter"):
        pass_to_chapter(campaign, PassingDraft(union[0], " "))
    undo_last(campaign)
    assert passings(campaign) == []


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "123456789", "++"])
def test_what_is_no_number_of_votes_is_told(text: str) -> None:
    with pytest.raises(OrganiserError, match="is no number of votes"):
        parse_votes(text)


@pytest.mark.parametrize("day", ["20270101", "2027-W01-1", "9999-12-31", "0001-01-01", "2027-2-3"])
def test_a_day_in_another_writing_or_another_age_is_no_day_of_a_term(
    campaign: Campaign, union: list[int], day: str
) -> None:
    """“20260101” was kept as it was written, and 0 of 13 seats were taken; a term to 9999 stopped the program."""
    office = make_office(campaign, usual_office("Presidency", 3))
    with pytest.raises(OrganiserError, match=r"no day|years away"):
        note_term(campaign, TermDraft(office, union[0], "2026-01-01", day))
    with pytest.raises(OrganiserError, match=r"no day|years away"):
        note_term(campaign, TermDraft(office, union[0], day, "2027-12-31"))
    assert terms_of(campaign, office) == []
