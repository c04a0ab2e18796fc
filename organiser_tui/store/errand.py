"""A question or a deed in a thread of its own, on a connection of its own, that can be called off. It knows no noun."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import OperationalError

T = TypeVar("T")

_CACHE_KIB = 4 * 1024  # such questions walk through an index once: more would only stay in memory


class Errand:
    """One question or deed under way; `stop()` may come from any thread and at any time."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._twin: Campaign | None = None
        self._lock = Lock()
        self.stopped = False
        """Whether nobody waits for the answer any more."""

    def run(self, ask: Callable[[Campaign], T]) -> T | None:
        """The answer of `ask`, which gets a connection for this thread alone; None where it was called off."""
        with self._lock:
            if self.stopped:
                return None
            twin = self._twin = self._campaign.another()
            twin.connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        try:
            answer = ask(twin)
        except OperationalError:
            if self.stopped:
                return None
            raise
        finally:
            with self._lock:
                self._twin = None
                twin.close()
        return None if self.stopped else answer

    def stop(self) -> None:
        """Call the question off: what it is reading just now ends at once."""
        with self._lock:
            self.stopped = True
            if self._twin is not None:
                self._twin.connection.interrupt()


def written(campaign: Campaign) -> tuple[int, int]:
    """What differs once anything has been written: by this connection, by another window or program."""
    version = campaign.connection.execute("PRAGMA data_version").fetchone()[0]
    return int(campaign.connection.total_changes), int(version)
