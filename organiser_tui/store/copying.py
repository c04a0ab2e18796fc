"""Writes a copy of a campaign file. Which copy stands where is decided by those who ask for it."""

from __future__ import annotations

import os
from pathlib import Path

from organiser_tui.store.engine import Connection, connect


def copy_whole(source: Connection, to: Path) -> None:
    """Copy what is saved in the file of `source` to `to`, which must not be there; it is on the disk in the end.

    Page by page through SQLite, never by reading the file itself: closing that would drop every lock that this process
    holds on the campaign. The copy needs no journal of its own while it is being made: a torn one is thrown away.
    Raises FileExistsError, OSError or OperationalError.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = connect(to)
    try:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy)
    finally:
        copy.close()
    with to.open("rb+") as file:
        os.fsync(file.fileno())
