"""What guides and short answers, both written as Markdown, have in common: their length, and how a mistake is told."""

from __future__ import annotations

from typing import Final

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

LONGEST_PASSAGE: Final = 4000
"""Letters; nobody says or hears more at once."""


def wrong_line(line: int, reason: str) -> OrganiserError:
    """The error that tells a mistake with its line."""
    return OrganiserError(_("Line {line}: {reason}.").format(line=line, reason=reason))
