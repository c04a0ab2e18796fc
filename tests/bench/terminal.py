"""A program in a pseudo-terminal, timed from outside: from the key to what stands on the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+q": "\x11",
}
_QUIET = 0.12
"""Seconds without a byte after which a screen counts as settled."""


class Terminal:
    """One program on a screen of its own."""

    def __init__(self, argv: Sequence[str], *, columns: int = 120, rows: int = 40) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._bytes = 0
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            os.execvpe(argv[0], list(argv), env)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._file)

    def _read(self, seconds: float) -> bool:
        ready, _write, _error = select.select([self._file], [], [], seconds)
        if not ready:
            return False
        data = os.read(self._file, 1 << 16)
        self._bytes += len(data)
        self._stream.feed(data)
        return True

    def settle(self) -> None:
        """Read until nothing has come for a while."""
        while self._read(_QUIET):
            pass

    def lines(self) -> list[str]:
        """The rows of the screen."""
        return [line.rstrip() for line in self._screen.display]

    def stands(self, text: str) -> bool:
        """Whether `text` stands on the screen."""
        return any(text in line for line in self.lines())

    def until(self, text: str, limit: float = 60.0) -> float:
        """Milliseconds since the start at which `text` stood on the screen."""
        end = time.perf_counter() + limit
        while not self.stands(text):
            if time.perf_counter() > end:
                raise TimeoutError(f"{text!r} did not come:\n" + "\n".join(self.lines()))
            self._read(0.005)
        return (time.perf_counter() - self.started) * 1000

    def send(self, key: str) -> None:
        """Press a key, by name or as itself."""
        os.write(self._file, KEYS.get(key, key).encode())

    def to_paint(self, key: str, limit: float = 10.0) -> float:
        """Milliseconds from the key to the first byte painted after it."""
        self.settle()
        before, start = self._bytes, time.perf_counter()
        self.send(key)
        while self._bytes == before:
            if time.perf_counter() - start > limit:
                raise TimeoutError(f"nothing was painted after {key}")
            self._read(0.0005)
        return (time.perf_counter() - start) * 1000

    def to_text(self, key: str, *texts: str, limit: float = 30.0) -> float:
        """Milliseconds from the key until one of `texts`, none of which stood there, stands on the screen."""
        self.settle()
        if any(map(self.stands, texts)):
            raise ValueError(f"{texts!r} stands there already")
        start = time.perf_counter()
        self.send(key)
        while not any(map(self.stands, texts)):
            if time.perf_counter() - start > limit:
                raise TimeoutError(f"{texts!r} did not come after {key}:\n" + "\n".join(self.lines()))
            self._read(0.001)
        return (time.perf_counter() - start) * 1000

    def to_change(self, key: str, row: int, limit: float = 30.0) -> float:
        """Milliseconds from the key until line `row` of the screen is another."""
        self.settle()
        before, start = self.lines()[row], time.perf_counter()
        self.send(key)
        while self.lines()[row] == before:
            if time.perf_counter() - start > limit:
                raise TimeoutError(f"line {row} stayed after {key}:\n" + "\n".join(self.lines()))
            self._read(0.001)
        return (time.perf_counter() - start) * 1000

    def resident_mib(self) -> int:
        """Resident memory of the program."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))
