"""The top row: the pages with their digits, who is working, and that the file is not encrypted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import ON_REACHED, QUIET
from organiser_tui.tui.widgets.cells_row import CellsRow, Spot, append_spot

_WHOLE, _SHORT = 99, 6


class Tab(NamedTuple):
    """One page as the tab line names it."""

    digit: str
    label: str
    current: bool


class TabLine(CellsRow):
    """The pages in one row, the one in use filled; at the right `note` (organiser, not encrypted)."""

    DEFAULT_CSS = """
    TabLine { dock: top; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._tabs: Sequence[Tab] = ()
        self._note: tuple[str, str] = ("", "")

    def show(self, tabs: Sequence[Tab], organiser: str, warning: str) -> None:
        """Show these pages, who is working, and a word about the file ("not encrypted", or nothing)."""
        if (tabs, (organiser, warning)) != (self._tabs, self._note):
            self._tabs = tabs
            self._note = (organiser, warning)
            self.refresh()

    def draw_row(self, width: int) -> tuple[Text, list[Spot]]:
        warning = cell_len(self._note[1])
        whole = cell_len(_note_text(*self._note, width).plain)
        # Closer together before the name of who works is cut, shorter words before the warning would be.
        for blank, longest, needed in ((" ", _WHOLE, whole), ("", _WHOLE, warning), ("", _SHORT, warning), (" ", 0, 0)):
            text, spots = _tabs_text(self._tabs, blank, longest)
            room = width - cell_len(text.plain) - 1
            if room >= needed:
                break
        note = _note_text(*self._note, room)
        text.append(" " * max(1, width - cell_len(text.plain) - cell_len(note.plain) - 1))
        text.append_text(note)
        return text, spots


def _tabs_text(tabs: Iterable[Tab], blank: str, longest: int) -> tuple[Text, list[Spot]]:
    """The tabs with `blank` between them; of words longer than `longest` letters the beginning, for 0 no words."""
    text = Text(end="", no_wrap=True)
    spots: list[Spot] = []
    for tab in tabs:
        if tab.current:
            words = Text.assemble((f" {tab.digit} {tab.label} ", f"bold {ON_REACHED}"))
        else:
            words = Text.assemble((f" {tab.digit}", QUIET), f" {_cut(tab.label, longest)}{blank}" if longest else blank)
        append_spot(text, spots, words, tab.digit)
    return text, spots


_FEWEST = 4
"""Cells of a name that is cut."""


def _cut(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 2]}."


def _note_text(organiser: str, warning: str, room: int) -> Text:
    """Who is working is cut before the warning is."""
    if not organiser:
        return Text.assemble((warning, QUIET))
    between = " · " if warning else ""
    name = fit(safe(organiser), room - cell_len(warning) - len(between))
    if name.plain != organiser and cell_len(name.plain) < _FEWEST:  # "A…" names nobody
        return Text.assemble((warning, QUIET))
    return Text.assemble((name.plain + between + warning, QUIET))
