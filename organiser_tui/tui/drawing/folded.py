"""Lines that are never cut: what does not fit goes on in further ones. No widget."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.text import Text

from organiser_tui.tui.safe import fit


def folded(line: Text, width: int, most: int = 12, indent: int = 2) -> list[Text]:
    """`line` in as many lines of `width` cells as it needs, parted between words, those after it by `indent` cells in.

    At most `most` lines; the last of them is cut where there is more.
    """
    lines: list[tuple[int, int]] = []
    plain, begins, ends = line.plain, 0, 0
    for space in (*(place for place, letter in enumerate(plain) if letter == " "), len(plain)):
        room = width - (indent if lines else 0)
        if cell_len(plain[begins:space]) > room and ends > begins and len(lines) < most - 1:
            lines.append((begins, ends))
            begins = ends + 1
        ends = space
    lines.append((begins, len(plain)))
    return [
        fit(Text(" " * indent if row else "", end="").append_text(line[start:end]), width)
        for row, (start, end) in enumerate(lines)
    ]


def in_lines(parts: Iterable[Text], width: int) -> list[Text]:
    """`parts` one after the other in as many lines of `width` cells as they need; none of them is parted."""
    lines = [Text(end="")]
    for part in parts:
        if lines[-1].cell_len and lines[-1].cell_len + len(part.plain.rstrip()) > width:
            lines.append(Text(end=""))
        lines[-1].append_text(part)
    return lines
