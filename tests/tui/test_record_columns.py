from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.tui.widgets.record_columns import GAP, GUTTER, MARGIN, Column, place

COLUMNS = [
    Column("name", "name", 20, grow=2, max_width=40, priority=9),
    Column("place", "place", 12, grow=1, max_width=20, priority=5),
    Column("known", "known", 6, align="right", priority=5),
    Column("last", "last", 10, priority=1),
]


def test_columns_share_the_spare_width_up_to_their_greatest() -> None:
    assert [placed.width for placed in place(COLUMNS, 300)] == [40, 20, 6, 10]


def test_the_least_important_column_goes_first_and_then_the_right_most() -> None:
    least = GUTTER + MARGIN + 20 + GAP + 12 + GAP + 6
    assert [placed.column.key for placed in place(COLUMNS, least)] == ["name", "place", "known"]
    assert [placed.column.key for placed in place(COLUMNS, least - 1)] == ["name", "place"]


@given(st.integers(5, 300))
def test_no_column_leaves_the_window_or_covers_another(width: int) -> None:
    placed = place(COLUMNS, width)
    assert placed[0].column.key == "name"
    assert placed[-1].x + placed[-1].width <= max(width, GUTTER + 1)
    for left, right in pairwise(placed):
        assert left.x + left.width + GAP == right.x
