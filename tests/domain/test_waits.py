"""How long somebody rests after an attempt, to the minute, and over the changes of summer time."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.domain.outcomes import NO_REST, ContactFact, Effect, Rest, Waits, rest_after

ZONE = ZoneInfo("Europe/Ljubljana")
HOUR, DAY = 3600, 86400
LIST, OTHER = 1, 2


def at(text: str) -> int:
    """The instant of a wall time."""
    return wall_instant(datetime.fromisoformat(text), ZONE)


def contact(when: int, effect: str, on: int | None) -> ContactFact:
    return ContactFact(when, wall(when, ZONE).date().isoformat(), effect, False, on)


def rest(*attempts: tuple[str, str], on: int = LIST) -> tuple[str, str]:
    """Until when, as wall time, and why."""
    until, why = rest_after([contact(at(when), effect, on) for when, effect in attempts], ZONE, Waits())
    return wall(until, ZONE).isoformat(timespec="minutes"), why


def no_answers(*days: str, on: int = LIST) -> list[ContactFact]:
    return [contact(at(day), Effect.NO_ANSWER, on) for day in days]


@pytest.mark.parametrize(
    ("effect", "until"),
    [
        (Effect.NO_ANSWER, "2026-11-19T14:00"),
        (Effect.LEFT_MESSAGE, "2026-11-21T10:00"),
        (Effect.NOT_AVAILABLE, "2026-11-20T12:00"),
        (Effect.BUSY, "2026-11-19T10:15"),
        (Effect.REFUSED, "2027-02-17T10:00"),
    ],
)
def test_the_wait_after_one_attempt(effect: Effect, until: str) -> None:
    assert rest(("2026-11-19T10:00", effect)) == (until, effect)


@pytest.mark.parametrize(
    "effect",
    [Effect.CALL_BACK, Effect.WRONG_NUMBER, Effect.DISCONNECTED, Effect.LEFT_THE_WORK],
)
def test_other_outcomes_let_nobody_rest(effect: Effect) -> None:
    assert rest_after([contact(at("2026-11-19T10:00"), effect, LIST)], ZONE, Waits()) == NO_REST


def test_nothing_happened_nobody_rests() -> None:
    assert rest_after([], ZONE, Waits()) == Rest(0, "")


def test_two_unanswered_calls_are_enough_for_a_day() -> None:
    first, second = "2026-11-19T09:00", "2026-11-19T13:30"
    assert rest((first, Effect.NO_ANSWER), (second, Effect.NO_ANSWER))[0] == "2026-11-20T00:00"
    late = "2026-11-19T22:00"
    assert rest((first, Effect.NO_ANSWER), (late, Effect.NO_ANSWER))[0] == "2026-11-20T02:00"
    tomorrow = "2026-11-20T09:00"
    assert rest((first, Effect.NO_ANSWER), (tomorrow, Effect.NO_ANSWER))[0] == "2026-11-20T13:00"


def test_two_a_day_are_counted_over_all_lists() -> None:
    attempts = [*no_answers("2026-11-19T09:00"), *no_answers("2026-11-19T13:30", on=OTHER)]
    assert rest_after(attempts, ZONE, Waits()).until == at("2026-11-20T00:00")


def test_the_sixth_unanswered_call_of_a_list_brings_fourteen_days() -> None:
    days = [f"2026-11-{day:02}T10:00" for day in range(1, 13)]
    assert rest_after(no_answers(*days[:5]), ZONE, Waits()).until == at("2026-11-05T14:00")
    assert rest_after(no_answers(*days[:6]), ZONE, Waits()).until == at("2026-11-20T10:00")
    shared = [*no_answers(*days[:5]), *no_answers(days[5], on=OTHER)]
    assert rest_after(shared, ZONE, Waits()).until == at("2026-11-06T14:00")
    assert rest_after(no_answers(*days), ZONE, Waits()).until == at("2026-11-26T10:00")


def test_the_longest_rest_stands() -> None:
    assert rest(("2026-11-19T10:00", Effect.LEFT_MESSAGE), ("2026-11-19T18:00", Effect.BUSY)) == (
        "2026-11-21T10:00",
        Effect.LEFT_MESSAGE,
    )


@pytest.mark.parametrize(
    ("called", "again"),
    [
        ("2026-11-19T10:00", "2026-11-20T12:00"),
        ("2026-11-19T18:59", "2026-11-20T20:59"),
        ("2026-11-19T19:00", "2026-11-20T09:00"),
        ("2026-11-19T22:30", "2026-11-20T09:00"),
        ("2026-11-19T00:10", "2026-11-20T02:10"),
    ],
)
def test_not_available_is_tried_the_next_day_at_another_hour(called: str, again: str) -> None:
    assert rest((called, Effect.NOT_AVAILABLE))[0] == again


def test_the_day_on_which_summer_time_ends_has_twenty_five_hours() -> None:
    # Four hours are four hours; midnight and "the next day" are those of the wall.
    assert rest(("2026-10-25T01:00", Effect.NO_ANSWER))[0] == "2026-10-25T04:00"
    two = (("2026-10-25T00:05", Effect.NO_ANSWER), ("2026-10-25T19:30", Effect.NO_ANSWER))
    assert rest(*two)[0] == "2026-10-26T00:00"
    edge = no_answers("2026-10-25T00:00", "2026-10-25T23:59")
    assert edge[1].at - edge[0].at > DAY
    assert rest_after(edge, ZONE, Waits()).until == edge[1].at + 4 * HOUR
    assert rest(("2026-10-24T10:00", Effect.NOT_AVAILABLE))[0] == "2026-10-25T12:00"


def test_the_day_on_which_summer_time_begins_has_twenty_three_hours() -> None:
    assert rest(("2026-03-29T01:30", Effect.NO_ANSWER))[0] == "2026-03-29T06:30"
    assert rest(("2026-03-28T10:00", Effect.NOT_AVAILABLE))[0] == "2026-03-29T12:00"
    # Half past two does not come that night: it is half past three.
    assert rest(("2026-03-28T00:30", Effect.NOT_AVAILABLE))[0] == "2026-03-29T03:30"
    assert rest(("2026-03-27T10:00", Effect.LEFT_MESSAGE))[0] == "2026-03-29T11:00"


def test_the_numbers_are_settings() -> None:
    waits = Waits(no_answer=timedelta(hours=1), no_answers_a_day=3, no_answers_a_list=4)
    three = no_answers("2026-11-19T09:00", "2026-11-19T11:00", "2026-11-19T13:00")
    assert rest_after(three[:2], ZONE, waits).until == at("2026-11-19T12:00")
    assert rest_after(three, ZONE, waits).until == at("2026-11-20T00:00")
    assert rest_after([*three, *no_answers("2026-11-20T13:00")], ZONE, waits).until == at("2026-12-04T13:00")


def test_a_hundred_times_as_many_attempts_take_no_more_than_a_hundred_times_as_long() -> None:
    start = at("2020-01-01T10:00")
    attempts = [contact(start + n * DAY // 2, Effect.NO_ANSWER, LIST) for n in range(2000)]

    def seconds(count: int, times: int) -> float:
        began = perf_counter()
        for _n in range(times):
            rest_after(attempts[:count], ZONE, Waits())
        return (perf_counter() - began) / times

    few = min(seconds(20, 50) for _n in range(5))
    many = min(seconds(2000, 1) for _n in range(5))
    assert many < few * 300  # ten thousand times as long were it quadratic


def plain_rests(contacts: list[ContactFact]) -> list[tuple[int, str]]:
    """Every rest that stands, one attempt after the other, as the table of outcomes says it."""
    rests = []
    for n, (moment, _day, effect, _learned, list_id, _personal) in enumerate(contacts, start=1):
        unanswered = [c for c in contacts[:n] if c.effect == Effect.NO_ANSWER]
        today = [c for c in unanswered if wall(c.at, ZONE).date() == wall(moment, ZONE).date()]
        midnight = wall_instant(
            datetime.combine(wall(moment, ZONE).date() + timedelta(days=1), datetime.min.time()), ZONE
        )
        if effect == Effect.NO_ANSWER and len([c for c in unanswered if c.list_id == list_id]) % 6 == 0:
            rests.append((moment + 14 * DAY, effect))
        elif effect == Effect.NO_ANSWER:
            rests.append((max(moment + 4 * HOUR, midnight) if len(today) > 1 else moment + 4 * HOUR, effect))
        elif effect == Effect.NOT_AVAILABLE:
            rests.append((rest_after([contacts[n - 1]], ZONE, Waits()).until, effect))
        elif effect in (Effect.TALKED, Effect.BUSY, Effect.REFUSED, Effect.LEFT_MESSAGE):
            wait = {"talked": DAY, "busy": 900, "refused": 90 * DAY, "left message": 2 * DAY}[effect]
            rests.append((moment + wait, effect))
    return rests


histories = st.lists(
    st.tuples(
        st.integers(0, 40 * DAY),
        st.sampled_from(
            ["no answer"] * 6 + ["not available", "talked", "busy", "refused", "left message", "call back"]
        ),
        st.sampled_from([LIST, LIST, OTHER, None]),
    ),
    max_size=20,
)


@given(histories)
def test_the_rest_is_the_longest_that_any_attempt_asks_for(history: list[tuple[int, str, int | None]]) -> None:
    start = at("2026-10-01T10:00")
    contacts = sorted((contact(start + after, effect, on) for after, effect, on in history), key=lambda c: c.at)
    until = rest_after(contacts, ZONE, Waits()).until
    assert until == max((rest for rest, _why in plain_rests(contacts)), default=0)
