"""Every outcome of the table in the design, with everything it does."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from organiser_tui.domain.contacts import AskDraft, ContactDraft
from organiser_tui.domain.dates import Moment, parse_wall
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.store.calling import everyone_in_queue, queue_standing
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.cards import remind_form
from organiser_tui.store.claims import release_claim
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.numbers import place_to_try
from organiser_tui.store.organisers import add_organiser, note_languages
from organiser_tui.store.queue import next_person
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock, day
from tests.store.test_figures import assert_figures_follow

HOUR, DAY = 3600, 86400


class Line(NamedTuple):
    """One line of the table, as the design has it."""

    key: str
    paper: str
    outcome: str
    spoken_with: bool
    number: str | None
    blocked: str
    """Why she is never served again, '' where she may be."""
    rests: int | None
    """Seconds until she may be called again; None where it is not that easily said."""
    target: str
    """What becomes of her on this list."""


TABLE = (
    Line("1", "TA", "talked", True, "good", "", None, "done"),
    Line("2", "NA", "no answer", False, None, "", 4 * HOUR, "open"),
    Line("3", "LM", "left message", False, None, "", 2 * DAY, "open"),
    Line("4", "CB", "call back", True, "good", "", None, "open"),
    Line("5", "NV", "not available", False, "good", "", None, "open"),
    Line("6", "BU", "busy", False, "good", "", HOUR // 4, "open"),
    Line("7", "WN", "wrong number", False, "wrong", "no usable number", 0, "open"),
    Line("8", "DI", "disconnected", False, "disconnected", "no usable number", 0, "open"),
    Line("9", "RF", "refused", True, "good", "", 90 * DAY, "refused"),
    Line("0", "DNC", "do not contact", True, None, "do not contact", None, "refused"),
    Line("o", "OL", "other language", True, "good", "", None, "open"),
    Line("o", "LW", "left the work", True, "good", "left the work", 0, "refused"),
    Line("o", "DE", "deceased", False, None, "deceased", 0, "refused"),
)


def test_the_table_has_these_outcomes_and_no_others() -> None:
    assert [(o.key, o.paper, o.effect.value) for o in OUTCOMES] == [line[:3] for line in TABLE]


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.paper)
def test_an_outcome_does_what_the_table_says(campaign: Campaign, build: Builder, clock: Clock, line: Line) -> None:
    provider = build.provider()
    person = build.person("Maja", provider)
    phone = build.first_phone(person)
    listed = build.call_list(person)
    follow_up = f"{day(1, clock)}T18:00" if line.outcome == "call back" else None
    build.call(person, line.outcome, phone_id=phone, list_id=listed, follow_up=follow_up)

    assert build.figure(person, "attempts") == 1
    assert build.figure(person, "spoken_with") == int(line.spoken_with)
    assert build.figure(person, "reached") == 0
    assert build.value("phone", phone, "standing") == line.number
    assert build.figure(person, "blocked") == line.blocked
    if line.rests is not None:
        assert build.figure(person, "rests_until") == (int(clock().timestamp()) + line.rests if line.rests else 0)
    target = campaign.connection.execute("SELECT state FROM target WHERE person_id = ?", (person,)).fetchone()[0]
    assert target == line.target
    assert_figures_follow(campaign)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.paper)
def test_nobody_is_served_while_an_outcome_rests(campaign: Campaign, build: Builder, clock: Clock, line: Line) -> None:
    person = build.person("Maja")
    build.call(person, line.outcome, follow_up=f"{day(1, clock)}T18:00" if line.outcome == "call back" else None)
    assert next_person(campaign, None) is None
    if line.rests:
        clock.forward(seconds=line.rests - 1)
        assert next_person(campaign, None) is None
        clock.forward(seconds=1)
        served = next_person(campaign, None)
        assert served is not None and served.person_id == person


def test_a_refusal_keeps_off_this_list_for_good_and_off_others_for_ninety_days(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    this, other = build.call_list(person, name="This"), build.call_list(person, name="Other")
    build.call(person, "refused", list_id=this)
    clock.forward(days=89, hours=23)
    assert next_person(campaign, other) is None
    clock.forward(hours=2)
    assert next_person(campaign, other) is not None
    assert next_person(campaign, this) is None


def test_a_disconnected_number_is_dead_for_everybody_who_has_it(campaign: Campaign, build: Builder) -> None:
    first, second = build.person("Maja", phone="+38670111222"), build.person("Eva", phone="+38670111222")
    build.phone(second, "+38670333444")
    build.call(first, "disconnected")
    assert build.figure(first, "blocked") == "no usable number"
    assert build.figure(second, "phone") == "+38670333444"
    assert build.value("phone", build.first_phone(second), "standing") == "disconnected"


def test_a_wrong_number_is_wrong_for_this_person_only(campaign: Campaign, build: Builder) -> None:
    first, second = build.person("Maja", phone="+38670111222"), build.person("Eva", phone="+38670111222")
    build.call(first, "wrong number")
    assert build.figure(first, "blocked") == "no usable number"
    assert build.figure(second, "phone") == "+38670111222"


def test_after_a_wrong_number_the_next_one_is_tried_at_once(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja", phone="+38670111222")
    build.phone(person, "+38670333444")
    build.call(person, "wrong number", phone_id=build.first_phone(person))
    assert build.figure(person, "phone") == "+38670333444"
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person


def test_a_number_that_was_only_written_down_can_be_disconnected_too(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja", phone=None)
    phone = build.phone(person, None, written="041 12?")
    build.call(person, "disconnected", phone_id=phone)
    assert build.value("phone", phone, "standing") == "disconnected"


def test_a_wrong_number_noted_without_saying_which_is_the_only_one(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja")
    build.call(person, "wrong number")
    assert build.figure(person, "phone") == "~"


def test_a_wrong_number_noted_without_saying_which_of_two_is_refused(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja")
    build.phone(person, "+38670333444")
    with pytest.raises(OrganiserError, match="say which one"):
        build.call(person, "wrong number")
    assert build.figure(person, "attempts") == 0


def test_the_number_of_somebody_else_is_refused(campaign: Campaign, build: Builder) -> None:
    first, second = build.person("Maja"), build.person("Eva")
    with pytest.raises(OrganiserError, match="no longer in the file"):
        build.call(first, "talked", phone_id=build.first_phone(second))


def test_a_shared_number_stays_shared_when_somebody_answers(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    phone = build.first_phone(person)
    build.change("phone", phone, standing="shared")
    build.call(person, "talked", phone_id=phone)
    assert build.value("phone", phone, "standing") == "shared"


def test_left_the_work_ends_every_employment_and_takes_her_out_of_known(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    one, two = build.provider("Lipa"), build.provider("Hrast")
    person = build.person("Maja", one)
    ends_later = build.employment(person, two, end=day(40, clock))
    ended = build.employment(person, two, end=day(-40, clock))
    known = "SELECT known FROM provider_figures WHERE provider_id = ? AND region_code = '*'"
    assert campaign.connection.execute(known, (one,)).fetchone()[0] == 1
    build.call(person, "left the work")
    days = campaign.connection.execute("SELECT to_day FROM employment WHERE id <> ?", (ended,)).fetchall()
    assert set(days) == {(day(0, clock),)}
    assert build.value("employment", ended, "to_day") == day(-40, clock)
    assert build.value("employment", ends_later, "to_day") == day(0, clock)
    assert [campaign.connection.execute(known, (provider,)).fetchone()[0] for provider in (one, two, -1)] == [0, 0, 0]


@pytest.mark.parametrize("outcome", ["left the work", "do not contact", "deceased"])
def test_somebody_who_is_not_contacted_any_more_owes_nothing(
    campaign: Campaign, build: Builder, clock: Clock, outcome: str
) -> None:
    person = build.person()
    build.follow_up(person, day(5, clock))
    build.call(person, outcome)
    assert build.figure(person, "next_due") == "~"


def test_whoever_is_barred_from_one_channel_may_still_be_called(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="e-mail", list_id=build.call_list(person))
    assert build.figure(person, "do_not_contact") == "e-mail"
    assert build.figure(person, "blocked") == ""
    clock.forward(hours=24)
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person


def test_whoever_said_texts_only_in_a_call_is_not_served_again_at_once(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """She was marked as done on the list by it, though nobody had talked with her about what the list is for."""
    for outcome, left in (("talked", "done"), ("do not contact", "open")):
        person = build.person()
        this, other = build.call_list(person, name=f"This {outcome}"), build.call_list(person, name=f"Other {outcome}")
        build.call(person, outcome, do_not_contact="text", list_id=this)
        assert (next_person(campaign, this), next_person(campaign, other)) == (None, None)
        state = campaign.connection.execute("SELECT state FROM target WHERE list_id = ?", (this,)).fetchone()
        assert state == (left,)
        assert build.figure(person, "rests_until") == int(clock().timestamp()) + 24 * 3600
        assert_figures_follow(campaign)
        clock.forward(hours=24)
        served = next_person(campaign, other)
        assert served is not None and served.person_id == person
        assert (next_person(campaign, this) is None) == (left == "done")


def test_what_was_promised_for_this_evening_comes_though_she_barred_texts(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="text", follow_up=f"{day(0, clock)}T18:00")
    assert_figures_follow(campaign)
    clock.forward(hours=8)
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person


def test_channels_that_are_barred_add_up_to_every_one(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    for channel, held in (("text", "text"), ("e-mail", "e-mail,text"), ("call", "call,e-mail,text"), ("all", "all")):
        build.call(person, "do not contact", do_not_contact=channel)
        assert build.figure(person, "do_not_contact") == held
    build.call(person, "do not contact", do_not_contact="text")
    assert build.figure(person, "do_not_contact") == "all"


def test_a_channel_is_known_however_it_is_written(campaign: Campaign, build: Builder) -> None:
    """The form took “Email” and the contact refused it; a reminder through no channel ended the program."""
    person = build.person()
    contact = build.call(person, "do not contact", channel="Email", do_not_contact="E-Mail")
    assert build.value("contact", contact, "channel") == "e-mail"
    assert build.figure(person, "do_not_contact") == "e-mail"
    remind_form(campaign, person, "EMAIL")
    with pytest.raises(OrganiserError, match=r"“pigeon” is not a channel\. Channels: call"):
        remind_form(campaign, person, "pigeon")
    assert campaign.connection.execute("SELECT channel FROM reminder").fetchall() == [("e-mail",)]


def test_a_channel_that_there_is_not_cannot_be_barred(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    with pytest.raises(OrganiserError, match=r"“pigeon” is not a channel\. Channels: call"):
        build.call(person, "do not contact", do_not_contact="pigeon")


def test_another_language_goes_only_to_organisers_who_speak_it(
    campaign: Campaign, build: Builder, clock: Clock, boris: int
) -> None:
    person = build.person()
    build.call(person, "other language", language="BS")
    clock.forward(days=2)
    assert next_person(campaign, None) is None
    assert queue_standing(campaign, None).blocked == {"needs organiser": 1}
    ana, campaign.organiser_id = campaign.organiser_id, boris
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person
    release_claim(campaign)
    campaign.organiser_id = ana
    assert ana is not None
    note_languages(campaign, ana, "sl bs")
    served = next_person(campaign, None)
    assert served is not None and served.person_id == person
    spoken = campaign.connection.execute("SELECT language FROM person_language WHERE person_id = ?", (person,))
    assert spoken.fetchall() == [("bs",)]


def test_a_language_that_nobody_could_tell_waits_for_an_organiser(
    campaign: Campaign, build: Builder, clock: Clock, boris: int
) -> None:
    person = build.person()
    build.call(person, "other language")
    clock.forward(days=2)
    for organiser in (campaign.organiser_id, boris):
        campaign.organiser_id = organiser
        assert next_person(campaign, None) is None
    assert [entry.person_id for entry in everyone_in_queue(campaign, None)] == [person]


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


def test_a_number_that_cannot_be_read_is_none_of_several(campaign: Campaign, build: Builder) -> None:
    """“There are several numbers: say which one it was”, and the form asked for none."""
    person = build.person(phone="+38670000001")
    build.phone(person, None, written="ask her mother")
    build.call(person, "wrong number", day=campaign.today().isoformat())
    assert build.value("phone", build.first_phone(person), "standing") == "wrong"


def test_several_numbers_are_tried_one_after_the_other(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """Every evening the first of them rang in vain."""
    person = build.person()
    phones = [build.first_phone(person), *(build.phone(person, f"+3864100000{n}") for n in range(2))]
    tried = []
    for outcome in ("no answer", "busy", "no answer", "left message", "not available", "talked", "no answer"):
        place = place_to_try(campaign, person, phones)
        build.call(person, outcome, phone_id=phones[place])
        clock.forward(hours=30)
        tried.append(place)
    assert tried == [0, 1, 2, 0, 1, 2, 2]
    assert place_to_try(campaign, person, phones[:1]) == 0


def test_a_meet_up_noted_late_does_not_take_away_the_call_back_agreed_since(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "call back", follow_up=f"{day(1, clock)}T18:00")
    build.call(person, "talked", day=day(-7, clock), channel="meet-up", rating=2)
    open_ones = campaign.connection.execute("SELECT kind, due FROM follow_up WHERE done_on IS NULL").fetchall()
    assert open_ones == [("call back", f"{day(1, clock)}T18:00")]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        ({"outcome": "call back"}, "needs the day"),
        ({"outcome": "shouted"}, "shouted is not an outcome. Outcomes: talked"),
        ({"outcome": "talked", "rating": 6}, "from 1 .* to 5"),
        ({"outcome": "talked", "issues": ("weather",)}, "weather is not one of: schedules"),
        ({"outcome": "talked", "channel": "pigeon"}, "“pigeon” is not a channel. Channels: call"),
        ({"outcome": "talked", "day": "2026-11-20"}, "2026-11-20 is still to come"),
        ({"outcome": "talked", "at": 1_900_000_000}, "is still to come"),
    ],
)
def test_a_contact_that_does_not_hold_together_is_refused(
    campaign: Campaign, build: Builder, draft: dict[str, Any], sentence: str
) -> None:
    person = build.person()
    fields = dict(draft)
    with pytest.raises(OrganiserError, match=sentence):
        build.call(person, str(fields.pop("outcome")), **fields)
    assert build.figure(person, "attempts") == 0


def test_a_contact_with_somebody_who_has_just_been_taken_out_is_refused(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    build.end("person", person)
    for stranger in (person, 12345):
        with pytest.raises(OrganiserError, match="no longer in the file"):
            build.call(stranger, "talked")


@pytest.mark.parametrize(("allowed", "fits"), [(0, True), (1, False)])
def test_the_number_meant_is_the_only_one_that_may_be_called(
    campaign: Campaign, build: Builder, allowed: int, fits: bool
) -> None:
    person = build.person("Maja", phone="+38670000001", work_numbers=allowed)
    own, work = build.first_phone(person), build.phone(person, "+38612345678", kind="work")
    if not fits:
        with pytest.raises(OrganiserError, match="several numbers"):
            build.call(person, "wrong number")
        return
    build.call(person, "wrong number")
    assert (build.value("phone", own, "standing"), build.value("phone", work, "standing")) == ("wrong", None)
    build.call(person, "disconnected")
    assert build.value("phone", work, "standing") == "disconnected", "nothing else was left to call"
    assert_figures_follow(campaign)
