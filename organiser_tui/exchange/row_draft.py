"""What one row of a list says of a person."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.matching import written_ways
from organiser_tui.domain.said import PersonSaid
from organiser_tui.store.kept import Folded
from organiser_tui.words import _


class Remark(NamedTuple):
    """Something to say of one cell."""

    column: str
    reason: str


class RowDraft(PersonSaid):
    """What one row says of a person: only what it says, nothing made up."""

    __slots__ = (
        "alone",
        "cells",
        "employers",
        "folded",
        "from_day",
        "labels",
        "likeness",
        "line",
        "middle",
        "name",
        "no_person",
        "places",
        "remarks",
        "to_day",
        "ways_held",
    )

    def __init__(self, line: int, cells: list[str]) -> None:
        super().__init__()
        self.line = line
        self.cells = cells
        self.name = self.middle = ""
        self.employers: list[tuple[str, str]] = []
        """The column and the cell that name a provider."""
        self.places: list[tuple[str, str]] = []
        self.from_day: str | None = None
        self.to_day: str | None = None
        self.folded: Folded | None = None
        """As it follows from what the row says; None once more is said of her than that."""
        self.alone = False
        """It is certain that nobody in the file or in another row has a number, an address or the name of hers."""
        self.likeness = ""
        """Of the name, as domain.matching has it."""
        self.ways_held: tuple[str, ...] = ()
        """What `ways` gives, once it was asked for."""
        self.labels: dict[str, str] = {}
        self.no_person = False
        """The list itself says that the row is an organisation."""
        self.remarks: list[Remark] = []

    @property
    def ways(self) -> tuple[str, ...]:
        """The folded name, as it is looked up."""
        self.ways_held = self.ways_held or written_ways(self.given, self.family)
        return self.ways_held

    @property
    def home(self) -> tuple[str, str]:
        """The codes of the municipality and of the region where she lives, '' where unknown."""
        return str(self.fields.get("municipality_code") or ""), str(self.fields.get("region_code") or "")

    @property
    def own_numbers(self) -> list[str]:
        """Her E.164 numbers that tell people apart: none of a workplace."""
        return [number.e164 for number in self.numbers if number.e164 and number.kind != "work"]

    @property
    def ties(self) -> list[str]:
        """All her E.164 numbers and her addresses: with the same name whoever has one of them is the same person."""
        return [*[number.e164 for number in self.numbers if number.e164], *self.addresses]

    def keep(self, heading: str, cell: str) -> bool:
        """Keep a cell under the name of its column; whether anything stood in it."""
        value = clean(cell)
        if value:
            name = fold(heading)
            held = self.custom.get(name)
            self.custom[name] = f"{held}; {value}" if held else value
        return bool(value)

    def keep_as_text(self, heading: str, cell: str, why: str) -> None:
        """Keep a cell that has another place, and say `why` it did not come there."""
        self.keep(heading, cell)
        reason = _("“{text}” was kept as text under that name. {reason}").format(text=clean(cell), reason=why)
        self.remarks.append(Remark(heading, reason))

    def words(self) -> tuple[str, ...]:
        """Everything by which she may turn out to be somebody who is known, or nearly a namesake."""
        return (*self.ties, *self.ways, self.likeness)

    def add(self, said: PersonSaid, *, overwrite: bool) -> bool:
        """Add what a later row says of her."""
        self.folded = None
        return super().add(said, overwrite=overwrite)

    def __reduce__(self) -> tuple[Any, ...]:
        # Rows come from another process by the ten thousand: neither what they do not say is sent nor what is settled.
        said = {slot: value for slot in _SLOTS if (value := getattr(self, slot))}
        return RowDraft, (self.line, self.cells), (None, said)


_SETTLED: Final = {"cells", "labels", "line", "middle", "name", "places", "ways_held"}
"""What nobody asks for once the row has been read, what makes a draft, and what can be made again."""
_SLOTS: Final = tuple(slot for slot in (*PersonSaid.__slots__, *RowDraft.__slots__) if slot not in _SETTLED)
