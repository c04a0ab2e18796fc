"""What was changed about a person, in lines. Nothing is read or saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rich.text import Text

from organiser_tui.domain.clock import wall
from organiser_tui.store.person_history import FieldChange, PersonDeed
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.diary import deed_words, row_words
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _

_INDENT = 15


def deed_lines(deeds: Sequence[PersonDeed], today: date, zone: ZoneInfo, width: int) -> list[Text]:
    """One line an action, and under it one line a row made or ended and a field changed."""
    lines = [Text(_("What was changed"), f"bold {REACHED}")]
    for deed in deeds:
        when = wall(deed.at, zone)
        day = f"{short_day(when.date().isoformat(), today)} {when:%H:%M}"
        text = Text(end="").append(day.ljust(_INDENT), QUIET)
        text.append_text(safe(deed_words(deed.kind), STRONG)).append_text(safe(f" {deed.organiser}", QUIET))
        lines.append(fit(text, width))
        for change in dict.fromkeys(deed.changes):
            lines.append(fit(Text.assemble(" " * _INDENT, change_words(change), end=""), width))
    return lines


def change_words(change: FieldChange) -> Text:
    """A row made or ended, or a field with its values before and after."""
    if change.what != "changed":
        made = change.what == "made"
        return Text.assemble(("+ " if made else "− ", KEPT if made else OVERDUE), safe(row_words(change.table)), end="")
    before, after = (_("nothing") if value in (None, "") else str(value) for value in (change.before, change.after))
    field = change.field.replace("_", " ")
    return Text.assemble(safe(f"{field}: ", QUIET), safe(before), (" → ", QUIET), safe(after, STRONG), end="")
