"""How lines of a person's form are taken apart."""

from __future__ import annotations

import pytest

from organiser_tui.domain.people import kind_of_number, listed


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("041 123 456", ""),
        ("041 123 456 work", "work"),
        ("služba: 01 234 56 78", "work"),
        ("041 123 456 GSM", "mobile"),
        ("tel. 041 123 456 ext 12", ""),
        ("041 123 456 sosedin", "sosedin"),
        ("kotipuhelin 09 123456", "home"),
    ],
)
def test_the_kind_a_line_names_beside_its_digits(line: str, kind: str) -> None:
    assert kind_of_number(line) == kind


def test_words_divided_by_commas_each_once_whatever_their_accents() -> None:
    assert listed(" nočna, ,steward;nocna\tizmena , Steward") == ("nočna", "Steward", "nocna izmena")
