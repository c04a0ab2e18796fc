"""Whom to invite where no provider may fill the room. Nothing of an event is known here but who is invited already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from organiser_tui.domain.figures import NO_PROVIDER


def invited_in_turn(people: Sequence[tuple[int, int]], invited: Mapping[int, int], most: int | None) -> list[int]:
    """Those of `people` (id and provider, in their order) of whom at most `most` are invited from each provider.

    `invited` are those of each provider who are invited already: they count. Who works for nobody known is held back by
    none; `most` None holds nobody back.
    """
    if most is None:
        return [person for person, _provider in people]
    taken = Counter(invited)
    chosen = []
    for person, provider in people:
        if provider == NO_PROVIDER or taken[provider] < most:
            taken[provider] += 1
            chosen.append(person)
    return chosen
