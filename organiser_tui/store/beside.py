"""Lets a second process make what this one writes: half the time where there are two cores. Nothing is written here."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection as Pipe
from typing import Any, TypeVar

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

T = TypeVar("T")
_PIPE_BYTES = 1 << 20


class EndedEarlyError(OrganiserError):
    """The other process is gone before it was done."""


@contextmanager
def made_beside(make: Callable[[], Iterator[T]]) -> Iterator[Iterator[T]]:
    """What `make` gives, made by a forked process; in this one where none can be forked.

    Not forked from another thread than the main one: a screen has threads that it must not meet. `make` must use no
    connection of this process. OrganiserError is raised here as there, EndedEarlyError where it was ended.
    """
    alone = threading.current_thread() is threading.main_thread()
    if not alone or "fork" not in multiprocessing.get_all_start_methods():
        yield make()
        return
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    _widen(sending)
    maker = context.Process(target=_send, args=(sending, receiving, make), daemon=True)
    maker.start()
    sending.close()
    try:
        yield _received(receiving)
    finally:
        receiving.close()
        maker.terminate()
        maker.join()


def _widen(pipe: Pipe) -> None:
    """Let a pipe hold a whole chunk, where the system has a word for that: neither of the two waits for the other."""
    import fcntl  # there is none where no process can be forked

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(PermissionError):  # the system gives each user so much and no more
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _send(sending: Pipe, receiving: Pipe, make: Callable[[], Iterator[Any]]) -> None:
    receiving.close()  # with it open here as well, nobody would tell this process that the other one died
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process hears it too, and ends this one
    try:
        for made in make():
            sending.send(made)
        sending.send(None)
    except OrganiserError as error:
        sending.send(error)
    except BrokenPipeError:
        return  # nobody waits for the rest


def _received(receiving: Pipe) -> Iterator[Any]:
    while True:
        try:
            received = receiving.recv()
        except (EOFError, OSError) as error:  # between two of them, or in the middle of one
            sentence = _("The system ended the work before it was done: perhaps it is short of memory. Try again.")
            raise EndedEarlyError(sentence) from error
        if received is None:
            return
        if isinstance(received, OrganiserError):
            raise received
        yield received
