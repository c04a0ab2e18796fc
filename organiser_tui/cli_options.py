"""Options that many commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from organiser_tui.words import _

Command = TypeVar("Command", bound=Callable[..., Any])


def writes(command: Command) -> Command:
    """The option of every command that works in somebody's name."""
    return click.option("--as", "who", metavar="NAME", help=_("Who is working; else who worked last on this device."))(
        command
    )


def as_json(command: Command) -> Command:
    """The option of every command that prints rows."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print one JSON value."))(command)
