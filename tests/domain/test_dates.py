"""Dates as people type them, read in one direction and read back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.dates import Direction, Moment, parse_moment, parse_moment_and_words, parse_wall, read_back
from organiser_tui.domain.errors import OrganiserError

NOW = datetime(2026, 11, 21, 10, 30)  # a Saturday
THURSDAY = datetime(2026, 11, 19, 12, 0)

AHEAD = [
    ("thu 18h", "2026-11-26T18:00"),
    ("jutri 17:30", "2026-11-22T17:30"),
    ("ensi ti", "2026-11-24"),
    ("+2d", "2026-11-23"),
    ("12.1.", "2027-01-12"),
    ("2026-11-26", "2026-11-26"),
    ("2026-11-02T08:00", None),
    ("2027-11-02", "2027-11-02"),
    ("2026-11-26T18:00", "2026-11-26T18:00"),
    ("2026-11-26 18:00", "2026-11-26T18:00"),
    ("12.1.2027", "2027-01-12"),
    ("12. 1. 2027", "2027-01-12"),
    ("12.1.2027.", "2027-01-12"),
    ("12.1.27", "2027-01-12"),
    ("12. 1. ob 18h", "2027-01-12T18:00"),
    ("12.1. 18:30", "2027-01-12T18:30"),
    ("12.1. 18.30", "2027-01-12T18:30"),
    ("12.10 18h", "2027-10-12T18:00"),
    ("12.1", "2027-01-12"),
    ("25/12/2026", "2026-12-25"),
    ("12/25/2026", "2026-12-25"),
    ("1/1/2027", "2027-01-01"),
    ("12 jan", "2027-01-12"),
    ("12th of January", "2027-01-12"),
    ("Jan 12 18:00", "2027-01-12T18:00"),
    ("12. januar", "2027-01-12"),
    ("12. januarja 2027 ob 18h", "2027-01-12T18:00"),
    ("12. tammikuuta", "2027-01-12"),
    ("12. tammikuuta klo 18.30", "2027-01-12T18:30"),
    ("29.2.", "2028-02-29"),
    ("21.11.", "2026-11-21"),
    ("21.11. 9h", "2027-11-21T09:00"),
    ("today 18h", "2026-11-21T18:00"),
    ("today", "2026-11-21"),
    ("tonight 20:00", "2026-11-21T20:00"),
    ("tomorrow", "2026-11-22"),
    ("tomorrow, 6pm", "2026-11-22T18:00"),
    ("day after tomorrow", "2026-11-23"),
    ("danes ob 18h", "2026-11-21T18:00"),
    ("nocoj", "2026-11-21"),
    ("JUTRI", "2026-11-22"),
    ("pojutrišnjem", "2026-11-23"),
    ("pojutrisnjem 9h", "2026-11-23T09:00"),
    ("tänään klo 18", "2026-11-21T18:00"),
    ("huomenna", "2026-11-22"),
    ("ylihuomenna klo 9.15", "2026-11-23T09:15"),
    ("v četrtek", "2026-11-26"),
    ("v cetrtek ob 17:30", "2026-11-26T17:30"),
    ("čet 18h", "2026-11-26T18:00"),
    ("cet. 18h", "2026-11-26T18:00"),
    ("sob", "2026-11-28"),
    ("pet 18h", "2026-11-27T18:00"),
    ("to klo 18.30", "2026-11-26T18:30"),
    ("tiistaina", "2026-11-24"),
    ("la 18h", "2026-11-21T18:00"),
    ("su", "2026-11-22"),
    ("18h thu", "2026-11-26T18:00"),
    ("on Thursday at 6 p.m.", "2026-11-26T18:00"),
    ("thu 18h30", "2026-11-26T18:30"),
    ("sat", "2026-11-28"),
    ("sat 18h", "2026-11-21T18:00"),
    ("sat 9h", "2026-11-28T09:00"),
    ("next tue", "2026-11-24"),
    ("tue next week", "2026-11-24"),
    ("naslednji torek ob 18h", "2026-11-24T18:00"),
    ("v prihodnjo sredo", "2026-11-25"),
    ("naslednji teden v torek", "2026-11-24"),
    ("ensi tiistaina", "2026-11-24"),
    ("ensi viikolla ti", "2026-11-24"),
    ("ensi viikon tiistaina klo 18", "2026-11-24T18:00"),
    ("this sun", "2026-11-22"),
    ("+1w", "2026-11-28"),
    ("+3m", "2027-02-21"),
    ("+ 2 d 18h", "2026-11-23T18:00"),
    ("+2h", "2026-11-21T12:30"),
    ("+30min", "2026-11-21T11:00"),
    ("in 2 days", "2026-11-23"),
    ("in two weeks", "2026-12-05"),
    ("in a month", "2026-12-21"),
    ("čez 2 dni", "2026-11-23"),
    ("čez 2 tedna", "2026-12-05"),
    ("cez teden dni", "2026-11-28"),
    ("čez pet dni", "2026-11-26"),
    ("2 päivän päästä", "2026-11-23"),
    ("kahden viikon kuluttua", "2026-12-05"),
    ("viikon päästä klo 18", "2026-11-28T18:00"),
    ("18h", "2026-11-21T18:00"),
    ("9:00", "2026-11-22T09:00"),
    ("10:30", "2026-11-22T10:30"),
    ("18.30", "2026-11-21T18:30"),
    ("klo 18", "2026-11-21T18:00"),
    ("ob 18h", "2026-11-21T18:00"),
    ("ob 18. uri", "2026-11-21T18:00"),
    ("at 6pm", "2026-11-21T18:00"),
    ("12pm", "2026-11-21T12:00"),
    ("12am", "2026-11-22T00:00"),
    ("opoldne", "2026-11-21T12:00"),
    ("Thu 26 Nov 18:00", "2026-11-26T18:00"),
    ("１８:３０", "2026-11-21T18:30"),
]

BEHIND = [
    ("thu", "2026-11-19"),
    ("sat", "2026-11-14"),
    ("sat 9h", "2026-11-21T09:00"),
    ("sat 18h", "2026-11-14T18:00"),
    ("yesterday", "2026-11-20"),
    ("day before yesterday", "2026-11-19"),
    ("včeraj 17:30", "2026-11-20T17:30"),
    ("predvčerajšnjim", "2026-11-19"),
    ("eilen klo 18", "2026-11-20T18:00"),
    ("viime ti", "2026-11-17"),
    ("last sat", "2026-11-14"),
    ("prejšnji torek", "2026-11-17"),
    ("viime viikolla ti", "2026-11-10"),
    ("12.1.", "2026-01-12"),
    ("22.11.", "2025-11-22"),
    ("21.11.", "2026-11-21"),
    ("29.2.", "2024-02-29"),
    ("3 Nov", "2026-11-03"),
    ("-2d", "2026-11-19"),
    ("−2d", "2026-11-19"),
    ("2 days ago", "2026-11-19"),
    ("pred dvema dnevoma", "2026-11-19"),
    ("pred tednom", "2026-11-14"),
    ("2 päivää sitten", "2026-11-19"),
    ("viikko sitten", "2026-11-14"),
    ("2 hours ago", "2026-11-21T08:30"),
    ("18h", "2026-11-20T18:00"),
    ("9h", "2026-11-21T09:00"),
    ("now", "2026-11-21T10:30"),
    ("zdaj", "2026-11-21T10:30"),
    ("2026-11-02", "2026-11-02"),
]

REFUSED = [
    ("", "nothing was written"),
    ("   ", "nothing was written"),
    ("soon", "“soon”"),
    ("thu 18", "“18”"),
    ("thu evening", "“evening”"),
    ("thu 18h or so", "“or so”"),
    ("12/1/2027", "either way round"),
    ("12/1", "either way round"),
    ("12.10", "12:10"),
    ("31.4.", "no such day"),
    ("32.1.2027", "no such day"),
    ("2027-02-30", "no such day"),
    ("31/31", "no such day"),
    ("25h", "no hour 25:00"),
    ("24:00", "no hour 24:00"),
    ("18:75", "no hour 18:75"),
    ("at 13pm", "no hour 13 pm"),
    ("thu fri", "a day twice"),
    ("18h 19h", "an hour twice"),
    ("tomorrow +2d", "a day twice"),
    ("+2h 18h", "an hour twice"),
    ("next tue 12.1.", "a day twice"),
    ("next tue next week", "a week twice"),
    ("fri 26 nov", "2026-11-26 is a Thu"),
    ("next week", "which day"),
    ("in days", "how many"),
    ("+2", "“+2”"),
    ("+9999y", "no such day"),
    ("+9999m", "a hundred years"),
    ("thu-fri", "“-fri”"),
    ("18:00-20:00", "“-20:00”"),
    ("2026-11-26T18:00Z", "“"),
    ("2026-11-26T18:00+01:00", "“+01:00”"),
    ("20261126", "“20261126”"),
    ("1" * 200, "too long"),
]


@pytest.mark.parametrize(("text", "wall"), AHEAD)
def test_a_follow_up_takes_the_next_such_moment(text: str, wall: str | None) -> None:
    if wall is None:
        with pytest.raises(OrganiserError, match="already past"):
            parse_moment(text, NOW, Direction.NEXT)
    else:
        assert parse_moment(text, NOW, Direction.NEXT).wall == wall


@pytest.mark.parametrize(("text", "wall"), BEHIND)
def test_a_past_contact_takes_the_last_such_moment(text: str, wall: str) -> None:
    assert parse_moment(text, NOW, Direction.LAST).wall == wall


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_not_wholly_understood_is_refused_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(OrganiserError) as refused:
        parse_moment(text, NOW, Direction.NEXT)
    assert reason in str(refused.value)
    assert "Write for example thu 18h, jutri 17:30, ensi ti, +2d, 12.1. or 2026-11-26." in str(refused.value)


@pytest.mark.parametrize("text", ["yesterday", "2026-11-20", "today 9h", "-2d", "viime ti", "10.29 today"])
def test_a_follow_up_in_the_past_is_refused(text: str) -> None:
    with pytest.raises(OrganiserError, match=r"is already past; a follow-up needs"):
        parse_moment(text, NOW, Direction.NEXT)


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-22", "today 18h", "+2d", "ensi ti", "+1min"])
def test_a_contact_in_the_future_is_refused(text: str) -> None:
    with pytest.raises(OrganiserError, match=r"is still ahead; what has happened needs"):
        parse_moment(text, NOW, Direction.LAST)


def test_thu_typed_on_a_thursday() -> None:
    assert parse_moment("thu", THURSDAY, Direction.NEXT).wall == "2026-11-26"
    assert parse_moment("thu 18h", THURSDAY, Direction.NEXT).wall == "2026-11-19T18:00"
    assert parse_moment("thu 9h", THURSDAY, Direction.NEXT).wall == "2026-11-26T09:00"
    assert parse_moment("thu", THURSDAY, Direction.LAST).wall == "2026-11-12"
    assert parse_moment("thu 9h", THURSDAY, Direction.LAST).wall == "2026-11-19T09:00"
    assert parse_moment("ensi to", THURSDAY, Direction.NEXT).wall == "2026-11-26"


def test_next_tue_typed_on_a_monday_is_in_eight_days() -> None:
    monday = datetime(2026, 11, 23, 9, 0)
    for text in ("next tue", "ensi ti", "naslednji torek"):
        assert parse_moment(text, monday, Direction.NEXT).wall == "2026-12-01"
    assert parse_moment("tue", monday, Direction.NEXT).wall == "2026-11-24"


def test_a_month_after_the_31st_is_the_last_day() -> None:
    assert parse_moment("+1m", datetime(2027, 1, 31, 9, 0), Direction.NEXT).wall == "2027-02-28"


def test_read_back() -> None:
    today = NOW.date()
    assert read_back(Moment(date(2026, 11, 26), time(18, 0)), today) == "Thu 26 Nov 18:00"
    assert read_back(Moment(date(2026, 11, 26)), today) == "Thu 26 Nov"
    assert read_back(Moment(date(2027, 1, 12), time(9, 5)), today) == "Tue 12 Jan 2027 09:05"


@pytest.mark.parametrize("wall", ["2026-11-26", "2026-11-26T18:00", "2027-01-12T00:00"])
def test_stored_moments_are_read(wall: str) -> None:
    assert parse_wall(wall).wall == wall


@pytest.mark.parametrize("text", ["", "2026-11-26 18:00", "2026-13-01", "2026-11-26T25:00", "12.1.", "2026-11-26\n"])
def test_what_is_not_stored_so_is_refused(text: str) -> None:
    with pytest.raises(OrganiserError, match="not a date as the campaign stores it"):
        parse_wall(text)


NOWS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2070, 1, 1))
DIRECTIONS = st.sampled_from(Direction)
ODD_PIECES = ["thu", "12.1.", "+2d", "29.2.", "next", "last", "v", "ob", "klo", "18", ",", "24", ":", "jan"]
PIECES = st.sampled_from([text for text, _wall in AHEAD + BEHIND] + ODD_PIECES)


@given(now=NOWS, minutes=st.integers(1, 20_000_000), direction=DIRECTIONS, with_hour=st.booleans())
def test_an_iso_moment_is_read_as_it_stands(now: datetime, minutes: int, direction: Direction, with_hour: bool) -> None:
    at = now + timedelta(minutes=minutes) * (1 if direction is Direction.NEXT else -1)
    moment = Moment(at.date(), at.time().replace(second=0, microsecond=0) if with_hour else None)
    if direction is Direction.NEXT and with_hour and datetime.combine(moment.day, moment.hour or time()) <= now:
        return
    assert parse_moment(moment.wall, now, direction) == moment
    assert parse_wall(moment.wall) == moment


@given(texts=st.lists(PIECES, min_size=1, max_size=3), now=NOWS, direction=DIRECTIONS)
def test_a_moment_is_on_the_right_side_of_now_and_reads_back_as_itself(
    texts: list[str], now: datetime, direction: Direction
) -> None:
    try:
        moment = parse_moment(" ".join(texts), now, direction)
    except OrganiserError as refused:
        assert str(refused)
        return
    hour = (time.max if direction is Direction.NEXT else time.min) if moment.hour is None else moment.hour
    at = datetime.combine(moment.day, hour)
    assert at > now if direction is Direction.NEXT else at <= now
    assert parse_moment(moment.wall, now, direction) == moment
    assert parse_moment(read_back(moment, now.date()), now, direction) == moment


@given(text=st.text() | st.text(alphabet="0123456789.:/-+ht dwjanuptorek"), now=NOWS, direction=DIRECTIONS)
def test_arbitrary_text_is_read_or_refused(text: str, now: datetime, direction: Direction) -> None:
    try:
        assert parse_wall(parse_moment(text, now, direction).wall)
    except OrganiserError as refused:
        assert "\n" not in str(refused)


@pytest.mark.parametrize(
    "text", ["tomorrow evening", "torek zvečer", "jutri zjutraj call again", "perjantaina iltapäivällä"]
)
def test_a_part_of_the_day_is_asked_for_its_hour_and_is_no_word_of_what_it_is_about(text: str) -> None:
    with pytest.raises(OrganiserError, match="is no hour"):
        parse_moment_and_words(text, NOW, Direction.NEXT)
    assert parse_moment_and_words("tomorrow 18h evening shift", NOW, Direction.NEXT)[1] == "evening shift"
