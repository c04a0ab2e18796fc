"""The made-up campaign is believable: what must be in it is in it, and nothing that could not have happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from organiser_tui.domain.clock import wall
from organiser_tui.domain.ids import IdMaker
from organiser_tui.domain.momentum import Meeting, Sign, group_warnings
from organiser_tui.domain.outcomes import SPOKEN
from organiser_tui.exchange.demo import Plan, made_up_campaign
from organiser_tui.store.facts import LEARNING
from organiser_tui.store.made_up_facts import Batch

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
COUNTRIES = ("SI", "FI", "GB")
Row = dict[str, Any]


def batches(plan: Plan) -> Iterator[Batch]:
    """The made-up campaign of a plan, with ids that are the same each time."""
    return (batch for batches in made_up_campaign(plan, IdMaker(lambda: NOON, Random(7))) for batch in batches)


class Campaign:
    """A made-up campaign as rows by column."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.of: dict[str, list[Row]] = defaultdict(list)
        for batch in batches(plan):
            self.of[batch.table] += [dict(zip(batch.columns, row, strict=True)) for row in batch.rows]
        self.providers = {row["id"]: row for row in self.of["provider"]}
        self.jobs: dict[int, list[Row]] = defaultdict(list)
        for job in self.of["employment"]:
            self.jobs[job["person_id"]].append(job)
        self.contacts: dict[int, list[Row]] = defaultdict(list)
        for contact in self.of["contact"]:
            self.contacts[contact["person_id"]].append(contact)

    def providers_on(self, person: int, day: str) -> set[int]:
        """Where a person worked on a day; an unknown start reaches back without limit."""
        return {
            job["provider_id"]
            for job in self.jobs[person]
            if (job["from_day"] or "") <= day <= (job["to_day"] or "9999")
        }

    def reached(self) -> set[int]:
        """Providers of somebody who had a conversation, or came to an event."""
        told = {row["contact_id"] for table in LEARNING for row in self.of[table]}
        learned = [c for c in self.of["contact"] if c["question"] or c["id"] in told]
        talks = [(c["person_id"], c["day"]) for c in learned if c["outcome"] in SPOKEN]
        came = [(a["person_id"], a["day"]) for a in self.of["attendance"] if a["came"]]
        return {provider for person, day in talks + came for provider in self.providers_on(person, day)}

    def unreached(self) -> list[Row]:
        """Providers with people whom nobody has reached."""
        known = {job["provider_id"] for job in self.of["employment"]} - self.reached()
        return [self.providers[provider] for provider in known]

    def cards(self) -> dict[int, Row]:
        """Where each person's card stands."""
        return {row["person_id"]: row for row in sorted(self.of["card"], key=lambda row: (row["day"], row["id"]))}


@cache
def campaign(country: str, seed: int = 1, people: int = 600, contacts: int = 3000) -> Campaign:
    """A made-up campaign, made once."""
    return Campaign(Plan(country, TODAY, seed, people, contacts))


@pytest.fixture(params=[(country, seed) for country in COUNTRIES for seed in (1, 2, 3)], ids=str)
def demo(request: pytest.FixtureRequest) -> Campaign:
    """The campaign of the default size in each country."""
    return campaign(*request.param)


def test_the_same_seed_and_day_make_the_same_rows_and_another_seed_others() -> None:
    plan = Plan("SI", TODAY, people=200, contacts=800)
    assert list(batches(plan)) == list(batches(plan))
    other = next(batch for batch in batches(plan._replace(seed=2)) if batch.table == "person")
    assert other.rows != next(batch for batch in batches(plan) if batch.table == "person").rows


def test_it_has_the_planned_size(demo: Campaign) -> None:
    assert len(demo.of["person"]) == 600
    assert 2850 <= len(demo.of["contact"]) <= 3150


def test_organisers_get_the_calls_in_their_languages(demo: Campaign) -> None:
    """Codes are separated by spaces: the queue finds none in "sl,en"."""
    spoken = [organiser["languages"].split(" ") for organiser in demo.of["organiser"]]
    assert all(len(code) == 2 for codes in spoken for code in codes)
    assert demo.plan.country == "GB" or any(len(codes) > 1 for codes in spoken)


def test_25_to_45_percent_of_attempts_reach_someone(demo: Campaign) -> None:
    for attempts in (demo.of["contact"], [c for c in demo.of["contact"] if c["channel"] == "call"]):
        spoken = sum(c["outcome"] in SPOKEN for c in attempts)
        assert 0.25 <= spoken / len(attempts) <= 0.45


def test_nothing_happens_before_an_employment_begins_or_after_the_work_was_left(demo: Campaign) -> None:
    left = {row["id"]: row["left_work_on"] or "9999" for row in demo.of["person"]}
    for table in ("contact", "attendance", "ask", "card", "assessment", "invitation"):
        for row in demo.of[table]:
            begun = max((job["from_day"] or "" for job in demo.jobs[row["person_id"]]), default="")
            assert begun <= row["day"] <= left[row["person_id"]], (table, row)


def test_nobody_is_called_before_9_or_from_21_on_nor_today_or_later(demo: Campaign) -> None:
    for contact in demo.of["contact"]:
        moment = wall(contact["at"], demo.plan.zone)
        assert 9 <= moment.hour < 21
        assert contact["day"] == moment.date().isoformat() < TODAY.isoformat()
        assert moment.date() >= TODAY - timedelta(days=182)


def test_hours_hold_over_a_change_to_summer_time() -> None:
    spring = Campaign(Plan("GB", date(2026, 5, 4), people=300, contacts=1500))
    hours = {wall(contact["at"], spring.plan.zone).hour for contact in spring.of["contact"]}
    assert hours == set(range(9, 21))


def test_each_history_rises_in_time_and_keeps_to_the_rests(demo: Campaign) -> None:
    for history in demo.contacts.values():
        moments = [contact["at"] for contact in history]
        assert moments == sorted(set(moments))
        unanswered = Counter(c["day"] for c in history if c["outcome"] == "no answer")
        assert max(unanswered.values(), default=0) <= 2
        ends = [n for n, c in enumerate(history) if c["outcome"] in ("do not contact", "left the work", "deceased")]
        assert ends in ([], [len(history) - 1])


def test_5_to_15_percent_have_two_providers(demo: Campaign) -> None:
    several = sum(len({job["provider_id"] for job in jobs}) == 2 for jobs in demo.jobs.values())
    assert 0.05 <= several / 600 <= 0.15
    assert max(len(jobs) for jobs in demo.jobs.values()) == 2


def test_one_provider_holds_most_early_members(demo: Campaign) -> None:
    members = sorted((row["day"], row["person_id"]) for row in demo.of["card"] if row["state"] == "on file")[:20]
    first = demo.of["provider"][0]["id"]
    early = sum(first in demo.providers_on(person, day) for day, person in members)
    assert early >= 14


def test_four_providers_have_been_reached_by_nobody_though_some_were_tried(demo: Campaign) -> None:
    unreached = demo.unreached()
    assert len(unreached) == 4
    assert {row["kind"] for row in unreached}.isdisjoint({"private employer", "self-employed"})
    tried = Counter(
        contact["outcome"]
        for contact in demo.of["contact"]
        for row in unreached
        if row["id"] in demo.providers_on(contact["person_id"], contact["day"])
    )
    assert tried["no answer"]
    assert tried["refused"]


def test_somebody_who_can_be_counted_on_used_to_work_at_an_unreached_provider(demo: Campaign) -> None:
    hidden = {row["id"] for row in demo.unreached()}
    bridges = {
        job["person_id"] for job in demo.of["employment"] if job["provider_id"] in hidden and job["to_day"] is not None
    }
    (bridge,) = bridges
    assert demo.providers_on(bridge, TODAY.isoformat()).isdisjoint(hidden)
    done = {end["task_id"] for end in demo.of["task_end"] if end["how"] == "done"}
    assert [t for t in demo.of["task"] if t["person_id"] == bridge and t["id"] in done and t["kind"] == "organising"]
    came = [a for a in demo.of["attendance"] if a["person_id"] == bridge]
    assert came
    assert all(a["came"] for a in came)
    assert demo.cards()[bridge]["state"] == "on file"
    known = {tie["other_id"] for tie in demo.of["connection"] if tie["person_id"] == bridge}
    assert [other for other in known if demo.providers_on(other, TODAY.isoformat()) & hidden]


def test_some_are_isolated_and_some_were_not_asked_yet(demo: Campaign) -> None:
    tied = {tie[end] for tie in demo.of["connection"] for end in ("person_id", "other_id")}
    met = {a["person_id"] for a in demo.of["attendance"] if a["came"]}
    asked = {row["id"] for row in demo.of["person"] if row["whom_asked_on"]}
    assert 5 <= len(asked - tied - met) <= 150
    assert len(asked) <= 500


def test_a_group_fades_over_six_meetings_and_has_no_next_date(demo: Campaign) -> None:
    came = Counter(a["event_id"] for a in demo.of["attendance"] if a["came"])
    warnings = {}
    for group in demo.of["meeting_group"]:
        events = sorted((e for e in demo.of["event"] if e["group_id"] == group["id"]), key=lambda e: str(e["starts"]))
        meetings = [
            Meeting(e["starts"][:10], came[e["id"]], e["cancelled_on"] is not None, bool(e["demand_made"]))
            for e in events
        ]
        warnings[group["id"]] = [w.sign for w in group_warnings(meetings, group["rhythm_days"], TODAY)]
        if meetings[-1].cancelled:
            counts = [meeting.came for meeting in meetings]
            assert len(counts) == 7
            assert counts == sorted(counts, reverse=True)
            assert counts[0] >= 10
            assert counts[5] <= 4
            stances = [s for s in demo.of["stance"] if s["provider_id"] == group["provider_id"]]
            assert stances[-1]["stance"] == "hostile"
    assert len(warnings) == 2
    assert sorted(warnings.values()) == [[], [Sign.CANCELLED, Sign.TWO_FALLS, Sign.NO_DEMAND]]


def test_the_workshop_was_invited_to_answered_attended_and_led_to_tasks(demo: Campaign) -> None:
    (workshop,) = (event for event in demo.of["event"] if event["kind"] == "workshop")
    assert (TODAY - timedelta(days=60)).isoformat() < workshop["starts"] < TODAY.isoformat()
    asks = {a["id"] for a in demo.of["ask"] if a["event_id"] == workshop["id"]}
    answers = {a["answer"] for a in demo.of["answer"] if a["ask_id"] in asks}
    invited = [i for i in demo.of["invitation"] if i["event_id"] == workshop["id"]]
    came = {a["came"] for a in demo.of["attendance"] if a["event_id"] == workshop["id"]}
    assert len(invited) == 24
    assert answers == {"yes", "maybe", "no"}
    assert came == {0, 1}
    tasks = {t["id"] for t in demo.of["task"] if t["event_id"] == workshop["id"]}
    assert {end["how"] for end in demo.of["task_end"] if end["task_id"] in tasks} >= {"done", "not done"}


def test_an_event_lies_ahead(demo: Campaign) -> None:
    ahead = {event["kind"] for event in demo.of["event"] if event["starts"][:10] >= TODAY.isoformat()}
    assert ahead == {"meeting", "assembly"}


def test_cards_stand_in_every_state_and_some_forms_are_due_by_the_two_week_rule(demo: Campaign) -> None:
    cards = demo.cards()
    assert {row["state"] for row in cards.values()} >= {
        *("form out", "signed", "on file", "returned incomplete", "ended", "in another union"),
    }
    reminders: dict[int, list[str]] = defaultdict(list)
    for reminder in demo.of["reminder"]:
        reminders[reminder["person_id"]].append(reminder["day"])
    waited = Counter(
        ((TODAY - date.fromisoformat(max([row["day"], *reminders[person]]))).days, len(reminders[person]))
        for person, row in cards.items()
        if row["state"] == "form out"
    )
    assert waited[14, 0] >= 2
    assert waited[14, 1] >= 1
    assert waited[17, 2] >= 1


def test_a_card_goes_step_by_step(demo: Campaign) -> None:
    steps: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in demo.of["card"]:
        steps[row["person_id"]].append((row["day"], row["state"]))
    for taken in steps.values():
        states = [state for _day, state in sorted(taken, key=lambda step: step[0])]
        assert states == [state for _day, state in taken]
        assert states[0] in ("form out", "in another union")
        assert "on file" not in states or states[:3] in (
            ["form out", "signed", "on file"],
            ["form out", "on file"],
        )


def test_follow_ups_are_due_today_at_their_hours_and_some_are_overdue(demo: Campaign) -> None:
    open_ones = [row for row in demo.of["follow_up"] if row["done_on"] is None]
    today = TODAY.isoformat()
    hours = {row["due"][11:] for row in open_ones if row["due"].startswith(today)}
    assert len(hours - {""}) >= 5
    assert {row["kind"] for row in open_ones if row["due"].startswith(today)} == {"promise", "call back"}
    overdue = [row for row in open_ones if row["due"] < today]
    assert 3 <= len(overdue) <= 40
    assert min(row["due"] for row in overdue) >= (TODAY - timedelta(days=7)).isoformat()


def test_promises_fell_due_and_were_kept_or_not_and_some_wait_for_an_answer(demo: Campaign) -> None:
    answers = Counter(row["answer"] for row in demo.of["answer"])
    assert set(answers) >= {"yes", "maybe", "later", "no"}
    assert {row["how"] for row in demo.of["ask_end"]} >= {"kept", "not kept"}
