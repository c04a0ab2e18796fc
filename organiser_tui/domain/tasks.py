"""Tasks of organising that people take on: which there are, and what came of one that names colleagues."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from organiser_tui.words import _

MANY = 3
"""Whoever has so many open ones is not the one to ask next: somebody untested is."""
MOST_NAMED = 10
"""A task names so many colleagues at most: they are a small list of her own."""


class TaskKind(StrEnum):
    """What somebody takes on."""

    CALL = "call colleagues"
    """It names them: usually three."""
    BRING = "bring one along"
    FORMS = "hand out forms"
    PROGRAMME = "part of the programme"
    STALL = "take a stall"
    ORGANISING = "organising"
    """Anything else, in words."""


class TaskEnd(StrEnum):
    """How a task ended."""

    DONE = "done"
    LATE = "late"
    """Done, after the day it was due."""
    NOT_DONE = "not done"
    EXCUSED = "excused"
    """With notice: it counts neither way."""


class Colleague(NamedTuple):
    """One whom a task names; days are ISO, '' for none."""

    name: str
    conversation: str
    """The day of the last conversation with her."""
    signed: str
    """The day on which the card was signed that holds."""


class Outcome(NamedTuple):
    """What came of the colleagues a task names since the day it was taken on."""

    named: int
    spoken: int
    signed: int


def ended_as(how: TaskEnd, due: str | None, day: str) -> TaskEnd:
    """How a task due on `due` ended, noted for `day` (both ISO): what is done after its day is late."""
    return TaskEnd.LATE if how is TaskEnd.DONE and due is not None and day > due else how


def outcome_of(colleagues: list[Colleague], taken_on: str) -> Outcome:
    """How many of `colleagues` were spoken with, and have signed, since `taken_on` (ISO)."""
    spoken = sum(one.conversation >= taken_on for one in colleagues)
    return Outcome(len(colleagues), spoken, sum(one.signed >= taken_on for one in colleagues))


def task_words(kind: str, what: str) -> str:
    """What a task is: in the words that were written, else its kind."""
    labels = {
        TaskKind.CALL.value: _("call colleagues"),
        TaskKind.BRING.value: _("bring one along"),
        TaskKind.FORMS.value: _("hand out forms"),
        TaskKind.PROGRAMME.value: _("part of the programme"),
        TaskKind.STALL.value: _("take a stall"),
        TaskKind.ORGANISING.value: _("organising"),
    }
    return what or labels.get(kind, kind)


def end_words(how: str) -> str:
    """How a task ended, in a word."""
    labels = {
        TaskEnd.DONE.value: _("done"),
        TaskEnd.LATE.value: _("done late"),
        TaskEnd.NOT_DONE.value: _("not done"),
        TaskEnd.EXCUSED.value: _("excused"),
    }
    return labels.get(how, how)
