"""The hybrid clock of the journal rises; wall times find their instants through the changes of summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.clock import Stamp, instant, next_stamp, read_stamp, wall, wall_instant

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
LJUBLJANA = ZoneInfo("Europe/Ljubljana")
DEVICE = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("last", "following"),
    [
        (Stamp(0, 0), Stamp(NOW_MS, 0)),
        (Stamp(NOW_MS - 1, 9), Stamp(NOW_MS, 0)),
        (Stamp(NOW_MS, 0), Stamp(NOW_MS, 1)),
        (Stamp(NOW_MS + 5000, 3), Stamp(NOW_MS + 5000, 4)),
        (Stamp(NOW_MS, 0xFFFF), Stamp(NOW_MS + 1, 0)),
    ],
)
def test_the_stamp_after_another(last: Stamp, following: Stamp) -> None:
    assert next_stamp(last, NOW) == following


@given(st.lists(st.integers(-100_000, 100_000), min_size=2))
def test_stamps_rise_as_text_whatever_the_wall_clock_does(moves: list[int]) -> None:
    stamp, at, texts = Stamp(0, 0), NOW, []
    for moved in moves:
        at += timedelta(milliseconds=moved)
        stamp = next_stamp(stamp, at)
        texts.append(stamp.text(DEVICE))
    assert texts == sorted(set(texts))


@given(st.integers(0, 2**41), st.integers(0, 0xFFFF))
def test_a_stamp_is_read_as_it_was_written(ms: int, tick: int) -> None:
    text = Stamp(ms, tick).text(DEVICE)
    assert text.endswith("-01234567")
    assert read_stamp(text) == Stamp(ms, tick)


@given(st.integers(0, 4_000_000_000))
def test_an_instant_comes_back_from_its_wall_time_but_for_the_hour_that_comes_twice(seconds: int) -> None:
    back = wall_instant(wall(seconds, LJUBLJANA), LJUBLJANA)
    assert back in (seconds, seconds - 3600)
    assert wall(back, LJUBLJANA) == wall(seconds, LJUBLJANA)


def test_the_hour_that_comes_twice_is_the_first_and_the_one_that_never_comes_is_the_one_after() -> None:
    twice = wall_instant(datetime(2026, 10, 25, 2, 30), LJUBLJANA)
    assert twice == instant(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    never = wall_instant(datetime(2026, 3, 29, 2, 30), LJUBLJANA)
    assert wall(never, LJUBLJANA) == datetime(2026, 3, 29, 3, 30)
