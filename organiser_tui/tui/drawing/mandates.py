"""Consultations and mandates in words and bars. Nothing is asked or saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.mandates import Counts, MandateAnswer
from organiser_tui.store.consultations import Consultation
from organiser_tui.store.turnout import Amendment, Turnout
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _

_BAR_CELLS = 24
_STYLES = {
    MandateAnswer.YES: KEPT,
    MandateAnswer.NO: OVERDUE,
    MandateAnswer.ABSTAIN: QUIET,
    MandateAnswer.AMENDED: NOT_YET,
}
_COLUMNS = dict(zip(Counts._fields, MandateAnswer, strict=True))


def answer_label(answer: str) -> str:
    """What a member answered, in words."""
    return {
        MandateAnswer.YES: _("yes"),
        MandateAnswer.NO: _("no"),
        MandateAnswer.ABSTAIN: _("abstains"),
        MandateAnswer.AMENDED: _("with an amendment"),
    }[MandateAnswer(answer)]


def mandate_words(answer: str, amendment: str) -> str:
    """The same with the amendment."""
    return f"{answer_label(answer)}: {amendment}" if amendment else answer_label(answer)


def state_words(consultation: Consultation, today: date) -> Text:
    """Whether it is open or closed, and since when."""
    if consultation.closed_on:
        return Text(_("closed {day}").format(day=short_day(consultation.closed_on, today)), QUIET)
    return Text(_("asked {day}").format(day=short_day(consultation.opened_on, today)), REACHED)


def question_text(consultation: Consultation) -> Text:
    """What is asked, with a word before it where the ballot is secret."""
    text = Text(_("secret") + " ", NOT_YET) if consultation.secret else Text()
    return text.append_text(safe(consultation.question, QUIET if consultation.closed_on else f"bold {STRONG}"))


def share(voted: int, entitled: int) -> str:
    """Turnout in percent."""
    return f"{voted / entitled:.0%}" if entitled else "–"


def count_cell(answers: Counts | None, column: str) -> Text:
    """How many answered so, in a cell of a table; a dash where nobody knows."""
    if answers is None:
        return Text("–", QUIET)
    count = int(getattr(answers, column))
    return Text(f"{count:,}", _STYLES[_COLUMNS[column]] if count else QUIET)


def result_lines(consultation: Consultation, turnout: Turnout, today: date) -> list[Text]:
    """What stands above the table: the question, who has voted, and what came of it so far."""
    voted = _("{voted} of {all} members on file have voted, {share}").format(
        voted=f"{turnout.voted:,}", all=f"{turnout.entitled:,}", share=share(turnout.voted, turnout.entitled)
    )
    lines = [question_text(consultation), Text.assemble(state_words(consultation, today), "   ", voted)]
    if turnout.answers is None:
        waits = _("The ballots are not counted yet: c enters how many said what.")
        waits = waits if consultation.closed_on else _("The ballots are counted once x has closed it.")
        return [*lines, Text(waits, NOT_YET)]
    cast = sum(turnout.answers)
    for answer, count in zip(MandateAnswer, turnout.answers, strict=True):
        line = Text(f"{answer_label(answer):<18}{count:>8,} ", _STYLES[answer] if count else QUIET)
        part = count / cast if cast else 0.0
        lines.append(line.append_text(bar(part, _BAR_CELLS, _STYLES[answer])).append(f" {part:>4.0%}", QUIET))
    if consultation.secret and cast < turnout.voted:
        lines.append(Text(_("{n} ballots are not valid.").format(n=f"{turnout.voted - cast:,}"), NOT_YET))
    if consultation.secret and cast > turnout.voted:
        more = _("{n} more ballots were counted than have voted: a mark was taken back since.")
        lines.append(Text(more.format(n=f"{cast - turnout.voted:,}"), OVERDUE))
    return lines


def amendment_lines(amendments: Sequence[Amendment], width: int) -> list[Text]:
    """What was said by those who would have something otherwise, and by whom."""
    lines: list[Text] = []
    for name, words in amendments:
        lines += folded(Text.assemble(safe(words), safe(f"  {name}", QUIET)), width, indent=2)
    return lines
