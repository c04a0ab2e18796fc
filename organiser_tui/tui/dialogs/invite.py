"""Whom a filter would invite to an event, and how many a provider; asked before anybody is."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.sheets import left_out_label
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.errand import Errand
from organiser_tui.store.events import invite, refuse_not_to_come
from organiser_tui.store.inviting import Invitable, invitable
from organiser_tui.store.people import PeopleQuery, people_ids
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.words import _, ngettext

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_OFFERED = range(1, 6)
"""So many a provider are offered; the digit of a line is what it says."""
_EVERYBODY = 0


async def invite_by_filter(page: Page, event_id: int) -> None:
    """Ask whom to invite to an event and how many a provider, and do it; to be awaited inside a worker of the page."""
    from organiser_tui.tui.dialogs.filter import FilterDialog

    with page.saying_errors():
        refuse_not_to_come(page.store, event_id)
        text = await page.app.push_screen_wait(FilterDialog(page.store, ""))
        if text is None:
            return
        found = await asyncio.to_thread(Errand(page.store).run, partial(_found, event_id=event_id, text=text))
        if found is None:
            return
        if not found.people:
            page.say(_("Nobody to invite. {reasons}").format(reasons=_beside(found)).strip())
            return
        most = await page.app.push_screen_wait(Choose(_asked(found), _choices(found), current=_EVERYBODY))
        if most is None:
            return
        people = [person for person, _provider in found.people]
        ask = partial(invite, event_id=event_id, people=people, at_most=most or None)
        invited = await asyncio.to_thread(Errand(page.store).run, ask) or 0
        words = ngettext("{n} person is invited", "{n} people are invited", invited).format(n=f"{invited:,}")
        page.say(f"{words} · {_('u takes it back')}" if invited else words)


def _found(campaign: Campaign, event_id: int, text: str) -> Invitable:
    query = PeopleQuery(parse_filter(text) if text else None)
    return invitable(campaign, event_id, [person for ids in people_ids(campaign, query) for person in ids])


def _asked(found: Invitable) -> str:
    people = len(found.people)
    words = ngettext("{n} person can be invited.", "{n} people can be invited.", people).format(n=f"{people:,}")
    return f"{words} {_beside(found)}".strip()


def _beside(found: Invitable) -> str:
    """How many are invited already, and how many cannot be, by their reasons."""
    reasons = [f"{count:,} {left_out_label(reason)}" for reason, count in found.left_out.most_common()]
    if found.already:
        reasons.insert(0, _("{n} invited already").format(n=f"{found.already:,}"))
    return _("Not again or not at all: {reasons}.").format(reasons=", ".join(reasons)) if reasons else ""


def _choices(found: Invitable) -> list[Choice[int]]:
    counts = [(most, len(found.at_most(most))) for most in _OFFERED]
    some = takewhile(lambda offer: offer[1] < len(found.people), counts)
    choices = [
        Choice(most, _("at most {most} of each provider").format(most=most), f"{count:,}") for most, count in some
    ]
    return [*choices, Choice(_EVERYBODY, _("everybody"), f"{len(found.people):,}")]
