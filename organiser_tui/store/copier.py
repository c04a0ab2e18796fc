"""A program of its own: copies files, each named before its copy, and waits until they are on the disk.

One that is not there is passed over: the first of a pair may come and go. It ends when whoever started it has ended.
Imports nothing of ours: it starts in a moment.
"""

import os
import sys
from pathlib import Path

_PIECE = 128 * 1024
"""Bytes: what fits the cache of a processor. With a megabyte it takes four times as long."""


def copy_all(paths: list[str]) -> None:
    """Copy each of the even `paths` to the one after it, to be read by nobody else. Raises OSError."""
    os.umask(0o077)
    asked_by = os.getppid()
    for source, to in zip(paths[::2], paths[1::2], strict=True):
        if Path(source).exists():
            _copy(Path(source), Path(to), asked_by)


def _copy(source: Path, to: Path, asked_by: int) -> None:
    piece = memoryview(bytearray(_PIECE))
    with source.open("rb", buffering=0) as reading, to.open("wb") as writing:
        while size := reading.readinto(piece):
            writing.write(piece[:size])
            if os.getppid() != asked_by:
                sys.exit(1)
        writing.flush()
        os.fsync(writing.fileno())


if __name__ == "__main__":
    copy_all(sys.argv[1:])
