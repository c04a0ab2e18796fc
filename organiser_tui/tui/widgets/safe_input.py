"""A field that shows its value the safe way: what was pasted or came from a file cannot act on the terminal."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import Input

from organiser_tui.tui.safe import same_length


class SafeInput(Input, inherit_bindings=False):
    """Textual's Input, which would send control characters of its value raw to the terminal; `value` is unchanged."""

    # Without those of a scrolling widget: up and down belong to the list beside the field.
    BINDINGS: ClassVar[list[BindingType]] = [*Input.BINDINGS]

    @property
    def _value(self) -> Text:
        text = super()._value
        text.plain = same_length(text.plain)
        return text
