"""Who is ringing: found by the number that rang, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from organiser_tui.domain.folding import search_terms
from organiser_tui.store.people import search_people
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_FEWEST: Final = 3
"""Letters or digits; fewer fit half the campaign."""


async def who_rang(page: Page) -> int | None:
    """The person who rings, None where nobody was chosen; to be awaited inside a worker of the page."""

    def found(typed: str) -> list[Choice[int]]:
        if sum(map(len, search_terms(typed))) < _FEWEST:
            return []
        return [Choice(person, name) for person, name in search_people(page.store, typed)]

    asked: Choose[int] = Choose(
        _("Who is ringing?"),
        [],
        more=found,
        nothing=_("Nobody fits, or fewer than three letters. Page 3, n enters who is new."),
        placeholder=_("the number that rang, its last four digits, or a name"),
    )
    return await page.app.push_screen_wait(asked)
