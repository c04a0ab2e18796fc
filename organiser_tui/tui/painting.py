"""What stands on the terminal, so that only the cells that differ are sent to it; and when a page is painted.

Textual paints every piece of the screen that might have changed, some of them twice, and each segment with its own
beginning and end: 50 kB for a page at 120x40, which a slow line and a slow terminal feel. No widget, no value is kept
beyond what stands on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import SGR_STYLES, Strip

Answer = TypeVar("Answer")

_RESET = "\x1b[0m"
_DRAWN = sum(1 << bit for bit in (3, 6, 8, 9, 12))
"""Bits of a Style whose ink is seen in blank cells too: underline, reverse, strike, double underline, overline."""


class _Look(NamedTuple):
    """How cells look, as the parameters of the terminal's own sequence (SGR)."""

    marks: str = ""
    """Bold, underlined and the like."""
    ink: str | None = ""
    """Colour of the letters; None where there are none, so that any will do."""
    ground: str = ""


class _Run(NamedTuple):
    """Neighbouring cells that look alike."""

    look: _Look
    text: str


class _Piece(NamedTuple):
    """Neighbouring cells of one line, `[left, right)`."""

    left: int
    right: int
    runs: tuple[_Run, ...]


class Painted:
    """The lines of one terminal as they were last sent."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, _Piece]] = {}

    def forget(self) -> None:
        """Nothing is known any more of what stands there: something else has written."""
        self._lines.clear()

    def changes(self, update: LayoutUpdate | ChopsUpdate, colors: ColorSystem) -> str:
        """Terminal sequences for the pieces of `update` that differ from what stands there; they stand there then."""
        sent: list[str] = []
        look, at = _Look(), (-1, -1)
        for y, left, strip in _strips(update):
            piece = _Piece(left, left + strip.cell_length, _runs(strip, colors))
            line = self._lines.setdefault(y, {})
            if not piece.runs or line.get(left) == piece:
                continue
            _put(line, piece)
            if at != (y, left):
                sent.append(f"\x1b[{y + 1};{left + 1}H")
            for run in piece.runs:
                sent.append(_turn(look, run.look) + run.text)
                look = run.look if run.look.ink is not None else run.look._replace(ink=look.ink)
            at = (y, piece.right)
        if look != _Look():
            sent.append(_RESET)
        return "".join(sent)


class Changes(CompositorUpdate):
    """An update of Textual's of which only the differences are written, at the moment when it is written."""

    def __init__(self, painted: Painted, update: LayoutUpdate | ChopsUpdate) -> None:
        self._painted = painted
        self._update = update

    def render_segments(self, console: Console) -> str:
        return self._painted.changes(self._update, console._color_system or ColorSystem.TRUECOLOR)


def _put(line: dict[int, _Piece], piece: _Piece) -> None:
    """`piece` stands in `line`, and nothing that it covers in part."""
    covered = [left for left, old in line.items() if left < piece.right and old.right > piece.left]
    for left in covered:
        del line[left]
    line[piece.left] = piece


def _strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Line, column and cells of every piece of an update."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, whole) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if whole is None or x > last or end <= first:
                continue
            yield y, x, whole if x >= first and end <= last else whole.crop(0, min(end, last) - x)


def _runs(strip: Strip, colors: ColorSystem) -> tuple[_Run, ...]:
    """The cells of a strip, neighbours that look alike joined."""
    runs: list[_Run] = []
    for text, style, _control in strip:
        look = _Look() if style is None else _look(style, colors, not text.strip(" "))
        if runs and (joined := _both(runs[-1].look, look)):
            runs[-1] = _Run(joined, runs[-1].text + text)
        else:
            runs.append(_Run(look, text))
    return tuple(runs)


def _both(one: _Look, other: _Look) -> _Look | None:
    """The look that is right for the cells of both, None where there is none."""
    if one.marks != other.marks or one.ground != other.ground:
        return None
    if other.ink is None or one.ink == other.ink:
        return one
    return other if one.ink is None else None


@lru_cache(maxsize=1024)
def _look(style: Style, colors: ColorSystem, blank: bool) -> _Look:
    """How a style looks on a terminal with these colours; `blank` cells that nothing is drawn in need no ink."""
    worn = style._attributes & style._set_attributes
    marks = ";".join(SGR_STYLES[bit] for bit in range(worn.bit_length()) if worn & (1 << bit))
    ink = "" if style.color is None else ";".join(style.color.downgrade(colors).get_ansi_codes())
    ground = "" if style.bgcolor is None else ";".join(style.bgcolor.downgrade(colors).get_ansi_codes(False))
    return _Look(marks, None if blank and not worn & _DRAWN else ink, ground)


def _turn(now: _Look, then: _Look) -> str:
    """The sequence after which cells look as `then`; '' where they do already."""
    ink = now.ink if then.ink is None else then.ink
    if now.marks != then.marks or (now.ink and not ink) or (now.ground and not then.ground):
        return f"\x1b[{';'.join(filter(None, ('0', then.marks, ink, then.ground)))}m"
    changed = [code for code, before in ((ink, now.ink), (then.ground, now.ground)) if code and code != before]
    return f"\x1b[{';'.join(changed)}m" if changed else ""


class DressedOnce(Screen[Answer]):
    """A screen that is styled once where Textual styles it three times, and is painted as soon as it stands."""

    _dressed_in: str | None = None
    """The theme in which it was last seen; None until it is."""

    async def _on_compose(self, _event: events.Compose) -> None:
        # The interval that paints a screen begins with a whole period of sleep: it does so while the screen is made.
        self._update_timer.resume()
        # As Textual does once it has laid it out: all of it would be styled and laid out anew then.
        app, (width, height) = self.app, self.app.size
        for own, everybodys, size in (
            (self.HORIZONTAL_BREAKPOINTS, app.HORIZONTAL_BREAKPOINTS, width),
            (self.VERTICAL_BREAKPOINTS, app.VERTICAL_BREAKPOINTS, height),
        ):
            steps = (everybodys if own is None else own) or []
            self.add_class(*self._get_breakpoint_classes(size, steps), update=False)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Before Textual's own, which styles everything anew each time it comes into view, and twice the first time.
        event.refresh_styles = self._dressed_in not in (None, self.app.theme)
        self._dressed_in = self.app.theme

    def _screen_resized(self, size: Size) -> None:
        if size != self._size:  # Textual lays it out once when it comes into view, and once more as if it had grown
            super()._screen_resized(size)


class PaintedWhole(DressedOnce[None]):
    """A screen that is painted once for what belongs together, where Textual paints it piece by piece."""

    def _compositor_refresh(self) -> None:
        # Textual draws the page while it holds back what is drawn, throws that away, and later paints it piecemeal.
        if self.app._batch_count:
            self._repaint_required = True
        else:
            super()._compositor_refresh()

    def _on_timer_update(self) -> None:
        if self.app.screen is not self:  # below a dialog it would wake itself again and again
            super()._on_timer_update()
            return
        # Behind what waits here, and what widgets say in their turn: else a letter is painted alone, and what it finds
        # comes a sixtieth of a second later.
        self._update_timer.pause()
        self.call_later(partial(self.call_later, super()._on_timer_update))
