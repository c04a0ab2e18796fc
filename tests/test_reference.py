"""The data that comes with the program: complete, tidy, and read the way it stands in the files."""

from __future__ import annotations

import csv
import unicodedata

import pytest

from organiser_tui import folders, reference

COUNTRIES = ("SI", "FI", "GB")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_municipality_lies_in_a_region_that_exists(country: str) -> None:
    codes = {region.code for region in reference.regions(country)}
    rows = reference.municipalities(country)
    assert {row.region_code for row in rows} == codes
    assert len({row.code for row in rows}) == len(rows)


def test_the_countries_have_all_their_regions_and_municipalities() -> None:
    sizes = {c: (len(reference.regions(c)), len(reference.municipalities(c))) for c in COUNTRIES}
    assert sizes == {"SI": (12, 212), "FI": (23, 308), "GB": (12, 218)}


def test_a_region_carries_the_names_people_use() -> None:
    by_code = {region.code: region for region in reference.regions("fi")}
    assert by_code["02"].alt_names == ("Keski-Uusimaa", "Keusote", "Mellersta Nylands välfärdsområde")
    assert by_code["13"].alt_names[-1] == "Norra Savolax välfärdsområde"


def test_a_country_without_data_has_none() -> None:
    assert reference.regions("HR") == ()
    assert reference.municipalities("HR") == ()
    assert reference.first_names("xx") == ()


@pytest.mark.parametrize("path", sorted(folders.data_folder().glob("*.csv")), ids=lambda path: path.name)
def test_cells_are_tidy(path: object) -> None:
    with (folders.data_folder() / str(path)).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    untidy = [cell for row in rows for cell in row if cell != unicodedata.normalize("NFC", cell.strip())]
    assert untidy == []
    assert {len(row) for row in rows} == {len(rows[0])}


def test_unions_and_umbrella_bodies_are_known_but_never_suggested_as_providers() -> None:
    everyone = {row.name for row in reference.known_organisations("FI")}
    suggested = {row.name for row in reference.public_providers("FI")}
    assert "Julkisten ja hyvinvointialojen liitto JHL" in everyone - suggested
    assert "Validia" in suggested
    roles = {row.role for country in COUNTRIES for row in reference.public_providers(country)}
    assert roles.isdisjoint(reference.NOT_PROVIDERS)


def test_public_providers_name_their_source_and_a_region_that_exists() -> None:
    for country in COUNTRIES:
        codes = {"", *(region.code for region in reference.regions(country))}
        for row in reference.known_organisations(country):
            assert row.source.startswith("http")
            assert row.region_code in codes


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_language_of_a_country_has_names_for_women_and_men(country: str) -> None:
    for lang in reference.LANGUAGES[country]:
        assert {row.gender for row in reference.first_names(lang)} == {"F", "M"}
        genders = {row.gender for row in reference.last_names(lang)}
        assert genders in ({""}, {"F", "M"})
        assert all(row.weight > 0 for row in reference.first_names(lang) + reference.last_names(lang))


def test_given_names_are_folded_the_way_the_caller_folds() -> None:
    assert "jože" in reference.given_names("SI")
    assert "JOŽE" in reference.given_names("SI", str.upper)
    assert "jože" not in reference.given_names("FI")
    assert {"jože", "äiti-maija"} - reference.given_names("SI") == {"äiti-maija"}
    assert {"jože", "juhani"} <= reference.given_names("HR")
