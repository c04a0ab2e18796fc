"""The guide beside a call: the step where one is, as much of it as there is room for."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual import events
from textual.widgets import Static

from organiser_tui.domain.guides import Guide
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED


class GuidePane(Static):
    """One step at a time; `whole` has everything, with the facts of the person filled in."""

    DEFAULT_CSS = """
    GuidePane { height: 1fr; min-height: 0; padding: 1 0 0 1; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._guide: Guide | None = None
        self._facts: Mapping[str, str] = {}
        self._at = 0

    def show(self, guide: Guide, facts: Mapping[str, str]) -> None:
        """Begin with the first step, for somebody of whom these are the facts; who she is is painted before it."""
        self._guide, self._facts, self._at = guide, facts, 0
        self.call_after_refresh(self._draw)

    def step(self, steps: int) -> None:
        """Go on, or back; after the last step comes the first."""
        if self._guide is not None:
            self._at = (self._at + steps) % len(self._guide.steps)
            self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._guide is None or self.size.height < 2:
            self.update("", layout=False)
            return
        passage = self._guide.steps[self._at]
        place = f" {self._at + 1}/{len(self._guide.steps)} "
        lines = [Text.assemble(("g", f"bold {NOT_YET}"), (place, QUIET), safe(passage.heading, f"bold {REACHED}"))]
        said = safe(passage.filled_in(self._facts))
        lines += folded(said, max(self.size.width - 1, 10), most=max(self.size.height - 1, 1), indent=0)
        self.update(Text("\n").join(lines), layout=False)

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
