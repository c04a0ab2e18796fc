"""Who brought whom: everybody once, below the one who brought her."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.spread import Brought, Guest, generations


def guest(number: int) -> Guest:
    return Guest(number, f"P{number:02}", "")


def brought(links: list[tuple[int, int]]) -> list[Brought]:
    """By whom, and whom; a day apart."""
    return [Brought(guest(who), guest(by), f"2026-01-{n + 1:02}") for n, (by, who) in enumerate(links)]


def told(*links: tuple[int, int]) -> list[tuple[int, int]]:
    return [(one.id, one.generation) for one in generations(brought(list(links)))]


def test_each_stands_below_the_one_who_brought_her() -> None:
    assert told((1, 2), (2, 3), (1, 4), (5, 6)) == [(1, 0), (2, 1), (3, 2), (4, 1), (5, 0), (6, 1)]


def test_whoever_was_brought_twice_belongs_to_the_first() -> None:
    assert told((1, 3), (2, 3)) == [(1, 0), (3, 1), (2, 0)]


def test_two_who_brought_each_other_are_no_circle() -> None:
    assert told((1, 2), (2, 1)) == [(1, 0), (2, 1)]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda link: link[0] != link[1]), max_size=28))
def test_everybody_stands_there_once_and_one_generation_below(links: list[tuple[int, int]]) -> None:
    tree = generations(brought(links))
    assert sorted(one.id for one in tree) == sorted({person for link in links for person in link})
    last: dict[int, int] = {}
    for one in tree:
        if one.generation:
            above = last[one.generation - 1]
            assert (above, one.id) in links, "somebody who did bring her"
            first = next(by for by, who in links if who == one.id)
            direct = {by for by, who in links if who == one.id}
            assert above == first or len(direct) > 1
        last[one.generation] = one.id
