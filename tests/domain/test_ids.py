"""Ids rise in time, fit into 63 bits and do not collide between copies of a campaign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.ids import IdMaker, word_id

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COUNT_END = 1 << 22


class Clock:
    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def milliseconds(made: int) -> int:
    """The milliseconds since 2024 in an id."""
    return made >> 22


def test_an_id_is_milliseconds_since_2024_and_a_random_count() -> None:
    made = {IdMaker(Clock(), Random(seed)).one() for seed in range(50)}
    assert {milliseconds(one) for one in made} == {(NOW - EPOCH) // timedelta(milliseconds=1)}
    assert len(made) == 50


def test_ids_are_rowids_for_sixty_years_to_come() -> None:
    made = IdMaker(Clock(datetime(2093, 1, 1, tzinfo=UTC)), Random(1)).one()
    assert 0 < made < 2**63


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 400_000)), max_size=30), st.integers())
def test_ids_rise_whatever_the_clock_does(steps: list[tuple[int, int]], seed: int) -> None:
    clock = Clock()
    ids = IdMaker(clock, Random(seed))
    last = -1
    for moved, size in steps:
        clock.at += timedelta(milliseconds=moved)
        block = ids.block(size)
        assert len(block) == size
        assert block[0] > last
        assert milliseconds(block[0]) == milliseconds(block[-1])
        last = block[-1]


def test_a_full_millisecond_is_left_for_the_next() -> None:
    ids = IdMaker(Clock(), Random(1))
    first, second = ids.block(COUNT_END // 2), ids.block(COUNT_END)
    assert milliseconds(second[0]) == milliseconds(first[0]) + 1
    assert (second[0] & (COUNT_END - 1), second[-1] & (COUNT_END - 1)) == (0, COUNT_END - 1)


def test_more_ids_than_a_millisecond_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4194304"):
        IdMaker(Clock(), Random(1)).block(COUNT_END + 1)


def test_a_clock_without_a_battery_makes_no_negative_ids() -> None:
    clock = Clock(datetime(1970, 1, 1, tzinfo=UTC))
    ids = IdMaker(clock, Random(1))
    first = ids.one()
    assert 0 < first < COUNT_END
    clock.at = NOW
    assert milliseconds(ids.one()) == (NOW - EPOCH) // timedelta(milliseconds=1)


def test_the_id_of_a_word_is_the_same_in_every_copy() -> None:
    assert word_id("issue", "pay") == 6812122518490451611
    assert word_id("issue", "pay") != word_id("channel", "pay")
    assert word_id("issue", "plačilo") < 1 << 63
    assert word_id("target", 1, 23) == word_id("target", 1, 23) != word_id("target", 12, 3)
