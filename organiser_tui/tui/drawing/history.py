"""What was changed about a person, in lines. Nothing is read or saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rich.text import Text

from organiser_tui.domain.clock import wall
from organiser_tui.domain.row_words import field_words, row_words
from organiser_tui.store.person_history import Barring, FieldChange, PersonDeed
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.diary import deed_words, value_words
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
            lines.append(fit(Text.assemble(" " * _INDENT, change_words(change, today), end=""), width))
    return lines


def change_words(change: FieldChange, today: date) -> Text:
    """A row made or ended, or a field with its values before and after."""
    if change.what != "changed":
        made = change.what == "made"
        words = row_words(change.table)
        if change.barring is not None:
            words = _barred_words(change.barring, today) if made else _freed_words(change.barring, today)
        line = Text.assemble(("+ " if made else "− ", KEPT if made else OVERDUE), safe(words), end="")
        return line.append_text(safe(f" {change.says}", QUIET)) if change.says else line
    before, after = (value_words(change.field, value) for value in (change.before, change.after))
    field = field_words(change.field)
    return Text.assemble(safe(f"{field}: ", QUIET), safe(before), (" → ", QUIET), safe(after, STRONG), end="")


def _barred_words(barring: Barring, today: date) -> str:
    """On which channel she is not to be contacted, since when, and where she said so."""
    if barring.said_on:
        by, every = (
            _("asked in the {through} of {day} not to be contacted by {channel}"),
            _("asked in the {through} of {day} not to be contacted"),
        )
    elif barring.source:
        by, every = (
            _("not to be contacted by {channel} since {day}, by the list {source}"),
            _("not to be contacted since {day}, by the list {source}"),
        )
    else:
        by, every = _("not to be contacted by {channel} since {day}"), _("not to be contacted since {day}")
    day = short_day(barring.said_on or barring.since, today)
    words = {"through": barring.said_through, "day": day, "channel": barring.channel, "source": barring.source}
    return (every if barring.channel is None else by).format(**words)


def _freed_words(barring: Barring, today: date) -> str:
    """That what was asked holds no more."""
    day = short_day(barring.since, today)
    if barring.channel is None:
        return _("not to be contacted, since {day}: no more").format(day=day)
    return _("not to be contacted by {channel}, since {day}: no more").format(channel=barring.channel, day=day)
