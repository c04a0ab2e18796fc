"""A provider in lines: its place on the board, and the wall chart of its people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.figures import NO_RATING
from organiser_tui.store.providers import LogLine, ProviderCard, ProviderRow, Totals, WallCell
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.drawing.days import age, short_day
from organiser_tui.tui.drawing.folded import in_lines
from organiser_tui.tui.drawing.labels import provider_kind_label, stance_labels
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import (
    KEPT,
    NOT_YET,
    ON_KEPT,
    ON_NOT_YET,
    ON_OVERDUE,
    ON_PANEL,
    ON_QUIET,
    ON_REACHED,
    OVERDUE,
    QUIET,
    REACHED,
    STRONG,
)
from organiser_tui.words import _, ngettext

_QUIET_DAYS = 30
_WIDE = 100
_CELL_STYLES = {1: ON_KEPT, 2: ON_REACHED, 3: ON_QUIET, 4: ON_NOT_YET, 5: ON_OVERDUE}


def headline(totals: Totals, width: int) -> Text:
    """The thing that matters now, in words, then the campaign's reach."""
    if not totals.providers:
        return Text.assemble((_("No provider yet."), f"bold {NOT_YET}"), ("  " + _("They come with a list."), QUIET))
    said = ngettext("{n} of {all} providers", "{n} of {all} providers", totals.unreached)
    share = totals.reached / totals.known if totals.known else 0.0
    text = Text(said.format(n=totals.unreached, all=totals.providers), f"bold {NOT_YET}", end="")
    text.append(" " + _("nobody has reached yet"), f"bold {STRONG}")
    if not totals.unreached:
        text = Text(_("Somebody has been reached at every provider."), f"bold {KEPT}", end="")
    text.append("   " + _("reach {share}").format(share=f"{share:.0%}") + " ", QUIET)
    text.append_text(bar(share, 14 if width >= _WIDE else 8))
    return text


def counted_words(counted: int, counts: Mapping[str, int], width: int) -> Text:
    """Whom "known" counts, and why the others are not, the most first; nothing where everybody is counted."""
    words = {
        "left the work": ngettext("{n} left the work", "{n} left the work", counts.get("left the work", 0)),
        "neighbouring service": _("{n} in neighbouring services"),
        "other": _("{n} in other work"),
        "position": ngettext("{n} manager or owner", "{n} managers or owners", counts.get("position", 0)),
        "deceased": _("{n} deceased"),
    }
    held = sorted((kind for kind in words if counts.get(kind)), key=lambda kind: -counts[kind])
    if not held:
        return Text("")
    known, everybody = f"{counted:,}", f"{counted + sum(counts.values()):,}"
    for named in range(len(held), 0, -1):
        text = Text(_("known {n} of {all} people").format(n=known, all=everybody) + " · ", QUIET, end="")
        rest = [words[kind].format(n=f"{counts[kind]:,}") for kind in held[:named]]
        others = sum(counts[kind] for kind in held[named:])
        rest += [ngettext("{n} other", "{n} others", others).format(n=f"{others:,}")] if others else []
        text.append(", ".join(rest))
        if text.cell_len <= width:
            break
    return fit(text, width)


def board_cell(row: ProviderRow, column: str, width: int, today: date) -> Text:
    """One cell of the board."""
    if column == "name":
        mark = Text("● ", NOT_YET, end="") if row.unreached else Text("  ", end="")
        return fit(mark.append_text(safe(row.name, f"bold {NOT_YET}" if row.unreached else "")), width)
    if column == "region":
        return fit(safe(row.region, QUIET), width)
    if column == "estimated":
        return Text("–" if row.estimated is None else f"{row.estimated:,}", QUIET)
    if column == "reach":
        return _reach(row, width)
    if column == "last":
        return fit(_last(row, today), width)
    value = int(getattr(row, column))
    style = {"known": STRONG, "signed": KEPT if value else QUIET}.get(column, "" if value else QUIET)
    return Text(f"{value:,}", style)


def _reach(row: ProviderRow, width: int) -> Text:
    if row.unreached:
        return fit(Text(_("nobody yet"), NOT_YET), width)
    share = row.reached / row.known if row.known else 1.0
    words = f"{share:>4.0%}"
    return bar(share, max(width - len(words) - 1, 1)).append(f" {words}", QUIET)


def _last(row: ProviderRow, today: date) -> Text:
    if row.last_conversation:
        days = (today - date.fromisoformat(row.last_conversation)).days
        style = OVERDUE if days > _QUIET_DAYS else ""
        text = Text(age(row.last_conversation, today), style, end="")
        return text.append_text(safe(f" · {row.last_by}" if row.last_by else "", QUIET))
    if row.attempted:
        said = ngettext("{n} tried", "{n} tried", row.attempted).format(n=row.attempted)
        return Text(said, QUIET)
    return Text(_("never"), QUIET)


def about_lines(card: ProviderCard, today: date, width: int) -> list[Text]:
    """Kind, place, stance and estimate; then its own log, latest first."""
    row = card.row
    head = (
        Text(end="").append_text(safe(row.name, f"bold {STRONG}")).append("  " + provider_kind_label(row.kind), QUIET)
    )
    where = ", ".join(part for part in (card.municipality, row.region) if part)
    head.append_text(safe(f" · {where}" if where else "", QUIET))
    style = {"hostile": OVERDUE, "helpful": KEPT}.get(card.stance, QUIET)
    stance = Text(_("stance") + " ", QUIET, end="").append(stance_labels()[card.stance], style)
    if card.stance_day:
        stance.append(" " + _("since {day}").format(day=short_day(card.stance_day, today)), QUIET)
    if row.estimated is None:
        size = _("{known} known, no estimate").format(known=row.known)
    else:
        size = _("{known} known of about {all}").format(known=row.known, all=row.estimated)
    sized = Text(size, STRONG, end="")
    if card.estimate_day:
        source = ", ".join(part for part in (card.estimate_source, short_day(card.estimate_day, today)) if part)
        sized.append_text(safe(f"  ({source})", QUIET))
    lines = [head, stance.append("  "), sized]
    figures = Text(end="")
    for label, value in (
        (_("attempted"), row.attempted),
        (_("spoken with"), row.spoken_with),
        (_("reached"), row.reached),
        (_("asked"), row.asked),
        (_("signed"), row.signed),
    ):
        figures.append(f"{label} ", QUIET).append(f"{value}   ", STRONG if value else QUIET)
    lines.append(figures)
    if row.last_conversation:
        last = Text(_("last conversation") + " ", QUIET, end="").append(short_day(row.last_conversation, today), STRONG)
        last.append_text(safe(" · " + " – ".join(filter(None, (row.last_by, card.last_with)))))
        lines.append(last)
    return [fit(line, width) for line in lines]


def log_lines(card: ProviderCard, today: date, width: int, most: int) -> list[Text]:
    """The provider's own log, latest first."""
    lines = []
    for entry in card.log[:most]:
        text = Text(end="").append(f"{short_day(entry.day, today):<12.12}", QUIET).append_text(safe(_log_words(entry)))
        if not entry.certain:
            text.append(" " + _("(rumour)"), NOT_YET)
        if entry.forwarded_to is not None:
            text.append(" " + _("to {n}").format(n=entry.forwarded_to), STRONG)
        about = " · ".join(part for part in (entry.whom, entry.note, entry.organiser) if part)
        text.append_text(safe(f"  {about}" if about else "", QUIET))
        lines.append(fit(text, width))
    return lines or [Text(_("Nothing noted yet; o writes a line."), QUIET)]


def _log_words(entry: LogLine) -> str:
    """What a line of the log says."""
    stances = {
        "helpful": _("stance: helpful"),
        "neutral": _("stance: neutral"),
        "hostile": _("stance: hostile"),
        "unknown": _("stance: unknown"),
    }
    return stances.get(entry.what, entry.what) if entry.kind == "stance" else entry.what


def wall_cell(cell: WallCell, chosen: bool) -> Text:
    """One person: the rating as a digit in its colour, a mark for a signed card; brackets where the cursor stands."""
    letter = "·" if cell.rating == NO_RATING else str(cell.rating)
    mark = "s" if cell.card in ("signed", "on file") else "L" if cell.leader else " "
    style = _CELL_STYLES.get(cell.rating, ON_PANEL)
    inner = f"[{letter}{mark}]" if chosen else f" {letter}{mark} "
    return Text(inner, style, end="")


def wall_legend(cells: Sequence[WallCell], width: int) -> list[Text]:
    """Above the wall: what the digits and letters mean, with how many of each there are, in lines of `width` cells."""
    parts = [Text(_("Its people") + "   ", f"bold {REACHED}", end="")]
    words = {
        1: _("leads others"),
        2: _("supports"),
        3: _("undecided"),
        4: _("not interested"),
        5: _("hostile"),
        NO_RATING: _("not rated"),
    }
    for rating, word in words.items():
        count = sum(1 for cell in cells if cell.rating == rating)
        if count:
            letter = "·" if rating == NO_RATING else str(rating)
            style = _CELL_STYLES.get(rating, ON_PANEL)
            parts.append(Text.assemble((f" {letter} ", style), (f" {word} {count}  ", QUIET), end=""))
    signed = sum(1 for cell in cells if cell.card in ("signed", "on file"))
    if signed:
        parts.append(Text.assemble(("s", REACHED), (" " + _("signed {n}").format(n=signed), QUIET), end=""))
    return in_lines(parts, width)
