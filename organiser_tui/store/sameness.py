"""Whether the file that is open is still the one that was opened: others may move, replace or overwrite it.

SQLite does not notice when something else copies another file into an open one. What had been saved and stood in the
-wal alone is then kept in a file beside, as it was: it belongs to what is there no more.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.copier import header_of
from organiser_tui.store.copying import names_from
from organiser_tui.store.engine import OperationalError, Unreadable, beside, connect, wal_of
from organiser_tui.store.schema import APPLICATION_ID
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


class _Look(NamedTuple):
    """The file as it lies on the disk."""

    device: int
    inode: int
    size: int
    changed: int


class _WalLook(NamedTuple):
    """The -wal as it lies on the disk; its header changes whenever SQLite begins it anew."""

    header: bytes
    size: int


class OpenedFile:
    """The file of an open campaign, as it was when it was last looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: _Look | None = None
        with suppress(OSError):
            self._seen = _look(path)
        self._campaign = ""
        self._action: int | None = None
        self._away = False
        """Nothing stands at its path: it was moved, and may be moved back."""
        self._overwritten = False
        """Something else was copied into it: what its -wal holds belongs to what is there no more."""
        self._wal: _WalLook | None = None
        """The -wal when that was found; what others write into it afterwards is theirs."""
        self._left: Path | None = None
        """Where what the -wal held then was kept."""
        self.replaced = False
        """Nothing may be written any more, nor read."""

    def look(self, campaign: Campaign) -> bool:
        """Whether it is another one now; once it is, it stays so, but one that was away for a while may come back.

        Raises OrganiserError inside a write where that cannot be told now: the write is refused, the next one looks
        again. Outside of one nothing is at stake, and it counts as the same.
        """
        try:
            if self._away or not self.replaced:
                self.replaced = self._has_been_replaced(campaign)
        except (OSError, OperationalError) as error:
            if campaign.connection.in_transaction:
                sentence = _("{path} cannot be looked at just now ({reason}). Nothing was saved; try again.")
                raise OrganiserError(sentence.format(path=self._path, reason=error)) from error
        return self.replaced

    def what_happened(self) -> str:
        """Once it is another one: a sentence on that, and on where what was saved last is kept."""
        if self._away:
            said = _("{path} has been moved or deleted. Nothing was saved; put it back to go on, or leave.")
        else:
            said = _("{path} has been moved, deleted or replaced. Nothing was saved; leave, and open it anew.")
        if self._left is not None:
            said += " " + _("What was saved last and not in the file yet is kept in {left}.")
        elif self._wal is not None and self._wal.size:
            said += " " + _("What was saved last could not be kept beside it: make room before you leave.")
        return said.format(path=self._path, left=self._left)

    def _has_been_replaced(self, campaign: Campaign) -> bool:
        now, before = _look(self._path), self._seen
        self._away = now is None
        if now is None or before is None or now[:2] != before[:2]:
            return True
        if self._campaign and now != before and not self._is_known():
            self._overwritten = True
            if not campaign.read_only:
                self._wal = _look_at_wal(self._path)
                self._keep_wal()
            return True
        self._seen = now
        if not self._campaign:
            self._campaign = campaign.id
        last = campaign.connection.execute("SELECT id FROM action ORDER BY clock DESC LIMIT 1").fetchone()
        self._action = last[0] if last else None
        return False

    def _is_known(self) -> bool:
        """Whether the file and its -wal still hold this campaign with the last action that was seen in it.

        An older copy of the same campaign is found only where that action had been brought from the -wal into the
        file; before, it is read from the -wal. Raises OperationalError where nothing can be read now, which says
        nothing about the file.
        """
        try:
            with closing(connect(self._path, read_only=True)) as fresh:
                if fresh.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                    return False
                named = fresh.execute("SELECT value FROM setting WHERE name = 'campaign'").fetchone()
                known = fresh.execute("SELECT 1 FROM action WHERE id = ?", (self._action,)).fetchone()
        except OperationalError:
            raise  # no file descriptor left, somebody has locked it, the disk does not answer
        except Unreadable:
            return False
        return named == (self._campaign,) and (known is not None or self._action is None)

    def _keep_wal(self) -> None:
        """Copy the -wal to a file of its own beside, where there is something in it and room for it."""
        with suppress(OSError):
            if self._wal is not None and self._wal.size:
                self._left = _copied_beside(self._path)

    def close(self, campaign: Campaign) -> None:
        """Close the connection; what its -wal still holds goes where the file went, and never into another one.

        Where something was copied over the file, the -wal is emptied once it is kept beside (or cannot be, though it
        was said), unless another window has written into it since.
        """
        if campaign.read_only or not self.replaced:
            campaign.connection.close()
            return
        with suppress(OperationalError, OSError):  # on a full disk it stays in the -wal, under the old name
            if not self._overwritten:  # SQLite itself leaves it under the old name where a file was moved
                campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            elif self._wal is not None and self._wal == _look_at_wal(self._path):
                if self._left is None:
                    self._keep_wal()
                os.truncate(wal_of(self._path), 0)
        campaign.connection.close()
        if self._overwritten or not self._path.exists():
            _remove_emptied(self._path)


def _copied_beside(path: Path) -> Path:
    """A copy of the -wal of `path`, read by nobody else, under the first name that is free. Raises OSError.

    SQLite holds no lock on a -wal: it may be opened and closed beside it.
    """
    for to in names_from(path.with_name(f"{path.name}.left-behind")):
        try:
            made = os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            continue
        try:
            with os.fdopen(made, "wb") as writing, wal_of(path).open("rb") as reading:
                copyfileobj(reading, writing)
                writing.flush()
                os.fsync(writing.fileno())
        except OSError:
            to.unlink()
            raise
        return to
    raise AssertionError("numbers do not end")


def _remove_emptied(path: Path) -> None:
    """Remove the -wal beside `path` and its index, where nothing stands in it."""
    with suppress(OSError):
        if wal_of(path).stat().st_size == 0:
            for file in beside(path):
                file.unlink(missing_ok=True)


def _look_at_wal(path: Path) -> _WalLook | None:
    try:
        return _WalLook(header_of(wal_of(path)), wal_of(path).stat().st_size)
    except OSError:
        return None


def _look(path: Path) -> _Look | None:
    """None where it is not there. Raises OSError where that cannot be told."""
    try:
        there = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _Look(there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns)
