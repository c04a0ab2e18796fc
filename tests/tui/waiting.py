"""Waiting for what a test is about: a condition, never a length of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

_TURNS = 400


async def wait_for(pilot: Pilot[Any], condition: Callable[[], object], what: str) -> None:
    """Let the program run until `condition` holds; where it never does the test fails and says `what` was missing."""
    for _turn in range(_TURNS):
        if condition():
            return
        await pilot.pause(0.005)
    raise AssertionError(f"never came: {what}")


def on_screen(screen: Screen[Any]) -> str:
    """Everything that stands on `screen`, line by line."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


def said_under(screen: Screen[Any], line: str) -> str:
    """What stands under the line of a form with that id; '' for nothing."""
    return "".join(str(message.content) for message in screen.query(f"#{line} .form-message").results(Static))


def said(pilot: Pilot[Any]) -> list[str]:
    """The sentences in the corner."""
    return [notification.message for notification in pilot.app._notifications]
