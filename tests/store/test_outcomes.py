"""Every outcome of the table in the design, with everything it does."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.store.calling import everyone_in_queue, queue_standing
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.cards import remind_forms
from organiser_tui.store.claims import release_claim
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.organisers import note_languages
from organiser_tui.store.queue import next_person
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
    build.card(person, "form out", campaign.today().isoformat())
    remind_forms(campaign, [person], "EMAIL")
    with pytest.raises(OrganiserError, match=r"“pigeon” is not a channel\. Channels: call"):
        remind_forms(campaign, [person], "pigeon")
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


def test_where_nobody_speaks_her_language_that_is_said(campaign: Campaign, build: Builder) -> None:
    """“Organisers who speak it will get the call”, and there was none."""
    logged = log_contact(campaign, ContactDraft(build.person(), "other language", language="sq"))
    assert logged.warnings == ("Nobody here speaks sq yet: who does says so by w on page 8.",)
    note_languages(campaign, campaign.organiser_id or 0, "sl sq")
    assert log_contact(campaign, ContactDraft(build.person(), "other language", language="sq")).warnings == ()
