"""The form beside a call: issues, rating, ask, note and follow-up, each one key away. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from organiser_tui.domain.contacts import AskDraft, ContactDraft, HandOver, something_learned
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.follow_ups import FollowUp, parse_follow_up, presets
from organiser_tui.domain.heard import NOTHING as NOTHING_HEARD
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.noted import Noted
from organiser_tui.store.sitting import Asked
from organiser_tui.store.words import AskChoice, IssueWord
from organiser_tui.tui.drawing.folded import in_lines
from organiser_tui.tui.drawing.heard import heard_words, question_words
from organiser_tui.tui.drawing.keys import heard_keys, preset_keys
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET
from organiser_tui.tui.widgets.call_rows import AskRow, FormRow, IssuesRow, RatingRow
from organiser_tui.tui.widgets.safe_input import SafeInput
from organiser_tui.words import _

NOTHING_ASKED = Asked()


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
        &.-of-several .of-one { display: none; }
        .form-row FormRow:focus { background: $selected; }
        #form-note-whole { padding-left: 2; height: auto; max-height: 6; display: none; color: $quiet; }
        #form-note-whole.-long { display: block; }
        #form-questions, #form-handed, #form-heard { padding-left: 11; height: auto; max-height: 3; display: none; }
        #form-questions.-said, #form-handed.-said, #form-heard.-said { display: block; }
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
        self._clock: Callable[[], datetime] = lambda: datetime.min
        self.agreed: FollowUp | None = None
        self.trouble = ""
        self._hand_over: HandOver | None = None
        self.heard = NOTHING_HEARD
        """What else was heard: whom she knows, what she speaks."""
        self._typed = ("", datetime.min)
        """A follow-up that was put back, and when it was typed: "tomorrow" was the day after that one."""
        self._demanded = False
        """Whether an outcome waits for the hour that was agreed."""
        self.asked = NOTHING_ASKED
        """What she is asked."""
        self.answers: dict[int, str] = {}
        """What was answered to the questions of the list, by question."""

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
            kind = {"issues": "tall", "rating": "of-one", "ask": "of-one"}.get(name, "")
            with Horizontal(classes=f"form-row {kind}"):
                yield Static(label, classes="form-label")
                yield widget
            if name == "note":
                yield Static(id="form-note-whole")
        yield Static(id="form-read-back")
        yield Static(id="form-questions")
        yield Static(id="form-heard")
        yield Static(id="form-handed")

    def clear(self, asks: Sequence[AskChoice], clock: Callable[[], datetime], asked: Asked = NOTHING_ASKED) -> None:
        """An empty form for the next person, with what she is `asked`; `clock` gives the wall time."""
        self._noted = []
        self._clock = clock
        self.hand_over_to(None)
        self.asked, self.answers = asked, {}
        self.hear(NOTHING_HEARD)
        self.query_one(RatingRow).value = None
        self.query_one(RatingRow).draw()
        self.query_one(AskRow).offer(asks, clock().date())
        self.query_one("#form-note", Input).value = ""
        self.query_one("#form-next", Input).value = ""
        self._demanded = False
        self._read_follow_up("")
        self._draw_issues()

    def of_several(self, several: bool) -> None:
        """With several people rating and ask are each one's own; issues, note and follow-up are everybody's."""
        self.set_class(several, "-of-several")

    def note_again(self, noted: Noted) -> None:
        """Put back what stood here, after clear()."""
        self._typed = (noted.follow_up, datetime.fromisoformat(noted.typed) if noted.typed else self._clock())
        self._noted = list(noted.issues)
        self.query_one(RatingRow).value = noted.rating
        self.query_one(RatingRow).draw()
        self.query_one(AskRow).answered(noted.ask)
        self.query_one("#form-note", Input).value = noted.note
        self.query_one("#form-next", Input).value = noted.follow_up
        self.hand_over_to(noted.hand_over)
        self.answers = dict(noted.answers)
        self.hear(noted.heard)
        self._read_follow_up(noted.follow_up)
        self._draw_issues()

    @property
    def _typed_at(self) -> str:
        """The wall time at which the follow-up was typed; '' while there is none."""
        if not self.follow_up:
            return ""
        at = self._typed[1] if self.follow_up == self._typed[0] else self._clock()
        return at.isoformat(timespec="minutes")

    @property
    def noted(self) -> Noted:
        """What stands on the form."""
        return Noted(
            issues=self.issues,
            rating=self.rating,
            ask=self.ask,
            note=self.note,
            follow_up=self.follow_up,
            hand_over=self._hand_over,
            heard=self.heard,
            answers=tuple(self.answers.items()),
            typed=self._typed_at,
            writing=self.query_one("#form-note").has_focus,
        )

    def hand_over_to(self, draft: HandOver | None) -> None:
        """Hand her over with the outcome; None calls it off."""
        self._hand_over = draft
        words = None
        if draft is not None:
            said = _("hand over to {name}: {why} · with the outcome").format(name=draft.name, why=draft.why)
            words = safe(f"→ {said}", f"bold {NOT_YET}")
        self._say_or_hide("#form-handed", words)

    def _say_or_hide(self, name: str, words: Text | None) -> None:
        said = self.query_one(name, Static)
        if words is not None or said.has_class("-said"):  # the page is laid out anew for what appears or goes alone
            said.update(words or "")
            said.set_class(words is not None, "-said")

    def hear(self, heard: Heard) -> None:
        """Note what else was heard, in the place of what stood there."""
        self.heard = heard
        words = safe(f"+ {heard_words(heard)}", KEPT) if any(heard) else None
        self._say_or_hide("#form-heard", words)
        self.answered(self.answers)

    def answered(self, answers: Mapping[int, str]) -> None:
        """Note what was answered, in the place of what stood there."""
        self.answers = dict(answers)
        self._say_or_hide("#form-questions", question_words(self.asked, self.answers, self.heard.mandates))

    @property
    def touched(self) -> bool:
        """Whether anything has been noted that would be lost."""
        return self.noted.anything

    @property
    def learned(self) -> bool:
        """Whether anything stands here that only a talk can have told."""
        return something_learned(self.rating, self.issues, self.ask, self.heard, self.noted.answers)

    def contact(self, person_id: int, outcome: str, **rest: Any) -> ContactDraft:
        """The contact with what stands here; `rest` are the fields of ContactDraft that do not."""
        return ContactDraft(
            person_id,
            outcome,
            note=self.note,
            rating=self.rating,
            issues=self.issues,
            ask=self.ask,
            follow_up=self.agreed.moment if self.agreed else None,
            follow_up_why=self.agreed.why if self.agreed else "",
            hand_over=self._hand_over,
            heard=self.heard,
            answers=self.noted.answers,
            **rest,
        )

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
        self.query_one(IssuesRow).draw()

    def issues_text(self, width: int) -> Text:
        """Every issue with its letter in lines of `width` cells, those noted in brackets.

        Letters stand out where they can be pressed.
        """
        words = []
        letter_style = f"bold {NOT_YET}" if not self.walks or self.query_one(IssuesRow).has_focus else QUIET
        for issue in self._issues:
            noted = issue.code in self._noted
            if noted:
                word = safe(f"[{issue.label}]", f"bold {KEPT}")
            else:
                rest = issue.label[1:] if issue.label.startswith(issue.letter) else f" {issue.label}"
                word = Text.assemble(safe(issue.letter, letter_style), safe(rest, QUIET), end="")
            words.append(word.append("  "))
        return Text("\n").join(in_lines(words, width))

    @on(Input.Changed, "#form-note")
    def show_note(self) -> None:
        """A note that is longer than its field stands below it in full while it is written."""
        field, whole = self.query_one("#form-note", Input), self.query_one("#form-note-whole", Static)
        long = field.has_focus and cell_len(field.value) >= max(field.size.width, 1)
        whole.update(safe(field.value) if long else "")
        whole.set_class(long, "-long")

    def on_descendant_focus(self) -> None:
        for field in self.query(Input):
            if field.has_focus:
                field.cursor_position = len(field.value)  # one writes on where one left off
                if field.id == "form-next":
                    self._read_follow_up(field.value)
        self.show_note()

    def on_descendant_blur(self) -> None:
        self.call_next(self._show_beginnings)  # the field has lost the focus only once this is over

    def _show_beginnings(self) -> None:
        """Of what is longer than its field the beginning stands there, once nobody writes in it."""
        for field in self.query(Input):
            if not field.has_focus:
                field.cursor_position = 0
                # The row that has it now speaks for itself.
                if field.id == "form-next" and not isinstance(self.screen.focused, FormRow):
                    self._read_follow_up(field.value)
        self.show_note()

    @on(Input.Changed, "#form-next")
    def _follow_up_typed(self, event: Input.Changed) -> None:
        typed = event.input.value  # as it is by now
        if typed.strip() != self._typed[0]:
            self._typed = (typed.strip(), self._clock())  # a call may last, and "+30min" is from now
        self._read_follow_up(typed)

    def _read_follow_up(self, value: str) -> None:
        self.agreed, self.trouble = None, ""
        shown = self._nothing_typed()
        if value.strip():
            try:
                text, at = self._typed
                self.agreed = parse_follow_up(value, at if value.strip() == text else self._clock())
                shown = safe(f"→ {self.agreed.read_back(self._clock().date())}", f"bold {KEPT}")
            except OrganiserError as error:
                self.trouble = str(error)
                shown = safe(self.trouble, OVERDUE)
            if not self.walks and not self.query_one("#form-next", Input).has_focus:
                shown = Text("\n").join([shown, *heard_keys()])
        said = self.query_one("#form-read-back", Static)
        if shown != said.content:  # what stands there already need not have the page laid out anew
            said.update(shown)
        if self.trouble:
            self.call_after_refresh(said.scroll_visible, animate=False)  # a form in a dialog may be taller than it

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id != "form-next":
            self.leave_line()
        elif not self.trouble:
            self.post_message(self.FollowUpTaken())

    @on(AskRow.DueWanted)
    @work
    async def ask_until(self, event: AskRow.DueWanted) -> None:
        """Until when she was asked; an empty line takes the day away."""
        from organiser_tui.tui.dialogs.until_when import until_when

        event.stop()
        day = await until_when(self.app, self._clock())
        if day is not None:
            self.query_one(AskRow).fall_due(day or None)

    @on(FormRow.Hint)
    def _show_hint(self, event: FormRow.Hint) -> None:
        event.stop()
        if event.words:
            self.query_one("#form-read-back", Static).update(safe(event.words, QUIET))
        elif not isinstance(self.screen.focused, FormRow):  # the row that has it now speaks for itself
            self._read_follow_up(self.follow_up)

    @property
    def wants_hour(self) -> bool:
        """Whether an outcome waits for an hour that is not agreed yet."""
        return self._demanded and self.agreed is None

    def demand_hour(self, *, demanded: bool) -> None:
        """Whether an outcome waits for the hour that was agreed, which is asked for at the field."""
        self._demanded = demanded
        self._read_follow_up(self.follow_up)

    def take_preset(self, place: int) -> None:
        """Put a preset into the follow-up, before the words that were typed."""
        why = self.agreed.why if self.agreed is not None else self.follow_up
        self.query_one("#form-next", Input).value = f"{presets()[place].text} {why}".strip()
        self._read_follow_up(self.follow_up)

    def _nothing_typed(self) -> Text:
        """What stands under an empty follow-up: what is wanted, and what is one key away: a moment, or what else."""
        wanted = Text(_("! When was agreed? What stands below saves at once:"), f"bold {NOT_YET}")
        lines = [wanted] if self._demanded else []
        if not self.walks:
            typing = self.query_one("#form-next", Input).has_focus
            lines += preset_keys(self._clock()) if typing else heard_keys()
        return Text("\n").join(lines)
