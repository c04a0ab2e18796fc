"""How the lines of a person's form are read: numbers, addresses, days, hours. Each says what is wrong in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from organiser_tui.domain.date_phrases import hour_of_day
from organiser_tui.domain.date_words import MONTHS
from organiser_tui.domain.dates import Direction, Moment, parse_moment, read_back
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import bare_letters, clean
from organiser_tui.domain.people import PhoneDraft, kind_of_number
from organiser_tui.domain.phones import PhoneRead, read_phone, show_phone
from organiser_tui.exchange.fiction import fiction_ranges
from organiser_tui.store.person import PhoneLine
from organiser_tui.words import _

_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d\d)")
_MONTH: Final = re.compile(
    r"(?P<month>0?[1-9]|1[0-2])\s*[./-]\s*(?P<year>(?:19|20)\d\d)|(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])"
)
_NAMED_MONTH: Final = re.compile(rf"(?P<month>{'|'.join(MONTHS)})\.? (?P<year>(?:19|20)\d\d)")
_HALF_OF_DAY: Final = re.compile(r"(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>am|pm)")
_HOUR: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?\s*h?")
_ADDRESS: Final = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+")


def read_pair(text: str) -> tuple[str, str] | None:
    """A name and a value that are divided by a colon, None for an empty line; raises OrganiserError for anything else.

    "Membership: 1234" is ("Membership", "1234").
    """
    name, _colon, value = (clean(part) for part in text.partition(":"))
    if not name and not value:
        return None
    if not name or not value:
        raise OrganiserError(_("Write a name, a colon and what stands in it, for example Shoe size: 42."))
    return name, value


def pair_read_back(text: str) -> str:
    """Nothing to say of a pair that is one; raises as read_pair does."""
    read_pair(text)
    return ""


def phone_shown(phone: PhoneLine, country: str) -> str:
    """A kept number as it stands in the form; unchanged it is read back as itself."""
    if phone.e164 is None:
        return phone.written
    extension = f" ext {phone.extension}" if phone.extension else ""
    kind = f" {phone.kind}" if phone.kind else ""
    return f"{show_phone(phone.e164, country)}{extension}{kind}"


class NumberReader:
    """Reads the numbers of one person; those she has already are taken as they are kept, even where they are none."""

    def __init__(self, country: str, held: Sequence[PhoneLine] = ()) -> None:
        self._country = country
        self._held = {
            clean(phone_shown(phone, country)): PhoneDraft(
                PhoneRead(phone.e164, phone.extension, phone.written, _("It is no number.")), phone.kind
            )
            for phone in held
        }

    def read(self, text: str) -> PhoneDraft | None:
        """The number in a line, with its kind; None for an empty line.

        Raises OrganiserError where it holds none, or several.
        """
        line = clean(text)
        if not line:
            return None
        if line in self._held:
            return self._held[line]
        read = read_phone(line, self._country, fiction_ranges())
        if read.e164 is None:
            raise OrganiserError(_("“{text}”: {reason}").format(text=line[:40], reason=read.reason))
        return PhoneDraft(read, kind_of_number(line))

    def read_back(self, text: str) -> str:
        """How a line is read, where that is not as it stands."""
        phone = self.read(text)
        if phone is None or phone.read.e164 is None:
            return ""
        shown = f"{show_phone(phone.read.e164, self._country)} {phone.kind}".strip()
        return "" if shown == clean(text) else shown


def addresses(text: str) -> tuple[str, ...]:
    """The e-mail addresses of a line; raises OrganiserError that names the one that is none."""
    found = [part for part in re.split(r"[\s,;]+", clean(text)) if part]
    for part in found:
        if _ADDRESS.fullmatch(part) is None:
            raise OrganiserError(_("“{text}” is not an e-mail address.").format(text=part[:60]))
    return tuple(dict.fromkeys(found))


def read_day(text: str, now: datetime, toward: Direction = Direction.LAST) -> str | None:
    """A day as ISO text, None for an empty line; a year or a month alone is its first day.

    What could be either ("mon", "24.12.") is the one that lies `toward`. Raises OrganiserError for what is no date.
    """
    line = clean(text)
    if not line:
        return None
    year, month, named = _YEAR.fullmatch(line), _MONTH.fullmatch(line), _NAMED_MONTH.fullmatch(bare_letters(line))
    if year is not None:
        return date(int(year["year"]), 1, 1).isoformat()
    if named is not None:
        return date(int(named["year"]), MONTHS[named["month"]], 1).isoformat()
    if month is not None:
        return date(int(month["year"] or month["y"]), int(month["month"] or month["m"]), 1).isoformat()
    for direction in (toward, Direction.NEXT if toward is Direction.LAST else Direction.LAST):
        try:
            return parse_moment(line, now, direction).day.isoformat()
        except OrganiserError:
            continue
    sentence = _(
        "“{text}” is no date. Write for example 2021, 11.2021, 3.11.2021 or 2021-11-03; leave it empty if unknown."
    )
    raise OrganiserError(sentence.format(text=line[:40]))


def day_read_back(text: str, now: datetime, toward: Direction = Direction.LAST) -> str:
    """The day in full; raises as read_day does."""
    day = read_day(text, now, toward)
    return "" if day is None or day == clean(text) else read_back(Moment(date.fromisoformat(day)), now.date())


def read_hour(text: str) -> str | None:
    """An hour as HH:MM, None for an empty line; raises OrganiserError for what is none."""
    line = clean(text)
    if not line:
        return None
    hour = _HOUR.fullmatch(line)
    half = _HALF_OF_DAY.fullmatch(line.lower())
    if half is not None:
        return f"{hour_of_day(int(half['hour']), int(half['minute'] or 0), half['half']):%H:%M}"
    if hour is None:
        raise OrganiserError(_("“{text}” is no hour. Write for example 17 or 17:30.").format(text=line[:40]))
    return f"{int(hour['hour']):02d}:{hour['minute'] or '00'}"


def hour_read_back(text: str) -> str:
    """The hour as it is kept; raises as read_hour does."""
    hour = read_hour(text)
    return "" if hour is None or hour == clean(text) else hour
