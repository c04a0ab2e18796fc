"""What is sent to the terminal is less than Textual would send, and the screen is the same."""

from __future__ import annotations

from io import StringIO

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from organiser_tui.tui.painting import Changes, Painted

WIDTH, HEIGHT, CUT = 12, 3, 5
STYLES = [
    Style.parse(words)
    for words in (
        *("#eeeeee on #101010", "#ff8800 on #101010", "bold #eeeeee on #101010", "underline #ff8800 on #101010"),
        *("#eeeeee on #203040", "reverse #eeeeee on #101010", "#eeeeee", "on #101010"),
    )
]


def strips(width: int) -> st.SearchStrategy[Strip]:
    """Lines of `width` cells, in pieces of one to three."""

    def fitted(parts: list[tuple[str, int]]) -> Strip:
        cells = [(letter, STYLES[style]) for text, style in parts for letter in text]
        cells = (cells + [(" ", STYLES[0])] * width)[:width]
        return Strip([Segment(letter, style) for letter, style in cells], width)

    part = st.tuples(st.sampled_from(["a", "žb", "   ", " x "]), st.integers(0, len(STYLES) - 1))
    return st.lists(part, max_size=6).map(fitted)


pairs = st.tuples(strips(CUT), strips(WIDTH - CUT))
whole = st.lists(pairs, min_size=HEIGHT, max_size=HEIGHT).map(
    lambda lines: LayoutUpdate([list(line) for line in lines], Region(0, 0, WIDTH, HEIGHT))
)


@st.composite
def partial(draw: st.DrawFn) -> ChopsUpdate:
    """Some cells of some lines, as Textual says it: whole pieces, and the span in which they changed."""
    lines = sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1)))
    spans = []
    for y in lines:
        first = draw(st.sampled_from([0, CUT]))
        spans.append((y, first, draw(st.integers(first + 1, WIDTH))))
    chops = [dict(zip((0, CUT), draw(pairs), strict=True)) for _line in range(HEIGHT)]
    return ChopsUpdate(chops, spans, [[CUT, WIDTH]] * HEIGHT)


updates = st.lists(st.one_of(whole, partial()), min_size=1, max_size=6)


def screen_of(written: list[str]) -> list[list[tuple[object, ...]]]:
    """The cells that a terminal shows; the ink of a blank is no matter where nothing is drawn in it."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for text in written:
        stream.feed(text.replace("\n", ""))
    return [[_seen(screen.buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    drawn = cell.data != " " or cell.underscore or cell.reverse
    return cell.data, cell.bg, cell.bold, cell.underscore, cell.reverse, cell.fg if drawn else ""


def sent(painted: Painted, update: LayoutUpdate | ChopsUpdate) -> str:
    return Changes(painted, update).render_segments(console())


def console() -> Console:
    return Console(file=StringIO(), color_system="truecolor", force_terminal=True)


@given(whole, updates)
def test_the_screen_is_the_one_that_textual_paints(first: LayoutUpdate, then: list[LayoutUpdate | ChopsUpdate]) -> None:
    painted = Painted()
    everything: list[LayoutUpdate | ChopsUpdate] = [first, *then]
    plain: list[CompositorUpdate] = list(everything)
    ours = [sent(painted, update) for update in everything]
    assert screen_of(ours) == screen_of([update.render_segments(console()) for update in plain])


@given(whole)
def test_what_stands_there_already_is_not_sent_again(update: LayoutUpdate) -> None:
    painted = Painted()
    assert len(sent(painted, update)) <= len(update.render_segments(console()))
    assert sent(painted, update) == ""


def test_after_another_program_has_written_everything_is_sent_again() -> None:
    line = Strip([Segment("Ana", STYLES[0])], 3)
    update = LayoutUpdate([[line]], Region(0, 0, 3, 1))
    painted = Painted()
    first = sent(painted, update)
    painted.forget()
    assert sent(painted, update) == first


def test_sixteen_colours_are_sent_as_such() -> None:
    painted = Painted()
    update = LayoutUpdate([[Strip([Segment("Ana", Style.parse("#ff8800 on #101010"))], 3)]], Region(0, 0, 3, 1))
    assert "38;2" not in painted.changes(update, ColorSystem.STANDARD)
