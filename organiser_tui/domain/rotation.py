"""Whose turn it is to lead the next meeting."""

from __future__ import annotations

from collections.abc import Sequence


def whose_turn(led: Sequence[tuple[str, int]], able: Sequence[int]) -> int | None:
    """Of those who are `able` to, whoever has not led yet, else whoever led longest ago; None for nobody.

    `led`: the day (ISO) of each meeting and who led it, in any order. Of equals the first in `able`.
    """
    last: dict[int, str] = {}
    for day, who in led:
        last[who] = max(day, last.get(who, ""))
    return min(able, key=lambda who: last.get(who, ""), default=None)
