"""Copies of a campaign file are whole, whatever happens to the campaign meanwhile."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import copying
from organiser_tui.store.campaign import Campaign, backup, open_campaign
from organiser_tui.store.copying import copied
from organiser_tui.store.engine import connect
from organiser_tui.store.safekeeping import copy_kept
from tests.store.building import Builder, Clock

WRITER = """
import sys
from pathlib import Path
from organiser_tui.store.engine import connect
from organiser_tui.store.safekeeping import copy_kept
from tests.store.building import Builder, Clock
connection = connect(Path(sys.argv[1]))
connection.execute("PRAGMA wal_autocheckpoint = 20")
for n in range(1, 1_000_000):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE pair SET a = ?, filling = randomblob(3000)", (n,))
    connection.execute("UPDATE pair SET b = ?", (n,))
    connection.execute("COMMIT")
    if n == 1:
        print("writing", flush=True)
"""
"""Writes pairs of equal numbers over a hundred pages, and brings the -wal into the file again and again."""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs"
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, a INTEGER, filling BLOB, b INTEGER)")
        connection.executemany("INSERT INTO pair VALUES (?, 0, randomblob(3000), 0)", [(n,) for n in range(100)])
    return path


@contextmanager
def somebody_writing(path: Path) -> Iterator[None]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        yield
        writer.kill()


def values_in(path: Path) -> set[tuple[int, int]]:
    with closing(connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return set(copy.execute("SELECT a, b FROM pair"))


def test_a_copy_taken_while_another_window_writes_is_of_one_moment(pairs: Path) -> None:
    moments = set()
    with somebody_writing(pairs):
        for number in range(12):
            to = pairs.with_name(f"copy-{number}")
            with copied(pairs, to):
                pass
            ((a, b),) = values_in(to)
            assert a == b
            moments.add(a)
    assert len(moments) > 1


def test_a_copy_has_what_still_lies_beside_the_file_and_lies_alone(pairs: Path) -> None:
    to = pairs.with_name("copy")
    with closing(connect(pairs)) as connection:
        connection.execute("UPDATE pair SET a = 7, b = 7")
        assert pairs.with_name("pairs-wal").stat().st_size > 0
        with copied(pairs, to):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE pair SET a = 8")
        connection.execute("ROLLBACK")
    assert sorted(path.name for path in to.parent.glob("copy*")) == ["copy"]
    assert to.stat().st_mode & 0o777 == 0o600
    assert values_in(to) == {(7, 7)}


def test_a_copy_that_fails_half_way_is_not_left(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = pairs.with_name("half.py")
    script.write_text("import sys\nfor to in sys.argv[2::2]:\n    open(to, 'w').write('half')\nsys.exit(28)\n")
    monkeypatch.setattr(copying, "_COPIER", script)
    to = pairs.with_name("copy")
    with pytest.raises(OSError, match="No space left"), copied(pairs, to):
        pass
    assert list(to.parent.glob("copy*")) == []


def test_what_is_there_already_is_not_copied_over(pairs: Path) -> None:
    to = pairs.with_name("copy")
    to.write_text("mine")
    with pytest.raises(FileExistsError), copied(pairs, to):
        pass
    assert to.read_text() == "mine"


def test_locks_on_the_campaign_are_kept_while_it_is_copied(campaign: Campaign) -> None:
    """Were the file opened and closed beside SQLite, the second window could write into our transaction."""
    campaign.connection.execute("BEGIN IMMEDIATE")
    with copied(campaign.path, campaign.path.with_name("copy")):
        pass
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    code = (
        "import sys; from pathlib import Path; from organiser_tui.store.engine import connect\n"
        "c = connect(Path(sys.argv[1])); c.execute('PRAGMA busy_timeout = 0'); c.execute('BEGIN IMMEDIATE')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(campaign.path)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    campaign.connection.execute("ROLLBACK")
    assert "database is locked" in told.stderr


def test_a_campaign_opened_by_a_link_is_copied_with_what_was_saved_last(campaign: Campaign, clock: Clock) -> None:
    """The journal was looked for beside the link, and ten calls were not in the backup."""
    link = campaign.path.with_name("link.campaign")
    link.symlink_to(campaign.path)
    linked = open_campaign(link, clock)
    Builder(linked).person("Maja")
    backup(linked, campaign.path.with_name("copy.campaign"))
    copy = open_campaign(campaign.path.with_name("copy.campaign"), clock)
    assert copy.connection.execute("SELECT given FROM person").fetchall() == [("Maja",)]
    copy.close()
    linked.close()


def test_no_room_for_the_copy_before_an_import_is_told_as_that(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = campaign.path.with_name("full.py")
    script.write_text(f"import sys\nsys.exit({errno.ENOSPC})\n")
    monkeypatch.setattr(copying, "_COPIER", script)
    with (
        pytest.raises(OrganiserError, match="The disk is full"),
        campaign.write(DeedKind.IMPORT),
        copy_kept(campaign, "soa.campaign.before-import"),
    ):
        pass
    assert list(campaign.path.parent.glob("*before-import*")) == []
