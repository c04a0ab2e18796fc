"""A program of its own: copies a -wal and then its file, and waits until both are on the disk.

A -wal that is not there is passed over. One that was begun anew while it was copied is a mixture of two, and its copy
is emptied: whoever asks for it sees to it that the file holds everything then. It ends when whoever started it has
ended. Its status is 0, or the number of the error that the system told. Imports nothing of ours: it starts in a moment.
"""

import errno
import mmap
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from io import FileIO
from pathlib import Path

_PIECE = 1024 * 1024
"""Bytes: a multiple of what any disk takes at a time."""
_DIRECT = getattr(os, "O_DIRECT", 0)
"""Asks the system to read from the disk, or to write to it, and to keep nothing of it in memory.

A big file and its copy would take the place of what is being worked with, and a file that is not in memory yet takes
twice as long to get there as to be copied. Linux alone has it.
"""
_AFTER_OTHERS = 10
"""By how much others go first: whoever asked works on meanwhile, and waits for the copy only at the end."""
_WAL_HEADER = 32
"""Bytes. Two of its numbers are new whenever SQLite begins the -wal anew."""


def copy_both(wal: Path, wal_to: Path, file: Path, file_to: Path) -> None:
    """Copy `wal`, if there is one, to `wal_to`, then `file` to `file_to`, for nobody else to read. Raises OSError."""
    os.umask(0o077)
    if hasattr(os, "nice"):
        os.nice(_AFTER_OTHERS)
    asked_by = os.getppid()
    if wal.exists():
        before = header_of(wal)
        _copy(wal, wal_to, asked_by)
        if header_of(wal) != before:
            os.truncate(wal_to, 0)
    _copy(file, file_to, asked_by)


def header_of(wal: Path) -> bytes:
    """What tells a -wal from the same one begun anew. Raises OSError."""
    with wal.open("rb", buffering=0) as reading:
        return reading.read(_WAL_HEADER)


def _copy(source: Path, to: Path, asked_by: int) -> None:
    with ExitStack() as open_files:
        reading = open_files.enter_context(source.open("rb", buffering=0))
        writing = open_files.enter_context(to.open("wb"))
        from_disk, to_disk = _opened_direct(source, os.O_RDONLY), _opened_direct(to, os.O_WRONLY)
        for direct in (from_disk, to_disk):
            if direct is not None:
                open_files.callback(os.close, direct)
        # The memory that mmap() gives begins where a page does: else nothing of it could be read or written directly.
        piece = memoryview(mmap.mmap(-1, _PIECE))
        done = 0
        while size := _read(from_disk, reading, piece, done):
            if to_disk is None or size < _PIECE or not _written(to_disk, piece, done):
                writing.seek(done)
                writing.write(piece[:size])
            done += size
            if os.getppid() != asked_by:
                sys.exit(errno.EINTR)
        writing.flush()
        os.fsync(writing.fileno())


def _opened_direct(path: Path, how: int) -> int | None:
    """The file at `path`, to be read or written directly; None where its file system has no such thing."""
    return _directly(lambda: os.open(path, how | _DIRECT)) if _DIRECT else None


def _read(direct: int | None, reading: FileIO, piece: memoryview, place: int) -> int:
    """How many bytes from `place` on were read into `piece`, 0 at the end; directly where that is possible."""
    if direct is not None and place % _PIECE == 0:  # after a piece that came short nothing begins where a disk has it
        size = _directly(lambda: os.preadv(direct, [piece], place))
        if size is not None:
            return size
    reading.seek(place)
    return reading.readinto(piece) or 0


def _written(direct: int, piece: memoryview, place: int) -> bool:
    """Whether `piece` could be written directly, all of it, from `place` on."""
    return _directly(lambda: os.pwrite(direct, piece, place)) == len(piece)


def _directly(ask: Callable[[], int]) -> int | None:
    """What the system says to `ask`; None where it has no such thing, and it is done in the usual way."""
    try:
        return ask()
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return None


if __name__ == "__main__":
    try:
        copy_both(*map(Path, sys.argv[1:]))
    except OSError as error:
        sys.exit(error.errno)
