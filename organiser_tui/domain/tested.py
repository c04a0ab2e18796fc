"""The test beside what was thought before: ratings, and what those who were rated did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.promises import Promised, Standing

SUPPORTS = 2
"""Rated 1 or 2: she is held to be one of those who act."""
UNDECIDED = 3


class RatedAndDid(NamedTuple):
    """How somebody was rated before she was tested, and what she did then."""

    rating: int
    rated_on: str
    """ISO."""
    kept: int
    due: int
    """Promises that were settled after she was rated; at least one."""

    @property
    def surprising(self) -> bool:
        """Whether the rating was wrong: held to act she did nothing, held to be undecided she did what she said."""
        return self.kept == 0 if self.rating <= SUPPORTS else self.rating == UNDECIDED and self.kept > 0


def rated_and_did(promises: Sequence[Promised], ratings: Sequence[tuple[str, int]]) -> RatedAndDid | None:
    """The last rating (day, 1 to 5; rising in time) before the last promise was settled, and what came of it since.

    A rating of the very day of a deed knew of it. None where she was not rated before, or nothing was settled.
    """
    settled = [one for one in promises if one.standing in (Standing.KEPT, Standing.NOT_KEPT)]
    last = max((one.settled_on for one in settled), default="")
    before = [(day, rating) for day, rating in ratings if day < last]
    if not before:
        return None
    day, rating = before[-1]
    since = [one for one in settled if one.settled_on > day]
    return RatedAndDid(rating, day, sum(one.standing is Standing.KEPT for one in since), len(since))
