"""What opening a campaign makes of files that are none, damaged, newer, locked or not to be written to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import campaign as campaign_module
from organiser_tui.store.bulk import fill_campaign
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.engine import Unreadable, connect
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.people import PeopleQuery, first_people, people_page
from organiser_tui.store.providers import provider_board
from organiser_tui.store.queue import next_person
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock

NOBODY = 65534


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; it must be left byte for byte as it was, with nothing beside it."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(OrganiserError) as refused:
        open_campaign(path, Clock())
    assert (path.read_bytes() if path.is_file() else None) == before
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == beside
    return str(refused.value)


PREPARED = {
    "foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "temp_store": 2,
    "cipher_log_level": "NONE", "cache_size": -16384,
}  # fmt: skip
"""What every connection is set to: synchronous FULL, temp files in memory, nothing written on the screen."""


def prepared(campaign: Campaign) -> dict[str, object]:
    """What the connection of a campaign is set to."""
    return {name: campaign.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PREPARED}


def test_a_connection_syncs_every_commit_and_leaves_no_names_in_temp_files(path: Path) -> None:
    campaign = open_campaign(path, Clock())
    twin = campaign.another()
    assert (prepared(campaign), prepared(twin)) == (PREPARED, PREPARED)
    twin.close()
    campaign.close()


def test_a_file_that_was_filled_quickly_is_safe_again(campaign: Campaign) -> None:
    fill_campaign(campaign, DeedKind.DEMO, [])
    assert prepared(campaign) == PREPARED
    assert campaign.connection.execute("PRAGMA threads").fetchone() == (0,)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.campaign") == f"There is no campaign at {tmp_path / 'no.campaign'}."
    assert "There is no campaign" in refusal(tmp_path / "no" / "where.campaign")


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("x" * 300, "a\0b"):
        with pytest.raises(OrganiserError, match="cannot be opened"):
            open_campaign(tmp_path / name, Clock())


def test_a_path_below_a_file(path: Path) -> None:
    assert "There is no campaign" in refusal(path / "inside")


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).endswith("is a folder, not a campaign file.")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.campaign").touch()
    assert "is empty: not a campaign, or one that was damaged. Restore a backup." in refusal(
        tmp_path / "empty.campaign"
    )


@pytest.mark.parametrize(
    "content",
    [Random(1).randbytes(20_000), b"name;phone\nMaja;041 123 456\n" * 400, b"x", b"SQLite format 3\0" + bytes(5000)],
    ids=["random", "text", "one letter", "only the first words"],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.campaign").write_bytes(content)
    sentence = refusal(tmp_path / "odd.campaign")
    assert "is not a campaign of organiser-tui" in sentence or "is damaged and was left as it is" in sentence


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_database_of_another_program(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "contacts.db"
    path.touch()
    other = connect(path)
    other.execute(f"PRAGMA journal_mode = {mode}")
    other.execute("CREATE TABLE people (name)")
    other.close()
    assert refusal(tmp_path / "contacts.db").endswith("is not a campaign of organiser-tui.")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.95])
def test_half_a_campaign(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    sentence = refusal(path)
    assert "damaged" in sentence and str(path) in sentence


@pytest.mark.parametrize("start", [0, 16, 40, 100])
def test_a_damaged_header(path: Path, start: int) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[start : start + 16] = b"\xff" * 16
    path.write_bytes(damaged)
    sentence = refusal(path)
    assert "is not a campaign of organiser-tui" in sentence or "is damaged and was left as it is" in sentence


def test_bits_flipped_in_the_middle_never_bring_anything_but_a_sentence(template: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.campaign"
    shutil.copyfile(template, whole)
    campaign = open_campaign(whole, Clock())
    build = Builder(campaign)
    people = [build.person(f"Maja {n}", build.provider(f"Zavod {n}")) for n in range(12)]
    for person in people:
        build.call(person, "no answer", note="rings and rings")
    campaign.close()
    sound, random = whole.read_bytes(), Random(3)
    refused = 0
    for n in range(60):
        damaged = bytearray(sound)
        for _bit in range(1 + 40 * (n % 2)):
            damaged[random.randrange(100, len(damaged))] ^= 1 << random.randrange(8)
        path = tmp_path / f"{n}.campaign"
        path.write_bytes(damaged)
        try:
            opened = open_campaign(path, Clock())
        except OrganiserError as error:
            refused += 1
            assert str(path) in str(error)
            assert path.read_bytes() == damaged
            continue
        for use in (_read_much, _write_a_little):
            try:
                use(opened)
            except OrganiserError:
                refused += 1
            except Unreadable:
                refused += 1
        opened.close()
    assert refused > 5


def _read_much(campaign: Campaign) -> None:
    people_page(campaign, first_people(campaign, PeopleQuery(), 50))
    first_people(campaign, PeopleQuery(words="maja"), 50)
    provider_board(campaign)
    today_of(campaign)
    diary(campaign)


def _write_a_little(campaign: Campaign) -> None:
    next_person(campaign, None)
    Builder(campaign).person("Nova")


def test_a_file_made_by_a_newer_version(path: Path) -> None:
    connection = connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('organiser', '999_later', '2030')"
    )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert "newer version of organiser-tui. Update the program; the file is untouched." in refusal(path)


def test_a_file_that_was_never_finished(tmp_path: Path) -> None:
    campaign_module.make_file(tmp_path / "half.campaign", Clock()).close()
    assert "was never finished" in refusal(tmp_path / "half.campaign")


def test_a_new_campaign_never_takes_the_place_of_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(OrganiserError, match="is there already; nothing was changed"):
        found_campaign(path, "SI", Clock())
    assert path.read_bytes() == before


def test_a_new_campaign_needs_a_folder_and_a_country(tmp_path: Path) -> None:
    with pytest.raises(OrganiserError, match="There is no folder"):
        found_campaign(tmp_path / "no" / "new.campaign", "SI", Clock())
    with pytest.raises(OrganiserError, match="XX is not a country code"):
        found_campaign(tmp_path / "new.campaign", "xx", Clock())
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_file_is_its_owners_alone(tmp_path: Path) -> None:
    found_campaign(tmp_path / "new.campaign", "SI", Clock()).close()
    assert (tmp_path / "new.campaign").stat().st_mode & 0o777 == 0o600


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere: be somebody who may not."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def locked_folder(template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that nobody may write to, with a campaign in it that has somebody in it."""
    folder = Path(mkdtemp())
    state = folder / "state"
    state.mkdir(mode=0o777)
    state.chmod(0o777)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    path = Path(shutil.copyfile(template, folder / "soa.campaign"))
    campaign = open_campaign(path, Clock())
    Builder(campaign).person("Maja")
    campaign.close()
    shutil.rmtree(state / "organiser-tui")
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_to_is_opened_for_reading(locked_folder: Path) -> None:
    with as_nobody():
        campaign = open_campaign(locked_folder, Clock())
        assert campaign.read_only
        assert len(first_people(campaign, PeopleQuery(), 10)) == 1
        assert next_person(campaign, None) is None
        with pytest.raises(OrganiserError, match="open for reading only"):
            Builder(campaign).person("Eva")
        assert campaign.turn_day() == 0
        twin = campaign.another()
        assert len(first_people(twin, PeopleQuery(), 10)) == 1
        twin.close()
        campaign.close()


def test_a_new_campaign_in_such_a_folder_is_refused(locked_folder: Path) -> None:
    with as_nobody(), pytest.raises(OrganiserError, match="cannot be written to"):
        # The zone is named: somebody else may not be allowed to read the table that comes with Python.
        found_campaign(locked_folder.with_name("new.campaign"), "SI", Clock(), zone="Europe/Ljubljana")


def test_a_file_of_somebody_else_is_refused(locked_folder: Path) -> None:
    locked_folder.chmod(0o400)
    with as_nobody():
        if os.access(locked_folder, os.R_OK):
            locked_folder.chmod(0o000)
        with pytest.raises(OrganiserError, match="cannot be read: it belongs to somebody else"):
            open_campaign(locked_folder, Clock())


def test_figures_of_a_file_for_reading_are_checked_too(locked_folder: Path) -> None:
    with as_nobody():
        campaign = open_campaign(locked_folder, Clock())
        assert faults_of(campaign) == []
        assert faults_of(campaign) == []
        campaign.close()
