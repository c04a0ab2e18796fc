"""Says in one sentence why a campaign file cannot be read. Nothing is mended here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.engine import DatabaseError, Unreadable, asks_too_much, is_full
from organiser_tui.words import _


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Raise OrganiserError with a sentence where the file at `path` turns out to be damaged while it is read."""
    try:
        yield
    except Unreadable as error:
        raise OrganiserError(_why_unreadable(path, error)) from error


def _why_unreadable(path: Path, why: Exception) -> str:
    error = str(why) if isinstance(why, DatabaseError) else _("unreadable")
    if asks_too_much(why):
        return _("That is too much to be asked at once: ask for less.")
    if "not a database" in error:
        return _("{path} is not a campaign of organiser-tui, or it is damaged. It was left as it is.").format(path=path)
    if is_full(why):
        sentence = _("{path} cannot be opened: the disk is full, or does not answer. Make room and try again.")
        return sentence.format(path=path)
    if "locked" in error or "busy" in error:
        return _("{path} is being written to by another window. Try again.").format(path=path)
    return _("{path} is damaged and was left as it is ({error}). Restore a backup.").format(path=path, error=error)
