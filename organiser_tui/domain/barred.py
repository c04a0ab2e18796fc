"""How the channels on which somebody must not be contacted are written together. Who bars which is not known here."""

from __future__ import annotations

EVERY_CHANNEL = "all"
"""Stands for every channel among those on which somebody must not be contacted."""


def barred_with(held: str, channel: str) -> str:
    """The channels that are barred once `channel` ("all" for every one) is, beside those `held` already."""
    if EVERY_CHANNEL in (held, channel):
        return EVERY_CHANNEL
    return ",".join(sorted({channel, *filter(None, held.split(","))}))


def channels_barred(barred: str) -> list[str | None]:
    """The channels in `barred` ('' for none), one row each; None is every channel."""
    return [None if channel == EVERY_CHANNEL else channel for channel in barred.split(",") if channel]
