"""A field with a list of suggestions under it: arrows choose one, enter puts it in. It knows no noun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from organiser_tui.domain.folding import fold
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, QUIET_SELECTED
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

_LABEL_CELLS = 24


class Suggestion(NamedTuple):
    """What is put into the field, and what is said of it."""

    insert: str
    label: str
    detail: str = ""


class Completion(NamedTuple):
    """Suggestions for the characters from `start` to `end` of the value."""

    start: int
    end: int
    suggestions: Sequence[Suggestion]


def common_start(lines: Sequence[str]) -> str:
    """The characters with which every one of `lines` begins."""
    if not lines:
        return ""
    first, last = min(lines), max(lines)
    unlike = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(unlike, min(len(first), len(last)))]


NOTHING = Completion(0, 0, ())
Complete = Callable[[str, int], Completion]
"""Gives the suggestions for a value with the cursor at that place."""


class SuggestionList(OptionList, can_focus=False):
    """The list under the field: the field keeps the keys."""

    DEFAULT_CSS = """
    SuggestionList { height: auto; max-height: 8; background: $panel; }
    """


class CompletingInput(SafeInput):
    """The field of a CompletingField: it passes the arrows on to the list, and enter where a line has the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", _("suggestions"), id="complete.down", tooltip=_("Down into the suggestions")),
        Binding("up", "suggest(-1)", _("up"), id="complete.up", show=False, tooltip=_("The suggestion above")),
        Binding("tab", "complete", _("complete"), id="complete.tab", tooltip=_("Goes on as far as it is clear how")),
        Binding("enter", "submit", _("take it"), id="complete.take", tooltip=_("Puts the suggestion in, else goes on")),
        Binding("escape", "leave_suggestions", _("back"), id="complete.leave", show=False, tooltip=_("Out of them")),
    ]

    @property
    def field(self) -> CompletingField:
        """The field it is part of."""
        field = self.parent
        assert isinstance(field, CompletingField)
        return field

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without suggestions the arrows, and without a bar escape, belong to whoever is around the field."""
        if not self.is_attached:
            return True
        if action == "suggest":
            return bool(self.field.offered) and (parameters[0] == 1 or self.field.chosen is not None)
        if action == "complete":
            return self.field.tab_completes
        if action == "leave_suggestions":
            return self.field.chosen is not None
        return True

    def action_suggest(self, lines: int) -> None:
        self.field.move(lines)

    def action_complete(self) -> None:
        self.field.complete()

    def action_leave_suggestions(self) -> None:
        self.field.choose(None)

    async def action_submit(self) -> None:
        self.field.choose_only()
        if not self.field.take():
            await super().action_submit()


class CompletingField(Vertical):
    """A field and its suggestions, which stand under it while it has the focus."""

    DEFAULT_CSS = """
    CompletingField { height: auto; width: 1fr; }
    """

    @dataclass
    class Taken(Message):
        """A suggestion was put into the field."""

    def __init__(
        self,
        complete: Complete,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        input_id: str | None = None,
        tab_completes: bool = False,
        takes_only: bool = False,
    ) -> None:
        super().__init__(id=id)
        self._takes_only = takes_only
        """Whether enter takes the only suggestion that goes on with what is typed."""
        self.tab_completes = tab_completes
        """Whether tab goes on with what is typed, as in a shell, and not to the next field."""
        self._complete = complete
        self._input = CompletingInput(value, placeholder=placeholder, select_on_focus=False, id=input_id)
        self._completion = NOTHING
        self._list: SuggestionList | None = None
        """Made when there is something to suggest: a form has many fields, and most of them are passed over."""

    def compose(self) -> ComposeResult:
        yield self._input

    @property
    def input(self) -> CompletingInput:
        """The field itself."""
        return self._input

    @property
    def offered(self) -> Sequence[Suggestion]:
        """The suggestions that stand under the field now."""
        return self._completion.suggestions

    @property
    def chosen(self) -> int | None:
        """The suggestion with the bar."""
        return self._list.highlighted if self._list is not None and self.offered else None

    def offer(self) -> None:
        """Ask for suggestions anew."""
        self._completion = self._complete(self._input.value, self._input.cursor_position)
        if self._list is None and self.offered:
            self._list = SuggestionList()
            self.mount(self._list)
        if self._list is not None:
            self._list.clear_options()
            width = max(self.size.width - 2, 20)
            self._list.add_options(Option(_line(suggestion, width)) for suggestion in self.offered)
            self._list.highlighted = None
            self._list.display = bool(self.offered)
        self.screen.refresh_bindings()

    def move(self, lines: int) -> None:
        """Move the bar; above the first suggestion it leaves the list."""
        at = -1 if self.chosen is None else self.chosen
        self.choose(None if at + lines < 0 else min(at + lines, len(self.offered) - 1))

    def choose(self, row: int | None) -> None:
        """Put the bar on one suggestion, or on none."""
        if self._list is not None:
            self._list.highlighted = row
        self.screen.refresh_bindings()

    def choose_only(self) -> None:
        """Put the bar on the only suggestion, where enter is to take it."""
        start, end, suggestions = self._completion
        typed = fold(self._input.value[start:end])
        if self._takes_only and len(suggestions) == 1 and typed:
            wanted = fold(suggestions[0].insert)
            if wanted.startswith(typed) and wanted != typed:
                self.choose(0)

    def take(self) -> bool:
        """Put the suggestion with the bar into the field; False where none has it."""
        row = self.chosen
        if row is None:
            return False
        start, end, _suggestions = self._completion
        inserted = self.offered[row].insert
        value = self._input.value
        with self.prevent(Input.Changed):
            self._input.value = value[:start] + inserted + value[end:]
        self._input.cursor_position = start + len(inserted)
        self._input.post_message(Input.Changed(self._input, self._input.value))
        self.offer()
        self.post_message(self.Taken())
        return True

    def complete(self) -> None:
        """Go on with what is typed as far as all suggestions agree; with the bar on one, or with one alone, take it."""
        if self.chosen is None and len(self.offered) == 1:
            self.choose(0)
        if not self.take() and self.offered:
            start, end, suggestions = self._completion
            value = self._input.value
            common = common_start([suggestion.insert for suggestion in suggestions])
            if len(common) > end - start:
                self._input.value = value[:start] + common + value[end:]
                self._input.cursor_position = start + len(common)

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._input.has_focus:
            self.offer()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(event.option_index)
        self.take()
        self._input.focus()

    def on_resize(self, _event: events.Resize) -> None:
        if self._input.has_focus:
            self.offer()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        self.offer()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        self._completion = NOTHING
        if self._list is not None:
            self._list.display = False


def _line(suggestion: Suggestion, width: int) -> Text:
    text = safe(suggestion.label, NOT_YET)
    if suggestion.detail:
        gap = max(_LABEL_CELLS - text.cell_len, 2)
        text.append(" " * gap).append_text(safe(suggestion.detail, QUIET_SELECTED))
    return fit(text, width)
