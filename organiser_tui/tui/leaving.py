"""How pages and dialogs are left: in turn, those on top first. Nothing here knows what they ask."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")


class LeftInTurn(Screen[Answer]):
    """A screen that waits to be left until nothing lies above it any more.

    Textual takes away whatever is on top: an import that ended opened the lock that somebody had put over it.
    """

    _leaves_with: tuple[Answer | None] | None = None

    @property
    def would_lose(self) -> bool:
        """Whether what was typed on it goes where the program is left now."""
        return False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with `result`, at once or once what lies above is gone; the first result counts."""
        if self.app.screen is self:
            return super().dismiss(result)
        if self._leaves_with is None:
            self._leaves_with = (result,)
        return AwaitComplete()

    def on_screen_resume(self) -> None:
        if self._leaves_with is not None:
            (result,), self._leaves_with = self._leaves_with, None
            super().dismiss(result)
