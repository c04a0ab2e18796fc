"""The ids of a long list, row by row, while they are still arriving. No records and no drawing."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence

_STRETCH = 65_536  # ids searched at a time: half a megabyte, copied once
_BYTES = 8


class Ids:
    """The record ids of a list in its order: those read so far, the last few, and how many there are.

    `head` are the first ids, `tail` the last ones (so that the end of the list can be shown at once), `total` the
    length of the whole list; without `total` the head is everything. One million ids take 8 MB.
    """

    __slots__ = ("_head", "_tail", "total")

    def __init__(self, head: Iterable[int] = (), tail: Sequence[int] = (), total: int | None = None) -> None:
        self._head: array[int] = head if isinstance(head, array) and head.typecode == "q" else array("q", head)
        self.total: int = len(self._head) if total is None else max(total, len(self._head))
        self._tail: array[int] = array("q", tail)
        self._settle()

    def _settle(self) -> None:
        if self.complete:
            self._tail = array("q")

    @property
    def known(self) -> int:
        """How many ids from the first on have been read."""
        return len(self._head)

    @property
    def complete(self) -> bool:
        """Whether every id has been read."""
        return len(self._head) >= self.total

    @property
    def first_of_tail(self) -> int:
        """The row at which the tail begins; `total` where there is none."""
        return self.total - len(self._tail)

    def at(self, row: int) -> int | None:
        """The id of `row`, or None where it has not been read or there is no such row."""
        if 0 <= row < len(self._head):
            return self._head[row]
        from_tail = row - self.first_of_tail
        return self._tail[from_tail] if 0 <= from_tail < len(self._tail) else None

    def between(self, first: int, last: int) -> list[int]:
        """The known ids of rows `first` to `last` (exclusive)."""
        if last <= len(self._head):
            return self._head[first:last].tolist()
        return [record_id for row in range(first, min(last, self.total)) if (record_id := self.at(row)) is not None]

    def extend(self, ids: Iterable[int]) -> None:
        """Add the ids that follow the head."""
        self._head.extend(ids)
        self.total = max(self.total, len(self._head))
        self._settle()

    def finish(self) -> None:
        """Say that no more ids follow: the list is as long as what was read."""
        self.total = len(self._head)
        self._settle()

    def row_of(self, record_id: int, near: int = 0) -> int | None:
        """The row of `record_id`, or None where it is not among the known ids; looks first around row `near`."""
        stretches = range(0, len(self._head), _STRETCH)
        nearest = near // _STRETCH
        for stretch in sorted(stretches, key=lambda start: abs(start // _STRETCH - nearest)):
            row = _find(self._head, record_id, stretch, stretch + _STRETCH)
            if row is not None:
                return row
        if record_id in self._tail:
            return self.first_of_tail + self._tail.index(record_id)
        return None


def _find(ids: array[int], wanted: int, first: int, last: int) -> int | None:
    # bytes.find runs at memory speed; array.index makes an int object of every element.
    needle = wanted.to_bytes(_BYTES, sys.byteorder, signed=True)
    hay = ids[first:last].tobytes()
    at = hay.find(needle)
    while at >= 0:
        if at % _BYTES == 0:
            return first + at // _BYTES
        at = hay.find(needle, at + 1)
    return None
