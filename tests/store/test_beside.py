"""What a second process makes arrives here; one that is killed is told, whenever it happens."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import beside
from organiser_tui.store.beside import EndedEarlyError, made_beside


def test_everything_arrives_in_its_order() -> None:
    with made_beside(lambda: iter([1, 2, "three"])) as made:
        assert list(made) == [1, 2, "three"]


def test_a_refusal_there_is_a_refusal_here() -> None:
    def refusing() -> Iterator[int]:
        yield 1
        raise OrganiserError("no")

    with made_beside(refusing) as made:
        assert next(made) == 1
        with pytest.raises(OrganiserError, match="no"):
            next(made)


def test_a_process_killed_between_two_things_is_told() -> None:
    def dying() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    with made_beside(dying) as made:
        assert next(made) == 1
        with pytest.raises(EndedEarlyError):
            next(made)


def test_a_process_killed_in_the_middle_of_one_is_told_too() -> None:
    class HalfAMessage:
        def recv(self) -> Any:
            raise OSError("got end of file during message")

    with pytest.raises(EndedEarlyError):
        next(beside._received(HalfAMessage()))  # type: ignore[arg-type]
