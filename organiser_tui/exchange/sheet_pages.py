"""How a contact sheet falls on pages: where a line ends, and which rows stand on which page. Nothing is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class PageLine(NamedTuple):
    """One line of a page: row `row` of group `group`, or the heading of the group where `row` is None."""

    group: int
    row: int | None
    continued: bool = False
    """Whether the group began on a page before."""


def pages_of(groups: Sequence[Sequence[float]], heading: float, room: float) -> list[list[PageLine]]:
    """The pages that rows of these heights by group take; `heading` is the height of that of a group, `room` of a page.

    A heading never stands without a row below it, and is repeated where its group goes on. A row that is higher than
    the room gets a page of its own. One page at least.
    """
    pages: list[list[PageLine]] = [[]]
    left = room
    for group, heights in enumerate(groups):
        for row, height in enumerate(heights):
            needs = height if row and pages[-1] else heading + height
            if needs > left and pages[-1]:
                pages.append([])
                left, needs = room, heading + height
            if not row or not pages[-1]:
                pages[-1].append(PageLine(group, None, continued=bool(row)))
            pages[-1].append(PageLine(group, row))
            left -= needs
    return pages


def wrapped(text: str, width: float, measure: Callable[[str], float], most: int) -> list[str]:
    """`text` in lines of at most `width` by `measure`, `most` of them; what is longer ends in "…".

    A word that is wider than a line is divided, after a hyphen where it has one. The measure of a text is the sum of
    those of its letters.
    """
    lines = [""]
    for word in _pieces(text, width, measure):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The words of `text`; one that is wider than a line in pieces, the last of which may go on with the next word."""
    for word in text.split():
        rest = word
        while measure(rest) > width and len(rest) > 1:
            fits = next((end for end in range(2, len(rest)) if measure(rest[:end]) > width), len(rest)) - 1
            cut = rest.rfind("-", 0, fits) + 1 or fits
            yield rest[:cut]
            rest = rest[cut:]
        yield rest
