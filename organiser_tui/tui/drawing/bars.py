"""Numbers drawn: bars with eighth blocks, sparklines."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from organiser_tui.tui.themes import LINE, NOT_YET, REACHED

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "▁▂▃▄▅▆▇█"


def bar(share: float, width: int, style: str = REACHED) -> Text:
    """A bar `width` cells wide, of which `share` (0 to 1) is full; dots stand for the rest."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    full, part = divmod(eighths, 8)
    text = Text("█" * full, style, end="")
    if part:
        text.append(_EIGHTHS[part], style)
    text.append("·" * (width - full - bool(part)), LINE)
    return text


def sparkline(values: Sequence[int], style: str = NOT_YET) -> Text:
    """One cell a value, as high as it is beside the largest."""
    most = max(values, default=0) or 1
    return Text("".join(_HEIGHTS[round(value / most * 7)] for value in values), style, end="")
