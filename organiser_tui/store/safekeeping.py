"""Keeps the campaign as it was before something big is written, while that is being written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import Connection, OperationalError, connect
from organiser_tui.words import _


@contextmanager
def copy_kept(campaign: Campaign, name: str) -> Iterator[None]:
    """Inside a write of `campaign`: copy what was saved before it to the file `name` beside the campaign.

    The copy is made while the block runs and whole before it ends, thus before anything is saved; only then does it
    take the place of an older one. Raises OrganiserError where it cannot be written.
    """
    to = campaign.path.with_name(name)
    fresh = to.with_name(f"{name}.{os.getpid()}")
    own = connect(campaign.path)
    try:
        with ThreadPoolExecutor(1) as thread:
            copying = thread.submit(_copy, campaign.path, fresh) if _holds_still(own) else None
            if copying is None:
                _copy_pages(own, fresh)
            yield
            if copying is not None:
                copying.result()
        fresh.replace(to)
    except (OSError, OperationalError) as error:
        raise OrganiserError(_("The backup {path} could not be written. Nothing was saved.").format(path=to)) from error
    finally:
        fresh.unlink(missing_ok=True)
        own.close()


def _holds_still(own: Connection) -> bool:
    """Whether everything saved is in the file itself, and stays as it is until `own` is closed.

    While the write lock is held nothing else is saved, and a reader keeps its pages from being written over.
    """
    _busy, frames, in_file = own.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    own.execute("BEGIN")
    own.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bool(frames == in_file)


def _make(fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy(path: Path, fresh: Path) -> None:
    _make(fresh)
    shutil.copyfile(path, fresh)
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())


def _copy_pages(own: Connection, fresh: Path) -> None:
    _make(fresh)
    copy = connect(fresh)
    try:
        own.backup(copy)
    finally:
        copy.close()
