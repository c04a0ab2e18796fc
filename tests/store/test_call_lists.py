"""Call lists: made, changed, paused, copied and filled up; their targets, one a person and list in every copy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.call_lists import CallListDraft, Goal, ListState, hours_words, rules_words, why_not_called
from organiser_tui.domain.contacts import AskDraft, ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.questions import parse_question
from organiser_tui.store.call_lists import (
    CallListRow,
    call_list,
    change_call_list,
    copy_call_list,
    make_call_list,
    progress_by_organiser,
    refill_call_list,
    set_list_state,
    take_in_before_calling,
    target_states,
)
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue, queue_standing
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.claims import release_claim
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_action, undo_last
from organiser_tui.store.questions import add_question, questions_of
from organiser_tui.store.queue import next_person
from tests.store.building import Builder, Clock, day, opened_by_ana, organiser_named


def test_who_is_put_on_one_list_by_two_organisers_who_are_offline_is_one_target(
    campaign: Campaign, build: Builder, clock: Clock, path: Path, tmp_path: Path
) -> None:
    """Each copy made a row of its own, and a person stands once on a list: they could not be joined."""
    listed, eva = build.call_list(build.person("Maja")), build.person("Eva")
    campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "elsewhere" / "copy.campaign"
    copy.parent.mkdir()
    shutil.copyfile(path, copy)
    with opened_by_ana(copy, clock) as other:
        clock.forward(minutes=5)
        targets = {Builder(file).insert("target", list_id=listed, person_id=eva, fits=0) for file in (campaign, other)}
    assert len(targets) == 1


def test_who_is_taken_off_a_list_and_put_on_again_stands_on_it_once(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva", build.provider())
    listed = build.call_list(maja, eva)
    build.call(maja, "refused", list_id=listed)
    for person, state in ((maja, "refused"), (eva, "open")):
        sql = "SELECT id FROM target WHERE person_id = ? AND list_id = ?"
        (row,) = campaign.connection.execute(sql, (person, listed)).fetchone()
        build.end("target", row)
        assert person not in target_states(campaign, listed, [maja, eva])
        build.call(person, "no answer")
        assert build.insert("target", list_id=listed, person_id=person, fits=0) == row
        assert target_states(campaign, listed, [person]) == {person: state}  # who refused has refused here
        assert faults_of(campaign) == []
    undo_last(campaign)
    assert target_states(campaign, listed, [maja, eva]) == {maja: "refused"}
    build.insert("target", list_id=listed, person_id=eva, fits=0)
    found = call_list(campaign, listed)
    assert found is not None
    assert (found.targets, found.refused) == (2, 1)
    assert faults_of(campaign) == []


def held(campaign: Campaign, list_id: int) -> CallListRow:
    found = call_list(campaign, list_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (CallListDraft(" \u200b"), "needs a name"),
        (CallListDraft("Evening", filter_text="shoe:7"), "shoe"),
        (CallListDraft("E" * 81), "takes 80 letters; these are 81"),
        (CallListDraft("Evening", refills=True), "only by a filter"),
        (CallListDraft("Evening", opens_on="2026-11-20", closes_on="2026-11-19"), "before the first"),
        (CallListDraft("Evening", hours_from="20:00", hours_until="17:00"), "end before they begin"),
        (CallListDraft("Evening", hours_from="20:00", hours_until="20:00"), "end before they begin"),
    ],
)
def test_a_list_that_cannot_be_is_refused_and_stays_as_it_was(
    campaign: Campaign, build: Builder, draft: CallListDraft, said: str
) -> None:
    listed = build.call_list(build.person())
    before = held(campaign, listed)
    for refused in (
        lambda: change_call_list(campaign, listed, draft, before.draft),
        lambda: make_call_list(campaign, draft, [build.person()]),
    ):
        with pytest.raises(OrganiserError, match=said):
            refused()
    assert held(campaign, listed) == before


def test_a_list_is_changed_and_the_change_taken_back(campaign: Campaign, build: Builder) -> None:
    listed = build.call_list(build.person())
    before = held(campaign, listed)
    draft = CallListDraft(
        "Koroška", "workshop", "region:Koroška", True, "2026-11-01", "2026-12-24", "17:00", "20:30"
    )  # fmt: skip
    change_call_list(campaign, listed, draft, before.draft)
    assert held(campaign, listed).draft == draft
    assert undo_last(campaign).what == "Koroška"
    assert held(campaign, listed) == before
    assert faults_of(campaign) == []


def test_nobody_is_served_from_a_list_that_is_paused_closed_or_not_of_this_day(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    listed = build.call_list(build.person())
    draft = held(campaign, listed).draft
    for state in ListState:
        set_list_state(campaign, listed, state, held(campaign, listed).state)
        assert (next_person(campaign, listed) is None) == (state != ListState.OPEN)
    set_list_state(campaign, listed, ListState.OPEN, held(campaign, listed).state)
    for opens, closes, served in (
        *((day(0, clock), None, True), (day(1, clock), None, False), (None, day(0, clock), True)),
        *((None, day(-1, clock), False), (day(-3, clock), day(3, clock), True)),
    ):
        change_call_list(
            campaign, listed, replace(draft, opens_on=opens, closes_on=closes), held(campaign, listed).draft
        )
        row = held(campaign, listed)
        assert (next_person(campaign, listed) is not None) == served
        assert (why_not_called(row.state, row.draft.opens_on, row.draft.closes_on, campaign.today()) == "") == served


def test_the_hours_of_a_list_hold_instead_of_those_of_the_campaign(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    listed = build.call_list(build.person())
    was = held(campaign, listed).draft
    change_call_list(campaign, listed, CallListDraft("Evening", hours_from="17:00", hours_until="20:00"), was)
    assert next_person(campaign, listed) is None  # it is ten o'clock
    clock.forward(hours=8)
    assert next_person(campaign, listed) is not None
    row = held(campaign, listed)
    assert hours_words(row.draft.hours_from, row.draft.hours_until) == "17:00–20:00"


def test_a_copy_calls_everybody_anew_and_leaves_the_list_alone(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    listed = build.call_list(maja, eva)
    build.call(maja, "refused", list_id=listed)
    was = held(campaign, listed).draft
    change_call_list(campaign, listed, CallListDraft("Evening", "workshop", hours_from="17:00"), was)
    set_list_state(campaign, listed, ListState.CLOSED, held(campaign, listed).state)
    for asked in ("Can you come? [y/n]", "When? [mornings/nights]"):
        add_question(campaign, listed, parse_question(asked))
    copy = copy_call_list(campaign, listed, "Again")
    drafts = [[question.draft for question in questions_of(campaign, one)] for one in (listed, copy)]
    assert len(drafts[0]) == 2 and drafts[0] == drafts[1]
    assert target_states(campaign, copy, [maja, eva]) == {maja: "open", eva: "open"}
    assert target_states(campaign, listed, [maja, eva]) == {maja: "refused", eva: "open"}
    made = held(campaign, copy)
    assert (made.name, made.draft.purpose, made.draft.hours_from, made.state) == ("Again", "workshop", "17:00", "open")
    assert faults_of(campaign) == []


def test_the_copy_of_a_list_that_has_ended_can_be_called_through(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """The copy kept the last day and had ended before anybody could be called."""
    listed = build.call_list(build.person())
    build.change("call_list", listed, opens_on=day(-9, clock), closes_on=day(-2, clock))
    copy = copy_call_list(campaign, listed, "Again")
    assert next_person(campaign, copy) is not None
    build.change("call_list", listed, closes_on=day(2, clock))
    assert held(campaign, copy_call_list(campaign, listed, "Third")).draft.closes_on == day(2, clock)


def test_what_is_taken_in_before_calling_is_no_deed_of_the_organisers(campaign: Campaign, build: Builder) -> None:
    """U took back who had been taken in, not the call before; and whoever was taken off came back each time."""
    lipa = build.provider("Lipa")
    maja, off = build.person("Maja", lipa), build.person("Ines", lipa)
    listed = make_call_list(campaign, CallListDraft("Lipa", filter_text="provider:Lipa", refills=True), [maja, off])
    build.end("target", campaign.connection.execute("SELECT id FROM target WHERE person_id = ?", (off,)).fetchone()[0])
    eva = build.person("Eva", lipa)
    build.call(maja, "no answer", list_id=listed)
    assert take_in_before_calling(campaign, listed) == 1
    assert target_states(campaign, listed, [maja, off, eva]) == {maja: "open", eva: "open"}
    assert undo_last(campaign).what == "Maja Novak: no answer"
    assert take_in_before_calling(campaign, listed) == 0
    set_list_state(campaign, listed, ListState.PAUSED, "open")
    build.person("Nika", lipa)
    assert take_in_before_calling(campaign, listed) == 0
    assert faults_of(campaign) == []


def test_a_list_that_is_taken_back_meanwhile_is_not_filled_up(campaign: Campaign, build: Builder) -> None:
    """Another window had taken the list back: its people were put on a list that nobody sees."""
    lipa = build.provider("Lipa")
    listed = make_call_list(campaign, CallListDraft("Lipa", filter_text="provider:Lipa"), [build.person("Maja", lipa)])
    undo_last(campaign)
    eva = build.person("Eva", lipa)
    for fill in (refill_call_list, partial(copy_call_list, name="Again")):
        with pytest.raises(OrganiserError, match="no longer in the file"):
            fill(campaign, list_id=listed)
    assert take_in_before_calling(campaign, listed) == 0
    assert target_states(campaign, listed, [eva]) == {}


def test_a_list_takes_in_who_has_come_to_fit_its_filter_once(campaign: Campaign, build: Builder) -> None:
    lipa = build.provider("Lipa")
    maja, eva, taken_off = build.person("Maja", lipa), build.person("Eva"), build.person("Ines", lipa)
    listed = make_call_list(campaign, CallListDraft("Lipa", filter_text="provider:Lipa"), [maja, taken_off])
    sql = "SELECT id FROM target WHERE person_id = ?"
    build.end("target", campaign.connection.execute(sql, (taken_off,)).fetchone()[0])
    build.call(maja, "refused", list_id=listed)
    build.employment(eva, lipa)
    people = [maja, eva, taken_off]
    assert refill_call_list(campaign, listed) == 2
    assert target_states(campaign, listed, people) == {maja: "refused", eva: "open", taken_off: "open"}
    assert refill_call_list(campaign, listed) == 0
    assert faults_of(campaign) == []
    assert undo_last(campaign).what == "Lipa"  # not the first of those who were put on it
    assert target_states(campaign, listed, people) == {maja: "refused"}
    with pytest.raises(OrganiserError, match="no filter"):
        refill_call_list(campaign, build.call_list(maja))


def test_what_is_left_of_a_list_moves_with_every_call_and_every_undo(campaign: Campaign, build: Builder) -> None:
    people = [build.person(name) for name in ("Maja", "Eva", "Ines", "Nika")]
    listed = build.call_list(*people)
    maja, eva, ines, nika = people

    def counts() -> tuple[int, int, int, int, int]:
        row = held(campaign, listed)
        assert faults_of(campaign) == []
        return row.targets, row.left, row.done, row.refused, row.blocked

    assert counts() == (4, 4, 0, 0, 0)
    build.call(maja, "talked", list_id=listed)
    build.call(eva, "refused", list_id=listed)
    build.call(ines, "do not contact", list_id=listed)
    assert counts() == (4, 1, 1, 2, 0)
    undo_last(campaign)
    assert counts() == (4, 2, 1, 1, 0)
    build.change("phone", build.first_phone(nika), standing="wrong")
    assert counts() == (4, 1, 1, 1, 1)
    build.end("person", nika)
    assert counts() == (3, 1, 1, 1, 0)
    undo_last(campaign)
    assert counts() == (4, 1, 1, 1, 1)


def test_a_list_whose_figures_were_tampered_with_is_told(campaign: Campaign, build: Builder) -> None:
    listed = build.call_list(build.person("Maja"))
    campaign.connection.execute("UPDATE list_figures SET done = 5")
    assert any("list_figures" in fault and str(listed) in fault for fault in faults_of(campaign))
    campaign.connection.execute("UPDATE list_figures SET done = 0")
    campaign.connection.execute("UPDATE target SET counted = 3")
    assert any("target.counted" in fault for fault in faults_of(campaign))
    campaign.connection.execute("UPDATE target SET counted = 1")
    campaign.connection.execute("INSERT INTO list_figures (list_id, open) VALUES (7, 1)")
    assert any("list_figures" in fault and " 7" in fault for fault in faults_of(campaign))


def test_what_another_window_has_set_meanwhile_stays(campaign: Campaign, build: Builder) -> None:
    """Whoever saved last took back the purpose that the other had written."""
    listed = build.call_list(build.person())
    seen = held(campaign, listed).draft
    change_call_list(campaign, listed, replace(seen, purpose="workshop"), seen)
    change_call_list(campaign, listed, replace(seen, name="Monday"), seen)
    after = held(campaign, listed)
    assert (after.name, after.draft.purpose) == ("Monday", "workshop")
    set_list_state(campaign, listed, ListState.CLOSED, "open")
    with pytest.raises(OrganiserError, match="Another window has changed Monday"):
        set_list_state(campaign, listed, ListState.PAUSED, "open")
    assert held(campaign, listed).state == "closed"


@pytest.mark.parametrize(
    ("goal", "talk", "done"),
    [
        ("talked", {}, True),
        ("learned", {}, False),
        ("learned", {"rating": 2}, True),
        ("asked", {"rating": 2}, False),
        ("asked", {"ask": AskDraft("sign")}, True),
        ("yes", {"ask": AskDraft("sign", "maybe")}, False),
        ("yes", {"ask": AskDraft("sign", "yes")}, True),
    ],
)
def test_somebody_is_done_on_a_list_when_its_goal_is_met(
    campaign: Campaign, build: Builder, goal: str, talk: dict[str, Any], done: bool
) -> None:
    person = build.person("Maja")
    listed = make_call_list(campaign, CallListDraft("L", goal=goal), [person])
    build.call(person, "talked", list_id=listed, **talk)
    assert target_states(campaign, listed, [person]) == {person: "done" if done else "open"}
    assert [held(campaign, listed).done, held(campaign, listed).left] == [int(done), int(not done)]


def test_nobody_is_called_within_the_cooldown_of_a_list_by_anyone_on_any_list(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    maja, eva = build.person("Maja", phone="+38641123456"), build.person("Eva", phone="+38641123456")
    other = build.call_list(maja)
    listed = make_call_list(campaign, CallListDraft("Calm", cooldown_days=3), [maja, eva])
    build.call(maja, "busy", list_id=other)
    tried = int(clock().timestamp())
    clock.forward(days=2, hours=23)
    assert next_person(campaign, listed) is None
    assert list(everyone_in_queue(campaign, listed, [eva])) == [Blocked(eva, "cooldown", tried + 3 * 86400)]
    assert next_person(campaign, other) is not None  # the other list asks for no more than a quarter of an hour
    build.follow_up(maja, day(0, clock), "promise")  # what is promised is kept
    served = next_person(campaign, listed)
    assert served is not None and served.person_id == maja
    release_claim(campaign)
    clock.forward(hours=1)
    assert {entry.person_id for entry in everyone_in_queue(campaign, listed) if isinstance(entry, Ready)} == {maja, eva}


def test_a_list_is_called_by_those_who_are_named_and_says_who_did_what(
    campaign: Campaign, build: Builder, path: Path, clock: Clock
) -> None:
    ana, boris = organiser_named(campaign, "Ana"), organiser_named(campaign, "Boris")
    maja, eva = build.person("Maja"), build.person("Eva")
    listed = make_call_list(campaign, CallListDraft("L", callers=(boris,)), [maja, eva])
    assert next_person(campaign, listed) is None
    assert queue_standing(campaign, listed).blocked == {"needs organiser": 2}
    was = held(campaign, listed).draft
    assert was.callers == (boris,)
    change_call_list(campaign, listed, replace(was, callers=(ana, boris)), was)
    assert next_person(campaign, listed) is not None
    build.call(maja, "no answer", list_id=listed)
    build.call(eva, "talked", list_id=listed)
    campaign.organiser_id = boris
    build.call(maja, "busy", list_id=listed)
    assert progress_by_organiser(campaign, listed) == [("Ana", 2, 1), ("Boris", 1, 0)]
    campaign.organiser_id = ana
    undo_action(campaign, diary(campaign)[3].action_id)
    assert held(campaign, listed).draft.callers == (boris,)
    assert held(campaign, copy_call_list(campaign, listed, "Again")).draft.callers == (boris,)
    assert faults_of(campaign) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"hours_from": "25:00"}, "“25:00” is no hour"), ({"hours_until": "7"}, "no hour"), ({"goal": "-1"}, "no goal")],
)
def test_a_list_takes_no_hour_or_goal_that_is_none(campaign: Campaign, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(OrganiserError, match=said):
        CallListDraft("Evening", **wrong).checked()


def test_what_a_list_asks_for_stands_in_words(clock: Clock) -> None:
    """The last day and the cooldown stood nowhere once the form was closed."""
    draft = CallListDraft("A", hours_from="17:00", closes_on=day(6, clock), cooldown_days=3, refills=True, goal="yes")
    words = rules_words(draft, date.fromisoformat(day(0, clock)))
    assert words[0] == "from 17:00" and words[1].startswith("until ")
    assert words[2:] == ("3 days between two tries", "takes in who comes to fit its filter", "done when said yes")
    opens = replace(draft, opens_on=day(2, clock), closes_on=None, hours_from=None)
    assert rules_words(opens, date.fromisoformat(day(0, clock)))[0].startswith("from ")
    assert rules_words(opens, date.fromisoformat(day(2, clock)))[0] == "3 days between two tries"


def test_whoever_talks_without_meeting_the_goal_is_told_that_she_stays_on_the_list(
    campaign: Campaign, build: Builder
) -> None:
    person = build.person()
    listed = make_call_list(campaign, CallListDraft("Sign", goal="asked"), [person])
    logged = log_contact(campaign, ContactDraft(person, "talked", list_id=listed, rating=2))
    assert logged.unmet is Goal.ASKED
    logged = log_contact(campaign, ContactDraft(person, "talked", list_id=listed, ask=AskDraft("sign", "later")))
    assert logged.unmet is None
    assert log_contact(campaign, ContactDraft(person, "talked", list_id=listed, rating=2)).unmet is None  # she is done
