"""The wall chart: a cell a person, walked with the arrows; only the rows on screen are drawn, of however many."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from organiser_tui.store.providers import WallCell
from organiser_tui.tui.drawing.provider import wall_cell
from organiser_tui.tui.themes import role_styles
from organiser_tui.tui.widgets.record_lines import LineStyles, paint_text

_CELL = 5  # with the gap behind it


class WallChart(ScrollView, can_focus=False):
    """The people of a provider; `at` is the place of the one who is chosen."""

    DEFAULT_CSS = """
    WallChart { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._cells: Sequence[WallCell] = ()
        self.at = 0

    @property
    def per_row(self) -> int:
        """How many people stand beside each other."""
        return max((self.size.width - 1) // _CELL, 1)

    @property
    def rows(self) -> int:
        """In how many rows they stand."""
        return -(-len(self._cells) // self.per_row)

    def show(self, cells: Sequence[WallCell]) -> None:
        """Show `cells`; who is chosen stays so while there are so many."""
        self._cells = cells
        self.at = min(self.at, max(len(cells) - 1, 0))
        self._lay_out()

    def choose(self, at: int) -> bool:
        """Choose another; False where there is nobody at that place."""
        if not 0 <= at < len(self._cells):
            return False
        for row in {self.at // self.per_row, at // self.per_row}:
            self.refresh_line(row - round(self.scroll_y))
        self.at = at
        self._bring_into_view()
        return True

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        self.virtual_size = Size(self.size.width, self.rows)
        self._bring_into_view()
        self.refresh()

    def _bring_into_view(self) -> None:
        self.scroll_to_region(Region(0, self.at // self.per_row, 1, 1), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        first = (y + round(self.scroll_y)) * self.per_row
        line = Text(end="")
        for place, cell in enumerate(self._cells[first : first + self.per_row], first):
            line.append_text(wall_cell(cell, chosen=place == self.at)).append(" ")
        base = self.rich_style
        roles = role_styles(self.app.theme, monochrome=self.app.no_color)
        return paint_text(line, 0, self.size.width, LineStyles(base, Style(), Style(), roles))
