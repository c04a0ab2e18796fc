"""Writes a copy of a campaign file. Which copy stands where is decided by those who ask for it.

The bytes are copied by a process of its own (copier.py): were this one to open the file beside SQLite and close it
again, it would drop every lock that it holds on the campaign. A quarter of the time of SQLite's own backup, which goes
page by page.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from organiser_tui.store.engine import connect

_COPIER = Path(__file__).with_name("copier.py")


@contextmanager
def copied(path: Path, to: Path, *, read_only: bool = False) -> Iterator[None]:
    """While the block runs: copy what is saved in the file `path` to `to`, which must not be there.

    At the end of the block the copy is whole and on the disk. What is saved meanwhile may or may not be in it.
    Raises FileExistsError, OSError or OperationalError; no half copy is left.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    wal = _wal_of(to)
    with ExitStack() as half_made:
        half_made.callback(to.unlink, missing_ok=True)
        half_made.callback(wal.unlink, missing_ok=True)
        with closing(connect(path, read_only=read_only)) as reader:
            # While somebody reads, no page is brought from the -wal into the file that is newer than the -wal copied
            # first, and none is overwritten in the -wal that is not in the file yet: both together are the campaign.
            reader.execute("BEGIN")
            reader.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            copier = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_COPIER), str(_wal_of(path)), str(wal), str(path), str(to)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                yield
                status = copier.wait()
            finally:
                copier.kill()
                copier.wait()
        if status:
            raise OSError(status, "copying failed", str(to))
        with closing(connect(to)) as copy:  # opening it brings the -wal into it, closing it takes the -wal away
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        half_made.pop_all()


def _wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
