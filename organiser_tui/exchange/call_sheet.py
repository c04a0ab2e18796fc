"""The sheet from which a list is called: who is still to be called, and room for what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from organiser_tui.domain.clock import wall
from organiser_tui.domain.dates import Moment, parse_wall, read_back
from organiser_tui.domain.outcomes import OUTCOMES, outcome_label
from organiser_tui.domain.phones import may_be_called, show_phone
from organiser_tui.domain.queue import because, blocked_label
from organiser_tui.domain.sheets import REPRISAL, Holds, Purpose, Sheet, SheetColumn, SheetRow
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.queue import served_as
from organiser_tui.store.sheets import met_with_reprisal
from organiser_tui.words import _

ABROAD = "ZZ"
"""No country: every number is shown as it is dialled from anywhere."""
_LEFT_OUT = ("do not contact", "calls not safe", "deceased", "left the work", "position", "no usable number")


def call_sheet(campaign: Campaign, list_id: int, name: str) -> Sheet:
    """The people still to be called of a list, in the order of the queue.

    Work numbers that were not allowed are left out, and so is everybody who must not be called or met with a reprisal:
    they are counted.
    """
    left_out: Counter[str] = Counter()
    rows, numbers_kept = [], 0
    for card, why in _people(campaign, list_id, left_out):
        rows.append(SheetRow(card.id, _cells(campaign, card, why)))
        numbers_kept += _work_numbers_kept(card)
    legend = ", ".join(f"{outcome.paper} {outcome_label(outcome.effect)}" for outcome in OUTCOMES)
    return Sheet(
        purpose=Purpose.CALL,
        name=name,
        columns=_columns(),
        rows=rows,
        made_on=campaign.today(),
        about=read_back(Moment(campaign.today()), campaign.today()),
        legend=legend,
        number_heading=_("turn"),
        list_id=list_id,
        left_out=left_out,
        numbers_left_out=numbers_kept,
    )


def _columns() -> Sequence[SheetColumn]:
    codes = " ".join(outcome.paper for outcome in OUTCOMES)
    return [
        SheetColumn(_("name"), 42, Holds.NAME),
        SheetColumn(_("phone"), 34, Holds.PHONE),
        SheetColumn(_("other numbers"), 32, Holds.PHONE),
        SheetColumn(_("region"), holds=Holds.GROUP),
        SheetColumn(_("provider"), holds=Holds.GROUP),
        SheetColumn(_("place"), 28),
        SheetColumn(_("before calling"), 30),
        SheetColumn(_("why"), 44),
        SheetColumn(_("last contact"), 20),
        SheetColumn(_("outcome ({codes})").format(codes=codes), 20, Holds.BLANK, _("outcome")),
        SheetColumn(_("note"), 44, Holds.BLANK),
    ]


def _people(campaign: Campaign, list_id: int, left_out: Counter[str]) -> Iterator[tuple[PersonCard, str]]:
    """Who stands in the sheet, and why she is called, or what keeps her from being called now."""
    everyone = list(everyone_in_queue(campaign, list_id))
    served = served_as(campaign, [entry for entry in everyone if isinstance(entry, Ready)])
    named_nowhere = met_with_reprisal(campaign)
    for entry in everyone:
        card = person_card(campaign, entry.person_id)
        if card is None:
            continue
        if not isinstance(entry, Ready) and entry.reason in _LEFT_OUT:
            left_out[entry.reason] += 1
        elif card.id in named_nowhere:
            left_out[REPRISAL] += 1
        elif isinstance(entry, Ready):
            yield card, because(served[entry.person_id], campaign.today(), campaign.queue_order)
        else:
            yield card, _blocked_words(campaign, entry)


def _blocked_words(campaign: Campaign, entry: Blocked) -> str:
    """What keeps her from being called now, and until when."""
    if not entry.until:
        return blocked_label(entry.reason)
    when = read_back(Moment.at(wall(entry.until, campaign.zone)), campaign.today())
    if entry.reason == "call back later":
        return _("call back later: {when}").format(when=when)
    return _("{reason} until {when}").format(reason=blocked_label(entry.reason), when=when)


def _work_numbers_kept(card: PersonCard) -> int:
    usable = {phone.id for phone in card.usable_phones}
    return sum(
        may_be_called(phone.e164, phone.kind, phone.standing, work_allowed=True)
        for phone in card.phones
        if phone.id not in usable
    )


def _cells(campaign: Campaign, card: PersonCard, why: str) -> tuple[str, ...]:
    numbers = [show_phone(phone.e164, ABROAD) for phone in card.usable_phones if phone.e164]
    today = campaign.today().isoformat()
    now = [job for job in card.employments if job.to_day is None or job.to_day >= today]
    at = [job.provider for job in now]
    home = [card.place, campaign.places.municipality_names.get(card.municipality_code, "")]
    places = dict.fromkeys(home if any(home) else [job.place for job in now])
    last = _day_words(campaign, wall(card.last_contact, campaign.zone).date().isoformat()) if card.last_contact else ""
    before = ", ".join(card.discretion(partial(_day_words, campaign)))
    return (
        *(card.name, numbers[0] if numbers else "", ", ".join(numbers[1:]), card.region, ", ".join(at)),
        *(", ".join(place for place in places if place), before, why, last, "", ""),
    )


def _day_words(campaign: Campaign, day: str) -> str:
    """A day (ISO) as every date on the sheet is written."""
    return read_back(parse_wall(day), campaign.today())
