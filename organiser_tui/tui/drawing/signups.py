"""The board of sign-ups drawn: its columns with their counts, the way to the goal, and the people of one column."""

from __future__ import annotations

from datetime import date, timedelta

from rich.text import Text

from organiser_tui.domain.figures import Definitions
from organiser_tui.domain.signups import ASIDE, NEXT, ON_THE_WAY, Stage, pace_of
from organiser_tui.store.signups import Board, SignupRow
from organiser_tui.tui.drawing.bars import bar, sparkline
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, LINE, NOT_YET, OVERDUE, QUIET, REACHED, STRONG
from organiser_tui.words import _, ngettext

_GOAL_BAR = 16
_NARROW_BAR = 8
_ROOMY = 90
_SET = Definitions()


def stage_label(stage: str) -> str:
    """What a column is called."""
    return {
        Stage.NOT_ASKED: _("not asked"),
        Stage.ASKED: _("asked"),
        Stage.SAID_YES: _("said yes"),
        Stage.FORM_OUT: _("form out"),
        Stage.SIGNED: _("signed"),
        Stage.ON_FILE: _("on file"),
        Stage.DECLINED: _("declined"),
        Stage.RETURNED: _("returned"),
        Stage.ENDED: _("ended"),
        Stage.OTHER_UNION: _("other union"),
    }.get(Stage(stage) if stage else Stage.NOT_ASKED, stage)


def goal_line(board: Board, today: date, width: int) -> Text:
    """How many have signed, of how many by when, and the pace; without a goal how many a week."""
    signed = f"{board.signed:,}"
    if board.goal is None:
        text = Text.assemble((signed, f"bold {STRONG}"), (" " + _("signed or on file"), QUIET), "   ")
        text.append_text(sparkline(board.weeks)).append(" " + _("signed a week, 12 weeks"), QUIET)
        return text.append("   ").append(_("a sets a goal"), QUIET)
    goal, room = board.goal, _GOAL_BAR if width >= _ROOMY else _NARROW_BAR
    pace = pace_of(goal, board.signed, board.weeks, today)
    text = Text.assemble((signed, f"bold {STRONG}"))
    words = " " + _("of {n} signed by {day}").format(n=f"{goal.cards:,}", day=short_day(goal.by, today))
    text.append(words, STRONG).append("  ").append_text(bar(board.signed / goal.cards, room)).append("  ")
    if board.signed >= goal.cards:
        text.append(_("reached"), f"bold {KEPT}")
    elif pace.needed is None:
        text.append(_("its day is over"), f"bold {NOT_YET}")
    else:
        short = pace.held < pace.needed
        text.append(_("needs {n} a week").format(n=_rate(pace.needed)), f"bold {NOT_YET}" if short else KEPT)
        text.append(", " + _("held {n}").format(n=_rate(pace.held)) + " ", QUIET)
    return text.append_text(sparkline(board.weeks))


def _rate(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def board_lines(board: Board, chosen: Stage, width: int) -> Text:
    """The columns side by side, each with its count; the chosen one is underlined heavily. Aside ones on a line."""
    cell = max(10, min(20, width // len(ON_THE_WAY)))
    names, counts, rules = (Text(end="") for _n in range(3))
    for stage in ON_THE_WAY:
        here = stage is chosen
        mark = "▸" if here else " "
        names.append_text(_padded(Text(mark + stage_label(stage), f"bold {STRONG}" if here else QUIET), cell))
        count = Text(f" {board.people.get(stage, 0):,}", f"bold {REACHED if here else STRONG}")
        room = cell - 2 - count.cell_len
        count.append(next((f" {words}" for words in _urgent(board, stage) if len(words) <= room), ""), NOT_YET)
        counts.append_text(_padded(count, cell))
        rules.append(" " + ("━" if here else "─") * (cell - 2) + " ", REACHED if here else LINE)
    aside = Text(" " + _("aside") + "  ", QUIET, end="")
    for stage in ASIDE:
        here = stage is chosen
        words = f"{'▸' if here else ''}{stage_label(stage)} {board.people.get(stage, 0):,}"
        aside.append(words, f"bold {REACHED}" if here else QUIET).append("   ")
    return Text("\n").join([names, counts, rules, aside])


def _urgent(board: Board, stage: Stage) -> list[str]:
    """What matters now in a column."""
    if stage is Stage.FORM_OUT and board.forms_due:
        return [_("{n} due").format(n=f"{board.forms_due:,}")]
    if stage is Stage.NOT_ASKED and board.unasked_supporters:
        supporters = f"{board.unasked_supporters:,}"
        return [_("{n} rated 1-2").format(n=supporters), _("{n} now").format(n=supporters), f"!{supporters}"]
    return []


def _padded(text: Text, width: int) -> Text:
    text.truncate(width - 1)
    return text.append(" " * (width - text.cell_len))


def column_headline(board: Board, stage: Stage, shown: int) -> Text:
    """What the chosen column is, and what one key does with its people."""
    total = board.people.get(stage, 0)
    people = ngettext("{n} person", "{n} people", total).format(n=f"{total:,}")
    text = Text.assemble((stage_label(stage), f"bold {REACHED}"), "  ", (people, STRONG))
    if 0 < shown < total:
        text.append(", " + _("the first {n} stand here").format(n=f"{shown:,}"), QUIET)
    following = NEXT.get(stage)
    if following is not None and total:
        text.append("  ").append(_("f: {stage}").format(stage=stage_label(following)), QUIET)
    return text


def signup_cell(row: SignupRow, column: str, today: date) -> Text:
    """One cell of the people of a column."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "since":
            return Text(age_words(row.since, today), QUIET)
        case "rating":
            return Text(str(row.rating) if row.rating < 9 else "", KEPT if row.rating <= 2 else QUIET)
        case "asked_by":
            return safe(row.asked_by, QUIET)
        case "next":
            return _next_words(row, today)
        case _:
            return safe(row.provider, QUIET)


def age_words(since: str, today: date) -> str:
    """For how long she has stood there: in days, then weeks, then months."""
    if not since:
        return ""
    days = (today - date.fromisoformat(since)).days
    if days <= 0:
        return _("today")
    if days < 60:
        return _("{n} d").format(n=days)
    return _("{n} weeks").format(n=days // 7) if days < 365 else _("{n} months").format(n=days * 12 // 365)


def _next_words(row: SignupRow, today: date) -> Text:
    """What is to be done about her card, or why it stands so."""
    day = today.isoformat()
    if row.form_due and row.form_due <= day:
        late = row.form_due < day
        words = _("ask in person or close") if row.reminded >= _SET.reminders else _("remind her")
        if row.reminded:
            again = ngettext("reminded once", "reminded {n} times", row.reminded).format(n=row.reminded)
            words = f"{again}: {words}"
        return Text(("! " if late else "") + words, OVERDUE if late else NOT_YET)
    if row.form_due:
        return Text(_("due {day}").format(day=short_day(row.form_due, today)), QUIET)
    if row.stage == Stage.NOT_ASKED and row.rating <= 2:
        return Text(_("supports us, never asked"), NOT_YET)
    if row.stage == Stage.ON_FILE and not row.spoken_since and row.since:
        by = date.fromisoformat(row.since) + timedelta(days=_SET.welcome_days)
        if today <= by + timedelta(days=_SET.welcome_until - _SET.welcome_days):
            words = _("welcome call by {day}").format(day=short_day(by.isoformat(), today))
            return Text(("! " if by < today else "") + words, OVERDUE if by < today else NOT_YET)
    return safe(row.reason, QUIET)
