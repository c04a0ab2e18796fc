"""Keys in their order: a key is handed out only when the one before it has been worked off.

Textual sends a key to the widget with the focus and looks at the next one meanwhile. What is typed in one breath, or
arrives in one piece over a slow line, would then act on the page before the form that its first key opens is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic

from textual import events
from textual.app import App
from textual.dom import DOMNode

_PATIENCE = 1.0  # seconds after which a key counts as worked off, whatever became of it

Typed = events.Key | events.Paste


class TypedApp(App[None]):
    """An app in which nothing that is typed overtakes what was typed before it."""

    _ahead: deque[Typed] | None = None
    """What has been typed beyond the key that is being worked off."""
    _handed_out: float | None = None
    """When that key was handed out; None where none is being worked off."""

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
        elif self._handed_out is None:
            await self._hand_out(event)
        else:
            self._ahead = self._ahead or deque()
            self._ahead.append(event)
            self._watch(self._handed_out)

    async def _hand_out(self, event: Typed) -> None:
        self._handed_out = at = monotonic()
        if self._ahead:
            self._watch(at)
        goes_to: DOMNode = self.focused or self.screen
        await super().on_event(event)
        # A second climb follows what the key made its widget say, such as that a line was entered.
        self._climb(goes_to, partial(self._climb, goes_to, partial(self._worked_off, at)))

    def _watch(self, at: float) -> None:
        """Whoever was to tell that the key is worked off may be gone, and the word with it."""
        self.set_timer(_PATIENCE, partial(self._worked_off, at))

    def _climb(self, node: DOMNode | None, then: Callable[[], object]) -> None:
        """Climb after a key from queue to queue, out of each behind the key, and do `then` at the top."""
        if node is None or node is self:
            self.call_later(then)
        elif not node.call_later(partial(self._climb, node.parent, then)):
            self._climb(node.parent, then)

    async def _worked_off(self, at: float) -> None:
        if at != self._handed_out:
            return
        if self._ahead:
            await self._hand_out(self._ahead.popleft())
        else:
            self._handed_out = None
