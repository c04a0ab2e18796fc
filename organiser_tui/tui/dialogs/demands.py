"""Asks for what a demand takes: its words, to whom it was put, what was answered, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.domain.dates import Direction, parse_moment, read_back
from organiser_tui.domain.demands import DemandAnswer, DemandDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.demands import DemandRow, answer_demand, make_demand, put_demand
from organiser_tui.store.people import search_people
from organiser_tui.store.words import codes
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.drawing.demands import answer_label
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.issues_heard import HeardBy, IssueHeard
    from organiser_tui.tui.page import Page

_NO_ISSUE = ""


class _Put(NamedTuple):
    """To whom a demand was put, on which day (ISO)."""

    whom: str
    day: str


async def begin_demand(page: Page, heard: IssueHeard | None, by: HeardBy) -> int | None:
    """Ask what is demanded, of the issue that was `heard` or of one that is chosen; the id, or None.

    To be awaited inside a worker of the page.
    """
    draft = DemandDraft("")
    if heard is None:
        choices = [Choice(code, code) for code in codes(page.store, "issue")]
        choices.append(Choice(_NO_ISSUE, _("none of these")))
        issue = await page.app.push_screen_wait(Choose(_("From which issue does it grow?"), choices))
        if issue is None:
            return None
        draft = DemandDraft("", issue=issue or None)
    else:
        draft = _draft_of(heard, by)
    where = heard.where if heard is not None and by != "month" else ""
    about = ", ".join(filter(None, (draft.issue, where)))
    label = safe(_("What is to change?") + (f" · {about}" if about else ""))
    words = await page.app.push_screen_wait(AskLine(label, check=refused_by(lambda line: DemandDraft(line).checked())))
    if words is None:
        return None
    with page.saying_errors():
        return make_demand(page.store, replace(draft, what=words))
    return None


def _draft_of(heard: IssueHeard, by: HeardBy) -> DemandDraft:
    provider = heard.key if by == "provider" and isinstance(heard.key, int) else None
    region = heard.key if by == "region" and isinstance(heard.key, str) else None
    return DemandDraft("", issue=heard.issue, provider_id=provider, region_code=region)


async def ask_put(page: Page, row: DemandRow) -> bool:
    """Ask to whom a demand was put, and when; whether that was noted. To be awaited inside a worker."""
    read = _Reader(page.store)
    line = await page.app.push_screen_wait(
        AskLine(
            _("To whom was it put, and when?"),
            f"{row.put_to}, {_('today')}" if row.put_to else "",
            check=refused_by(read.put),
            read_back=lambda text: f"{read.put(text).whom}, {read.day_back(text)}",
            placeholder=_("the director, today"),
        )
    )
    if line is None:
        return False
    with page.saying_errors():
        put = read.put(line)
        put_demand(page.store, row.id, put.whom, put.day)
        page.say(_("Put to {whom} · u takes it back").format(whom=put.whom))
        return True
    return False


async def ask_answer(page: Page, row: DemandRow) -> bool:
    """Ask what came of a demand, and when; whether that was noted. To be awaited inside a worker."""
    if not row.put_on:
        page.say(_("It was put to nobody yet: p notes first to whom, and when."))
        return False
    choices = [Choice(answer, answer_label(answer)) for answer in DemandAnswer if answer]
    answer = await page.app.push_screen_wait(Choose(safe(row.what), choices, current=DemandAnswer(row.answer) or None))
    if answer is None:
        return False
    read = _Reader(page.store)
    asked = AskLine(_("When?"), _("today"), check=refused_by(read.day), read_back=read.day_back)
    line = await page.app.push_screen_wait(asked)
    if line is None:
        return False
    with page.saying_errors():
        answer_demand(page.store, row.id, answer, read.day(line))
        page.say(_("{what}: {answer} · u takes it back").format(what=row.what, answer=answer_label(answer)))
        return True
    return False


async def ask_person(page: Page, question: str, but: Collection[int]) -> int | None:
    """Somebody found by name or number who is not among `but`; None where it is thought better of."""

    def found(typed: str) -> list[Choice[int]]:
        return [Choice(person, name) for person, name in search_people(page.store, typed) if person not in but]

    whom: Choose[int] = Choose(safe(question), [], more=found, placeholder=_("a name or a number"))
    return await page.app.push_screen_wait(whom)


class _Reader:
    """Reads what is typed about a day that was, "the director, today" among it."""

    def __init__(self, store: Campaign) -> None:
        self._now = store.wall_now()

    def put(self, line: str) -> _Put:
        """Whom, and the day behind the last comma; raises OrganiserError where either is lacking."""
        whom, comma, day = line.rpartition(",")
        if not comma or not whom.strip():
            raise OrganiserError(_("Write to whom, a comma, and when: the director, today."))
        return _Put(whom.strip(), self.day(day))

    def day(self, text: str) -> str:
        """The day (ISO) that is meant; raises OrganiserError where it is still to come."""
        return parse_moment(text.strip(), self._now, Direction.LAST).day.isoformat()

    def day_back(self, line: str) -> str:
        """How the day behind the last comma is read."""
        return read_back(parse_moment(line.rpartition(",")[2].strip(), self._now, Direction.LAST), self._now.date())
