"""A follow-up in one line: the moment at its start is split from what it is about."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.dates import Direction, parse_moment
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.domain.follow_ups import LONGEST_WHY, FollowUp, parse_follow_up

NOW = datetime(2026, 11, 21, 19, 40)  # a Saturday
MOMENTS = ("thu 18h", "jutri 17:30", "ensi ti", "+2d", "12.1.", "2026-11-26", "v četrtek ob 18h", "in two weeks", "18h")

SPLIT = [
    ("thu 18h bring the forms to Maja", "2026-11-26T18:00", "bring the forms to Maja"),
    ("jutri 17:30 o urniku", "2026-11-22T17:30", "o urniku"),
    ("ensi ti lomakkeet Maijalle", "2026-11-24", "lomakkeet Maijalle"),
    ("to klo 18 tuo lomakkeet", "2026-11-26T18:00", "tuo lomakkeet"),
    ("thu 18h to bring the forms", "2026-11-26T18:00", "to bring the forms"),
    ("thu 18h pet obrazcev", "2026-11-26T18:00", "pet obrazcev"),
    ("thu at Maja's", "2026-11-26", "at Maja's"),
    ("pojutrišnjem ob 9h Žagarjeva žena", "2026-11-23T09:00", "Žagarjeva žena"),
    ("thu 18h: 2 forms", "2026-11-26T18:00", "2 forms"),
    ("thu 18h - 2 forms", "2026-11-26T18:00", "2 forms"),
    ("thu 18h, bring forms", "2026-11-26T18:00", "bring forms"),
    ("thu — forms", "2026-11-26", "forms"),
    ("in two weeks ask again", "2026-12-05", "ask again"),
    ("thu 18h ß weiß", "2026-11-26T18:00", "ß weiß"),
    ("thu 18h", "2026-11-26T18:00", ""),
    ("thu 18h:", "2026-11-26T18:00", ""),
    ("to: hae lomakkeet", "2026-11-26", "hae lomakkeet"),
]

REFUSED = [
    *("32.1. call", "25h call", "2026-13-01 call", "2020-01-01 call"),  # begins like a moment, and is none
    *("call thu 18h", "nxt thu", "thursdays call", "", "2 forms thu"),  # begins with no moment
    *("thu 18h 30", "12.1. 13.1.", "thu 18h 19h", "thu 18h thu", "thu 18h 2 forms", "thu 18h:30"),
    *("thu or fri", "thu/fri", "thu-fri", "12.1. do 13.1.", "18h-20h", "thu: 18h", "thu?"),
    *("thu at six", "thu six", "v četrtek ob šestih", "to klo kuusi", "thu half past six"),
    *("next tue at half past five", "pojutrišnjem ob pol sedmih", "to klo puoli kuusi"),
    "18h to bring it",
    *("to my house", "to je nujno", "sat in front", "pet tednov"),  # days only in another language or sentence
]


@pytest.mark.parametrize(("text", "due", "why"), SPLIT)
def test_the_moment_is_split_from_what_it_is_about(text: str, due: str, why: str) -> None:
    found = parse_follow_up(text, NOW)
    assert (found.moment.wall, found.why) == (due, why)


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_be_a_part_of_the_moment_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(OrganiserError) as refused:
        parse_follow_up(text, NOW)
    assert str(refused.value).endswith(".")


def test_it_is_read_back_in_full() -> None:
    today = NOW.date()
    assert parse_follow_up("thu 18h bring it", NOW).read_back(today) == "Thu 26 Nov 18:00 · bring it"
    assert parse_follow_up("thu 18h", NOW).read_back(today) == "Thu 26 Nov 18:00"


def test_what_is_too_long_belongs_into_the_note() -> None:
    with pytest.raises(OrganiserError, match="note"):
        parse_follow_up("thu 18h " + "a" * (LONGEST_WHY + 1), NOW)


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), max_size=40)


@given(st.sampled_from(MOMENTS), words)
def test_nothing_of_what_is_typed_gets_lost(moment: str, rest: str) -> None:
    """Either the whole line is a moment, or the words are kept letter by letter behind one, or it is refused."""
    text = f"{moment} {rest}"
    try:
        found = parse_follow_up(text, NOW)
    except OrganiserError:
        return
    written = clean(text)
    assert written.endswith(found.why)
    before = written.removesuffix(found.why) if found.why else written
    assert parse_follow_up(before, NOW) == FollowUp(found.moment, "")


@given(words)
def test_a_line_that_is_a_moment_is_that_moment(text: str) -> None:
    try:
        moment = parse_moment(text, NOW, Direction.NEXT)
    except OrganiserError:
        return
    assert parse_follow_up(text, NOW) == FollowUp(moment, "")


@given(st.sampled_from(MOMENTS), st.sampled_from(MOMENTS))
def test_two_moments_are_never_a_moment_and_words(first: str, second: str) -> None:
    with suppress(OrganiserError):
        assert parse_follow_up(f"{first} {second}", NOW).why == ""


@given(st.sampled_from(MOMENTS), st.from_regex(r"[b-df-hj-np-z]{4,9}( [a-z]{1,9}){0,4}", fullmatch=True))
def test_ordinary_words_behind_a_moment_are_what_it_is_about(moment: str, about: str) -> None:
    found = parse_follow_up(f"{moment} {about}", NOW)
    assert found == FollowUp(parse_moment(moment, NOW, Direction.NEXT), about)


def test_now_or_never_is_what_it_is_about() -> None:
    """“fri now or never” was refused because “it names an hour twice”, which it does not."""
    assert parse_follow_up("fri now or never", NOW).why == "now or never"
    with pytest.raises(OrganiserError, match="a day, and an hour counted from now"):
        parse_follow_up("fri +2h", NOW)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *((f"thursday at {six} in the evening", "Thu 26 Nov 18:00") for six in ("6", "six")),
        ("četrtek ob 6 zvečer", "Thu 26 Nov 18:00"),
        ("v četrtek ob šestih zvečer", "Thu 26 Nov 18:00"),
        ("jutri zvečer ob 6", "Sun 22 Nov 18:00"),
        ("torstaina kuudelta illalla", "Thu 26 Nov 18:00"),
        ("tomorrow 3 in the afternoon: forms", "Sun 22 Nov 15:00 · forms"),
        ("jutri dopoldne ob 10", "Sun 22 Nov 10:00"),
        ("tonight at 11", "Sat 21 Nov 23:00"),
        ("thu 10 at night", "Thu 26 Nov 22:00"),
        ("thu 2 ponoči", "Thu 26 Nov 02:00"),
        ("thu 18h evening shift", "Thu 26 Nov 18:00 · evening shift"),
        ("2026-11-26T06:00 evening shift", "Thu 26 Nov 06:00 · evening shift"),
        ("thu 6h evening shift", "Thu 26 Nov 06:00 · evening shift"),
        ("thu two evening shifts", "Thu 26 Nov · two evening shifts"),
        ("jutri zvečer 6.30", "Sun 22 Nov 18:30"),
        ("thu 6.30 in the evening", "Thu 26 Nov 18:30"),
        ("thu 18h zvečer pokliči", "Thu 26 Nov 18:00 · pokliči"),
        ("6pm in the evening tomorrow", "Sun 22 Nov 18:00"),
    ],
)
def test_six_in_the_evening_is_not_six_in_the_morning(text: str, read: str) -> None:
    """“četrtek ob 6 zvečer” was Thu 26 Nov 06:00, and about “zvečer”."""
    assert parse_follow_up(text, NOW).read_back(NOW.date()) == read


@pytest.mark.parametrize(
    "text",
    [
        *(
            "thu at six",
            "jutri zjutraj ob 18",
            "tonight at 12",
            "thu at 12 at night",
            "tonight at 1",
            "jutri ob 1 zvečer",
        ),
        *("thu 6 ponoči", "thu 2 evening shifts", "thu evening two visits"),
        *("tonight at 8 in the morning", "tomorrow in the evening", "next week 18h", "ensi viikolla klo 18"),
    ],
)
def test_an_hour_that_may_be_another_is_asked_about(text: str) -> None:
    with pytest.raises(OrganiserError, match="not understood"):
        parse_follow_up(text, NOW)
