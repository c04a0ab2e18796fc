"""A sitting of calls without a screen: who is in the call, what is kept of it, what was saved and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.calls import Counts
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.noted import Noted
from organiser_tui.store import queue
from organiser_tui.store import sitting as store_sitting
from organiser_tui.store.call_drafts import draft_of, left_call
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.claims import release_claim
from organiser_tui.store.history import undo_last
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.queue import hold_person
from organiser_tui.store.sitting import Sitting
from tests.store.building import Builder, Clock, day, organiser_named


def saved(sitting: Sitting, outcome: str, **fields: object) -> int:
    """End the call with an outcome; returns who was in it."""
    person = sitting.person_id
    assert person is not None
    sitting.save(ContactDraft(person, outcome, at=sitting.at, **fields), Noted(note="as noted"))  # type: ignore[arg-type]
    sitting.serve()
    return person


def claims(campaign: Campaign) -> list[int]:
    return [person for (person,) in campaign.connection.execute("SELECT person_id FROM claim")]


def test_everybody_is_served_once_and_what_came_of_it_is_counted(campaign: Campaign, build: Builder) -> None:
    people = {build.person(name) for name in "ABC"}
    sitting = Sitting(campaign, None)
    sitting.serve()
    assert claims(campaign) == [sitting.person_id]
    skipped = sitting.person_id
    sitting.skip(Noted())
    sitting.serve()
    called = {saved(sitting, "talked", rating=2), saved(sitting, "talked")}
    assert called | {skipped} == people and skipped not in called
    assert (sitting.person_id, sitting.lasted) == (None, None)
    assert sitting.counts() == Counts(calls=2, spoken_with=2, conversations=1, agreed=0)
    sitting.release()
    assert claims(campaign) == []


def test_whoever_comes_next_is_read_ahead_and_neither_claimed_nor_changed(
    campaign: Campaign, build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ABCD":
        build.person(name)
    sitting = Sitting(campaign, None)
    read: list[int] = []

    def noted(reader: Campaign, person_id: int) -> PersonCard | None:
        read.append(person_id)
        return person_card(reader, person_id)

    sitting.read_ahead()  # nobody is in a call yet
    sitting.serve()
    sitting.skip(Noted())
    sitting.serve()
    in_call, written = sitting.person_id, campaign.connection.total_changes
    monkeypatch.setattr(store_sitting, "person_card", noted)
    sitting.read_ahead()
    assert (claims(campaign), campaign.connection.total_changes) == ([in_call], written)
    saved(sitting, "no answer")
    assert read == [sitting.person_id] * 2  # ahead, and when it was her turn
    saved(sitting, "no answer")
    sitting.read_ahead()  # she is the last one
    saved(sitting, "no answer")
    assert sitting.person_id is None and len(read) == 3


def test_a_call_that_is_taken_back_is_under_way_again_on_its_day(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    saved(sitting, "no answer")
    clock.forward(days=1)
    undone, call = sitting.take_back(Noted())
    assert (undone.person_id, call.noted, sitting.saved) == (person, Noted(note="as noted"), [])
    sitting.serve(call.call)
    assert sitting.at == call.at
    sitting.save(ContactDraft(person, "refused", at=sitting.at), Noted())
    (day,) = campaign.connection.execute("SELECT day FROM contact WHERE voided_by IS NULL").fetchone()
    assert day < campaign.today().isoformat()
    assert faults_of(campaign) == []


def test_what_another_window_has_taken_back_is_none_of_the_sitting_any_more(campaign: Campaign, build: Builder) -> None:
    build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    saved(sitting, "no answer")
    undo_last(campaign)
    with pytest.raises(OrganiserError):
        sitting.take_back(Noted())
    assert sitting.saved == []


def test_what_is_noted_is_kept_while_it_changes_and_goes_with_the_call(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    assert sitting.noted_before() is None
    sitting.keep(Noted(note="she"), wait=True)
    sitting.keep(Noted(note="she says"), wait=True)
    again = Sitting(campaign, None)
    again.serve(again.by_hand(person))
    assert again.noted_before() == Noted(note="she says")
    sitting.keep(Noted(), wait=True)
    assert draft_of(campaign, person) is None
    sitting.keep(Noted(note="once more"), wait=True)
    sitting.set_aside(Noted())
    assert (draft_of(campaign, person), sitting.person_id) == (None, None)


def test_a_call_is_not_taken_back_while_another_window_has_her(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """She was gone for whoever took it back, and what was wrong stood there for good."""
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    saved(sitting, "no answer")
    other = open_campaign(path, clock)
    other.organiser_id = organiser_named(other, "Boris")
    hold_person(other, None, person)
    with pytest.raises(OrganiserError, match="Boris"):
        sitting.take_back(Noted())
    assert len(sitting.saved) == 1
    release_claim(other)
    other.close()
    assert sitting.take_back(Noted())[0].person_id == person


@pytest.mark.parametrize(("days", "kept"), [(1, True), (0, False), (-1, False)])
def test_only_a_call_of_an_earlier_day_keeps_its_instant(
    campaign: Campaign, build: Builder, clock: Clock, days: int, *, kept: bool
) -> None:
    """A clock that had been put back made every call that was gone on with one of the future, which is refused."""
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    sitting.keep(Noted(note="she"), wait=True)
    at = int(campaign.now().timestamp())
    clock.forward(days=days)
    again = Sitting(campaign, None)
    again.serve(again.by_hand(person))
    assert again.noted_before() == Noted(note="she")
    assert again.at == (at if kept else None)


def test_whoever_was_set_aside_and_is_served_again_has_what_was_noted(campaign: Campaign, build: Builder) -> None:
    """Her form was empty, and she was logged twice: once more when the call that was left was gone on with."""
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    sitting.set_aside(Noted(note="tired"))
    assert (sitting.person_id, draft_of(campaign, person)) == (None, None)
    assert left_call(campaign) is not None
    sitting.serve()
    assert (sitting.person_id, sitting.noted_before()) == (person, Noted(note="tired"))
    saved(sitting, "talked")
    assert left_call(campaign) is None
    assert sitting.noted_before() is None


def test_what_was_noted_of_a_call_that_is_saved_is_kept_no_more(campaign: Campaign, build: Builder) -> None:
    """While a question stood over the next one, her notes were kept anew, and she was offered as a call not ended."""
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    sitting.keep(Noted(note="she"), wait=True)
    sitting.save(ContactDraft(person, "talked"), Noted(note="she"))
    sitting.keep(Noted(note="she"), wait=True)
    assert (sitting.person_id, draft_of(campaign, person)) == (None, None)


def test_nobody_is_held_where_what_was_noted_of_her_cannot_be_taken_up(
    campaign: Campaign, build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody was in the call, and for half an hour nobody else could have her."""
    build.person()
    sitting = Sitting(campaign, None)

    def refused(_campaign: Campaign, _person: int) -> None:
        raise OrganiserError("The disk is full.")

    monkeypatch.setattr(queue, "take_up_draft", refused)
    with pytest.raises(OrganiserError):
        sitting.serve()
    assert (sitting.person_id, claims(campaign)) == (None, [])


def test_a_list_that_is_taken_back_in_another_window_is_told_and_no_other_is_called(
    campaign: Campaign, build: Builder
) -> None:
    """“Everyone: nobody can be called now” stood there, with the count of the whole campaign."""
    people = [build.person(name) for name in "ABC"]
    made = make_call_list(campaign, CallListDraft("Obala"), people[:2])
    sitting = Sitting(campaign, made)
    sitting.serve()
    undo_last(campaign)
    assert sitting.person_id is not None
    sitting.save(ContactDraft(sitting.person_id, "talked", list_id=made), Noted())
    with pytest.raises(OrganiserError, match="was taken back"):
        sitting.serve()
    assert sitting.person_id is None and sitting.row is not None and sitting.row.name == "Obala"


def test_whoever_lost_her_to_another_window_is_told_when_she_saves(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """Both had spoken with her, and neither heard of the other."""
    person = build.person()
    sitting = Sitting(campaign, None)
    sitting.serve()
    clock.forward(minutes=31)
    other = open_campaign(path, clock)
    choose_organiser(other, "Maja")
    theirs = Sitting(other, None)
    theirs.serve(theirs.by_hand(person))
    logged = sitting.save(ContactDraft(person, "talked", note="as noted"), Noted())
    assert logged.warnings == ("Maja is in a call with her as well, in another window.",)
    clock.forward(minutes=1)
    logged = theirs.save(ContactDraft(person, "no answer"), Noted())
    assert logged.warnings == ("Ana has logged her meanwhile: talked.",)
    other.close()


def test_of_a_call_for_the_list_of_a_promise_the_next_of_everyone_is_read_ahead(
    campaign: Campaign, build: Builder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised, following = build.person("A"), build.person("B")
    listed = build.call_list(promised)
    build.follow_up(promised, day(0, clock), "promise")
    campaign.connection.execute("UPDATE follow_up SET list_id = ?", (listed,))
    sitting = Sitting(campaign, None)
    sitting.serve()
    assert (sitting.person_id, sitting.list_id) == (promised, listed)
    read: list[int] = []
    monkeypatch.setattr(store_sitting, "person_card", lambda _campaign, person: read.append(person))
    sitting.read_ahead()
    assert read == [following]
