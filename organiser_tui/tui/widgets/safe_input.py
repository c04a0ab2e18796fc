"""A field that shows its value the safe way: what was pasted or came from a file cannot act on the terminal."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

from organiser_tui.tui.safe import fit, same_length
from organiser_tui.words import _


class SafeInput(Input, inherit_bindings=False):
    """Textual's Input, which would send control characters of its value raw to the terminal; `value` is unchanged."""

    virtual_size = Reactive(Size(0, 0))
    """How far its text goes; for Textual's own, every letter lays out the whole page anew."""

    # Without those of a scrolling widget: up and down belong to the list beside the field.
    BINDINGS: ClassVar[list[BindingType]] = [*Input.BINDINGS]

    @property
    def _value(self) -> Text:
        text = super()._value
        text.plain = same_length(text.plain)
        return text

    def render_line(self, y: int) -> Strip:
        # Of a line that is left the beginning stands there; that it goes on is seen.
        width = self.scrollable_content_region.width
        if y or self.has_focus or not 1 < width < cell_len(self.value):
            return super().render_line(y)
        line = fit(Text(same_length(self.value), end=""), width)
        return Strip(Segment.apply_style(line.render(self.app.console), self.rich_style)).adjust_cell_length(width)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual keeps the first line only, and nothing at all of what is longer than the field may be.
        event.stop()
        event.prevent_default()
        pasted = " ".join(event.text.splitlines())
        start, end = sorted(self.selection)
        room = self.max_length - len(self.value) + (end - start) if self.max_length else len(pasted)
        if len(pasted) > room:
            self.app.notify(
                _("What was pasted is too long: its first {n} letters stand here.").format(n=room),
                severity="warning",
                markup=False,
            )
        self.replace(pasted[:room], start, end)
