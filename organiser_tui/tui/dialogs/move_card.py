"""Where a card is moved, on which day, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.signups import ASIDE, ON_THE_WAY, Stage
from organiser_tui.store.cards import CardStep
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.drawing.signups import stage_label
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def ask_step(page: Page, stands: Stage) -> CardStep | None:
    """Ask where to, when and, for what ends a card, why; None where that is called off. Awaited inside a worker."""
    targets = [stage for stage in (*ON_THE_WAY[1:], *ASIDE) if stage is not stands]
    stage = await page.app.push_screen_wait(
        Choose(_("Where does the card go?"), [Choice(stage, stage_label(stage)) for stage in targets])
    )
    if stage is None:
        return None
    reason = union = ""
    if stage is Stage.OTHER_UNION:
        said = await page.app.push_screen_wait(AskLine(_("In which union?")))
    elif stage in (Stage.ENDED, Stage.RETURNED, Stage.DECLINED):
        said = await page.app.push_screen_wait(AskLine(_("Why? enter alone says nothing.")))
    else:
        said = ""
    if said is None:
        return None
    reason, union = ("", said) if stage is Stage.OTHER_UNION else (said, "")
    day = await ask_day(page, page.store.wall_now())
    return None if day is None else CardStep(stage, day, reason, union)


async def ask_day(page: Page, now: datetime) -> str | None:
    """The past day (ISO) on which it was, today for an empty line; None where that is called off."""

    def day(line: str) -> str:
        return parse_moment(line, now, Direction.LAST).day.isoformat() if line.strip() else now.date().isoformat()

    def read(line: str) -> str:
        return read_back(Moment(date.fromisoformat(day(line))), now.date())

    asked = AskLine(
        _("On which day? enter alone is today."), check=refused_by(day), read_back=read, placeholder=_("fri, 12.1.")
    )
    line = await page.app.push_screen_wait(asked)
    return None if line is None else day(line)
