"""Until when something was asked: a day as people type it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from textual.app import App

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.folding import fold
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.words import _

_UNTIL = ("until", "till", "by", "do", "asti")
"""What stands before a day where one says until when."""


async def until_when(app: App[Any], now: datetime) -> str | None:
    """The day (ISO) typed at `now` (wall time), '' for an empty line, None for no answer; awaited inside a worker."""

    def day(line: str) -> str:
        first, _blank, rest = line.strip().partition(" ")
        meant = rest if fold(first) in _UNTIL and rest else line
        return parse_moment(meant, now, Direction.NEXT).day.isoformat() if line.strip() else ""

    def read(line: str) -> str:
        return read_back(Moment(date.fromisoformat(day(line))), now.date()) if line.strip() else ""

    asked = AskLine(_("Until when?"), check=refused_by(day), read_back=read, placeholder=_("fri, 12.1., +2w"))
    line = await app.push_screen_wait(asked)
    return None if line is None else day(line)
