"""The contact sheet of a call list as CSV: what a caller needs on paper or in a spreadsheet, and nothing more."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from organiser_tui.domain.clock import wall
from organiser_tui.domain.dates import Moment, parse_wall, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import OUTCOMES
from organiser_tui.domain.phones import show_phone
from organiser_tui.domain.queue import because, blocked_label
from organiser_tui.exchange.cells import safe_cell
from organiser_tui.folders import is_there
from organiser_tui.store.calling import Blocked, Ready, everyone_in_queue
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.person import PersonCard, person_card
from organiser_tui.store.queue import served_as
from organiser_tui.store.sheets import ExportDraft, record_export
from organiser_tui.words import _

DESTROY_AFTER = timedelta(days=30)
_ABROAD = "ZZ"
"""No country: every number is shown as it is dialled from anywhere."""
_LEFT_OUT = ("do not contact", "calls not safe", "deceased", "left the work", "position", "no usable number")


@dataclass
class SheetReport:
    """What was written: how many people, and how many were left out by which reason."""

    path: Path
    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> str:
        """Where they stand, and how many."""
        return _("{path}: {n} people still to be called").format(path=self.path, n=self.written)


def write_sheet(campaign: Campaign, list_id: int, name: str, path: Path) -> SheetReport:
    """Write the people still to be called of a list to `path`, in the order of the queue; it is kept on record.

    UTF-8 with a mark at the front and semicolons, as spreadsheets in Slovenia and Finland expect. A number stands in
    its international writing with spaces, so that it stays text with its + in every spreadsheet. Work numbers that
    were not allowed are left out, and so is everybody who must not be called: they are counted.
    Raises OrganiserError where the file cannot be written or is there already.
    """
    if path.suffix.lower() != ".csv":
        raise OrganiserError(_("A sheet is written as CSV in this version: give a name that ends in .csv."))
    if is_there(path):
        raise OrganiserError(_("{path} is there already; nothing was changed. Choose another name.").format(path=path))
    report = SheetReport(path)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings())
    people = []
    for person, row in _rows(campaign, list_id, report):
        writer.writerow([safe_cell(cell) for cell in row])
        people.append(person)
    report.written = len(people)
    left_out = sum(report.left_out.values())
    destroy_by = (campaign.today() + DESTROY_AFTER).isoformat()
    try:
        _write(path, "\ufeff" + text.getvalue())
        record_export(campaign, ExportDraft(list_id, name, path.name, people, left_out, destroy_by))
    except OSError as error:
        sentence = _("{path} could not be written: {reason}.")
        raise OrganiserError(sentence.format(path=path, reason=error.strerror)) from error
    except OrganiserError:
        path.unlink(missing_ok=True)  # a sheet that is not on record must not lie about
        raise
    return report


def _write(path: Path, text: str) -> None:
    """Write `text` to a file of the owner's alone, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        own = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(own, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _headings() -> list[str]:
    codes = " ".join(outcome.paper for outcome in OUTCOMES)
    return [
        *(_("name"), _("phone"), _("other numbers"), _("provider"), _("place"), _("before calling"), _("why")),
        *(_("last contact"), _("outcome ({codes})").format(codes=codes), _("note")),
    ]


def _rows(campaign: Campaign, list_id: int, report: SheetReport) -> Iterator[tuple[int, Sequence[str]]]:
    """Who stands in the sheet, and her row."""
    everyone = list(everyone_in_queue(campaign, list_id))
    served = served_as(campaign, [entry for entry in everyone if isinstance(entry, Ready)])
    for entry in everyone:
        card = person_card(campaign, entry.person_id)
        if card is None:
            continue
        if not isinstance(entry, Ready) and entry.reason in _LEFT_OUT:
            report.left_out[entry.reason] += 1
            continue
        if isinstance(entry, Ready):
            why = because(served[entry.person_id], campaign.today(), campaign.queue_order)
        else:
            why = _blocked_words(campaign, entry)
        yield entry.person_id, _row(campaign, card, why)


def _blocked_words(campaign: Campaign, entry: Blocked) -> str:
    """What keeps her from being called now, and until when."""
    if not entry.until:
        return blocked_label(entry.reason)
    when = read_back(Moment.at(wall(entry.until, campaign.zone)), campaign.today())
    if entry.reason == "call back later":
        return _("call back later: {when}").format(when=when)
    return _("{reason} until {when}").format(reason=blocked_label(entry.reason), when=when)


def _row(campaign: Campaign, card: PersonCard, why: str) -> Sequence[str]:
    numbers = [show_phone(phone.e164, _ABROAD) for phone in card.usable_phones if phone.e164]
    today = campaign.today().isoformat()
    now = [job for job in card.employments if job.to_day is None or job.to_day >= today]
    at = [job.provider for job in now]
    home = [card.place, campaign.places.municipality_names.get(card.municipality_code, "")]
    places = dict.fromkeys(home if any(home) else [job.place for job in now])
    last = _day_words(campaign, wall(card.last_contact, campaign.zone).date().isoformat()) if card.last_contact else ""
    before = ", ".join(card.discretion(partial(_day_words, campaign)))
    return [
        *(card.name, numbers[0] if numbers else "", ", ".join(numbers[1:]), ", ".join(at)),
        *(", ".join(place for place in places if place), before, why, last, "", ""),
    ]


def _day_words(campaign: Campaign, day: str) -> str:
    """A day (ISO) as every date on the sheet is written."""
    return read_back(parse_wall(day), campaign.today())
