"""What this device remembers, in the state folder and never in a campaign: its id, the last campaign, who worked."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.folders import state_folder
from organiser_tui.words import _

_FILE = "device.json"
_ID_FILE = "device-id"
"""Written once and whole, by whichever window is first; nothing else stands in it."""


def known_id() -> str:
    """The id of this device, '' while it has none."""
    with suppress(OSError, UnicodeDecodeError, OrganiserError):
        return (_folder() / _ID_FILE).read_text(encoding="ascii").strip()
    noted = str(_read().get("device", ""))  # where it stood before it had a file of its own
    if noted:
        with suppress(OrganiserError):
            return _made(noted)
    return noted


def device_id() -> str:
    """The 128-bit id of this device as 32 hexadecimal digits, made when first asked for.

    Raises OrganiserError where it cannot be noted: every deed would be that of another device.
    """
    return known_id() or _made(os.urandom(16).hex())  # as secrets does, which takes 4 ms of a start to import


def _made(wanted: str) -> str:
    """The id that stands in its file: `wanted`, unless another window was first. Raises OrganiserError."""
    file = _folder() / _ID_FILE
    fresh = file.with_name(f"{_ID_FILE}.{os.urandom(8).hex()}")
    try:
        try:
            with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:
                writing.write(wanted)
                writing.flush()
                os.fsync(writing.fileno())
            with suppress(FileExistsError):
                os.link(fresh, file)
        finally:
            fresh.unlink(missing_ok=True)
        held = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _unwritable(file, error) from error
    if not held:
        raise OrganiserError(_("{path} is empty; it holds the id of this device. Remove it.").format(path=file))
    return held


def last_campaign() -> Path | None:
    """The campaign that was opened last, if it is still there."""
    path = _read().get("last_campaign")
    return Path(path) if path and Path(path).exists() else None


def remember_campaign(path: Path) -> None:
    """Make `path` the campaign opened last, where that can be noted."""
    with suppress(OrganiserError):
        _write(_read() | {"last_campaign": str(path.absolute())})


def last_organiser(campaign: str) -> int | None:
    """The organiser who last worked on this device with the campaign of that id."""
    organiser = _read().get("organisers", {}).get(campaign)
    return int(organiser) if organiser is not None else None


def remember_organiser(campaign: str, organiser: int) -> None:
    """Make `organiser` the one who works on this device with the campaign of that id, where that can be noted."""
    kept = _read()
    with suppress(OrganiserError):
        _write(kept | {"organisers": {**kept.get("organisers", {}), campaign: str(organiser)}})


def _folder() -> Path:
    try:
        return state_folder()
    except OSError as error:
        raise OrganiserError(_("The folder for this device's own notes cannot be made. Set XDG_STATE_HOME.")) from error


def _read() -> dict[str, Any]:
    try:
        file = _folder() / _FILE
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, OrganiserError, json.JSONDecodeError, UnicodeDecodeError):
        # A lost or torn state file costs a default, not a campaign.
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    if kept == _read():
        return
    file = _folder() / _FILE
    fresh = file.with_name(f"{_FILE}.{os.getpid()}")
    try:
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _unwritable(file, error) from error


def _unwritable(file: Path, why: OSError) -> OrganiserError:
    sentence = _("This device's own notes {path} cannot be written: {reason}.")
    return OrganiserError(sentence.format(path=file, reason=why.strerror))
