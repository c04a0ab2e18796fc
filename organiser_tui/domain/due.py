"""What may be due to a person, or from one."""

from __future__ import annotations

from enum import StrEnum


class DueKind(StrEnum):
    """What may be due to a person; the first two are the kinds of follow-up."""

    CALL_BACK = "call back"
    PROMISE = "promise"
    FORM = "form"
    REQUEST = "request"
    HANDED_OVER = "handed over"
    SUPPORT = "support"
    TASK = "task"
    WELCOME = "welcome"
    """She has become a member, and nobody has spoken with her since."""
