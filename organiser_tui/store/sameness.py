"""Whether the file that is open is still the one that was opened: others may move, replace or overwrite it.

SQLite does not notice when something else copies another file into an open one.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.store.engine import OperationalError, Unreadable, connect

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class _Look(NamedTuple):
    """The file as it lies on the disk."""

    device: int
    inode: int
    size: int
    changed: int


class OpenedFile:
    """The file of an open campaign, as it was when it was last looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _look(path)
        self._campaign = ""
        self._action: int | None = None
        self._overwritten = False
        """Something else was copied into it: what its journal holds belongs to what is there no more."""
        self.replaced = False
        """Nothing may be written any more, nor read."""

    def look(self, campaign: Campaign) -> bool:
        """Whether it is another one now; once it is, it stays so."""
        self.replaced = self.replaced or self._has_been_replaced(campaign)
        return self.replaced

    def _has_been_replaced(self, campaign: Campaign) -> bool:
        now, before = _look(self._path), self._seen
        if now is None or before is None or now[:2] != before[:2]:
            return True
        if self._campaign and now != before and not self._is_known(now, before):
            self._overwritten = True
            return True
        self._seen = now
        if not self._campaign:
            self._campaign = campaign.id
        last = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
        self._action = last[0] if last else None
        return False

    def _is_known(self, now: _Look, before: _Look) -> bool:
        """Whether what has changed in the file can have come from its own journal; in doubt it has.

        To take ours for another would cost what the journal holds; what looks like ours in all this is a copy of it.
        """
        if now.size < before.size:
            return False  # a campaign never gets shorter
        try:
            with closing(connect(self._path, read_only=True)) as fresh:
                named = fresh.execute("SELECT value FROM setting WHERE name = 'campaign'").fetchone()
                known = fresh.execute("SELECT 1 FROM action WHERE id = ?", (self._action,)).fetchone()
        except Unreadable:
            return False
        return named == (self._campaign,) and (known is not None or self._action is None)

    def close(self, campaign: Campaign) -> None:
        """Close the connection; what its journal still holds goes where the file went, and never into another one."""
        if campaign.read_only or not self.replaced:
            campaign.connection.close()
            return
        with suppress(OperationalError, OSError):  # on a full disk it stays in the journal, under the old name
            if self._overwritten:
                os.truncate(_journal(self._path), 0)
            else:  # SQLite itself leaves it under the old name where a file was moved
                campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        campaign.connection.close()
        if self._overwritten or not self._path.exists():
            _remove_emptied(self._path)


def _remove_emptied(path: Path) -> None:
    """Remove the journal beside `path` and its index, where nothing stands in it."""
    with suppress(OSError):
        if _journal(path).stat().st_size == 0:
            for end in ("-wal", "-shm"):
                path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _look(path: Path) -> _Look | None:
    try:
        there = path.stat()
    except OSError:
        return None
    return _Look(there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns)
