"""What is kept of a fault in the program: where it happened, and no value of any variable or message."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb

from organiser_tui import __version__
from organiser_tui.words import _

_PATH_PARTS = 3  # of a file: enough to find it, too little to name whose machine it is


def what_stopped(error: BaseException | None) -> str:
    """Why the program has stopped, in one sentence: the file, where it can no longer be read, else itself."""
    from organiser_tui.store.engine import IntegrityError, Unreadable, asks_too_much

    while error is not None:
        if isinstance(error, Unreadable) and not isinstance(error, IntegrityError) and not asks_too_much(error):
            return _("The campaign file can no longer be read: it is damaged or gone. Restore a backup.")
        carried = getattr(error, "error", None)
        error = carried if isinstance(carried, BaseException) else error.__cause__ or error.__context__
    return _("organiser-tui has stopped because of a fault of its own. What was saved is saved.")


def report_lines(error: BaseException) -> Iterator[str]:
    """Types of `error` and of what caused it, each with file, line and function of its frames; no messages."""
    yield f"organiser-tui {__version__}, Python {platform.python_version()}, {sys.platform}"
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield ""
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame, line in walk_tb(current.__traceback__):
            code = frame.f_code
            yield f"  {'/'.join(Path(code.co_filename).parts[-_PATH_PARTS:])}:{line} in {code.co_qualname}"
        # A worker that failed carries what it failed of beside the usual chain.
        carried = getattr(current, "error", None)
        current = carried if isinstance(carried, BaseException) else current.__cause__ or current.__context__


def write_report(error: BaseException, folder: Path, now: datetime | None = None) -> Path:
    """Write the report of `error` to a new file in `folder` that only its owner can read; the file."""
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"fault-{stamp}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(report_lines(error)) + "\n")
    return path
