"""Drafts of what is entered about a person, and how a line with a number is taken apart. Nothing is saved here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from organiser_tui.domain.barred import EVERY_CHANNEL, channels_barred
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.phones import PhoneRead

_KINDS: Final = {
    "work": ("work", "sluzba", "sluzbeni", "sluzbena", "delo", "tyo", "tyopuhelin", "office"),
    "mobile": ("mobile", "mobitel", "mobilni", "gsm", "kannykka", "matkapuhelin", "cell"),
    "home": ("home", "dom", "doma", "domaci", "koti", "kotipuhelin", "landline"),
}
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_EXTENSION_WORDS: Final = frozenset({"ext", "int", "interna", "alanumero", "alanro", "tel", "telefon", "puh", "phone"})


@dataclass(frozen=True)
class PhoneDraft:
    """One number as it was read, with its kind; a number that could not be read may only stay where it is kept."""

    read: PhoneRead
    kind: str = ""


@dataclass(frozen=True)
class EmploymentDraft:
    """One employment: the provider by name, days as ISO text, None where unknown; `id` where it is kept already."""

    provider: str
    from_day: str | None = None
    to_day: str | None = None
    id: int | None = None


@dataclass(frozen=True)
class BarDraft:
    """A channel on which she must not be contacted, None for every one; `id` where it is kept already."""

    channel: str | None
    id: int | None = None


@dataclass(frozen=True)
class PersonDraft:
    """Everything that the form of a person holds. Empty text is unknown; None is not asked yet."""

    given: str = ""
    family: str = ""
    phones: tuple[PhoneDraft, ...] = ()
    emails: tuple[str, ...] = ()
    employments: tuple[EmploymentDraft, ...] = ()
    municipality_code: str | None = None
    extra: str = ""
    """Titles and nicknames."""
    place: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    work: str = "assistant"
    which_work: str = ""
    position: str = "worker"
    left_work_on: str | None = None
    deceased: bool = False
    gender: str = ""
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    heard_through: str | None = None
    """The channel she first heard of us through."""
    leave_message: int | None = None
    name_union: int | None = None
    safe_channels: tuple[str, ...] = ()
    call_from: str | None = None
    call_until: str | None = None
    call_how: str = ""
    call_language: str = ""
    """Only organisers who speak it are given her call."""
    work_numbers: bool = False
    bars: tuple[BarDraft, ...] = ()
    leader: bool = False
    activist: bool = False
    next_note: str = ""
    external: tuple[tuple[str, str], ...] = ()
    """What other systems know her by: the system and its id."""
    custom: tuple[tuple[str, str], ...] = ()
    """Names and values of the campaign's own fields; a name that is new makes a field."""


def barred_as(chosen: str, held: tuple[BarDraft, ...]) -> tuple[BarDraft, ...]:
    """What is barred once `chosen` ('' for nothing, "all", or channels and commas) is, from what was `held` before.

    Every channel comes beside what she asked earlier; anything else stands instead of it.
    """
    wanted = channels_barred(chosen)
    kept = [bar for bar in held if chosen == EVERY_CHANNEL or bar.channel in wanted]
    there = {bar.channel for bar in kept}
    return (*kept, *(BarDraft(channel) for channel in wanted if channel not in there))


def kind_of_number(written: str) -> str:
    """The kind of number that a line names beside its digits: "041 123 456 služba" is "work"; '' for none."""
    words = [word for word in _WORDS.findall(clean(written)) if fold(word) not in _EXTENSION_WORDS]
    for kind, known in _KINDS.items():
        if any(fold(word) in known for word in words):
            return kind
    return " ".join(words)[:20]


def listed(text: str) -> tuple[str, ...]:
    """The words of a field that are divided by commas or semicolons, each once."""
    words = (clean(part) for part in re.split(r"[,;\n]", text))
    return tuple({fold(word): word for word in words if fold(word)}.values())
