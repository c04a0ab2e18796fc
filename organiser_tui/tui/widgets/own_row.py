"""One of several people who were there: her own rating, issues and answer in one line. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from organiser_tui.domain.contacts import AskDraft
from organiser_tui.store.words import AskChoice, IssueWord
from organiser_tui.tui.drawing.call import answer_words
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, ON_REACHED, QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.call_rows import ANSWERS
from organiser_tui.tui.widgets.record_lines import BAR
from organiser_tui.words import _

_NAME_CELLS: Final = 24


class OwnRow(Static, can_focus=True):
    """A digit is her rating, a letter an issue of her own, a capital letter her answer to what she was asked."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    OwnRow { height: 1; }
    OwnRow:focus { background: $selected; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", _("go on"), id="own.done", show=False, tooltip=_("On to the next line")),
        Binding("delete", "remove", _("was not there"), id="own.remove", tooltip=_("Takes her out of this talk")),
    ]

    @dataclass
    class Removed(Message):
        """She was not there after all."""

        row: OwnRow

    @dataclass
    class Hint(Message):
        """What can be pressed now."""

        words: str

    def __init__(self, person_id: int, name: str, issues: Sequence[IssueWord], choice: AskChoice | None) -> None:
        super().__init__()
        self.person_id = person_id
        self._called = name
        self._words = issues
        self._choice = choice
        self.rating: int | None = None
        self.issues: tuple[str, ...] = ()
        self.answer: str | None = None

    @property
    def ask(self) -> AskDraft | None:
        """What she was asked, with her answer; None where she was not."""
        if self.answer is None or self._choice is None:
            return None
        return AskDraft(self._choice.kind, self.answer, self._choice.event_id)

    def start_with(self, rating: int | None, ask: AskDraft | None) -> None:
        """Begin with what was noted of her before others were there."""
        self.rating = rating
        self.answer = None if ask is None else ask.answer
        self.draw()

    def on_mount(self) -> None:
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def on_focus(self) -> None:
        self.draw()
        asked = "" if self._choice is None else self._choice.label
        self.post_message(
            self.Hint(
                _("1-5 rates her, letters are issues of her own, Y M L N what she said to: {ask}").format(ask=asked)
            )
        )

    def on_blur(self) -> None:
        self.call_next(self.draw)  # it has lost the focus only once this is over
        self.post_message(self.Hint(""))

    def draw(self) -> None:
        """Her name and what is noted of her."""
        name = fit(safe(self._called, STRONG), _NAME_CELLS)
        text = Text.assemble((BAR if self.has_focus else " ", REACHED), name, end="")
        text.append(" " * (_NAME_CELLS + 2 - text.cell_len))
        open_style = f"bold {NOT_YET}" if self.has_focus else QUIET
        for number in range(1, 6):
            chosen = number == self.rating
            text.append(f"[{number}]" if chosen else f" {number} ", f"bold {ON_REACHED}" if chosen else open_style)
        text.append("  ")
        if self._choice is not None:
            text.append(f"{self._choice.kind} ", QUIET)
        for letter, answer in ANSWERS.items():
            if answer == self.answer:
                text.append(f"[{answer_words(answer)}] ", f"bold {KEPT}")
            else:
                text.append(f"{letter.upper()} ", open_style)
        own = ", ".join(word.label for word in self._words if word.code in self.issues)
        text.append_text(safe(f" {own}", KEPT))
        self.update(fit(text, max(self.size.width, 20)))

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and self._take(event.character):
            self.draw()
            event.stop()
            event.prevent_default()

    def _take(self, key: str) -> bool:
        if key in "012345":
            self.rating = int(key) or None
        elif key.lower() in ANSWERS and (key.isupper() or all(word.letter != key for word in self._words)):
            answer = ANSWERS[key.lower()]
            self.answer = None if answer == self.answer else answer
        else:
            issue = next((word.code for word in self._words if word.letter == key), None)
            if issue is None:
                return False
            held = tuple(code for code in self.issues if code != issue)
            self.issues = held if issue in self.issues else (*held, issue)
        return True

    def action_done(self) -> None:
        self.screen.focus_next()

    def action_remove(self) -> None:
        self.post_message(self.Removed(self))
