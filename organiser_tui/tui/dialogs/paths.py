"""Paths as people type them or drag them into the terminal: what is meant, how one may go on. Reads folders only."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from organiser_tui.domain.folding import fold
from organiser_tui.tui.widgets.completing import NOTHING, Completion, Suggestion, common_start

LIST_ENDINGS = (".csv", ".tsv", ".txt")
_MOST_OFFERED = 200
_QUOTES = "'\""


def path_written(line: str) -> Path:
    """The path that is meant by `line`, as typed, or as a terminal writes a file that is dragged into it."""
    bare = line.strip().removeprefix("file://")
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in _QUOTES:
        bare = bare[1:-1]
    elif os.name == "posix":
        bare = bare.replace("\\ ", " ")
    path = Path(bare)
    try:
        return path.expanduser()
    except RuntimeError:
        return path  # "~nobody": there is no such home


def paths_beginning(typed: str, endings: Sequence[str]) -> list[str]:
    """`typed` gone on with by each folder, and each file with one of `endings`, whose name begins as it ends.

    They are written as it is (`~/Doc` gives `~/Documents/`), folders with a separator at their end; case and accents
    are passed over, and what is hidden is named only to who begins with a dot.
    """
    cut = max(typed.rfind(separator) for separator in ("/", os.sep)) + 1
    head, tail = typed[:cut], typed[cut:]
    if typed == "~":
        return ["~/"]
    try:
        held = list(os.scandir(path_written(head) if head else Path.cwd()))
        found = [
            f"{head}{entry.name}{'/' if entry.is_dir() else ''}"
            for entry in held
            if fold(entry.name).startswith(fold(tail)) and (tail.startswith(".") or not entry.name.startswith("."))
            if entry.is_dir() or entry.name.lower().endswith(tuple(endings))
        ]
    except (OSError, ValueError):
        return []  # no such folder, not ours to read, or with characters that no file system takes
    return sorted(found, key=lambda path: (not path.endswith("/"), fold(path)))[:_MOST_OFFERED]


def path_completed(typed: str, endings: Sequence[str]) -> str:
    """`typed` as far as every path that it may become goes on in the same way."""
    found = paths_beginning(typed, endings)
    common = common_start(found)
    return common if len(common) > len(typed) or len(found) == 1 else typed


def completing_paths(endings: Sequence[str] = ()) -> Callable[[str, int], Completion]:
    """What a field for a path suggests: folders, and files with one of `endings`, to be put in its whole place."""

    def complete(value: str, cursor: int) -> Completion:
        if not value.strip() or cursor < len(value):
            return NOTHING
        named_from = value.rfind("/") + 1
        found = [path for path in paths_beginning(value, endings) if path != value]
        return Completion(0, len(value), [Suggestion(path, path[named_from:]) for path in found])

    return complete
