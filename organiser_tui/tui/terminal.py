"""What must be true of the terminal's streams before the screen is taken over, and of what is typed into it."""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper
from typing import Final

_PASTE_BEGINS: Final = "\x1b[200~"
_PASTE_ENDS: Final = "\x1b[201~"
_ESCAPE: Final = "\x1b"
_SHOWN_ESCAPE: Final = "␛"


def prepare_terminal() -> None:
    """Make standard output and error write UTF-8, whatever the locale says, and the keyboard be read by TypedText.

    Textual writes the screen to standard error, which replaces what its encoding lacks by `\\xeb`: every č would shift
    the rest of its line.
    """
    for stream in (sys.__stdout__, sys.__stderr__, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            stream.reconfigure(encoding="utf-8")
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        # Textual decodes strictly: one byte that is no UTF-8, as of a keyboard set to Latin-2, ended the program.
        vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: TypedText


class TypedText:
    """The bytes of a keyboard as text: what is no UTF-8 is shown as such, and what is pasted is text all through.

    An escape within a paste would be taken for a key, and the rest of it for others: in a call they save outcomes.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._pasting = False
        self._last = ""
        """The last letters outside a paste, which may be the beginning of the mark that begins one."""
        self._held = ""
        """The last letters of a paste, which may be the beginning of the mark that ends it."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """What has been typed; of a paste that goes on all but what may be the beginning of its end."""
        text, self._held = self._held + self._utf8.decode(data, final), ""
        said: list[str] = []
        while text:
            if self._pasting:
                pasted, mark, text = text.partition(_PASTE_ENDS)
                if not mark and not final:
                    pasted, self._held = _held_back(pasted)
                said += [pasted.replace(_ESCAPE, _SHOWN_ESCAPE), mark]
                self._pasting = not mark
            else:
                before = self._last + text
                at = before.find(_PASTE_BEGINS)
                taken = len(text) if at < 0 else at + len(_PASTE_BEGINS) - len(self._last)
                said.append(text[:taken])
                self._pasting = at >= 0
                self._last = "" if self._pasting else before[1 - len(_PASTE_BEGINS) :]
                text = text[taken:]
        return "".join(said)


def _held_back(pasted: str) -> tuple[str, str]:
    """`pasted` without the letters at its end that may be the beginning of the mark that ends it, and those letters."""
    for letters in range(min(len(_PASTE_ENDS) - 1, len(pasted)), 0, -1):
        if pasted.endswith(_PASTE_ENDS[:letters]):
            return pasted[:-letters], pasted[-letters:]
    return pasted, ""
