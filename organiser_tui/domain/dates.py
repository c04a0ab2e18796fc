"""Dates as people type them: our own small grammar over English, Slovenian and Finnish words.

Reads no clock: `now` is the naive wall time of the campaign's zone. What is not wholly understood is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from organiser_tui.domain.date_phrases import Heard, UnclearError, heard_at_start, heard_in, hour_of_day
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import bare_letters, clean
from organiser_tui.words import _

_LONGEST: Final = 80  # characters; nobody types a longer date
_YEARS_AWAY: Final = 100
_BETWEEN: Final = re.compile(r"[\s,;:.·\-\u2010-\u2015]+")  # what may stand between a moment and its words
_WALL: Final = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T(?P<hour>[0-9]{2}:[0-9]{2}))?")


class Direction(StrEnum):
    """Which of the moments that a text may mean is taken: follow-ups lie ahead, past contacts behind."""

    NEXT = "next"
    LAST = "last"


class Moment(NamedTuple):
    """A day, perhaps with an hour, in the wall time of the campaign's zone."""

    day: date
    hour: time | None = None

    @classmethod
    def at(cls, wall_time: datetime) -> Moment:
        """The minute in which `wall_time` lies."""
        return cls(wall_time.date(), wall_time.time().replace(second=0, microsecond=0))

    @property
    def wall(self) -> str:
        """As it is stored: 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:MM'."""
        return self.day.isoformat() if self.hour is None else f"{self.day.isoformat()}T{self.hour:%H:%M}"


def parse_moment(text: str, now: datetime, direction: Direction) -> Moment:
    """The moment that `text` means, seen from `now` (naive wall time), ahead of it for NEXT, not after it for LAST.

    A weekday is the nearest one in that direction; named on that very day it is a week away, unless an hour puts it
    on the right side of now ("today" is how one says today). "next tue", "ensi ti", "naslednji torek" are Tuesday of
    next week, "last tue" the last one before today. An hour alone is today's or, if that is over, tomorrow's (LAST:
    today's or yesterday's). A date without a year takes the year that puts it on the right side.
    Raises OrganiserError with a sentence that says what was not understood.
    """
    return _read(clean(text), now, direction, words_after=False)[0]


def parse_moment_and_words(text: str, now: datetime, direction: Direction) -> tuple[Moment, str]:
    """The moment at the start of `text`, read as parse_moment reads it, and the words behind it, '' for none.

    "thu 18h bring the forms to Maja" is Thursday at 18:00 and "bring the forms to Maja"; a colon or a dash between
    them is left out. Raises OrganiserError where the start is no moment, or where what follows might belong to it.
    """
    return _read(clean(text), now, direction, words_after=True)


def _read(written: str, now: datetime, direction: Direction, *, words_after: bool) -> tuple[Moment, str]:
    words = ""
    try:
        if not written:
            raise UnclearError(_("nothing was written"))
        if len(written) > _LONGEST and not words_after:
            raise UnclearError(_("it is too long"))
        if words_after:
            heard, words = _heard_before_words(written, now)
        else:
            heard = heard_in(bare_letters(written), now)
        moment = _resolved(heard, direction)
        if abs(moment.day.year - now.year) > _YEARS_AWAY:
            raise UnclearError(_("that is more than a hundred years away"))
    except (OverflowError, ValueError):  # beyond the calendar: 31.4.2027, +9999y
        raise _refusal(written, _("there is no such day"), now, direction) from None
    except UnclearError as unclear:
        raise _refusal(written, unclear.told_of(written), now, direction) from None
    if _on_its_side(moment, now, direction):
        return moment, words
    if direction is Direction.NEXT:
        sentence = _("{moment} is already past; a follow-up needs a day or an hour ahead.")
    else:
        sentence = _("{moment} is still ahead; what has happened needs a day or an hour before now.")
    raise OrganiserError(sentence.format(moment=read_back(moment, now.date())))


def _heard_before_words(written: str, now: datetime) -> tuple[Heard, str]:
    """What is heard at the start of `written`, and what stands behind it as it was typed."""
    bare = bare_letters(written)
    heard, end = heard_at_start(bare, now)
    # Letters without accents may be more or fewer than those typed: the cut is where as much of them has been read.
    cut = next(n for n in range(1, len(written) + 1) if len(bare_letters(written[:n])) >= end)
    if bare_letters(written[:cut]) != bare[:end]:
        raise UnclearError(_("nobody could say what “{rest}” means").format(rest=written[:_LONGEST]))
    return heard, _BETWEEN.sub("", written[cut:], count=1) if _BETWEEN.match(written[cut:]) else written[cut:]


def parse_wall(text: str) -> Moment:
    """The moment stored as 'YYYY-MM-DD' or 'YYYY-MM-DDTHH:MM'; raises OrganiserError for anything else."""
    match = _WALL.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        hour = time.fromisoformat(match["hour"]) if match["hour"] else None
        return Moment(date.fromisoformat(match["day"]), hour)
    except ValueError:
        sentence = _("“{text}” is not a date as the campaign stores it.")
        raise OrganiserError(sentence.format(text=clean(text)[:_LONGEST])) from None


def read_back(moment: Moment, today: date) -> str:
    """`moment` in full, to be checked before it is saved: "Thu 26 Nov 18:00", with the year when it is not this one."""
    words = {"weekday": _weekday_name(moment.day), "day": moment.day.day, "month": _month_name(moment.day)}
    if moment.day.year == today.year:
        day = _("{weekday} {day} {month}").format(**words)
    else:
        day = _("{weekday} {day} {month} {year}").format(**words, year=moment.day.year)
    return day if moment.hour is None else _("{date} {hour}").format(date=day, hour=f"{moment.hour:%H:%M}")


def _weekday_name(day: date) -> str:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[day.weekday()]


def _month_name(day: date) -> str:
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[day.month - 1]  # fmt: skip


def _refusal(written: str, reason: str, now: datetime, direction: Direction) -> OrganiserError:
    if direction is Direction.NEXT:
        sentence = _(
            "“{text}” is not understood: {reason}. "
            "Write for example thu 18h, jutri 17:30, ensi ti, +2d, 12.1. or {day}."
        )
    else:
        sentence = _("“{text}” is not understood: {reason}. Write for example yesterday, sat 18h, -2d, 12.1. or {day}.")
    example = now.date() + _step(direction) * timedelta(days=5)
    return OrganiserError(sentence.format(text=written[:_LONGEST], reason=reason, day=example.isoformat()))


def _resolved(heard: Heard, direction: Direction) -> Moment:
    if heard.day_or_hour is not None:
        _settle_day_or_hour(heard)
        heard.settle_hour()
    days = [heard.day, heard.day_and_month]
    if heard.exact is not None:
        if heard.hour is not None:
            raise UnclearError(_("it names an hour twice"))
        if any(given is not None for given in (*days, heard.weekday, heard.week)):
            raise UnclearError(_("it names a day, and an hour counted from now"))
        return Moment.at(heard.exact)
    if sum(given is not None for given in (*days, heard.week)) > 1:
        raise UnclearError(_("it names a day twice"))
    if heard.day is not None:
        moment = Moment(heard.day, heard.hour)
    elif heard.day_and_month is not None:
        moment = _nearest(_same_day_in_years(*heard.day_and_month, heard.now, direction), heard, direction)
    elif heard.weekday is not None:
        return _on_weekday(heard.weekday, heard, direction)
    elif heard.hour is not None and heard.week is None:
        today, step = heard.now.date(), _step(direction)
        moment = _nearest((today, today + step * timedelta(days=1)), heard, direction)
    else:
        raise UnclearError(_("it does not say which day"))
    if heard.turn is not None:
        raise UnclearError(_("it names a day twice"))
    if heard.weekday is not None and moment.day.weekday() != heard.weekday:
        reason = _("{day} is a {weekday}")
        raise UnclearError(reason.format(day=moment.day.isoformat(), weekday=_weekday_name(moment.day)))
    return moment


def _settle_day_or_hour(heard: Heard) -> None:
    first, second = heard.day_or_hour or (0, "")
    day_known = any(given is not None for given in (heard.day, heard.day_and_month, heard.weekday))
    if day_known and heard.hour is None and len(second) == 2:
        heard.set(hour=hour_of_day(first, int(second)))
    elif heard.hour is not None or len(second) == 1:
        heard.set(day_and_month=(first, int(second)))
    elif int(second) > 12:
        heard.set(hour=hour_of_day(first, int(second)))
    else:
        reason = _("{first}.{second}. would be the day and {first}:{second} the hour")
        raise UnclearError(reason.format(first=first, second=second))


def _on_weekday(weekday: int, heard: Heard, direction: Direction) -> Moment:
    today, step = heard.now.date(), _step(direction)
    monday = today - timedelta(days=today.weekday())
    if heard.week is not None:
        if heard.turn is not None:
            raise UnclearError(_("it names a week twice"))
        return Moment(monday + timedelta(days=7 * heard.week + weekday), heard.hour)
    if heard.turn in (0, 1):
        return Moment(monday + timedelta(days=7 * (heard.turn or 0) + weekday), heard.hour)
    if heard.turn == -1:
        return Moment(today - timedelta(days=(today.weekday() - weekday) % 7 or 7), heard.hour)
    away = step * (weekday - today.weekday()) % 7
    if away == 0 and heard.hour is None:
        away = 7
    near = today + step * timedelta(days=away)
    return _nearest((near, near + step * timedelta(days=7)), heard, direction)


def _same_day_in_years(day: int, month: int, now: datetime, direction: Direction) -> Iterable[date]:
    """The nearest days of that date, in eight years to come or past: 29 February is in one of them."""
    days = []
    for year in range(now.year, now.year + 9 * _step(direction), _step(direction)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if not days:
        raise UnclearError(_("there is no such day"))
    return days


def _nearest(days: Iterable[date], heard: Heard, direction: Direction) -> Moment:
    """The first of `days` that lies on the right side of now at the hour given."""
    moments = [Moment(day, heard.hour) for day in days]
    return next((moment for moment in moments if _on_its_side(moment, heard.now, direction)), moments[-1])


def _on_its_side(moment: Moment, now: datetime, direction: Direction) -> bool:
    if moment.hour is None:
        return moment.day >= now.date() if direction is Direction.NEXT else moment.day <= now.date()
    at = datetime.combine(moment.day, moment.hour)
    return at > now if direction is Direction.NEXT else at <= now


def _step(direction: Direction) -> int:
    return 1 if direction is Direction.NEXT else -1
