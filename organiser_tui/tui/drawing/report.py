"""What a list would do to the campaign, or has done, in Texts. Nothing is read here."""

from __future__ import annotations

from rich.text import Text

from organiser_tui.exchange.report import ImportReport
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_MOST_LINES = 200
_NAMES = 4
_ROW_CELLS = 10
_WORD_CELLS = 9


def report_words(report: ImportReport) -> str:
    """What came of a list, in one sentence."""
    said = _("{file}: {added} new, {matched} known, {rejected} refused, {questions} to ask about").format(
        file=report.file,
        added=report.added,
        matched=report.matched,
        rejected=report.rejected,
        questions=report.questions,
    )
    return f"{said}. " + _("z takes it back whole.")


def look_lines(report: ImportReport, width: int) -> Text:
    """What bringing a list in would do, in `width` cells: how many rows each way, then what is said of single rows."""
    text = Text(end="")
    providers = len(report.providers_made)
    names = ", ".join(report.providers_made[:_NAMES]) + (" …" if providers > _NAMES else "")
    known = _("known, or twice in the list")
    if report.matched:
        changed = ngettext("{n} of them gets something new", "{n} of them get something new", report.changed)
        known += f"; {changed.format(n=f'{report.changed:,}')}"
    for count, words, style in (
        (report.read, ngettext("row", "rows", report.read), STRONG),
        (report.added, ngettext("new person", "new people", report.added), KEPT),
        (report.matched, known, REACHED),
        (report.questions, _("left out until you say who it is"), NOT_YET),
        (report.rejected, _("refused"), OVERDUE),
        (providers, ngettext("new provider: {names}", "new providers: {names}", providers).format(names=names), KEPT),
    ):
        if count or words is known or style is STRONG:
            text.append(f"{count:>8,}  ", f"bold {style}" if count else QUIET)
            text.append_text(safe(words, "" if count else QUIET)).append("\n")
    lines = [_line(*row[:3], _("refused"), OVERDUE) for row in report.not_taken if not row.question]
    lines += [_line(*row[:3], _("asks"), NOT_YET) for row in report.not_taken if row.question]
    lines += [_line(*remark, _("remark"), QUIET) for remark in report.remarks[: _MOST_LINES + 1]]
    more = len(report.not_taken) + len(report.remarks) - _MOST_LINES
    for line in lines[:_MOST_LINES]:
        text.append("\n").append_text(Text("\n").join(folded(line, width, indent=_ROW_CELLS + _WORD_CELLS)))
    if more > 0:
        text.append("\n" + _("and {n:,} more, all of them kept with the list").format(n=more), QUIET)
    return text


def _line(row: int, column: str, reason: str, word: str, style: str) -> Text:
    """What is said of one row."""
    where = _("row {n}").format(n=row) if row else _("list")
    text = Text(where.ljust(_ROW_CELLS - 1) + " ", QUIET, end="").append(word.ljust(_WORD_CELLS - 1) + " ", style)
    return text.append_text(safe(f"{column}: {reason}" if column else reason))
