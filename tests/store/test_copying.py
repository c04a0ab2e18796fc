"""Copies of a campaign file are whole, whatever happens to the campaign meanwhile."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import copier, copying
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.copying import copied
from organiser_tui.store.engine import Connection, connect
from organiser_tui.store.safekeeping import backup, copy_kept
from tests.store.building import Builder, Clock

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
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
    path.touch()
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE pair (id INTEGER PRIMARY KEY, a INTEGER, filling BLOB, b INTEGER)")
        connection.executemany("INSERT INTO pair VALUES (?, 0, randomblob(3000), 0)", [(n,) for n in range(100)])
    return path


@contextmanager
def somebody_writing(path: Path) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            yield
        finally:
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
    code = (
        "import sys; from pathlib import Path; from organiser_tui.store.engine import connect\n"
        "c = connect(Path(sys.argv[1])); c.execute('PRAGMA busy_timeout = 0'); c.execute('BEGIN IMMEDIATE')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(campaign.path)],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
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


WRITTEN = "            done += size\n"
FILE_AFTER_WAL = "    _copy(file, file_to, asked_by)\n"
AFTER_A_MEGABYTE = f"{WRITTEN}            if done == _PIECE:\n                wait()\n"
BEFORE_THE_FILE = f"    wait()\n{FILE_AFTER_WAL}"
WAITING = """
def wait():
    import time
    Path(__file__).with_name("waiting").touch()
    for _n in range(6000):
        if Path(__file__).with_name("go on").exists():
            return
        time.sleep(0.01)


if __name__"""


class SlowCopier:
    """The copier, which waits for a word in the midst of its work, as on a slow stick."""

    def __init__(self, folder: Path, line: str, waiting: str) -> None:
        source = Path(copier.__file__).read_text()
        assert source.count(line) == 1
        self.script = folder / "slow.py"
        self.script.write_text(source.replace(line, waiting).replace("\nif __name__", WAITING))

    def wait_until_it_waits(self) -> None:
        while not self.script.with_name("waiting").exists():
            time.sleep(0.01)

    def go_on(self) -> None:
        self.script.with_name("go on").touch()


def slowed(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, waiting: str) -> SlowCopier:
    """Copies are made by a slow one from now on."""
    slow = SlowCopier(folder, line, waiting)
    monkeypatch.setattr(copying, "_COPIER", slow.script)
    return slow


def set_all(connection: Connection, number: int) -> None:
    connection.execute("UPDATE pair SET a = ?1, b = ?1, filling = randomblob(3000)", (number,))


def test_a_copy_is_whole_though_the_journal_is_begun_anew_while_it_is_copied(
    pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the old journal and half of the new one stood in the backup: its pages were of two moments."""
    slow, to = slowed(tmp_path, monkeypatch, WRITTEN, AFTER_A_MEGABYTE), tmp_path / "copy"
    with closing(connect(pairs)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(1, 6):
            set_all(connection, number)
        _busy, frames, in_the_file = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        assert frames == in_the_file
        with copied(pairs, to):
            slow.wait_until_it_waits()
            for number in range(6, 12):
                set_all(connection, number)
            slow.go_on()
    assert values_in(to) == {(5, 5)}


def test_a_copy_is_whole_though_the_journal_is_brought_into_the_file_between_the_two(
    pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied first was of one moment, the file of a later one."""
    slow, to = slowed(tmp_path, monkeypatch, FILE_AFTER_WAL, BEFORE_THE_FILE), tmp_path / "copy"
    with closing(connect(pairs)) as connection:
        connection.execute("UPDATE pair SET a = 1, b = 1 WHERE id < 50")
        with copied(pairs, to):
            slow.wait_until_it_waits()
            set_all(connection, 2)
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            slow.go_on()
    assert values_in(to) == {(0, 0), (1, 1)}


def test_a_copy_is_on_the_disk_once_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / name for name in ("wal", "wal copy", "file", "file copy")]
    for path in paths[::2]:
        path.write_bytes(path.name.encode() * 700_001)  # some megabytes, and an odd end
    asked_for: dict[int, int] = {}

    def fsync(number: int) -> None:
        there = os.fstat(number)
        asked_for[there.st_ino] = there.st_size

    monkeypatch.setattr(os, "fsync", fsync)
    mask = os.umask(0o022)
    try:
        copier.copy_both(*paths)
    finally:
        os.umask(mask)
    assert asked_for == {path.stat().st_ino: path.stat().st_size for path in paths[1::2]}
    assert [path.read_bytes() for path in paths[1::2]] == [path.read_bytes() for path in paths[::2]]


def opens_directly(path: Path) -> bool:
    """Whether the file system here reads and writes past the memory."""
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_DIRECT))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not hasattr(os, "O_DIRECT"), reason="this system copies nothing past its memory")
@pytest.mark.parametrize(("call", "asked_at"), [("pwrite", [0, 1, 2]), ("preadv", [0, 1, 2, 3])])
def test_a_disk_that_stops_copying_pieces_directly_is_asked_the_other_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, asked_at: list[int]
) -> None:
    source, to = tmp_path / "file", tmp_path / "copy"
    source.write_bytes(os.urandom(3_500_000))
    asked: list[int] = []

    def directly(number: int, pieces: Any, place: int) -> int:
        asked.append(place)
        if len(asked) > 1:
            raise OSError(errno.EINVAL, "not so")
        return int(done(number, pieces, place))

    done = getattr(os, call)
    monkeypatch.setattr(os, call, directly)
    copier.copy_both(tmp_path / "none", tmp_path / "none-copy", source, to)
    assert to.read_bytes() == source.read_bytes()
    assert asked == ([place << 20 for place in asked_at] if opens_directly(source) else [])


@pytest.mark.parametrize("size", [0, 1, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 4096, 3 << 20])
def test_a_copy_has_every_byte_wherever_the_last_piece_ends(tmp_path: Path, size: int) -> None:
    source, to = tmp_path / "file", tmp_path / "copy"
    source.write_bytes(os.urandom(size))
    copier.copy_both(tmp_path / "none", tmp_path / "none-copy", source, to)
    assert to.read_bytes() == source.read_bytes()


def test_a_copy_that_nobody_waits_for_any_more_is_not_made_to_its_end(tmp_path: Path) -> None:
    """A window that was killed left a process behind, which went on to fill the stick."""
    slow = SlowCopier(tmp_path, WRITTEN, AFTER_A_MEGABYTE)
    source, to = tmp_path / "file", tmp_path / "copy"
    source.write_bytes(bytes(4_000_000))
    none = str(tmp_path / "none")
    code = "import subprocess, sys; subprocess.Popen(sys.argv[1:]); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, sys.executable, "-I", "-S", str(slow.script), none, none, str(source), str(to)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as window:
        slow.wait_until_it_waits()
        window.kill()
        window.wait()
        slow.go_on()
        assert window.stdout is not None
        window.stdout.read()  # until whoever could write into it has ended
    assert to.stat().st_size < source.stat().st_size


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_backup_is_not_mixed_with_what_another_left_beside_its_name(campaign: Campaign, end: str) -> None:
    """Calls of another evening stood in the backup; and what was called so before was gone."""
    beside = campaign.path.with_name(f"copy{end}")
    beside.write_text("important")
    with pytest.raises(OrganiserError, match=f"copy{end} is there already"):
        backup(campaign, campaign.path.with_name("copy"))
    assert [path.name for path in beside.parent.glob("copy*")] == [beside.name]
    assert beside.read_text() == "important"


def test_a_backup_bears_its_name_once_it_is_whole(campaign: Campaign, tmp_path: Path) -> None:
    """A backup that was killed left half a copy under the name, and the next one was refused because of it."""
    to = campaign.path.with_name("copy")
    code = (
        "import os, sys; from pathlib import Path\n"
        "from organiser_tui.store import copying; from organiser_tui.store.campaign import open_campaign\n"
        "from organiser_tui.store.safekeeping import backup\n"
        "copying._COPIER = Path(sys.argv[2])\n"
        "backup(open_campaign(Path(sys.argv[1])), Path(sys.argv[3]))\n"
    )
    killer = tmp_path / "killer.py"
    killer.write_text("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n")
    killed = subprocess.run(
        [sys.executable, "-c", code, str(campaign.path), str(killer), str(to)], env=ENVIRONMENT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert not to.exists()
    backup(campaign, to)
    assert [path.name for path in to.parent.glob("copy*")] == ["copy"]


def test_a_copy_of_a_damaged_campaign_is_not_passed_off_as_whole(campaign: Campaign, tmp_path: Path) -> None:
    build = Builder(campaign)
    for number in range(300):
        build.person(f"Person {number}", phone=f"+3864100{number:04d}")
    campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = campaign.connection.execute("PRAGMA page_size").fetchone()[0]
    with campaign.path.open("r+b") as file:
        for page in range(40, campaign.path.stat().st_size // size, 3):
            file.seek(page * size)
            file.write(b"\xa5" * size)
    with pytest.raises(OrganiserError) as told:
        backup(campaign, tmp_path / "copy.db")
    assert "damaged" in str(told.value) or "could not be written" in str(told.value)
