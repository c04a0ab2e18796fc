"""Do not contact as dated rows: said in a call, typed in a form, taken back, told in the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Moment
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.people import BarDraft, PersonDraft, barred_as
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.contacts import log_contact, log_talk
from organiser_tui.store.entering import save_person
from organiser_tui.store.history import undo_action, undo_last
from organiser_tui.store.listing import person_lines
from organiser_tui.store.matching import barred_people, known_people
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.person import BarLine, PersonCard, person_card
from organiser_tui.store.person_history import Barring, history_of
from tests.store.building import Builder, Clock, day
from tests.store.test_figures import assert_figures_follow


def live(campaign: Campaign, person: int) -> list[tuple[Any, ...]]:
    """Channel, since and contact of what is barred."""
    found: list[tuple[Any, ...]] = campaign.connection.execute(
        "SELECT channel, since, contact_id FROM barred_channel"
        " WHERE person_id = ? AND gone_by IS NULL AND until IS NULL ORDER BY id",
        (person,),
    ).fetchall()
    return found


def card_of(campaign: Campaign, person: int) -> PersonCard:
    card = person_card(campaign, person)
    assert card is not None
    return card


@pytest.mark.parametrize(("said", "channel"), [("all", None), ("text", "text")])
def test_the_outcome_notes_since_when_and_in_which_call(
    campaign: Campaign, build: Builder, clock: Clock, said: str, channel: str | None
) -> None:
    person = build.person()
    contact = build.call(person, "do not contact", do_not_contact=said, day=day(-9, clock))
    assert live(campaign, person) == [(channel, day(-9, clock), contact)]
    row = campaign.connection.execute("SELECT organiser_id, source FROM barred_channel").fetchone()
    assert row == (campaign.organiser_id, "")
    assert build.figure(person, "do_not_contact") == said
    assert_figures_follow(campaign)
    undo_last(campaign)
    assert live(campaign, person) == []
    assert (build.figure(person, "do_not_contact"), build.figure(person, "blocked")) == ("", "")
    assert faults_of(campaign) == []


def test_who_says_it_twice_stays_barred_when_one_of_both_is_taken_back(campaign: Campaign, build: Builder) -> None:
    person = build.person()
    first = build.call(person, "do not contact")
    build.call(person, "do not contact")
    action = campaign.connection.execute("SELECT action_id FROM change WHERE row = ?", (first,)).fetchone()[0]
    undo_action(campaign, action)
    assert build.figure(person, "do_not_contact") == "all"
    undo_last(campaign)
    assert (live(campaign, person), build.figure(person, "do_not_contact")) == ([], "")


def test_an_outcome_costs_the_same_statements_whether_or_not_it_bars(campaign: Campaign, build: Builder) -> None:
    counts = []
    for outcome in ("refused", "do not contact"):
        person = build.person()
        statements: list[str] = []
        campaign.connection.set_trace_callback(statements.append)
        build.call(person, outcome)
        campaign.connection.set_trace_callback(None)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 2  # one row, one line of the journal


def test_the_form_adds_and_lifts_only_what_was_changed(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="text")
    shown = (said,) = tuple(BarDraft(bar.channel, bar.id) for bar in card_of(campaign, person).bars)
    was = PersonDraft("Maja", "Novak", bars=shown)
    clock.forward(days=2)
    save_person(campaign, replace(was, bars=barred_as("call,text", shown)), person, was)
    assert [(channel, since) for channel, since, _contact in live(campaign, person)] == [
        ("text", day(-2, clock)), ("call", day(0, clock)),
    ]  # fmt: skip
    assert build.value("barred_channel", said.id or 0, "gone_by") is None
    assert build.figure(person, "do_not_contact") == "call,text"
    held = tuple(BarDraft(bar.channel, bar.id) for bar in card_of(campaign, person).bars)
    both = replace(was, bars=held)
    save_person(campaign, replace(both, bars=()), person, both)
    assert (live(campaign, person), build.figure(person, "do_not_contact")) == ([], "")
    undo_last(campaign)
    assert build.figure(person, "do_not_contact") == "call,text"
    assert faults_of(campaign) == []
    assert_figures_follow(campaign)


def test_what_was_asked_while_a_form_was_open_is_not_lifted_by_it(campaign: Campaign, build: Builder) -> None:
    person = build.person(barred="all")
    shown = tuple(BarDraft(bar.channel, bar.id) for bar in card_of(campaign, person).bars)
    was = PersonDraft("Maja", "Novak", bars=shown)
    build.call(person, "do not contact", do_not_contact="text")
    save_person(campaign, replace(was, bars=barred_as("", shown)), person, was)
    assert build.figure(person, "do_not_contact") == "text"


def test_a_form_that_lifts_what_another_has_lifted_writes_nothing(campaign: Campaign, build: Builder) -> None:
    person = build.person(barred="text")
    shown = tuple(BarDraft(bar.channel, bar.id) for bar in card_of(campaign, person).bars)
    was = PersonDraft("Maja", "Novak", bars=shown)
    save_person(campaign, replace(was, bars=()), person, was)
    actions = campaign.connection.execute("SELECT count(*) FROM action").fetchone()
    save_person(campaign, replace(was, bars=()), person, was)
    assert campaign.connection.execute("SELECT count(*) FROM action").fetchone() == actions


def test_a_word_that_is_no_channel_is_refused_and_the_channels_are_named(campaign: Campaign) -> None:
    for draft in (PersonDraft("Ana", safe_channels=("pigeon",)), PersonDraft("Ana", bars=(BarDraft("pigeon"),))):
        with pytest.raises(OrganiserError, match=r"“pigeon” is not a channel\. Channels: call, meet-up"):
            save_person(campaign, draft)
    assert campaign.connection.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_safe_channels_are_rows_that_the_form_adds_and_ends(campaign: Campaign) -> None:
    was = PersonDraft("Ana", "Kos", safe_channels=("text", "e-mail"))
    person = save_person(campaign, was)
    save_person(campaign, replace(was, safe_channels=("E-MAIL", "call")), person, was)
    assert card_of(campaign, person).safe_channels == ("e-mail", "call")
    undo_last(campaign)
    assert card_of(campaign, person).safe_channels == ("text", "e-mail")


def test_the_card_says_since_when(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="text", day="2026-11-12")
    build.call(person, "do not contact", do_not_contact="text")
    build.call(person, "do not contact", do_not_contact="e-mail", day="2026-11-15")
    card = card_of(campaign, person)
    assert card.bars[0] == BarLine(card.bars[0].id, "text", "2026-11-12")
    assert card.discretion() == [
        "do not contact by text since 2026-11-12", "do not contact by e-mail since 2026-11-15",
    ]  # fmt: skip
    build.call(person, "do not contact")
    assert card_of(campaign, person).discretion(lambda written: f"<{written}>") == [
        f"do not contact since <{day(0, clock)}>"
    ]


def test_lists_filters_and_lines_go_by_it(campaign: Campaign, build: Builder) -> None:
    every, text, free = build.person("Ana", barred="all"), build.person("Eva", barred="text"), build.person("Ina")
    held = {person: row.do_not_contact for person, row in people_page(campaign, [every, text, free]).items()}
    assert held == {every: "all", text: "text", free: ""}
    assert {i: line.do_not_contact for i, line in person_lines(campaign, [every, text, free]).items()} == held
    for wanted, found in (("yes", {every, text}), ("no", {free})):
        query = PeopleQuery(parse_filter(f"do-not-contact:{wanted}"))
        assert set(first_people(campaign, query, 9)) == found


def test_the_history_says_on_which_channel_since_when_and_in_which_call(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    build.call(person, "do not contact", do_not_contact="text", day="2026-11-12")
    (bar,) = card_of(campaign, person).bars
    was = PersonDraft("Maja", "Novak", bars=(BarDraft("text", bar.id),))
    save_person(campaign, replace(was, bars=()), person, was)
    lifted, said, _made = history_of(campaign, person)
    told = Barring("text", "2026-11-12", "call", "2026-11-12", "")
    assert [(c.what, c.barring) for c in said.changes if c.table == "barred_channel"] == [("made", told)]
    assert [(c.what, c.barring) for c in lifted.changes] == [("ended", told)]


@pytest.mark.parametrize("together", [True, False])
def test_whoever_is_gone_is_still_known_by_what_she_asked(
    campaign: Campaign, build: Builder, *, together: bool
) -> None:
    """What left the file in one deed with her still holds; what had been lifted before does not."""
    person, lifted = build.person("Ana"), build.person("Eva", barred="all")
    build.call(person, "do not contact", do_not_contact="text")
    build.call(person, "do not contact", do_not_contact="call")
    build.end("barred_channel", card_of(campaign, lifted).bars[0].id)
    assert {known.barred for known in known_people(campaign, [person, lifted]).values()} == {"call,text", ""}
    bars = [bar.id for bar in card_of(campaign, person).bars]
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.end("person", person)
        deed.end("person", lifted)
        if together:
            deed.end_many("barred_channel", bars)
    found = {(known.id, known.barred, known.gone) for known in barred_people(campaign)}
    assert found == {(person, "call,text", True)}


def lift_all(campaign: Campaign, person: int) -> None:
    """Choose in the form that she may be contacted."""
    was = PersonDraft("Maja", "Novak", bars=tuple(BarDraft(b.channel, b.id) for b in card_of(campaign, person).bars))
    save_person(campaign, replace(was, bars=()), person, was)


def test_what_she_took_back_is_told_with_its_day_and_is_no_mistake(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """One column said that she took it back, that it was a mistake, and that it left the file with her."""
    person = build.person()
    contact = build.call(person, "do not contact", do_not_contact="text")
    (bar,) = card_of(campaign, person).bars
    clock.forward(days=3)
    lift_all(campaign, person)
    row = "SELECT until, gone_by FROM barred_channel"
    assert campaign.connection.execute(row).fetchone() == (day(0, clock), None)
    assert (card_of(campaign, person).bars, build.figure(person, "do_not_contact")) == ((), "")
    lifted, said = history_of(campaign, person)[:2]
    assert [change.what for change in lifted.changes] == ["ended"]
    logged = campaign.connection.execute("SELECT action_id FROM change WHERE row = ?", (contact,)).fetchone()[0]
    assert said.action_id == logged
    with pytest.raises(OrganiserError, match=r"Ana noted on 2026-11-22 .* that she may be contacted again"):
        undo_action(campaign, logged)
    undo_last(campaign)
    assert [held.id for held in card_of(campaign, person).bars] == [bar.id]
    (again,) = history_of(campaign, person)[0].changes
    assert (again.what, again.barring) == ("made", Barring("text", day(-3, clock), "call", day(-3, clock), ""))
    assert build.figure(person, "do_not_contact") == "text"
    undo_action(campaign, campaign.connection.execute("SELECT max(id) FROM action").fetchone()[0])
    assert campaign.connection.execute(row).fetchone() == (day(0, clock), None)
    assert faults_of(campaign) == []


def test_what_she_took_back_does_not_bar_her_when_she_comes_in_again(campaign: Campaign, build: Builder) -> None:
    person = build.person("Zora", barred="call,text")
    first, second = card_of(campaign, person).bars
    lift_all(campaign, person)
    assert barred_people(campaign) == []
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.end_many("barred_channel", [first.id, second.id])
        deed.end("person", person)
    assert barred_people(campaign) == []


def test_who_is_taken_out_a_second_time_is_still_not_contacted(campaign: Campaign, build: Builder) -> None:
    """Her bar lapsed: it goes by the deed in which she left, and the second one wrote itself over the first."""
    person = build.person("Zora", barred="all")
    (bar,) = card_of(campaign, person).bars
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.end("barred_channel", bar.id)
        deed.end("person", person)
    first = build.value("person", person, "gone_by")
    build.end("person", person)
    assert {known.id for known in barred_people(campaign)} == {person}
    assert build.value("person", person, "gone_by") == first
    undo_last(campaign)  # the second deed changed nothing: it is the first that is taken back
    assert (build.value("person", person, "gone_by"), build.figure(person, "do_not_contact")) == (None, "all")
    undo_action(campaign, campaign.connection.execute("SELECT max(id) FROM action").fetchone()[0])
    gone = {build.value("person", person, "gone_by"), build.value("barred_channel", bar.id, "gone_by")}
    assert len(gone) == 1
    assert {known.id for known in barred_people(campaign)} == {person}
    assert faults_of(campaign) == []


def test_a_kept_channel_that_does_not_follow_is_found(campaign: Campaign, build: Builder) -> None:
    person = build.person(barred="text")
    campaign.connection.execute("UPDATE person_figures SET do_not_contact = '' WHERE person_id = ?", (person,))
    (fault,) = faults_of(campaign)
    assert "do_not_contact" in fault


def test_what_went_out_on_the_mailing_list_is_a_contact_and_no_attempt(campaign: Campaign, build: Builder) -> None:
    provider = build.provider("Lipa", "SI034")
    person = build.person("Maja", provider)
    build.call(person, "left message", channel="mailing list")
    tried = "SELECT attempted FROM provider_figures WHERE provider_id = ? AND region_code = '*'"
    assert campaign.connection.execute(tried, (provider,)).fetchone() == (0,)
    assert (build.figure(person, "attempts"), build.figure(person, "rests_until")) == (0, 0)
    assert build.figure(person, "last_contact") > 0
    build.call(person, "left message", channel="text")
    assert campaign.connection.execute(tried, (provider,)).fetchone() == (1,)
    assert build.figure(person, "attempts") == 1
    assert_figures_follow(campaign)
    assert faults_of(campaign) == []


def test_a_follow_up_that_will_never_be_due_is_told(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """“Thu 18:00 bring forms” was read back, and stood nowhere when Thursday came."""
    free, barred = build.person("Free"), build.person("Barred")
    build.call(barred, "do not contact")
    when = Moment(clock().date() + timedelta(days=5), time(18))
    warned = {
        person: log_contact(campaign, ContactDraft(person, "talked", follow_up=when)).warnings
        for person in (free, barred)
    }
    assert warned[free] == ()
    (warning,) = warned[barred]
    assert "do not contact" in warning and "will not come up" in warning
    of_both = log_talk(campaign, [ContactDraft(one, "talked", follow_up=when) for one in (free, barred)])
    assert [logged.warnings for logged in of_both] == [(), (warning,)]
    assert log_contact(campaign, ContactDraft(barred, "talked")).warnings == ()
