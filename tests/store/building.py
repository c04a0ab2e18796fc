"""Builds small campaigns for the tests of the store: a clock that can be moved, and people, providers and contacts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from organiser_tui.domain.barred import channels_barred
from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.dates import Moment, parse_wall
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.folding import fold
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.contacts import log_contact

START = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
"""A Thursday, ten o'clock in Ljubljana."""

KEPT_TABLES = {
    "person_figures": "person_id",
    "reach": "person_id, provider_id, region_code",
    "provider_figures": "provider_id, region_code",
    "person_search": "id",
    "list_figures": "list_id",
}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move by a timedelta (hours=4, days=-1)."""
        self.at += timedelta(**span)


@contextmanager
def opened_by_ana(path: Path, clock: Clock) -> Iterator[Campaign]:
    """The campaign at `path` in the hands of Ana; nothing is synced to the disk, as no test of these pulls the plug."""
    campaign = open_campaign(path, clock)
    campaign.connection.execute("PRAGMA synchronous = OFF")
    campaign.organiser_id = organiser_named(campaign, "Ana")
    try:
        yield campaign
    finally:
        campaign.close()


@contextmanager
def copied_campaign(template: Path, clock: Clock) -> Iterator[Campaign]:
    """A campaign of its own, for tests that make many: nothing is synced to the disk."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.campaign"
        shutil.copyfile(template, path)
        with opened_by_ana(path, clock) as campaign:
            yield campaign


def organiser_named(campaign: Campaign, name: str) -> int:
    """The id of the organiser of that name."""
    return int(campaign.connection.execute("SELECT id FROM organiser WHERE name = ?", (name,)).fetchone()[0])


class Builder:
    """Writes rows in a few words; every call is a deed of its own."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._numbers = iter(range(10**6))

    def insert(self, table: str, **fields: Any) -> int:
        """One row as a deed."""
        with self.campaign.write(DeedKind.CHANGE_PERSON) as deed:
            return deed.insert(table, **fields)

    def change(self, table: str, row: int, **fields: Any) -> None:
        """Fields of one row as a deed."""
        with self.campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.change(table, row, **fields)

    def end(self, table: str, row: int) -> None:
        """The end of a row as a deed."""
        with self.campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.end(table, row)

    def provider(self, name: str = "Lipa", region: str | None = None, **fields: Any) -> int:
        """A provider."""
        words = {"name": name, "folded": fold(name), "kind": "non-profit"}
        return self.insert("provider", **{**words, "region_code": region, **fields})

    def person(
        self, given: str = "Maja", *providers: int, phone: str | None = "", barred: str = "", **fields: Any
    ) -> int:
        """A person with a number of her own (None for none) who has always worked at `providers`, in one deed.

        `barred`: the channels on which she must not be contacted, divided by commas.
        """
        with self.campaign.write(DeedKind.CHANGE_PERSON) as deed:
            person = deed.insert("person", given=given, **{"family": "Novak", **fields})
            if phone is not None:
                number = phone or f"+38670{next(self._numbers):06}"
                deed.insert("phone", person_id=person, e164=number, written=number)
            for provider in providers:
                deed.insert("employment", person_id=person, provider_id=provider)
            today = self.campaign.today().isoformat()
            for channel in channels_barred(barred):
                deed.insert("barred_channel", person_id=person, channel=channel, since=today)
        return person

    def phone(self, person: int, e164: str | None, **fields: Any) -> int:
        """One more number."""
        return self.insert("phone", person_id=person, e164=e164, **{"written": e164 or "?", "position": 2, **fields})

    def first_phone(self, person: int) -> int:
        """The id of the first number of a person."""
        sql = "SELECT id FROM phone WHERE person_id = ? AND gone_by IS NULL ORDER BY position, id LIMIT 1"
        return int(self.campaign.connection.execute(sql, (person,)).fetchone()[0])

    def employment(self, person: int, provider: int, start: str | None = None, end: str | None = None) -> int:
        """An employment."""
        return self.insert("employment", person_id=person, provider_id=provider, from_day=start, to_day=end)

    def tie(self, person: int, other: int) -> int:
        """A connection."""
        return self.insert("connection", person_id=person, other_id=other, kind="colleague")

    def event(self, starts: str = "2026-11-01", **fields: Any) -> int:
        """An event."""
        return self.insert("event", **{"kind": "meeting", "name": "Evening", "starts": starts, **fields})

    def came(self, person: int, day: str, event: int | None = None) -> int:
        """That somebody came to an event."""
        return self.insert("attendance", event_id=event or self.event(day), person_id=person, day=day, came=1)

    def card(self, person: int, state: str, day: str, **fields: Any) -> int:
        """A step of a card."""
        return self.insert("card", person_id=person, state=state, day=day, **fields)

    def answer(self, ask: int, answer: str, day: str) -> int:
        """What was answered to an ask."""
        return self.insert("answer", person_id=self.value("ask", ask, "person_id"), ask_id=ask, answer=answer, day=day)

    def follow_up(self, person: int, due: str, kind: str = "promise", organiser: int | None = None) -> int:
        """A promise or an agreed call back, of the organiser at work unless said otherwise."""
        owner = organiser or self.campaign.organiser_id
        return self.insert("follow_up", person_id=person, kind=kind, due=due, organiser_id=owner)

    def call(self, person: int, outcome: str, *, follow_up: str | Moment | None = None, **fields: Any) -> int:
        """A contact, now unless said otherwise."""
        agreed = parse_wall(follow_up) if isinstance(follow_up, str) else follow_up
        return log_contact(self.campaign, ContactDraft(person, outcome, follow_up=agreed, **fields)).contact

    def call_list(self, *people: int, name: str = "Evening calls") -> int:
        """A call list."""
        return make_call_list(self.campaign, CallListDraft(name), people)

    def figure(self, person: int, column: str) -> Any:
        """One kept figure of a person."""
        sql = f"SELECT {column} FROM person_figures WHERE person_id = ?"
        return self.campaign.connection.execute(sql, (person,)).fetchone()[0]

    def value(self, table: str, row: int, column: str) -> Any:
        """One field."""
        return self.campaign.connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row,)).fetchone()[0]


def kept_figures(campaign: Campaign) -> dict[str, list[tuple[Any, ...]]]:
    """Every kept figure there is; sums of nobody are left out."""
    tables = {
        table: campaign.connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        for table, order in KEPT_TABLES.items()
    }
    tables["provider_figures"] = [row for row in tables["provider_figures"] if any(row[2:])]
    tables["list_figures"] = [row for row in tables["list_figures"] if any(row[1:])]
    tables["target"] = campaign.connection.execute(
        "SELECT id, state, fits, waits_since, next_due, counted FROM target WHERE gone_by IS NULL ORDER BY id"
    ).fetchall()
    return tables


def every_row(campaign: Campaign) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that is not the search index's own."""
    names = campaign.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    return {
        name: sorted(campaign.connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for (name,) in names.fetchall()
    }


def day(offset: int, clock: Clock) -> str:
    """The day `offset` days from that of the clock, in UTC."""
    today: date = clock.at.date()
    return (today + timedelta(days=offset)).isoformat()
