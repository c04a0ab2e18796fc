"""Text that is as high as its lines, and moves what stands around it only where that changes."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Lines(Static):
    """A Static whose new text lays the page out anew only where it takes another height.

    Textual does so after every text: a third of the time from an outcome to the next person.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        before = self._lines()
        super().update(content, layout=False)
        if layout and (before is None or self._lines() != before):
            self.refresh(layout=True)

    def _lines(self) -> int | None:
        """How many lines the text takes in the width that there is; None before it has one."""
        width = self.content_size.width
        return self.visual.get_height(self.styles.get_rules(), width) if width else None
