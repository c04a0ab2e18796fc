"""What the forms share: arrows from line to line, a mark at the line with the cursor, nothing lost by leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic

from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.dialog import Answer, Dialog
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import NOT_YET
from organiser_tui.tui.widgets.choice_row import ChoiceRow
from organiser_tui.tui.widgets.form_field import ChoiceLine, FormField
from organiser_tui.words import _, ngettext


class FormLines(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The lines of a form; they scroll with the cursor, and leave the arrows to the form."""


class FormDialog(Dialog[Answer], Generic[Answer]):
    """A form over the page; a form yields a Static `form-message` below its lines."""

    DEFAULT_CSS = """
    FormDialog {
        #dialog { width: 80; max-width: 100%; max-height: 96%; padding: 0 2 0 1; overflow-y: hidden; }
        #dialog-title { padding: 0 0 0 1; }
        #form-lines { height: auto; max-height: 75vh; scrollbar-size-vertical: 1; }
        .form-heading { color: $reached; text-style: bold; padding: 1 0 0 1; }
        #form-message { height: auto; min-height: 1; padding-left: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", _("next line"), id="form.down", show=False, tooltip=_("To the line below")),
        Binding("up", "step(-1)", _("line before"), id="form.up", show=False, tooltip=_("To the line above")),
    ]

    _said = ""

    @property
    def touched(self) -> bool:
        """Whether anything has been typed that would be lost."""
        raise NotImplementedError

    @property
    def would_lose(self) -> bool:
        return self.touched

    def action_step(self, lines: int) -> None:
        """To the line `lines` further; it stops at the first and the last."""
        chain = self.focus_chain
        if self.focused in chain:
            at = chain.index(self.focused) + lines
            self.set_focus(chain[min(max(at, 0), len(chain) - 1)])

    def say(self, sentence: str) -> None:
        """Say below the lines what keeps the form from being saved; '' says nothing any more."""
        if sentence == self._said:
            return  # asked for at every letter, and each time the whole form would be laid out anew
        self._said = sentence
        words = Text.assemble(("! ", f"bold {NOT_YET}"), safe(sentence, NOT_YET)) if sentence else Text("")
        self.query_one("#form-message", Static).update(words)

    @on(Input.Changed)
    @on(ChoiceRow.Changed)
    def forget_refusal(self) -> None:
        """What was refused is being mended: the refusal holds no more, but for the lines that are still wrong."""
        if self._said:
            self._say_how_many()

    def all_right(self) -> bool:
        """Check every line; whether all of them are right. The cursor goes to the first that is not."""
        wrong = [field for field in self.query(FormField) if not field.settle()]
        if wrong:
            wrong[0].focus_field()
            wrong[0].show_trouble()
        self._say_how_many()
        return not wrong

    def _say_how_many(self) -> None:
        wrong = sum(1 for field in self.query(FormField) if field.trouble)
        sentence = ngettext("{n} line is not right yet.", "{n} lines are not right yet.", wrong).format(n=wrong)
        self.say(sentence if wrong else "")

    def action_cancel(self) -> None:
        self._leave()

    @work
    async def _leave(self) -> None:
        if self.touched and not await self.app.push_screen_wait(Confirm(_("Leave without saving what you typed?"))):
            return
        self.dismiss(None)


class LineForm(FormDialog[Answer], Generic[Answer]):
    """A form of a few lines, of which a subclass says what is `saved`.

    Enter goes from line to line, on the last field it saves; what stood there when it was opened is no loss.
    """

    _first: Sequence[object] = ()

    def on_mount(self) -> None:
        self._first = self._values()

    def _values(self) -> list[object]:
        return [line.value for line in self.query(FormField)] + [line.value for line in self.query(ChoiceLine)]

    @property
    def touched(self) -> bool:
        return self._values() != list(self._first)

    def text(self, name: str) -> str:
        """What stands in the field `name`."""
        return self.query_one(f"#{name}", FormField).value

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter: the next line; on the last one it saves."""
        event.stop()
        if event.input in self.query(FormField).last().query(Input):
            self.action_save()
        else:
            self.focus_next()

    @on(ChoiceRow.Done)
    def next_line(self, event: ChoiceRow.Done) -> None:
        """Enter on the choice: the next line."""
        event.stop()
        self.focus_next()

    def action_save(self) -> None:
        if not self.all_right():
            return
        try:
            saved = self.saved()
        except OrganiserError as error:
            self.say(str(error))
            return
        self.dismiss(saved)

    def saved(self) -> Answer:
        """Save what stands in the lines, all of them right; raises OrganiserError where they do not fit together."""
        raise NotImplementedError
