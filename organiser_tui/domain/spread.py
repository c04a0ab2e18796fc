"""Who brought whom: the tree of everybody who was brought along, generation by generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Guest(NamedTuple):
    """One person as she stands in the tree."""

    id: int
    name: str
    provider: str


class Brought(NamedTuple):
    """That somebody was brought along, on a day (ISO)."""

    guest: Guest
    by: Guest
    day: str


class InTree(NamedTuple):
    """One person of the tree; generation 0 began it: nobody brought her."""

    id: int
    name: str
    provider: str
    generation: int


def generations(links: Sequence[Brought]) -> list[InTree]:
    """Everybody who brought somebody or was brought, each right below the one who brought her first, once.

    Whoever was brought by several belongs to the first. Where two brought each other the one who was brought later
    began it.
    """
    by: dict[int, int] = {}
    who: dict[int, Guest] = {}
    for link in sorted(links, key=lambda link: (link.day, link.guest.id, link.by.id)):
        who.setdefault(link.guest.id, link.guest)
        who.setdefault(link.by.id, link.by)
        if link.guest.id not in by and not _descends(by, link.by.id, link.guest.id):
            by[link.guest.id] = link.by.id
    below: dict[int | None, list[int]] = defaultdict(list)
    for person in sorted(who, key=lambda person: (who[person].name, person)):
        below[by.get(person)].append(person)
    told: list[InTree] = []
    waiting = [(person, 0) for person in reversed(below[None])]
    while waiting:
        person, generation = waiting.pop()
        told.append(InTree(*who[person], generation))
        waiting += [(guest, generation + 1) for guest in reversed(below[person])]
    return told


def _descends(by: dict[int, int], person: int, ancestor: int) -> bool:
    """Whether `person` is `ancestor`, or was brought by somebody who descends from her."""
    at: int | None = person
    while at is not None and at != ancestor:
        at = by.get(at)
    return at == ancestor
