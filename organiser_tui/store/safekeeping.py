"""Keeps the campaign as it was before something big is written, while that is being written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.copying import copy_whole
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
    fresh.unlink(missing_ok=True)
    try:
        with ThreadPoolExecutor(1) as thread:
            copying = thread.submit(_copy, campaign.path, fresh)
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


def _copy(path: Path, fresh: Path) -> None:
    source = connect(path)
    try:
        copy_whole(source, fresh)
    finally:
        source.close()
