"""What the command line says where a path is no file: one right sentence, and it never waits for one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.running import run


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    assert run(tmp_path, "new", "a.campaign", "--country", "SI", "--plain", "--as", "Ana").status == 0
    return tmp_path / "a.campaign"


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
