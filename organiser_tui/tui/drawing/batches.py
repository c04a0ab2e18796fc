"""What became of the rows of a list that came in, in Texts. Nothing is read here."""

from __future__ import annotations

from rich.text import Text

from organiser_tui.store.batches import BatchLine
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED
from organiser_tui.words import _

_ROW_CELLS = 10
REMARK_CELLS = 19
"""Cells before what is said of a row: its number, and what became of it."""
_STYLES = {"question": NOT_YET, "rejected": OVERDUE, "known": REACHED, "remark": QUIET, "added": KEPT}


def kind_words(kind: str) -> Text:
    """What became of a row, in a word."""
    words = {
        "question": _("asks"),
        "rejected": _("refused"),
        "known": _("known"),
        "remark": _("remark"),
        "added": _("added"),
    }
    return Text(words[kind], _STYLES[kind], end="")


def row_words(line: BatchLine) -> str:
    """Which row it was; '' where that is not kept."""
    return _("row {n}").format(n=line.line) if line.line else ""


def said_words(line: BatchLine) -> Text:
    """Who it is, or what was said of the row; a question names whom it is about."""
    if line.kind in ("known", "added"):
        return safe(line.name or _("no name"))
    said = safe(f"{line.field}: {line.reason}" if line.field else line.reason)
    return said.append_text(safe(f" · {line.name}", QUIET)) if line.name else said


def remark_words(line: BatchLine) -> Text:
    """One line with all of it."""
    kind = kind_words(line.kind)
    gap = " " * max(REMARK_CELLS - _ROW_CELLS - kind.cell_len, 1)
    return Text.assemble((row_words(line).ljust(_ROW_CELLS), QUIET), kind, gap, said_words(line), end="")
