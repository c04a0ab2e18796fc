"""Where people count when something is told by provider or by region: at each where they work today."""

from __future__ import annotations

from typing import Literal, NamedTuple

By = Literal["provider", "region"]


class Place(NamedTuple):
    """The parts of a question that tells by place: the key of a place, its name, and the tables they stand in."""

    key: str
    name: str
    table: str

    def joined(self, person: str) -> str:
        """SQL that joins where the `person` (an SQL expression) counts; more than one row where she counts twice."""
        return f"LEFT JOIN reach r ON r.person_id = {person} AND r.known = 1"

    def named(self, key: str) -> str:
        """SQL that joins the name of the place `key` (an SQL expression)."""
        return f"LEFT JOIN {self.table} = {key}"


def place_of(by: By) -> Place:
    """How something is told by provider, or by region; who works nowhere today has neither."""
    if by == "provider":
        return Place("nullif(r.provider_id, 0)", "v.name", "provider v ON v.id")
    return Place("nullif(r.region_code, '')", "v.name", "region v ON v.code")
