"""Everything that is done can be taken back, and leaves every kept figure as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.domain.people import EmploymentDraft, PersonDraft
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.cards import remind_forms
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.entering import save_person
from organiser_tui.store.follow_ups import finish_follow_up
from organiser_tui.store.history import undo_action, undo_last
from organiser_tui.store.organisers import add_organiser, note_languages
from organiser_tui.store.providers import add_provider, estimate_headcount, log_provider, note_stance
from organiser_tui.store.schema import Reference, references
from tests.store.building import Builder, Clock, day, every_row, kept_figures, organiser_named
from tests.store.test_figures import assert_figures_follow


class Cast:
    """A campaign in which something has happened, so that there is something to go back to."""

    def __init__(self, build: Builder, clock: Clock) -> None:
        self.build = build
        self.campaign = build.campaign
        self.clock = clock
        self.lipa, self.hrast = build.provider("Lipa", "SI034"), build.provider("Hrast")
        self.maja = build.person("Maja", self.lipa)
        self.eva = build.person("Eva", self.lipa, self.hrast, whom_asked_on="2026-11-01")
        self.luka = build.person("Luka", self.hrast, phone="+38670111222")
        self.ana = build.person("Ana", phone="+38670111222")
        self.event = build.event()
        self.tied = build.tie(self.maja, self.eva)
        build.call(self.luka, "talked", rating=2)
        clock.forward(days=2)
        build.card(self.maja, "form out", day(-20, clock))
        self.promise = build.follow_up(self.maja, day(0, clock))
        build.follow_up(self.luka, f"{day(1, clock)}T18:00", "call back")
        self.list = build.call_list(self.maja, self.eva, self.luka, self.ana)

    def call(self, outcome: str) -> None:
        """A call to Luka with everything that can be said in one."""
        follow_up = f"{day(3, self.clock)}T18:00" if outcome == "call back" else None
        self.build.call(
            self.luka, outcome, phone_id=self.build.first_phone(self.luka), list_id=self.list, rating=4,
            issues=("pay", "travel"), follow_up=follow_up, note="said much",
        )  # fmt: skip


DEEDS: dict[str, Callable[[Cast], Any]] = {
    "enter a person": lambda c: save_person(
        c.campaign, PersonDraft("Žan", "Čeh", employments=(EmploymentDraft("Novi zavod"),), tags=("night",))
    ),
    "change a person": lambda c: c.build.change("person", c.eva, family="Žagar", work="other", region_code="SI041"),
    "make a manager of her": lambda c: c.build.change("person", c.eva, position="manager"),
    "end an employment": lambda c: c.build.change("employment", _job(c, c.eva), to_day=day(-1, c.clock)),
    "take an employment out": lambda c: c.build.end("employment", _job(c, c.eva)),
    "add an employment": lambda c: c.build.employment(c.ana, c.hrast),
    "take a person out": lambda c: c.build.end("person", c.eva),
    "take a number out": lambda c: c.build.end("phone", c.build.first_phone(c.maja)),
    "add a provider": lambda c: add_provider(c.campaign, "Breza"),
    "rename a provider": lambda c: c.build.change("provider", c.lipa, name="Žalna", folded="zalna"),
    "move a provider": lambda c: c.build.change("provider", c.lipa, region_code="SI041"),
    "close a provider": lambda c: c.build.change("provider", c.lipa, closed_on=day(-1, c.clock)),
    "note a stance": lambda c: note_stance(c.campaign, c.lipa, "hostile"),
    "estimate a headcount": lambda c: estimate_headcount(c.campaign, c.lipa, 40),
    "log a provider": lambda c: log_provider(c.campaign, c.lipa, "asked for the list"),
    "connect two people": lambda c: c.build.tie(c.luka, c.ana),
    "take a connection out": lambda c: c.build.end("connection", c.tied),
    "note who came": lambda c: c.build.came(c.eva, day(-3, c.clock), c.event),
    "take a card a step on": lambda c: c.build.card(c.maja, "signed", day(0, c.clock)),
    "rate": lambda c: c.build.insert("assessment", person_id=c.maja, rating=3, day=day(0, c.clock)),
    "make a call list": lambda c: c.build.call_list(c.maja, c.luka, name="Another"),
    "finish a follow-up": lambda c: finish_follow_up(c.campaign, c.promise),
    "remind of the form": lambda c: remind_forms(c.campaign, [c.maja]),
    "note languages": lambda c: note_languages(c.campaign, c.campaign.organiser_id or 0, "de"),
    "reach a provider": lambda c: c.build.call(c.maja, "talked", rating=1),
    **{outcome.effect.value: partial(Cast.call, outcome=outcome.effect.value) for outcome in OUTCOMES},
}


def _job(cast: Cast, person: int) -> int:
    sql = "SELECT id FROM employment WHERE person_id = ? ORDER BY id LIMIT 1"
    return int(cast.campaign.connection.execute(sql, (person,)).fetchone()[0])


@pytest.fixture
def cast(build: Builder, clock: Clock) -> Cast:
    return Cast(build, clock)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_is_taken_back_and_done_again(campaign: Campaign, cast: Cast, deed: str) -> None:
    before = kept_figures(campaign)
    DEEDS[deed](cast)
    done = kept_figures(campaign)
    undone = undo_last(campaign)
    assert kept_figures(campaign) == before
    assert undone.kept == []
    undo_id = campaign.connection.execute("SELECT id FROM action WHERE undoes = ?", (undone.action_id,)).fetchone()[0]
    undo_action(campaign, undo_id)
    assert kept_figures(campaign) == done
    assert_figures_follow(campaign)
    assert faults_of(campaign) == []
    assert faults_of(campaign) == []


def test_taking_back_one_by_one_leads_to_where_it_began(campaign: Campaign, cast: Cast) -> None:
    states = []
    for deed in DEEDS.values():
        before, state = len(diary(campaign)), kept_figures(campaign)
        try:
            deed(cast)
        except OrganiserError:
            continue  # what was done before has made it impossible
        if len(diary(campaign)) > before:
            states.append(state)
    assert len(states) > 25
    for state in reversed(states):
        undone = undo_last(campaign)
        assert kept_figures(campaign) == state, undone
    assert faults_of(campaign) == []


def test_facts_are_voided_and_never_deleted(campaign: Campaign, cast: Cast) -> None:
    cast.call("talked")
    rows = campaign.connection.execute("SELECT count(*) FROM contact").fetchone()[0]
    undo_last(campaign)
    undo = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()[0]
    assert campaign.connection.execute("SELECT count(*) FROM contact").fetchone()[0] == rows
    for table in ("contact", "contact_issue", "assessment"):
        voided = campaign.connection.execute(f"SELECT count(*) FROM {table} WHERE voided_by = ?", (undo,))
        assert voided.fetchone()[0] >= 1


def test_what_was_taken_back_is_not_taken_back_again(campaign: Campaign, cast: Cast) -> None:
    cast.call("talked")
    undone = undo_last(campaign)
    with pytest.raises(OrganiserError, match="taken back already"):
        undo_action(campaign, undone.action_id)
    with pytest.raises(OrganiserError, match="no such action"):
        undo_action(campaign, 12345)


def test_taking_back_and_doing_again_can_go_on_for_ever(campaign: Campaign, cast: Cast) -> None:
    before = kept_figures(campaign)
    cast.call("refused")
    done = kept_figures(campaign)
    for _round in range(3):
        for state in (before, done):
            undo_action(campaign, diary(campaign)[0].action_id)
            assert kept_figures(campaign) == state
    lines = diary(campaign)
    assert next(line.undone for line in lines if line.kind == "log contact") is False
    undo_last(campaign)
    assert kept_figures(campaign) == before
    assert next(line.undone for line in diary(campaign) if line.kind == "log contact") is True


def test_a_field_changed_since_then_refuses_the_undo_in_words(campaign: Campaign, cast: Cast) -> None:
    cast.build.change("person", cast.maja, family="Žagar")
    action = diary(campaign)[0].action_id
    cast.build.change("person", cast.maja, family="Kos")
    before = every_row(campaign)
    with pytest.raises(
        OrganiserError, match=r"Maja Kos: Ana changed the family name of the person on 2026-11-21 10:00. Take"
    ):
        undo_action(campaign, action)
    assert every_row(campaign) == before


def test_somebody_called_since_then_is_not_taken_out_by_undoing_her_entry(campaign: Campaign, cast: Cast) -> None:
    person = save_person(campaign, PersonDraft("Žan", "Čeh"))
    action = diary(campaign)[0].action_id
    cast.build.call(person, "talked")
    with pytest.raises(OrganiserError, match="Žan Čeh: Ana has worked with the person since then, on 2026-11-21 10:00"):
        undo_action(campaign, action)
    undo_last(campaign)
    undo_action(campaign, action)
    assert campaign.connection.execute("SELECT 1 FROM person_figures WHERE person_id = ?", (person,)).fetchone() is None


def test_a_provider_where_somebody_works_by_now_is_not_taken_out(campaign: Campaign, cast: Cast) -> None:
    breza = add_provider(campaign, "Breza")
    action = diary(campaign)[0].action_id
    cast.build.employment(cast.ana, breza)
    with pytest.raises(OrganiserError, match="Breza: Ana has worked with the provider since then"):
        undo_action(campaign, action)
    assert cast.build.value("provider", breza, "gone_by") is None


def test_a_field_that_somebody_else_changed_and_changed_back_is_no_longer_ones_own(
    campaign: Campaign, cast: Cast, boris: int
) -> None:
    cast.build.change("person", cast.maja, family="Žagar")
    action, ana = diary(campaign)[0].action_id, campaign.organiser_id
    campaign.organiser_id = boris
    cast.build.change("person", cast.maja, family="Kos")
    cast.build.change("person", cast.maja, family="Žagar", leader=1)
    campaign.organiser_id = ana
    with pytest.raises(OrganiserError, match="Maja Žagar: Boris changed the family name of the person on"):
        undo_last(campaign)
    for line in diary(campaign)[:2]:
        undo_action(campaign, line.action_id)
    undo_action(campaign, action)
    assert cast.build.value("person", cast.maja, "family") == "Novak"


def test_what_somebody_else_took_out_stays_out_in_their_name(campaign: Campaign, cast: Cast, boris: int) -> None:
    number = cast.build.phone(cast.maja, "+38670999999")
    ana, campaign.organiser_id = campaign.organiser_id, boris
    cast.build.end("phone", number)
    campaign.organiser_id = ana
    gone_by = cast.build.value("phone", number, "gone_by")
    with pytest.raises(OrganiserError, match="Maja Novak: Boris took out the number on"):
        undo_last(campaign)
    assert cast.build.value("phone", number, "gone_by") == gone_by


def test_undone_deeds_are_done_again_in_any_order_that_keeps_every_value(campaign: Campaign, cast: Cast) -> None:
    for family in ("Žagar", "Kos"):
        cast.build.change("person", cast.maja, family=family)
    undo_last(campaign)
    undo_last(campaign)
    undo_kos, undo_zagar = (line.action_id for line in reversed(diary(campaign)[:2]))
    with pytest.raises(OrganiserError, match="Maja Novak: Ana changed the family"):
        undo_action(campaign, undo_kos)  # it was Kos after Žagar, not after Novak
    undo_action(campaign, undo_zagar)
    undo_action(campaign, undo_kos)
    assert cast.build.value("person", cast.maja, "family") == "Kos"


BUILT_ON: dict[str, Callable[[Cast, dict[str, int]], object]] = {
    "contact": lambda c, made: c.build.call(made["person"], "no answer"),
    "contact on the number": lambda c, made: c.build.insert(
        "contact", person_id=c.luka, at=1, day="2026-11-01", channel="call", outcome="talked", phone_id=made["phone"]
    ),
    "phone": lambda c, made: c.build.phone(made["person"], "+38670999999"),
    "tag": lambda c, made: c.build.insert("tag", person_id=made["person"], tag="night"),
    "connection": lambda c, made: c.build.tie(c.luka, made["person"]),
    "target": lambda c, made: c.build.call_list(made["person"]),
    "task": lambda c, made: c.build.insert("task", person_id=made["person"], kind="x", taken_on="2026-11-01"),
    "brought by": lambda c, made: c.build.insert(
        "attendance", event_id=c.event, person_id=c.luka, day="2026-11-01", came=1, brought_by=made["person"]
    ),
    "group": lambda c, made: c.build.insert("meeting_group", name="Evening", provider_id=made["provider"]),
    "stance": lambda c, made: note_stance(c.campaign, made["provider"], "hostile"),
    "employment": lambda c, made: c.build.employment(c.luka, made["provider"]),
    "employment moved": lambda c, made: c.build.change(
        "employment", _job(c, c.luka), provider_id=made["provider"]
    ),
    "issue": lambda c, made: c.build.call(c.luka, "talked", issues=("laundry",)),
    "field": lambda c, made: c.build.change("person", made["person"], street="Main Street 1"),
}  # fmt: skip


@pytest.mark.parametrize("what", BUILT_ON)
def test_what_others_have_built_on_is_not_taken_out(campaign: Campaign, cast: Cast, boris: int, what: str) -> None:
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        made = {"person": deed.insert("person", given="Nina"), "provider": deed.insert(
            "provider", name="Breza", folded="breza", kind="company"
        )}  # fmt: skip
        made["phone"] = deed.insert("phone", person_id=made["person"], e164="+38670888888", written="1")
        deed.insert("issue", code="laundry", position=99)
    action, ana = diary(campaign)[0].action_id, campaign.organiser_id
    campaign.organiser_id = boris
    BUILT_ON[what](cast, made)
    before = every_row(campaign)
    campaign.organiser_id = ana
    with pytest.raises(OrganiserError, match=r": Boris (has worked with|changed) the .* Take that back first"):
        undo_action(campaign, action)
    assert every_row(campaign) == before
    undo_action(campaign, diary(campaign)[0].action_id)
    undo_action(campaign, action)
    assert faults_of(campaign) == []


def test_every_reference_of_the_schema_is_known(campaign: Campaign) -> None:
    """What undo follows is read from the file: a new table is covered once it refers to another."""
    held = references(campaign.connection)
    tables = [row[0] for row in campaign.connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%REFER%'")]
    assert held.keys() == set(tables)
    assert Reference("person_id", "person", "id") in held["contact"]
    assert Reference("issue", "issue", "code") in held["contact_issue"]


def test_the_founding_and_the_organisers_cannot_be_taken_back(campaign: Campaign) -> None:
    kinds = dict(campaign.connection.execute("SELECT kind, id FROM action").fetchall())
    for kind in ("found", "add organiser"):
        with pytest.raises(OrganiserError, match="stands on it"):
            undo_action(campaign, kinds[kind])
    add_organiser(campaign, "Cene")
    with pytest.raises(OrganiserError, match="nothing of yours"):
        undo_last(campaign)


def test_only_the_own_last_deed_is_taken_back(campaign: Campaign, cast: Cast, boris: int) -> None:
    cast.call("talked")
    ana = campaign.organiser_id
    campaign.organiser_id = boris
    with pytest.raises(OrganiserError, match="nothing of yours"):
        undo_last(campaign)
    cast.build.call(cast.maja, "no answer")
    assert undo_last(campaign).person_id == cast.maja
    campaign.organiser_id = ana
    assert undo_last(campaign).person_id == cast.luka


def test_only_what_was_done_on_this_device_is_taken_back(
    campaign: Campaign, cast: Cast, path: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.call("talked")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    other = open_campaign(path, clock)
    other.organiser_id = organiser_named(other, "Ana")
    with pytest.raises(OrganiserError, match="on this device"):
        undo_last(other)
    assert not any(line.own for line in diary(other))
    assert diary(campaign)[0].own
    other.close()


def test_a_call_list_taken_back_and_forth_serves_by_the_figures_of_today(
    campaign: Campaign, cast: Cast, build: Builder
) -> None:
    another = build.call_list(cast.maja, cast.ana, name="Another")
    undo_last(campaign)
    undo = diary(campaign)[0].action_id
    build.call(cast.ana, "talked", rating=3)
    undo_action(campaign, undo)
    rows = campaign.connection.execute("SELECT person_id, fits, waits_since FROM target WHERE list_id = ?", (another,))
    last = build.figure(cast.ana, "last_contact")
    assert (cast.ana, 4, last) in rows.fetchall()
    assert faults_of(campaign) == []


def test_what_was_taken_back_and_done_again_says_so_in_the_diary(campaign: Campaign, build: Builder) -> None:
    """The two top lines read “taken back”, and the call stood."""
    build.call(build.person(), "talked")
    for again in (False, True, False, True):
        undo_action(campaign, diary(campaign, limit=1)[0].action_id)
        line = diary(campaign, limit=1)[0]
        assert (line.kind, line.again) == (DeedKind.UNDO, again)
