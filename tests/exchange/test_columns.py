"""What the columns of the lists of organisers are taken for."""

from __future__ import annotations

import pytest

from organiser_tui.exchange.columns import find_heading, kind_of_label, role_of

KNOWN = {
    ("name", ""): "Name|Ime in priimek|NIMI|Namn / Nimi|full_name|Asistentka",
    ("given", ""): "First Name|Ime|Etunimi|first_name|Förnamn",
    ("family", ""): "Surname|Priimek|Sukunimi|Last name*|Efternamn",
    ("phone", ""): "Phone|Telefon|Tel.|Puh.|Telefonska številka|phone_number",
    ("phone", "mobile"): "Mobile|GSM|Matkapuhelin|Mobilni telefon|Mobile Phone 2",
    ("phone", "work"): "Work phone|Business Phone|Työpuhelin|Službeni telefon",
    ("phone", "home"): "Home Phone|Domači telefon|Kotipuhelin",
    ("phone", "fax"): "Fax|Home Fax|Faksi",
    ("phone", "phone 1"): "Phone 1 - Value",
    ("label", "phone 1"): "Phone 1 - Label",
    ("email", ""): "E-mail|email1|E-naslov|E-pošta|E-poštni naslov|Sähköposti",
    ("provider", ""): "Employer|Izvajalec|Pri katerem izvajalcu delate?|Työnantaja",
    ("municipality", ""): "Občina|V kateri občini?|Kunta|Kommun / Kunta|City",
    ("region", ""): "Region|Regija|Hyvinvointialue",
    ("from", ""): "From|Zaposlen od|Alkaen|Start date",
    ("to", ""): "Until|Zaposlena do|Päättyy",
    ("note", ""): "Notes|Opombe|Huom.|Lisätiedot",
    ("barred_call", ""): "Do not call|do_not_call|Ne kliči|Ei saa soittaa",
    ("open_call", ""): "Ali vas lahko pokličemo?|Saako soittaa?|May we call you?",
    ("assisted", ""): "Uporabnik|Client|Asiakas|Avustettava",
    ("card", ""): "Member|Član|Članica sindikata|Jäsen",
    ("language", ""): "Language|Jezik|Äidinkieli",
    (
        "custom",
        "",
    ): "|Shoe size|User 1|Do Not Mail|Email Greeting|Assistant's Phone|Phone Extension|mobile_opt_in"
    "|email1_is_bad|Birthday|Country|Tuntipalkka €",
}


@pytest.mark.parametrize(
    ("role", "heading"), [(role, word) for role, words in KNOWN.items() for word in words.split("|")]
)
def test_a_heading_is_known(role: tuple[str, str], heading: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("label", "kind"), [("* Mobile", "mobile"), ("Home Fax", "fax"), ("Work", "work"), ("Main", ""), ("Other", "")]
)
def test_the_label_of_a_number_tells_its_kind(label: str, kind: str) -> None:
    assert kind_of_label(label) == kind


def test_headings_may_stand_below_a_title() -> None:
    rows = [["Name of the workshop: Kranj", ""], ["", ""], ["Ime", "Telefon"], ["Ana", "041 123 456"]]
    heading = find_heading(rows)
    assert heading is not None
    assert (heading.place, [column.role for column in heading.columns]) == (2, ["given", "phone"])


def test_a_column_without_a_heading_is_called_by_its_letter() -> None:
    heading = find_heading([["Ime", *[""] * 26, "Telefon"]])
    assert heading is not None
    assert (heading.columns[1].heading, heading.columns[26].heading) == ("column B", "column AA")


def test_rows_without_headings_have_none() -> None:
    assert find_heading([["Ana Novak", "041 123 456"], ["Bor Kos", "031 000 111"]]) is None
