"""Clocks: the one a campaign is handed, and the hybrid logical clock of its journal. Nothing here reads the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.words import _

Now = Callable[[], datetime]
"""Gives the present moment as an aware datetime in UTC."""


class Stamp(NamedTuple):
    """A moment of a hybrid logical clock; stamps as text sort like the moments they stand for."""

    ms: int
    tick: int

    def text(self, device: str) -> str:
        """The stamp as the journal keeps it: milliseconds, counter, the first 8 characters of the device."""
        return f"{self.ms:013d}-{self.tick:04x}-{device[:8]}"


def read_stamp(text: str) -> Stamp:
    """The stamp that `text` stands for."""
    ms, count, _device = text.split("-", 2)
    return Stamp(int(ms), int(count, 16))


def next_stamp(last: Stamp, now: datetime) -> Stamp:
    """The stamp after `last` at wall time `now`; it rises even where the wall clock has gone back."""
    ms = int(now.timestamp() * 1000)
    if ms > last.ms:
        return Stamp(ms, 0)
    if last.tick < 0xFFFF:
        return Stamp(last.ms, last.tick + 1)
    return Stamp(last.ms + 1, 0)


def instant(moment: datetime) -> int:
    """Seconds since 1970 in UTC: how instants are kept."""
    return int(moment.timestamp())


def wall(seconds: int, zone: ZoneInfo) -> datetime:
    """The naive wall time in `zone` at instant `seconds`. Raises OrganiserError for what is no instant."""
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        raise OrganiserError(
            _("{n} is no moment: the file was changed by another program.").format(n=seconds)
        ) from None


def wall_instant(moment: datetime, zone: ZoneInfo) -> int:
    """The instant at which naive wall time `moment` stands in `zone`."""
    return int(moment.replace(tzinfo=zone).timestamp())
