"""Who is served next is the first by the numbered rules, and nobody is served twice at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.queue import CLAIM_SECONDS, because
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue, queue_standing
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.claims import release_claim
from organiser_tui.store.history import undo_last
from organiser_tui.store.queue import hold_person, next_person, served_as
from organiser_tui.store.queue_order import set_queue_order
from tests.store.brute_force import BruteForce
from tests.store.building import Builder, Clock, copied_campaign, day, organiser_named
from tests.store.test_figures import AUTUMN, STEPS, Doing, Step


def claims(campaign: Campaign) -> list[dict[str, Any]]:
    """Every claim, as it stands in the file."""
    cursor = campaign.connection.execute("SELECT person_id, window, until FROM claim")
    return [dict(zip(("person_id", "window", "until"), row, strict=True)) for row in cursor]


def ready_by_brute_force(campaign: Campaign, list_id: int | None) -> list[tuple[int, int]]:
    """Person and rule of everybody who can be called now, in the order in which they are served."""
    slow, order = BruteForce(campaign), campaign.queue_order
    now, wall = int(campaign.now().timestamp()), campaign.wall_now()
    moment, hour = wall.isoformat(timespec="minutes"), f"{wall:%H:%M}"
    targets = {row["person_id"] for row in slow.of["target"] if row["list_id"] == list_id and row["state"] == "open"}
    found = []
    everyone = {"cooldown_days": 0, "hours_from": None, "hours_until": None, "state": "open"}
    (held,) = [one for one in slow.of["call_list"] if one["id"] == list_id] or [everyone]
    callers = {row["organiser_id"] for row in slow.of["list_caller"] if row["list_id"] == list_id}
    if held["state"] != "open" or (callers and campaign.organiser_id not in callers):
        return []
    in_calls = {
        row["person_id"]
        for row in claims(campaign)
        if row["window"] != campaign.window and now < row["until"] <= now + 30 * 60
    }
    in_calls |= {other for person in in_calls for other in slow.on_her_numbers(person)}
    for person, row in slow.people.items():
        if slow.cools(person, held["cooldown_days"]) > now or person in in_calls:
            continue
        opens = max(row["call_from"] or "", held["hours_from"] or "")
        allowed = opens <= hour < min(row["call_until"] or "24:00", held["hours_until"] or "24:00")
        if (list_id is not None and person not in targets) or slow.blocked(person) or not allowed:
            continue
        if max(slow.rest(person), slow.number_rests(person)) > now or row["call_language"] not in ("", "sl", "en"):
            continue
        contacts = slow.contacts(person)
        last = contacts[-1]["at"] if contacts else 0
        fits = {3: 1, 4: 2, 5: 4, 6: 0}
        own = [rule for rule, bit in fits.items() if rule in order and slow.fits(person) & bit == bit]
        places = [(min(map(order.index, own)), 0, "", last, person)]
        for promise in slow.open_promises(person):
            # A promise for a day is due all day.
            if promise["due"][:10] < moment[:10] or promise["due"] <= moment:
                rule = 1 if promise["kind"] == "call back" else 2
                others = int(promise["organiser_id"] != campaign.organiser_id)
                places.append((order.index(rule), others, promise["due"], last, person))
        found.append(min(places))
    return [(person, order[place]) for place, _others, _due, _last, person in sorted(found)]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, seed=st.integers(0, 99))
def test_the_person_served_is_the_first_by_brute_force(template: Path, steps: list[Step], seed: int) -> None:
    clock, random = Clock(AUTUMN), Random(seed)
    with copied_campaign(template, clock) as campaign:
        doing = Doing(campaign, clock)
        for step in (*STARTERS, *steps):
            doing.do(step)
        for person in doing.people[::3]:
            doing.build.change("person", person, call_from="09:00", call_until=random.choice(("12:00", "20:00")))
        for _n in range(4):
            person = random.choice(doing.people)
            organiser = organiser_named(campaign, random.choice(("Ana", "Boris")))
            kind = random.choice(("promise", "call back"))
            moment = campaign.wall_now() + timedelta(minutes=random.choice((-600, -60, -60, 0, 30)))
            due = moment.isoformat(timespec="minutes")[: random.choice((10, 16))]
            doing.build.follow_up(person, due, kind, organiser)
        campaign.turn_day()
        if seed % 3:
            order = random.sample((1, 2, 3, 4, 5), 5)
            set_queue_order(campaign, [*(rule for rule in order if rule < 3 or random.random() < 0.7), 6])
        some = doing.live("call_list", seed)
        if some is not None:
            doing.build.change("call_list", some, cooldown_days=random.choice((0, 0, 1, 30)))
            opens, closes = random.choice(((None, None), (None, None), ("10:30", None), ("08:00", "12:00")))
            doing.build.change("call_list", some, hours_from=opens, hours_until=closes)
            doing.build.change("call_list", some, state=random.choice(("open", "open", "open", "paused")))
            for name in random.choice(((), (), ("Boris",), ("Ana", "Boris"))):
                doing.build.insert("list_caller", list_id=some, organiser_id=organiser_named(campaign, name))
        other = open_campaign(campaign.path, clock)
        in_call = random.choice(doing.people)
        if random.random() < 0.5 and doing.build.value("person", in_call, "gone_by") is None:
            hold_person(other, None, in_call)
            if random.random() < 0.2:
                other.connection.execute("UPDATE claim SET until = until + ?", (random.choice((-1800, 86400)),))
        for listed in (None, some):
            wanted = ready_by_brute_force(campaign, listed)
            served: list[tuple[int, int]] = []
            while (found := next_person(campaign, listed, [person for person, _rule in served])) is not None:
                served.append((found.person_id, found.rule))
            assert served == wanted
            release_claim(campaign)
            shown = [entry for entry in everyone_in_queue(campaign, listed) if isinstance(entry, Ready)]
            assert [(entry.person_id, entry.rule) for entry in shown] == wanted
            assert [served.rule for served in served_as(campaign, shown).values()] == [rule for _p, rule in wanted]
        other.close()


STARTERS = (
    Step("person", 1, 1, 1, 1),
    Step("person", 2, 1, 1, 2),
    Step("person", 3, 6, 2, 3),
    Step("person", 1, 3, 1, 0),
    Step("person", 2, 8, 1, 1),
    Step("list", 0, 0, 0, 0),
)


def people_served(campaign: Campaign, listed: int | None = None) -> list[int]:
    """Everybody who is served when each is skipped."""
    served: list[int] = []
    while (found := next_person(campaign, listed, served)) is not None:
        served.append(found.person_id)
    release_claim(campaign)
    return served


def test_the_six_rules_in_their_order(campaign: Campaign, build: Builder, clock: Clock) -> None:
    lipa, hrast = build.provider("Lipa"), build.provider("Hrast")
    oldest, undecided, isolated, unreached, promised, call_back = (
        build.person(name, hrast if name == "Unreached" else lipa)
        for name in ("Oldest", "Undecided", "Isolated", "Unreached", "Promised", "Called back")
    )
    build.call(oldest, "talked", rating=2)
    build.insert("assessment", person_id=undecided, rating=3, day=day(-3, clock))
    build.change("person", isolated, whom_asked_on=day(-3, clock))
    build.follow_up(promised, day(2, clock))
    build.follow_up(call_back, f"{day(2, clock)}T10:00", "call back")
    clock.forward(days=2)
    listed = build.call_list(oldest, undecided, isolated, unreached, promised, call_back)
    for queue_of in (None, listed):
        assert people_served(campaign, queue_of) == [call_back, promised, unreached, isolated, undecided, oldest]


def test_the_order_is_changed_and_the_change_taken_back(campaign: Campaign, build: Builder, clock: Clock) -> None:
    lipa = build.provider("Lipa")
    undecided, isolated, unreached = build.person("Undecided"), build.person("Isolated"), build.person("New", lipa)
    build.insert("assessment", person_id=undecided, rating=3, day=day(-1, clock))
    build.change("person", isolated, whom_asked_on=day(-1, clock))
    build.follow_up(isolated, day(0, clock), "promise")
    usual = [isolated, unreached, undecided]
    assert people_served(campaign) == usual
    set_queue_order(campaign, (5, 1, 2, 3, 6))
    assert people_served(campaign) == [undecided, isolated, unreached]
    served = next_person(campaign, None)
    assert served is not None
    assert because(served, campaign.today(), campaign.queue_order).endswith("(rule 1)")
    release_claim(campaign)
    for wrong in ((1, 2, 3), (1, 1, 2, 6), (1, 2, 9, 6), (1, 2, 6, 3), ()):
        with pytest.raises(OrganiserError):
            set_queue_order(campaign, wrong)
    undo_last(campaign)
    assert people_served(campaign) == usual
    set_queue_order(campaign, (2, 1, 6))
    assert campaign.queue_order == (2, 1, 6)
    assert faults_of(campaign) == []


def test_own_promises_come_before_those_of_others(campaign: Campaign, build: Builder, clock: Clock, boris: int) -> None:
    his, hers = build.person(), build.person()
    build.follow_up(his, day(-2, clock), organiser=boris)
    build.follow_up(hers, day(-1, clock))
    assert people_served(campaign) == [hers, his]
    campaign.organiser_id = boris
    assert people_served(campaign) == [his, hers]


def test_ties_go_to_the_oldest_contact_then_to_the_lower_id(campaign: Campaign, build: Builder, clock: Clock) -> None:
    first, second, third, never = (build.person(name) for name in "ABCD")
    for person in (third, first, second):
        build.call(person, "busy")
        clock.forward(minutes=1 if person == third else 0)
    clock.forward(hours=1)
    assert people_served(campaign) == [never, third, first, second]
    for person in (first, second, third, never):
        build.follow_up(person, day(0, clock))
    assert people_served(campaign) == [never, third, first, second]


def test_a_promise_for_a_day_is_due_all_day(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    build.follow_up(person, day(1, clock))
    at = build.person("Eva")
    build.follow_up(at, f"{day(1, clock)}T18:00")
    clock.at = datetime(2026, 11, 19, 22, 59, tzinfo=UTC)
    assert [served.rule for served in [next_person(campaign, None)] if served] == [6]
    clock.at = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)  # midnight in Ljubljana
    assert [entry.rule for entry in everyone_in_queue(campaign, None) if isinstance(entry, Ready)] == [2, 6]
    clock.at = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert [entry.rule for entry in everyone_in_queue(campaign, None) if isinstance(entry, Ready)] == [2, 2]


def test_what_was_promised_for_tomorrow_morning_comes_tomorrow_morning(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    person = build.person()
    clock.at = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    build.call(person, "talked", rating=2, follow_up="2026-11-20T10:00")
    clock.at = datetime(2026, 11, 20, 8, 59, tzinfo=UTC)
    assert next_person(campaign, None) is None
    clock.at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    served = next_person(campaign, None)
    assert served is not None
    assert (served.person_id, served.rule, served.due) == (person, 2, "2026-11-20T10:00")


def test_a_call_back_that_came_with_a_list_waits_for_its_hour(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person()
    build.follow_up(person, f"{day(0, clock)}T18:00", "call back")
    assert next_person(campaign, None) is None
    clock.forward(hours=8)
    assert next_person(campaign, None) is not None


def test_a_work_number_is_not_served_unless_she_allowed_it(campaign: Campaign, build: Builder) -> None:
    person = build.person(phone=None)
    build.phone(person, "+38670111222", kind="work")
    assert next_person(campaign, None) is None
    assert queue_standing(campaign, None).blocked == {"no usable number": 1}
    build.change("person", person, work_numbers=1)
    assert next_person(campaign, None) is not None


def test_whoever_is_safe_only_by_other_channels_is_not_called(campaign: Campaign, build: Builder) -> None:
    """Only texts were safe for her, and she was served for a call."""
    person = build.person()
    text = build.insert("safe_channel", person_id=person, channel="text")
    assert next_person(campaign, None) is None
    assert queue_standing(campaign, None).blocked == {"calls not safe": 1}
    call = build.insert("safe_channel", person_id=person, channel="call")
    assert next_person(campaign, None) is not None
    build.end("safe_channel", call)
    assert next_person(campaign, None) is None
    build.end("safe_channel", text)
    assert next_person(campaign, None) is not None


@pytest.mark.parametrize("position", ["manager", "owner"])
def test_a_manager_is_served_only_when_chosen_by_name(campaign: Campaign, build: Builder, position: str) -> None:
    person = build.person(position=position)
    listed = build.call_list(person)
    assert next_person(campaign, listed) is None
    held = hold_person(campaign, listed, person)
    assert held is not None and held.person_id == person


def test_own_hours_and_those_of_the_list_hold_back(campaign: Campaign, build: Builder, clock: Clock) -> None:
    person = build.person(call_from="17:00", call_until="20:00")  # it is ten o'clock
    listed = build.call_list(person)
    zone = ZoneInfo("Europe/Ljubljana")
    assert next_person(campaign, listed) is None
    at_five = int(datetime(2026, 11, 19, 17, tzinfo=zone).timestamp())
    assert queue_standing(campaign, listed) == (0, {"outside hours": 1}, at_five)
    build.change("call_list", listed, hours_from="18:00")
    at_six = int(datetime(2026, 11, 19, 18, tzinfo=zone).timestamp())
    assert queue_standing(campaign, listed).frees_at == at_six
    clock.at = datetime.fromtimestamp(at_six, UTC)
    assert next_person(campaign, listed) is not None
    clock.at = datetime(2026, 11, 19, 20, tzinfo=zone)
    assert next_person(campaign, listed) is None
    assert queue_standing(campaign, listed).frees_at == at_six + 86400
    build.change("call_list", listed, hours_until="18:00")
    assert queue_standing(campaign, listed).frees_at == 0


def test_who_rests_into_the_night_frees_up_in_the_morning(campaign: Campaign, build: Builder, clock: Clock) -> None:
    build.insert("setting", name="calls_from", value="09:00")
    build.insert("setting", name="calls_until", value="20:00")
    person = build.person()
    clock.at = datetime(2026, 11, 19, 18, tzinfo=UTC)
    build.call(person, "no answer")
    morning = int(datetime(2026, 11, 20, 8, tzinfo=UTC).timestamp())
    assert queue_standing(campaign, None) == (0, {"cooldown": 1}, morning)


def test_the_standing_adds_up_and_says_when_the_next_frees_up(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    ready, claimed, busy, unanswered, later, gone, barred, manager = (build.person(name) for name in "ABCDEFGH")
    other = open_campaign(path, clock)
    hold_person(other, None, claimed)
    build.call(busy, "busy")
    build.call(unanswered, "no answer")
    build.call(later, "call back", follow_up=f"{day(1, clock)}T18:00")
    build.call(gone, "wrong number")
    build.call(barred, "do not contact")
    build.change("person", manager, position="manager")
    everyone = list(everyone_in_queue(campaign, None))
    standing = queue_standing(campaign, None)
    now = int(clock().timestamp())
    assert standing.ready == 1 and ready in [entry.person_id for entry in everyone if isinstance(entry, Ready)]
    assert standing.blocked == {
        "claimed": 1, "cooldown": 2, "call back later": 1, "no usable number": 1, "do not contact": 1, "position": 1,
    }  # fmt: skip
    assert standing.ready + sum(standing.blocked.values()) == len(everyone) == 8
    assert standing.frees_at == now + 15 * 60
    blocked = {entry.person_id: entry.until for entry in everyone if isinstance(entry, Blocked)}
    assert (blocked[claimed], blocked[unanswered], blocked[gone]) == (now + CLAIM_SECONDS, now + 4 * 3600, 0)
    other.close()


def test_nobody_is_tried_on_a_number_on_which_somebody_else_was_just_tried(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """A couple with one telephone: one of them does not answer, and the other was served half a minute later."""
    wife, husband = build.person("Ana", phone="+38641123456"), build.person("Bor", phone="+38641123456")
    build.call(wife, "no answer")
    assert people_served(campaign) == []
    in_four_hours = int(clock().timestamp()) + 4 * 3600
    assert list(everyone_in_queue(campaign, None, [husband])) == [Blocked(husband, "cooldown", in_four_hours)]
    assert queue_standing(campaign, None) == (0, {"cooldown": 2}, in_four_hours)
    clock.forward(hours=4)
    assert sorted(people_served(campaign)) == sorted([wife, husband])
    build.call(wife, "refused")  # for herself alone; the number rests as after a word spoken
    assert people_served(campaign) == []
    clock.forward(hours=24)
    assert people_served(campaign) == [husband]


def test_who_looks_at_a_list_that_is_not_called_today_is_told_so(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """A paused list said that everybody on it could be called now."""
    person, barred = build.person("A"), build.person("B")
    build.call(barred, "do not contact")
    listed = build.call_list(person, barred)
    build.change("call_list", listed, state="paused")
    assert list(everyone_in_queue(campaign, listed)) == [
        Blocked(person, "list not open", 0),
        Blocked(barred, "do not contact", 0),
    ]
    build.change("call_list", listed, state="open", opens_on=day(2, clock), hours_from="17:00")
    opens = int(datetime(2026, 11, 21, 16, tzinfo=UTC).timestamp())
    assert queue_standing(campaign, listed) == (0, {"list not open": 1, "do not contact": 1}, opens)
