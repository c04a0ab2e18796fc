"""Who is ringing: found by the number that rang, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from organiser_tui.domain.folding import search_terms
from organiser_tui.store.people import PersonRow, people_last_called
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.drawing.people import PeopleCells
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_FEWEST: Final = 3
"""Letters or digits; fewer fit half the campaign."""


class Ringing(NamedTuple):
    """Who rings, and the number (E.164) from which she does; '' where she was found by another word."""

    person_id: int
    number: str = ""


async def who_rang(page: Page, but: int | None = None) -> Ringing | None:
    """Who rings, None where nobody was chosen; those called last are offered first, all `but` who is in the call.

    To be awaited inside a worker of the page.
    """

    def found(typed: str) -> list[Choice[Ringing]]:
        if sum(map(len, search_terms(typed))) < _FEWEST:
            return []
        store = page.store
        cells = PeopleCells(store.today(), store.zone, store.country)
        return [
            Choice(
                Ringing(row.id, row.number_found),
                row.name,
                f"{cells.cell(row, 'phone', 0)} · {cells.cell(row, 'last_contact', 0)}",
            )
            for row in _found(page, typed)
            if row.id != but
        ]

    asked: Choose[Ringing] = Choose(
        _("Who is ringing?"),
        [],
        more=found,
        nothing=_("Three letters or digits find her. Who is new is entered on page 3 with n."),
        placeholder=_("the number that rang, its last four digits, or a name"),
    )
    return await page.app.push_screen_wait(asked)


def _found(page: Page, typed: str) -> list[PersonRow]:
    with page.saying_errors():
        return people_last_called(page.store, typed)
    return []
