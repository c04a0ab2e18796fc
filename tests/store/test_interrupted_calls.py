"""Somebody rings in the middle of a call: who waits, on which number she is, what is taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.noted import Noted
from organiser_tui.store.call_drafts import draft_of, left_call
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.queue import hold_person
from organiser_tui.store.sitting import Sitting
from tests.store.building import Builder, Clock


def interrupted(sitting: Sitting, first: int, rang: int) -> None:
    """Somebody is in the call, and another rings meanwhile."""
    sitting.serve(sitting.by_hand(first))
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(rang))


def test_a_call_that_is_taken_back_is_for_its_list_again_and_whoever_was_in_the_call_waits(
    campaign: Campaign, build: Builder
) -> None:
    """She who had rung was called again for the list of the one who was interrupted, who came no more."""
    first, rang = build.person("A"), build.person("B")
    listed, other = build.call_list(first, name="L"), build.call_list(rang, name="M")
    build.call(rang, "no answer", list_id=other)
    sitting = Sitting(campaign, listed)
    sitting.serve()
    sitting.interrupt(Noted(note="rings on and on"))
    sitting.serve(sitting.ringing(rang))
    assert (sitting.list_id, sitting.rang, sitting.interrupted) == (other, True, True)
    sitting.save(ContactDraft(rang, "talked", list_id=other), Noted())
    sitting.serve(sitting.resume())
    _undone, taken_back = sitting.take_back(Noted(note="still rings"))
    sitting.serve(taken_back.call)
    assert (sitting.person_id, sitting.list_id, sitting.rang) == (rang, other, True)
    sitting.save(ContactDraft(rang, "talked", list_id=other), Noted())
    sitting.serve(sitting.resume())
    before = sitting.noted_before()
    assert (sitting.person_id, sitting.list_id, sitting.rang) == (first, listed, False)
    assert before is not None and before.note == "still rings"


def test_whoever_waits_while_somebody_rings_is_held_on(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """Another window got her meanwhile, and the call could not go on."""
    first, rang = build.person("A"), build.person("B")
    sitting = Sitting(campaign, None)
    interrupted(sitting, first, rang)
    other = open_campaign(path, clock)
    theirs = Sitting(other, None)
    theirs.serve()
    assert theirs.person_id is None
    clock.forward(minutes=20)
    sitting.renew()
    clock.forward(minutes=20)
    theirs.serve()
    assert theirs.person_id is None
    sitting.save(ContactDraft(rang, "talked"), Noted())
    sitting.serve(sitting.resume())
    assert sitting.person_id == first
    other.close()


def numbers_called(campaign: Campaign) -> list[int | None]:
    return [one for (one,) in campaign.connection.execute("SELECT phone_id FROM contact ORDER BY at, id")]


def ended(sitting: Sitting, outcome: str = "talked") -> None:
    """End the call that is under way as the page does."""
    assert sitting.person_id is not None
    phone = sitting.phone.id if sitting.phone is not None else None
    sitting.save(ContactDraft(sitting.person_id, outcome, phone_id=phone, rang=sitting.rang), Noted())


def test_whoever_rings_is_on_the_number_from_which_she_does(campaign: Campaign, build: Builder) -> None:
    """It was logged on the first of her numbers, which was good from then on."""
    person = build.person(phone="+38641111222")
    second = build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.ringing(person, "+38631222333"))
    assert sitting.place == 1
    ended(sitting)
    sitting.serve(sitting.ringing(person))
    ended(sitting)
    assert numbers_called(campaign) == [second, None]


def test_the_only_number_of_whoever_rings_from_another_is_not_good_by_that(campaign: Campaign, build: Builder) -> None:
    """She was found by her name, and what stood in the file as wrong was good from then on."""
    person = build.person(phone="+38641111222")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.ringing(person))
    ended(sitting)
    assert numbers_called(campaign) == [None]
    assert build.value("phone", build.first_phone(person), "standing") is None


def test_the_number_from_which_she_rang_is_known_after_an_interruption_and_after_an_undo(
    campaign: Campaign, build: Builder
) -> None:
    """The first of her numbers stood there, and she was logged on none."""
    first, other = build.person("A", phone="+38641111222"), build.person("B", phone="+38641111333")
    second = build.phone(first, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.ringing(first, "+38631222333"))
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(other, "+38641111333"))
    ended(sitting)
    sitting.serve(sitting.resume())
    ended(sitting)
    _undone, taken_back = sitting.take_back(Noted())
    sitting.serve(taken_back.call)
    ended(sitting)
    assert numbers_called(campaign) == [build.first_phone(other), second, second]


def test_the_number_that_was_chosen_with_x_stands_there_again_after_an_interruption(
    campaign: Campaign, build: Builder
) -> None:
    first, other = build.person("A", phone="+38641111222"), build.person("B", phone="+38641111333")
    build.phone(first, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(first))
    sitting.next_number()
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(other))
    ended(sitting)
    sitting.serve(sitting.resume())
    assert sitting.phone is not None and sitting.phone.e164 == "+38631222333"


def test_one_hold_that_was_lost_is_told_and_the_others_are_held_on(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """Whoever was in the call was lost half an hour later, too, and no name was said."""
    waits, rang = build.person("Maja"), build.person("Eva")
    sitting = Sitting(campaign, None)
    interrupted(sitting, waits, rang)
    clock.forward(minutes=31)
    other = open_campaign(path, clock)
    choose_organiser(other, "Boris")
    theirs = Sitting(other, None)
    theirs.serve(theirs.by_hand(waits))
    (told,) = sitting.renew()
    assert told.startswith("Boris is in a call with Maja")
    clock.forward(minutes=20)
    with pytest.raises(OrganiserError, match="in a call with this person"):
        theirs.serve(theirs.by_hand(rang))
    other.close()


def test_whoever_was_taken_out_while_she_waited_is_told_as_that(campaign: Campaign, build: Builder) -> None:
    """“Nobody can be called now”, and no key went on."""
    waits, rang = build.person("Maja"), build.person("Eva")
    sitting = Sitting(campaign, None)
    interrupted(sitting, waits, rang)
    build.end("person", waits)
    ended(sitting)
    with pytest.raises(OrganiserError, match="no longer in the file"):
        sitting.serve(sitting.resume())


def test_whoever_rings_while_she_waits_is_not_called_again_once_she_is_logged(
    campaign: Campaign, build: Builder
) -> None:
    first, rang = build.person("A"), build.person("B")
    sitting = Sitting(campaign, None)
    interrupted(sitting, first, rang)
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(first))
    sitting.save(ContactDraft(first, "talked"), Noted())
    waiting = sitting.resume()
    assert waiting is not None and waiting.person_id == rang
    sitting.serve(waiting)
    sitting.save(ContactDraft(rang, "talked"), Noted())
    assert not sitting.interrupted


def test_a_ring_that_was_refused_is_nobody_to_come_back_to(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    first, held, rang = (build.person(name) for name in "ABC")
    other = open_campaign(path, clock)
    assert hold_person(other, None, held) is not None
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(first))
    sitting.interrupt(Noted())
    with pytest.raises(OrganiserError, match="in a call with this person"):
        sitting.serve(sitting.ringing(held))
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(rang))
    sitting.save(ContactDraft(rang, "talked"), Noted())
    waiting = sitting.resume()
    assert waiting is not None and waiting.person_id == first
    assert not sitting.interrupted
    other.close()


def test_a_call_goes_on_where_its_list_was_taken_back(campaign: Campaign, build: Builder) -> None:
    first, rang = build.person("A"), build.person("B")
    listed = build.call_list(first)
    sitting = Sitting(campaign, listed)
    sitting.serve()
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(rang))
    build.end("call_list", listed)
    sitting.save(ContactDraft(rang, "talked"), Noted())
    sitting.serve(sitting.resume())
    assert (sitting.person_id, sitting.list_id) == (first, None)
    sitting.save(ContactDraft(first, "talked"), Noted())
    with pytest.raises(OrganiserError, match="taken back"):
        sitting.serve()


def test_whoever_waits_in_a_window_that_is_open_is_no_call_that_was_left(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """A second window offered it, and could throw away what was noted."""
    waits, rang = build.person("Maja"), build.person("Eva")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(waits))
    sitting.interrupt(Noted(note="tired"))
    sitting.serve(sitting.ringing(rang))
    other = open_campaign(path, clock)
    choose_organiser(other, "Ana")
    assert left_call(other) is None
    sitting.save(ContactDraft(rang, "talked"), Noted())
    sitting.release()
    left = left_call(other)
    assert left is not None and left.name.startswith("Maja")
    other.close()


def test_after_a_wrong_number_from_which_she_rang_her_next_one_is_called(campaign: Campaign, build: Builder) -> None:
    """It stood there as if she rang again, and was logged on no number."""
    person = build.person(phone="+38641111222")
    second = build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.ringing(person, "+38641111222"))
    ended(sitting, "wrong number")
    sitting.serve(sitting.again())
    assert not sitting.rang
    ended(sitting, "no answer")
    assert numbers_called(campaign)[-1] == second


@pytest.mark.parametrize("rang", [True, False])
def test_a_call_that_was_left_goes_on_on_its_number(
    campaign: Campaign, build: Builder, clock: Clock, *, rang: bool
) -> None:
    """It was saved for yesterday, on the first of her numbers, which nobody had called."""
    person = build.person(phone="+38641111222")
    second = build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.ringing(person, "+38631222333") if rang else sitting.by_hand(person))
    if not rang:
        sitting.next_number()
    sitting.set_aside(Noted(note="tired"))
    sitting.release()
    clock.forward(days=1)
    left = left_call(campaign)
    assert left is not None
    again = Sitting(campaign, None)
    again.serve(again.take_over(left))
    assert again.noted_before() == Noted(note="tired")
    assert (again.rang, again.place) == (rang, 1)
    ended(again)
    assert numbers_called(campaign) == [second]


def test_whoever_rings_while_her_own_call_is_taken_back_goes_on_ringing(campaign: Campaign, build: Builder) -> None:
    """Her call of before was served in the place of the ring, which was lost."""
    person = build.person("Maja", phone="+38641111222")
    second = build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(person))
    ended(sitting, "no answer")
    sitting.serve(sitting.ringing(person, "+38631222333"))
    _undone, taken_back = sitting.take_back(Noted(note="rings"))
    sitting.serve(taken_back.call)
    assert (sitting.rang, sitting.interrupted) == (True, False)
    ended(sitting)
    assert numbers_called(campaign) == [build.first_phone(person), second]


def test_a_call_in_which_somebody_rang_has_lasted_since_it_began(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """It stood at seven minutes before the ring, and at none after it."""
    first, rang = build.person("A"), build.person("B")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(first))
    clock.forward(minutes=7)
    sitting.interrupt(Noted())
    sitting.serve(sitting.ringing(rang))
    assert sitting.lasted == timedelta(0)
    clock.forward(minutes=2)
    ended(sitting)
    sitting.serve(sitting.resume())
    assert sitting.lasted == timedelta(minutes=9)


def test_the_number_that_was_chosen_last_is_kept_with_the_draft(campaign: Campaign, build: Builder) -> None:
    person = build.person(phone="+38641111222")
    build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(person))
    sitting.keep(Noted(note="tired"), wait=True)
    sitting.next_number()
    sitting.keep(Noted(note="tired"), wait=True)
    kept = draft_of(campaign, person)
    assert kept is not None and kept.number == "+38631222333"
    sitting.keep(Noted(), wait=True)
    assert draft_of(campaign, person) is None


def test_whoever_rang_and_was_left_is_called_when_it_is_her_turn(campaign: Campaign, build: Builder) -> None:
    """“She rang” stood there, and after her the calls of the list had ended."""
    first, rang = build.person("A", phone="+38641111222"), build.person("B", phone="+38641111333")
    sitting = Sitting(campaign, None)
    interrupted(sitting, first, rang)
    sitting.set_aside(Noted(note="no time"))
    sitting.serve(sitting.resume())
    ended(sitting)
    sitting.serve()
    assert (sitting.person_id, sitting.noted_before()) == (rang, Noted(note="no time"))
    assert not sitting.rang
    ended(sitting)
    assert numbers_called(campaign) == [build.first_phone(first), build.first_phone(rang)]


def test_a_left_call_whose_number_was_taken_out_goes_on_on_the_one_that_stands_there(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """It was saved on none, though the other one had been dialled."""
    person = build.person(phone="+38641111222")
    second = build.phone(person, "+38631222333")
    sitting = Sitting(campaign, None)
    sitting.serve(sitting.by_hand(person))
    sitting.next_number()
    sitting.set_aside(Noted(note="tired"))
    sitting.release()
    build.end("phone", second)
    clock.forward(days=1)
    again = Sitting(campaign, None)
    again.serve(again.by_hand(person))
    assert again.noted_before() == Noted(note="tired")
    ended(again)
    assert numbers_called(campaign) == [build.first_phone(person)]


def test_a_call_that_is_taken_back_begins_anew(campaign: Campaign, build: Builder, clock: Clock) -> None:
    first, rang = build.person("A"), build.person("B")
    sitting = Sitting(campaign, None)
    interrupted(sitting, first, rang)
    ended(sitting)
    sitting.serve(sitting.resume())
    ended(sitting)
    clock.forward(minutes=40)
    _undone, taken_back = sitting.take_back(Noted())
    sitting.serve(taken_back.call)
    assert sitting.lasted == timedelta(0)


def test_a_call_has_not_lasted_less_than_nothing_where_the_clock_was_put_back(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """The line at the top said “-5000:06”."""
    build.person("Maja")
    sitting = Sitting(campaign, None)
    sitting.serve()
    clock.forward(days=-3)
    assert sitting.lasted == timedelta(0)
