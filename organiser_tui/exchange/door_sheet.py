"""The sheet at the door of an event: who is awaited, a box for who came, and room for what else is noted there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from organiser_tui.domain.dates import parse_wall, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.phones import show_phone
from organiser_tui.domain.sheets import Holds, Purpose, Sheet, SheetColumn, SheetRow, sorted_last_where_unknown
from organiser_tui.exchange.call_sheet import ABROAD
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_row, guests_of
from organiser_tui.store.sheets import DoorGuest, door_guests
from organiser_tui.words import _

_SPARE_ROWS = 10


def door_sheet(campaign: Campaign, event_id: int) -> Sheet:
    """Everybody of an event who has not said no, by region, provider and name; who said no and came all the same, too.

    It never holds what is noted of anybody: no rating, no card, no history. Raises OrganiserError where the event is no
    longer in the file or was called off.
    """
    event = event_row(campaign, event_id)
    when = read_back(parse_wall(event.starts), campaign.today())
    if event.cancelled_on is not None:
        raise OrganiserError(_("{name} on {day} was called off: it has no door.").format(name=event.name, day=when))
    awaited = [guest for guest in guests_of(campaign, event_id) if guest.came or not guest.stays_away]
    known = door_guests(campaign, event_id, [guest.id for guest in awaited])
    left_out = Counter(guest.left_out for guest in known.values() if guest.left_out)
    named = [guest for guest in awaited if guest.id in known and not known[guest.id].left_out]
    # Those of one region and provider stay in the order of names, in which they come.
    named.sort(key=lambda guest: sorted_last_where_unknown((known[guest.id].region, guest.provider)))
    return Sheet(
        purpose=Purpose.DOOR,
        name=event.name,
        columns=_columns(),
        rows=[SheetRow(guest.id, _cells(guest.name, guest.provider, known[guest.id])) for guest in named],
        made_on=campaign.today(),
        about=" · ".join(filter(None, (when, event.place))),
        spare_rows=_SPARE_ROWS,
        left_out=left_out,
        numbers_left_out=sum(known[guest.id].numbers_kept for guest in named),
    )


def _columns() -> Sequence[SheetColumn]:
    return [
        SheetColumn(_("came"), 14, Holds.BOX),
        SheetColumn(_("name"), 64, Holds.NAME),
        SheetColumn(_("phone"), 38, Holds.PHONE),
        SheetColumn(_("region"), holds=Holds.GROUP),
        SheetColumn(_("provider"), holds=Holds.GROUP),
        SheetColumn(_("brought by"), 46, Holds.BLANK),
        SheetColumn(_("card"), 14, Holds.BOX),
        SheetColumn(_("task"), 44, Holds.BLANK),
        SheetColumn(_("note"), 48, Holds.BLANK),
    ]


def _cells(name: str, provider: str, guest: DoorGuest) -> tuple[str, ...]:
    came = _("yes") if guest.came else ""
    phone = show_phone(guest.phone, ABROAD) if guest.phone else ""
    return (came, name, phone, guest.region, provider, "", "", "", "")
