"""Text that is as high as its lines, and moves what stands around it only where that changes."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Static


class Lines(Static):
    """A Static whose new text lays the page out anew only where it takes another height.

    Textual does so after every text: a third of the time from an outcome to the next person.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        super().update(content, layout=False)
        if layout and not self._fits():
            # Asked for before, and not come to yet, it would not be taken for a height of this text, too.
            self._layout_required = False
            self.refresh(layout=True)

    def _fits(self) -> bool:
        """Whether the text takes as many lines as it was given room for when the page was last laid out."""
        width, lines = self.content_size
        return bool(width) and self.visual.get_height(self.styles.get_rules(), width) == lines
