"""Says on the terminal how far something has come that takes a while. Nothing is said into a file or a pipe."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TextIO

_PATIENCE = 1.0
"""Seconds in which nothing is said."""
_PAUSE = 0.2
"""Seconds between two lines."""
_CLEAR = "\r\x1b[K"


class Progress:
    """One line on `stream` that is written over, and gone in the end; nothing where that is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._next = monotonic() + _PATIENCE if self._stream.isatty() else float("inf")
        self._said = ""

    def say(self, line: str) -> None:
        """Show `line`, unless another stood there a moment ago."""
        now = monotonic()
        if now >= self._next and line != self._said:
            self._stream.write(f"{_CLEAR}{line}")
            self._stream.flush()
            self._said, self._next = line, now + _PAUSE

    def end(self) -> None:
        """Take the line away."""
        if self._said:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._said = ""
