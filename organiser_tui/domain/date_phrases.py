"""The phrases of the grammar of dates, and what each of them says; dates.py makes a moment of them.

Everything here works on text without case and accents. Holds no decision about what lies ahead or behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from dateutil.relativedelta import relativedelta

from organiser_tui.domain import date_words
from organiser_tui.domain.folding import bare_letters
from organiser_tui.words import _

_SEPARATORS: Final = " ,;:.·-"
_PARTED: Final = re.compile(r" *[:;·]|,? +- ")
"""Parts a moment from what it is about so plainly that a number may follow."""


class UnclearError(Exception):
    """Why a text is refused, without the text: the second half of the sentence.

    A `reason` with a place for {rest} is about the end of the text from `rest` on, which is without case and accents.
    """

    def __init__(self, reason: str, rest: str = "") -> None:
        super().__init__(reason)
        self._reason = reason
        self._rest = rest

    def told_of(self, written: str) -> str:
        """The reason, in which what is meant of `written` stands as it was typed."""
        if not self._rest:
            return self._reason
        if self._rest == bare_letters(written):
            return _("nobody could say what it means")  # the whole of it has just been named
        typed = (written[n:].strip() for n in reversed(range(len(written))) if bare_letters(written[n:]) == self._rest)
        return self._reason.format(rest=next(typed, self._rest))


@dataclass(slots=True)
class Heard:
    """What the phrases of one text say, each at most once; `now` is the naive wall time they are said at."""

    now: datetime
    day: date | None = None
    day_and_month: tuple[int, int] | None = None
    weekday: int | None = None
    turn: int | None = None
    week: int | None = None
    hour: time | None = None
    exact: datetime | None = None
    day_or_hour: tuple[int, str] | None = None  # "12.10": the 12th of October or ten past twelve
    part: str | None = None  # of the day, by which one of two hours is meant
    spoken: bool = False  # the hour was said in a word: "at six"
    plain: bool = False  # the hour is one of twenty-four: said with am or pm, or written 06:00

    @property
    def names_day(self) -> bool:
        """Whether a day was said, and not an hour alone."""
        said = (self.day, self.day_and_month, self.weekday, self.week, self.exact, self.day_or_hour)
        return any(given is not None for given in said)

    @property
    def names_hour(self) -> bool:
        """Whether an hour was said, or what may be one ("6.30")."""
        return self.hour is not None or (self.day_or_hour is not None and len(self.day_or_hour[1]) == 2)

    def set_part(self, part: str) -> None:
        """Keep the part of the day; raises UnclearError where another one was said before."""
        if self.part not in (None, part):
            raise UnclearError(_("it names two parts of the day"))
        self.part = part

    def settle_hour(self) -> None:
        """Take the hour for the one that is meant in the part of the day; raises UnclearError where that is none."""
        if self.hour is None:
            return
        hour = self.hour.hour
        if self.part is None and self.spoken:
            reason = _("it may be in the morning or in the evening; write {hour}h or {later}h")
            raise UnclearError(reason.format(hour=hour, later=hour % 12 + 12))
        meant = {"morning": range(12), "afternoon": range(12, 19), "evening": range(17, 24), "night": range(-4, 6)}
        hours = meant.get(self.part or "", range(24))
        either = (hour, hour + 12) if 1 <= hour <= 11 and not self.plain else (hour,)
        fitting = [one for one in either if one in hours or one - 24 in hours]
        if not fitting:
            raise UnclearError(_("there is no hour {hour} in that part of the day").format(hour=hour))
        self.hour = self.hour.replace(hour=fitting[0])

    def set(self, **found: object) -> None:
        """Keep what was found, by field; raises UnclearError for what was said before."""
        for name, value in found.items():
            if getattr(self, name) is not None:
                raise UnclearError(_("it names an hour twice") if name == "hour" else _("it names a day twice"))
            setattr(self, name, value)


def heard_in(bare: str, now: datetime) -> Heard:
    """What the phrases of `bare` say, a text without case and accents.

    Raises UnclearError at the first words that are no phrase, ValueError or OverflowError for a day that there is not.
    """
    heard, end = _heard_until(bare, now, words_after=False)
    rest = bare[end:].lstrip(" ,")
    if rest:
        raise UnclearError(_("nobody could say what “{rest}” means"), rest)
    return heard


def heard_at_start(bare: str, now: datetime) -> tuple[Heard, int]:
    """What the phrases at the start of `bare` say, and where the last of them ends; words may stand behind them.

    Raises as heard_in does, and UnclearError where there is no phrase at the start, or where the words behind might
    belong to the moment ("thu 18h 30", "12.1. 13.1."): they must not be taken for words without anybody noticing.
    """
    heard, end = _heard_until(bare, now, words_after=True)
    rest = bare[end:]
    about = rest.lstrip(_SEPARATORS)
    if not about:
        return heard, len(bare)
    if end == 0:
        raise UnclearError(_("nobody could say what “{rest}” means"), bare)
    if rest[0] not in _SEPARATORS or not re.search("[^\\W\\d_]", about):
        raise UnclearError(_("nobody could say what “{rest}” means"), about)
    first, _blank, others = about.partition(" ")
    parted = bool(_PARTED.match(rest))
    phrase = _phrase_at(about, 0)
    belongs = phrase is not None and not _is_plain_word(about, 0, phrase[0].end())
    belongs = belongs or (first in date_words.BETWEEN_MOMENTS and _begins_like_moment(others))
    if heard.hour is None and heard.exact is None and not parted:
        if first in date_words.DAY_PARTS or re.match(rf"(?:in the |at ){_PART}\b", about):
            raise UnclearError(_("“{rest}” is no hour: write which one, or put a colon before what it is about"), first)
        second = others.partition(" ")[0]
        hour = about in date_words.HOUR_WORDS or second in date_words.HOUR_WORDS
        # "at half past five"
        belongs = belongs or (first in date_words.HOUR_PREFIXES and second in date_words.BEFORE_HOURS)
        belongs = belongs or first in date_words.BEFORE_HOURS or (hour and first in {*date_words.HOUR_PREFIXES, about})
    if belongs or (about[0] in "0123456789+/" and not parted):
        reason = _("“{rest}” may say when, or what: write an hour as 18h, and a colon before what it is about")
        if parted:
            reason = _("“{rest}” may still belong to the moment; what it is about begins with a word")
        raise UnclearError(reason, about)
    return heard, end


def _begins_like_moment(bare: str) -> bool:
    return bare[:1].isdigit() or _phrase_at(bare, 0) is not None


def _phrase_at(bare: str, at: int) -> tuple[re.Match[str], _Take] | None:
    return next(((match, take) for pattern, take in _phrases() if (match := pattern.match(bare, at))), None)


def _is_plain_word(bare: str, start: int, end: int) -> bool:
    """Whether a day word is an ordinary word as well, and words that are no phrase follow it: "to bring the forms"."""
    after = bare[end:].lstrip(" ,")
    return bare[start:end] in date_words.ALSO_PLAIN_WORDS and after[:1].isalpha() and _phrase_at(after, 0) is None


def _heard_until(bare: str, now: datetime, *, words_after: bool) -> tuple[Heard, int]:
    """What is heard up to the first words that are no phrase, and where the last phrase ends."""
    heard, at, end = Heard(now), 0, 0
    while at < len(bare):
        if bare[at] in " ,":
            at += 1
            continue
        phrase = _phrase_at(bare, at)
        if phrase is None:
            break
        match, take = phrase
        if words_after and _is_plain_word(bare, at, match.end()):
            if heard.names_day:
                break
            if not end:
                reason = _("“{word}” may be a day or an ordinary word; where it is the day, put a colon behind it")
                raise UnclearError(reason.format(word=match.group()))
            reason = _("“{word}” may be a day or begin what it is about; write which day, or a colon before it")
            raise UnclearError(reason.format(word=match.group()))
        take(match, heard)
        at = end = match.end()
        behind = _part_behind().match(bare, at) if heard.names_hour else None
        if behind is not None:
            heard.set_part(date_words.DAY_PARTS[behind["part"]])
            at = end = behind.end()
    heard.settle_hour()
    return heard, end


def hour_of_day(hour: int, minute: int = 0, half: str = "") -> time:
    """The time `hour`:`minute`, `half` being "am", "pm" or empty; raises UnclearError for 25:00 and 13 pm."""
    if half:
        if not 1 <= hour <= 12:
            raise UnclearError(_("there is no hour {hour} {half}").format(hour=hour, half=half))
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise UnclearError(_("there is no hour {hour}:{minute}").format(hour=hour, minute=f"{minute:02}"))
    return time(hour, minute)


# What each phrase says; the named groups are those of its pattern below.


def _part(match: re.Match[str], name: str) -> str | None:
    """The group `name`, None where the phrase has no such group or it stayed empty."""
    return match.groupdict().get(name)


def _take_iso(match: re.Match[str], heard: Heard) -> None:
    heard.set(day=date(int(match["year"]), int(match["month"]), int(match["day"])))
    if match["hour"]:
        heard.set(hour=hour_of_day(int(match["hour"]), int(match["minute"])))
        heard.plain = True


def _take_date(match: re.Match[str], heard: Heard) -> None:
    month = date_words.MONTHS.get(match["month"]) or int(match["month"])
    _set_date(int(match["day"]), month, _part(match, "year"), heard)


def _take_slashes(match: re.Match[str], heard: Heard) -> None:
    first, second = int(match["day"]), int(match["month"])
    if first <= 12 and second <= 12 and first != second:
        raise UnclearError(_("the day and the month may be either way round in {date}").format(date=match.group()))
    _set_date(max(first, second), min(first, second), _part(match, "year"), heard)


def _set_date(day: int, month: int, year: str | None, heard: Heard) -> None:
    if year is None:
        heard.set(day_and_month=(day, month))
    else:
        heard.set(day=date(int(year) + (2000 if len(year) == 2 else 0), month, day))


def _take_signed(match: re.Match[str], heard: Heard) -> None:
    _shift(1 if match["sign"] == "+" else -1, match, heard)


def _take_ahead(match: re.Match[str], heard: Heard) -> None:
    _shift(1, match, heard)


def _take_back(match: re.Match[str], heard: Heard) -> None:
    _shift(-1, match, heard)


def _shift(sign: int, match: re.Match[str], heard: Heard) -> None:
    number, unit = match["number"], date_words.UNITS[match["unit"]]
    if number is None and match["unit"] not in date_words.SINGLE_UNITS:
        raise UnclearError(_("it does not say how many “{unit}”").format(unit=match["unit"]))
    count = sign * (1 if number is None else date_words.NUMBERS.get(number) or int(number))
    if unit in ("hours", "minutes"):
        heard.set(exact=heard.now + timedelta(**{unit: count}))
    elif unit in ("days", "weeks"):
        heard.set(day=heard.now.date() + timedelta(**{unit: count}))
    else:
        months = count * (12 if unit == "years" else 1)
        heard.set(day=heard.now.date() + relativedelta(months=months))


def _take_day_word(match: re.Match[str], heard: Heard) -> None:
    heard.set(day=heard.now.date() + timedelta(days=date_words.DAY_WORDS[match["word"]]))
    part = date_words.PARTS_OF_DAY_WORDS.get(match["word"])
    if part is not None:
        heard.set_part(part)


def _take_week(match: re.Match[str], heard: Heard) -> None:
    heard.set(week=date_words.WEEK_WORDS[match["word"]])


def _take_weekday(match: re.Match[str], heard: Heard) -> None:
    heard.set(weekday=date_words.WEEKDAYS[match["weekday"]])
    if match["turn"]:
        heard.set(turn=date_words.TURN_WORDS[match["turn"]])


def _take_hour(match: re.Match[str], heard: Heard) -> None:
    half = (_part(match, "half") or "").replace(".", "")
    heard.set(hour=hour_of_day(int(match["hour"]), int(_part(match, "minute") or 0), half))
    heard.plain = bool(half) or match["hour"].startswith("0")


def _take_spoken(match: re.Match[str], heard: Heard) -> None:
    hours = date_words.SPOKEN_HOURS | date_words.SPOKEN_ALONE
    heard.set(hour=time(hours[match["spoken"]]))
    heard.spoken = True


def _take_part(match: re.Match[str], heard: Heard) -> None:
    heard.set_part(date_words.DAY_PARTS[match["part"]])


def _take_noon(match: re.Match[str], heard: Heard) -> None:
    heard.set(hour=time(12))


def _take_now(match: re.Match[str], heard: Heard) -> None:
    heard.set(exact=heard.now)


def _take_day_or_hour(match: re.Match[str], heard: Heard) -> None:
    heard.set(day_or_hour=(int(match["first"]), match["second"]))


_Take = Callable[[re.Match[str], Heard], None]


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


def _phrase(pattern: str, take: _Take) -> tuple[re.Pattern[str], _Take]:
    """A phrase that ends where the word ends, and what it does."""
    return re.compile(pattern + r"(?![0-9a-z])", re.ASCII), take


_COUNT: Final = rf"(?:(?P<number>[0-9]{{1,4}}|{_any(date_words.NUMBERS)}) ?)?(?P<unit>{_any(date_words.UNITS)})"
_MONTH: Final = rf"(?P<month>{_any(date_words.MONTHS)})\.?"
_YEAR: Final = r"(?:,? (?P<year>\d{4})(?![:.]\d))?"
_ORDINAL: Final = r"(?:st|nd|rd|th)"
_PART: Final = rf"(?P<part>{_any(date_words.DAY_PARTS)})"
# "6 in the evening", "6 zvečer"; but "6h evening shift" is about an evening shift.
_ENGLISH: Final = _any(set(date_words.DAY_PARTS.values()))
_BEHIND: Final = rf"[ ,]+(?:(?:in the |at )(?={_ENGLISH}\b)|(?!{_ENGLISH})|(?={_ENGLISH}$)){_PART}(?![0-9a-z])"
_HOUR_AHEAD: Final = (
    rf"(?= (?:{_any(date_words.HOUR_PREFIXES)}\.? ?(?:\d|{_any(date_words.SPOKEN_HOURS)})"
    rf"|\d|{_any(date_words.SPOKEN_ALONE)}))"
)


@cache
def _part_behind() -> re.Pattern[str]:
    """The part of the day behind an hour: "6 zvečer", "6 in the evening", "10 at night"."""
    return re.compile(_BEHIND, re.ASCII)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], _Take], ...]:
    """Every phrase, in the order they are tried; compiled when first a date is typed, which takes 15 ms."""
    return (
        _phrase(
            r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:t(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?)?", _take_iso
        ),
        _phrase(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)\.?(?![:.]\d)", _take_date),
        _phrase(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. (?P<year>\d{4})\.?(?![:.]\d)", _take_date),
        _phrase(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.", _take_date),
        _phrase(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?!/)", _take_slashes),
        _phrase(rf"(?P<day>\d{{1,2}})(?:\.|{_ORDINAL})? ?(?:of )?{_MONTH}{_YEAR}", _take_date),
        _phrase(rf"{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL}?(?!:|\.\d| ?[hap]){_YEAR}", _take_date),
        _phrase(rf"(?P<sign>[+-]) ?{_COUNT}", _take_signed),
        _phrase(rf"{_any(date_words.AHEAD_BEFORE)} {_COUNT}(?: dni)?", _take_ahead),
        _phrase(rf"{_COUNT} {_any(date_words.AHEAD_AFTER)}", _take_ahead),
        _phrase(rf"{_any(date_words.BACK_BEFORE)} {_COUNT}(?: dni)?", _take_back),
        _phrase(rf"{_COUNT} {_any(date_words.BACK_AFTER)}", _take_back),
        _phrase(rf"(?P<word>{_any(date_words.DAY_WORDS)})", _take_day_word),
        _phrase(rf"(?P<word>{_any(date_words.WEEK_WORDS)})", _take_week),
        _phrase(
            rf"(?:{_any(date_words.DAY_PREFIXES)} )?(?:(?P<turn>{_any(date_words.TURN_WORDS)}) )?"
            rf"(?P<weekday>{_any(date_words.WEEKDAYS)})\.?",
            _take_weekday,
        ),
        _phrase(
            rf"{_any(date_words.HOUR_PREFIXES)}\.? ?(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d))?(?!\.\d)"
            r"(?: ?(?P<half>am|pm|a\.m\.|p\.m\.)| ?h|ih|\.? uri)?",
            _take_hour,
        ),
        _phrase(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.)", _take_hour),
        _phrase(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: ?h)?(?!:)", _take_hour),
        _phrase(r"(?P<hour>\d{1,2})(?:\.(?P<minute>\d\d))? ?h", _take_hour),
        _phrase(r"(?P<hour>\d{1,2})h(?P<minute>\d\d)", _take_hour),
        _phrase(rf"(?:at )?{_any(date_words.NOON)}", _take_noon),
        _phrase(_any(date_words.NOW), _take_now),
        # "jutri zvečer ob 6", and behind an hour wherever _part_behind() finds it.
        _phrase(rf"(?:in the )?{_PART}{_HOUR_AHEAD}", _take_part),
        _phrase(rf"{_any(date_words.HOUR_PREFIXES)} (?P<spoken>{_any(date_words.SPOKEN_HOURS)})", _take_spoken),
        _phrase(rf"(?P<spoken>{_any(date_words.SPOKEN_ALONE)})", _take_spoken),
        _phrase(rf"(?P<hour>\d{{1,2}})(?={_BEHIND})", _take_hour),
        _phrase(rf"(?P<spoken>{_any(date_words.SPOKEN_HOURS)})(?={_BEHIND})", _take_spoken),
        _phrase(r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})(?!\.)", _take_day_or_hour),
    )
