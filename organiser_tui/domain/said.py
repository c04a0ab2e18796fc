"""What a list says of a person, and what is known of her, in one shape, and how the one is added to the other."""

from __future__ import annotations

from typing import Final, NamedTuple

from organiser_tui.domain.barred import barred_with
from organiser_tui.domain.folding import fold

Value = int | str | None
DEFAULTS: Final[dict[str, Value]] = {
    "region_code": None, "municipality_code": None, "heard_through": None, "left_work_on": None, "handed_to": None,
    "whom_asked_on": None, "work": "assistant", "position": "worker", "deceased": 0, "work_numbers": 0,
}  # fmt: skip
"""What a column of a person holds while nothing is said; '' for all others."""


class NumberSaid(NamedTuple):
    """A telephone number; `e164` is None for what is kept as written."""

    e164: str | None
    written: str
    extension: str
    kind: str

    @property
    def named_hers(self) -> bool:
        """Whether it is called her own (her mobile, her home); "phone" above a column says nothing of the kind."""
        return self.kind not in ("", "work")


class EmploymentSaid:
    """An employment as a list tells of it; `id` is 0 while it is not in the campaign."""

    __slots__ = ("from_day", "id", "provider_id", "to_day")

    def __init__(self, provider_id: int, from_day: str | None = None, to_day: str | None = None, id: int = 0) -> None:
        self.id = id
        self.provider_id = provider_id
        self.from_day = from_day
        self.to_day = to_day


class PersonSaid:
    """A person as far as something is said of her; empty is unsaid."""

    __slots__ = (
        "addresses", "barred", "card", "card_day", "custom", "employments", "external", "extra", "family", "fields",
        "given", "id", "languages", "numbers", "rating", "skills", "tags", "wrong_addresses",
    )  # fmt: skip

    def __init__(self) -> None:
        self.id = 0
        self.given = self.family = self.extra = ""
        self.barred = ""
        """The channels she does not want to be contacted by, "all" for every one."""
        self.fields: dict[str, Value] = {}
        """Columns of the person that are filled."""
        self.numbers: list[NumberSaid] = []
        self.addresses: list[str] = []
        self.wrong_addresses: list[str] = []
        self.employments: list[EmploymentSaid] = []
        self.rating: int | None = None
        self.card = ""
        self.card_day: str | None = None
        self.tags: list[str] = []
        self.languages: list[str] = []
        self.skills: list[str] = []
        self.external: list[tuple[str, str]] = []
        self.custom: dict[str, str] = {}
        """What the file has no column for, by the folded name of the field."""

    @property
    def shown(self) -> str:
        """The name as one speaks."""
        return f"{self.given} {self.family}".strip()

    def add(self, said: PersonSaid, *, overwrite: bool) -> bool:
        """Add what is `said` of her; returns whether anything is different now.

        What is empty is filled, and with `overwrite` what differs gives way; numbers, addresses and the like are only
        ever added. A wish not to be contacted is never taken back.
        """
        changed = self._add_name(said, overwrite=overwrite)
        changed |= self._add_fields(said.fields, overwrite=overwrite)
        for channel in filter(None, said.barred.split(",")):
            barred = barred_with(self.barred, channel)
            changed |= barred != self.barred
            self.barred = barred
        for number in said.numbers:
            changed |= self._add_number(number, overwrite=overwrite)
        for held, new in (
            (self.addresses, [address for address in said.addresses if address not in self.wrong_addresses]),
            (self.wrong_addresses, said.wrong_addresses),
            (self.tags, said.tags),
            (self.languages, said.languages),
            (self.skills, said.skills),
        ):
            added = [word for word in new if word not in held]
            held.extend(added)
            changed |= bool(added)
        external = [pair for pair in said.external if pair not in self.external]
        self.external.extend(external)
        changed |= bool(external)
        for employment in said.employments:
            changed |= self._add_employment(employment, overwrite=overwrite)
        return self._add_standing(said, overwrite=overwrite) or changed

    def _add_number(self, said: NumberSaid, *, overwrite: bool) -> bool:
        at = next((at for at, held in enumerate(self.numbers) if _same_number(said, held)), None)
        if at is None:
            self.numbers.append(said)
            return True
        held = self.numbers[at]
        if said.named_hers and (overwrite or not held.named_hers):
            self.numbers[at] = held._replace(kind=said.kind)
        if said.extension and (overwrite or not held.extension):
            self.numbers[at] = self.numbers[at]._replace(extension=said.extension)
        return self.numbers[at] != held

    def _add_name(self, said: PersonSaid, *, overwrite: bool) -> bool:
        before = (self.given, self.family, self.extra)
        if overwrite and (fold(said.given), fold(said.family)) == (fold(self.given), fold(self.family)):
            self.given, self.family = said.given, said.family
        if said.extra and (overwrite or not self.extra):
            self.extra = said.extra
        return (self.given, self.family, self.extra) != before

    def _add_fields(self, said: dict[str, Value], *, overwrite: bool) -> bool:
        changed = False
        for field, value in said.items():
            held = self.fields.get(field)
            if value != held and (overwrite or held in (None, "")):
                self.fields[field] = value
                changed = True
        return changed

    def _add_employment(self, said: EmploymentSaid, *, overwrite: bool) -> bool:
        there = [e for e in self.employments if e.provider_id == said.provider_id]
        meant = [e for e in there if not _apart(e, said)]
        held = max(meant, key=lambda e: e.to_day or "9999", default=None)  # where several may be, the latest
        if held is None:  # whoever came back, or had been there before
            self.employments.append(said)
            return True
        before = (held.from_day, held.to_day)
        if said.from_day and (overwrite or held.from_day is None):
            held.from_day = said.from_day
        if said.to_day and (overwrite or held.to_day is None):
            held.to_day = said.to_day
        if held.from_day and held.to_day and held.to_day < held.from_day:
            held.from_day, held.to_day = before
        return (held.from_day, held.to_day) != before

    def _add_standing(self, said: PersonSaid, *, overwrite: bool) -> bool:
        before = (self.rating, self.card, dict(self.custom))
        if said.rating is not None and (overwrite or self.rating is None):
            self.rating = said.rating
        if said.card and (overwrite or not self.card):
            self.card, self.card_day = said.card, said.card_day
        for field, value in said.custom.items():
            if overwrite or not self.custom.get(field):
                self.custom[field] = value
        return (self.rating, self.card, self.custom) != before


def _apart(one: EmploymentSaid, other: EmploymentSaid) -> bool:
    """Whether one of two employments was over before the other began."""
    pairs = ((one.to_day, other.from_day), (other.to_day, one.from_day))
    return any(end and start and end < start for end, start in pairs)


def _same_number(one: NumberSaid, other: NumberSaid) -> bool:
    if one.e164 or other.e164:
        return one.e164 == other.e164
    return fold(one.written) == fold(other.written)
