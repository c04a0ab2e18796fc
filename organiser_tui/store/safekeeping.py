"""Keeps the campaign as it was before something big is written, while that is being written; and writes backups.

A copy under way bears the mark ".unfinished". Only who holds the write lock makes one: whoever gets the lock and finds
one knows that it was left by a process that died.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from organiser_tui.domain.errors import OrganiserError, SavedError
from organiser_tui.store.copying import copied
from organiser_tui.store.engine import DatabaseError, OperationalError, beside, connect, impatient, is_full, remove_file
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

UNFINISHED = ".unfinished"


@contextmanager
def copy_kept(campaign: Campaign, name: str) -> Iterator[None]:
    """Inside a write of `campaign`: copy what was saved before it to the file `name` beside the campaign.

    The copy is made while the block runs and whole before it ends, thus before anything is saved; only then does it
    take the place of an older one. Raises OrganiserError where it cannot be written.
    """
    to = campaign.path.with_name(name)
    fresh = to.with_name(f"{name}{UNFINISHED}")
    _remove_left(campaign.path)
    copying = ExitStack()
    with _told_of(to):
        copying.enter_context(copied(campaign.path, fresh))
    with copying as ending:
        yield
        with _told_of(to):
            ending.pop_all().close()
            fresh.replace(to)


def remove_unfinished(campaign: Campaign) -> None:
    """Remove copies that were under way when their process was killed; one that is being made now is left alone."""
    if not _left(campaign.path):
        return
    connection = campaign.connection
    try:
        with impatient(connection):
            connection.execute("BEGIN IMMEDIATE")
        try:
            _remove_left(campaign.path)
        finally:
            connection.execute("ROLLBACK")
    except OperationalError:
        return  # somebody is writing: it may be theirs


def _left(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{escape(path.name)}.before-*{UNFINISHED}*"))


def _remove_left(path: Path) -> None:
    for left in _left(path):
        left.unlink(missing_ok=True)


@contextmanager
def _told_of(to: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, DatabaseError) as error:
        sentence = _("The backup {path} could not be written. Nothing was saved.")
        if is_full(error):
            sentence = _("The disk is full: there is no room for the backup {path}. Nothing was saved.")
        raise OrganiserError(sentence.format(path=to)) from error


def backup(campaign: Campaign, to: Path) -> None:
    """Write a copy of the whole campaign to `to`, which must not be there yet; it bears the name once it is whole.

    Raises OrganiserError where it is, or something that SQLite would read with it, or where it cannot be written.
    SavedError where the copy is written of a file that is damaged.
    """
    if not to.name or to.is_dir():
        raise OrganiserError(_("{path} is a folder: name the file that the copy goes to.").format(path=to))
    for there in (to, *beside(to), to.with_name(f"{to.name}-journal")):
        if there.exists() or there.is_symlink():
            sentence = _("{path} is there already; nothing was changed. Choose another name.")
            raise OrganiserError(sentence.format(path=there))
    fresh = to.with_name(f"{to.name}{UNFINISHED}")
    try:
        remove_file(fresh)  # left by a process that was killed
        with copied(campaign.path, fresh, read_only=campaign.read_only):
            pass  # nothing else is to be done meanwhile
        fresh.rename(to)
    except (OSError, DatabaseError) as error:
        if is_full(error):
            raise OrganiserError(_("The disk is full: the backup {path} was not written.").format(path=to)) from error
        raise OrganiserError(_("The backup {path} could not be written.").format(path=to)) from error
    if not _is_whole(to):
        sentence = _("{path} is written, but the campaign is damaged, and so is this copy. Older backups may be whole.")
        raise SavedError(sentence.format(path=to))


def _is_whole(path: Path) -> bool:
    try:
        with closing(connect(path, read_only=True)) as copy:
            return bool(copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except DatabaseError:
        return False
