"""The balance of a committee, beside a recount by brute force over every slate there is."""

from __future__ import annotations

import time
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.committee import (
    Candidate,
    Rule,
    RuleKind,
    Share,
    balance,
    balanced,
    mended,
    parse_share,
    shares_of_genders,
    why_none,
)
from organiser_tui.domain.errors import OrganiserError

THIRD = Share(1, 3)
TERMS = Rule(RuleKind.TERMS, most_terms=2)


def usual(people: list[Candidate]) -> list[Rule]:
    others = [Rule(RuleKind.REGION, THIRD, "Middle"), Rule(RuleKind.EMPLOYER, THIRD, "Big"), TERMS]
    return [*shares_of_genders(THIRD, people), *others]


def recounted(slate: list[Candidate]) -> bool:
    """By hand, with fractions of nothing but whole numbers: three times as many as the slate are enough."""
    return (
        3 * sum(one.elsewhere for one in slate) >= len(slate)
        and 3 * sum(one.other_employer for one in slate) >= len(slate)
        and all(one.terms < 2 for one in slate)
    )


def recounted_genders(slate: list[Candidate], people: list[Candidate]) -> bool:
    genders = {one.gender for one in people} - {""}
    return all(3 * sum(one.gender == gender for one in slate) >= len(slate) for gender in genders)


def brute(slate: list[Candidate], others: list[Candidate], seats: int) -> tuple[int, int] | None:
    """How many leave at least, and the most votes that such a slate can have; None where no slate can."""
    people = [*slate, *others]
    held = {one.id for one in slate}
    found = [
        (len(held - {one.id for one in made}), -sum(one.votes for one in made))
        for made in map(list, combinations(people, min(seats, len(people))))
        if recounted(made) and recounted_genders(made, people)
    ]
    return min(found, default=None)


PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.just(0),
        gender=st.sampled_from(["F", "F", "M", ""]),
        elsewhere=st.booleans(),
        other_employer=st.booleans(),
        terms=st.sampled_from([0, 0, 0, 1, 2]),
        votes=st.integers(0, 9),
    ),
    min_size=1,
    max_size=10,
).map(lambda people: [one._replace(id=n) for n, one in enumerate(people, 1)])


@given(PEOPLE, st.integers(1, 7), st.integers(0, 7))
def test_the_swaps_are_the_fewest_by_brute_force_and_no_slate_can_where_none_can(
    people: list[Candidate], seats: int, sitting: int
) -> None:
    slate, others = people[: min(sitting, seats)], people[min(sitting, seats) :]
    rules, expected = usual(people), brute(slate, others, seats)
    found = mended(slate, others, rules, seats)
    if found is None:
        assert expected is None
        assert why_none(people, rules, seats)
        return
    staying = [one for one in people if (one in slate) != (one.id in (*found.leave, *found.move_up))]
    assert len(staying) == min(seats, len(people))
    assert recounted(staying) and recounted_genders(staying, people)
    assert (len(found.leave), -sum(one.votes for one in staying)) == expected


@given(PEOPLE)
def test_a_slate_that_is_called_balanced_is_balanced_when_it_is_recounted(people: list[Candidate]) -> None:
    assert balanced(people, usual(people)) == (recounted(people) and recounted_genders(people, people))
    for held in balance(people, usual(people)):
        short = people[:]
        if held.rule.kind is RuleKind.TERMS:
            assert held.by == -sum(one.terms >= 2 for one in people)
            continue
        # By how much it holds: so many of those it counts may be someone else, and one more may not.
        counted = sum(map(held.rule.counts, short))
        assert 3 * (counted - held.by) >= len(short) > 3 * (counted - held.by - 1)


@given(PEOPLE, st.integers(1, 7))
def test_a_slate_that_is_balanced_stays_as_it_is(people: list[Candidate], seats: int) -> None:
    slate, others = people[:seats], people[seats:]
    if balanced(slate, usual(people)):
        assert mended(slate, others, usual(people), seats) == ((), ())


def test_who_moves_up_is_the_one_with_the_most_votes_among_those_who_mend_it() -> None:
    votes = [90, 80, 70, 60, 50, 40]
    women = [Candidate(n, "F", elsewhere=True, other_employer=True, votes=v) for n, v in enumerate(votes, 1)]
    man, second = (Candidate(n, "M", elsewhere=True, other_employer=True, votes=v) for n, v in ((7, 5), (8, 30)))
    found = mended(women[:3], [*women[3:], man, second], usual([*women, man]), 3)
    assert found == ((3,), (8,))


def test_it_says_plainly_why_no_slate_can() -> None:
    people = [Candidate(n, "FMX"[n % 3], elsewhere=n < 4, other_employer=True, votes=n) for n in range(20)]
    rules = usual(people)
    assert mended(people[:13], people[13:], rules, 13) is None
    assert why_none(people, rules, 13) == [
        "4 stand and may who are outside the largest region (Middle); 5 are needed.",
        "The shares of 3 genders ask for 15 people, and there are 13 seats.",
    ]
    only = [*shares_of_genders(THIRD, people, ["F", "M"]), *rules[3:]]
    assert [rule.of for rule in only[:2]] == ["F", "M"]
    old = [one._replace(terms=2) for one in people[:10]]
    assert why_none([*old, *people[10:]], [TERMS], 13) == [
        "Only 10 of 20 may stand for another term, and 13 seats are to be taken."
    ]
    # Everybody from elsewhere is at the large employer and the other way round: two of four are needed, one of each.
    halves = [Candidate(n, elsewhere=n % 2 == 0, other_employer=n % 2 == 1) for n in range(4)]
    both = [Rule(RuleKind.REGION, Share(2, 3), "A"), Rule(RuleKind.EMPLOYER, Share(2, 3), "B")]
    assert mended(halves[:3], halves[3:], both, 3) is None
    assert why_none(halves, both, 3) == ["Each rule could be kept by some slate, but all of them by none."]


@pytest.mark.parametrize("genders", ["FFFM", "FFMX"])
def test_thirteen_of_forty_are_searched_without_a_wait(genders: str) -> None:
    random = Random(4)
    people = [
        Candidate(n, random.choice(genders), random.random() < 0.4, random.random() < 0.4, 0, random.randrange(200))
        for n in range(40)
    ]
    people.sort(key=lambda one: -one.votes)
    began = time.perf_counter()
    mended(people[:13], people[13:], usual(people), 13)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("text", ["third", "4/3", "0/3", "1/0", "1/3/4"])
def test_what_is_no_share_is_told(text: str) -> None:
    with pytest.raises(OrganiserError, match="is no share"):
        parse_share(text)


def test_a_gender_is_the_same_however_it_is_written() -> None:
    people = [Candidate(1, "F"), Candidate(2, "f"), Candidate(3, "Ženska"), Candidate(4, "zenska"), Candidate(5)]
    (one, other) = shares_of_genders(THIRD, people)
    assert [sum(map(rule.counts, people)) for rule in (one, other)] == [2, 2]
    assert [held.counted for held in balance(people, shares_of_genders(THIRD, people, ["F", "f"]))] == [2]


def test_a_share_is_rounded_up() -> None:
    assert [Share(1, 3).of(n) for n in (0, 1, 3, 4, 13)] == [0, 1, 1, 2, 5]
    assert parse_share(" 1 / 3 ") == (1, 3) and parse_share(" ") is None
