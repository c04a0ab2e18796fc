"""One line of a form: a label, a field, and under it what is wrong with it or how it is read. It knows no noun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import AwaitMount, Widget
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET
from organiser_tui.tui.widgets.choice_row import ChoiceRow
from organiser_tui.tui.widgets.completing import NOTHING, Complete, CompletingField, Completion, Suggestion
from organiser_tui.words import _

ReadBack = Callable[[str], str]
"""Says how a value is read ('' for nothing to say); raises OrganiserError that says why it is not."""
WordsLike = Callable[[str], Sequence[str]]
"""Words that may be meant by what is typed."""


class FormLine(Vertical):
    """A label and whatever is chosen or typed beside it; `trouble` is what is wrong."""

    DEFAULT_CSS = """
    FormLine {
        height: auto;
        .form-line { height: auto; }
        .form-label { width: 15; color: $quiet; }
        .form-message { height: auto; padding-left: 16; }
    }
    """

    def __init__(self, label: str, widget: Widget, *, id: str) -> None:
        super().__init__(id=id)
        self._label = label
        self._widget = widget
        self._message: Static | None = None
        """Made when there is something to say: most lines have nothing, and a form has many."""
        self._mounting: AwaitMount | None = None
        self.trouble = ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="form-line"):
            yield Static(self._label, classes="form-label")
            yield self._widget

    def blame(self, sentence: str) -> None:
        """Say at the field what is wrong."""
        self.trouble = sentence
        self.say(Text.assemble(("! ", f"bold {NOT_YET}"), safe(sentence, NOT_YET)))

    def show_trouble(self) -> None:
        """Scroll to the line and what is wrong there, once that is laid out: the form may be taller than its room."""
        self.run_worker(self._into_sight(), exclusive=True)

    async def _into_sight(self) -> None:
        if self._mounting is not None:
            await self._mounting  # before that nobody knows how tall the line is
        self.call_after_refresh(self.call_after_refresh, self.scroll_visible, animate=False)

    def say(self, words: Text) -> None:
        """Show `words` under the field; nothing for an empty Text."""
        if self._message is None and words.plain:
            self._message = Static(words, classes="form-message")
            self._mounting = self.mount(self._message)
        elif self._message is not None:
            self._message.update(words)
            self._message.display = bool(words.plain)


class ChoiceLine(FormLine):
    """A label and a few choices."""

    def __init__(self, label: str, row: ChoiceRow[Any], *, id: str) -> None:
        super().__init__(label, row, id=id)
        self.row = row

    @property
    def value(self) -> Any:
        """The choice that holds."""
        return self.row.value


class FormField(FormLine):
    """A label and a field, checked when it is left and completed from `words` while one types."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        id: str,
        check: ReadBack | None = None,
        words: WordsLike | None = None,
        several: bool = False,
        complete: Complete | None = None,
        takes_only: bool = False,
        placeholder: str = "",
        hint: str = "",
    ) -> None:
        self._words = words
        self._several = several
        self._check = check
        self._hint = hint
        self._field = CompletingField(
            *(complete or self._complete, value), placeholder=placeholder, input_id=f"{id}-text", takes_only=takes_only
        )
        super().__init__(label, self._field, id=id)

    @property
    def value(self) -> str:
        """What is typed."""
        return self._field.input.value.strip()

    @value.setter
    def value(self, value: str) -> None:
        self._field.input.value = value

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self._field.input.focus()

    def _complete(self, value: str, cursor: int) -> Completion:
        """Words for the whole field, or for the part between commas where it holds several."""
        if self._words is None:
            return NOTHING
        start = value.rfind(",", 0, cursor) + 1 if self._several else 0
        end = value.find(",", cursor) if self._several else -1
        end = len(value) if end < 0 else end
        typed = value[start:end].strip()
        start += len(value[start:end]) - len(value[start:end].lstrip())
        if not typed:
            return NOTHING
        found = [word for word in self._words(typed) if fold(word) != fold(typed)]
        return Completion(start, end, [Suggestion(word, word) for word in found])

    @on(Input.Changed)
    def _mended(self) -> None:
        """What was wrong is being mended: it is looked at again when the line is left."""
        if self.trouble:
            self.trouble = ""
            self.say(Text(""))

    @on(CompletingField.Taken)
    def _go_on(self) -> None:
        """What was chosen is whole: on to the next line, or the next letters would be written behind it."""
        if self._words is not None and not self._several:
            self.screen.focus_next()

    def settle(self) -> bool:
        """Check what is typed and say how it is read, or what is wrong; whether it is right."""
        self.trouble = ""
        words = ""
        try:
            words = self._check(self.value) if self._check is not None else ""
        except OrganiserError as error:
            self.blame(str(error))
            return False
        self.say(Text.assemble(("→ ", QUIET), safe(words, KEPT)) if words else Text(""))
        return True

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        if self._hint and not self.trouble:
            self.say(Text(self._hint, QUIET))

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        self.settle()


def yes_no_unknown() -> tuple[tuple[int | None, str], ...]:
    """The three answers to something one asks a person."""
    return ((None, _("not asked")), (1, _("yes")), (0, _("no")))
