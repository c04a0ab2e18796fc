"""What tests have shown, drawn: an event by provider, and people beside the ratings given before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from organiser_tui.domain.tested import SUPPORTS, UNDECIDED
from organiser_tui.store.tested import EventTest, Rated
from organiser_tui.tui.drawing.days import short_day
from organiser_tui.tui.drawing.events import promise_dots
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, QUIET, STRONG
from organiser_tui.words import _


def event_test_cell(row: EventTest, column: str) -> Text:
    """One cell of what an event has shown of a provider or region."""
    if column == "where":
        return safe(row.where or _("nowhere today"), f"bold {STRONG}" if row.where else QUIET)
    count: int = getattr(row, column)
    of = {"came": row.yes, "did": row.took}.get(column, count)
    return Text(
        f"{count:,}" if count or of else "", NOT_YET if count < of else KEPT if column in ("came", "did") else ""
    )


def tested_cell(row: Rated, column: str, today: date) -> Text:
    """One cell of somebody beside her rating."""
    match column:
        case "name":
            return safe(row.name, f"bold {STRONG}")
        case "rating":
            return Text(str(row.did.rating), KEPT if row.did.rating <= SUPPORTS else "")
        case "rated_on":
            return safe(short_day(row.did.rated_on, today), QUIET)
        case "did":
            return Text(_("{kept} of {due} kept").format(kept=row.did.kept, due=row.did.due))
        case "bar":
            return promise_dots(row.did.kept, row.did.due)
        case _:
            return safe(row.provider, QUIET)


def ratings_headline(tested: Sequence[Rated], whose: str) -> Text:
    """How often those who were rated so did anything of what they said."""
    text = Text.assemble(safe(whose, f"bold {STRONG}"))
    for label, ratings in ((_("rated 1-2"), (1, SUPPORTS)), (_("rated 3"), (UNDECIDED,)), (_("rated 4-5"), (4, 5))):
        people = [one for one in tested if one.did.rating in ratings]
        did = sum(one.did.kept > 0 for one in people)
        told = _("{did} of {n} did something").format(did=f"{did:,}", n=f"{len(people):,}") if people else _("nobody")
        text.append("\n").append(f"{label:<10} ", QUIET).append(told)
    return text
