from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any, cast

import pytest
from rich.text import Text
from textual.pilot import Pilot

from organiser_tui.tui.drawing.people import people_columns
from organiser_tui.tui.widgets.record_columns import Column, place
from organiser_tui.tui.widgets.record_ids import Ids
from organiser_tui.tui.widgets.record_lines import ASCENDING, header_place, header_text
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.made_up import ListPage, MadeUpStore, Row, made_up_app
from tests.tui.waiting import wait_for

MILLION = 1_000_000


@asynccontextmanager
async def shown(
    count: int = 40, size: tuple[int, int] = (80, 24), store: MadeUpStore | None = None
) -> AsyncIterator[tuple[Pilot[Any], ListPage, RecordTable[Row]]]:
    """A page with a list of `count` records, painted."""
    app = made_up_app(store or MadeUpStore(count))
    async with app.run_test(size=size) as pilot:
        page = cast("ListPage", app.screen)
        table = page.table
        await wait_for(pilot, lambda: heard(page, RecordTable.Highlighted), "the list")
        page.heard.clear()
        yield pilot, page, table


def heard(page: ListPage, kind: type[Any]) -> list[Any]:
    """The messages of that kind that have reached the page."""
    return [message for message in page.heard if isinstance(message, kind)]


def line(table: RecordTable[Row], y: int) -> str:
    return table.render_line(y).text


def lines(table: RecordTable[Row]) -> Iterator[str]:
    return (line(table, y) for y in range(table.size.height))


async def test_the_first_line_has_the_bar_and_the_header_stays() -> None:
    async with shown() as (pilot, _page, table):
        assert "provider" in line(table, 0) and "last conversation" not in line(table, 0)
        assert line(table, 1).startswith("▌  Zavod Obzor 1 ")
        await pilot.press("end")
        assert "provider" in line(table, 0)
        last = table.size.height - 1
        assert line(table, last).startswith("▌  Lipa Slovenj Gradec 40")


async def test_every_line_is_as_wide_as_the_list_at_any_width() -> None:
    store = MadeUpStore(12)
    store.names = {3: "日本語" * 40, 4: "e\u0301" * 90, 5: "👩\u200d👩\u200d👧 family", 6: "Ž" * 300}
    for width in (80, 100, 137, 200):
        async with shown(store=store, size=(width, 24)) as (_pilot, _page, table):
            inner = table.scrollable_content_region.width
            assert {table.render_line(y).cell_length for y in range(table.size.height)} == {inner}


async def test_a_second_column_appears_where_there_is_room() -> None:
    async with shown(size=(120, 40)) as (_pilot, _page, table):
        assert "last conversation" in line(table, 0)


@pytest.mark.parametrize(
    ("keys", "record"),
    [
        (["j"], 2),
        (["j", "down", "k"], 2),
        (["G"], MILLION),
        (["end", "k"], MILLION - 1),
        (["end", "home"], 1),
        (["end", "g"], 1),
        (["k"], 1),
        (["end", "j"], MILLION),
        (["pagedown", "pageup"], 1),
    ],
)
async def test_keys_move_the_bar_in_a_list_of_a_million(keys: list[str], record: int) -> None:
    async with shown(MILLION) as (pilot, page, table):
        await pilot.press(*keys)
        assert table.record_id == record
        if record != 1:
            await wait_for(pilot, lambda: page.heard and page.heard[-1].record_id == record, "the highlighted record")


async def test_moving_the_bar_paints_two_lines_and_a_page_no_more_than_the_window() -> None:
    async with shown(MILLION) as (pilot, _page, table):
        window = table.size.height - 1
        before = table.lines_drawn
        await pilot.press("j")
        assert table.lines_drawn - before <= 2
        before = table.lines_drawn
        await pilot.press("pagedown")
        assert table.lines_drawn - before <= window + 1
        before = table.lines_drawn
        await pilot.press("end")
        assert table.lines_drawn - before <= window + 1
        before = table.lines_drawn
        await pilot.press("k", "k")
        assert table.lines_drawn - before <= 4


async def test_scrolling_by_one_line_draws_one_new_line_and_the_two_of_the_bar() -> None:
    async with shown(MILLION) as (pilot, _page, table):
        await pilot.press("pagedown", "pagedown")
        for _ in range(30):
            before = table.lines_drawn
            await pilot.press("j")
            assert table.lines_drawn - before <= 3


async def test_a_million_rows_are_never_read() -> None:
    store = MadeUpStore(MILLION)
    async with shown(store=store) as (pilot, _page, _table):
        await pilot.press("end", "home", "pagedown", "end")
        assert sum(store.reads) <= 500
        assert max(store.reads) <= 100


async def test_only_the_last_of_many_quick_moves_is_told() -> None:
    async with shown(MILLION) as (pilot, page, table):
        for _ in range(20):
            table.action_move(1)
        await wait_for(pilot, lambda: page.heard, "the highlighted record")
        assert [message.record_id for message in page.heard] == [21]


async def test_enter_opens_the_row_with_the_bar() -> None:
    async with shown() as (pilot, page, _table):
        await pilot.press("j", "enter")
        await wait_for(pilot, lambda: heard(page, RecordTable.Opened), "opened")
        assert [message.record_id for message in heard(page, RecordTable.Opened)] == [2]


async def test_a_click_moves_the_bar_and_a_second_one_opens() -> None:
    async with shown() as (pilot, page, table):
        await pilot.click(RecordTable, offset=(8, 4))
        assert table.record_id == 4
        await pilot.click(RecordTable, offset=(8, 4))
        await wait_for(pilot, lambda: heard(page, RecordTable.Opened), "opened")


async def test_a_click_on_the_header_asks_for_that_order_and_s_lets_one_choose() -> None:
    async with shown() as (pilot, page, table):
        await pilot.click(RecordTable, offset=(4, 0))
        reach = next(placed for placed in table._placed if placed.column.key == "reach")
        await pilot.click(RecordTable, offset=(reach.x, 0))
        await pilot.press("s")
        await pilot.pause()
        assert [message.column for message in heard(page, RecordTable.SortAsked)] == ["name", None]
        table.show_sort("known", descending=True)
        assert "known ▼" in line(table, 0)


async def test_marks_stand_in_the_line_and_not_in_a_colour_alone() -> None:
    async with shown() as (pilot, page, table):
        await pilot.press("space", "space", "k", "space")
        assert table.marks == {1}
        assert line(table, 1).startswith(" ✓ Zavod")
        assert [sorted(heard.marks) for heard in page.heard if isinstance(heard, RecordTable.Marked)] == [
            [1],
            [1, 2],
            [1],
        ]
        table.clear_marks()
        assert "✓" not in "".join(lines(table))


async def test_the_bar_stays_on_its_record_when_the_order_changes() -> None:
    async with shown(1000) as (pilot, _page, table):
        await pilot.press("j", "j")
        table.show(Ids(range(1000, 0, -1)), keep=3)
        assert table.record_id == 3 and table.cursor == 997
        await pilot.pause()
        assert any(shown_line.startswith("▌  Združenje Skupaj v gibanju 3 ") for shown_line in lines(table))
        table.show(Ids(range(10, 20)), keep=3)
        assert table.cursor == 0


async def test_the_rest_of_the_ids_arrives_later() -> None:
    async with shown(10) as (pilot, _page, table):
        ids = Ids(range(1, 101), tail=range(901, 1001), total=1000)
        table.show(ids, keep=500)
        assert table.record_id == 1
        table.extend(range(101, 601), of=ids)
        assert table.record_id == 500
        await pilot.press("end")
        assert table.record_id == 1000
        table.extend([1, 2, 3], of=Ids())
        assert ids.known == 600
        table.extend(range(601, 1001), of=ids)
        assert ids.complete and table.record_id == 1000


async def test_a_row_that_has_not_been_read_yet_is_a_dot_and_opens_nothing() -> None:
    async with shown(10) as (pilot, page, table):
        ids = Ids([1], total=5)
        table.show(ids)
        await pilot.press("j", "enter", "space")
        assert line(table, 2).split() == ["▌", "…"] or line(table, 2).split() == ["▌…"]
        assert not heard(page, RecordTable.Opened)
        assert not heard(page, RecordTable.Marked)
        table.extend([2, 3, 4], of=ids)
        await pilot.pause()
        assert "Društvo Zarja 2" in line(table, 2)
        table.finish(ids)
        assert table.ids.total == 4


async def test_a_key_pressed_meanwhile_wins_over_a_record_that_is_still_to_come() -> None:
    async with shown(10) as (pilot, _page, table):
        ids = Ids(range(1, 101), total=1000)
        table.show(ids, keep=500)
        await pilot.press("j")
        table.extend(range(101, 1001), of=ids)
        assert table.record_id == 2


async def test_after_a_write_the_records_are_read_again_and_the_bar_stays() -> None:
    store = MadeUpStore(200)
    async with shown(store=store) as (pilot, page, table):
        await pilot.press("pagedown", "j")
        record_id = table.record_id
        assert record_id is not None
        store.names[record_id] = "Renamed"
        table.forget()
        await wait_for(pilot, lambda: any("▌  Renamed" in shown_line for shown_line in lines(table)), "the new name")
        assert table.record_id == record_id
        await wait_for(pilot, lambda: isinstance(page.heard[-1], RecordTable.Highlighted), "the second pane's turn")


async def test_a_record_that_is_gone_leaves_a_line_and_no_crash() -> None:
    store = MadeUpStore(5)
    async with shown(store=store) as (pilot, _page, table):
        table.show(Ids([1, 2, 3]))
        table._pages._read = lambda ids: {1: Row("a", "b", 1, 1)}
        table.forget()
        await pilot.pause()
        assert "—" in line(table, 2)
        assert table.record is not None


async def test_an_empty_list_says_what_it_is_for() -> None:
    async with shown(0) as (pilot, page, table):
        assert "No providers yet. n adds one." in "\n".join(lines(table))
        await pilot.press("j", "enter", "space", "end", "pagedown")
        assert table.record_id is None
        assert page.heard == []


@pytest.mark.parametrize(
    "name",
    [
        "[/b]",
        "[red]Neja",
        "\x1b[31mNeja",
        "\x1b]52;c;aGk=\x07",
        "\u202eajeN",
        "Ž" * 300,
        "👩\u200d👧",
        "a\nb",
        "\x9b2J",
    ],
)
async def test_a_hostile_name_is_only_a_name(name: str) -> None:
    store = MadeUpStore(3)
    store.names[2] = name
    async with shown(store=store) as (pilot, _page, table):
        painted = "".join(segment.text for y in range(table.size.height) for segment in table.render_line(y))
        assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in painted)
        assert "\u202e" not in painted
        await pilot.press("j", "enter")


async def test_g_belongs_to_a_page_that_means_something_by_it() -> None:
    async with shown(100) as (pilot, page, table):
        page._bindings.bind("g", "call_list", "group")
        await pilot.press("end", "g")
        assert table.record_id == 100


async def test_the_window_shrinks_around_the_bar() -> None:
    async with shown(1000, size=(120, 40)) as (pilot, _page, table):
        await pilot.press("pagedown")
        await pilot.resize_terminal(80, 16)
        await wait_for(pilot, lambda: any("▌" in shown_line for shown_line in lines(table)), "the bar in the window")


async def test_the_theme_changes_the_lines_that_were_drawn() -> None:
    async with shown() as (pilot, _page, table):
        dark = table.render_line(2)
        pilot.app.theme = "light"
        await wait_for(pilot, lambda: table.render_line(2) != dark, "the light line")


def test_a_text_may_bring_a_style_of_its_own() -> None:
    from rich.style import Style

    from organiser_tui.tui.widgets.record_columns import Column, place
    from organiser_tui.tui.widgets.record_lines import LineStyles, paint_line

    plain = Style()
    styles = LineStyles(plain, plain, plain, {"$as-quiet": Style(italic=True)})
    text = Text.assemble("a", ("b", "bold"), ("c", "$as-quiet"), style="underline")
    strip = paint_line(place([Column("x", "x", 5)], 20), lambda _: text, 20, styles)
    words = {segment.text: segment.style for segment in strip if segment.text.strip()}
    assert words["a"] == Style(underline=True)
    assert words["b"] == Style(underline=True, bold=True)
    assert words["c"] == Style(underline=True, italic=True)


async def test_headings_are_passed_over_and_stand_above_their_first_row() -> None:
    async with shown() as (pilot, page, table):
        table.headings = {-1: Text("yours"), -2: Text("of others")}
        table.show(Ids([-1, 1, 2, -2, *range(3, 41)]))
        assert line(table, 1).startswith("   yours ───") and table.record_id == 1
        await pilot.press("up")
        assert table.record_id == 1
        await pilot.press("down", "down")
        assert table.record_id == 3
        await pilot.press("up")
        assert table.record_id == 2
        await pilot.press("end")
        assert table.record_id == 40
        await pilot.press("home")
        assert table.record_id == 1 and line(table, 1).startswith("   yours")
        page.heard.clear()
        await pilot.press("enter")
        await wait_for(pilot, lambda: heard(page, RecordTable.Opened), "the row")
        assert [message.record_id for message in heard(page, RecordTable.Opened)] == [1]
        await pilot.click(table, offset=(5, 1))
        assert table.record_id == 1


FIGURES = [
    Column("name", "provider", 27, grow=3, max_width=44),
    Column("known", "known", 5, align="right"),
    Column("signed", "signed", 6, align="right"),
]


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (people_columns(), "rating"),
        (people_columns(), "last_conversation"),
        (FIGURES, "known"),
        (FIGURES, "signed"),
    ],
)
@pytest.mark.parametrize("width", [79, 120, 200])
def test_a_heading_stands_whole_beside_the_mark_of_the_sort(columns: list[Column], key: str, width: int) -> None:
    placed = place(columns, width)
    for column in (one for one in placed if one.column.key == key):
        headed = [header_place(one, ASCENDING if one is column else "") for one in placed]
        text = header_text(header_place(column, ASCENDING), ASCENDING).plain
        assert text.rstrip(ASCENDING).strip() == column.column.label and text.endswith(ASCENDING)
        for left, right in pairwise(headed):
            assert left.x + left.width < right.x or left.x + left.width + 1 == right.x
        assert headed[-1].x + headed[-1].width <= width
