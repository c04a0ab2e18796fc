"""What was promised: due until it was spoken of, told when it is, and on the day on which an ask falls due."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import AskDraft, ContactDraft, HandOver
from organiser_tui.domain.dates import Moment, parse_wall
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.handing_over import hand_over
from organiser_tui.store.history import undo_last
from organiser_tui.store.organisers import add_organiser
from organiser_tui.store.queue import next_person
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock, day
from tests.store.test_figures import assert_figures_follow

HOUR, DAY = 3600, 86400


def test_what_was_promised_for_this_evening_comes_though_she_barred_texts(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="text", follow_up=f"{day(0, clock)}T18:00")
    assert_figures_follow(campaign)
    clock.forward(hours=8)
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person


def test_a_word_spoken_keeps_what_was_promised_by_that_day(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    due, later = build.follow_up(person, day(0, clock)), build.follow_up(person, day(3, clock))
    call_back = build.follow_up(person, f"{day(2, clock)}T18:00", "call back")
    build.call(person, "no answer")
    assert [build.value("follow_up", row, "done_on") for row in (due, later, call_back)] == [None, None, None]
    build.call(person, "talked")
    today = day(0, clock)
    assert [build.value("follow_up", row, "done_on") for row in (due, later, call_back)] == [today, None, today]


def test_the_promises_that_a_word_keeps_are_told_and_whose_they_are(campaign: Campaign, build: Builder) -> None:
    """Another organiser's promise was gone from everybody's Today, and nothing said so."""
    person, mine = build.person(), campaign.organiser_id
    campaign.organiser_id = add_organiser(campaign, "Maja")
    log_contact(campaign, ContactDraft(person, "talked", follow_up=Moment(campaign.today()), follow_up_why="forms"))
    campaign.organiser_id = mine
    logged = log_contact(campaign, ContactDraft(person, "talked", rating=2))
    assert logged.ended == ("Maja: forms",)
    assert log_contact(campaign, ContactDraft(person, "talked", rating=2)).ended == ()


@pytest.mark.parametrize(("outcome", "ends"), [("talked", True), ("refused", True), ("call back", False),
                                               ("other language", False), ("not available", False)])  # fmt: skip
def test_what_was_promised_is_due_until_it_was_spoken_of(
    campaign: Campaign, build: Builder, clock: Clock, outcome: str, ends: bool
) -> None:
    """“Bring the forms” was kept by a call in which nobody understood a word."""
    person = build.person()
    promise = build.follow_up(person, day(0, clock))
    again = parse_wall(f"{day(2, clock)}T18:00") if outcome == "call back" else None
    logged = log_contact(campaign, ContactDraft(person, outcome, follow_up=again))
    assert (build.value("follow_up", promise, "done_on") is not None, bool(logged.ended)) == (ends, ends)


def test_on_the_day_on_which_an_ask_falls_due_it_is_due(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """“Later, until 21 Nov” stood in her story, and on nobody's Today."""
    later, no, come = build.person("A"), build.person("B"), build.person("C")
    event = build.event(day(5, clock), name="Workshop")
    build.call(later, "talked", ask=AskDraft("sign", "later", due=day(2, clock)))
    build.call(no, "talked", ask=AskDraft("sign", "no", due=day(2, clock)))
    build.call(come, "talked", ask=AskDraft("come", "yes", event, day(5, clock)))
    clock.forward(days=2)
    due = [(line.kind, line.person_id, line.about) for line in today_of(campaign).due]
    assert due == [("promise", later, "asked to sign: later")]
    served = next_person(campaign, None)
    assert served is not None and (served.person_id, served.rule) == (later, 2)


def test_a_meet_up_noted_late_does_not_take_away_the_call_back_agreed_since(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "call back", follow_up=f"{day(1, clock)}T18:00")
    build.call(person, "talked", day=day(-7, clock), channel="meet-up", rating=2)
    open_ones = campaign.connection.execute("SELECT kind, due FROM follow_up WHERE done_on IS NULL").fetchall()
    assert open_ones == [("call back", f"{day(1, clock)}T18:00")]


def test_what_is_due_waits_for_the_hour_that_is_agreed(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """She said “tomorrow at four”, and the promise of today stood on Today as overdue all evening."""
    person = build.person()
    promise, later = build.follow_up(person, day(0, clock)), build.follow_up(person, day(9, clock))
    build.call(person, "call back", follow_up=f"{day(1, clock)}T16:00")
    dues = [build.value("follow_up", row, "due") for row in (promise, later)]
    assert dues == [f"{day(1, clock)}T16:00", day(9, clock)]
    undo_last(campaign)
    assert build.value("follow_up", promise, "due") == day(0, clock)


def test_a_talk_ends_what_is_due_though_the_clock_was_put_back(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "talked", follow_up=day(0, clock))
    clock.forward(minutes=-30)
    build.call(person, "talked")
    assert campaign.connection.execute("SELECT count(*) FROM follow_up WHERE done_on IS NULL").fetchone() == (0,)


def test_a_call_back_that_is_not_needed_any_more_is_told_with_its_hour(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """She rang before the hour, and the call back of tomorrow was gone without a word."""
    person = build.person()
    build.follow_up(person, f"{day(1, clock)}T18:00", "call back", campaign.organiser_id)
    (told,) = log_contact(campaign, ContactDraft(person, "talked", rating=2, rang=True)).ended
    assert told.startswith("call back ") and told.endswith("18:00")
    build.follow_up(person, f"{day(0, clock)}T08:00", "call back", campaign.organiser_id)
    clock.forward(hours=1)
    assert log_contact(campaign, ContactDraft(person, "talked", rating=2)).ended == ()  # it was this very call


@pytest.mark.parametrize("outcome", ["do not contact", "deceased", "left the work"])
def test_nothing_of_whoever_is_called_no_more_stands_on_today(
    campaign: Campaign, build: Builder, clock: Clock, outcome: str
) -> None:
    """“Agreed next” named her while the call said that it would not come up; the dead stood there “for you”."""
    person, handed = build.person(), build.person()
    build.call(person, "talked", follow_up=f"{day(3, clock)}T18:00")
    hand_over(campaign, handed, HandOver(campaign.organiser_id or 0, "knows her"))
    before = today_of(campaign)
    assert before.coming is not None and len(before.due) == 1
    build.call(person, outcome)
    build.call(handed, outcome)
    after = today_of(campaign)
    assert (after.coming, after.due) == (None, [])
