"""What people want to know: noted in a call, on the Today of who promised the answer, open until it was given."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.heard import AnswerTold, Heard
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.history import undo_last
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.person import person_card
from organiser_tui.store.requests import answer_request, open_requests
from organiser_tui.store.story import story_of
from organiser_tui.store.today import today_of
from tests.store.building import Builder


def wanted(campaign: Campaign, *, own: bool = True) -> list[tuple[str, str]]:
    return [(line.name, line.about) for line in today_of(campaign).due if (line.kind, line.own) == ("request", own)]


def test_a_question_stands_on_the_today_of_who_was_asked_until_it_is_answered(
    campaign: Campaign, build: Builder
) -> None:
    choose_organiser(campaign, "Ana")
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(wants=("Is travel paid?", " Is  travel paid? ", "What of holidays?")))
    assert wanted(campaign) == [("Maja Novak", "Is travel paid?"), ("Maja Novak", "What of holidays?")]
    card = person_card(campaign, maja)
    assert card is not None and [request.what for request in card.requests] == ["Is travel paid?", "What of holidays?"]
    choose_organiser(campaign, "Boris")
    assert wanted(campaign) == []
    assert wanted(campaign, own=False) == [("Maja Novak", "Is travel paid?"), ("Maja Novak", "What of holidays?")]
    choose_organiser(campaign, "Ana")
    waits = PeopleQuery(parse_filter("wants-answer:yes"))
    assert first_people(campaign, waits, 9) == [maja]
    answer_request(campaign, card.requests[0].id, "Ask at the meeting")
    assert wanted(campaign) == [("Maja Novak", "What of holidays?")]
    told = [line for line in story_of(campaign, maja) if line.kind == "told"]
    assert [(line.what, line.day, line.detail, line.organiser) for line in told] == [
        ("Is travel paid?", campaign.today().isoformat(), "Ask at the meeting", "Ana")
    ]
    undo_last(campaign)
    assert len(wanted(campaign)) == 2
    assert "told" not in {line.kind for line in story_of(campaign, maja)}
    assert faults_of(campaign) == []


def test_an_answer_given_in_a_call_closes_it_and_undo_of_the_call_opens_it(campaign: Campaign, build: Builder) -> None:
    choose_organiser(campaign, "Ana")
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(wants=("Is travel paid?",)))
    (request,) = open_requests(campaign, maja)
    told = Heard(told=(AnswerTold(request.id, request.what, "Yes,  within  the month"),))
    choose_organiser(campaign, "Boris")
    build.call(maja, "talked", heard=told)
    assert open_requests(campaign, maja) == ()
    assert [line[2:6] for line in story_of(campaign, maja) if line.kind == "told"] == [
        ("told", "Is travel paid?", "Yes, within the month", "Boris")
    ]
    undo_last(campaign)
    assert open_requests(campaign, maja) == (request,)
    choose_organiser(campaign, "Ana")
    undo_last(campaign)
    assert open_requests(campaign, maja) == () and wanted(campaign) == []
    with pytest.raises(OrganiserError, match="no longer in the file"):
        answer_request(campaign, request.id)
    assert faults_of(campaign) == []


def test_what_she_was_told_twice_stands_in_the_note(campaign: Campaign, build: Builder) -> None:
    """Another window had told her "no" meanwhile, and "half of it, from January" was gone without a word."""
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(wants=("Is travel paid?",)))
    (request,) = open_requests(campaign, maja)
    choose_organiser(campaign, "Boris")
    answer_request(campaign, request.id, "no")
    choose_organiser(campaign, "Ana")
    told = Heard(told=(AnswerTold(request.id, request.what, "half of it, from January"),))
    logged = log_contact(campaign, ContactDraft(maja, "talked", note="tired", heard=told))
    assert logged.warnings == ("She was told meanwhile by another organiser. What you told her stands in the note.",)
    assert build.value("contact", logged.contact, "note") == "tired · Is travel paid?: half of it, from January"
    with pytest.raises(OrganiserError, match="Boris has told her already: no"):
        answer_request(campaign, request.id, "half of it")


def test_nobody_is_asked_to_answer_whoever_must_not_be_contacted(campaign: Campaign, build: Builder) -> None:
    choose_organiser(campaign, "Ana")
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(wants=("Is travel paid?",)))
    assert len(wanted(campaign)) == 1
    build.call(maja, "do not contact")
    assert wanted(campaign) == []
