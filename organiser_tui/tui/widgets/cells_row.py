"""One row of words of which some can be clicked: what the tab line and the key bar have in common."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widget import Widget


class Spot(NamedTuple):
    """Cells of the row that stand for a key."""

    first: int
    last: int
    key: str


class CellsRow(Widget, can_focus=False):
    """A row one line high, drawn by `draw_row`, whose spots press a key when they are clicked."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CellsRow {
        height: 1;
        width: 1fr;
        background: $ground;
        color: $quiet;
        text-wrap: nowrap;
        text-overflow: clip;
    }
    """

    def draw_row(self, width: int) -> tuple[Text, list[Spot]]:
        """The Text of the row in `width` cells, and its spots."""
        raise NotImplementedError

    def render(self) -> Text:
        text, self._spots = self.draw_row(self.size.width)
        return text

    def on_click(self, event: events.Click) -> None:
        for spot in self._spots:
            if spot.first <= event.x < spot.last:
                self.app.simulate_key(spot.key)


def append_spot(text: Text, spots: list[Spot], words: Text, key: str) -> None:
    """Put `words` at the end of the row as a spot for `key`."""
    first = cell_len(text.plain)
    text.append_text(words)
    spots.append(Spot(first, cell_len(text.plain), key))
