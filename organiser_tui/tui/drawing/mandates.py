"""Consultations and mandates in words and bars. Nothing is asked or saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.mandates import MandateAnswer
from organiser_tui.store.consultations import Consultation, Turnout
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
    """Whether it is open, since when or until when, and whether it is secret."""
    if consultation.closed_on:
        text = Text(_("closed {day}").format(day=short_day(consultation.closed_on, today)), QUIET)
    else:
        text = Text(_("open since {day}").format(day=short_day(consultation.opened_on, today)), REACHED)
    return text.append(" · " + _("secret"), NOT_YET) if consultation.secret else text


def state_cell(consultation: Consultation, today: date) -> Text:
    """The same in a cell of a table."""
    day = short_day(consultation.closed_on or consultation.opened_on, today)
    if consultation.closed_on:
        return Text(_("closed {day}").format(day=day), QUIET)
    if consultation.secret:
        return Text(_("secret {day}").format(day=day), NOT_YET)
    return Text(_("open {day}").format(day=day), REACHED)


def share(voted: int, entitled: int) -> str:
    """Turnout in percent."""
    return f"{voted / entitled:.0%}" if entitled else "–"


def result_lines(consultation: Consultation, turnout: Turnout, today: date) -> list[Text]:
    """What stands above the table: the question, who has voted, and what came of it so far."""
    head = safe(consultation.question, f"bold {STRONG}")
    voted = _("{voted} of {all} members on file have voted, {share}").format(
        voted=f"{turnout.voted:,}", all=f"{turnout.entitled:,}", share=share(turnout.voted, turnout.entitled)
    )
    state = Text.assemble(state_words(consultation, today), "   ", voted)
    counts = turnout[3:]
    if min(counts) < 0:
        return [head, state, Text(_("The ballots are not counted yet: c enters how many said what."), NOT_YET)]
    lines, most = [head, state], sum(counts)
    for answer, count in zip(MandateAnswer, counts, strict=True):
        line = Text(f"{answer_label(answer):<18}{count:>8,} ", _STYLES[answer] if count else QUIET)
        part = count / most if most else 0.0
        lines.append(line.append_text(bar(part, _BAR_CELLS, _STYLES[answer])).append(f" {part:>4.0%}", QUIET))
    spoiled = turnout.voted - most
    if consultation.secret and spoiled:
        lines.append(Text(_("{n} ballots are not valid, or not counted.").format(n=f"{spoiled:,}"), NOT_YET))
    return lines


def amendment_lines(amendments: Sequence[tuple[str, str]], width: int) -> list[Text]:
    """What was said by those who would have something otherwise, and by whom."""
    lines = [Text(_("What they would have otherwise"), f"bold {REACHED}")]
    for name, words in amendments:
        lines += folded(Text.assemble(safe(words), safe(f"  {name}", QUIET)), width, indent=2)
    return lines
