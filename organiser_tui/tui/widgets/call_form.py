"""The form beside a call: issues, rating, ask, note and follow-up, each one key away. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from organiser_tui.domain.contacts import AskDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.follow_ups import FollowUp, parse_follow_up
from organiser_tui.store.words import AskChoice, IssueWord
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, ON_REACHED, OVERDUE, QUIET, STRONG
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

_ANSWER_CELLS = 15
ANSWERS = {"y": "yes", "m": "maybe", "l": "later", "n": "no"}


def rating_words(rating: int) -> str:
    """What a rating means."""
    return (_("leads others"), _("supports"), _("undecided"), _("not interested"), _("hostile"))[rating - 1]


def answer_words(answer: str) -> str:
    """The word for an answer to an ask."""
    return {"yes": _("yes"), "maybe": _("maybe"), "later": _("later"), "no": _("no")}[answer]


class FormRow(Static, can_focus=True):
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
        return self.query_ancestor(CallForm)

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
        for number in range(1, 6):
            chosen = number == self.value
            open_style = f"bold {NOT_YET}" if self.has_focus else QUIET
            text.append(f"[{number}]" if chosen else f" {number} ", f"bold {ON_REACHED}" if chosen else open_style)
            text.append(" ")
        if self.value is not None:
            text.append(rating_words(self.value), QUIET)
        self.update(text)
        self.say_hint(_("1 leads others, 2 supports, 3 undecided, 4 not interested, 5 hostile, 0 none"))

    def take(self, key: str) -> bool:
        if key not in "012345":
            return False
        self.value = int(key) or None
        self.action_done()
        return True


class AskRow(FormRow):
    """What is asked and what the answer is: a digit chooses the ask, a letter the answer."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._choices: Sequence[AskChoice] = ()
        self._chosen = 0
        self.answer: str | None = None

    def offer(self, choices: Sequence[AskChoice]) -> None:
        """What can be asked of this person, the likeliest first."""
        self._choices, self._chosen, self.answer = choices, 0, None
        self.draw()

    @property
    def ask(self) -> AskDraft | None:
        """The ask with its answer; None where none was answered."""
        if self.answer is None or not self._choices:
            return None
        choice = self._choices[self._chosen]
        return AskDraft(choice.kind, self.answer, choice.event_id)

    def answered(self, ask: AskDraft | None) -> None:
        """Choose `ask` with its answer, where it is among what can be asked."""
        for place, choice in enumerate(self._choices):
            if ask is not None and (choice.kind, choice.event_id) == (ask.kind, ask.event_id):
                self._chosen, self.answer = place, ask.answer
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        text = Text(end="")
        if self._choices:
            if self.has_focus and len(self._choices) > 1:
                text.append(f"{self._chosen + 1} ", f"bold {NOT_YET}")
            label = safe(self._choices[self._chosen].label, STRONG if self.answer else "")
            text.append_text(fit(label, max(self.size.width - text.cell_len - _ANSWER_CELLS, 6)))
            text.append("  ")
        for letter, answer in ANSWERS.items():
            if answer == self.answer:
                text.append(f"[{answer_words(answer)}] ", f"bold {KEPT}")
            else:
                text.append(f"{letter} ", f"bold {NOT_YET}" if self.has_focus else QUIET)
        self.update(text)
        words = ", ".join(f"{letter} {answer_words(answer)}" for letter, answer in ANSWERS.items())
        if len(self._choices) > 1:
            words += ". " + _("1-{n} asks something else: {what}").format(
                n=len(self._choices), what=" ".join(f"{n} {c.label}" for n, c in enumerate(self._choices, 1))
            )
        self.say_hint(words)

    def take(self, key: str) -> bool:
        if key in ANSWERS:
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
        self.update(self.form.issues_text())
        self.say_hint(_("press the letter of each") if self.has_focus else "")

    def take(self, key: str) -> bool:
        return self.form.toggle_issue(key)


class Noted(NamedTuple):
    """What stands on the form, as it was put there."""

    issues: tuple[str, ...]
    rating: int | None
    ask: AskDraft | None
    note: str
    follow_up: str


class CallForm(Vertical):
    """Everything learned in one call, until it is saved with the outcome."""

    DEFAULT_CSS = """
    CallForm {
        height: auto;
        .form-row { height: 1; }
        .form-label { width: 10; color: $quiet; }
        .form-row Input { width: 1fr; }
        .form-row FormRow, .form-row RatingRow, .form-row AskRow { width: 1fr; height: 1; }
        .form-row #form-issues { height: auto; width: 1fr; }
        .tall { height: auto; }
        .form-row FormRow:focus { background: $selected; }
        #form-read-back { padding-left: 11; height: auto; min-height: 1; }
    }
    """

    @dataclass
    class FollowUpTaken(Message):
        """`enter` in the follow-up field, with a moment that is understood."""

    def __init__(self, issues: Sequence[IssueWord], *, id: str, walks: bool = False) -> None:
        super().__init__(id=id)
        self.walks = walks
        """Whether leaving a line goes on to the next one, as in a dialog, and not back to the keys of the page."""
        self._issues = issues
        self._noted: list[str] = []
        self._now = datetime.min
        self.agreed: FollowUp | None = None
        self.trouble = ""

    def compose(self) -> ComposeResult:
        # Who comes back to a note writes on: typing must not replace what is there.
        next_field = SafeInput(placeholder=_("thu 18h bring the forms"), select_on_focus=False, id="form-next")
        for name, label, widget in (
            ("issues", _("Issues"), IssuesRow(id="form-issues")),
            ("rating", _("Rating"), RatingRow(id="form-rating")),
            ("ask", _("Ask"), AskRow(id="form-ask")),
            ("note", _("Note"), SafeInput(max_length=2000, select_on_focus=False, id="form-note")),
            ("next", _("Follow-up"), next_field),
        ):
            with Horizontal(classes=f"form-row {'tall' if name == 'issues' else ''}"):
                yield Static(label, classes="form-label")
                yield widget
        yield Static(id="form-read-back")

    def clear(self, asks: Sequence[AskChoice], now: datetime) -> None:
        """An empty form for the next person; `now` is wall time."""
        self._noted = []
        self._now = now
        self.query_one(RatingRow).value = None
        self.query_one(RatingRow).draw()
        self.query_one(AskRow).offer(asks)
        self.query_one("#form-note", Input).value = ""
        self.query_one("#form-next", Input).value = ""
        self._read_follow_up("")
        self._draw_issues()

    def note_again(self, noted: Noted) -> None:
        """Put back what stood here, after clear()."""
        self._noted = list(noted.issues)
        self.query_one(RatingRow).value = noted.rating
        self.query_one(RatingRow).draw()
        self.query_one(AskRow).answered(noted.ask)
        self.query_one("#form-note", Input).value = noted.note
        self.query_one("#form-next", Input).value = noted.follow_up
        self._read_follow_up(noted.follow_up)
        self._draw_issues()

    @property
    def noted(self) -> Noted:
        """What stands on the form."""
        return Noted(self.issues, self.rating, self.ask, self.note, self.follow_up)

    @property
    def touched(self) -> bool:
        """Whether anything has been noted that would be lost."""
        return any(self.noted)

    @property
    def note(self) -> str:
        return self.query_one("#form-note", Input).value

    @property
    def follow_up(self) -> str:
        """The follow-up as typed."""
        return self.query_one("#form-next", Input).value.strip()

    @property
    def rating(self) -> int | None:
        return self.query_one(RatingRow).value

    @property
    def ask(self) -> AskDraft | None:
        return self.query_one(AskRow).ask

    @property
    def issues(self) -> tuple[str, ...]:
        return tuple(self._noted)

    def toggle_issue(self, letter: str) -> bool:
        """Note the issue with `letter`, or take it away; False where no issue has that letter."""
        for issue in self._issues:
            if issue.letter == letter:
                if issue.code in self._noted:
                    self._noted.remove(issue.code)
                else:
                    self._noted.append(issue.code)
                self._draw_issues()
                return True
        return False

    def leave_line(self) -> None:
        """Done with one line: on to the next, or back to the page."""
        if self.walks:
            self.screen.focus_next()
        else:
            self.screen.set_focus(None)

    def leave(self, field: Widget) -> bool:
        """Leave `field`, where what stands in it is understood; True where it was the follow-up that was agreed."""
        agreed = field.id == "form-next"
        if not (agreed and self.trouble):
            self.leave_line()
        return agreed and not self.trouble

    def _draw_issues(self) -> None:
        self.query_one(IssuesRow).update(self.issues_text())

    def issues_text(self) -> Text:
        """Every issue with its letter, those noted in brackets; letters stand out where they can be pressed."""
        text = Text(end="")
        letter_style = f"bold {NOT_YET}" if not self.walks or self.query_one(IssuesRow).has_focus else QUIET
        for issue in self._issues:
            noted = issue.code in self._noted
            if noted:
                text.append_text(safe(f"[{issue.label}]", f"bold {KEPT}"))
            else:
                text.append_text(safe(issue.letter, letter_style))
                rest = issue.label[1:] if issue.label.startswith(issue.letter) else f" {issue.label}"
                text.append_text(safe(rest, QUIET))
            text.append("  ")
        text.rstrip()
        return text

    @on(Input.Changed, "#form-next")
    def _follow_up_typed(self, event: Input.Changed) -> None:
        self._read_follow_up(event.value)

    def _read_follow_up(self, value: str) -> None:
        self.agreed, self.trouble = None, ""
        shown = Text()
        if value.strip():
            try:
                self.agreed = parse_follow_up(value, self._now)
                shown = safe(f"→ {self.agreed.read_back(self._now.date())}", f"bold {KEPT}")
            except OrganiserError as error:
                self.trouble = str(error)
                shown = safe(self.trouble, OVERDUE)
        self.query_one("#form-read-back", Static).update(shown)

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id != "form-next":
            self.leave_line()
        elif not self.trouble:
            self.post_message(self.FollowUpTaken())

    @on(FormRow.Hint)
    def _show_hint(self, event: FormRow.Hint) -> None:
        event.stop()
        if event.words:
            self.query_one("#form-read-back", Static).update(safe(event.words, QUIET))
        elif not isinstance(self.screen.focused, FormRow):  # the row that has it now speaks for itself
            self._read_follow_up(self.follow_up)

    def demand_follow_up(self) -> None:
        """Ask for the hour that was agreed, at the field."""
        field = self.query_one("#form-next", Input)
        self.screen.set_focus(field)
        if not field.value:
            self.query_one("#form-read-back", Static).update(Text(_("When was agreed? Then enter saves."), NOT_YET))
