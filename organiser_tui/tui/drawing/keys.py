"""Keys with what each does, as they stand below a page and inside of it. Nothing here runs an action."""

from __future__ import annotations

from datetime import datetime

from rich.text import Text

from organiser_tui.domain.follow_ups import presets, still_ahead
from organiser_tui.tui.themes import NOT_YET, QUIET
from organiser_tui.words import _


def key_words(key: str, words: str) -> Text:
    """A key as it is written on screen, and what it does."""
    return Text.assemble((key, f"bold {NOT_YET}"), (f" {words}", QUIET))


def preset_keys(now: datetime) -> list[Text]:
    """The moments that are one key away in a follow-up, those still ahead of `now` (wall time), a line each."""
    return [key_words(f"f{n}", preset.label) for n, preset in enumerate(presets(), 2) if still_ahead(preset, now)]


def heard_keys() -> list[Text]:
    """What else can be noted of a call, looked up or done in it, in lines."""
    lines = (
        [("+", _("heard")), ("K", _("agreed")), ("A", _("answers"))],
        [("@", _("hand over")), ("B", _("rings"))],
    )
    return [Text("  ").join(key_words(key, words) for key, words in keys) for keys in lines]


def campaign_keys() -> Text:
    """What else is kept on the Campaign page and has no room among the six keys below it."""
    return Text("   ").join(
        [
            key_words("m", _("mandates")),
            key_words("a", _("short answers")),
            key_words("g", _("guides")),
            key_words("o", _("outcomes")),
            key_words("t", _("colours")),
        ]
    )
