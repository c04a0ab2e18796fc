"""Of a secret ballot the file holds who has voted and the sums, and nothing that tells the one by the other."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import ConsultationDraft, Counts, Mandate
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.consultations import (
    close_consultation,
    count_ballots,
    give_mandate,
    mark_voted,
    open_consultation,
    open_mandates,
)
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_action, undo_last, why_not_undone
from organiser_tui.store.turnout import Turnout, not_voted, turnout, turnouts
from tests.store.building import Builder
from tests.store.test_consultations import members, only


def test_of_a_secret_ballot_the_file_holds_who_voted_and_the_sums_and_nothing_between(
    campaign: Campaign, build: Builder
) -> None:
    people = members(build, *"ABCDEF")
    asked = open_consultation(campaign, ConsultationDraft("Do we strike?", secret=True))
    assert open_mandates(campaign, people[0]) == []
    with pytest.raises(OrganiserError, match="secret: only that she has voted"):
        give_mandate(campaign, people[0], Mandate(asked, "yes"))
    for person in people[:5]:
        mark_voted(campaign, asked, person)
    with pytest.raises(OrganiserError, match="has voted already"):
        mark_voted(campaign, asked, people[0])
    with pytest.raises(OrganiserError, match="counted once it is closed"):
        count_ballots(campaign, asked, Counts(5, 0, 0, 0))
    assert turnout(campaign, only(campaign)) == Turnout("", 6, 5, None)
    close_consultation(campaign, asked)
    with pytest.raises(OrganiserError, match="6 ballots are more than the 5"):
        count_ballots(campaign, asked, Counts(5, 1, 0, 0))
    count_ballots(campaign, asked, Counts(5, 0, 0, 0))
    count_ballots(campaign, asked, Counts(4, 1, 0, 0))
    assert turnout(campaign, only(campaign)) == Turnout("", 6, 5, Counts(4, 1, 0, 0))
    assert turnouts(campaign, only(campaign), "region") == [Turnout("", 6, 5, None)]
    assert not_voted(campaign, asked) == [people[5]]
    assert campaign.connection.execute("SELECT count(*) FROM mandate").fetchone() == (0,)
    assert [line.what for line in diary(campaign, limit=3)] == ["Do we strike?"] * 3
    assert faults_of(campaign) == []


def test_sums_that_would_say_who_voted_what_are_not_kept(campaign: Campaign, build: Builder) -> None:
    """Marks and counts in turns told from the journal alone who had voted what."""
    people = members(build, *"ABCDEF")
    asked = open_consultation(campaign, ConsultationDraft("Do we strike?", secret=True))
    for person in people[:4]:
        mark_voted(campaign, asked, person)
    close_consultation(campaign, asked)
    with pytest.raises(OrganiserError, match="fewer than 5 ballots"):
        count_ballots(campaign, asked, Counts(4, 0, 0, 0))
    undo_last(campaign)
    for person in people[4:]:
        mark_voted(campaign, asked, person)
    undo_last(campaign)
    again = diary(campaign, limit=1)[0].action_id
    close_consultation(campaign, asked)
    closing = diary(campaign, limit=1)[0].action_id
    count_ballots(campaign, asked, Counts(5, 0, 0, 0))
    counting = diary(campaign, limit=1)[0].action_id
    for action in (again, closing, counting, diary(campaign, limit=9)[-1].action_id):
        assert "ballots were counted" in why_not_undone(campaign, action)
        with pytest.raises(OrganiserError, match="ballots were counted"):
            undo_action(campaign, action)
    count_ballots(campaign, asked, Counts(4, 1, 0, 0))
    assert turnout(campaign, only(campaign)) == Turnout("", 6, 5, Counts(4, 1, 0, 0))
    assert faults_of(campaign) == []


def test_who_has_voted_is_neither_taken_back_nor_done_again_after_the_end(campaign: Campaign, build: Builder) -> None:
    """The turnout of a closed ballot moved without a word."""
    people = members(build, "Ana", "Maja")
    asked = open_consultation(campaign, ConsultationDraft("Do we strike?", secret=True))
    for person in people:
        mark_voted(campaign, asked, person)
    marked = diary(campaign, limit=2)[1].action_id
    undo_last(campaign)
    taken_back = diary(campaign, limit=1)[0].action_id
    close_consultation(campaign, asked)
    for action in (marked, taken_back):
        assert "take the closing back first" in why_not_undone(campaign, action)
        with pytest.raises(OrganiserError, match="take the closing back first"):
            undo_action(campaign, action)
    assert turnout(campaign, only(campaign)) == Turnout("", 2, 1, None)


def test_what_somebody_answers_in_a_secret_ballot_stands_nowhere(campaign: Campaign, build: Builder) -> None:
    """Given with a contact it was refused, and stood in the note."""
    (maja,) = members(build, "Maja")
    ballot = open_consultation(campaign, ConsultationDraft("Strike?", secret=True))
    told = log_contact(campaign, ContactDraft(maja, "talked", heard=Heard(mandates=(Mandate(ballot, "no"),))))
    assert told.warnings == ("This ballot is secret: only that she has voted is noted.",)
    assert [note for (note,) in campaign.connection.execute("SELECT note FROM contact")] == [""]


def test_nobody_votes_who_is_noted_as_deceased(campaign: Campaign, build: Builder) -> None:
    maja, _eva = members(build, "Maja", "Eva")
    ballot = open_consultation(campaign, ConsultationDraft("Strike?", secret=True))
    build.call(maja, "deceased")
    with pytest.raises(OrganiserError, match="deceased"):
        mark_voted(campaign, ballot, maja)
