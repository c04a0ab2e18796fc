"""The lines under a call: the keys of the outcomes, what the keys do instead just now, or why nobody is served."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual import work

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import outcome_told
from organiser_tui.store.call_lists import CallListRow
from organiser_tui.store.calling import queue_standing
from organiser_tui.store.errand import Errand
from organiser_tui.store.organisers import names_of
from organiser_tui.tui.drawing.call import closed_words, outcome_keys, standing_words
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.drawing.keys import key_words
from organiser_tui.tui.keys import key_name
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET
from organiser_tui.tui.widgets.lines import Lines
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class OutcomeLines(Lines):
    """Says one of these things at a time; nothing moves between them while somebody is served."""

    def show_outcomes(self, width: int) -> None:
        """The digits, and what each saves."""
        self.workers.cancel_group(self, "standing")
        self.update(outcome_keys(width))

    def show_question_above(self, width: int) -> None:
        """None of the keys does anything while a question stands above."""
        lines = outcome_keys(width).plain.count("\n")
        self.update(Text(" " + _("these wait until what stands above is closed") + "\n" * lines, QUIET))

    def show_line_keys(self, pending: str, *, row: bool = False, unclear: bool = False) -> None:
        """What enter does in a line of the form; `pending` is the outcome that waits for it, '' for none.

        `row`: it takes single keys, and is left by the one that answers. `unclear`: what stands there is not
        understood yet, and enter does nothing.
        """
        then = _("leaves the line, then the digits are outcomes again")
        if row:
            then = _("leaves the line as it is; an answer leaves it, too")
        if pending:
            outcome = outcome_told(pending)
            then = _("saves as {outcome}, esc goes back").format(outcome=outcome)
            if unclear:
                then = _("saves as {outcome} once it is understood, esc goes back").format(outcome=outcome)
        elif unclear:
            then = _("does nothing until it is understood, esc goes back")
        self.update(Text(" ").append_text(key_words(key_name("enter"), then)))

    def show_refusal(self, why: str) -> None:
        """Why she who was asked for is not in the call, and what else there is."""
        self.workers.cancel_group(self, "standing")
        said = Text("\n ").append_text(safe(why, f"bold {NOT_YET}")).append("\n\n ")
        self.update(said.append_text(key_words(">", _("serves whoever is next, esc goes back"))))

    def show_nobody(self, store: Campaign, row: CallListRow | None, skipped: int) -> None:
        """Why nobody is served from a list (None: everyone), and what changes it."""
        if store.why_read_only:
            self.update(Text(f"\n {store.why_read_only}", f"bold {NOT_YET}"))
        elif row is not None and not row.draft.may_be_called_by(store.organiser_id):
            names = names_of(store, row.draft.callers)
            self.update(safe(f"\n {_('This list is called by {names}.').format(names=names)}", f"bold {NOT_YET}"))
        elif row is not None and row.why_not_called(store.today()):
            self.update(closed_words(row, store.today()))
        else:
            self.update(Text(f"\n {_('Nobody can be called now.')}", f"bold {NOT_YET}"))
            self._show_standing(store, row, skipped)

    @work(exclusive=True, group="standing")
    async def _show_standing(self, store: Campaign, row: CallListRow | None, skipped: int) -> None:
        """Asked in a thread, since it looks at everybody."""
        ask = partial(queue_standing, list_id=None if row is None else row.id)
        try:
            standing = await asyncio.to_thread(Errand(store).run, ask)
        except OrganiserError as error:
            self.update(safe(f"\n {error}", NOT_YET))
            return
        if standing is not None:
            self.update(standing_words(standing, skipped, store, listed=row is not None and row.targets > 0))


class SaidLine(Lines):
    """What was just done, above the keys: a toast would cover what stands beside it."""

    def tell(self, sentence: str, then: str = "") -> None:
        """Say it in one line; `then`, what may follow, is never cut."""
        width = self.screen.size.width
        after = Text(f" · {then}" if then else "", KEPT, end="")
        said = fit(safe(f" {sentence}", KEPT), max(width - after.cell_len, 1))
        said.end = ""
        self.update(Text.assemble(said, after, end=""))

    def warn(self, sentence: str) -> None:
        """Say what was refused, in as many lines as it needs."""
        lines = folded(safe(f" {sentence}", OVERDUE), self.screen.size.width, most=3, indent=1)
        self.update(Text("\n").join(lines))
