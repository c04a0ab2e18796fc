"""Records of a long list, read a page at a time and only a few pages kept. No ids of its own, no drawing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from organiser_tui.tui.widgets.record_ids import Ids

R = TypeVar("R")

PAGE_ROWS = 24
"""Records read at a time: in a big file each lies somewhere else, and a window seldom has many more lines."""
_PAGES_KEPT = 120


class _Page(NamedTuple, Generic[R]):
    asked: int
    records: Mapping[int, R]


class RecordPages(Generic[R]):
    """The records around the window: `read` is asked for `PAGE_ROWS` ids at a time, the last pages are kept."""

    def __init__(self, read: Callable[[Sequence[int]], Mapping[int, R]]) -> None:
        self._read = read
        self._pages: OrderedDict[int, _Page[R]] = OrderedDict()

    def forget(self) -> None:
        """Read everything anew when it is next wanted."""
        self._pages.clear()

    def record(self, ids: Ids, row: int) -> R | None:
        """The record of `row`; None where its id has not been read, or where there is no such record any more."""
        record_id = ids.at(row)
        if record_id is None:
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None or (record_id not in page.records and page.asked < PAGE_ROWS):
            # A page half of whose ids were still to come is read again once more of them are there.
            wanted = ids.between(number * PAGE_ROWS, (number + 1) * PAGE_ROWS)
            if page is None or len(wanted) > page.asked:
                page = _Page(len(wanted), self._read(wanted))
                self._pages[number] = page
                if len(self._pages) > _PAGES_KEPT:
                    self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page.records.get(record_id)
