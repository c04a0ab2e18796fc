"""Written names taken apart; the hard cases are rows of names_special.csv."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.matching import generation_in
from organiser_tui.domain.names import SplitName, bare_part, split_name

_GIVEN = """ana marija joze spela maja anamarija irena mojca nusa sanela dzenana dorde hatixhe shkelzen aiti maija jaana
matti juhani tiina ulle svetlana faadumo mohamed maria cristina liezl anne fatima siobhan mary sharon anna marko zojka
john marie светлана abdi"""
GIVEN = frozenset(_GIVEN.split())

# Only a person can tell these: the expected columns name the person, not what is written.
NOT_TO_BE_SPLIT_SO = {
    "Nuša (Anuška) Kralj": "which of the two is the nickname",
    "Djordje Djokic": "dj for đ is another spelling, and folding keeps it",
    "Svetlana Ivanova": "transliterated",
    "Svetlana Aleksejevna Ivanova": "transliterated",
    "Fadumo Ali Hussein": "English spelling of a Somali name",
    "Fatimah Alhasan": "another spelling",
    "Ni Made": "no family name, and no way to see it",
    "Nguyễn Thị Hương": "family name first, with nothing known of the words",
    "Ž": "one letter left by a broken encoding, which the reader of the file reports",
    "JoÅ¾e": "broken encoding",
    "Jo\x9ee \x8eagar": "broken encoding",
    "Jo?e ?agar": "broken encoding",
}


def _special_names() -> list[dict[str, str]]:
    with Path(__file__).with_name("names_special.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def _folded(parts: SplitName) -> tuple[str, str, str]:
    return fold(parts.given), fold(parts.family), fold(parts.extra)


@pytest.mark.parametrize("row", _special_names(), ids=lambda row: f"{row['written']!r}")
def test_special_names(row: dict[str, str]) -> None:
    parts = split_name(row["written"], GIVEN)
    expected = SplitName(row["given"], row["family"], row["extra"])
    if row["written"] in NOT_TO_BE_SPLIT_SO:
        assert _folded(parts) != _folded(expected), "take it out of the list"
    else:
        assert _folded(parts) == _folded(expected)


@pytest.mark.parametrize(
    ("written", "given_name", "family", "extra"),
    [
        ("Žagar, Jože", "Jože", "Žagar", ""),
        ("Novak Ana", "Ana", "Novak", ""),
        ("Novak Ana Marija", "Ana Marija", "Novak", ""),
        ("Virtanen Matti Juhani", "Matti Juhani", "Virtanen", ""),
        ("Čeh Krajnc Špela", "Špela", "Čeh Krajnc", ""),
        ("Mäki Äiti-Maija", "Äiti-Maija", "Mäki", ""),
        ("Oblak, dr. Irena", "Irena", "Oblak", "dr."),
        ("Kos Novak, Ana, dr. med.", "Ana", "Kos Novak", "dr. med."),
        ("Smith, J.", "J.", "Smith", ""),
        ("Smith, John jr.", "John", "Smith", "jr."),
        ("Ana van Dijk", "Ana", "van Dijk", ""),
        ("van Dijk Anna", "Anna", "van Dijk", ""),
        ("Maria Van Dijk", "Maria", "Van Dijk", ""),
        ("de Vries", "", "de Vries", ""),
        ('Ana "Ani" Kos', "Ana", "Kos", "Ani"),
        ("Ana Kos, roj. Novak", "Ana", "Kos", "roj. Novak"),
        ("Ana Iz", "Ana", "Iz", ""),
        ("Hatixhe Krasniqi-Berisha", "Hatixhe", "Krasniqi-Berisha", ""),
        ("Unknown Words Here", "Unknown", "Words Here", ""),
        ("ga. dr. Mojca Golob", "Mojca", "Golob", "ga. dr."),
        ("Novak,", "Novak", "", ""),
        ("", "", "", ""),
        (" , ", "", "", ""),
        ("(nihče)", "", "", "nihče"),
        ("[/b] Kos", "Kos", "", "/b"),
    ],
)
def test_split_name(written: str, given_name: str, family: str, extra: str) -> None:
    assert split_name(written, GIVEN) == SplitName(given_name, family, extra)


@given(st.text())
def test_any_text_is_split_into_clean_parts(text: str) -> None:
    for part in split_name(text, GIVEN):
        assert clean(part) == part


@given(st.lists(st.sampled_from([*sorted(GIVEN), "Novak", "Kos", "al-Hassan", "de", "Krajnc"]), min_size=1))
def test_no_word_of_a_name_is_lost(words: list[str]) -> None:
    parts = split_name(" ".join(words), GIVEN)
    assert sorted(" ".join(parts).split()) == sorted(words)


@pytest.mark.parametrize(
    ("written", "name", "beside"),
    [
        ("Novak, ml.", "Novak", "ml."),
        ("Novak,ml.", "Novak", "ml."),
        ("Kos, dr.", "Kos", "dr."),
        ("Novak (roj. Kos)", "Novak", "roj. Kos"),
        ("Virtanen nuor.", "Virtanen", "nuor."),
        ("Novak mlajša", "Novak", "mlajša"),
        ("Novak - ml.", "Novak", "ml."),
        ("ml. Novak", "Novak", "ml."),
        ("Novak, Kos", "Novak, Kos", ""),
        ("Novak - Kos", "Novak-Kos", ""),
        ("(Ana)", "(Ana)", ""),
        ("st.", "st.", ""),
        ("", "", ""),
    ],
)
def test_a_name_in_a_column_of_its_own_is_bared(written: str, name: str, beside: str) -> None:
    """“Novak,” was a family name, and “Virtanen nuor.” somebody else the next time."""
    assert bare_part(written) == (name, beside)


@pytest.mark.parametrize(
    "written",
    [
        "Ana Zoran ml.",
        "Ana Zoran mlajša",
        "ml. Ana Zoran",
        "Ana ml. Zoran",
        "Ana Zoran - ml.",
        "Ana Zoran, ml.",
        "Zoran Jr. Ana",
    ],
)
def test_what_tells_mother_and_daughter_apart_is_no_part_of_the_name(written: str) -> None:
    """“ml. Zoran” was a family name, and so was “Jr.”."""
    split = split_name(written, GIVEN)
    assert (split.given, split.family) == ("Ana", "Zoran")
    assert generation_in(split.extra) == "younger"


@pytest.mark.parametrize("extra", ["št. 12", "st. 12", "(št. 12)", "St", "Št. Vid"])
def test_a_number_beside_a_name_makes_nobody_older(extra: str) -> None:
    """“Ana Novak (št. 12)” was another person than Ana Novak, and her number a question."""
    assert generation_in(extra) == ""
    assert generation_in(f"{extra}; st.") == "older"
