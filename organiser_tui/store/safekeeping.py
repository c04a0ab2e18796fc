"""Keeps the campaign as it was before something big is written, while that is being written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.engine import OperationalError, connect
from organiser_tui.words import _


@contextmanager
def copy_kept(campaign: Campaign, name: str) -> Iterator[None]:
    """Inside a write of `campaign`: copy what was saved before it to the file `name` beside the campaign.

    The copy is made while the block runs and whole before it ends, thus before anything is saved; only then does it
    take the place of an older one. Raises OrganiserError where it cannot be written.
    """
    to = campaign.path.with_name(name)
    fresh = to.with_name(f"{name}.{os.getpid()}")
    try:
        with ThreadPoolExecutor(1) as thread:
            copying = thread.submit(_copy_pages, campaign.path, fresh)
            yield
            _take(copying, fresh, to)
    finally:
        fresh.unlink(missing_ok=True)


def _take(copying: Future[None], fresh: Path, to: Path) -> None:
    try:
        copying.result()
        fresh.replace(to)
    except (OSError, OperationalError) as error:
        raise OrganiserError(_("The backup {path} could not be written. Nothing was saved.").format(path=to)) from error


def _make(fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _copy_pages(path: Path, fresh: Path) -> None:
    """Copy page by page through SQLite.

    Never by reading the file itself: closing it would drop every lock that this process holds on the open campaign.
    """
    _make(fresh)
    source, copy = connect(path), connect(fresh)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
