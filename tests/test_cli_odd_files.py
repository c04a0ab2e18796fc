"""What the command line says where a path is no file: one right sentence, and it never waits for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import open_campaign
from organiser_tui.store.engine import connect
from tests.running import TOP, run


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    assert run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain", "--as", "Ana").status == 0
    return tmp_path / "a.campaign"


def shell(tmp_path: Path, words: str) -> subprocess.CompletedProcess[str]:
    """One command with what a shell makes of its streams."""
    env = {**os.environ, "PYTHONPATH": str(TOP), "XDG_STATE_HOME": str(tmp_path / "XDG_STATE_HOME")}
    command = ["sh", "-c", f"{sys.executable} -m organiser_tui {words}"]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd=tmp_path, timeout=60, check=False)


@pytest.mark.parametrize("what", ["fifo", "/dev/null", "/dev/full", "/dev/tty"])
@pytest.mark.parametrize("command", ["people", "check", "undo", ""])
def test_what_is_no_file_is_not_told_to_be_an_empty_campaign(tmp_path: Path, what: str, command: str) -> None:
    """A pipe and /dev/null were told to be empty, and to be restored from a backup."""
    if what == "fifo":
        os.mkfifo(tmp_path / what)
    refused = run(tmp_path, *filter(None, [command]), what)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == f"{what} is not a file: a campaign is one file on a disk.\n"


def test_a_folder_and_a_pipe_are_not_taken_for_lists(tmp_path: Path, campaign: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    for what, said in (("fifo", "no file"), ("/dev/zero", "no file"), ("folder", "a folder")):
        refused = run(tmp_path, "import", campaign, what)
        assert (refused.status, refused.out) == (1, "")
        assert said in refused.err
        for words in (["backup", campaign, "--to", what], ["new", what, "--country", "SI", "--plain"]):
            refused = run(tmp_path, *words)
            assert (refused.status, refused.out) == (1, ""), words
            assert refused.err.count("\n") == 1


def test_a_disk_that_fills_up_leaves_no_half_made_campaign(tmp_path: Path) -> None:
    """`new` ended in a traceback, and what was there could neither be opened nor made anew."""
    for size in (0, 20_000, 400_000, 900_000):
        for words in (
            ["new", "n.campaign", "--country", "SI", "--plain"],
            ["demo", "--to", "n.campaign", "--no-open", "--people", "600"],
        ):
            refused = run(tmp_path, *words, largest_file=size)
            if words[0] == "new" and refused.status == 0:
                (tmp_path / "n.campaign").unlink()
                continue
            assert (refused.status, refused.out) == (1, "")
            assert "The disk is full" in refused.err
            assert refused.err.count("\n") == 1
            assert not list(tmp_path.glob("n.campaign*"))


def test_with_a_full_disk_a_campaign_is_read_and_nothing_is_written(tmp_path: Path, campaign: Path) -> None:
    """It could not be opened at all, not even to call from the list that was in it."""
    (tmp_path / "list.csv").write_text("Name;Phone\nEva Kos;041 123 457\n", encoding="utf-8")
    assert run(tmp_path, "import", campaign, "list.csv").status == 0
    before = campaign.read_bytes()
    assert [row["name"] for row in run(tmp_path, "people", campaign, "--json", largest_file=3).json()] == ["Eva Kos"]
    assert run(tmp_path, "calls", campaign, "--json", largest_file=3).json()["ready"]
    assert run(tmp_path, "check", campaign, largest_file=3).status == 0
    for words in (["log", campaign, "Eva", "talked"], ["undo", campaign], ["import", campaign, "list.csv"]):
        refused = run(tmp_path, *words, largest_file=3)
        assert (refused.status, refused.out) == (1, "")
        assert refused.err == "The disk is full. Nothing was saved; make room, and open the campaign anew.\n"
    assert campaign.read_bytes() == before
    assert run(tmp_path, "log", campaign, "Eva", "talked").status == 0
    full = run(tmp_path, "backup", campaign, "--to", "copy.campaign", largest_file=100_000)
    assert (full.status, full.err) == (1, "The disk is full: the backup copy.campaign was not written.\n")
    assert not (tmp_path / "copy.campaign").exists()


def test_what_a_crashed_program_wrote_last_is_not_left_out_when_the_disk_is_full(
    tmp_path: Path, campaign: Path
) -> None:
    open_one = connect(campaign)
    open_one.execute("UPDATE organiser SET name = 'Eva'")
    crashed = tmp_path / "crashed.campaign"
    for end in ("", "-wal"):
        crashed.with_name(f"{crashed.name}{end}").write_bytes(campaign.with_name(f"{campaign.name}{end}").read_bytes())
    open_one.close()
    refused = run(tmp_path, "people", crashed, largest_file=3)
    assert (refused.status, refused.out) == (1, "")
    assert "Make room and try again" in refused.err
    assert run(tmp_path, "people", crashed).status == 0


def test_without_a_folder_for_its_own_notes_a_campaign_is_read_and_nothing_is_written(
    tmp_path: Path, campaign: Path
) -> None:
    """Nothing could be read where the home folder was full or could not be written to."""
    for folder in (tmp_path / "XDG_STATE_HOME").iterdir():
        folder.rename(tmp_path / "elsewhere")
    (tmp_path / "XDG_STATE_HOME").rmdir()
    (tmp_path / "XDG_STATE_HOME").write_text("", encoding="utf-8")
    before = campaign.read_bytes()
    for words in (["people", campaign], ["history", campaign], ["check", campaign], ["calls", campaign]):
        assert run(tmp_path, *words).status == 0
    refused = run(tmp_path, "log", campaign, "Eva", "talked", "--as", "Boris")
    assert (refused.status, refused.out) == (1, "")
    assert "own notes" in refused.err
    assert campaign.read_bytes() == before
    assert run(tmp_path, "people").err.startswith("Which campaign?")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["people a.campaign --json", "undo a.campaign", "people a.campaign --csv"])
def test_a_closed_output_is_no_fault_and_nothing_is_printed_into_the_campaign(
    tmp_path: Path, campaign: Path, closed: str, words: str
) -> None:
    """Every command ended in a traceback when it was started without a standard output."""
    done = shell(tmp_path, f"{words} {closed}")
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if words.startswith("undo") else 0)
    assert run(tmp_path, "check", campaign).status == 0


def test_what_cannot_be_printed_is_told_with_what_was_made(tmp_path: Path, campaign: Path) -> None:
    """The help ended in a traceback; a backup that was there was told as if it had failed."""
    for words, status in (
        ("--help", 1),
        ("log --help", 1),
        (f"backup {campaign} --to b.campaign", 3),
        ("demo --people 5 --no-open --to d.campaign", 3),
    ):
        done = shell(tmp_path, f"{words} > /dev/full")
        assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
        assert "could not be printed: No space left on device." in done.stderr
    assert run(tmp_path, "check", "b.campaign").status == 0


def test_a_name_that_is_too_long_is_told_in_a_sentence(tmp_path: Path, campaign: Path) -> None:
    long = "x" * 300
    for words in (
        ["backup", campaign, "--to", long],
        ["new", long, "--country", "SI", "--plain"],
        ["demo", "--people", "5", "--no-open", "--to", long],
        ["import", campaign, long],
        ["people", long],
    ):
        refused = run(tmp_path, *words)
        assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert long in refused.err


def test_a_path_cannot_act_on_the_terminal(tmp_path: Path, campaign: Path) -> None:
    done = run(tmp_path, "backup", campaign, "--to", "\x1b[31m.campaign")
    assert (done.status, done.out) == (0, "·[31m.campaign\n")


@pytest.mark.parametrize("command", ["people", "providers"])
def test_json_and_csv_at_once_are_a_wrong_usage(tmp_path: Path, campaign: Path, command: str) -> None:
    refused = run(tmp_path, command, campaign, "--json", "--csv")
    assert (refused.status, refused.out) == (2, "")
    assert "do not go together" in refused.err


def test_nothing_is_brought_in_where_a_list_or_a_folder_is_not_there(tmp_path: Path, campaign: Path) -> None:
    """The first list was saved, the batch untold, and whoever tried again had everybody twice."""
    (tmp_path / "good.csv").write_text("Name;Phone\nAna Novak;041 123 456\n", encoding="utf-8")
    for words in (("good.csv", "nope.csv", "--json"), ("good.csv", "--rejects", "nodir/r.csv")):
        refused = run(tmp_path, "import", campaign, *words)
        assert (refused.status, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert run(tmp_path, "people", campaign, "--json").json() == []


def test_what_was_saved_before_a_list_that_cannot_be_read_is_told(tmp_path: Path, campaign: Path) -> None:
    (tmp_path / "good.csv").write_text("Name;Phone\nAna Novak;041 123 456\n", encoding="utf-8")
    (tmp_path / "odd.csv").write_text("foo;bar\n1;2\n", encoding="utf-8")
    partly = run(tmp_path, "import", campaign, "good.csv", "odd.csv", "--json")
    (report,) = json.loads(partly.out)
    assert (partly.status, report["file"], report["added"]) == (3, "good.csv", 1)
    assert "has no column with names" in partly.err and f"good.csv ({report['batch']})" in partly.err


@pytest.mark.parametrize("to", ["", ".", "/"])
def test_a_backup_to_a_folder_is_refused_in_a_sentence(tmp_path: Path, campaign: Path, to: str) -> None:
    refused = run(tmp_path, "backup", campaign, "--to", to)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "is a folder" in refused.err


def test_a_question_that_is_too_long_says_nothing_against_the_file(tmp_path: Path, campaign: Path) -> None:
    """500 words were told to be a damaged file, and to restore a backup."""
    words = " ".join(f"w{n}" for n in range(600))
    asked = run(tmp_path, "log", campaign, words, "talked")
    assert asked.status == 1 and "Nobody in this campaign fits" in asked.err and "damaged" not in asked.err
    assert run(tmp_path, "people", campaign, words.replace(" ", ";"), "--json").json() == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE setting SET value = 'Mars/Base' WHERE name = 'zone'", "Mars/Base"),
        ("UPDATE contact SET at = 9223372036854775807", "9223372036854775807"),
    ],
)
def test_what_another_program_wrote_into_a_campaign_is_told_in_a_sentence(
    tmp_path: Path, campaign: Path, harm: str, said: str
) -> None:
    (tmp_path / "good.csv").write_text("Name;Phone\nAna Novak;041 123 456\n", encoding="utf-8")
    run(tmp_path, "import", campaign, "good.csv")
    run(tmp_path, "log", campaign, "Ana Novak", "talked")
    connection = connect(campaign)
    connection.execute(harm)
    connection.close()
    told = run(tmp_path, "check", campaign)
    assert told.status == 1 and said in told.err + told.out


def test_a_campaign_that_is_moved_away_is_not_made_anew_in_its_place(tmp_path: Path, campaign: Path) -> None:
    """A question from a second thread left an empty file there, which the next start took for a damaged one."""
    with closing(open_campaign(campaign)) as opened:
        campaign.rename(tmp_path / "elsewhere")
        with pytest.raises(OrganiserError, match="moved or deleted"):
            opened.another()
    assert not campaign.exists()
