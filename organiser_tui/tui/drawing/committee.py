"""Offices and their elections drawn: lines of the lists, the rules with what they count, and what mends a slate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.committee import Held, RuleKind
from organiser_tui.store.chapters import PassingRow
from organiser_tui.store.committee import Ballot, CandidateRow
from organiser_tui.store.offices import OfficeRow
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_UNKNOWN = "–"
"""Counts for no rule."""


def office_cell(row: OfficeRow, column: str, today: date) -> Text:
    """One cell of the list of offices."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "filled":
            words = _("{n} of {seats}").format(n=row.filled, seats=row.draft.seats)
            return Text(words, KEPT if row.filled >= row.draft.seats else NOT_YET)
        case "until":
            return Text(short_day(row.first_end, today) if row.first_end else "", QUIET)
        case _:
            return Text(str(row.standing) if row.standing else "", REACHED)


def office_headline(ballot: Ballot, today: date) -> Text:
    """How many sit, until when, and how the election stands."""
    row = ballot.office
    text = safe(row.name, f"bold {STRONG}")
    text.append("  " + _("{n} of {seats} seats taken").format(n=row.filled, seats=row.draft.seats), QUIET)
    if row.first_end:
        text.append(" · " + _("first term ends {day}").format(day=short_day(row.first_end, today)), QUIET)
    if ballot.rows and not ballot.sitting:
        text.append(" · " + _("{n} nominated").format(n=len(ballot.rows)), QUIET)
        if ballot.uncounted:
            words = ngettext("{n} without votes yet", "{n} without votes yet", ballot.uncounted)
            text.append(" · " + words.format(n=ballot.uncounted), NOT_YET)
    return text


def rule_lines(ballot: Ballot, width: int) -> list[Text]:
    """The rules, one a line: whether it holds and by how much, what it counts, and its formula."""
    if not ballot.rows:
        return []
    if ballot.slate:
        head = _("Those who sit:") if ballot.sitting else _("Elected by the votes:")
    else:
        head = _("The best slate of those who stand:") if ballot.mending else _("Of all who stand:")
    return [Text(head, f"bold {REACHED}"), *(fit(_rule_line(held, ballot.size), width) for held in ballot.held)]


def _rule_line(held: Held, size: int) -> Text:
    if not held.holds:
        said = Text(_("✗ {n} too many") if held.rule.kind is RuleKind.TERMS else _("✗ {n} missing"), OVERDUE)
        said = Text(said.plain.format(n=-held.by), OVERDUE)
    else:
        more = _("✓ {n} more").format(n=held.by) if held.by else _("✓ holds")
        said = Text(more, KEPT)
    said.pad_right(max(13 - said.cell_len, 1))
    said.append(f"{held.counted:>3}  ", f"bold {STRONG}")
    return said.append_text(safe(held.rule.formula(size)))


def mending_lines(ballot: Ballot) -> list[Text]:
    """What mends the slate, who moves up, or why no slate can."""
    lines = [safe("! " + ballot.tie, NOT_YET)] if ballot.tie else []
    if ballot.mending is None:
        lines.append(Text(_("No slate of these people keeps every rule:"), f"bold {OVERDUE}"))
        return lines + [safe(why) for why in ballot.why_none]
    leave, move_up = ballot.mending
    if not ballot.slate:
        if ballot.rows and move_up:
            lines.append(Text(_("A slate of those who accepted can keep every rule."), KEPT))
        return lines
    for place, person in enumerate(move_up):
        words = safe(_("{name} moves up").format(name=ballot.name_of(person)), f"bold {KEPT}")
        if place < len(leave):
            words.append_text(safe(" " + _("for {name}").format(name=ballot.name_of(leave[place])), NOT_YET))
        lines.append(words)
    if leave:
        sentence = ngettext("{n} swap mends it, fewer do not:", "{n} swaps mend it, fewer do not:", len(leave))
        lines.insert(len(lines) - len(move_up), Text(sentence.format(n=len(leave)), f"bold {REACHED}"))
    elif move_up:
        lines.insert(len(lines) - len(move_up), Text(_("For the seats that are empty:"), f"bold {REACHED}"))
    elif not ballot.tie:
        lines.append(Text(_("Every rule holds."), KEPT))
    return lines


def candidate_cell(row: CandidateRow, column: str, ballot: Ballot) -> Text:
    """One cell of the list of those who stand."""
    match column:
        case "name":
            return safe(row.name, QUIET if row.answer == "declined" else f"bold {STRONG}")
        case "votes":
            return Text("" if row.votes is None else f"{row.votes:,}{'+' if row.lot else ''}")
        case "state":
            return _state(row, ballot)
        case "gender":
            return safe(row.gender or _UNKNOWN, "" if row.gender else QUIET)
        case "region":
            return safe(row.region or _UNKNOWN, "" if row.facts.elsewhere else QUIET)
        case "terms":
            return Text(str(row.facts.terms) if row.facts.terms else "", QUIET)
        case _:
            return safe(row.employers or _UNKNOWN, "" if row.facts.other_employer else QUIET)


def _state(row: CandidateRow, ballot: Ballot) -> Text:
    leave, move_up = ballot.mending or ((), ())
    if row.id in leave:
        return Text(_("✗ to leave"), OVERDUE)
    if row.id in move_up and ballot.slate:
        return Text(_("↑ moves up"), NOT_YET)
    if row.until_day:
        return Text(_("✓ seated"), KEPT)
    if row.id in ballot.slate:
        return Text(_("✓ elected"), KEPT)
    words = {"accepted": _("accepts"), "declined": _("declines"), "": _("not answered")}
    return Text(words[row.answer], NOT_YET if not row.answer else QUIET)


def passing_lines(rows: Sequence[PassingRow], today: date) -> Text:
    """Whoever was passed to a chapter, the latest first."""
    lines = [Text(_("Passed to a chapter or section"), f"bold {REACHED}")]
    for row in rows:
        line = Text(f"{short_day(row.day, today):<12}", QUIET)
        line.append_text(safe(row.name, f"bold {STRONG}")).append_text(safe(f"  {row.chapter}"))
        lines.append(line.append_text(safe(f"  {row.contact}", QUIET)))
    return Text("\n").join(lines if rows else [*lines, Text(_("Nobody yet. p passes somebody on."), QUIET)])
