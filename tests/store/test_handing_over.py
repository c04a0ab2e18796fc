"""Who is handed over is called by nobody until the organiser has cleared it, on whose Today she stands."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import HandOver
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.calling import Blocked, everyone_in_queue, speaks_against
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.handing_over import clear_hand_over, hand_over
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.person import person_card
from organiser_tui.store.queue import hold_person, next_person
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock, day, organiser_named


def test_who_is_handed_over_waits_for_one_organiser(campaign: Campaign, build: Builder, clock: Clock) -> None:
    ana, boris = organiser_named(campaign, "Ana"), organiser_named(campaign, "Boris")
    maja = build.person("Maja")
    hand_over(campaign, maja, HandOver(boris, "wants to speak with a lead"))
    assert next_person(campaign, None) is None
    assert list(everyone_in_queue(campaign, None)) == [Blocked(maja, "needs organiser", 0)]
    assert first_people(campaign, PeopleQuery(parse_filter("handed-over:yes")), 9) == [maja]
    (line,) = today_of(campaign).due
    assert (line.kind, line.own, line.about, line.organiser) == (
        *("handed over", False, "wants to speak with a lead"), "Boris"
    )  # fmt: skip
    campaign.organiser_id = boris
    (line,) = today_of(campaign).due
    assert (line.own, line.due) == (True, day(0, clock))
    assert hold_person(campaign, None, maja) is not None  # chosen by name she can be called
    card = person_card(campaign, maja)
    assert card is not None and (card.handed_to, card.handed_why) == ("Boris", "wants to speak with a lead")
    clear_hand_over(campaign, maja)
    assert today_of(campaign).due == []
    assert next_person(campaign, None) is not None
    undo_last(campaign)
    campaign.organiser_id = ana
    assert next_person(campaign, None) is None
    assert faults_of(campaign) == []


def test_an_outcome_hands_over_in_the_same_deed(campaign: Campaign, build: Builder) -> None:
    boris, maja = organiser_named(campaign, "Boris"), build.person("Maja")
    build.call(maja, "talked", rating=2, hand_over=HandOver(boris, "a lead"))
    assert build.figure(maja, "blocked") == "needs organiser"
    undo_last(campaign)
    assert (build.figure(maja, "blocked"), build.figure(maja, "attempts")) == ("", 0)


def test_a_hand_over_without_a_word_or_to_nobody_saves_nothing(campaign: Campaign, build: Builder) -> None:
    boris, maja = organiser_named(campaign, "Boris"), build.person("Maja")
    for draft in (HandOver(boris, " "), HandOver(77, "why")):
        with pytest.raises(OrganiserError):
            hand_over(campaign, maja, draft)
        with pytest.raises(OrganiserError):
            build.call(maja, "talked", hand_over=draft)
    assert build.figure(maja, "attempts") == 0


def test_whoever_is_handed_to_me_is_called_without_a_question_but_not_at_night(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    maja = build.person("Maja")
    hand_over(campaign, maja, HandOver(campaign.organiser_id or 0, "knows her"))
    assert speaks_against(campaign, None, maja) is None
    build.change("person", maja, call_until="09:00")
    against = speaks_against(campaign, None, maja)
    assert against is not None and against.reason == "outside hours"
    build.call(maja, "do not contact")
    against = speaks_against(campaign, None, maja)
    assert against is not None and against.reason == "do not contact"
