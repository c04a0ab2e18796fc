"""The id of a device: made once, whichever window asks first, and never changed by what happens to the notes."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import device


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder of a device on which nothing has happened."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "organiser-tui"


def test_two_windows_on_a_first_evening_are_one_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each made an id of its own, and the deeds of one of them were those of a device that nobody had."""
    both = threading.Barrier(2)

    random = os.urandom

    def at_once(size: int) -> bytes:
        if size == 16:
            both.wait(10)
        return random(size)

    monkeypatch.setattr(os, "urandom", at_once)
    ids: list[str] = []
    windows = [threading.Thread(target=lambda: ids.append(device.device_id())) for _n in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(ids) == 2
    assert len(ids[0]) == 32
    assert {*ids, device.known_id()} == {ids[0]}


def test_notes_that_were_torn_do_not_make_another_device_of_this_one(folder: Path, tmp_path: Path) -> None:
    kept = device.device_id()
    device.remember_campaign(tmp_path)
    (folder / "device.json").write_text('{"last_camp')
    device.remember_organiser("campaign", 7)
    assert (device.known_id(), device.device_id()) == (kept, kept)


def test_who_has_an_id_in_the_notes_keeps_it(folder: Path, tmp_path: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "device.json").write_text(json.dumps({"device": "ab" * 16}))
    assert device.known_id() == "ab" * 16
    (folder / "device.json").unlink()
    assert device.device_id() == "ab" * 16


def test_the_id_is_for_nobody_else_to_read_and_lies_alone(folder: Path) -> None:
    device.device_id()
    (there,) = folder.iterdir()
    assert there.stat().st_mode & 0o777 == 0o600


def test_an_id_that_was_emptied_is_told_in_a_sentence(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / "device-id").touch()
    with pytest.raises(OrganiserError, match="is empty; it holds the id of this device"):
        device.device_id()
