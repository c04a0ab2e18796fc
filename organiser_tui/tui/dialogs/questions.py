"""The questions of a call list: written for a list, and asked one after another in a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from organiser_tui.domain.questions import NO, YES, QuestionDraft, QuestionKind, parse_question
from organiser_tui.store.call_lists import CallListRow
from organiser_tui.store.questions import Question, add_question, mend_question, questions_of
from organiser_tui.store.sitting import Asked
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_NEW = -1
"""No question stands at that place."""


async def write_questions(page: Page, row: CallListRow) -> None:
    """Add, change or take out questions of a list until nothing more is chosen; to be awaited inside a worker."""
    ask = page.app.push_screen_wait
    title = safe(_("Questions of {name}").format(name=row.name))
    while True:
        held = questions_of(page.store, row.id)
        choices = [Choice(place, one.draft.words, _how(one.draft)) for place, one in enumerate(held)]
        place = await ask(Choose(title, [*choices, Choice(_NEW, _("a new one …"))], current=_NEW)) if held else _NEW
        if place is None:
            return
        how = _("The question, then how it is answered: [y/n], [123] a number, [mornings/evenings] one of these.")
        label = title.copy().append("\n").append(how)
        if place != _NEW:
            label.append(" ").append(_("An empty line takes it out."))
        written = "" if place == _NEW else held[place].draft.written
        line = await ask(
            AskLine(
                label, written, check=refused_by(_written), read_back=_understood, placeholder=_("Can you come? [y/n]")
            )
        )
        if not line and not held:
            return
        if line is None:
            continue
        fresh = _written(line)
        with page.saying_errors():
            if place != _NEW:
                mend_question(page.store, *held[place], fresh)
            elif fresh is not None:
                add_question(page.store, row.id, fresh)


def _how(draft: QuestionDraft) -> str:
    """How a question is answered."""
    return {
        QuestionKind.YES_NO: _("yes or no"),
        QuestionKind.NUMBER: _("a number"),
        QuestionKind.TEXT: _("in words"),
        QuestionKind.CHOICE: ", ".join(draft.choices),
    }[draft.kind]


def _written(line: str) -> QuestionDraft | None:
    """The question in a line; None where the line is empty. Raises OrganiserError where it is none."""
    return parse_question(line) if line.strip() else None


def _understood(line: str) -> str:
    draft = _written(line)
    return f"{draft.words} · {_how(draft)}" if draft else _("no question")


async def ask_questions(page: Page, asked: Asked, answers: Mapping[int, str]) -> dict[int, str] | None:
    """`answers` with those given now, from the first that is open; None where the list asks nothing.

    What she answered before is said with the question. To be awaited inside a worker of the page.
    """
    if not asked.questions:
        return None
    given = dict(answers)
    waiting = [question for question in asked.questions if question.id not in given] or asked.questions
    for question in waiting:
        answer = await _ask(page, question, given.get(question.id, ""), asked.before.get(question.id, ""))
        if answer is None:
            break
        given[question.id] = answer
    return given


async def _ask(page: Page, question: Question, held: str, before: str) -> str | None:
    draft = question.draft
    title = safe(draft.words)
    if before:
        title.append_text(safe(" · " + _("last time: {answer}").format(answer=before)))
    choices, letters = [Choice(choice, choice) for choice in draft.choices], ""
    if draft.kind == QuestionKind.YES_NO:
        choices = [Choice(YES, _("yes")), Choice(NO, _("no"))]
        letters = "".join(choice.label[0] for choice in choices)
    if choices:
        current = held or before or None
        return await page.app.push_screen_wait(Choose(title, choices, current=current, letters=letters))
    return await page.app.push_screen_wait(AskLine(title, held or before, check=refused_by(draft.checked)))
