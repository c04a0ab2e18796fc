"""A check of a campaign only looks, tells what it finds whatever stands in the file, and can be broken off."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import schema
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import Part, check, faults_of
from organiser_tui.store.damage import damage_told
from tests.store.building import Builder, Clock, every_row


def test_a_date_that_has_come_since_is_no_fault_and_a_check_does_not_move_it(
    campaign: Campaign, build: Builder, path: Path, clock: Clock
) -> None:
    """A campaign for reading only was told to be wrong on the day on which somebody's employment began."""
    provider = build.provider("Breza")
    maja, eva = build.person("Maja", provider), build.person("Eva")
    build.insert("employment", person_id=eva, provider_id=provider, from_day="2026-11-25")
    build.insert("connection", person_id=maja, other_id=eva, kind="friend")
    clock.forward(days=30)
    before = every_row(campaign)
    looked_at = open_campaign(path, clock, as_it_is=True)
    assert faults_of(looked_at) == []
    looked_at.close()
    assert every_row(campaign) == before
    campaign.turn_day()
    assert every_row(campaign) != before
    assert faults_of(campaign) == []


def test_a_file_that_is_only_looked_at_cannot_be_written_to(path: Path, clock: Clock) -> None:
    campaign = open_campaign(path, clock, as_it_is=True)
    with pytest.raises(OrganiserError, match="Nothing was saved"):
        Builder(campaign).person("Maja")
    campaign.close()


def test_an_older_file_is_not_brought_up_to_date_by_looking_at_it(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    newer = {*schema.MIGRATION_NAMES, "999_later"}
    monkeypatch.setattr("organiser_tui.store.campaign.MIGRATION_NAMES", newer)
    with pytest.raises(OrganiserError, match=r"older version\. Open it once"):
        open_campaign(path, clock, as_it_is=True)
    assert path.read_bytes() == before


NONSENSE = {
    "UPDATE card SET day = 'soon'": "Nothing can be worked out of the rows of person",
    "UPDATE card SET day = '9999-12-31'": "Nothing can be worked out of the rows of person",
    "PRAGMA foreign_keys = OFF; UPDATE card SET state = 'lost'": "a card cannot be “lost”",
    "UPDATE person_figures SET turns_on = '0001-01-01'": "turns_on",
    "UPDATE person_figures SET turns_on = ''": "turns_on",
}


@pytest.mark.parametrize("how", NONSENSE)
def test_a_day_that_is_none_is_a_fault_and_no_traceback(campaign: Campaign, build: Builder, how: str) -> None:
    """A card from a day called “soon” ended the check in a traceback, and nobody else was looked at."""
    maja, eva = build.person("Maja"), build.person("Eva")
    build.card(maja, "form out", "2026-11-01")
    assert faults_of(campaign) == []
    for statement in how.split("; "):
        campaign.connection.execute(statement)
    campaign.connection.execute("UPDATE person_figures SET attempts = 7 WHERE person_id = ?", (eva,))
    told = "\n".join(check(campaign))
    assert NONSENSE[how] in told
    assert f"person_figures.attempts of {eva}" in told


def test_a_check_that_is_broken_off_leaves_nothing_running(campaign: Campaign, build: Builder) -> None:
    build.person("Maja")

    def enough(_part: Part, _done: int, _of: int) -> None:
        raise KeyboardInterrupt

    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        faults_of(campaign, enough)
    assert threading.active_count() == threads
    assert not campaign.connection.in_transaction
    assert build.person("Eva")


def test_a_check_says_how_far_it_has_come(campaign: Campaign, build: Builder) -> None:
    build.person("Maja")
    said: list[tuple[Part, int, int]] = []
    assert faults_of(campaign, lambda *how_far: said.append(how_far)) == []
    assert list(dict.fromkeys(part for part, _done, _of in said)) == [Part.JOURNAL, Part.PEOPLE, Part.FILE]
    assert (Part.PEOPLE, 0, 1) in said


def test_a_damaged_file_is_told_though_its_rows_cannot_be_read(campaign: Campaign, build: Builder, path: Path) -> None:
    person = build.person("Maja")
    for _n in range(60):
        build.call(person, "no answer", note="long " * 100)
    connection = campaign.connection
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    campaign.close()
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    damaged = open_campaign(path, Clock(), as_it_is=True)
    with pytest.raises(OrganiserError, match=r"is damaged and was left as it is"), damage_told(path):
        faults_of(damaged)
    damaged.close()


def test_a_check_leaves_the_file_byte_for_byte_as_it_is(campaign: Campaign, build: Builder, path: Path) -> None:
    build.call(build.person("Maja"), "no answer")
    campaign.close()
    before = path.read_bytes()
    looked_at = open_campaign(path, Clock(), as_it_is=True)
    assert faults_of(looked_at) == []
    looked_at.close()
    assert path.read_bytes() == before
