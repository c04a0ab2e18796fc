"""A line of text that moves what stands below it only where its height changes."""

from __future__ import annotations

from functools import partial

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from organiser_tui.tui.widgets.lines import Lines
from tests.tui.waiting import wait_for


class _Page(App[None]):
    CSS = "Lines, Static { height: auto; }"

    def compose(self) -> ComposeResult:
        yield Lines("one")
        yield Static("below")


def stand(pilot: Pilot[None]) -> tuple[int, int]:
    """How high the lines are, and where the text below them stands."""
    return pilot.app.query_one(Lines).size.height, pilot.app.query(Static).last().region.y


async def test_what_stands_below_moves_with_the_height_and_only_with_it() -> None:
    """A refusal of three lines was seen by its first; after it went, two empty lines stayed."""
    app = _Page()
    async with app.run_test(size=(20, 10)) as pilot:
        await wait_for(pilot, lambda: stand(pilot) == (1, 1), "one line")
        lines = app.query_one(Lines)
        for text, height in (("a\nb\nc", 3), ("x", 1), ("word " * 7, 2), ("y", 1)):
            lines.update(text)
            await wait_for(pilot, partial(lambda high: stand(pilot) == (high, high), height), f"{height} lines")
        # However it came to be too small: what is compared is the room there is, and not the text before.
        lines.update("a\nb\nc", layout=False)
        lines.update("1\n2\n3")
        await wait_for(pilot, lambda: stand(pilot) == (3, 3), "three lines")


async def test_a_text_of_the_same_height_lays_nothing_out() -> None:
    app = _Page()
    async with app.run_test(size=(20, 10)) as pilot:
        await wait_for(pilot, lambda: stand(pilot) == (1, 1), "one line")
        lines, laid_out = app.query_one(Lines), []
        refresh = lines.refresh

        def noted(*regions: object, layout: bool = False, **how: object) -> Lines:
            laid_out.append(layout)
            return refresh(*regions, layout=layout, **how)  # type: ignore[arg-type]

        lines.refresh = noted  # type: ignore[method-assign]
        lines.update("two")
        lines.update("two\nlines")
        assert laid_out == [False, False, True]
