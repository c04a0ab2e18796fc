"""Somebody of the file, found by name or number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from organiser_tui.domain.folding import search_terms
from organiser_tui.store.people import search_people
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_FEWEST: Final = 3
"""Letters; fewer fit half the campaign."""


class Someone(NamedTuple):
    """A person of the file and how she is called."""

    id: int
    name: str


NOBODY: Final = Someone(0, "")


async def ask_someone(page: Page, title: str, but: tuple[int, ...] = (), *, done: str = "") -> Someone | None:
    """Somebody in the file, found by name or number, but not those of `but`; None where that is called off.

    With `done` there is a line of that name, which stands for nobody more: NOBODY.
    """

    def found(typed: str) -> list[Choice[Someone]]:
        if sum(map(len, search_terms(typed))) < _FEWEST:
            return []
        people = search_people(page.store, typed)
        return [Choice(Someone(person, held.split(" · ")[0]), held) for person, held in people if person not in but]

    begins = [Choice(NOBODY, done)] if done else []
    asked: Choose[Someone] = Choose(title, begins, more=found, nothing="", placeholder=_("a name; type three letters"))
    return await page.app.push_screen_wait(asked)
