"""Drafts of what an organiser notes of a contact. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from organiser_tui.domain.heard import NOTHING, Heard

if TYPE_CHECKING:  # dates are read only where somebody types one: a start does without
    from organiser_tui.domain.dates import Moment


@dataclass(frozen=True)
class AskDraft:
    """An ask of one kind, with its answer ('' while there is none) and, for an event, which."""

    kind: str
    answer: str = ""
    event_id: int | None = None
    due: str | None = None


@dataclass(frozen=True)
class HandOver:
    """To which organiser, by id and by name, and why in a word."""

    organiser_id: int
    why: str
    name: str = ""


def something_learned(
    rating: int | None, issues: Sequence[str], ask: AskDraft | None, heard: Heard, answers: Sequence[object]
) -> bool:
    """Whether any of it tells something of a person: where she was spoken with too, it is a conversation."""
    return (
        rating is not None
        or ask is not None
        or any(map(bool, (issues, heard.ties, heard.wants, heard.mandates, answers)))
    )


@dataclass(frozen=True)
class ContactDraft:
    """One contact not yet saved.

    `at` is an instant in seconds, None the present; `day` alone (ISO) stands for a past contact whose hour is unknown.
    `follow_up` is wall time in the campaign's zone; a call back needs one.
    """

    person_id: int
    outcome: str
    channel: str = "call"
    at: int | None = None
    day: str | None = None
    phone_id: int | None = None
    rang: bool = False
    """Whether she rang: then the call is on no number that is not named."""
    list_id: int | None = None
    event_id: int | None = None
    note: str = ""
    rating: int | None = None
    issues: tuple[str, ...] = ()
    ask: AskDraft | None = None
    follow_up: Moment | None = None
    follow_up_why: str = ""
    do_not_contact: str = "all"
    """For the outcome of that name: every channel ("all"), or the one named."""
    language: str = ""
    """For the outcome other language: its code, '' where nobody could tell which it is."""
    heard: Heard = NOTHING
    hand_over: HandOver | None = None
    answers: tuple[tuple[int, str], ...] = ()
    """To the questions of the list, by id: what she answered."""

    @property
    def learned(self) -> bool:
        """Whether it tells something of her."""
        return something_learned(self.rating, self.issues, self.ask, self.heard, self.answers)


UNKNOWN_LANGUAGE = "?"
"""The language of somebody who answered in one that was not understood."""
