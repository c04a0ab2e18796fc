"""Lines that are never cut: what does not fit goes on in further ones. No widget."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells
from rich.text import Text

from organiser_tui.tui.safe import fit

_WHOLE = 10_000
"""As many lines as anything needs that somebody wrote."""


def folded(line: Text, width: int, most: int = 12, indent: int = 2) -> list[Text]:
    """`line` in as many lines of `width` cells as it needs, parted between words, those after it by `indent` cells in.

    A word that is longer than a line goes on in the next one.
    At most `most` lines; the last of them is cut where there is more.
    """
    lines: list[tuple[int, int]] = []
    plain, begins, ends = line.plain, 0, 0
    for space in (*(place for place, letter in enumerate(plain) if letter == " "), len(plain)):
        while len(lines) < most - 1:
            room = width - (indent if lines else 0)
            if cell_len(plain[begins:space]) <= room:
                break
            if ends <= begins:  # one word that is longer than a line
                ends = begins + len(chop_cells(plain[begins:space], room)[0])
                lines.append((begins, ends))
                begins = ends
            else:
                lines.append((begins, ends))
                begins = ends + 1
        ends = space
    lines.append((begins, len(plain)))
    return [
        fit(Text(" " * indent if row else "", end="").append_text(line[start:end]), width)
        for row, (start, end) in enumerate(lines)
    ]


def beside(label: Text, line: Text, width: int) -> list[Text]:
    """The whole of `line` in lines of `width` cells, the first of them beside `label`, the others as far in."""
    blank = Text(" " * label.cell_len)
    parts = folded(line, width - label.cell_len, _WHOLE, indent=0)
    return [Text.assemble(blank if number else label, part, end="") for number, part in enumerate(parts)]


def in_lines(parts: Iterable[Text], width: int) -> list[Text]:
    """`parts` one after the other in as many lines of `width` cells as they need; none of them is parted."""
    lines = [Text(end="")]
    for part in parts:
        if lines[-1].cell_len and lines[-1].cell_len + len(part.plain.rstrip()) > width:
            lines.append(Text(end=""))
        lines[-1].append_text(part)
    return lines
