"""Ids that do not collide between copies of a campaign: most rows sort by time by theirs. No clock is read here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from random import Random

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

_EPOCH_MS = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp() * 1000)
_COUNT_BITS = 22
_LAST_MS = 1 << (63 - _COUNT_BITS)
_COUNT_END = 1 << _COUNT_BITS


def word_id(table: str, *words: object) -> int:
    """The id of the row of `table` that `words` tell apart: the same in every copy that adds it; 63 bits of a SHA-256.

    One word for most tables; the list and the person for a target.
    """
    return int.from_bytes(sha256("\x00".join((table, *map(str, words))).encode()).digest()[:8], "big") >> 1


class IdMaker:
    """Makes 63-bit ids: 41 bits of milliseconds since 2024, then 22 bits that start at random each millisecond.

    The clock may stand still or run back: ids go on rising from the last one made.
    """

    def __init__(self, now: Callable[[], datetime], random: Random) -> None:
        self._now = now
        self._random = random
        self._ms = -1
        self._count = 0

    def one(self) -> int:
        """The next id."""
        return self.block(1)[0]

    def block(self, size: int) -> range:
        """`size` ids in one run without a gap; where a millisecond has no room left, all of them fall in the next.

        Raises OrganiserError where the clock stands so far ahead that no id is left.
        """
        if size > _COUNT_END:
            raise ValueError(f"at most {_COUNT_END} ids in one run")
        # A clock that has lost its battery stands long before the epoch: no id is negative for it.
        ms = max(int(self._now().timestamp() * 1000) - _EPOCH_MS, 0)
        if ms >= _LAST_MS:
            raise OrganiserError(_("The clock of this device stands beyond the year 2092: set it right first."))
        if ms > self._ms:
            self._start(ms)
        if self._count + size > _COUNT_END:
            self._start(self._ms + 1)
            self._count = min(self._count, _COUNT_END - size)
        first = (self._ms << _COUNT_BITS) | self._count
        self._count += size
        return range(first, first + size)

    def _start(self, ms: int) -> None:
        self._ms = ms
        # The lower half only, so that a run of ids seldom spills into the next millisecond.
        self._count = self._random.getrandbits(_COUNT_BITS - 1)
