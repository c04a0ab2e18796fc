"""A dialog of text that may be longer than the window: the help, a whole guide, a whole story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.words import _


class Scrolled(Dialog[None]):
    """Its text is scrolled by lines, by windows and to its ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll(1)", _("down"), id="help.down", tooltip=_("Further down")),
        Binding("up,k", "scroll(-1)", _("up"), id="help.up", show=False, tooltip=_("Further up")),
        Binding("pagedown,space", "page(1)", _("one page"), id="help.page-down", tooltip=_("One window down")),
        Binding("pageup", "page(-1)", _("one page up"), id="help.page-up", show=False, tooltip=_("One window up")),
        Binding("home", "top", _("first"), id="help.first", show=False, tooltip=_("To the first line")),
        Binding("end", "bottom", _("last"), id="help.last", show=False, tooltip=_("To the last line")),
    ]

    def action_scroll(self, lines: int) -> None:
        self.query_one("#dialog", Vertical).scroll_relative(y=lines, animate=False)

    def action_page(self, windows: int) -> None:
        dialog = self.query_one("#dialog", Vertical)
        dialog.scroll_relative(y=windows * max(dialog.size.height - 1, 1), animate=False)

    def action_top(self) -> None:
        self.query_one("#dialog", Vertical).scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one("#dialog", Vertical).scroll_end(animate=False)


class WholeText(Scrolled):
    """Beside a call: the whole guide, or her whole story."""

    FOOTER: ClassVar[Sequence[str]] = ("dialog.cancel", "help.down", "help.page-down")
    DEFAULT_CSS = """
    WholeText {
        #dialog { width: 78; max-width: 100%; max-height: 92%; }
        #whole-text { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,G,S", "cancel", _("close"), id="dialog.cancel", tooltip=_("Back to the call")),
    ]
    WIDTH: ClassVar[int] = 70
    """Cells of a line."""

    def __init__(self, text: Text) -> None:
        super().__init__("")
        self._text = text

    def body(self) -> ComposeResult:
        yield Static(self._text, id="whole-text")
