"""How keys and bindings are named on screen, and what is bound right now. Nothing here runs an action."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen
from textual.widget import Widget

_NAMES = {
    "escape": "esc",
    "enter": "enter",
    "space": "space",
    "tab": "tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "page up",
    "pagedown": "page down",
    "home": "home",
    "end": "end",
    "delete": "del",
    "backspace": "⌫",
}


class BoundKey(NamedTuple):
    """One binding as it is in force, with every key that runs it."""

    binding: Binding
    names: tuple[str, ...]
    node: DOMNode
    enabled: bool


def key_name(key: str) -> str:
    """`key` ("question_mark", "ctrl+l") as it is written on screen ("?", "ctrl+l")."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    shown = _NAMES.get(last) or format_key(last)
    return "+".join([*modifiers, shown])


def takes_text(focused: Widget | None) -> bool:
    """Whether letters go into `focused` (a field) instead of being keys."""
    return focused is not None and focused.check_consume_key("x", "x")


def bound_keys(screen: Screen[Any]) -> list[BoundKey]:
    """The bindings in force on `screen`, nearest first, the keys of one binding together.

    While a field has the focus, keys that it takes as text are not in force.
    """
    typing = takes_text(screen.focused)
    found: dict[tuple[int, str, str], BoundKey] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        name = binding.key_display or key_name(binding.key)
        if binding.system or (typing and len(name) == 1 and name.isascii() and not binding.priority):
            continue
        identity = (id(active.node), binding.id or "", binding.action)
        earlier = found.get(identity)
        names = (*earlier.names, name) if earlier else (name,)
        found[identity] = BoundKey(earlier.binding if earlier else binding, names, active.node, active.enabled)
    return list(found.values())
