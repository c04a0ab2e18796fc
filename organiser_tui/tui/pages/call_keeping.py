"""Keeps a call while it lasts: the hold on the person, what stands on the form, and whoever comes next read ahead."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.timer import Timer

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.noted import Noted
from organiser_tui.store.damage import damage_told
from organiser_tui.store.sitting import Sitting
from organiser_tui.tui.page import Page
from organiser_tui.words import _

_READ_AHEAD_AFTER = 0.05  # seconds: she is painted by then
_RENEW_EVERY = 10 * 60.0
_KEEP_EVERY = 1.0
"""Seconds; what was noted is lost for so long at most, whatever becomes of the program."""
_SAID_AFTER = 3
"""Times in a row that something could not be kept."""


class Keeping:
    """What happens by itself on a page of calls, once it has begun; `noted` gives what stands on the form."""

    def __init__(self, page: Page, sitting: Sitting, noted: Callable[[], Noted]) -> None:
        self._page = page
        self._sitting = sitting
        self._noted = noted
        self._ahead: Timer | None = None
        self._failed = 0
        """How often in a row what is noted could not be kept."""

    def begin(self) -> None:
        """From now on, until the page is gone."""
        self._page.set_interval(_RENEW_EVERY, self._renew)
        self._page.set_interval(_KEEP_EVERY, self._keep_while_writing)

    def end(self) -> None:
        """Give the person back; where that is refused just now, the claim lapses by itself."""
        with suppress(OrganiserError):
            self._sitting.release()

    def read_ahead_soon(self) -> None:
        """Read whoever comes next once this one is painted; whoever is served meanwhile is another's next."""
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = None if self._sitting.rang else self._page.set_timer(_READ_AHEAD_AFTER, self._read_ahead)

    def keep(self, *, wait: bool) -> None:
        """Keep what stands on the form. Raises OrganiserError where that is refused."""
        if self._sitting.card is not None:
            self._sitting.keep(self._noted(), wait=wait)

    def before_leaving(self, *, touched: bool) -> str:
        """Keep it once more; a sentence where that is refused, and something on the form was `touched`."""
        try:
            self.keep(wait=True)
        except OrganiserError as error:
            sentence = _("What you noted of this call could not be kept. {reason}")
            return sentence.format(reason=error) if touched else ""
        return ""

    def _read_ahead(self) -> None:
        # Nobody asked for it: what cannot be read is told when it is her turn.
        with suppress(OrganiserError), damage_told(self._page.store.path):
            self._sitting.read_ahead()

    def _renew(self) -> None:
        """Hold the person on; who lost her to another window meanwhile is told, and may save all the same."""
        with self._page.saying_errors():
            for sentence in self._sitting.renew():
                self._page.say(sentence, severity="warning")

    def _keep_while_writing(self) -> None:
        """What is noted is kept in the campaign while one writes; where that is refused, the next time tries again.

        Whether another window was writing is known after some times only; then it is said, once.
        """
        try:
            self.keep(wait=False)
        except OrganiserError as error:
            self._failed += 1
            if self._failed == _SAID_AFTER:
                words = _("What you note is not kept just now. {reason}").format(reason=error)
                self._page.say(words, severity="warning")
        else:
            self._failed = 0
