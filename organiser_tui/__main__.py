"""Where the program starts: with nothing but a campaign it opens the screen, with anything else the command line."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

from organiser_tui.domain.errors import OrganiserError, SavedError
from organiser_tui.opening import open_program
from organiser_tui.words import _, use_language


def main() -> None:
    """Run the program: 0 where it went well, 1 with one sentence on stderr where not, 2 for wrong usage.

    3, with a sentence, where all was saved and only the answer could not be printed: it must not be done again.
    """
    os.umask(0o077)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # Names have letters that an old locale has not, and a file name may hold bytes that are no letters at all.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    use_language((os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en")[:2])
    try:
        _start(sys.argv[1:])
    except OrganiserError as error:
        _tell(str(error))
        sys.exit(3 if isinstance(error, SavedError) else 1)
    except BrokenPipeError:
        _print_no_more()  # whoever read our output has had enough
        sys.exit(1)
    except OSError as error:
        if error.strerror is None:
            raise
        if error.filename is None:
            _tell(_("The answer could not be printed: {reason}.").format(reason=error.strerror))
        else:
            _tell(_("{path} cannot be used: {reason}.").format(path=error.filename, reason=error.strerror))
        sys.exit(1)


def _open_closed_streams() -> None:
    """Give those of the three streams that were closed an end that leads nowhere.

    Else the next file that is opened, which is the campaign, would be the one that everything is printed into.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            try:
                os.fstat(number)
            except OSError:
                os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="replace", closefd=False))


def _tell(sentence: str) -> None:
    """Say `sentence` on stderr; what stands in a file or an argument must not act on the terminal."""
    with suppress(OSError):
        sys.stderr.write("".join(c if c.isprintable() else "·" for c in sentence) + "\n")
    _print_no_more()


def _print_no_more() -> None:
    """Drop what is still to be printed where it cannot get out; Python would try again at the end and say so."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(arguments: list[str]) -> None:
    if not arguments or (len(arguments) == 1 and _is_campaign(arguments[0])):
        open_program(arguments[0] if arguments else None)
    from organiser_tui.cli import commands

    commands(prog_name="organiser-tui", standalone_mode=True)


def _is_campaign(argument: str) -> bool:
    """Whether it is certainly a file and no command, so that the command line need not be read: 20 ms of the start."""
    return Path(argument).suffix != "" and Path(argument).is_file()


if __name__ == "__main__":
    main()
