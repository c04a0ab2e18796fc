"""On which channels people must not be contacted: dated rows, one a channel and the time she said so.

A bar holds while no day stands in `until`: there she took it back. What ended by gone_by was a mistake, or left the
file with her.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.barred import EVERY_CHANNEL

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.store.journal import Deed

_WORD = (
    f"CASE WHEN count(*) > count(b.channel) THEN '{EVERY_CHANNEL}'"
    " ELSE coalesce(group_concat(DISTINCT b.channel ORDER BY b.channel), '') END"
)
"""Of rows `b`: '' for none, "all" where one of them bars every channel, else the channels with commas, in order."""
BARRED_OF = (
    "(SELECT "
    + _WORD
    + " FROM barred_channel b WHERE b.person_id = {person} AND b.gone_by IS NULL AND b.until IS NULL)"
)
"""The channels barred of one `person`, a column."""
_BARRED = (
    f"SELECT p.id, p.given, p.family, p.extra, {_WORD}, p.gone_by IS NOT NULL FROM barred_channel b"
    # What left the file in one deed with her still holds of her.
    " CROSS JOIN person p ON p.id = b.person_id AND (b.gone_by IS NULL OR b.gone_by IS p.gone_by)"
    " WHERE b.until IS NULL{only} GROUP BY p.id"
)
EVERYBODY_BARRED = _BARRED.format(only="")
"""Everybody of whom a channel is barred, and whether she has left the file."""
BARRED_AMONG = _BARRED.format(only=" AND b.person_id IN (SELECT value FROM json_each(?))")
"""Those of them among some, a JSON list of ids."""
BARRED_AND_GONE = _BARRED.format(only=" AND b.gone_by IS NOT NULL")
"""Those of them who have left the file."""


def bar(deed: Deed, person_id: int, channel: str | None, since: str, contact_id: int | None = None) -> None:
    """Note that a person asked on the day `since` (ISO) not to be contacted by a channel, None for every one.

    Whoever says it again says it in a contact of its own: taking one of them back leaves the other.
    """
    deed.insert(
        "barred_channel",
        person_id=person_id,
        channel=channel,
        since=since,
        contact_id=contact_id,
        organiser_id=deed.campaign.organiser_id,
    )


def bars_of(campaign: Campaign, person_id: int) -> list[tuple[int, str | None, str]]:
    """What a person asks now: id, channel (None for every one) and since which day, the oldest first."""
    rows: list[tuple[int, str | None, str]] = campaign.connection.execute(
        "SELECT id, channel, since FROM barred_channel WHERE person_id = ? AND gone_by IS NULL AND until IS NULL"
        " ORDER BY since, id",
        (person_id,),
    ).fetchall()
    return rows


def lift(deed: Deed, bar_id: int) -> None:
    """Note that what was asked in one row holds no more from today on."""
    deed.change("barred_channel", bar_id, until=deed.campaign.today().isoformat())
