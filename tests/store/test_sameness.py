"""A file that something else copies over an open campaign: it is noticed, and nothing is written into it."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.engine import connect
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.safekeeping import backup
from tests.store.building import Builder, Clock


def overwrite(path: Path, other: Path) -> bytes:
    """What `cp` does: the same file with other content."""
    shutil.copyfile(other, path)
    return path.read_bytes()


@pytest.mark.parametrize("which", ["another campaign", "an older copy", "no campaign at all"])
def test_a_file_that_is_copied_over_an_open_campaign_is_noticed_and_left_alone(
    campaign: Campaign, build: Builder, clock: Clock, tmp_path: Path, which: str
) -> None:
    """Calls were written into the middle of another campaign, and both were lost."""
    other = tmp_path / "other.campaign"
    if which == "another campaign":
        found_campaign(other, "FI", clock).close()
    elif which == "an older copy":
        backup(campaign, other)
        campaign.connection.execute("PRAGMA wal_autocheckpoint = 1")
    else:
        other.write_bytes(os.urandom(2_000_000))
    person = build.person("Maja")
    for _n in range(3):
        build.call(person, "no answer", note="long " * 2000)
    campaign.refuse_replaced()
    there = overwrite(campaign.path, other)
    with pytest.raises(OrganiserError, match="moved, deleted or replaced"):
        campaign.refuse_replaced()
    with pytest.raises(OrganiserError, match="Nothing was saved"):
        build.person("Eva")
    campaign.close()
    assert campaign.path.read_bytes() == there
    assert not list(tmp_path.glob("soa.campaign-*"))
    assert (tmp_path / "soa.campaign.left-behind").stat().st_size > 0
    if which != "no campaign at all":
        whole = open_campaign(campaign.path, clock)
        assert faults_of(whole) == []
        whole.close()


def test_what_other_windows_write_is_not_taken_for_another_file(campaign: Campaign, path: Path, build: Builder) -> None:
    other = open_campaign(path, Clock())
    there = Builder(other)
    for window in (campaign, other):
        window.connection.execute("PRAGMA wal_autocheckpoint = 1")
    for n in range(4):
        one = (build, there)[n % 2]
        one.person(f"Maja {n}")
        campaign.refuse_replaced()
        other.refuse_replaced()
    other.close()
    build.person("Eva")
    campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    campaign.refuse_replaced()


def test_a_file_that_was_moved_while_open_gets_what_was_saved(path: Path, clock: Clock) -> None:
    """What was saved last lay in the journal beside the old name alone."""
    campaign = open_campaign(path, clock)
    Builder(campaign).person("Maja")
    moved = path.rename(path.with_name("moved.campaign"))
    with pytest.raises(OrganiserError, match="moved or deleted"):
        campaign.refuse_replaced()
    campaign.close()
    again = open_campaign(moved, clock)
    assert again.connection.execute("SELECT given FROM person").fetchall() == [("Maja",)]
    assert faults_of(again) == []
    again.close()
    assert [file.name for file in path.parent.iterdir()] == ["moved.campaign"]


def test_a_file_that_was_away_for_a_while_and_is_put_back_is_gone_on_with(path: Path, clock: Clock) -> None:
    """What was typed meanwhile could not be kept any more, though the file lay where it had been."""
    campaign = open_campaign(path, clock)
    build = Builder(campaign)
    person = build.person("Maja")
    away = path.rename(path.with_name("away.campaign"))
    with pytest.raises(OrganiserError, match="put it back"):
        build.call(person, "no answer")
    away.rename(path)
    build.call(person, "talked")
    assert campaign.connection.execute("SELECT outcome FROM contact").fetchall() == [("talked",)]
    path.rename(away)
    path.write_bytes(away.read_bytes())
    with pytest.raises(OrganiserError, match="moved, deleted or replaced"):
        build.call(person, "no answer")
    away.replace(path)
    with pytest.raises(OrganiserError, match="leave, and open it anew"):
        build.call(person, "no answer")
    campaign.close()


def test_a_file_that_was_only_touched_is_still_ours(campaign: Campaign, path: Path, build: Builder) -> None:
    build.person("Maja")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    campaign.refuse_replaced()
    build.person("Eva")


def people_in(campaign: Campaign) -> list[str]:
    return sorted(row[0] for row in campaign.connection.execute("SELECT given FROM person"))


def test_a_file_that_another_program_made_shorter_is_still_ours(path: Path, clock: Clock) -> None:
    """After a VACUUM the window that was open took the file for another one, and threw away what was saved since."""
    with closing(connect(path)) as other_program:
        other_program.execute("CREATE TABLE filler (x)")
        other_program.execute("INSERT INTO filler VALUES (zeroblob(3000000))")
    campaign = open_campaign(path, clock)
    campaign.refuse_replaced()
    with closing(connect(path)) as other_program:
        other_program.execute("DROP TABLE filler")
        other_program.execute("VACUUM")
        other_program.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    second = open_campaign(path, clock)
    Builder(second).person("Maja")
    campaign.refuse_replaced()
    Builder(campaign).person("Eva")
    campaign.close()
    Builder(second).person("Luka")
    second.close()
    again = open_campaign(path, clock)
    assert people_in(again) == ["Eva", "Luka", "Maja"]
    assert faults_of(again) == []
    again.close()


@contextmanager
def no_file_can_be_opened() -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = os.open("/dev/null", os.O_RDONLY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (held, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        os.close(held)


def test_a_moment_in_which_no_file_can_be_opened_costs_one_write_and_not_what_was_saved(
    path: Path, clock: Clock
) -> None:
    """The window said that its file was another one, and emptied the journal with the calls of the evening."""
    campaign = open_campaign(path, clock)
    build = Builder(campaign)
    build.person("Maja")
    campaign.refuse_replaced()
    build.person("Eva")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    with no_file_can_be_opened():
        campaign.refuse_replaced()
        with pytest.raises(OrganiserError, match=r"cannot be looked at just now \(.+\)\. Nothing was saved; try again"):
            build.person("Lost")
    build.person("Luka")
    campaign.close()
    again = open_campaign(path, clock)
    assert people_in(again) == ["Eva", "Luka", "Maja"]
    again.close()


def test_a_folder_that_does_not_answer_for_a_moment_is_not_taken_for_a_file_that_is_gone(
    campaign: Campaign, build: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.person("Maja")

    def not_answering(_path: Path) -> os.stat_result:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", not_answering)
        campaign.refuse_replaced()
        with pytest.raises(OrganiserError, match="Input/output error"):
            build.person("Lost")
    build.person("Eva")
    assert people_in(campaign) == ["Eva", "Maja"]


def test_calls_that_were_saved_before_a_file_was_copied_over_the_campaign_are_kept_beside_it(
    path: Path, clock: Clock, tmp_path: Path
) -> None:
    """They stood in the journal beside the file alone, which was emptied without a word."""
    found_campaign(tmp_path / "other.campaign", "FI", clock).close()
    older = tmp_path / "soa.campaign.left-behind"
    older.write_text("of another day")
    windows = [open_campaign(path, clock), open_campaign(path, clock)]
    for window in windows:
        Builder(window).person("Maja")
        window.refuse_replaced()
    original = path.read_bytes()
    held = path.with_name("soa.campaign-wal").read_bytes()
    there = overwrite(path, tmp_path / "other.campaign")
    for number, window in enumerate(windows, start=2):
        left = tmp_path / f"soa.campaign.left-behind-{number}"
        with pytest.raises(OrganiserError, match=f"is kept in {left}"):
            window.refuse_replaced()
        assert left.read_bytes() == held
        assert left.stat().st_mode & 0o777 == 0o600
    for window in windows:
        window.close()
    assert path.read_bytes() == there
    assert not list(tmp_path.glob("soa.campaign-*"))
    assert older.read_text() == "of another day"
    path.write_bytes(original)
    (tmp_path / "soa.campaign.left-behind-2").rename(tmp_path / "soa.campaign-wal")
    again = open_campaign(path, clock)
    assert people_in(again) == ["Maja", "Maja"]
    again.close()


def test_a_window_that_is_told_of_another_file_before_it_closes_does_not_throw_away_what_the_next_one_saved(
    path: Path, clock: Clock, tmp_path: Path
) -> None:
    """The first window, when it was closed, emptied the journal into which the second was writing."""
    campaign = open_campaign(path, clock)
    backup(campaign, tmp_path / "older")
    Builder(campaign).person("Maja")
    campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    campaign.refuse_replaced()
    overwrite(path, tmp_path / "older")
    with pytest.raises(OrganiserError, match="moved, deleted or replaced"):
        campaign.refuse_replaced()
    second = open_campaign(path, clock)
    Builder(second).person("Eva")
    campaign.close()
    Builder(second).person("Luka")
    second.close()
    again = open_campaign(path, clock)
    assert people_in(again) == ["Eva", "Luka"]
    assert faults_of(again) == []
    again.close()


def test_where_there_is_no_room_for_what_was_saved_last_it_is_said_and_tried_again_on_leaving(
    path: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_campaign(tmp_path / "other.campaign", "FI", clock).close()
    campaign = open_campaign(path, clock)
    Builder(campaign).person("Maja")
    campaign.refuse_replaced()
    overwrite(path, tmp_path / "other.campaign")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OrganiserError, match="make room before you leave"):
            campaign.refuse_replaced()
    assert not list(tmp_path.glob("*left-behind*"))
    campaign.close()
    assert (tmp_path / "soa.campaign.left-behind").stat().st_size > 0
