"""The board of sign-ups: who stands in which column, how a card is moved, and the way to the goal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.signups import Goal, Stage, pace_of, parse_cards
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.cards import CardStep, move_cards, remind_forms
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.signups import people_at_stage, set_goal, signup_board, signup_rows
from organiser_tui.store.today import finish, today_of
from tests.store.building import Builder


def ago(campaign: Campaign, days: int) -> str:
    return (campaign.today() - timedelta(days=days)).isoformat()


def step(campaign: Campaign, stage: Stage, days_ago: int = 0, reason: str = "") -> CardStep:
    return CardStep(stage, ago(campaign, days_ago), reason)


def test_a_card_goes_all_the_way_and_each_step_stays_in_its_history(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    way = (Stage.ASKED, Stage.SAID_YES, Stage.FORM_OUT, Stage.SIGNED, Stage.ON_FILE)
    assert signup_board(campaign).people == {Stage.NOT_ASKED: 1}
    for n, stage in enumerate(way):
        assert move_cards(campaign, [maja], step(campaign, stage, 9 - n)) == 1
        assert signup_board(campaign).people == {stage: 1}
        assert people_at_stage(campaign, stage) == [maja]
        assert signup_rows(campaign, [maja])[maja].since == ago(campaign, 9 - n)
    states = campaign.connection.execute("SELECT state, checked_by FROM card ORDER BY day").fetchall()
    assert states == [("form out", None), ("signed", None), ("on file", campaign.organiser_id)]
    assert campaign.connection.execute("SELECT answer FROM answer").fetchall() == [("yes",)]
    assert signup_board(campaign).weeks[-2:] == [0, 1], "a card counts once, in the week of its first step"
    assert faults_of(campaign) == []
    for stage in (*way[3::-1], Stage.NOT_ASKED):
        undo_last(campaign)
        assert signup_board(campaign).people == {stage: 1}


def test_several_are_moved_in_one_deed_and_who_stood_there_already_is_not_moved_again(
    campaign: Campaign, build: Builder
) -> None:
    people = [build.person(name) for name in ("Maja", "Eva", "Luka")]
    move_cards(campaign, people[:1], step(campaign, Stage.FORM_OUT, 3))
    assert move_cards(campaign, people, step(campaign, Stage.FORM_OUT)) == 2
    assert people_at_stage(campaign, Stage.FORM_OUT)[0] == people[0], "the longest there first"
    undo_last(campaign)
    assert signup_board(campaign).people == {Stage.FORM_OUT: 1, Stage.NOT_ASKED: 2}


def test_who_supports_us_and_was_never_asked_stands_first(campaign: Campaign, build: Builder) -> None:
    names = ("Ana", "Bine", "Cilka", "Drago")
    people = [build.person(name) for name in names]
    for person, rating in zip(people[1:], (3, 2, 1), strict=True):
        build.insert("assessment", person_id=person, rating=rating, day=ago(campaign, 5))
    assert people_at_stage(campaign, Stage.NOT_ASKED) == [people[3], people[2], people[0], people[1]]
    assert signup_board(campaign).unasked_supporters == 2


@pytest.mark.parametrize(
    ("noted", "moved", "words"),
    [
        ((Stage.FORM_OUT, 2), (Stage.SIGNED, 5), "the step before was on"),
        ((Stage.ASKED, 2), (Stage.SIGNED, 5), "Which day is right"),
        ((Stage.ASKED, 2), (Stage.SIGNED, -1), "still to come"),
        ((Stage.ASKED, 2), (Stage.NOT_ASKED, 0), "u takes back"),
        ((Stage.ON_FILE, 2), (Stage.DECLINED, 0), "has signed"),
    ],
)
def test_a_step_that_does_not_go_with_what_is_noted_is_refused_in_words(
    campaign: Campaign, build: Builder, noted: tuple[Stage, int], moved: tuple[Stage, int], words: str
) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    move_cards(campaign, [maja], step(campaign, *noted))
    with pytest.raises(OrganiserError, match=words):
        move_cards(campaign, [eva, maja], step(campaign, *moved))
    assert signup_board(campaign).people == {noted[0]: 1, Stage.NOT_ASKED: 1}, "nobody was moved"


def test_a_move_that_changes_nothing_is_not_told_as_done(campaign: Campaign, build: Builder) -> None:
    """A card that came back incomplete was “declined” in the corner, and stood where it had been."""
    maja = build.person("Maja")
    move_cards(campaign, [maja], step(campaign, Stage.RETURNED, 3))
    with pytest.raises(OrganiserError, match="does not stand there"):
        move_cards(campaign, [maja], step(campaign, Stage.DECLINED))
    assert campaign.connection.execute("SELECT count(*) FROM ask").fetchone() == (0,)
    assert signup_board(campaign).people == {Stage.RETURNED: 1}


def test_whom_another_window_has_moved_meanwhile_is_not_moved_back(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    move_cards(campaign, [maja], step(campaign, Stage.ON_FILE))
    with pytest.raises(OrganiserError, match="moved meanwhile, in another window"):
        move_cards(campaign, [maja], step(campaign, Stage.SIGNED)._replace(leaves=Stage.FORM_OUT))
    assert signup_board(campaign).people == {Stage.ON_FILE: 1}


def test_who_asked_not_to_be_contacted_gets_no_form(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    build.insert("barred_channel", person_id=maja, channel=None, since=ago(campaign, 3))
    with pytest.raises(OrganiserError, match="asked not to be contacted"):
        move_cards(campaign, [maja], step(campaign, Stage.FORM_OUT))
    assert signup_board(campaign).people == {}


def test_a_form_is_reminded_of_twice_and_then_asked_for_in_person_or_closed(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    with pytest.raises(OrganiserError, match="no form out"):
        remind_forms(campaign, [maja])
    move_cards(campaign, [maja], step(campaign, Stage.FORM_OUT, 30))
    remind_forms(campaign, [maja])
    remind_forms(campaign, [maja])
    with pytest.raises(OrganiserError, match="in person, or close it"):
        remind_forms(campaign, [maja])
    move_cards(campaign, [maja], step(campaign, Stage.DECLINED, reason="never sent it back"))
    assert build.figure(maja, "form_due") == ""
    assert signup_board(campaign).people == {Stage.DECLINED: 1}
    assert faults_of(campaign) == []


def test_whose_card_ended_is_asked_anew(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    for n, stage in enumerate((Stage.ON_FILE, Stage.ENDED, Stage.SAID_YES)):
        move_cards(campaign, [maja], step(campaign, stage, 9 - n))
        assert signup_board(campaign).people == {stage: 1}
    assert faults_of(campaign) == []


def test_the_pace_towards_the_goal(campaign: Campaign, build: Builder) -> None:
    by = (campaign.today() + timedelta(days=70)).isoformat()
    set_goal(campaign, Goal(55, by))
    people = [build.person(f"Maja {n}") for n in range(16)]
    for n, person in enumerate(people):
        move_cards(campaign, [person], step(campaign, Stage.SIGNED, 3 * n))
    board = signup_board(campaign)
    assert (board.goal, board.signed, sum(board.weeks)) == (Goal(55, by), 16, 16)
    pace = pace_of(Goal(55, by), board.signed, board.weeks, campaign.today())
    assert pace == pytest.approx((3.9, 2.0))
    over = pace_of(Goal(55, ago(campaign, 1)), 16, board.weeks, campaign.today())
    assert over.needed is None
    with pytest.raises(OrganiserError, match="day to come"):
        set_goal(campaign, Goal(55, ago(campaign, 0)))
    set_goal(campaign, None)
    assert signup_board(campaign).goal is None


@pytest.mark.parametrize("text", ["", "many", "0", "-5", "1e3", "999999999", "5.5"])
def test_what_is_no_number_of_cards(text: str) -> None:
    with pytest.raises(OrganiserError, match="no number of cards"):
        parse_cards(text)


def test_a_new_member_with_whom_nobody_has_spoken_stands_on_today(campaign: Campaign, build: Builder) -> None:
    maja, eva, zora = build.person("Maja"), build.person("Eva"), build.person("Zora")
    for person, days in ((maja, 8), (eva, 15), (zora, 61)):
        move_cards(campaign, [person], step(campaign, Stage.ON_FILE, days))
    due = {line.person_id: line for line in today_of(campaign).due}
    assert {person: (line.kind, line.due, line.overdue) for person, line in due.items()} == {
        maja: (DueKind.WELCOME, ago(campaign, -6), False), eva: (DueKind.WELCOME, ago(campaign, 1), True),
    }  # fmt: skip
    with pytest.raises(OrganiserError, match="spoken with her"):
        finish(campaign, due[eva])
    build.call(eva, "talked", rating=2)
    build.call(maja, "no answer")
    assert [line.person_id for line in today_of(campaign).due] == [maja]


def test_several_are_reminded_in_one_deed_or_none_of_them(campaign: Campaign, build: Builder) -> None:
    """Each was a deed of her own: u took back the last of twelve."""
    maja, eva, zora = build.person("Maja"), build.person("Eva"), build.person("Zora")
    move_cards(campaign, [maja, eva], step(campaign, Stage.FORM_OUT, 30))
    with pytest.raises(OrganiserError, match="no form out"):
        remind_forms(campaign, [maja, zora])
    remind_forms(campaign, [maja, eva])
    due = [build.figure(person, "form_due") for person in (maja, eva)]
    assert due == [ago(campaign, -14)] * 2
    undo_last(campaign)
    assert [build.figure(person, "form_due") for person in (maja, eva)] == [ago(campaign, 16)] * 2
