"""No provider fills the room: who is invited where at most so many of each are."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.figures import NO_PROVIDER
from organiser_tui.domain.inviting import invited_in_turn

providers = st.lists(st.integers(NO_PROVIDER, 3), max_size=30)
held = st.dictionaries(st.integers(NO_PROVIDER, 3), st.integers(0, 6))


@given(providers, held, st.integers(1, 5))
def test_of_each_provider_the_first_come_until_so_many_are_invited(
    works_for: list[int], invited: dict[int, int], most: int
) -> None:
    people = [(100 + place, provider) for place, provider in enumerate(works_for)]
    chosen = invited_in_turn(people, invited, most)
    for provider in set(works_for):
        own = [person for person, at in people if at == provider]
        room = len(own) if provider == NO_PROVIDER else max(0, most - invited.get(provider, 0))
        assert [person for person in chosen if dict(people)[person] == provider] == own[:room]
    assert chosen == sorted(chosen), "in their order"
    assert invited_in_turn(people, invited, None) == [person for person, _provider in people]


@given(providers, held, st.integers(1, 5))
def test_who_is_asked_again_gets_the_same_answer(works_for: list[int], invited: dict[int, int], most: int) -> None:
    people = [(100 + place, provider) for place, provider in enumerate(works_for)]
    chosen = invited_in_turn(people, invited, most)
    now = Counter(invited) + Counter(provider for person, provider in people if person in chosen)
    left = [(person, provider) for person, provider in people if person not in chosen]
    assert invited_in_turn(left, now, most) == [], "twice at most so many is no more than once"
