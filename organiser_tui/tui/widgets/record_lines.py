"""How one line of a long list is painted from the Texts of its cells. No records, no cursor, no keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from organiser_tui.tui.safe import fit
from organiser_tui.tui.themes import LINE
from organiser_tui.tui.widgets.record_columns import Placed

BAR = "▌"
MARK = "✓"
ASCENDING = "▲"
DESCENDING = "▼"


class LineStyles(NamedTuple):
    """What a line is painted with; `roles` resolves the style strings inside a Text."""

    base: Style
    bar: Style
    mark: Style
    roles: Mapping[str, Style]


def paint_line(
    placed: Iterable[Placed],
    cell: Callable[[Placed], Text],
    width: int,
    styles: LineStyles,
    *,
    bar: bool = False,
    marked: bool = False,
) -> Strip:
    """One line of `width` cells: the bar, the mark, then each column's Text, cut and aligned."""
    base = styles.base
    segments = [
        Segment(BAR, styles.bar) if bar else Segment(" ", base),
        Segment(MARK, styles.mark) if marked else Segment(" ", base),
    ]
    at = 2
    for place in placed:
        text = fit(cell(place), place.width)
        cells = cell_len(text.plain)
        left = place.x - at + (place.width - cells if place.column.align == "right" else 0)
        segments.append(Segment(" " * left, base))
        segments.extend(_segments(text, base, styles.roles))
        at += left + cells
    segments.append(Segment(" " * (width - at), base))
    return Strip(segments, max(width, at))


def paint_text(text: Text, x: int, width: int, styles: LineStyles) -> Strip:
    """One line of `width` cells with `text` from column `x` on."""
    text = fit(text, width - x)
    segments = [Segment(" " * x, styles.base), *_segments(text, styles.base, styles.roles)]
    return Strip(segments, x + cell_len(text.plain)).extend_cell_length(width, styles.base)


def header_text(place: Placed, arrow: str) -> Text:
    """The label of a column with the arrow of the sort, which is never what gets cut."""
    label = Text(place.column.label)
    if not arrow:
        return label
    if label.cell_len + 2 <= place.width:
        return label.append(f" {arrow}")
    return fit(label, place.width - 1).copy().append(arrow)


def header_place(place: Placed, arrow: str) -> Placed:
    """Where the label of a column stands: with the arrow it may take a cell of the gap, so that it stands whole."""
    if not arrow or cell_len(place.column.label) + 1 <= place.width:
        return place
    return place._replace(x=place.x - (place.column.align == "right"), width=place.width + 1)


def heading_line(heading: Text, width: int) -> Text:
    """A heading among the rows, with a rule to the end of the line."""
    text = fit(heading, width - 2).copy().append(" ")
    return text.append("─" * (width - text.cell_len - 1), LINE)


def _segments(text: Text, base: Style, roles: Mapping[str, Style]) -> Iterable[Segment]:
    plain = text.plain
    if not plain:
        return ()
    if text.style:
        base += _resolved(text.style, roles)
    spans = text.spans
    if not spans:
        return (Segment(plain, base),)
    cuts = {0, len(plain)}
    for span in spans:
        cuts.update((min(span.start, len(plain)), min(span.end, len(plain))))
    edges = sorted(cuts)
    segments = []
    for start, end in pairwise(edges):
        style = base
        for span in spans:
            if span.start <= start and end <= span.end:
                style += _resolved(span.style, roles)
        segments.append(Segment(plain[start:end], style))
    return segments


def _resolved(style: str | Style, roles: Mapping[str, Style]) -> Style:
    if isinstance(style, Style):
        return style
    role = roles.get(style)
    return Style.parse(style) if role is None else role
