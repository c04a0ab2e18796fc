"""The blank screen for when somebody walks in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from organiser_tui.words import _


class LockScreen(ModalScreen[None]):
    """Covers everything, toasts too, and says nothing but how to return.

    The key that locks does not: whoever presses it twice in a hurry would stand there with the page open.
    """

    FOOTER: ClassVar[Sequence[str]] = ()
    DEFAULT_CSS = """
    LockScreen {
        align: center middle;
        background: $ground;
        Static { width: auto; color: $quiet; }
        ToastRack, Toast, Tooltip { display: none !important; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unlock", _("return"), id="unlock", tooltip=_("Shows the page again")),
    ]

    def compose(self) -> ComposeResult:
        yield Static(_("Locked — press enter to return"), markup=False)

    def action_unlock(self) -> None:
        self.dismiss()
