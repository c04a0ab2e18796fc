"""Help for what is in use: what the page is for, and the keys that work here, taken from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from organiser_tui.tui.dialogs.scrolled import Scrolled
from organiser_tui.tui.drawing.folded import folded
from organiser_tui.tui.keys import BoundKey, bound_keys
from organiser_tui.tui.themes import NOT_YET, QUIET, REACHED
from organiser_tui.words import _, ngettext

_KEY_CELLS = 14
_NAME_CELLS = 16
_TEXT_CELLS = 72
_DIGITS = "12345678"


class HelpScreen(Scrolled):
    """The help of `screen`, which was in view when it was asked for."""

    HELPED = False
    FOOTER: ClassVar[Sequence[str]] = ("help.close", "help.down", "help.page-down")
    DEFAULT_CSS = """
    HelpScreen {
        #dialog { width: 78; max-width: 100%; max-height: 92%; padding: 0 2; }
        #help-text { height: auto; }
        #dialog-title { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1", "cancel", _("close"), id="help.close", tooltip=_("Back to the page")),
    ]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__("")
        self._text = help_text(screen)

    def body(self) -> ComposeResult:
        yield Static(self._text, id="help-text")


def help_text(screen: Screen[Any]) -> Text:
    """What `screen` and the widget in use say they are for, and every key in force with what it does."""
    text = Text()
    focused = screen.focused
    for node in (screen, focused):
        words = node.HELP if node is not None else None
        if words:
            text.append(f"{words.strip()}\n\n")
    here: list[BoundKey] = []
    page: list[BoundKey] = []
    everywhere: list[BoundKey] = []
    for bound in bound_keys(screen):
        if not bound.binding.description or not bound.binding.id:
            continue
        place = page if bound.node is screen else everywhere if bound.node is screen.app else here
        place.append(bound)
    _append(text, _("On this page"), page)
    _append(text, _("In the part in use"), here)
    _append(text, _("Everywhere"), _pages_as_one(everywhere), _pages_in_words(screen))
    text.rstrip()
    return text


def _pages_as_one(bound_keys: Iterable[BoundKey]) -> list[BoundKey]:
    """The digits of the pages as one line."""
    digits: list[BoundKey] = []
    others: list[BoundKey] = []
    for bound in bound_keys:
        (digits if bound.binding.action.startswith("go(") else others).append(bound)
    if digits:
        names = dict.fromkeys((digits[0].names[0], digits[-1].names[0]))
        others.insert(0, digits[0]._replace(names=(" … ".join(names),)))
    return others


def _pages_in_words(screen: Screen[Any]) -> str:
    """Every page with its digit, and the digits that are kept for pages still to come."""
    pages = getattr(screen.app, "pages", ())
    named = ", ".join(f"{entry.digit} {entry.label}" for entry in pages)
    free = [digit for digit in _DIGITS if digit not in {entry.digit for entry in pages}]
    if free:
        kept = ngettext("{digits} is kept for a page that is not there yet",
                        "{digits} are kept for pages that are not there yet", len(free))  # fmt: skip
        named += ". " + kept.format(digits=" ".join(free))
    return named


def _append(text: Text, heading: str, rows: Iterable[BoundKey], pages: str = "") -> None:
    """A section; keys that do the same stand in one line. `pages` names the pages beside their digits."""
    lines: dict[tuple[str, str], list[str]] = {}
    for bound in rows:
        if bound.binding.action.startswith("go("):
            lines.setdefault((_("pages"), pages or bound.binding.tooltip), []).extend(bound.names)
        else:
            lines.setdefault((bound.binding.description, bound.binding.tooltip), []).extend(bound.names)
    if not lines:
        return
    text.append(f"{heading}\n", f"bold {REACHED}")
    for (name, tooltip), keys in lines.items():
        line = Text("  ", end="").append(" ".join(keys).ljust(_KEY_CELLS), f"bold {NOT_YET}")
        line.append(name.ljust(_NAME_CELLS) + " ").append(tooltip, QUIET)
        text.append_text(Text("\n").join(folded(line, _TEXT_CELLS, indent=_KEY_CELLS + _NAME_CELLS + 3))).append("\n")
    text.append("\n")
