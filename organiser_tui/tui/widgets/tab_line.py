"""The top row: the pages with their digits, who is working, and that the file is not encrypted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import ON_REACHED, QUIET
from organiser_tui.tui.widgets.cells_row import CellsRow, Spot, append_spot


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
        whole = cell_len(_note_text(*self._note, width).plain)
        # Closer together before the name of who works is cut, without their names only where the warning would be.
        for blank, labelled, needed in ((" ", True, whole), ("", True, cell_len(self._note[1])), (" ", False, 0)):
            text, spots = _tabs_text(self._tabs, blank, labelled=labelled)
            room = width - cell_len(text.plain) - 1
            if room >= needed:
                break
        note = _note_text(*self._note, room)
        text.append(" " * max(1, width - cell_len(text.plain) - cell_len(note.plain) - 1))
        text.append_text(note)
        return text, spots


def _tabs_text(tabs: Iterable[Tab], blank: str, *, labelled: bool) -> tuple[Text, list[Spot]]:
    text = Text(end="", no_wrap=True)
    spots: list[Spot] = []
    for tab in tabs:
        if tab.current:
            words = Text.assemble((f" {tab.digit} {tab.label} ", f"bold {ON_REACHED}"))
        else:
            words = Text.assemble((f" {tab.digit}", QUIET), f" {tab.label}{blank}" if labelled else blank)
        append_spot(text, spots, words, tab.digit)
    return text, spots


def _note_text(organiser: str, warning: str, room: int) -> Text:
    """Who is working is cut before the warning is."""
    if not organiser:
        return Text.assemble((warning, QUIET))
    between = " · " if warning else ""
    name = fit(safe(organiser), room - cell_len(warning) - len(between))
    if not name.plain:
        return Text.assemble((warning, QUIET))
    return Text.assemble((name.plain + between + warning, QUIET))
