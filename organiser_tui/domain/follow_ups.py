"""A follow-up as it is typed in one line: when, and what it is about. Nothing is saved here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from organiser_tui.domain.dates import Direction, Moment, parse_moment_and_words, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

LONGEST_WHY: Final = 300
"""Characters; what needs more is a note."""


class FollowUp(NamedTuple):
    """When something is to be done, and what, '' where that goes without saying."""

    moment: Moment
    why: str = ""

    def read_back(self, today: date) -> str:
        """In full, to be checked before it is saved: "Thu 26 Nov 18:00 · bring the forms to Maja"."""
        when = read_back(self.moment, today)
        return f"{when} · {self.why}" if self.why else when


def parse_follow_up(text: str, now: datetime) -> FollowUp:
    """The follow-up that `text` means, seen from `now` (naive wall time): "thu 18h bring the forms to Maja".

    Raises OrganiserError, with a sentence that says what was not understood, where `text` begins with no moment ahead.
    """
    follow_up = FollowUp(*parse_moment_and_words(text, now, Direction.NEXT))
    if len(follow_up.why) > LONGEST_WHY:
        sentence = _("What a follow-up is about takes {most} letters; these are {n}. The rest belongs into the note.")
        raise OrganiserError(sentence.format(most=LONGEST_WHY, n=len(follow_up.why)))
    return follow_up


class Preset(NamedTuple):
    """A moment that is agreed often: how it is called, and how it is typed."""

    label: str
    text: str


def presets() -> tuple[Preset, ...]:
    """What one key each agrees on; each has the same key at every hour."""
    return (
        Preset(_("tonight 20:00"), "today 20:00"),
        Preset(_("tomorrow 18:00"), "tomorrow 18:00"),
        Preset(_("Saturday 10:00"), "sat 10:00"),
    )


def still_ahead(preset: Preset, now: datetime) -> bool:
    """Whether a preset lies ahead of `now` (naive wall time) and can be offered."""
    try:
        parse_follow_up(preset.text, now)
    except OrganiserError:
        return False
    return True
