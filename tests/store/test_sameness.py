"""A file that something else copies over an open campaign: it is noticed, and nothing is written into it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign, backup, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.founding import found_campaign
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
    with pytest.raises(OrganiserError, match="moved, deleted or replaced"):
        campaign.refuse_replaced()
    campaign.close()
    again = open_campaign(moved, clock)
    assert again.connection.execute("SELECT given FROM person").fetchall() == [("Maja",)]
    assert faults_of(again) == []
    again.close()
    assert [file.name for file in path.parent.iterdir()] == ["moved.campaign"]


def test_a_file_that_was_only_touched_is_still_ours(campaign: Campaign, path: Path, build: Builder) -> None:
    build.person("Maja")
    os.utime(path, (4_000_000_000, 4_000_000_000))
    campaign.refuse_replaced()
    build.person("Eva")
