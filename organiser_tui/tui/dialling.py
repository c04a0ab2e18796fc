"""Gets a number to the telephone: as a picture to be photographed, by the desktop, or by a command of one's own.

Nothing of it is written down anywhere: no log, no history, no temporary file.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.folders import config_file
from organiser_tui.words import _

_QUIET_ZONE = 4
"""Light modules around a QR code, as its standard asks for."""


def tel_uri(number: str) -> str:
    """The link that dials an E.164 number (RFC 3966)."""
    return f"tel:{number}"


def qr_lines(number: str) -> list[str]:
    """The QR code of an E.164 number's link in lines of half blocks, two modules high; a block is a dark module."""
    import segno

    matrix = segno.make(tel_uri(number), error="m", micro=False).matrix
    width = len(matrix) + 2 * _QUIET_ZONE
    beside = [0] * _QUIET_ZONE
    rows = [[0] * width] * _QUIET_ZONE + [[*beside, *row, *beside] for row in matrix] + [[0] * width] * _QUIET_ZONE
    rows += [[0] * width] * (len(rows) % 2)
    return [
        "".join(" ▀▄█"[(upper != 0) + 2 * (lower != 0)] for upper, lower in zip(*rows[at : at + 2], strict=True))
        for at in range(0, len(rows), 2)
    ]


def dial(number: str, failed: Callable[[str], object]) -> None:
    """Have an E.164 number dialled by the command in the config file, else by the desktop.

    Raises OrganiserError, with what can be done instead, where there is neither, or it cannot be started. Where it ends
    with an error later, `failed` is called with a sentence, in a thread of its own.
    """
    command = own_command(config_file(), number) or _by_desktop(number)
    if command is None:
        sentence = _("Nothing here dials: Q shows a QR code. A command of your own goes into {file}.")
        raise OrganiserError(sentence.format(file=config_file()))
    try:
        dialling = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:  # a NUL in it is a ValueError
        sentence = _("{command} could not be started: {reason}.")
        raise OrganiserError(sentence.format(command=command[0], reason=error)) from error

    def see_to_its_end() -> None:  # or it would stay in the system's table once it ended
        status = dialling.wait()
        if status:
            sentence = _("{command} ended with status {status}: it was not dialled. Q shows a QR code.")
            failed(sentence.format(command=command[0], status=status))

    threading.Thread(target=see_to_its_end, daemon=True).start()


def own_command(file: Path, number: str) -> list[str] | None:
    """The command under [dial] in the config file, with the number in its place; None where there is none.

    {number} stands for the E.164 number, {tel} for its link. Raises OrganiserError where the file is not right.
    """
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise OrganiserError(_("{file} cannot be read: {reason}.").format(file=file, reason=error)) from error
    section = read.get("dial", {})
    command = section.get("command") if isinstance(section, dict) else section
    if command is None:
        return None
    try:
        words = shlex.split(command) if isinstance(command, str) else []
    except ValueError:
        words = []
    if not words or not any("{number}" in word or "{tel}" in word for word in words):
        sentence = _('{file}: [dial] needs a line such as command = "call {{tel}}", with {{tel}} or {{number}} in it.')
        raise OrganiserError(sentence.format(file=file))
    return [word.replace("{number}", number).replace("{tel}", tel_uri(number)) for word in words]


def _by_desktop(number: str) -> list[str] | None:
    """What opens links on this desktop; None without one, as over SSH."""
    if sys.platform == "darwin":
        return ["open", tel_uri(number)]
    there = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    opener = shutil.which("xdg-open") if there else None
    return [opener, tel_uri(number)] if opener else None
