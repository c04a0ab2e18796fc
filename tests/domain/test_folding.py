"""Folding, cleaning, sort keys and the words of a search."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from organiser_tui.domain.folding import bare_letters, clean, fold, join_digit_groups, search_terms, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Žužek", "zuzek"),
        ("ŽUŽEK", "zuzek"),
        ("Z\u030cu\u017eek", "zuzek"),
        ("Đorđe Đokić", "dorde dokic"),
        ("Łukasz", "lukasz"),
        ("Søren Æbelø", "soren aebelo"),
        ("Großmann", "grossmann"),
        ("GROẞMANN", "grossmann"),
        ("Äiti-Maija  Ääri", "aiti maija aari"),
        ("Maja Kovačič–Hribar", "maja kovacic hribar"),
        ("Maja Kovačič\u2011Hribar", "maja kovacic hribar"),
        ("Siobhán O'Connor", "siobhan o connor"),
        ("Siobhan O’Connor", "siobhan o connor"),
        ("O´Connor", "o connor"),
        ("Nguyễn Thị Hương", "nguyen thi huong"),
        ("Светлана", "светлана"),
        ("\u202eAna\u202c\tNovak\n", "ana novak"),
        ("An\u200ba", "ana"),
        ("Ana\x00\x1b[31m", "ana[31m"),
        ("İstanbul ılık", "istanbul ilik"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_folded_as_anything_else(text: str) -> None:
    assert fold(text) == fold(text + "\u0301").strip()


@given(st.text(), st.sampled_from(["upper", "lower", "title"]))
@example("\ufe31", "upper")
def test_bare_letters_are_stable(text: str, case: str) -> None:
    bare = bare_letters(getattr(text, case)())
    assert bare_letters(bare) == bare


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Ana \t Novak \r\n", "Ana Novak"),
        ("Joz\u030ce", "Jože"),
        ("\ufeffAna\x00", "Ana"),
        ("\u202eAna\u202c\u2066 Kos\u2069", "Ana Kos"),
        ("An\u200ba\u00ad", "Ana"),
        ("Ana\u00a0Novak", "Ana Novak"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u200dAna\u200d \u200d", "Ana"),
        ("\x1b]52;c;AAAA\x07", "]52;c;AAAA"),
        ("Ana\udc80", "Ana"),
        ("[/b]", "[/b]"),
        ("Ä" * 300, "Ä" * 300),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\u200c\u200d\u0301 a\u200b\t"))))
def test_cleaned_text_is_one_safe_line(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned == " ".join(cleaned.split())
    assert all(character.isprintable() or character in "\u200c\u200d" or ord(character) > 0xA0 for character in cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("language", "families"),
    [
        ("sl", ["Abe", "Cuk", "Czar", "Čeh", "Čuk", "Ćosić", "Dolenc", "Dzafic", "Đokić", "Eržen", "Sever", "Szabo",
                "Šega", "Tušek", "Zupan", "Zzz", "Žagar", "Žužek"]),
        ("fi", ["Aalto", "Šuvalov", "Suvanto", "Virtanen", "Yli", "Ülle", "Zetterberg", "Zz", "Åkerlund", "Åå",
                "Äiti", "Ääri", "Öhman"]),
        ("sv", ["Zorn", "Åberg", "Ängström", "Öberg"]),
        ("en", ["Žagar", "Zagart", "Zebra"]),
    ],
)  # fmt: skip
def test_names_stand_in_the_order_of_the_language(language: str, families: list[str]) -> None:
    keys = [sort_key(family, "Ana", language).encode() for family in families]
    assert keys == sorted(keys)


def test_a_short_family_name_stands_before_a_double_one() -> None:
    assert sort_key("Novak", "Zora", "sl") < sort_key("Novak", "Žiga", "sl") < sort_key("Novak Kos", "Ana", "sl")


def test_one_name_sorts_as_a_family_name() -> None:
    assert sort_key("", "Suwarni", "sl") == sort_key("Suwarni", "", "sl") == "suwarni"


def test_a_letter_in_two_code_points_sorts_as_one() -> None:
    assert sort_key("Z\u030cagar", "Joz\u030ce", "sl") == sort_key("ŽAGAR", "JOŽE", "sl")


@pytest.mark.parametrize(
    ("query", "joined"),
    [
        ("041 123", "041123"),
        ("041/123-456", "041123456"),
        ("(041) 123 456", "041123456"),
        ("041–123.456", "041123456"),
        ("+386 (0)41 123", "38641123"),
        ("+386(0)41123", "38641123"),
        ("+ 386 41", "38641"),
        ("(+386) 41", "38641"),
        ("00386 (0) 41 123", "38641123"),
        ("0038641123", "38641123"),
        ("00 386 41", "38641"),
        ("000 111", "000111"),
        ("00 34 56", "003456"),
        ("novak 041 12", "novak 04112"),
        ("041 12 novak 3", "04112 novak 3"),
        ("A12 3", "A12 3"),
        ("٠٤١ ١٢", "04112"),
        ("", ""),
    ],
)
def test_digit_groups_are_joined(query: str, joined: str) -> None:
    assert join_digit_groups(query) == joined


def test_search_terms_are_folded_words() -> None:
    assert search_terms("  Žužek 041 123 O'Con ") == ["zuzek", "041123", "o", "con"]
    assert search_terms("--- ") == []


@given(st.text())
def test_any_query_gives_folded_terms(text: str) -> None:
    assert all(term and fold(term) == term for term in search_terms(text))
