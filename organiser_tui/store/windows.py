"""Which windows of this device are open: each holds a file in the state folder locked, and lets go of it by its end.

However a program ends, the system ends its locks; so what a window that is open no more has left can be told.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

from organiser_tui.folders import state_folder
from organiser_tui.store.engine import Connection

_KEPT = 24 * 60 * 60
"""Seconds for which it is remembered that a window was killed: far longer than it can hold anybody."""
Shown = tuple[int | str | None, ...]
"""What pages show of the deeds of other windows: where it is another one, they read anew."""

try:
    import fcntl
except ImportError:  # where there are no such locks every other window counts as closed
    fcntl = None  # type: ignore[assignment]


class Presence:
    """That one window is open, as others on this device can tell."""

    def __init__(self, window: str) -> None:
        self._window = window
        self._held: int | None = None

    def show(self) -> None:
        """From now on others can tell, where that can be noted."""
        if self._held is None:
            with suppress(OSError):
                self._held = _locked(_file_of(self._window), create=True)
                _sweep()

    def end(self) -> None:
        """The window is closed."""
        if self._held is not None:
            _file_of(self._window).unlink(missing_ok=True)
            os.close(self._held)
            self._held = None


def is_open(window: str) -> bool:
    """Whether that window of this device is open and has shown it."""
    return _standing(window) == "open"


def was_killed(window: str) -> bool:
    """Whether that window of this device had shown that it is open, and its program ended without closing it."""
    return _standing(window) == "killed"


def _standing(window: str) -> Literal["open", "closed", "killed"]:
    if fcntl is None:
        return "closed"
    try:
        os.close(_locked(_file_of(window), create=False))
    except BlockingIOError:
        return "open"
    except OSError:
        return "closed"
    return "killed"


def _sweep() -> None:
    """Remove what windows that were killed have left, once nobody can be held for one of them any more."""
    for file in state_folder().glob("window-*"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > _KEPT and was_killed(file.name.removeprefix("window-")):
                file.unlink(missing_ok=True)


def last_shown(connection: Connection) -> Shown:
    """The last deed and the claims; what is kept of a call that has not ended is no other window's business."""
    row: Shown = connection.execute(
        "SELECT (SELECT clock FROM action ORDER BY clock DESC LIMIT 1), count(*), total(person_id), max(until)"
        " FROM claim"
    ).fetchone()
    return row


def _file_of(window: str) -> Path:
    return state_folder() / f"window-{window}"


def _locked(file: Path, *, create: bool) -> int:
    """The open file, locked; raises BlockingIOError where another holds it, OSError where it cannot be opened."""
    held = os.open(file, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    try:
        if fcntl is not None:  # whoever makes it waits for those who just look whether it is held
            fcntl.flock(held, fcntl.LOCK_EX if create else fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held
