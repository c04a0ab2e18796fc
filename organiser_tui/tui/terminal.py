"""What must be true of the terminal's streams before the screen is taken over."""

from __future__ import annotations

import codecs
import sys
from io import TextIOWrapper


def prepare_terminal() -> None:
    """Make standard output and error write UTF-8, whatever the locale says.

    Textual writes the screen to standard error, which replaces what its encoding lacks by `\\xeb`: every č would shift
    the rest of its line.
    """
    for stream in (sys.__stdout__, sys.__stderr__, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            stream.reconfigure(encoding="utf-8")
