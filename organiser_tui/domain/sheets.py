"""What a contact sheet is: its purpose, its columns, its rows and who was left out. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from organiser_tui.domain.folding import fold
from organiser_tui.domain.queue import blocked_label
from organiser_tui.words import _

DESTROY_AFTER = timedelta(days=30)
REPRISAL = "reprisal"
"""Why somebody is left out to whom management did something for organising."""


class Purpose(StrEnum):
    """What a sheet is for; the columns follow from it."""

    CALL = "call sheet"
    DOOR = "door sheet"


class Holds(StrEnum):
    """What stands in the cells of a column."""

    WORDS = "words"
    NAME = "name"
    PHONE = "phone"
    GROUP = "group"
    """What the rows are grouped by: on paper it stands above them."""
    BOX = "box"
    """A box to be ticked; ticked already where the cell says anything."""
    BLANK = "blank"
    """Room to write in."""


class SheetColumn(NamedTuple):
    """One column: its heading, what it holds, and its share of the width of a page in mm."""

    heading: str
    share: int = 0
    holds: Holds = Holds.WORDS
    on_paper: str = ""
    """A shorter heading, for paper."""

    @property
    def by_hand(self) -> bool:
        """Whether it is filled in with a pen."""
        return self.holds in (Holds.BOX, Holds.BLANK)


class SheetRow(NamedTuple):
    """One person, with a cell for each column."""

    person_id: int
    cells: tuple[str, ...]


class SheetGroup(NamedTuple):
    """The rows of one region and provider; `numbers` are their places in the order of the sheet, from 1."""

    heading: str
    rows: tuple[SheetRow, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet before it is written. The rows stand in the order in which they are worked off.

    `about` says when and where, `legend` what is written in by hand. Work numbers whose owner did not allow them are
    left out for themselves: their owners may well stand in it.
    """

    purpose: Purpose
    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[SheetRow]
    made_on: date
    about: str = ""
    legend: str = ""
    number_heading: str = ""
    """What the numbers of the rows mean on paper, where their order is of use."""
    list_id: int | None = None
    spare_rows: int = 0
    """Empty rows at the end of the paper, for whoever walks in."""
    left_out: Counter[str] = field(default_factory=Counter)
    numbers_left_out: int = 0

    @property
    def destroy_by(self) -> date:
        """The day by which it must be destroyed."""
        return self.made_on + DESTROY_AFTER

    @property
    def grouped(self) -> list[SheetGroup]:
        """The rows by what the columns that group hold, who has nothing there last; else in the order of the rows."""
        places = [place for place, column in enumerate(self.columns) if column.holds is Holds.GROUP]
        held: dict[tuple[str, ...], list[tuple[int, SheetRow]]] = {}
        for number, row in enumerate(self.rows, start=1):
            held.setdefault(tuple(row.cells[place] for place in places), []).append((number, row))
        return [
            SheetGroup(
                " · ".join(filter(None, words)) or _("no region and no provider known"),
                tuple(row for _number, row in held[words]),
                tuple(number for number, _row in held[words]),
            )
            for words in sorted(held, key=sorted_last_where_unknown)
        ]


def sorted_last_where_unknown(words: Sequence[str]) -> list[tuple[bool, str, str]]:
    """A key that sorts by each of `words` in turn, case and accents passed over, the empty ones last."""
    return [(not word, fold(word), word) for word in words]


def purpose_label(purpose: Purpose) -> str:
    """What a sheet is called."""
    return {Purpose.CALL: _("call sheet"), Purpose.DOOR: _("door sheet")}[purpose]


def left_out_label(reason: str) -> str:
    """The word for why somebody does not stand in a sheet."""
    return _("reprisal") if reason == REPRISAL else blocked_label(reason)
