"""One line with a few choices of which one holds: arrows go through them, digits and first letters pick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from organiser_tui.domain.folding import fold
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, QUIET
from organiser_tui.words import _

T = TypeVar("T")

_LEAST_CELLS = 20


class Offer(NamedTuple, Generic[T]):
    """One of the choices: what it is, and how it is called."""

    value: T
    label: str


class ChoiceRow(Static, Generic[T], can_focus=True):
    """The value chosen is in `value`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceRow { height: auto; width: 1fr; }
    ChoiceRow:focus { background: $selected; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", _("next"), id="choice.next", tooltip=_("The next of the choices")),
        Binding("left", "turn(-1)", _("before"), id="choice.before", show=False, tooltip=_("The choice before")),
        Binding("enter", "done", _("go on"), id="choice.done", show=False, tooltip=_("On to the next line")),
    ]

    @dataclass
    class Changed(Message):
        """Another choice holds now."""

        row: ChoiceRow[Any]

    @dataclass
    class Done(Message):
        """`enter`: on to what comes next."""

        row: ChoiceRow[Any]

    def __init__(self, offers: Sequence[Offer[T]], value: T, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers = offers
        self._at = next((n for n, offer in enumerate(offers) if offer.value == value), 0)

    @property
    def value(self) -> T:
        """The choice that holds."""
        return self._offers[self._at].value

    def pick(self, value: T) -> None:
        """Let `value` hold, where it is one of the choices."""
        for number, offer in enumerate(self._offers):
            if offer.value == value:
                self._turn_to(number)

    def on_focus(self) -> None:
        self.call_next(self.draw)  # it has the focus only once this is over

    def on_blur(self) -> None:
        self.call_next(self.draw)

    def on_resize(self, _event: events.Resize) -> None:
        self.draw()

    def draw(self) -> None:
        """All choices, in as many lines as they need."""
        width = max(self.size.width, _LEAST_CELLS)
        text, used = Text(end=""), 0
        for number, offer in enumerate(self._offers):
            if number == self._at:
                words = safe(f"[{offer.label}]", f"bold {KEPT}")
            else:
                words = safe(f" {offer.label} ", "" if self.has_focus else QUIET)
            words = fit(words, width)
            if used and used + words.cell_len > width:
                text.append("\n")
                used = 0
            text.append_text(words)
            used += words.cell_len
        # Laid out anew, the whole form with it, only where another number of lines is needed.
        self.update(text, layout=text.plain.count("\n") + 1 != self.size.height)

    def on_key(self, event: events.Key) -> None:
        letter = event.character or ""
        if letter.isdigit() and 0 < int(letter) <= len(self._offers):
            self._turn_to(int(letter) - 1)
        elif letter.isalpha():
            turned = [*range(self._at + 1, len(self._offers)), *range(self._at + 1)]
            fitting = [n for n in turned if fold(self._offers[n].label).startswith(fold(letter))]
            if not fitting:
                return
            self._turn_to(fitting[0])
        else:
            return
        event.stop()
        event.prevent_default()

    def _turn_to(self, number: int) -> None:
        self._at = number
        self.draw()
        self.post_message(self.Changed(self))

    def action_turn(self, step: int) -> None:
        self._turn_to((self._at + step) % len(self._offers))

    def action_done(self) -> None:
        self.post_message(self.Done(self))
