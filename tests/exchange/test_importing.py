"""Lists that come in: what becomes of their rows, and what becomes of it when they are taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.people import PeopleQuery, first_people
from tests.exchange.conftest import BringIn
from tests.store.building import every_row
from tests.store.test_figures import assert_figures_follow

HEAD = "Ime in priimek;Telefon;Izvajalec;Občina;E-naslov\n"


def people(campaign: Campaign) -> list[tuple[Any, ...]]:
    """Given and family name of everybody, in the order they came in."""
    sql = "SELECT given, family FROM person WHERE gone_by IS NULL ORDER BY id"
    return [tuple(row) for row in campaign.connection.execute(sql).fetchall()]


def one(campaign: Campaign, sql: str, *values: Any) -> Any:
    """The one value that a question has."""
    rows = campaign.connection.execute(sql, values).fetchall()
    assert len(rows) == 1, rows
    return rows[0][0]


def held(campaign: Campaign, sql: str, *values: Any) -> list[Any]:
    """A column of values, sorted."""
    return sorted((row[0] for row in campaign.connection.execute(sql, values).fetchall()), key=str)


def counts(report: ImportReport) -> tuple[int, ...]:
    """Read, added, matched, changed, rejected, questions."""
    return (report.read, report.added, report.matched, report.changed, report.rejected, report.questions)


def reasons(report: ImportReport) -> dict[int, str]:
    """Why each row was not taken."""
    return {row.row: row.reason for row in report.not_taken}


def test_a_list_comes_in_whole(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        HEAD + "Ana Novak;041 123 456;Društvo Lipa;Kranj;ana@example.org\nŽagar Špela;+386 31 000 001;;Celje;\n"
    )
    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert people(campaign) == [("Ana", "Novak"), ("Špela", "Žagar")]
    assert held(campaign, "SELECT e164 FROM phone") == ["+38631000001", "+38641123456"]
    assert held(campaign, "SELECT address FROM email") == ["ana@example.org"]
    assert one(campaign, "SELECT kind FROM provider WHERE name = ?", "Društvo Lipa") == "unknown"
    assert report.providers_made == ["Društvo Lipa"]
    assert (
        campaign.places.municipality_names[one(campaign, "SELECT municipality_code FROM person WHERE given = 'Ana'")]
        == "Kranj"
    )
    assert (
        one(
            campaign,
            "SELECT f.region_code FROM person_figures f JOIN person p ON p.id = f.person_id WHERE given = 'Ana'",
        )
        == "SI042"
    )
    assert first_people(campaign, PeopleQuery(words="zagar"), 5) == [
        one(campaign, "SELECT id FROM person WHERE family = 'Žagar'")
    ]
    assert first_people(campaign, PeopleQuery(words="041 123 456"), 5)
    assert_figures_follow(campaign)
    assert faults_of(campaign) == []


def test_an_unknown_start_stays_unknown(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Ana Novak;041 123 456;Društvo Lipa;;\n")
    assert one(campaign, "SELECT from_day FROM employment") is None


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nAna Novak,041 123 456\n",
        "Name;Phone\nAna Novak;041 123 456\n",
        "Name\tPhone\nAna Novak\t041 123 456\n",
        "\ufeffName;Phone\r\nAna Novak;041 123 456\r\n",
        'sep=;\nName;Phone\n"Ana Novak";"041 123 456"',
        "\ufeffsep=;\r\nName;Phone\r\nAna Novak;041 123 456\r\n",
        "sep=|\nName|Phone\nAna Novak|041 123 456\n",
        "Name;Phone\rAna Novak;041 123 456\r",
        'Name;Phone;Note\rAna Novak;041 123 456;"two\nlines"\r',
        "Workshop Kranj, 3 Nov\n\nName;Phone\nAna Novak;041 123 456\n",
        '"Name","Phone","Note"\n"Ana Novak","041 123 456","says:\n""after 5"", never at work"\n',
        "Nimi;Puhelin\nNovak Ana;041 123 456\n",
        "ime;priimek;gsm\nAna;Novak;041 123 456\n",
        "Sukunimi;Etunimi;Matkapuhelin;Huom.\nNovak;Ana;041 123 456;\n",
        "Namn / Nimi\tTelefon / Puhelin\nAna Novak\t041 123 456\n",
        "first_name,last_name,mobile_number,work_phone_number\nAna,Novak,041 123 456,\n",
    ],
)
def test_every_way_of_writing_a_list_is_read(campaign: Campaign, bring_in: BringIn, text: str) -> None:
    assert counts(bring_in(text)) == (1, 1, 0, 0, 0, 0)
    assert people(campaign) == [("Ana", "Novak")]
    assert held(campaign, "SELECT e164 FROM phone") == ["+38641123456"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n \n", "empty"),
        (HEAD.encode(), "no rows below"),
        ((HEAD + ";;;;\n\n").encode(), "no rows below"),
        (b"041 123 456;Lipa\n031 000 111;Lipa\n", "no column with names"),
        ("Ime;Občina\nŠpela;Škofja Loka\n".encode("cp1250"), "not in UTF-8"),
        ("Ime;Telefon\nAna;041\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x14\x00\x06\x00", "workbook"),
        (b"Name;Phone\nAna\x00Novak;041\n", "not text"),
        (b"%PDF-1.4", "PDF"),
        (b'Name;Phone\n"Ana Novak;041 123 456\nBor;031 000 111\n', "row 2: a quotation mark is opened"),
        (b'Name;Phone;Note\nAna;1;"x" y\nBor;"2;\nCene;3;"\n', "row 3: a quotation mark is opened"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(
    campaign: Campaign, bring_in: BringIn, tmp_path: Path, content: bytes, said: str
) -> None:
    before = every_row(campaign)
    with pytest.raises(OrganiserError, match=said):
        bring_in(content)
    assert (tmp_path / "list.csv").read_bytes() == content
    assert every_row(campaign) == before


def test_a_missing_file_and_a_folder_are_refused(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(OrganiserError, match="no file"):
        import_file(campaign, tmp_path / "none.csv")
    with pytest.raises(OrganiserError, match="folder"):
        import_file(campaign, tmp_path)


def test_what_cannot_be_taken_is_told_by_row_and_reason(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        HEAD
        + "Ana Novak;041 123 456;;;\n"  # 2
        + ";;;;\n"  # 3: blank rows count as rows of the sheet and as nothing else
        + ";041 222 333;;;\n"  # 4
        + ";;Društvo Lipa;Kranj;\n"  # 5
        + "Skupaj: 5;;;;\n"  # 6
        + "Bor Kos;031 000 111;;Kranj;;drug stolpec\n"  # 7
        + "12345;;;;x@example.org\n"  # 8
    )
    assert counts(report) == (6, 1, 0, 0, 5, 0)
    assert {row: reason.split()[0] + " " + reason.split()[1] for row, reason in reasons(report).items()} == {
        4: "There is",
        5: "There is",
        6: "It is",
        7: "It has",
        8: "There is",
    }
    assert reasons(report)[5] == "There is neither a name nor a number nor an e-mail address."
    kept = campaign.connection.execute(
        "SELECT line, kind, cells FROM import_remark WHERE kind = 'rejected' ORDER BY line"
    )
    assert [(line, json.loads(cells).get("Telefon")) for line, _kind, cells in kept.fetchall()] == [
        (4, "041 222 333"),
        (5, ""),
        (6, ""),
        (7, "031 000 111"),
        (8, ""),
    ]


def test_a_number_that_is_none_is_kept_as_written_and_told(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(HEAD + "Ana Novak;call the office;;;\nBor Kos;041 12;;;not-an-address\n")
    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert held(campaign, "SELECT written FROM phone WHERE e164 IS NULL") == ["041 12", "call the office"]
    assert held(campaign, "SELECT address FROM email WHERE standing = 'wrong'") == ["not-an-address"]
    assert [(remark.row, remark.column) for remark in report.remarks] == [
        (2, "Telefon"),
        (3, "Telefon"),
        (3, "E-naslov"),
    ]
    assert held(campaign, "SELECT blocked FROM person_figures") == ["no usable number", "no usable number"]


def test_private_employers_and_who_is_assisted_are_never_kept_by_name(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        "Ime in priimek;Telefon;Delodajalec;Občina;Uporabnik\n"
        "Ana Novak;041 123 456;zasebni delodajalec;Kranj;Janez Skrivni\n"
        "Bor Kos;031 000 111;Zasebni delodajalec (Skrivni Janez);Kranj;\n"
        "Cene Rus;031 000 222;zasebni delodajalec;Celje;\n"
        ";040 000 333;zasebni delodajalec Janez Skrivni;Celje;Janez Skrivni\n"
    )
    assert counts(report) == (4, 3, 0, 0, 1, 0)
    assert held(campaign, "SELECT name FROM provider") == ["Private employers (Celje)", "Private employers (Kranj)"]
    assert held(campaign, "SELECT DISTINCT kind FROM provider") == ["private employer"]
    assert "Skrivni" not in repr(every_row(campaign))
    assert "Skrivni" not in json.dumps(report.json_shape(), ensure_ascii=False)
    assert "Skrivni" not in repr(report.not_taken)


def test_a_place_not_known_is_kept_as_text_and_told(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        HEAD + "Ana Novak;;Lipa;Bitnje;\nBor Kos;;Lipa;k. Loka;\nCene Rus;;Lipa;Šk. Loka;\nEva Lah;;;Bitnje;\n"
    )
    assert one(campaign, "SELECT place FROM person WHERE given = 'Ana'") == "Bitnje"
    names = campaign.places.municipality_names
    assert names[one(campaign, "SELECT municipality_code FROM person WHERE given = 'Cene'")] == "Škofja Loka"
    said = [(remark.row, remark.reason) for remark in report.remarks if "Bitnje" in remark.reason]
    assert said == [(2, "“Bitnje” is no place that is known; it was kept as text (2 rows).")]


@pytest.mark.parametrize("country", ["FI"])
def test_both_languages_of_a_place_are_known(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Namn\tKommun\nAnn Berg\tMariehamn\nBo Holm\tPietarsaari / Jakobstad\n")
    names = campaign.places.municipality_names
    found = held(campaign, "SELECT municipality_code FROM person")
    assert sorted(names[code] for code in found) == ["Maarianhamina", "Pietarsaari"]


def test_whole_dates_are_taken_and_others_kept_as_text(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        "Ime in priimek;Izvajalec;Zaposlen od;Zaposlen do\n"
        "Ana Novak;Lipa;21.2.2020;\n"
        "Bor Kos;Lipa;2019-05-01;30. 6. 2030\n"
        "Cene Rus;Lipa;3/4/20;\n"
        "Eva Lah;Lipa;lani;\n"
        "Iva Lah;Lipa;1.5.2021;1.4.2021\n"
        "Oto Lah;;1.5.2021;\n"
    )
    assert report.added == 6
    days = campaign.connection.execute(
        "SELECT p.given, e.from_day, e.to_day FROM person p JOIN employment e ON e.person_id = p.id ORDER BY p.id"
    ).fetchall()
    assert days == [
        ("Ana", "2020-02-21", None),
        ("Bor", "2019-05-01", "2030-06-30"),
        ("Cene", None, None),
        ("Eva", None, None),
        ("Iva", None, None),
    ]
    kept = held(campaign, "SELECT value FROM custom_value")
    assert kept == ["2021-04-01", "2021-05-01", "2021-05-01", "3/4/20", "lani"]
    assert {remark.row for remark in report.remarks} >= {4, 5, 6, 7}


def test_a_list_of_members_counts_them(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Name;Phone;Provider;Member\nAna Novak;041 123 456;Lipa;yes\nBor Kos;031 000 111;Lipa;\n")
    assert held(campaign, "SELECT card FROM person_figures") == ["none", "on file"]
    assert one(campaign, "SELECT sum(signed) FROM reach") == 1
    assert faults_of(campaign) == []
    assert_figures_follow(campaign)


def test_after_a_list_longer_than_the_file_every_order_of_people_has_its_index(
    campaign: Campaign, bring_in: BringIn
) -> None:
    indexes = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    before = campaign.connection.execute(indexes).fetchall()
    assert sum(table == "person_figures" for _name, table, _sql in before) > 10
    assert bring_in(HEAD + "Ana Novak;041 123 456;Lipa;;\nBor Kos;;Lipa;;\n").added == 2
    assert campaign.connection.execute(indexes).fetchall() == before


def test_what_else_a_list_tells_of_people(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        "Name;Phone;Position;Language;Tags;Rating;Member;Heard through;Postal code;Shirt size;Fax\n"
        "Ana Novak;041 123 456;coordinator;slovenščina, en;night, Kranj;2;yes;facebook;4000;M;04 234 56 79\n"
        "Bor Kos;;direktor;;;six;perhaps;a friend;;;\n"
    )
    ana = one(campaign, "SELECT id FROM person WHERE given = 'Ana'")
    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert held(campaign, "SELECT language FROM person_language") == ["en", "sl"]
    assert held(campaign, "SELECT tag FROM tag") == ["Kranj", "night"]
    assert one(campaign, "SELECT rating FROM assessment WHERE person_id = ?", ana) == 2
    assert one(campaign, "SELECT day FROM assessment") == campaign.today().isoformat()
    assert one(campaign, "SELECT state FROM card") == "on file"
    assert one(campaign, "SELECT heard_through FROM person WHERE id = ?", ana) == "social network"
    assert held(campaign, "SELECT position FROM person") == ["coordinator", "manager"]
    assert one(campaign, "SELECT postal_code FROM person WHERE id = ?", ana) == "4000"
    assert held(campaign, "SELECT value FROM custom_value") == ["M", "a friend", "perhaps", "six"]
    assert held(campaign, "SELECT name FROM custom_field") == ["Heard through", "Member", "Rating", "Shirt size"]
    assert held(campaign, "SELECT kind FROM phone WHERE e164 IS NULL") == ["fax"]
    assert_figures_follow(campaign)


def test_hostile_cells_are_taken_as_they_can_be_kept(campaign: Campaign, bring_in: BringIn) -> None:
    long = "Anastazija" * 30
    report = bring_in(
        HEAD
        + "[/b] Novak;041 000 001;[bold red]Lipa[/];;\n"
        + "\x1b[31mBor\x1b[0m Kos;041 000 002;;;\n"
        + "\u202eCene Rus\u202c;041 000 003;;;\n"
        + f"{long} Lah;041 000 004;;;\n"
        + "=cmd|' /C calc'!A0 Zidar;041 000 005;;;\n"
        + "Eva\tRoza; 041 000 006 ;;;\n"
    )
    assert counts(report) == (6, 6, 0, 0, 0, 0)
    words = " ".join(" ".join(row) for row in people(campaign))
    assert "\x1b" not in words and "\u202e" not in words
    assert long in words
    assert faults_of(campaign) == []


def test_thousands_of_unknown_columns_are_told_in_one_sentence(campaign: Campaign, bring_in: BringIn) -> None:
    names = [f"Shoe {n}" for n in range(1, 5001)]
    report = bring_in(f"Name;Phone;{';'.join(names)}\nAna Novak;041 123 456;{';'.join(['38'] * 5000)}\n")
    (remark,) = report.remarks
    assert remark.reason == (
        "5000 columns are not known; what stands in them is kept under their names:"
        " Shoe 1, Shoe 2, Shoe 3, Shoe 4, Shoe 5 …"
    )
    assert one(campaign, "SELECT count(*) FROM custom_value") == 5000
    assert len(bring_in("Name;A1;A2;A3;A4;A5\nBor Kos;1;2;3;4;5\n").remarks) == 5


def test_a_rating_that_is_none_was_told_as_if_the_column_said_who_is_assisted(bring_in: BringIn) -> None:
    report = bring_in("Ime;Ocena;Kako ste izvedeli\nAna Novak;7;iz sanj\n")
    assert {(remark.row, remark.column) for remark in report.remarks} == {(2, "Kako ste izvedeli"), (2, "Ocena")}
    assert all("was kept as text" in remark.reason for remark in report.remarks)


@pytest.mark.parametrize("cell", ["Yksityinen", "zasebni", "private", "Private employer: Smith"])
def test_a_household_is_one_row_a_municipality_whatever_it_is_called(
    campaign: Campaign, bring_in: BringIn, cell: str
) -> None:
    """“Yksityinen” alone was made a provider of that name."""
    bring_in(f"Ime;Delodajalec;Občina\nAna Novak;{cell};Kranj\n")
    assert one(campaign, "SELECT kind FROM provider") == "private employer"
    assert "Kranj" in one(campaign, "SELECT name FROM provider")


def test_a_provider_whose_name_begins_like_a_household_keeps_it(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in("Ime;Delodajalec\nAna Novak;Private Care Ltd\nMaja Zver;Yksityinen Hoiva Oy\n")
    assert held(campaign, "SELECT name FROM provider") == ["Private Care Ltd", "Yksityinen Hoiva Oy"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_carriage_return_in_a_cell_makes_no_second_row(campaign: Campaign, bring_in: BringIn, end: str) -> None:
    """A place typed with a line break of an old Mac cut its row in two, and half of it was refused."""
    rows = ["Name;Phone;Municipality", "Ana\rNovak;041 123 456;Kranj\r", "Žagar Špela;+386 31 000 001;Celje"]
    assert counts(bring_in(end.join([*rows, ""]))) == (2, 2, 0, 0, 0, 0)
    assert people(campaign) == [("Ana", "Novak"), ("Špela", "Žagar")]
    assert held(campaign, "SELECT e164 FROM phone") == ["+38631000001", "+38641123456"]


def test_an_organisation_of_nationbuilder_is_no_person_and_is_told(campaign: Campaign, bring_in: BringIn) -> None:
    """Sample PA Support Ltd came in as a person who can be called."""
    report = bring_in(
        "nationbuilder_id,signup_type,full_name,mobile_number\n"
        "201,0,Sharon Davies,041 123 456\n203,1,Sample PA Support Ltd,041 123 457\n"
    )
    assert counts(report) == (2, 1, 0, 0, 1, 0)
    assert people(campaign) == [("Sharon", "Davies")]
    assert [(row.row, row.reason) for row in report.not_taken] == [(3, "It is an organisation, not a person.")]
    assert not held(campaign, "SELECT value FROM custom_value WHERE value IN ('0', '1')")


def test_a_row_without_a_name_is_told_with_what_to_do(campaign: Campaign, bring_in: BringIn) -> None:
    """Somebody of whom only an e-mail is known is not made up a name from it, and not lost either."""
    report = bring_in("Name;E-mail;Phone\n;brez.imena@example.org;\n;;041 123 456\n")
    assert counts(report) == (2, 0, 0, 0, 2, 0)
    reason = "There is no name: write one into the row and bring it in again."
    assert [(row.row, row.reason) for row in report.not_taken] == [(2, reason), (3, reason)]
    assert people(campaign) == []


def test_a_last_day_in_9999_is_none(campaign: Campaign, bring_in: BringIn) -> None:
    """It was kept as text, since it was no whole date."""
    report = bring_in("Name;Provider;Employed since;Employed until\nAna Kos;Lipa;2020-02-01;31.12.9999\n")
    assert held(campaign, "SELECT from_day || coalesce(to_day, ' no end') FROM employment") == ["2020-02-01 no end"]
    assert [remark.reason for remark in report.remarks if "no last day" in remark.reason]
    assert held(campaign, "SELECT value FROM custom_value") == []
