"""The guide beside a call: the step where one is, as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from organiser_tui.domain.guides import Guide
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.drawing.keys import key_words
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED
from organiser_tui.words import _

_WHOLE = 10_000
"""As many lines as any step needs."""


class GuidePane(Widget, can_focus=False):
    """One step at a time; `whole` has everything, with the facts of the person filled in."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    GuidePane { height: 1fr; min-height: 0; max-height: 10; padding: 1 0 0 1; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._guide: Guide | None = None
        self._facts: Mapping[str, str] = {}
        self._at = 0
        self._lines: list[Text] = []

    def show(self, guide: Guide, facts: Mapping[str, str]) -> None:
        """Begin with the first step, for somebody of whom these are the facts."""
        self._guide, self._facts, self._at = guide, facts, 0
        self._fold()

    def step(self, steps: int) -> None:
        """Go on, or back; after the last step comes the first."""
        if self._guide is not None:
            self._at = (self._at + steps) % len(self._guide.steps)
            self._fold()

    def on_resize(self, _event: events.Resize) -> None:
        self._fold()

    def _fold(self) -> None:
        self._lines = []
        if self._guide is not None and self.size.height > 1:
            passage = self._guide.steps[self._at]
            place = f" {self._at + 1}/{len(self._guide.steps)} "
            head = Text.assemble(("g", f"bold {NOT_YET}"), (place, QUIET), safe(passage.heading, f"bold {REACHED}"))
            width, room = max(self.size.width - 1, 10), self.size.height - 1
            said = folded(safe(passage.filled_in(self._facts)), width, most=_WHOLE, indent=0)
            if len(said) > room:
                said = [*said[: room - 1], fit(Text.assemble(said[room - 1], "…", end=""), width)] if room else []
                head.append("   ").append_text(key_words("G", _("all of it")))
            self._lines = [fit(head, width), *said]
        self.refresh()

    # Line by line: a Static would wrap the text anew for each outcome, which takes longer than to save it.
    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[y]
        line.end = ""
        segments = Segment.apply_style(line.render(self.app.console), base)
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def whole(self) -> Text:
        """Every step and every answer."""
        text = Text()
        if self._guide is not None:
            for passage in (*self._guide.steps, *self._guide.answers):
                text.append_text(safe(passage.heading, f"bold {REACHED}")).append("\n")
                text.append_text(safe(passage.filled_in(self._facts))).append("\n\n")
        text.rstrip()
        return text
