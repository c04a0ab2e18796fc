"""The short answers of a campaign: written to a file and read from it, and searched in a call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from organiser_tui.domain.folding import clean
from organiser_tui.domain.guides import Passage
from organiser_tui.domain.short_answers import answers_all, nearest, parse_short_answers, written_short_answers
from organiser_tui.store.short_answers import own_short_answers, set_short_answers, short_answers
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.scrolled import WholeText
from organiser_tui.tui.dialogs.text_file import read_text, write_text
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import REACHED, STRONG
from organiser_tui.tui.widgets.completing import Completion, Suggestion
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_WRITE, _READ = range(2)
_LONGEST_TOLD = 300


async def change_short_answers(page: Page) -> None:
    """Write all of them to a file, or read a file in their place; to be awaited inside a worker of the page."""
    held, own = short_answers(page.store), own_short_answers(page.store)
    there = ngettext("{n} short answer", "{n} short answers", len(held)).format(n=len(held))
    there = there if own else _("{n} that come with the program, to begin with").format(n=len(held))
    question = _("Short answers are a text file: “## ” a question, under it the answer.")
    choices = [Choice(_WRITE, _("write them to a file"), there), Choice(_READ, _("read a file in …"))]
    chosen = await page.app.push_screen_wait(Choose(question, choices, current=_WRITE))
    with page.saying_errors():
        if chosen == _WRITE:
            await write_text(page, Text(_("Where do they go?")), "short-answers.md", written_short_answers(held))
        elif chosen == _READ and (text := await read_text(page, parse_short_answers)) is not None:
            answers = parse_short_answers(text)
            set_short_answers(page.store, answers)
            said = ngettext("{n} short answer is", "{n} short answers are", len(answers)).format(n=len(answers))
            page.say(_("{said} there now: A in a call searches them · u takes it back").format(said=said))


class ShortAnswer(WholeText):
    """One of them, to be read out; `none_of_it` says whether her question is to be noted all the same."""

    FOOTER: ClassVar[Sequence[str]] = ("dialog.cancel", "answer.note", "help.down")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "note", _("note it"), id="answer.note", tooltip=_("This is no answer: what she asks is noted")),
    ]

    none_of_it = False

    def action_note(self) -> None:
        self.none_of_it = True
        self.dismiss(None)


async def look_up(page: Page) -> str | None:
    """Search the short answers and show one; to be awaited inside a worker of the page.

    What she asks that none of them answers, in the words that were typed (of one that was picked its question), where
    it is to be noted; else None.
    """
    held, asked = short_answers(page.store), ""

    def found(typed: str) -> list[Choice[Passage | str]]:
        nonlocal asked
        asked = clean(typed)
        near = nearest(held, typed)
        note: Choice[Passage | str] = Choice(asked, _("she wants to know: {what}").format(what=asked))
        # What shares a word with her question by chance is no answer to it: enter would note nothing then.
        first = bool(near) and answers_all(near[0], typed)
        return [*map(_choice, near), note] if first else [note, *map(_choice, near)]

    asks: Choose[Passage | str] = Choose(_("What does she ask?"), [*map(_choice, held)], more=found)
    answer = await page.app.push_screen_wait(asks)
    if isinstance(answer, Passage):
        text = Text.assemble(safe(answer.heading, f"bold {REACHED}"), "\n")
        for line in answer.text.splitlines():
            text.append_text(safe(line)).append("\n")
        shown = ShortAnswer(text)
        await page.app.push_screen_wait(shown)
        return (asked or answer.heading) if shown.none_of_it else None
    return answer


async def ask_what_told(page: Page, name: str, what: str) -> str | None:
    """What she called `name` who wanted to know `what` was told, '' where no words are kept; None to leave it open.

    The short answers are suggested. To be awaited inside a worker of the page.
    """
    held = short_answers(page.store)

    def suggested(typed: str, _cursor: int) -> Completion:
        told = [(answer, " ".join(answer.text.split())[:_LONGEST_TOLD]) for answer in nearest(held, typed or what)]
        fitting = [Suggestion(words, answer.heading, words) for answer, words in told if words != typed]
        return Completion(0, len(typed), fitting if len(fitting) == len(told) else ())

    asked = safe(f"{name}: {what}", STRONG)
    label = Text.assemble(asked, "\n", _("What did you tell her? enter alone keeps no words."))
    return await page.app.push_screen_wait(AskLine(label, complete=suggested))


def _choice(answer: Passage) -> Choice[Passage | str]:
    return Choice(answer, answer.heading, " ".join(answer.text.split()))
