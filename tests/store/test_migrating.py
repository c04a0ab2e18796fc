"""A file of an older version is brought up, after a backup, once, or left as it was."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Barrier, Thread

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import campaign as campaign_module
from organiser_tui.store import schema
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.engine import connect
from organiser_tui.store.safekeeping import backup
from tests.store.building import Builder, Clock, every_row
from tests.store.test_opening import refusal


@pytest.fixture
def old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign of this version, for a program that has one more migration."""
    shoes = path.with_name("900_shoes.sql")
    shoes.write_text("ALTER TABLE person ADD COLUMN shoes INTEGER;\n", encoding="utf-8")
    monkeypatch.setattr(schema, "_FILES", [*schema._FILES, shoes])
    monkeypatch.setattr(campaign_module, "MIGRATION_NAMES", schema.MIGRATION_NAMES | {"900_shoes"})
    return path


def test_an_older_file_is_brought_up_after_a_backup(old_file: Path, clock: Clock) -> None:
    before = old_file.read_bytes()
    campaign = open_campaign(old_file, clock)
    assert campaign.connection.execute("SELECT count(shoes) FROM person").fetchone() == (0,)
    campaign.close()
    kept = old_file.with_name("soa.campaign.before-update")
    assert kept.stat().st_mode & 0o777 == 0o600
    shutil.copyfile(kept, old_file)
    again = open_campaign(old_file, clock)
    again.close()
    assert before[:16] == kept.read_bytes()[:16]
    assert kept.with_name("soa.campaign.before-update-2").exists()  # the first backup stays


def test_two_windows_opened_at_once_bring_an_older_file_up_once(old_file: Path, clock: Clock) -> None:
    """The second one failed: it had asked what was lacking before the first was done."""
    together, told = Barrier(3), []

    def window() -> None:
        together.wait()
        try:
            open_campaign(old_file, clock).close()
            told.append("opened")
        except Exception as error:  # noqa: BLE001  told by the assertion
            told.append(repr(error))

    windows = [Thread(target=window) for _n in range(3)]
    for thread in windows:
        thread.start()
    for thread in windows:
        thread.join()
    assert told == ["opened"] * 3
    assert [path.name for path in old_file.parent.glob("*before-update*")] == ["soa.campaign.before-update"]
    campaign = open_campaign(old_file, clock)
    assert campaign.connection.execute("SELECT count(shoes) FROM person").fetchone() == (0,)
    assert faults_of(campaign) == []
    campaign.close()


def test_a_newer_program_that_was_quicker_is_left_alone(
    old_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter([schema.MIGRATION_NAMES, schema.MIGRATION_NAMES, schema.MIGRATION_NAMES | {"901_hats"}])
    monkeypatch.setattr(campaign_module, "applied_migrations", lambda _connection: set(next(asked)))
    assert "newer version" in refusal(old_file)


def test_a_migration_that_fails_leaves_the_file_as_it_was(old_file: Path, clock: Clock) -> None:
    (old_file.parent / "900_shoes.sql").write_text(
        "ALTER TABLE person ADD COLUMN shoes INTEGER;\nALTER TABLE nothing ADD COLUMN hats;\n", encoding="utf-8"
    )
    with pytest.raises(OrganiserError):
        open_campaign(old_file, clock)
    connection = connect(old_file, read_only=True)
    assert "shoes" not in [row[1] for row in connection.execute("PRAGMA table_info(person)")]
    connection.close()


def test_a_migration_may_bring_a_trigger(old_file: Path, clock: Clock) -> None:
    """What stood between its BEGIN and END was cut apart, and the campaign did not open any more."""
    (old_file.parent / "900_shoes.sql").write_text(
        "-- Shoes; of whoever has some;\nALTER TABLE person ADD COLUMN shoes INTEGER;\n"
        "CREATE TRIGGER no_shoes AFTER UPDATE OF shoes ON person WHEN new.shoes = 7 BEGIN\n"
        "    UPDATE person SET place = 'a;\n' WHERE id = new.id;\n"
        "    UPDATE person SET town = ';' WHERE id = new.id;\n"
        "END;\n-- That was all;\n",
        encoding="utf-8",
    )
    campaign = open_campaign(old_file, clock)
    person = Builder(campaign).person("Maja")
    campaign.connection.execute("UPDATE person SET shoes = 7")
    assert campaign.connection.execute("SELECT place, town FROM person WHERE id = ?", (person,)).fetchone() == (
        "a;\n",
        ";",
    )
    campaign.close()


def test_no_backup_is_taken_of_a_file_of_this_version(path: Path, clock: Clock) -> None:
    open_campaign(path, clock).close()
    assert [file.name for file in path.parent.iterdir()] == ["soa.campaign"]


def test_migrations_leave_indexes_and_triggers_as_they_were(old_file: Path, clock: Clock) -> None:
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY name"
    connection = connect(old_file, read_only=True)
    before = connection.execute(sql).fetchall()
    connection.close()
    campaign = open_campaign(old_file, clock)
    assert campaign.connection.execute(sql).fetchall() == before
    campaign.close()


def test_whoever_was_served_before_is_not_once_the_file_is_brought_up(path: Path, clock: Clock) -> None:
    """Older files hold whoever is safe only by texts as somebody to call."""
    campaign = open_campaign(path, clock)
    build = Builder(campaign)
    person = build.person()
    build.insert("safe_channel", person_id=person, channel="text")
    campaign.connection.execute("UPDATE person_figures SET blocked = ''")
    campaign.connection.execute("DELETE FROM _sqlite_migrations WHERE name = '020_safe_channels'")
    campaign.close()
    again = open_campaign(path, clock)
    assert Builder(again).figure(person, "blocked") == "calls not safe"
    assert faults_of(again) == []
    again.close()


def test_a_backup_holds_everything_and_takes_no_place(campaign: Campaign, build: Builder, clock: Clock) -> None:
    build.person("Maja", build.provider())
    to = campaign.path.with_name("copy.campaign")
    backup(campaign, to)
    copy = open_campaign(to, clock)
    assert every_row(copy) == every_row(campaign)
    copy.close()
    with pytest.raises(OrganiserError, match="is there already"):
        backup(campaign, to)
    with pytest.raises(OrganiserError, match="could not be written"):
        backup(campaign, campaign.path.with_name("no") / "copy.campaign")
