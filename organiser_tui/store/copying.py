"""Writes a copy of a campaign file. Which copy stands where is decided by those who ask for it.

The bytes are copied by a process of its own (copier.py): were this one to open the file beside SQLite and close it
again, it would drop every lock that it holds on the campaign. A quarter of the time of SQLite's own backup, which goes
page by page.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from organiser_tui.store.engine import connect, remove_file, wal_of

_COPIER = Path(__file__).with_name("copier.py")


@contextmanager
def copied(path: Path, to: Path, *, read_only: bool = False) -> Iterator[None]:
    """While the block runs: copy what is saved in the file `path` to `to`, which must not be there.

    At the end of the block the copy is whole and on the disk. What is saved meanwhile may or may not be in it.
    Raises FileExistsError, OSError or OperationalError; no half copy is left.
    """
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with ExitStack() as half_made:
        half_made.callback(remove_file, to)
        with closing(connect(path, read_only=read_only)) as reader:
            # While somebody reads, no page newer than what she reads is brought from the -wal into the file, and
            # the -wal is not begun anew while it holds a page that is not in the file yet: the -wal, copied first, and
            # the file together are the campaign. Where the whole -wal is in the file already, a writer may begin it
            # anew while it is being copied. The copier notices and leaves it out: the file alone is the campaign then.
            reader.execute("BEGIN")
            reader.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            copier = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_COPIER), str(wal_of(path)), str(wal_of(to)), str(path), str(to)],
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
            number = status if status > 0 else errno.EINTR  # less than 0: it was ended by that signal
            raise OSError(number, os.strerror(number), str(to))
        with closing(connect(to)) as copy:  # opening it brings the -wal into it, closing it takes the -wal away
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        half_made.pop_all()


def names_from(first: Path) -> Iterator[Path]:
    """The names that a copy may bear: `first`, then the same with -2, -3 and so on."""
    yield first
    for number in count(2):
        yield first.with_name(f"{first.name}-{number}")
