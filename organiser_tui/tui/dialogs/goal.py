"""The goal of the sign-ups: so many cards by a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.signups import Goal, parse_cards
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_BY = (" by ", " until ", " do ", " asti ")


class GoalAsked(NamedTuple):
    """The goal, None for none from now on."""

    goal: Goal | None


async def ask_goal(page: Page, held: Goal | None) -> GoalAsked | None:
    """Ask for the goal on one line, "55 by 21.2."; None where that is called off. To be awaited inside a worker."""
    now = page.store.wall_now()

    def read(line: str) -> Goal:
        for word in _BY:
            cards, found, by = line.partition(word)
            if found:
                return Goal(parse_cards(cards), parse_moment(by, now, Direction.NEXT).day.isoformat())
        raise OrganiserError(_("How many cards, and by when? Write for example “55 by 21 Feb”."))

    def back(line: str) -> str:
        if not line.strip():
            return _("no goal")
        goal = read(line)
        day = read_back(Moment(date.fromisoformat(goal.by)), now.date())
        return _("{n} cards by {day}").format(n=f"{goal.cards:,}", day=day)

    asked = AskLine(
        _("How many cards are to be signed, by when? An empty line: no goal."),
        "" if held is None else f"{held.cards} by {held.by}",
        check=refused_by(lambda line: read(line) if line.strip() else None),
        read_back=back,
        placeholder=_("55 by 21 Feb"),
    )
    line = await page.app.push_screen_wait(asked)
    if line is None:
        return None
    return GoalAsked(read(line) if line.strip() else None)
