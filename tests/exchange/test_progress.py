"""How far something has come stands on a terminal, and nowhere else."""

from __future__ import annotations

import io

import pytest

from organiser_tui.exchange import progress as module
from organiser_tui.exchange.progress import Progress


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock shows; it is set by the test."""
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def test_nothing_is_said_of_what_is_done_within_a_second(clock: list[float]) -> None:
    screen = Screen()
    progress = Progress(screen)
    clock[0] += 0.9
    progress.say("1 of 2")
    progress.end()
    assert screen.getvalue() == ""


def test_what_takes_longer_says_how_far_it_is_and_takes_the_line_away(clock: list[float]) -> None:
    screen = Screen()
    progress = Progress(screen)
    clock[0] += 1.1
    progress.say("1 of 3")
    progress.say("2 of 3")  # at once: nobody could read it
    clock[0] += 1
    progress.say("3 of 3")
    progress.end()
    assert screen.getvalue() == "\r\x1b[K1 of 3\r\x1b[K3 of 3\r\x1b[K"


def test_nothing_is_said_into_a_file(clock: list[float]) -> None:
    file = io.StringIO()
    progress = Progress(file)
    clock[0] += 100
    progress.say("1 of 2")
    progress.end()
    assert file.getvalue() == ""
