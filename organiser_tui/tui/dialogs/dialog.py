"""What every dialog shares: a panel between two rules over the page, its own keys in the bottom row, escape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from organiser_tui.tui.leaving import LeftInTurn
from organiser_tui.tui.painting import DressedOnce
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.words import _

Answer = TypeVar("Answer")


class Dialog(DressedOnce[Answer | None], LeftInTurn[Answer | None], ModalScreen[Answer | None]):
    """A question over the page; `escape` gives no answer (None)."""

    FOOTER: ClassVar[Sequence[str]] = ("dialog.cancel",)
    """Ids of the bindings named in the bottom row while the dialog is open."""

    HELPED: ClassVar[bool] = True
    """Whether there is help for it."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $ground 70%;
        #dialog {
            width: 64;
            max-width: 94%;
            height: auto;
            max-height: 85%;
            overflow-y: auto;
            background: $panel;
            border-top: solid $reached;
            border-bottom: solid $line;
            padding: 1 3;
            scrollbar-size-vertical: 1;
        }
        #dialog-title { height: auto; padding-bottom: 1; text-style: bold; }
        #dialog-title.-empty { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", _("cancel"), id="dialog.cancel", tooltip=_("Closes without an answer")),
        # The app's own is out of reach of what looks for the keys of a dialog.
        Binding("f1", "app.help", _("help"), id="dialog.help", show=False, tooltip=_("What is asked here, its keys")),
    ]

    def __init__(self, title: str | Text) -> None:
        super().__init__()
        # A Text may hold values made safe; a plain string is the program's own words.
        self._title_text = title if isinstance(title, Text) else Text(title)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Static(self._title_text, id="dialog-title", classes="" if self._title_text.plain else "-empty")
            yield from self.body()
        yield KeyBar(self.FOOTER)

    def body(self) -> ComposeResult:
        """The widgets below the title."""
        yield from ()

    def action_cancel(self) -> None:
        self.dismiss(None)
