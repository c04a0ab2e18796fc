"""A call, and what came of several. No I/O."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Call(NamedTuple):
    """A call with somebody, for a list (None: everyone)."""

    person_id: int
    list_id: int | None
    rang: bool = False
    """Whether she rang."""
    number: str = ""
    """The number (E.164) that it is on; '' where that is not known, or is still to be found out."""
    at: int | None = None
    """The instant to be saved of a call that was left on another day; None where it is the present one."""
    since: datetime | None = None
    """When it began, where another came in between; None while it is still to begin."""


class Counts(NamedTuple):
    """What came of the calls of a sitting."""

    calls: int
    spoken_with: int
    conversations: int
    agreed: int
    """Calls after which a next step was agreed."""
