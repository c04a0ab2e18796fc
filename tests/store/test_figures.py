"""The kept figures are what follows from the rows, whatever was done in whatever order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.dates import Moment
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_action, undo_last
from tests.store.brute_force import COUNTS, BruteForce, live_rows
from tests.store.building import Builder, Clock, copied_campaign

AUTUMN = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)
"""Three days before summer time ends."""
STARTS = (None, -400, -30, -2, 0, 3, 20)
ENDS = (None, None, -60, -1, 0, 2, 40)
REGIONS = (None, "SI034", "SI041")
MUNICIPALITIES = ("081", "052")


def assert_figures_follow(campaign: Campaign) -> None:
    """Compare all that is kept with what brute force makes of the rows."""
    slow = BruteForce(campaign)
    columns = list(slow.figures(next(iter(slow.people)))) if slow.people else []
    kept = campaign.connection.execute(f"SELECT {', '.join(columns or ['person_id'])} FROM person_figures").fetchall()
    held = {row[0]: dict(zip(columns, row, strict=True)) for row in kept}
    assert held.keys() == slow.people.keys()
    wanted = {person: slow.figures(person) for person in slow.people}
    assert [(p, c, held[p][c], wanted[p][c]) for p in held for c in columns if held[p][c] != wanted[p][c]] == []
    reach = campaign.connection.execute(
        f"SELECT person_id, provider_id, region_code, {', '.join(COUNTS)}, last_conversation FROM reach"
    ).fetchall()
    assert sorted(reach) == sorted((person, *row) for person in slow.people for row in slow.reach(person))
    sums = campaign.connection.execute(
        f"SELECT provider_id, region_code, {', '.join(COUNTS)} FROM provider_figures"
    ).fetchall()
    assert {row[:2]: row[2:] for row in sums if any(row[2:])} == slow.sums()
    for target in slow.of["target"]:
        if target["person_id"] in slow.people:
            figures = held[target["person_id"]]
            assert (target["waits_since"], target["next_due"]) == (figures["last_contact"], figures["next_due"])
            assert target["fits"] == slow.fits(target["person_id"])
    on_board = dict(campaign.connection.execute("SELECT stage, people FROM stage_figures WHERE people <> 0").fetchall())
    assert on_board == Counter(row["stage"] for row in wanted.values() if row["stage"])
    assert_lists_follow(campaign, slow, {person: row["blocked"] for person, row in held.items()})
    names = dict(campaign.connection.execute("SELECT id, name FROM person_search").fetchall())
    assert names == {person: slow.name_words(person) for person in slow.people}


def assert_lists_follow(campaign: Campaign, slow: BruteForce, blocked: dict[int, str]) -> None:
    """Count the live targets of each list by hand."""
    wanted: dict[int, list[int]] = {}
    for target in slow.of["target"]:
        if target["person_id"] in blocked:
            state = target["state"]
            if state == "open" and blocked[target["person_id"]]:
                state = "blocked"
            counts = wanted.setdefault(target["list_id"], [0, 0, 0, 0])
            counts[("open", "blocked", "done", "refused").index(state)] += 1
    kept = campaign.connection.execute("SELECT list_id, open, blocked, done, refused FROM list_figures").fetchall()
    assert {list_id: counts for list_id, *counts in kept if any(counts)} == wanted


def test_people_made_in_one_deed_with_what_happened_to_them_are_counted(campaign: Campaign, build: Builder) -> None:
    provider = build.provider("Lipa", "SI042")
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        spoken, member = (deed.insert("person", given=name, family="Novak") for name in ("Maja", "Eva"))
        for person in (spoken, member):
            deed.insert("employment", person_id=person, provider_id=provider)
        when: dict[str, Any] = {"at": int(campaign.now().timestamp()), "day": campaign.today().isoformat(), "timed": 1}
        said: dict[str, Any] = {
            "outcome": "talked",
            "channel": "call",
            "question": 1,
            "organiser_id": campaign.organiser_id,
        }
        deed.insert("contact", person_id=spoken, **when, **said)
        deed.insert("card", person_id=member, state="on file", day=when["day"], organiser_id=campaign.organiser_id)
    assert (build.figure(spoken, "reached"), build.figure(member, "card")) == (1, "on file")
    assert faults_of(campaign) == []
    assert_figures_follow(campaign)


class Step(NamedTuple):
    """One thing that is done; the numbers choose whom and what."""

    what: str
    a: int
    b: int
    c: int
    d: int


class Doing:
    """Does steps in a campaign."""

    def __init__(self, campaign: Campaign, clock: Clock) -> None:
        self.campaign = campaign
        self.clock = clock
        self.build = Builder(campaign)
        self.providers = [self.build.provider(f"Zavod {n}", REGIONS[n % 3]) for n in range(4)]
        self.people: list[int] = []

    def day(self, offset: int | None) -> str | None:
        """A day seen from the start, so that the clock may overtake it."""
        return None if offset is None else (AUTUMN.date() + timedelta(days=offset)).isoformat()

    def live(self, table: str, number: int) -> int | None:
        """The id of one live row of a table."""
        rows = sorted(row["id"] for row in live_rows(self.campaign, table))
        return rows[number % len(rows)] if rows else None

    def do(self, step: Step) -> None:
        """Do one step; what the store refuses is not done."""
        if not self.people and step.what not in ("person", "wait"):
            return
        steps: dict[str, Callable[[Step], Any]] = {
            name[4:]: getattr(self, name) for name in dir(self) if name[:4] == "_do_"
        }
        try:
            steps[step.what](step)
        except OrganiserError:
            assert not self.campaign.connection.in_transaction

    def person(self, number: int) -> int:
        """One of the people made so far."""
        return self.people[number % len(self.people)]

    def _do_person(self, step: Step) -> None:
        with self.campaign.write(DeedKind.ENTER_PERSON) as deed:
            person = deed.insert(
                "person", given="Ana", family=f"Šuštar {len(self.people)}", region_code=REGIONS[step.a % 3],
                work=("assistant", "assistant", "neighbouring service", "assistant")[step.b % 4],
                position=("worker", "worker", "coordinator", "manager")[step.c % 4],
            )  # fmt: skip
            for n in range(step.d % 4):
                deed.insert(
                    "employment", person_id=person, provider_id=self.providers[(step.a + n) % 4],
                    from_day=self.day(STARTS[(step.b + n) % len(STARTS)]),
                    to_day=self.day(ENDS[(step.c + n * n) % len(ENDS)]), region_code=REGIONS[(step.d + n) % 3],
                )  # fmt: skip
            if step.b % 5:
                # Two people in five share a number.
                deed.insert("phone", person_id=person, e164=f"+3867000{step.a % 3}", written="?", kind="")
        self.people.append(person)

    def _do_contact(self, step: Step) -> None:
        outcome = OUTCOMES[step.b % len(OUTCOMES)].effect.value
        moment = Moment(self.clock.at.date() + timedelta(days=step.d % 3), None)
        agreed = moment if outcome == "call back" or step.c % 5 == 0 else None
        past = (self.clock.at.date() - timedelta(days=step.c)).isoformat() if step.d % 4 == 0 else None
        self.build.call(
            self.person(step.a), outcome, day=past, follow_up=agreed,
            rating=step.c % 5 + 1 if step.c % 2 else None,
            phone_id=self.live("phone", step.c) if step.c % 3 == 0 else None,
            channel=("call", "call", "mailing list", "text", "social network")[step.b % 5],
            list_id=self.live("call_list", step.d), do_not_contact=("all", "call", "e-mail")[step.c % 3],
        )  # fmt: skip

    def _do_ask(self, step: Step) -> None:
        today = self.campaign.today().isoformat()
        kind = ("sign", "come")[step.b % 2]
        ask = self.build.insert("ask", person_id=self.person(step.a), kind=kind, day=today)
        if step.c % 2:
            self.build.answer(ask, ("yes", "maybe", "no", "later")[step.d % 4], today)

    def _do_answer(self, step: Step) -> None:
        ask = self.live("ask", step.a)
        if ask is not None:
            today = self.campaign.today().isoformat()
            self.build.answer(ask, ("yes", "maybe", "no", "later")[step.d % 4], today)

    def _do_event(self, step: Step) -> None:
        fields: tuple[dict[str, Any], ...] = (
            {"cancelled_on": self.day(0)}, {"cancelled_on": None}, {"starts": f"{self.day(step.c % 9 - 4)}T18:00"},
            {"recorded_on": self.day(0)}, {"recorded_on": None},
        )  # fmt: skip
        event = self.live("event", step.a)
        if event is None or step.b % 3 == 0:
            self.build.event(f"{self.day(step.c % 9 - 4)}T18:00", recorded_on=self.day(0) if step.d % 2 else None)
        else:
            self.build.change("event", event, **fields[step.d % len(fields)])

    def _do_invite(self, step: Step) -> None:
        event = self.live("event", step.b)
        if event is not None:
            kind = ("come", "come", "bring someone")[step.c % 3]
            today = self.campaign.today().isoformat()
            ask = self.build.insert("ask", person_id=self.person(step.a), kind=kind, day=today, event_id=event)
            self.build.answer(ask, ("yes", "yes", "maybe", "no")[step.d % 4], today)

    def _do_attend(self, step: Step) -> None:
        event = self.live("event", step.b)
        if event is not None:
            day = str(self.build.value("event", event, "starts"))[:10]
            brought = self.person(step.d) if step.d % 3 == 0 else None
            self.build.insert(
                "attendance", person_id=self.person(step.a), event_id=event, day=day, came=int(step.c % 4 > 0),
                excused=int(step.c % 8 == 0), brought_by=brought,
            )  # fmt: skip

    def _do_pledge(self, step: Step) -> None:
        kind = ("pledge", "bring someone", "take a task", "sign")[step.b % 4]
        today = self.campaign.today().isoformat()
        due = self.day(step.c % 8 - 1) if step.c % 3 else None
        ask = self.build.insert("ask", person_id=self.person(step.a), kind=kind, day=today, due=due)
        self.build.answer(ask, "yes", today)

    def _do_task(self, step: Step) -> None:
        due = self.day(step.c % 12 - 3) if step.c % 4 else None
        event = self.live("event", step.b) if step.d % 2 else None
        self.build.insert(
            "task", person_id=self.person(step.a), kind="organising", taken_on=self.day(-3), due=due, event_id=event
        )

    def _do_task_ends(self, step: Step) -> None:
        task = self.live("task", step.a)
        if task is not None:
            person, how = (
                self.build.value("task", task, "person_id"),
                ("done", "late", "not done", "excused")[step.b % 4],
            )
            day = str(self.day(-(step.c * 11) % 420 if step.d % 2 else 0))
            self.build.insert("task_end", person_id=person, task_id=task, how=how, day=day)

    def _do_ask_ends(self, step: Step) -> None:
        ask = self.live("ask", step.a)
        if ask is not None:
            person, how = self.build.value("ask", ask, "person_id"), ("kept", "not kept", "excused")[step.b % 3]
            self.build.insert("ask_end", person_id=person, ask_id=ask, how=how, day=str(self.day(-step.c % 9)))

    def _do_card(self, step: Step) -> None:
        state = ("form out", "form out", "signed", "on file", "ended", "returned incomplete", "none")[step.b % 7]
        self.build.card(self.person(step.a), state, str(self.day(-step.c % 30)), agreed_until=self.day(step.d - 10))

    def _do_reminder(self, step: Step) -> None:
        self.build.insert("reminder", person_id=self.person(step.a), day=self.day(-step.b % 20), channel="e-mail")

    def _do_came(self, step: Step) -> None:
        self.build.came(self.person(step.a), str(self.day(-(step.b * 7) % 420)))

    def _do_tie(self, step: Step) -> None:
        if self.person(step.a) != self.person(step.b):
            self.build.tie(self.person(step.a), self.person(step.b))

    def _do_promise(self, step: Step) -> None:
        kind = ("promise", "call back")[step.c % 2]
        self.build.follow_up(self.person(step.a), f"{self.day(step.b % 6)}T{step.d % 24:02}:30", kind)

    def _do_change(self, step: Step) -> None:
        fields: tuple[dict[str, Any], ...] = (
            {"position": "owner"}, {"position": "worker"}, {"work": "other"}, {"region_code": REGIONS[step.c % 3]},
            {"family": "Žagar"}, {"left_work_on": self.day(-1)}, {"left_work_on": None}, {"whom_asked_on": self.day(0)},
            {"whom_asked_on": self.day(-5)}, {"region_code": None}, {"handed_to": self.campaign.organiser_id},
        )  # fmt: skip
        self.build.change("person", self.person(step.a), **fields[step.b % len(fields)])

    def _do_home(self, step: Step) -> None:
        code = (None, *MUNICIPALITIES)[step.b % 3]
        self.build.change("person", self.person(step.a), municipality_code=code, region_code=None)

    def _do_may_be_contacted(self, step: Step) -> None:
        bar = self.live("barred_channel", step.a)
        if bar is not None and step.b % 2:
            self.build.end("barred_channel", bar)
        elif bar is not None:
            self.build.change("barred_channel", bar, until=self.day(0))

    def _do_safe_only(self, step: Step) -> None:
        said = self.live("safe_channel", step.a)
        if said is not None and step.b % 3 == 0:
            self.build.end("safe_channel", said)
        else:
            self.build.insert("safe_channel", person_id=self.person(step.a), channel=("text", "call")[step.c % 2])

    def _do_provider(self, step: Step) -> None:
        fields = ({"name": f"Novo ime {step.c}"}, {"region_code": REGIONS[step.c % 3]}, {"closed_on": self.day(-1)},
                  {"region_code": None, "municipality_code": MUNICIPALITIES[step.c % 2]})  # fmt: skip
        self.build.change("provider", self.providers[step.a % 4], **fields[step.b % 4])

    def _do_employment(self, step: Step) -> None:
        start, end = STARTS[step.c % len(STARTS)], ENDS[step.d % len(ENDS)]
        self.build.employment(self.person(step.a), self.providers[step.b % 4], self.day(start), self.day(end))

    def _do_job_ends(self, step: Step) -> None:
        employment = self.live("employment", step.a)
        if employment is not None:
            self.build.change("employment", employment, to_day=self.day(ENDS[step.b % len(ENDS)]))

    def _do_gone(self, step: Step) -> None:
        tables = (
            "employment",
            "connection",
            "phone",
            "attendance",
            "card",
            "contact",
            "person",
            "assessment",
            "target",
            *("ask", "answer", "ask_end", "task", "task_end", "event"),
        )
        table = tables[step.a % len(tables)]
        row = self.live(table, step.b)
        if row is not None:
            self.build.end(table, row)

    def _do_list(self, step: Step) -> None:
        self.build.call_list(*self.people[step.a % len(self.people) :])

    def _do_wait(self, step: Step) -> None:
        self.clock.forward(hours=step.a % 30)
        if step.b % 2:
            self.campaign.turn_day()

    def _do_undo(self, step: Step) -> None:
        undo_last(self.campaign)

    def _do_undo_any(self, step: Step) -> None:
        actions = self.campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 8").fetchall()
        undo_action(self.campaign, actions[step.a % len(actions)][0])


WORDS = tuple(name[4:] for name in dir(Doing) if name.startswith("_do_"))
NUMBER = st.integers(0, 40)
STEPS = st.lists(
    st.builds(
        Step, st.sampled_from((*WORDS, "contact", "contact", "person", "person")), NUMBER, NUMBER, NUMBER, NUMBER
    ),
    min_size=4,
    max_size=30,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_figures_are_what_brute_force_makes_of_the_rows(template: Path, steps: list[Step]) -> None:
    clock = Clock(AUTUMN)
    with copied_campaign(template, clock) as campaign:
        doing = Doing(campaign, clock)
        for step in steps:
            doing.do(step)
        campaign.turn_day()
        assert_figures_follow(campaign)
        assert faults_of(campaign) == []
        assert faults_of(campaign) == []
        assert campaign.connection.execute("PRAGMA foreign_key_check").fetchall() == []
