"""A choice from a list that narrows while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from organiser_tui.domain.folding import fold
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, QUIET, QUIET_SELECTED
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

T = TypeVar("T")

_DIGITS = "123456789"
_LABEL_CELLS = 54


class Choice(NamedTuple, Generic[T]):
    """One thing to choose: what it is, how it is called, what is said beside it."""

    value: T
    label: str
    detail: str = ""


class _ChoiceList(OptionList, can_focus=False):
    """The list under the field: the field keeps the keys."""


class _Filter(SafeInput):
    """The field above the list; while it is empty a digit picks instead of being typed."""

    @dataclass
    class Picked(Message):
        """The digit of a line was pressed; `index` counts from 0."""

        index: int

    digits_pick = True
    """Whether a digit picks; where a name or path may begin with one it is typed."""
    letters = ""
    """The letters that pick the first lines, in their order."""

    def on_key(self, event: events.Key) -> None:
        if self.value or event.character is None:
            return
        for keys in (_DIGITS if self.digits_pick else "", self.letters):
            if event.character in keys:
                event.prevent_default()
                event.stop()
                self.post_message(self.Picked(keys.index(event.character)))


class Choose(Dialog[T], Generic[T]):
    """The value chosen, or None. Typing narrows, blind to accents and case; digits pick while nothing is typed.

    With `letters` the first lines have one each that picks as well: y and n. Where it does not narrow there is no
    field, and no letter or digit does anything: what was typed ahead of the question answers nothing.
    `more` gives what can be chosen beyond the choices by what is typed: a file by its path, somebody new by her name.
    `complete` goes on with what is typed when tab is pressed; `opens` gives what a choice that only leads on (a folder)
    puts into the field instead of being taken, '' for one that is taken.
    """

    FOOTER: ClassVar[Sequence[str]] = ("choose.take", "choose.down", "choose.complete", "dialog.cancel")
    DEFAULT_CSS = """
    /* From the top down, so that nothing moves while the list gets shorter under the cursor. */
    Choose {
        align: center top;
        #dialog { margin-top: 3; }
        #choose-filter { margin-bottom: 1; }
        #choose-list { height: auto; max-height: 40vh; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", _("choose"), id="choose.take", priority=True, tooltip=_("Takes the marked line")),
        Binding(
            "tab",
            "complete",
            _("complete"),
            id="choose.complete",
            priority=True,
            tooltip=_("Goes on as far as it is clear how"),
        ),
        Binding("down", "move(1)", _("down"), id="choose.down", tooltip=_("The line below")),
        Binding("up", "move(-1)", _("up"), id="choose.up", show=False, tooltip=_("The line above")),
        Binding("pagedown", "move(10)", _("page down"), id="choose.page-down", show=False, tooltip=_("Ten lines down")),
        Binding("pageup", "move(-10)", _("page up"), id="choose.page-up", show=False, tooltip=_("Ten lines up")),
    ]

    def __init__(
        self,
        title: str | Text,
        choices: Sequence[Choice[T]],
        *,
        current: T | None = None,
        letters: str = "",
        narrows: bool = True,
        more: Callable[[str], Sequence[Choice[T]]] | None = None,
        nothing: str | None = None,
        placeholder: str | None = None,
        complete: Callable[[str], str] | None = None,
        opens: Callable[[T], str] | None = None,
    ) -> None:
        super().__init__(title)
        self._choices = choices
        self._current = current
        self._letters = letters
        self._more = more
        self._complete = complete
        self._opens = opens
        self._nothing = _("nothing fits") if nothing is None else nothing
        self._narrows = narrows
        self._digits_pick = narrows and more is None and not any(choice.label[:1].isdigit() for choice in choices)
        picked = _("type to narrow, 1-9 to pick") if self._digits_pick else _("type to narrow")
        self._placeholder = picked if placeholder is None else placeholder
        self._shown: list[Choice[T]] = []

    def body(self) -> ComposeResult:
        if self._narrows:
            field = _Filter(placeholder=self._placeholder, id="choose-filter")
            field.digits_pick, field.letters = self._digits_pick, self._letters
            yield field
        yield _ChoiceList(id="choose-list")

    def on_mount(self) -> None:
        self._narrow("")

    @on(Input.Changed, "#choose-filter")
    def narrow(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    @on(OptionList.OptionSelected)
    def take_clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option_index)

    @on(_Filter.Picked)
    def take_digit(self, event: _Filter.Picked) -> None:
        self._take(event.index)

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        self._shown = [
            choice for choice in self._choices if all(word in fold(f"{choice.label} {choice.detail}") for word in words)
        ]
        if self._more is not None and typed.strip():
            held = {choice.value for choice in self._shown}
            self._shown += [choice for choice in self._more(typed.strip()) if choice.value not in held]
        options = self.query_one("#choose-list", OptionList)
        options.clear_options()
        options.add_options(
            Option(self._line(choice, number, numbered=self._digits_pick and not words))
            for number, choice in enumerate(self._shown)
        )
        if not self._shown:
            options.add_option(Option(Text(self._nothing, QUIET), disabled=True))
            return
        values = [choice.value for choice in self._shown]
        options.highlighted = values.index(self._current) if self._current in values else 0

    def _line(self, choice: Choice[T], number: int, *, numbered: bool) -> Text:
        digit = _DIGITS[number] if numbered and number < len(_DIGITS) else " "
        line = Text.assemble((f"{digit}  ", NOT_YET), safe(choice.label), no_wrap=True)
        if choice.detail:
            line.append_text(Text.assemble("  ", safe(choice.detail, QUIET_SELECTED)))
        return fit(line, _LABEL_CELLS)

    def action_move(self, lines: int) -> None:
        options = self.query_one("#choose-list", OptionList)
        if self._shown:
            options.highlighted = max(0, min((options.highlighted or 0) + lines, len(self._shown) - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key may arrive before the list is there, or when the dialog is leaving already."""
        if action == "complete" and self._complete is None:
            return False
        if action in ("take", "move", "complete"):
            return bool(self.query("#choose-list")) and self.is_current
        return super().check_action(action, parameters)

    def action_complete(self) -> None:
        field = self.query_one("#choose-filter", Input)
        if self._complete is not None:
            self._put(self._complete(field.value))

    def _put(self, line: str) -> None:
        field = self.query_one("#choose-filter", Input)
        field.value = line
        field.cursor_position = len(line)

    def action_take(self) -> None:
        highlighted = self.query_one("#choose-list", OptionList).highlighted
        if highlighted is not None:
            self._take(highlighted)

    def _take(self, index: int) -> None:
        if index >= len(self._shown):
            return
        leads_to = self._opens(self._shown[index].value) if self._opens is not None else ""
        if leads_to:
            self._put(leads_to)
        else:
            self.dismiss(self._shown[index].value)
