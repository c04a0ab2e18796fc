"""Events drawn: their lines, what came of one, the people of one; and who can be counted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.needs import GuestNeed, Need, need_label, needs_words
from organiser_tui.domain.promises import CountedOn, Promised, Standing
from organiser_tui.store.events import EventRow, GuestRow
from organiser_tui.store.promises import Trust
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.labels import event_kind_label
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_DOTS = 12


def event_cell(row: EventRow, column: str, today: date) -> Text:
    """One cell of the list of events."""
    over = row.starts[:10] < today.isoformat()
    match column:
        case "when":
            hour = row.starts[11:16]
            return safe(f"{short_day(row.starts, today)} {hour}".rstrip(), QUIET if over else f"bold {STRONG}")
        case "kind":
            return safe(event_kind_label(row.kind), QUIET)
        case "name":
            return safe(row.name, "" if over else f"bold {STRONG}")
        case "invited" | "yes":
            count = getattr(row, column)
            return Text(f"{count:,}" if count else "", QUIET if over or column == "invited" else KEPT)
        case "came":
            return _came(row, over=over)
        case _:
            return safe(row.place, QUIET)


def _came(row: EventRow, *, over: bool) -> Text:
    if row.cancelled_on is not None:
        return Text(_("called off"), NOT_YET)
    if row.recorded_on is None:
        return Text(_("! not noted"), NOT_YET) if over else Text("")
    return Text(f"{row.came:,}", f"bold {REACHED}")


def event_headline(row: EventRow, today: date) -> Text:
    """What an event is, and what came of it so far."""
    when = f"{short_day(row.starts, today)} {row.starts[11:16]}".rstrip()
    place = f" · {row.place}" if row.place else ""
    place += " · " + _("led by {name}").format(name=row.facilitator) if row.facilitator else ""
    text = Text.assemble(safe(row.name, f"bold {STRONG}"), safe(f"  {when}{place}", QUIET))
    said = [
        ngettext("{n} invited", "{n} invited", row.invited).format(n=f"{row.invited:,}"),
        _("{n} yes").format(n=f"{row.yes:,}"),
        _("{n} maybe").format(n=f"{row.maybe:,}"),
        _("{n} no").format(n=f"{row.no:,}"),
    ]
    if row.capacity:
        said.append(_("room for {n}").format(n=f"{row.capacity:,}"))
    text.append("\n").append(" · ".join(said), QUIET)
    if row.cancelled_on is not None:
        return text.append("  ").append(
            _("called off on {day}").format(day=short_day(row.cancelled_on, today)), NOT_YET
        )
    if row.recorded_on is not None:
        return text.append("  ").append(_("{n} came").format(n=f"{row.came:,}"), f"bold {REACHED}")
    if row.starts[:10] < today.isoformat():
        text.append("  ").append(_("who came was not written down: d does"), NOT_YET)
    return text


def agenda_line(agenda: str, needed: Iterable[Sequence[GuestNeed]]) -> Text:
    """What is on the agenda, and how many of those who may come need what; nothing where there is neither."""
    counts = Counter(one.need for needs in needed for one in needs)
    needs = ", ".join(f"{counts[need]:,} {need_label(need)}" for need in Need if counts[need])
    parts = [_("needs: {needs}").format(needs=needs)] if needs else []
    if agenda:
        parts.append(_("agenda: {agenda}").format(agenda=agenda))
    return Text("\n").append_text(safe(" · ".join(parts), QUIET)) if parts else Text()


def guest_cell(row: GuestRow, column: str, needs: Sequence[GuestNeed] = ()) -> Text:
    """One cell of the people of an event."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "answer":
            style = {"yes": KEPT, "no": QUIET, "withdrawn": QUIET}.get(row.answer, NOT_YET)
            return Text(answer_words(row.answer) if row.answer or row.invited else _("not invited"), style)
        case "came":
            return Text(_("✓ came"), f"bold {KEPT}") if row.came else Text("")
        case "needs":
            return safe(needs_words(needs), NOT_YET)
        case _:
            return safe(row.provider, QUIET)


def answer_words(answer: str) -> str:
    """What somebody answered to an invitation."""
    return {
        "yes": _("yes"),
        "maybe": _("maybe"),
        "later": _("later"),
        "no": _("no"),
        "withdrawn": _("withdrawn"),
    }.get(answer, _("no answer yet"))


def counted_label(counted: str) -> str:
    """Who can be counted on, in words."""
    return {
        CountedOn.COUNTED_ON: _("counted on"),
        CountedOn.PARTLY: _("partly"),
        CountedOn.WORDS_ONLY: _("words only"),
        CountedOn.UNTESTED: _("untested"),
    }[CountedOn(counted)]


def trust_cell(row: Trust, column: str) -> Text:
    """One cell of the list of who can be counted on."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "counted":
            style = {CountedOn.COUNTED_ON: f"bold {KEPT}", CountedOn.WORDS_ONLY: NOT_YET}.get(
                CountedOn(row.counted), ""
            )
            return Text(counted_label(row.counted), style)
        case "kept":
            return Text(_("{kept} of {due} kept").format(kept=row.kept, due=row.due))
        case "bar":
            return promise_dots(row.kept, row.due)
        case "unasked":
            return Text(_("+{n} unasked").format(n=row.unasked), KEPT) if row.unasked else Text("")
        case _:
            return safe(row.provider, QUIET)


def promise_dots(kept: int, due: int) -> Text:
    """A dot a promise, full where it was kept; of more than fit the same share."""
    if due > _DOTS:
        kept, due = round(kept * _DOTS / due), _DOTS
    return Text.assemble(("●" * kept, KEPT), ("○" * (due - kept), NOT_YET))


def evidence_lines(name: str, promises: list[Promised], today: date) -> Text:
    """The promises behind "7 of 9 kept", one a line, the latest first."""
    lines = [safe(name, f"bold {REACHED}"), Text("")]
    marks = {
        Standing.KEPT: ("✓ ", _("kept"), KEPT),
        Standing.NOT_KEPT: ("✗ ", _("not kept"), OVERDUE),
        Standing.OPEN: ("· ", _("not due yet"), QUIET),
        Standing.EXCUSED: ("· ", _("counts neither way"), QUIET),
    }
    for one in reversed(promises):
        mark, words, style = marks[one.standing]
        when = short_day(one.settled_on or one.due or one.since, today)
        lines.append(Text.assemble((mark, style), safe(f"{promise_label(one.what):<16} {when:<12} "), (words, style)))
    if len(lines) == 2:
        lines.append(Text(_("Nothing was promised yet."), QUIET))
    return Text("\n").join(lines)


def promise_label(what: str) -> str:
    """What was promised, by its kind."""
    return {
        "come": _("to come"),
        "sign": _("to sign"),
        "bring someone": _("to bring someone"),
        "task": _("a task"),
        "pledge": _("a pledge"),
    }.get(what, what)
