"""What stands in a list and has no place of its own is kept somewhere, and said."""

from __future__ import annotations

from typing import Any

import pytest

from organiser_tui.exchange.report import ImportReport, write_rejects
from organiser_tui.store.campaign import Campaign
from tests.exchange.conftest import BringIn
from tests.exchange.test_importing import counts, people


def said(report: ImportReport) -> list[str]:
    return [f"{remark.column}: {remark.reason}" for remark in report.remarks]


def custom(campaign: Campaign) -> dict[str, Any]:
    """What is kept under names of its own."""
    sql = "SELECT f.name, v.value FROM custom_value v JOIN custom_field f ON f.id = v.custom_field_id"
    return dict(campaign.connection.execute(sql).fetchall())


@pytest.mark.parametrize(
    ("text", "kept", "name"),
    [
        ("Name;Phone;Name\nAna;041234567;Novak\n", {"Name": "Novak"}, ("Ana", "")),
        ("Ime;Priimek;Ime\nAna;Novak;Marija\n", {"Ime": "Marija"}, ("Ana", "Novak")),
        ("Name;Rating;Rating\nAna Kos;1;5\n", {"Rating": "5"}, ("Ana", "Kos")),
        ("Name;Gender;Sex\nAna Kos;F;M\n", {"Sex": "M"}, ("Ana", "Kos")),
    ],
)
def test_of_two_columns_of_one_kind_the_second_is_kept_under_its_name(
    campaign: Campaign, bring_in: BringIn, text: str, kept: dict[str, str], name: tuple[str, str]
) -> None:
    """The second took the place of the first, or went, without a word."""
    report = bring_in(text)
    assert people(campaign) == [name]
    assert custom(campaign) == kept
    assert any("A column before it says something else" in sentence for sentence in said(report))


def test_a_second_column_counts_where_the_first_is_empty_or_says_the_same(
    campaign: Campaign, bring_in: BringIn
) -> None:
    report = bring_in("Name;Telefon;Name\n;041234567;Ana Novak\nBor Kos;041234568;Bor Kos\n")
    assert people(campaign) == [("Ana", "Novak"), ("Bor", "Kos")]
    assert (custom(campaign), said(report)) == ({}, [])


def test_a_whole_name_beside_its_parts_is_kept_where_it_says_more(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("First name;Last name;Name\nAna;Novak;Novak Ana\nEva;Kos;Eva Kos-Zupan\n")
    extras = campaign.connection.execute("SELECT given, extra FROM person ORDER BY id").fetchall()
    assert [tuple(row) for row in extras] == [("Ana", ""), ("Eva", "Eva Kos-Zupan")]


def test_words_beside_a_number_are_kept_for_whoever_calls(campaign: Campaign, bring_in: BringIn) -> None:
    """“(dopoldne)” went with the brackets, and nobody was told."""
    report = bring_in("Ime in priimek;Telefon\nAna Novak;030 444 555 (dopoldne)\nBor Kos;041 123 456 (GSM)\n")
    how = campaign.connection.execute("SELECT given, call_how FROM person ORDER BY id").fetchall()
    assert [tuple(row) for row in how] == [("Ana", "dopoldne"), ("Bor", "")]
    assert said(report) == ["Telefon: “dopoldne” beside the number was kept as how to call."]


def test_who_has_nothing_but_a_name_is_asked_about_when_the_list_comes_again(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """The same list twice made everybody without a number twice."""
    text = "Name;Phone\nBo Kos;\nBo Kos;\nEva Kos;041234567\n"
    assert counts(bring_in(text)) == (3, 3, 0, 0, 0, 0)
    again = bring_in(text)
    assert counts(again) == (3, 0, 1, 0, 0, 2)
    assert "without number, address or provider" in again.not_taken[0].reason
    assert counts(bring_in("Name;Phone\nBo Kos;041 999 888\n")) == (1, 1, 0, 0, 0, 0)


def test_rows_that_were_not_taken_come_in_once_they_are_mended(
    campaign: Campaign, bring_in: BringIn, tmp_path: Any
) -> None:
    """The file, row and reason beside them became fields of the people."""
    report = bring_in("Ime in priimek;Telefon\n;\nAna Novak;041 123 456\n;041 123 456\n")
    assert report.rejected + report.questions >= 1
    rejects = tmp_path / "rejects.csv"
    write_rejects([report], rejects)
    lines = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith("not taken: file;not taken: row;not taken: reason")
    mended = "\n".join([lines[0], "Bor Kos" + lines[1]])
    again = bring_in(mended + "\n")
    assert (again.read, custom(campaign)) == (1, {})


@pytest.mark.parametrize("heading", ["Ponudnik", "Ponudnik storitve", "Izvajalec", "Delodajalec"])
def test_the_slovenian_words_for_a_provider(campaign: Campaign, bring_in: BringIn, heading: str) -> None:
    report = bring_in(f"Ime in priimek;{heading}\nAna Novak;Društvo Lipa\n")
    assert report.providers_made == ["Društvo Lipa"]
