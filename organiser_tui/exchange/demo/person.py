"""One made-up person while her story is being told: what later attempts depend on."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Role(StrEnum):
    """Why a person is in the story."""

    ANYONE = "anyone"
    TALKED_WITH = "talked with"
    FOUNDER = "founder"
    BRIDGE = "bridge"
    GROUP = "group"
    UNREACHED = "unreached"


FRIENDS = frozenset({Role.FOUNDER, Role.BRIDGE, Role.GROUP})
"""Who stays in the story to its end."""


class FollowUp(NamedTuple):
    """A promised next step that has not come yet; `due` in minutes since the campaign's first day."""

    kind: str
    due: int
    timed: bool
    contact: int
    organiser: int


class Step(NamedTuple):
    """Something of the cards or answers that comes on a later day, unless the story ends before: a row of a table."""

    day: int
    table: str
    row: tuple[Any, ...]
    card: str = ""


class Number:
    """One of her telephone numbers and how it stands."""

    __slots__ = ("e164", "id", "kind", "standing")

    def __init__(self, id: int, e164: str, kind: str) -> None:
        self.id = id
        self.e164 = e164
        self.kind = kind
        self.standing: str | None = None


class Person:
    """The state of one person's story; made anew for each."""

    __slots__ = (
        *("alone", "asked_on", "attempts", "card", "deceased", "early", "ended_on"),
        *("forced", "free", "id", "last_day", "leaning", "left_on", "mailed", "neighbours"),
        *("notes", "numbers", "organisers", "over", "pending", "promised", "role", "start"),
        *("steps", "talked_first", "talked_last", "unanswered", "wheel"),
    )

    def __init__(self, id: int, role: Role, leaning: int) -> None:
        self.id = id
        self.role = role
        self.leaning = leaning
        """How she will be rated once known, 1 to 5."""
        self.early = False
        """She works where the campaign began, so that she may be asked to sign from the start."""
        self.forced = role in (Role.TALKED_WITH, Role.FOUNDER, Role.BRIDGE, Role.GROUP)
        """The next attempt reaches her."""
        self.start = 0
        """The first day on which she may be called: after she began at her providers."""
        self.organisers: tuple[int, ...] = ()
        self.wheel: Sequence[Any] = ()
        self.numbers: list[Number] = []
        self.neighbours: list[int] = []
        """People whom she may turn out to know."""
        self.attempts = 0
        self.unanswered = 0
        self.free = 0
        """No attempt is made before this minute."""
        self.over = False
        """No attempt is made any more."""
        self.last_day = -1
        self.talked_first: int | None = None
        self.talked_last: tuple[int, int, int] | None = None
        """Day, contact and organiser of the last talk."""
        self.asked_on: int | None = None
        self.alone = False
        self.card = ""
        """Where her card stands; that of the latest step, once these are settled."""
        self.steps: list[Step] = []
        self.ended_on: int | None = None
        """The day of a do-not-contact, or on which she left the work or died."""
        self.pending: FollowUp | None = None
        self.promised = False
        """A follow-up is open."""
        self.left_on: int | None = None
        self.deceased = 0
        self.mailed = False
        self.notes: list[str] = []
