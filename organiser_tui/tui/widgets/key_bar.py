"""The bottom row: the keys that matter here, at most six, from the bindings in force."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.screen import Screen

from organiser_tui.tui.drawing.keys import key_words
from organiser_tui.tui.keys import bound_keys, takes_text
from organiser_tui.tui.widgets.cells_row import CellsRow, Spot, append_spot

MOST_KEYS = 6
_IN_A_FIELD = ("back", "help.always", "dialog.help")


class KeyBar(CellsRow):
    """The bindings named by `footer` (binding ids, in order); those that are not in force now are left out."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; }
    """

    def __init__(self, footer: Sequence[str]) -> None:
        super().__init__()
        self._footer: Sequence[str] = footer

    def show(self, footer: Sequence[str]) -> None:
        """Name other keys from now on."""
        self._footer = footer
        self.refresh()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        if self.screen.is_current:  # below a dialog the row stays as it was
            self.refresh()

    def draw_row(self, width: int) -> tuple[Text, list[Spot]]:
        by_id = {bound.binding.id: bound for bound in bound_keys(self.screen) if bound.enabled}
        text = Text(" ", end="", no_wrap=True)
        spots: list[Spot] = []
        # In a field the letters are text, so the way out of it and to the help is named instead.
        typing = takes_text(self.screen.focused)
        footer = [*self._footer, *_IN_A_FIELD] if typing else self._footer
        named = [by_id[name] for name in dict.fromkeys(footer) if name in by_id]
        for bound in named[:MOST_KEYS]:
            words = key_words(bound.names[0], bound.binding.description)
            if cell_len(text.plain) + cell_len(words.plain) > width:
                break
            append_spot(text, spots, words, bound.binding.key)
            text.append("   ")
        return text, spots
