"""A question that is answered yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.words import _


class Confirm(Dialog[bool]):
    """`question` with what it means in `detail`; True, False, or None for escape (take None as no)."""

    FOOTER: ClassVar[Sequence[str]] = ("confirm.yes", "confirm.no", "dialog.cancel")
    DEFAULT_CSS = """
    Confirm #confirm-detail { height: auto; color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", _("yes"), id="confirm.yes", tooltip=_("Answers yes")),
        Binding("n", "answer(False)", _("no"), id="confirm.no", tooltip=_("Answers no")),
    ]

    def __init__(self, question: str | Text, detail: str | Text = "") -> None:
        super().__init__(question)
        self._detail = detail if isinstance(detail, Text) else Text(detail)

    def body(self) -> ComposeResult:
        if self._detail.plain:
            yield Static(self._detail, id="confirm-detail")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
