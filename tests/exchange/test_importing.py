"""Lists that come in: what becomes of their rows, and what becomes of it when they are taken back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import diary, undo_batch
from organiser_tui.store.people import PeopleQuery, first_people
from tests.exchange.conftest import BringIn
from tests.store.building import Builder, every_row, kept_figures
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


def test_the_same_number_with_the_same_name_is_the_same_person(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Špela Žagar;041 123 456;Lipa;Kranj;\n")
    report = bring_in("Ime;Priimek;Telefon;E-naslov\nzagar;SPELA;041/123-456;s@example.org\n", "again.csv")
    assert counts(report) == (1, 0, 1, 1, 0, 0)
    assert people(campaign) == [("Špela", "Žagar")]
    assert held(campaign, "SELECT address FROM email") == ["s@example.org"]


def test_the_same_name_at_the_same_provider_is_the_same_person(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Ana Novak;041 123 456;Društvo Lipa;;\n")
    report = bring_in(HEAD + "Novak Ana;;društvo LIPA;Celje;\nAna Novak;;Zavod Bor;;\n", "again.csv")
    assert counts(report) == (2, 1, 1, 1, 0, 0)
    assert len(people(campaign)) == 2


def test_the_same_number_with_another_name_is_a_question(campaign: Campaign, bring_in: BringIn) -> None:
    bring_in(HEAD + "Ana Novak;041 123 456;;;\n")
    report = bring_in(
        HEAD + "Bor Kos;041 123 456;Lipa;;\nCene Vidmar;031 000 222;;;\nTina Rus;031 000 222;;;\n", "b.csv"
    )
    assert counts(report) == (3, 1, 0, 0, 0, 2)
    assert reasons(report) == {
        2: "Ana Novak has the same number. Is it the same person?",
        4: "Cene Vidmar has the same number. Is it the same person?",
    }
    assert one(campaign, "SELECT person_id FROM import_remark WHERE kind = 'question' AND line = 2") == one(
        campaign, "SELECT id FROM person WHERE given = 'Ana'"
    )
    assert held(campaign, "SELECT name FROM provider") == []


def test_a_number_known_to_be_shared_or_of_a_workplace_asks_nothing(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    campaign.connection.execute("UPDATE phone SET standing = 'shared'")
    report = bring_in("Name;Phone;Work phone\nBor Kos;041 123 456;01 234 56 78\nCene Rus;;01 234 56 78\n", "b.csv")
    assert counts(report) == (2, 2, 0, 0, 0, 0)


def test_mother_and_daughter_of_one_name_and_number_are_a_question(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in("Name;Phone\nMarija Horvat;031 000 112\nMarija Horvat ml.;031 000 112\n")
    assert counts(report) == (2, 1, 0, 0, 0, 1)


def test_several_who_fit_are_a_question(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    lipa = build.provider("Lipa")
    for _n in range(2):
        build.person("Ana", lipa)
    assert counts(bring_in(HEAD + "Ana Novak;;Lipa;;\n")) == (1, 0, 0, 0, 0, 1)


def test_rows_of_one_list_that_are_one_person_make_one(campaign: Campaign, bring_in: BringIn) -> None:
    report = bring_in(
        HEAD
        + "Ana Novak;041 123 456;Lipa;;\n"
        + "Novak Ana;041 123 456;Zavod Bor;;ana@example.org\n"
        + "Ana Novak;031 000 111;zavod bor;;\n"
        + "Ana Novak;;;;ANA@example.org\n"
    )
    assert counts(report) == (4, 1, 3, 2, 0, 0)
    assert len(people(campaign)) == 1
    assert held(campaign, "SELECT e164 FROM phone") == ["+38631000111", "+38641123456"]
    assert held(campaign, "SELECT name FROM provider") == ["Lipa", "Zavod Bor"]
    assert_figures_follow(campaign)


@pytest.mark.parametrize(
    ("existing", "note", "numbers"),
    [
        ("fill", "only after 17h", ["+38631000111", "+38641123456"]),
        ("update", "works nights", ["+38631000111", "+38641123456"]),
        ("skip", "only after 17h", ["+38641123456"]),
    ],
)
def test_what_known_people_get(
    campaign: Campaign, bring_in: BringIn, existing: str, note: str, numbers: list[str]
) -> None:
    head = "Name;Phone;E-mail;Note;Gender;Union card no\n"
    bring_in(head + "Ana Novak;041 123 456;;only after 17h;;\n")
    report = bring_in(head + "Ana Novak;031 000 111 ali 041 123 456;;works nights;f;77\n", "b.csv", existing=existing)
    assert counts(report) == (1, 0, 1, int(existing != "skip"), 0, 0)
    assert one(campaign, "SELECT next_note FROM person") == note
    assert held(campaign, "SELECT e164 FROM phone") == numbers
    assert one(campaign, "SELECT gender FROM person") == ("" if existing == "skip" else "F")
    assert held(campaign, "SELECT value FROM custom_value") == ([] if existing == "skip" else ["77"])


@pytest.mark.parametrize("existing", ["fill", "update", "skip"])
def test_do_not_contact_stays_so_whatever_comes_in(
    campaign: Campaign, bring_in: BringIn, build: Builder, existing: str
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    ana = one(campaign, "SELECT id FROM person")
    build.call(ana, "do not contact")
    report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;no\n", "b.csv", existing=existing)
    assert (report.matched, build.figure(ana, "do_not_contact")) == (1, "all")
    assert build.figure(ana, "blocked") == "do not contact"


def test_a_namesake_of_somebody_not_to_be_contacted_is_a_question(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    build.call(one(campaign, "SELECT id FROM person"), "do not contact")
    report = bring_in("Name;Phone\nNovak Ana;031 000 111\n", "b.csv")
    assert counts(report) == (1, 0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("heading", "cell", "barred"),
    [
        ("Do not call", "x", "call"),
        ("Do not call", "", ""),
        ("Do not call", "no", ""),
        ("Ne kliči", "da", "call"),
        ("ei saa soittaa", "kyllä", "call"),
        ("Do not contact", "yes", "all"),
        ("Ali vas lahko pokličemo?", "Ne", "call"),
        ("Ali vas lahko pokličemo?", "Da", ""),
        ("Saako soittaa", "ei", "call"),
        ("Do not email", "1", "e-mail"),
        ("Do not call", "please, never", "call"),
        ("Opombe", "ne kliči!", "call"),
        ("Huom.", "ei saa soittaa", "call"),
        ("Opombe", "ne kliči pred 16h", ""),
    ],
)
def test_a_wish_not_to_be_called_is_understood(
    campaign: Campaign, bring_in: BringIn, heading: str, cell: str, barred: str
) -> None:
    bring_in(f"Name;Phone;{heading}\nAna Novak;041 123 456;{cell}\n")
    assert one(campaign, "SELECT do_not_contact FROM person_figures") == barred


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


def test_a_trial_run_saves_nothing_and_tells_the_same(campaign: Campaign, bring_in: BringIn) -> None:
    text = HEAD + "Ana Novak;041 123 456;Lipa;Bitnje;\nAna Novak;041 123 456;Bor;;\n;1;;;\n"
    before = every_row(campaign)
    trial = bring_in(text, dry_run=True)
    assert every_row(campaign) == before
    assert trial.batch is None
    assert not (campaign.path.parent / "soa.campaign.before-import").exists()
    real = bring_in(text)
    assert trial.json_shape() | {"batch": None} == real.json_shape() | {"batch": None}


def test_an_import_that_is_stopped_leaves_nothing(campaign: Campaign, bring_in: BringIn) -> None:
    text = HEAD + "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d};Lipa;;\n" for n in range(5000))
    before = every_row(campaign)
    told: list[tuple[int, int]] = []
    with pytest.raises(OrganiserError, match="was stopped"):
        bring_in(text, progress=lambda done, of: told.append((done, of)), cancelled=lambda: bool(told))
    assert told == [(500, 5000)]
    assert every_row(campaign) == before
    assert [path.name for path in campaign.path.parent.glob("*before-import*")] == []


def test_a_batch_is_taken_back_whole(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    bring_in("Name;Phone;Note\nAna Novak;041 123 456;\n")
    before = kept_figures(campaign)
    report = bring_in(
        "Name;Phone;Provider;Note;Shoe\nAna Novak;041 123 456;Lipa;nights;38\nBor Kos;031 000 111;Lipa;;\n",
        "b.csv",
        existing="update",
    )
    assert one(campaign, "SELECT next_note FROM person WHERE given = 'Ana'") == "nights"
    assert report.batch is not None
    assert [line.what for line in diary(campaign, limit=1)] == ["b.csv"]
    undone = undo_batch(campaign, report.batch)
    assert (undone.kept, undone.what) == ([], "b.csv")
    assert people(campaign) == [("Ana", "Novak")]
    assert one(campaign, "SELECT next_note FROM person WHERE given = 'Ana'") == ""
    assert held(campaign, "SELECT name FROM provider WHERE gone_by IS NULL") == []
    assert held(campaign, "SELECT name FROM custom_field WHERE gone_by IS NULL") == []
    assert kept_figures(campaign) == before
    assert faults_of(campaign) == []


def test_people_worked_with_since_stay_and_are_named(campaign: Campaign, bring_in: BringIn, build: Builder) -> None:
    report = bring_in(HEAD + "Ana Novak;041 123 456;Lipa;;a@example.org\nBor Kos;031 000 111;Bor;;\n")
    ana = one(campaign, "SELECT id FROM person WHERE given = 'Ana'")
    build.call(ana, "talked", rating=2)
    assert report.batch is not None
    undone = undo_batch(campaign, report.batch)
    assert undone.kept[0] == "Ana Novak"
    assert people(campaign) == [("Ana", "Novak")]
    assert held(campaign, "SELECT e164 FROM phone WHERE gone_by IS NULL") == ["+38641123456"]
    assert held(campaign, "SELECT name FROM provider WHERE gone_by IS NULL") == ["Lipa"]
    assert_figures_follow(campaign)


def test_a_big_import_is_kept_safe_before(campaign: Campaign, bring_in: BringIn, tmp_path: Path) -> None:
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    for name in ("Bor", "Cene"):
        rows = "".join(f"{name} Kos{n};{n // 1000:03d} {n % 1000:03d}\n" for n in range(1001))
        report = bring_in("Name;Number in the list\n" + rows, f"{name}.csv")
        assert report.added == 1001
        kept = tmp_path / "soa.campaign.before-import"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        copy = open_campaign(kept, campaign.now)
        assert len(people(copy)) == len(people(campaign)) - 1001
        copy.close()
    assert [path.name for path in tmp_path.glob("*before-import*")] == ["soa.campaign.before-import"]


def test_a_long_list_read_by_a_second_process_is_the_same(
    campaign: Campaign, bring_in: BringIn, templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + "".join(
        f"Ana Novak-{n % 9000};041 {n // 1000:03d} {n % 1000:03d};Zavod {n % 7};{('Kranj', 'Bitnje', '')[n % 3]};\n"
        for n in range(10_500)
    )
    beside = bring_in(text + ";041 999 999;;;\n")
    assert (beside.rejected, beside.questions) == (1, 0)
    assert faults_of(campaign) == []
    monkeypatch.setattr("organiser_tui.exchange.chunks._WORTH_A_PROCESS", 1_000_000)
    (tmp_path / "other").mkdir()
    other = open_campaign(Path(shutil.copyfile(templates["SI"], tmp_path / "other" / "soa.campaign")), campaign.now)
    alone = import_file(other, tmp_path / "list.csv")
    other.close()
    assert alone.json_shape() | {"batch": None} == beside.json_shape() | {"batch": None}


def test_a_quotation_mark_that_swallows_the_end_of_a_long_list_saves_nothing(
    campaign: Campaign, bring_in: BringIn
) -> None:
    rows = "".join(f"Ana Novak{n};041\n" for n in range(12_000))
    with pytest.raises(OrganiserError, match="quotation mark"):
        bring_in("Name;Phone\n" + rows + '"Bor;041\n' + rows)
    assert people(campaign) == []


def test_a_campaign_that_is_being_read_is_kept_safe_all_the_same(
    campaign: Campaign, bring_in: BringIn, tmp_path: Path
) -> None:
    reader = campaign.another()
    reader.connection.execute("BEGIN")
    reader.connection.execute("SELECT count(*) FROM person").fetchone()
    bring_in("Name;Phone\nAna Novak;041 123 456\n")
    bring_in("Name;Shoe\n" + "".join(f"Bor Kos{n};38\n" for n in range(1001)), "b.csv")
    copy = open_campaign(tmp_path / "soa.campaign.before-import", campaign.now)
    assert people(copy) == [("Ana", "Novak")]
    assert faults_of(copy) == []
    copy.close()
    reader.close()


def test_where_no_copy_can_be_kept_nothing_is_saved(campaign: Campaign, bring_in: BringIn, tmp_path: Path) -> None:
    (tmp_path / "soa.campaign.before-import").mkdir()
    with pytest.raises(OrganiserError, match="backup"):
        bring_in("Name;Shoe\n" + "".join(f"Bor Kos{n};38\n" for n in range(1001)))
    assert people(campaign) == []


def test_a_campaign_in_a_folder_that_cannot_be_written_to_says_so(campaign: Campaign, bring_in: BringIn) -> None:
    campaign.read_only = True
    with pytest.raises(OrganiserError, match="reading only"):
        bring_in("Name;Phone\nAna Novak;041 123 456\n")


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


BARRED_BY_A_CALL, BARRED_BY_A_LIST = "by a call", "by a list"


@pytest.mark.parametrize("how", [BARRED_BY_A_CALL, BARRED_BY_A_LIST, "taken out by hand"])
def test_do_not_contact_outlives_the_batch_that_was_taken_back(
    campaign: Campaign, bring_in: BringIn, build: Builder, how: str
) -> None:
    head, said = ("Name;Phone;E-mail;Do not call\n", "x" if how == BARRED_BY_A_LIST else "")
    rows = f"Ana Novak;041 123 456;ana@example.org;{said}\nBor Kos;031 000 111;;\n"
    report = bring_in(head + rows)
    ana = one(campaign, "SELECT id FROM person WHERE given = 'Ana'")
    if how != BARRED_BY_A_LIST:
        build.call(ana, "do not contact", do_not_contact="call")
    assert report.batch is not None
    kept = undo_batch(campaign, report.batch).kept
    assert kept == ([] if how == BARRED_BY_A_LIST else ["Ana Novak"])
    if how == "taken out by hand":
        with campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.end("person", ana)
    for again, row in enumerate(("Novak Ana;041 123 456;", "Ana Novak;;ana@example.org", "Ana Novak;041 123 456;")):
        report = bring_in(f"Name;Phone;E-mail\n{row}\n", f"{again}.csv")
        assert (report.questions, report.rejected) == (0, 0)
        barred = held(campaign, "SELECT do_not_contact FROM person_figures WHERE name_key LIKE '%ana%'")
        assert set(barred) == {"call"}
        told = [remark.reason for remark in report.remarks]
        assert told == (
            ["Ana Novak was in the file before and must not be contacted; that stays so."] if report.added else []
        )
        if again == 0 and report.added and report.batch is not None:
            undo_batch(campaign, report.batch)
    assert_figures_follow(campaign)


def test_a_list_that_bars_somebody_says_so_in_rows_and_goes_with_its_batch(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    rows = "SELECT channel, since, source, contact_id FROM barred_channel WHERE gone_by IS NULL ORDER BY id"
    bring_in("Name;Phone;Do not text\nAna Novak;041 123 456;x\nBor Kos;031 000 111;\n", "a.csv")
    today = campaign.today().isoformat()
    assert campaign.connection.execute(rows).fetchall() == [("text", today, "a.csv", None)]
    again = bring_in("Name;Phone;Do not text;Do not call\nAna Novak;041 123 456;x;x\n", "b.csv")
    assert (again.matched, again.changed) == (1, 1)
    both = [("text", today, "a.csv", None), ("call", today, "b.csv", None)]
    assert campaign.connection.execute(rows).fetchall() == both
    third = bring_in("Name;Phone;Do not text;Do not call\nAna Novak;041 123 456;x;no\n", "c.csv", existing="update")
    assert (third.matched, third.changed) == (1, 0)
    assert campaign.connection.execute(rows).fetchall() == both
    assert one(campaign, "SELECT do_not_contact FROM person_figures ORDER BY do_not_contact DESC LIMIT 1") == (
        "call,text"
    )
    assert again.batch is not None
    undo_batch(campaign, again.batch)
    assert campaign.connection.execute(rows).fetchall() == both[:1]
    assert_figures_follow(campaign)


def test_a_row_that_bars_costs_no_statement_of_its_own(campaign: Campaign, bring_in: BringIn) -> None:
    counts = []
    for start, cell in ((100, ""), (500, "x")):
        statements: list[str] = []
        campaign.connection.set_trace_callback(statements.append)
        rows = "".join(f"Ana{n} Novak{n};041 000 {n};{cell}\n" for n in range(start, start + 200))
        assert bring_in("Name;Phone;Do not call\n" + rows, f"{start}.csv").added == 200
        campaign.connection.set_trace_callback(None)
        counts.append(len([sql for sql in statements if not sql.startswith("INSERT INTO barred_channel")]))
    assert counts[1] <= counts[0] + 5


def test_a_namesake_of_somebody_gone_who_must_not_be_contacted_is_a_question(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;x\n")
    assert report.batch is not None
    undo_batch(campaign, report.batch)
    report = bring_in("Name;Phone\nAna Novak;031 000 111\nAna Kos;041 123 456\nBor Kos;031 000 222\n", "b.csv")
    assert counts(report) == (3, 1, 0, 0, 0, 2)
    assert "must not be contacted and has the same name" in reasons(report)[2]
    assert "has the same number" in reasons(report)[3]


def test_whoever_is_in_the_file_again_is_matched_before_those_who_are_gone(
    campaign: Campaign, bring_in: BringIn, build: Builder
) -> None:
    for name in ("a.csv", "b.csv"):
        report = bring_in("Name;Phone;Do not call\nAna Novak;041 123 456;x\n", name)
        assert report.batch is not None
        undo_batch(campaign, report.batch)
    build.person("Ana", phone="+38641123456")
    assert counts(bring_in("Name;Phone\nAna Novak;041 123 456\n", "c.csv")) == (1, 0, 1, 0, 0, 0)


IMPORTER = """
import signal
import sys
from pathlib import Path
from organiser_tui.exchange import chunks
from organiser_tui.exchange.importing import import_file
from organiser_tui.store.campaign import open_campaign
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
def slow(done, of):
    print(done, flush=True)
    sys.stdin.readline()
import_file(open_campaign(Path(sys.argv[1])), Path(sys.argv[2]), progress=slow)
"""


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the second process in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_import_that_is_killed_leaves_no_process_and_nothing_saved(
    campaign: Campaign, tmp_path: Path, how: signal.Signals
) -> None:
    """A second process stayed for ever, and the copy of the campaign beside it as well."""
    before = every_row(campaign)
    rows = "".join(f"Ana Novak{n};041 {n // 1000:03d} {n % 1000:03d}\n" for n in range(60_000))
    (tmp_path / "long.csv").write_text("Name;Phone\n" + rows, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(campaign.path), str(tmp_path / "long.csv")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as importer:  # fmt: skip
        assert importer.stdout is not None
        assert importer.stdout.readline() == "500\n"
        beside = _children(importer.pid)  # the reader, and who copies the campaign; that one may be done already
        assert not all(map(_is_gone, beside))
        open_campaign(campaign.path, campaign.now).close()  # while it lives its copy is left alone
        assert (tmp_path / "soa.campaign.before-import.unfinished").exists()
        importer.send_signal(how)
        importer.wait(30)
        # The second process has it open as well: this waits until that one ends.
        _out, said = importer.communicate(timeout=30)
    while not all(map(_is_gone, beside)):
        sleep(0.01)
    assert said.count("Traceback") == (how == signal.SIGINT)  # of the script above
    open_campaign(campaign.path, campaign.now).close()
    assert [path.name for path in tmp_path.glob("*before-import*")] == []
    assert every_row(campaign) == before


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
