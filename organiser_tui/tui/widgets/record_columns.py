"""Columns of a long list: what is declared, and how they share the width of the window. No records, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

GUTTER = 3
"""Cells before the first column: the cursor's bar, the mark, a space."""
MARGIN = 1
"""Cells kept free at the right, before the scroll bar."""
GAP = 2
"""Cells between two columns."""


class Column(NamedTuple):
    """One column of a long list."""

    key: str
    """What the drawing function and the sort are asked for."""
    label: str
    """What the header says, in the language in use."""
    width: int
    """Cells it needs at least."""
    grow: int = 0
    """Its share of the spare width; 0 stays at `width`."""
    max_width: int | None = None
    """Cells it never exceeds, so that nothing is stretched into emptiness; None: twice its width."""
    align: Literal["left", "right"] = "left"
    priority: int = 1
    """Where the window is narrow the lowest priority goes first, the right-most among equals."""
    sortable: bool = True


class Placed(NamedTuple):
    """A column with its place in a line."""

    column: Column
    x: int
    width: int


def place(columns: Sequence[Column], width: int) -> list[Placed]:
    """The columns that fit in `width` cells, with their x and width; at least one where there are any."""
    kept = list(columns)
    room = width - GUTTER - MARGIN
    while len(kept) > 1 and _least(kept) > room:
        lowest = min(column.priority for column in kept)
        kept.pop(max(index for index, column in enumerate(kept) if column.priority == lowest))
    widths = [column.width for column in kept]
    _share(kept, widths, room - _least(kept))
    placed = []
    x = GUTTER
    for column, cells in zip(kept, widths, strict=True):
        placed.append(Placed(column, x, max(1, min(cells, width - x))))
        x += cells + GAP
    return placed


def _least(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)


def _share(columns: Sequence[Column], widths: list[int], spare: int) -> None:
    """Give `spare` cells to the columns that grow, by weight, none beyond its greatest width."""
    while spare > 0:
        growing = [index for index, column in enumerate(columns) if column.grow and widths[index] < _most(column)]
        if not growing:
            return
        weight = sum(columns[index].grow for index in growing)
        given = 0
        for index in growing:
            share = max(1, spare * columns[index].grow // weight)
            step = min(share, _most(columns[index]) - widths[index], spare - given)
            widths[index] += step
            given += step
        spare -= given


def _most(column: Column) -> int:
    return 2 * column.width if column.max_width is None else column.max_width
