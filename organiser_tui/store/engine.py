"""The one module that knows the database driver: connections and its exceptions. No question is asked here.

sqlcipher3 stands in for the driver that sqlite-utils looks for, so that both catch the same exceptions.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
import sqlcipher3.dbapi2 as driver

from organiser_tui.domain.folding import fold

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = driver
# The driver asks of every None whether it can be turned into something else, and makes an exception where it cannot: a
# quarter of the time of writing a row. An empty dict gives None for it, twice as fast as a function of ours.
driver.register_adapter(type(None), {}.get)

if TYPE_CHECKING:
    from sqlite_utils import Database

DatabaseError: type[Exception] = driver.DatabaseError
OperationalError: type[Exception] = driver.OperationalError
IntegrityError: type[Exception] = driver.IntegrityError
Unreadable: tuple[type[Exception], ...] = (DatabaseError, UnicodeDecodeError)
"""What a damaged file raises: the driver cannot even decode what SQLite says of names that are damaged themselves."""

Connection = Any
"""A connection of the driver; the driver ships no types."""

_INDEX_BYTES = 32 * 1024
"""So long is the -shm file of a campaign that is open."""
_CACHE_KIB = 16 * 1024


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection to the file at `path`, which must exist.

    Raises DatabaseError or OperationalError as the driver does.
    """
    target = f"file:{_escaped(path)}?mode=rw"  # never made anew where it has been taken away
    if read_only:
        # A folder that cannot be written to has no room for the -shm file, and needs none where no -wal stands beside.
        target = f"file:{_escaped(path)}" + ("?mode=ro" if _stands_beside(path) else "?immutable=1")
    connection = driver.connect(target, uri=True, isolation_level=None, timeout=5.0)
    with ExitStack() as refused:
        refused.callback(connection.close)
        prepare(connection, read_only=read_only)
        refused.pop_all()
    return connection


def _stands_beside(path: Path) -> bool:
    """Whether something that was written is not in the file itself yet, or somebody may be writing."""
    written, index = beside(path)
    if not written.exists():
        return False
    # A disk that is full leaves both behind with nothing in them.
    return written.stat().st_size > 0 or (index.exists() and index.stat().st_size >= _INDEX_BYTES)


def is_full(error: Exception) -> bool:
    """Whether `error` says that the disk is full; one that does not answer, or takes no longer files, looks alike."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return isinstance(error, DatabaseError) and ("full" in str(error) or "disk I/O" in str(error))


_TOO_MUCH = ("too large", "too many", "too big", "too complex")


def asks_too_much(error: Exception) -> bool:
    """Whether `error` says that a question was longer than SQLite takes: nothing is wrong with the file."""
    return isinstance(error, DatabaseError) and any(part in str(error) for part in _TOO_MUCH)


def memory_kib() -> int | None:
    """How much memory the machine has; None where its system does not tell."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # there is no such question, or no answer
        return None
    return pages * size // 1024 if pages > 0 else None


def remove_file(path: Path) -> None:
    """Remove a campaign that was only half made, with what stands beside it; it must be closed."""
    for file in (path, *beside(path)):
        file.unlink(missing_ok=True)


def wal_of(path: Path) -> Path:
    """Where SQLite keeps what has been saved and is not in the file at `path` yet."""
    return path.with_name(f"{path.name}-wal")


def beside(path: Path) -> list[Path]:
    """What SQLite keeps beside an open file at `path`: the -wal, and the index of it."""
    return [wal_of(path), path.with_name(f"{path.name}-shm")]


def prepare(connection: Connection, *, read_only: bool = False) -> None:
    """Set `connection` to what every one is set to; outside a transaction, or foreign keys stay as they are."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA temp_store = 2")  # temp files on disk would hold names in clear
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.create_function("folded", 1, _folded, deterministic=True)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def impatient(connection: Connection) -> Iterator[None]:
    """What is locked by another window is not waited for."""
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _folded(text: str | None) -> str:
    return fold(text or "")


def statements_of(script: str) -> Iterator[str]:
    """The statements of an SQL script, each of which ends a line; what stands between BEGIN and END is one with it."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if driver.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def database(connection: Connection) -> Database:
    """`connection` in the hands of sqlite-utils, which is loaded only now: a start has no need of it."""
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False)


def _escaped(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
