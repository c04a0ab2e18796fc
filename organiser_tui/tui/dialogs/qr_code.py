"""A number as a QR code: the telephone's camera dials it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from organiser_tui.domain.phones import show_phone
from organiser_tui.store.person import PhoneLine
from organiser_tui.tui.dialling import dial, qr_lines
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_DARK_ON_LIGHT = "#000000 on #ffffff"
"""In every theme: a camera looks at it."""


class QrCode(Dialog[None]):
    """Shown until a key is pressed."""

    FOOTER: ClassVar[Sequence[str]] = ("dialog.cancel",)
    DEFAULT_CSS = """
    QrCode {
        #dialog { width: auto; max-height: 100%; padding: 0 2; }
        #dialog-title { padding-bottom: 0; width: auto; }
        #qr-code { width: auto; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,Q", "cancel", _("close"), id="dialog.cancel", tooltip=_("Back to the call")),
    ]

    def __init__(self, e164: str, shown: str) -> None:
        super().__init__(_("{number}: hold the telephone's camera to it").format(number=shown))
        self._e164 = e164

    def body(self) -> ComposeResult:
        style = "reverse" if self.app.no_color else _DARK_ON_LIGHT
        yield Static(Text("\n".join(qr_lines(self._e164)), style, no_wrap=True), id="qr-code")


def bring_to_telephone(page: Page, phone: PhoneLine, key: str) -> str:
    """Show a number as a QR code (Q), put it into the clipboard (y) or have it dialled (enter); what was done.

    Raises OrganiserError where nothing here dials.
    """
    number = phone.e164 or ""
    shown = show_phone(number, page.store.country)
    if key == "Q":
        page.app.push_screen(QrCode(number, shown))
        return ""
    if key == "y":
        page.app.copy_to_clipboard(number)
        return _("{number} is in the clipboard").format(number=number)
    dial(number, lambda sentence: page.call_later(page.say, f"{shown}: {sentence}", severity="error"))
    return _("{number} is being dialled").format(number=shown)
