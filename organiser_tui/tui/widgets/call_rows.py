"""The lines of the form beside a call that take keys and no text: issues, rating, ask. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from organiser_tui.domain.contacts import AskDraft
from organiser_tui.store.words import AskChoice
from organiser_tui.tui.drawing.call import answer_words
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, ON_REACHED, QUIET, STRONG
from organiser_tui.tui.widgets.lines import Lines
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.widgets.call_form import CallForm

_ANSWER_CELLS = 15
_UNKNOWN_CELLS = 60  # until a row is laid out
ANSWERS = {"y": "yes", "m": "maybe", "l": "later", "n": "no"}


def rating_words(rating: int) -> str:
    """What a rating means."""
    return (_("leads others"), _("supports"), _("undecided"), _("not interested"), _("hostile"))[rating - 1]


class FormRow(Lines, can_focus=True):
    """One line of the form that takes keys while it has the focus, and gives it back."""

    @dataclass
    class Hint(Message):
        """What can be pressed now; '' for nothing."""

        words: str

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", _("done"), id="form.done", tooltip=_("Done with this line")),
        Binding("escape", "leave", _("done"), id="form.leave", show=False, tooltip=_("Back to the call")),
    ]

    @property
    def form(self) -> CallForm:
        """The form it is a line of."""
        return cast("CallForm", self.query_ancestor("CallForm"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a dialog escape belongs to the dialog."""
        return action != "leave" or (self.is_attached and not self.form.walks)

    def action_done(self) -> None:
        self.form.leave_line()

    action_leave = action_done

    def on_focus(self) -> None:
        self.call_next(self.draw)  # it has the focus only once this is over

    def on_blur(self) -> None:
        self.call_next(self.draw)

    def take(self, key: str) -> bool:
        """Take a key that means something here; False leaves it to the page."""
        return False

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and self.take(event.character):
            event.stop()
            event.prevent_default()

    def draw(self) -> None:
        """Show what is chosen."""

    def say_hint(self, words: str) -> None:
        """Below the form: what can be pressed now; nothing once the row has lost the focus."""
        self.post_message(self.Hint(words if self.has_focus else ""))


class RatingRow(FormRow):
    """1 leads others or openly active … 5 hostile; never the other way round."""

    value: int | None = None

    def draw(self) -> None:
        text = Text(end="")
        # What it means must stand beside it, also in 80 columns: the others go while nobody chooses among them.
        numbers = range(1, 6) if self.value is None or self.has_focus else (self.value,)
        for number in numbers:
            chosen = number == self.value
            open_style = f"bold {NOT_YET}" if self.has_focus else QUIET
            text.append(f"[{number}]" if chosen else f" {number} ", f"bold {ON_REACHED}" if chosen else open_style)
            text.append(" ")
        if self.value is not None:
            text.append(rating_words(self.value), QUIET)
        self.update(text)
        self.say_hint(_("1 leads others, 2 supports, 3 undecided, 4 not interested, 5 hostile, 0 none"))

    def take(self, key: str) -> bool:
        if not (key.isascii() and key.isdigit()):
            return False
        if key in "6789":  # a slip of the finger, and no outcome
            self.say_hint(_("A rating is 1 to 5; 0 takes it away."))
            return True
        self.value = int(key) or None
        self.action_done()
        return True


class AskRow(FormRow):
    """What is asked, what the answer is and until when: a digit chooses the ask, a letter the answer, u the day."""

    @dataclass
    class DueWanted(Message):
        """Until when is to be asked."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._choices: Sequence[AskChoice] = ()
        self._chosen = 0
        self.answer: str | None = None
        self._due: str | None = None
        self._today = date.min

    def offer(self, choices: Sequence[AskChoice], today: date) -> None:
        """What can be asked of this person, the likeliest first."""
        self._today = today
        self._choices, self._chosen, self.answer, self._due = choices, 0, None, None
        self.draw()

    @property
    def ask(self) -> AskDraft | None:
        """The ask with its answer; None where none was answered."""
        if self.answer is None or not self._choices:
            return None
        choice = self._choices[self._chosen]
        return AskDraft(choice.kind, self.answer, choice.event_id, self._due or choice.due)

    def fall_due(self, day: str | None) -> None:
        """Have it fall due on `day` (ISO); None where it does by itself, if at all."""
        self._due = day
        self.draw()

    def answered(self, ask: AskDraft | None) -> None:
        """Choose `ask` with its answer, where it is among what can be asked."""
        for place, choice in enumerate(self._choices):
            if ask is not None and (choice.kind, choice.event_id) == (ask.kind, ask.event_id):
                self._chosen, self.answer = place, ask.answer
                self._due = None if ask.due == choice.due else ask.due
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        text = Text(end="")
        if self._choices:
            if self.has_focus and len(self._choices) > 1:
                text.append(f"{self._chosen + 1} ", f"bold {NOT_YET}")
            label = safe(self._choices[self._chosen].label, STRONG if self.answer else "")
            until = f" {short_day(self._due, self._today)}" if self._due else ""
            room = self.size.width - text.cell_len - cell_len(until) - _ANSWER_CELLS
            text.append_text(fit(label, max(room, 6))).append(until, NOT_YET).append("  ")
        for letter, answer in ANSWERS.items():
            if answer == self.answer:
                text.append(f"[{answer_words(answer)}] ", f"bold {KEPT}")
            else:
                text.append(f"{letter} ", f"bold {NOT_YET}" if self.has_focus else QUIET)
        self.update(text)
        words = _("u until when; then the answer:") + " "
        words += ", ".join(f"{letter} {answer_words(answer)}" for letter, answer in ANSWERS.items())
        if len(self._choices) > 1:
            words += ". " + _("Or something else first: {what}").format(
                what=", ".join(f"{n} {c.label}" for n, c in enumerate(self._choices, 1))
            )
        self.say_hint(words)

    def take(self, key: str) -> bool:
        if key == "u":
            self.post_message(self.DueWanted())
        elif key in ANSWERS:
            self.answer = ANSWERS[key]
        elif key in "123456789" and int(key) <= len(self._choices):
            self._chosen = int(key) - 1
        elif key == "0":
            self.answer = None
        else:
            return False
        if key in ANSWERS or key == "0":
            self.action_done()
        self.draw()
        return True


class IssuesRow(FormRow):
    """The issues, each noted by its letter; the form holds which are."""

    def draw(self) -> None:
        self.update(self.form.issues_text(self.size.width or _UNKNOWN_CELLS))
        self.say_hint(_("press the letter of each") if self.has_focus else "")

    def on_resize(self) -> None:
        self.draw()

    def take(self, key: str) -> bool:
        return self.form.toggle_issue(key)
