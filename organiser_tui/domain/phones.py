"""Telephone numbers: E.164 out of what people write, and back to what they read. Only here is phonenumbers used.

Does no I/O: the ranges kept for fiction are handed in (exchange/fiction.py reads them).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from organiser_tui.domain.folding import join_digit_groups as join_digit_groups
from organiser_tui.domain.phone_writing import Run, holds_mail, runs_in, written_shares
from organiser_tui.words import _


def _loaded_when_asked(name: str) -> Any:
    """The module called `name`, loaded at the first question: most starts of the program ask none of it."""
    if name in sys.modules:
        return sys.modules[name]
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = _loaded_when_asked("phonenumbers")


class PhoneRead(NamedTuple):
    """What became of one number: its E.164 form, or None and the sentence that says why it was not taken."""

    e164: str | None
    extension: str
    written: str  # as it stood, with the label and remark beside it
    reason: str


@dataclass(frozen=True)
class FictionRanges:
    """Numbers kept for fiction or evidently made up: E.164 digits without plus, x for any digit ("447700900xxx")."""

    numbers: tuple[str, ...] = ()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ranges = "|".join(number.replace("x", "[0-9]") for number in self.numbers)
        return re.compile(rf"\+?(?:{ranges})")

    def holds(self, e164: str) -> bool:
        """Whether `e164`, with or without its plus, lies in one of the ranges."""
        return self._pattern.fullmatch(e164) is not None


def may_be_called(e164: str | None, kind: str, standing: str | None, *, work_allowed: bool) -> bool:
    """Whether it is a number at all, neither wrong nor disconnected, and a work number only where that is allowed."""
    return e164 is not None and standing not in ("wrong", "disconnected") and (kind != "work" or work_allowed)


def read_phone(written: str, country: str, fiction: FictionRanges) -> PhoneRead:
    """The one number that `written` holds, `country` (ISO 3166 alpha-2) being at home.

    It is taken when phonenumbers calls it valid or it lies in `fiction`; refused with a reason where there is none,
    and where there are several.
    """
    reads = read_phones(written, country, fiction)
    if len(reads) == 1:
        return reads[0]
    if not reads:
        return PhoneRead(None, "", written, _("No telephone number is written here."))
    return PhoneRead(None, "", written.strip(), _("More than one number is written here; write one."))


def read_phones(cell: str, country: str, fiction: FictionRanges) -> list[PhoneRead]:
    """Every number that `cell` holds, in order, each once; empty for a blank cell.

    A cell without any number that can be taken gives one PhoneRead with the whole cell and the reason. What is not a
    number in a cell that holds one stays in `written` of the number it stands beside.
    """
    text = cell.strip()
    if _ORDINARY.fullmatch(text):
        e164 = _quick_e164(_compact(text), country, fiction)
        if e164 is not None:
            return [PhoneRead(e164, "", text, "")]
    return _read_slowly(cell, country, fiction) if text else []


def _read_slowly(cell: str, country: str, fiction: FictionRanges) -> list[PhoneRead]:
    found: list[tuple[Run, str | None]] = []
    for run in runs_in(cell):
        numbers = [] if run.reason else _numbers_in(run, country, fiction)
        found.extend(numbers or [(run, None)])
    if not any(e164 for _run, e164 in found):
        one_line = " ".join(cell.split())
        if one_line != cell.strip():  # a spreadsheet may break a line within a number
            whole = _read_slowly(one_line, country, fiction)
            if whole[0].e164:
                return whole
        return [PhoneRead(None, "", cell.strip(), _why_not(cell, [run for run, _e164 in found], country))]
    reads: dict[tuple[str | None, str, str], PhoneRead] = {}
    shares = written_shares(cell, [(run.start, run.end) for run, _e164 in found])
    for (run, e164), share in zip(found, shares, strict=True):
        reason = "" if e164 else run.reason or _no_such_number(run.text, country)
        key = (e164, run.extension, "" if e164 else share)
        reads.setdefault(key, PhoneRead(e164, run.extension, share, reason))
    return list(reads.values())


def _why_not(cell: str, runs: list[Run], country: str) -> str:
    """Why there is no number in `cell`, by the first of its `runs`."""
    if not runs:
        return _("It is an e-mail address.") if holds_mail(cell) else _("No telephone number is written here.")
    return runs[0].reason or _no_such_number(runs[0].text, country)


def _no_such_number(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(_compact(text), country)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.TOO_LONG:
            return _("It has too many digits for a telephone number.")
        return _("It cannot be dialled from {country}.").format(country=country)
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.TOO_LONG:
        return _("It has too many digits for a number in {country}.").format(country=_region_of(number, country))
    if possible in (phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        return _("It has too few digits for a number in {country}.").format(country=_region_of(number, country))
    return _("There is no such number in {country}.").format(country=_region_of(number, country))


def _region_of(number: phonenumbers.PhoneNumber, country: str) -> str:
    return country if str(number.country_code) == _plan(country).code else f"+{number.country_code}"


# One number in one of the commonest writings, and no date.
_ORDINARY: Final = re.compile(
    r"(?!\d{4}[-.]\d\d[-.]\d\d$|\d{1,2}/\d{1,2}/\d\d(?:\d\d)?$)"
    r"(?:(?:\+?\d+|\(\d{2,5}\)[ /-]?\d+)(?:[ /-]\d+)*|\d{3,}(?:\.\d{2,4})+)",
    re.ASCII,
)
_PUNCTUATION: Final = {ord(mark): None for mark in " +-/.()\t\xa0"}
_SPACED_SLASH: Final = re.compile(r"\s+/\s+")
_GAP: Final = re.compile(r"[\s/]+")
_FEWEST_OF_TWO: Final = 7  # digits of each of two numbers in one run


def _compact(text: str) -> str:
    digits = text.translate(_PUNCTUATION)
    return f"+{digits}" if "+" in text else digits


def _numbers_in(run: Run, country: str, fiction: FictionRanges) -> list[tuple[Run, str | None]]:
    """The numbers in `run`, two in "041/123-456/031/234-567"; empty for none, or if it can be cut in several ways."""
    if _SPACED_SLASH.search(run.text):
        parts = [(part, _e164(part, country, fiction)) for part in _SPACED_SLASH.split(run.text)]
        if all(e164 for _part, e164 in parts):
            return [(run._replace(text=part), e164) for part, e164 in parts]
    whole = _e164(run.text, country, fiction)
    if whole is not None:
        return [(run, whole)]
    pairs = dict(_pairs_in(run.text, country, fiction))
    if len(pairs) != 1:
        return []
    [(pair, cut)] = pairs.items()
    return [(run._replace(text=part), e164) for part, e164 in zip(cut, pair, strict=True)]


def _pairs_in(text: str, country: str, fiction: FictionRanges) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for gap in _GAP.finditer(text):
        parts = (text[: gap.start()], text[gap.end() :])
        if all(_may_stand_alone(part, country) for part in parts):
            numbers = [_e164(part, country, fiction) for part in parts]
            if all(numbers):
                yield tuple(number or "" for number in numbers), parts


def _may_stand_alone(text: str, country: str) -> bool:
    compact = _compact(text)
    trunk = _plan(country).trunk
    return len(compact) >= _FEWEST_OF_TWO and (not trunk or compact.startswith(("+", trunk)))


def _e164(text: str, country: str, fiction: FictionRanges) -> str | None:
    compact = _compact(text)
    quick = _quick_e164(compact, country, fiction)
    if quick is not None:
        return quick
    slow = _slow_e164(compact, country, fiction)
    if slow is None and "(0)" in text.replace(" ", "") and not compact.startswith("0"):
        return _slow_e164(_compact(re.sub(r"\( ?0 ?\)", "", text)), country, fiction)
    return slow


def _slow_e164(compact: str, country: str, fiction: FictionRanges) -> str | None:
    """What phonenumbers makes of `compact`: its E.164 form if that is valid or fiction."""
    try:
        number = phonenumbers.parse(compact, country)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164 if phonenumbers.is_valid_number(number) or fiction.holds(e164) else None


# phonenumbers takes 30 us to parse a number and find it valid. What follows asks the same patterns of its metadata, but
# only about numbers that leave no question (no carrier code, no lost plus); all others go the slow way.


class _Plan(NamedTuple):
    """How numbers are written in one country."""

    code: str  # calling code, "386"; empty for a country that phonenumbers does not know
    trunk: str  # what is dialled before a national number, "0"; often empty
    trunk_pattern: re.Pattern[str] | None
    abroad_pattern: re.Pattern[str] | None  # what is dialled before a calling code
    plain: bool  # whether the trunk prefix is just taken off


@cache
def _plan(country: str) -> _Plan:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country.upper())
    if metadata is None:
        return _Plan("", "", None, None, plain=False)
    trunk = re.compile(metadata.national_prefix_for_parsing) if metadata.national_prefix_for_parsing else None
    return _Plan(
        str(metadata.country_code),
        metadata.national_prefix or "",
        trunk,
        re.compile(metadata.international_prefix) if metadata.international_prefix else None,
        plain=not metadata.national_prefix_transform_rule and (trunk is None or trunk.groups == 0),
    )


class _Kinds(NamedTuple):
    """The number patterns of one region, each with the lengths it may have."""

    leading: re.Pattern[str] | None
    general: tuple[frozenset[int], re.Pattern[str]]
    kinds: tuple[tuple[frozenset[int], re.Pattern[str]], ...]

    def hold(self, national: str) -> bool:
        length = len(national)
        lengths, general = self.general
        return (
            (not lengths or length in lengths)
            and general.fullmatch(national) is not None
            and any((not own or length in own) and kind.fullmatch(national) for own, kind in self.kinds)
        )


@cache
def _regions(code: str) -> tuple[_Kinds, ...]:
    """The regions of a calling code in the order in which phonenumbers tries them."""
    found = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()):
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        general = _described(metadata.general_desc) if metadata is not None else None
        if metadata is None or general is None:
            continue
        kinds = (
            metadata.mobile, metadata.fixed_line, metadata.voip, metadata.toll_free, metadata.premium_rate,
            metadata.shared_cost, metadata.personal_number, metadata.pager, metadata.uan, metadata.voicemail,
        )  # fmt: skip
        leading = re.compile(metadata.leading_digits) if metadata.leading_digits else None
        found.append(_Kinds(leading, general, tuple(filter(None, map(_described, kinds)))))
    return tuple(found)


def _described(description: phonenumbers.PhoneNumberDesc | None) -> tuple[frozenset[int], re.Pattern[str]] | None:
    if description is None or not description.national_number_pattern:
        return None
    return frozenset(description.possible_length), re.compile(description.national_number_pattern)


def _is_valid(code: str, national: str) -> bool:
    """phonenumbers.is_valid_number() for a calling code and a national number."""
    for region in _regions(code):
        if region.leading is None:
            if region.hold(national):
                return True
        elif region.leading.match(national):
            return region.hold(national)
    return False


def _quick_e164(compact: str, country: str, fiction: FictionRanges) -> str | None:
    """The E.164 form of a plain, valid number; None says only that phonenumbers itself has to be asked."""
    plan = _plan(country)
    abroad = compact[1:] if compact.startswith("+") else None
    if abroad is None and plan.abroad_pattern is not None:
        prefix = plan.abroad_pattern.match(compact)
        if prefix is not None:
            abroad = compact[prefix.end() :]
    if abroad is not None:
        return _quick_abroad(abroad, fiction)
    if not plan.plain or not plan.code or compact.startswith(plan.code):
        return None
    trunk = plan.trunk_pattern.match(compact) if plan.trunk_pattern is not None else None
    national = compact[trunk.end() :] if trunk is not None else compact
    return _taken(plan.code, national, fiction)


def _quick_abroad(digits: str, fiction: FictionRanges) -> str | None:
    code = _calling_code(digits)
    if not code:
        return None
    plan = _plan(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)][0])
    national = digits[len(code) :]
    if plan.code != code or not plan.plain or (plan.trunk_pattern is not None and plan.trunk_pattern.match(national)):
        return None
    return _taken(code, national, fiction)


def _taken(code: str, national: str, fiction: FictionRanges) -> str | None:
    e164 = f"+{code}{national}"
    return e164 if _is_valid(code, national) or fiction.holds(e164) else None


def _calling_code(digits: str) -> str:
    """The calling code that `digits` begin with, empty where they begin with none; no code begins another."""
    if not digits.startswith("0"):
        for length in (3, 2, 1):
            if digits[:length].isdigit() and int(digits[:length]) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
                return digits[:length]
    return ""


@lru_cache(maxsize=4096)
def show_phone(e164: str, country: str) -> str:
    """`e164` as people in `country` read it: "041 123 456" at home, "+358 41 2345678" for a number from elsewhere.

    What is no E.164 number comes back as it is.
    """
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    at_home = str(number.country_code) == _plan(country).code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


FEWEST_AT_THE_END: Final = 4  # digits; by fewer too many are found who are not meant


def search_digits(e164: str) -> tuple[str, ...]:
    """The forms under which `e164` is searched: its digits, and the national ones with and without the trunk zero.

    "+38641123456" gives 38641123456, 041123456 and 41123456; where nothing is dialled before a number, two forms. The
    last one, r65432114, is the number from its end, for who remembers only that.
    """
    digits = e164.removeprefix("+")
    length, trunk = _code_and_trunk(digits[:3])
    if not length:
        return (digits, _from_the_end(digits))
    national = digits[length:]
    from_the_end = _from_the_end(national)
    return (digits, trunk + national, national, from_the_end) if trunk else (digits, national, from_the_end)


def search_beginnings(term: str) -> tuple[str, ...]:
    """What a word may begin with where `term` is looked for: itself, and a number's last digits from the end."""
    if term.isascii() and term.isdigit() and len(term) >= FEWEST_AT_THE_END:
        return (term, _from_the_end(term))
    return (term,)


def digits_sought(terms: Sequence[str]) -> list[str]:
    """Those of the search `terms` that may be part of a number."""
    return [term for term in terms if term.isdigit()]


def number_found(numbers: Sequence[str], terms: Sequence[str]) -> str:
    """The first of `numbers` (E.164) that one of the search `terms` finds by its digits; '' where none does."""
    sought = tuple(begin for term in digits_sought(terms) for begin in search_beginnings(term))
    found = (e164 for e164 in numbers if any(form.startswith(sought) for form in search_digits(e164)))
    return next(found, "") if sought else ""


def _from_the_end(digits: str) -> str:
    return f"r{digits[::-1]}"


@lru_cache(maxsize=1024)
def _code_and_trunk(start: str) -> tuple[int, str]:
    """How long the calling code at the start of a number is, and what is dialled before a national number there."""
    code = _calling_code(start)
    return len(code), _plan(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)][0]).trunk if code else ""
