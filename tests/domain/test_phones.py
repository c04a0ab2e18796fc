"""Telephone numbers in every writing; phone_formats.csv holds 242 of them with what each must become."""

from __future__ import annotations

import csv
import string
import time
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organiser_tui.domain import phones
from organiser_tui.domain.phones import FictionRanges, may_be_called, read_phone, read_phones, search_digits, show_phone
from organiser_tui.exchange.fiction import fiction_ranges

NO_FICTION = FictionRanges()
COUNTRIES = ("SI", "FI", "GB", "DE", "AT", "HR", "IT", "SE", "EE", "BA", "RS", "US", "FR", "IM", "AX", "HU")


def _formats() -> list[dict[str, str]]:
    with Path(__file__).with_name("phone_formats.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_all_spellings_are_there() -> None:
    assert len(_formats()) == 242


@pytest.mark.parametrize("row", _formats(), ids=lambda row: f"{row['default_region']} {row['written']!r}")
def test_every_spelling(row: dict[str, str]) -> None:
    reads = read_phones(row["written"], row["default_region"], fiction_ranges())
    assert ";".join(read.e164 for read in reads if read.e164) == row["expected_e164"]
    assert ";".join(read.extension for read in reads if read.extension) == row["extension"]
    assert all((read.e164 is None) == bool(read.reason) for read in reads)
    if not row["expected_e164"] and row["written"].strip():
        assert [read.written for read in reads] == [row["written"].strip()]


@pytest.mark.parametrize(
    ("cell", "reads"),
    [
        (
            "041 123 456 (ona), 031 234 567 (mož)",
            [("+38641123456", "041 123 456 (ona)"), ("+38631234567", "031 234 567 (mož)")],
        ),
        ("M: 041 123 456 T: 01 234 56 78", [("+38641123456", "M: 041 123 456"), ("+38612345678", "T: 01 234 56 78")]),
        ("041 123 456 (doma) 031 234 567", [("+38641123456", "041 123 456 (doma)"), ("+38631234567", "031 234 567")]),
        ("041 123 456, O31 234 567", [("+38641123456", "041 123 456"), (None, "O31 234 567")]),
        ("041 123 456, ne kliči zjutraj", [("+38641123456", "041 123 456, ne kliči zjutraj")]),
        (
            "gsm 031/000-223, doma 04/234-56-78",
            [("+38631000223", "gsm 031/000-223"), ("+38642345678", "doma 04/234-56-78")],
        ),
        ("041 123 456; ana@example.org", [("+38641123456", "041 123 456; ana@example.org")]),
    ],
)
def test_nothing_beside_a_number_is_lost(cell: str, reads: list[tuple[str | None, str]]) -> None:
    assert [(read.e164, read.written) for read in read_phones(cell, "SI", NO_FICTION)] == reads


@pytest.mark.parametrize(
    ("written", "country", "reason"),
    [
        ("", "SI", "No telephone number is written here."),
        ("041 123 456 " * 60, "SI", "It is too long for a telephone number."),
        ("nima", "SI", "No telephone number is written here."),
        ("ana@example.org", "SI", "It is an e-mail address."),
        ("21. 2. 2020", "FI", "It is a date."),
        ("21.02.2020", "FI", "It is a date."),
        ("2020-02-21", "DE", "It is a date."),
        ("2020.02.21", "DE", "It is a date."),
        ("21/02/2020", "DE", "It is a date."),
        ("O41 123 456", "SI", "Letters stand among the digits."),
        ("041 XXX XXX", "SI", "A digit of it is missing or cannot be read."),
        ("041 12* 456", "AT", "A digit of it is missing or cannot be read."),
        ("3.8641E+10", "SI", "A spreadsheet has cut off the last digits."),
        ("112", "SI", "It has too few digits for a telephone number."),
        ("041 123 4567", "SI", "It has too many digits for a number in SI."),
        ("+43 1", "SI", "It has too few digits for a telephone number."),
        ("+386 99 123 456", "FI", "There is no such number in +386."),
        ("041 123 456", "XX", "It cannot be dialled from XX."),
        ("041 123 456, 031 234 567", "SI", "More than one number is written here; write one."),
        ("07700 900123", "GB", "There is no such number in GB."),
    ],
)
def test_why_a_number_is_refused(written: str, country: str, reason: str) -> None:
    read = read_phone(written, country, NO_FICTION)
    assert (read.e164, read.reason) == (None, reason)


def test_a_number_from_abroad_is_read_in_any_country() -> None:
    assert read_phone("+386 41 123 456", "XX", NO_FICTION).e164 == "+38641123456"


@pytest.mark.parametrize(
    ("kind", "standing", "work_allowed", "may"),
    [
        ("mobile", None, False, True),
        ("", "good", False, True),
        ("home", "shared", False, True),
        ("mobile", "wrong", True, False),
        ("mobile", "disconnected", True, False),
        ("work", None, False, False),
        ("work", "good", True, True),
        ("work", "wrong", True, False),
    ],
)
def test_which_numbers_may_be_called(kind: str, standing: str | None, work_allowed: bool, may: bool) -> None:
    assert may_be_called("+38641123456", kind, standing, work_allowed=work_allowed) is may
    assert may_be_called(None, kind, standing, work_allowed=work_allowed) is False


def test_fiction_is_taken_only_where_its_ranges_are_given() -> None:
    ranges = fiction_ranges()
    assert read_phone("07700 900123", "GB", ranges).e164 == "+447700900123"
    assert read_phone("065 000 111", "SI", ranges).e164 == "+38665000111"
    assert read_phone("065 000 111", "SI", NO_FICTION).e164 is None
    assert read_phone("07700 90012", "GB", ranges).e164 is None
    for e164 in ("+447700900123", "+442079460018", "+46701740605", "+46701740699", "+38641000222", "+358400000274"):
        assert ranges.holds(e164), e164
    for e164 in ("+447700901123", "+46701740604", "+38641123456", "+12025550200", "+4477009001234"):
        assert not ranges.holds(e164), e164
    assert ranges.holds("+12025550123")


@pytest.mark.parametrize(
    ("e164", "country", "shown"),
    [
        ("+38641123456", "SI", "041 123 456"),
        ("+38612345678", "SI", "(01) 234 56 78"),
        ("+38641123456", "FI", "+386 41 123 456"),
        ("+358412345678", "FI", "041 2345678"),
        ("+447700900123", "GB", "07700 900123"),
        ("nonsense", "SI", "nonsense"),
        ("", "SI", ""),
    ],
)
def test_numbers_are_shown_as_they_are_dialled(e164: str, country: str, shown: str) -> None:
    assert show_phone(e164, country) == shown


@pytest.mark.parametrize(
    ("e164", "forms"),
    [
        ("+38641123456", ("38641123456", "041123456", "41123456", "r65432114")),
        ("+447700900123", ("447700900123", "07700900123", "7700900123", "r3210090077")),
        ("+3725123456", ("3725123456", "5123456", "r6543215")),
        ("+390212345678", ("390212345678", "0212345678", "r8765432120")),
        ("+0", ("0", "r0")),
    ],
)
def test_a_number_is_searched_in_every_form(e164: str, forms: tuple[str, ...]) -> None:
    assert search_digits(e164) == forms


def _asked(digits: str, country: str) -> str | None:
    """What phonenumbers itself says."""
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164 if phonenumbers.is_valid_number(number) else None


_STARTS = " 0 00 + +386 +358 +44 +49 +39 +1 +7 +43 +38604 00386 0044 386 358 44 39 07 041 0400 99 990 180020 06"
STARTS = st.sampled_from(_STARTS.split(" "))


@settings(max_examples=1500, deadline=None)
@given(start=STARTS, digits=st.text(string.digits, min_size=1, max_size=12), country=st.sampled_from(COUNTRIES))
def test_the_quick_way_says_what_phonenumbers_says(start: str, digits: str, country: str) -> None:
    quick = phones._quick_e164(start + digits, country, NO_FICTION)
    assert quick is None or quick == _asked(start + digits, country)


@settings(max_examples=300, deadline=None)
@given(country=st.sampled_from(COUNTRIES), kind=st.sampled_from([0, 1, 3, 6]), tail=st.integers(100, 999))
def test_the_quick_way_finds_ordinary_numbers(country: str, kind: int, tail: int) -> None:
    example = phonenumbers.example_number_for_type(country, kind)
    if example is None:
        return
    e164 = f"{phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)[:-3]}{tail}"
    assert phones._quick_e164(e164, country, NO_FICTION) == _asked(e164, country)


CELLS = st.text() | st.text(alphabet="0123456789+()/-. ,;xEe@=\"'#?\n\tklomtel")


@given(cell=CELLS, country=st.sampled_from((*COUNTRIES, "XX")))
def test_any_cell_is_read_or_refused_in_a_sentence(cell: str, country: str) -> None:
    reads = read_phones(cell, country, fiction_ranges())
    assert bool(reads) == bool(cell.strip())
    for read in reads:
        assert read.reason.endswith(".") if read.e164 is None else phonenumbers.parse(read.e164) and not read.reason


@given(cell=st.text(alphabet="0123456789+()/-. ", min_size=6, max_size=20), country=st.sampled_from(COUNTRIES))
def test_a_number_that_was_taken_is_taken_again(cell: str, country: str) -> None:
    for read in read_phones(cell, country, NO_FICTION):
        if read.e164 is not None:
            assert read_phone(read.e164, country, NO_FICTION).e164 == read.e164


def test_an_ordinary_number_is_read_quicker_than_phonenumbers_reads_it() -> None:
    written = [f"041 {number:06}"[:7] + f" {number % 1000:03}" for number in range(100_000, 103_000)]

    def seconds(country: str) -> float:
        begun = time.perf_counter()
        for cell in written:
            assert read_phones(cell, country, NO_FICTION)
        return time.perf_counter() - begun

    seconds("SI")
    ours = min(seconds("SI") for _again in range(3))
    begun = time.perf_counter()
    for cell in written:
        assert _asked(cell, "SI")
    theirs = time.perf_counter() - begun
    assert ours < 0.6 * theirs, (ours, theirs)


def test_a_line_break_within_a_number_is_a_blank() -> None:
    """“041 111224” had too few digits, it was said."""
    assert [read.e164 for read in read_phones("041\n111224", "SI", fiction_ranges())] == ["+38641111224"]
    assert [read.e164 for read in read_phones("041 111 224\n031 222 333", "SI", fiction_ranges())] == [
        "+38641111224",
        "+38631222333",
    ]


def test_a_number_that_is_far_too_long_is_said_to_be() -> None:
    (read,) = read_phones("+386 41 111 22333 4444 5555 6666 777 888", "SI", fiction_ranges())
    assert read.e164 is None and "too many digits" in read.reason
