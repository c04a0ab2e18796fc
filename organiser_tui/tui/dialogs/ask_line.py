"""A question that is answered by one line of text, checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import NOT_YET, QUIET
from organiser_tui.tui.widgets.completing import Complete, CompletingField, CompletingInput
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _


def refused_by(parse: Callable[[str], object]) -> Callable[[str], str | None]:
    """A `check` that says why `parse` refuses a line with an OrganiserError; what it gives is of no matter."""

    def wrong(line: str) -> str | None:
        try:
            parse(line)
        except OrganiserError as error:
            return str(error)
        return None

    return wrong


class AskLine(Dialog[str]):
    """`label` and a field; the line as typed, or None.

    `check` gives the sentence that says what is wrong with a line, or None; a line that is wrong is not taken.
    `complete` suggests how to go on with the line; tab goes on as far as that is clear, and only enter checks it.
    `read_back` says how a good line is understood ("Thu 26 Nov 18:00"), shown at the same place.
    """

    FOOTER: ClassVar[Sequence[str]] = ("ask.take", "complete.tab", "dialog.cancel")
    DEFAULT_CSS = """
    AskLine {
        #ask-message { height: auto; min-height: 1; padding-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("take it"), id="ask.take", priority=True, tooltip=_("Takes the line as it stands")),
    ]

    def __init__(
        self,
        label: str | Text,
        value: str = "",
        *,
        check: Callable[[str], str | None] | None = None,
        read_back: Callable[[str], str] | None = None,
        placeholder: str = "",
        complete: Complete | None = None,
    ) -> None:
        super().__init__(label)
        self._begins = value
        self._check = check
        self._read_back = read_back
        self._placeholder = placeholder
        self._complete = complete

    def body(self) -> ComposeResult:
        if self._complete is None:
            yield SafeInput(self._begins, placeholder=self._placeholder, select_on_focus=False, id="ask-line")
        else:
            yield CompletingField(
                self._complete,
                self._begins,
                placeholder=self._placeholder,
                input_id="ask-line",
                tab_completes=True,
            )
        yield Static(id="ask-message")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Of a long path the end is what one changes; it can be scrolled to only once the field has its width."""
        field = self.query_one("#ask-line", Input)
        if self._begins and field.value == self._begins:
            field.cursor_position = 0
            field.cursor_position = len(self._begins)

    @on(Input.Changed, "#ask-line")
    def show_message(self, event: Input.Changed) -> None:
        """What is wrong with the line, or how it is read."""
        self._show_message(event.value, typed=False)

    @property
    def would_lose(self) -> bool:
        line = self.query("#ask-line").results(Input)
        return any(field.value.strip() not in ("", self._begins.strip()) for field in line)

    def action_take(self) -> None:
        field = self.query_one("#ask-line", Input)
        if isinstance(field, CompletingInput) and field.field.take():
            return  # a suggestion had the bar: now it stands in the field
        value = self.query_one("#ask-line", Input).value
        if self._wrong(value) is None:
            self.dismiss(value)
        else:
            self._show_message(value, typed=True)

    def _wrong(self, value: str) -> str | None:
        return self._check(value) if self._check else None

    def _show_message(self, value: str, *, typed: bool) -> None:
        """What is wrong, else how the line is read; an empty field is not blamed before `enter`."""
        # Half a path names no file and ends in nothing yet: whoever is shown how to go on is blamed on enter.
        wrong = self._wrong(value) if typed or (value and self._complete is None) else None
        message = Text()
        if wrong is not None:
            message = Text.assemble(("! ", f"bold {NOT_YET}"), safe(wrong, NOT_YET))
        elif value and self._read_back:
            message = Text.assemble(("→ ", QUIET), safe(self._read_back(value)))
        self.query_one("#ask-message", Static).update(message)
