"""Where a list is cut into chunks, and which process reads it, makes no difference to what comes of it."""

from __future__ import annotations

import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from organiser_tui.exchange import chunks, importing
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.row_draft import RowDraft
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.matching import Holders, holders, overlap
from organiser_tui.store.people import PeopleQuery, first_people
from tests.exchange.conftest import BringIn
from tests.store.building import START, Clock, opened_by_ana

_TOLD = (
    "SELECT p.given, p.family, p.extra, p.municipality_code, p.place, p.next_note, p.gender, p.position, p.deceased,"
    " (SELECT group_concat(written || '/' || coalesce(e164, '-') || '/' || kind || '/' || extension, ' ') FROM"
    " (SELECT * FROM phone WHERE person_id = p.id ORDER BY position)),"
    " (SELECT group_concat(address || '/' || coalesce(standing, '-'), ' ') FROM email WHERE person_id = p.id),"
    " (SELECT group_concat(v.name || '/' || coalesce(e.from_day, '-') || '/' || coalesce(e.to_day, '-'), ' ')"
    " FROM employment e JOIN provider v ON v.id = e.provider_id WHERE e.person_id = p.id),"
    " (SELECT group_concat(tag, ' ') FROM tag WHERE person_id = p.id),"
    " (SELECT group_concat(language, ' ') FROM person_language WHERE person_id = p.id),"
    " (SELECT group_concat(skill, ' ') FROM skill WHERE person_id = p.id),"
    " (SELECT group_concat(system || '/' || value, ' ') FROM external_id WHERE person_id = p.id),"
    " (SELECT group_concat(f.name || '/' || c.value, ' ') FROM custom_value c JOIN custom_field f"
    " ON f.id = c.custom_field_id WHERE c.person_id = p.id),"
    " (SELECT group_concat(coalesce(channel, 'all'), ' ') FROM barred_channel WHERE person_id = p.id),"
    " (SELECT group_concat(rating, ' ') FROM assessment WHERE person_id = p.id),"
    " (SELECT group_concat(state || '/' || day, ' ') FROM card WHERE person_id = p.id),"
    " s.name, s.work, s.numbers FROM person p JOIN person_search s ON s.id = p.id ORDER BY p.family, p.given, p.id"
)
FULL = (
    "Ime;Priimek;Telefon;Telefon v službi;Telefon 1 - Label;Telefon 1 - Value;E-naslov;Izvajalec;Občina;Od;Do;Ocena;"
    "Karta;Oznake;Jeziki;Veščine;ID;Ne kliči;Opomba;Spol;Položaj;Pokojni;Najljubša barva\n"
    "Ana;Novak;041 123 456 / 031 000 222;01 234 56 78;home;051 300 301;ana@example.org, ni naslov;Lipa;Kranj;1.3.2024;;"
    "2;on file;a, b;sl, bs;vozi;77;;zvečer;ž;koordinator;;modra\n"
    "Bor;Kos;041 12a 456;;;;darja@;Hrast;Nikjer;31.2.2024;;9;;;;;;x;;;;da;\n"
    "Eva;Lah;+386 31 000 333 int. 12;;fax;01 234 56 79;;zasebni;Celje;;1.1.2025;;;;;;;;;;;;\n"
)


def told(campaign: Campaign) -> list[tuple[Any, ...]]:
    """What the campaign holds of everybody, without ids."""
    rows: list[tuple[Any, ...]] = campaign.connection.execute(_TOLD).fetchall()
    return rows


def test_a_list_says_the_same_whichever_process_reads_it(
    campaign: Campaign, bring_in: BringIn, templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = bring_in(FULL)
    assert (alone.added, alone.rejected, alone.questions) == (3, 0, 0)
    (tmp_path / "other").mkdir()
    other = open_campaign(Path(shutil.copyfile(templates["SI"], tmp_path / "other" / "soa.campaign")), campaign.now)
    monkeypatch.setattr(chunks, "_WORTH_A_PROCESS", 0)
    beside = import_file(other, tmp_path / "list.csv")
    assert told(other) == told(campaign)
    assert alone.json_shape() | {"batch": None} == beside.json_shape() | {"batch": None}
    other.close()


@pytest.mark.parametrize("first", [1, 500])
def test_somebody_who_stands_twice_in_a_list_is_found_by_all_that_it_says(
    campaign: Campaign, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """She was not found by the number of the second row."""
    monkeypatch.setattr(chunks, "_FIRST", first)
    rows = "Maja;Novak;041 123 456;;Lipa\nMaja;Novak;031 000 222;maja@example.org;Lipa\n"
    report = bring_in("Ime;Priimek;Telefon;E-naslov;Izvajalec\n" + rows)
    assert (report.added, report.matched) == (1, 1)
    for words in ("041123456", "031000222", "maja@example.org"):
        assert len(first_people(campaign, PeopleQuery(words=words), 5)) == 1, words
    assert faults_of(campaign) == []


@pytest.mark.parametrize("first", [1, 2, 500])
def test_a_namesake_of_somebody_whom_the_list_itself_bars_is_a_question(
    bring_in: BringIn, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """She was asked about only where both rows fell into one chunk."""
    monkeypatch.setattr(chunks, "_FIRST", first)
    rows = "Maja;Novak;041 123 456;x\nEva;Lah;;\nMaja;Novak;031 000 222;\n"
    report = bring_in("Ime;Priimek;Telefon;Ne kliči\n" + rows)
    assert (report.added, report.questions) == (2, 1)


@pytest.mark.parametrize("row", ["Maja;Novak", "Novak;Maja"])
def test_somebody_barred_is_known_at_her_provider_whichever_part_of_her_name_comes_first(
    campaign: Campaign, bring_in: BringIn, row: str
) -> None:
    """Written the other way round she was a question."""
    bring_in("Ime;Priimek;Izvajalec;Ne kliči\nMaja;Novak;Lipa;x\n", "a.csv")
    report = bring_in(f"Ime;Priimek;Izvajalec\n{row};Lipa\n", "b.csv")
    assert (report.matched, report.questions) == (1, 0)
    assert faults_of(campaign) == []


def rows_of(*cells: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The rows of a list of a few people, many of whom have something in common."""
    return st.lists(st.tuples(*cells).map(";".join), max_size=6).map("\n".join)


ROWS = rows_of(
    st.sampled_from(["Maja", "Eva", "Novak", ""]),
    st.sampled_from(["Novak", "Lah", "Maja"]),
    st.sampled_from(["", "041 123 456", "031 000 222"]),
    st.sampled_from(["", "041 123 456", "01 234 56 78"]),
    st.sampled_from(["", "m@example.org", "e@example.org"]),
    st.sampled_from(["", "Lipa", "Hrast, Lipa"]),
    st.sampled_from(["", "x"]),
)
HEADINGS = "Ime;Priimek;Telefon;Telefon v službi;E-naslov;Izvajalec;Ne kliči\n"


@given(there=ROWS, gone=ROWS, coming=ROWS, chunk=st.integers(1, 4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_comparing_only_rows_that_are_not_alone_and_reading_them_beside_changes_nothing(
    templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory, there: str, gone: str, coming: str, chunk: int
) -> None:
    """A list comes to the same as one of which every row is compared with everybody, whichever process reads it."""
    came_to = []
    for how in ("as it is", "beside", "every row"):
        folder = tmp_path_factory.mktemp("list")
        file = Path(shutil.copyfile(templates["SI"], folder / "soa.campaign"))
        with opened_by_ana(file, Clock(START)) as campaign, pytest.MonkeyPatch.context() as patched:
            patched.setattr(chunks, "_FIRST", chunk)
            patched.setattr(chunks, "CHUNK", chunk)
            if how == "beside":
                patched.setattr(chunks, "_WORTH_A_PROCESS", 0)
            if how == "every row":
                patched.setattr(RowDraft, "alone", property(lambda _draft: False, lambda _draft, _alone: None))
            for name, rows in (("there.csv", there), ("gone.csv", gone), ("coming.csv", coming)):
                path = folder / name
                path.write_text(f"{HEADINGS}{rows}\nZala;Zadnja;;;;;\n", encoding="utf-8")
                report = import_file(campaign, path)
                if name == "gone.csv":
                    undo_last(campaign)
            came_to.append((report.json_shape() | {"batch": None}, told(campaign)))
            assert faults_of(campaign) == []
    assert came_to[0] == came_to[1] == came_to[2]


@pytest.mark.parametrize("beside", [False, True])
def test_a_row_that_is_alone_is_compared_with_nobody(
    campaign: Campaign, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch, *, beside: bool
) -> None:
    """Every row of a hundred thousand was looked up by its numbers, addresses and names, though hardly one is known."""
    bring_in("Ime;Priimek;Telefon\nMaja;Novak;041 123 456\n", "a.csv")
    asked: list[set[str]] = []

    def shared(campaign: Campaign, numbers: Set[str], addresses: Set[str]) -> Holders:
        asked.append({*numbers, *addresses})
        return holders(campaign, numbers, addresses)

    def noted(campaign: Campaign, held: Holders, ties: Set[str], names: Set[tuple[str, int | None]]) -> Any:
        asked[-1] |= {name for name, _provider in names}
        return overlap(campaign, held, ties, names)

    monkeypatch.setattr(importing, "holders", shared)
    monkeypatch.setattr(importing, "overlap", noted)
    if beside:
        monkeypatch.setattr(chunks, "_WORTH_A_PROCESS", 0)
    alone = "Eva;Lah;031 000 222\nIda;Kos;031 000 223\nIda;Kos;031 000 224\nZala;Zadnja;041 123 456\n"
    report = bring_in("Ime;Priimek;Telefon\n" + alone, "b.csv")
    assert report.read == 4
    near = {"+38631000223", "+38631000224", "+38641123456", "zala zadnja", "zadnja zala"}
    assert asked[0] == near
    # The one that is a question is asked about again, alone.
    assert len(asked) >= 2 and all(again == {"+38641123456", "zala zadnja", "zadnja zala"} for again in asked[1:])


@given(there=ROWS, coming=ROWS, chunk=st.integers(1, 3), existing=st.sampled_from(["fill", "update", "skip"]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    there="Ana;Novak;041 123 456;;;;",
    coming="Ana;Novak;041 123 456;;;Brest;\nAna;Novak;;;;Brest;",
    chunk=1,
    existing="fill",
)
@example(there="Ana;Novak;;;;Lipa;", coming='Maja;Kos;;;;Brest;\nAna;Novak;;;;"Lipa, Brest";', chunk=1, existing="fill")
@example(there="", coming="Ana;Novak;;;;;\nAna;Novak;;;;;", chunk=1, existing="fill")
@example(
    there="Ana;Lah;031 000 222;;;;",
    coming='Ana;Lah;"031 000 222; 041 123 456";;;;\nAna Marija;Lah;041 123 456;;;;',
    chunk=1,
    existing="skip",
)
def test_where_a_list_is_cut_decides_nothing(
    templates: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    there: str,
    coming: str,
    chunk: int,
    existing: Any,
) -> None:
    """A second Ana came in, or a question was asked, by where the five hundredth row fell."""
    came_to = []
    for size in (chunk, 4000):
        folder = tmp_path_factory.mktemp("list")
        file = Path(shutil.copyfile(templates["SI"], folder / "soa.campaign"))
        with opened_by_ana(file, Clock(START)) as campaign, pytest.MonkeyPatch.context() as patched:
            patched.setattr(chunks, "_FIRST", size)
            patched.setattr(chunks, "CHUNK", size)
            for name, rows in (("there.csv", there), ("coming.csv", coming)):
                path = folder / name
                path.write_text(f"{HEADINGS}{rows}\nZala;Zadnja;;;;;\n", encoding="utf-8")
                report = import_file(campaign, path, existing="fill" if name == "there.csv" else existing)
            came_to.append((report.json_shape() | {"batch": None}, told(campaign)))
            assert faults_of(campaign) == []
    assert came_to[0] == came_to[1]


@pytest.mark.parametrize("existing", ["fill", "update"])
def test_a_row_that_is_understood_late_says_nothing_over_a_later_one(
    campaign: Campaign, bring_in: BringIn, existing: importing.Existing
) -> None:
    """A coordinator became a worker again, and was served for a call: her first row was a question, and taken last."""
    bring_in("Name;Phone\nEva Lah;041 234 561\n")
    listed = (
        "Name;Phone;E-mail;Position;Municipality;Street\n"
        "Ana Novak;041 234 561;ana@example.org;worker;Kranj;Pot 1\n"
        "Ana Novak;041 234 569;ana@example.org;coordinator;Maribor;\n"
    )
    report = bring_in(listed, "b.csv", existing=existing)
    assert (report.added, report.matched, report.questions) == (1, 1, 0)
    row = campaign.connection.execute(
        "SELECT position, (SELECT name FROM municipality WHERE code = municipality_code), street FROM person"
        " WHERE given = 'Ana'"
    ).fetchone()
    assert row == ("coordinator", "Maribor", "Pot 1")
    assert faults_of(campaign) == []


def test_what_a_row_says_once_more_has_the_provider_of_the_list_and_is_told_once(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """The day on which she began was kept as text of no provider, and what was said of her number was said twice."""
    bring_in("Name;Phone;Work phone\nEva Lah;041 234 561;\nIda Kos;;01 234 56 78\n")
    listed = (
        "Name;Phone;E-mail;Employed since\n"
        "Ana Novak;041 234 561;ana@example.org;2020-02-01\n"
        "Ana Novak;041 234 569;ana@example.org;2021-02-01\n"
        "Ida Kos;01 234 56 78;ana@example.org;\n"
        "Ida Kos;01 234 56 78;;\n"
    )
    report = bring_in(listed, "b.csv", existing="update", provider="Lipa")
    assert report.read == report.added + report.matched + report.rejected + report.questions
    started = campaign.connection.execute(
        "SELECT e.from_day FROM employment e JOIN person p ON p.id = e.person_id WHERE p.given = 'Ana'"
        " AND e.gone_by IS NULL"
    ).fetchall()
    assert started == [("2021-02-01",)]
    assert campaign.connection.execute("SELECT value FROM custom_value WHERE gone_by IS NULL").fetchall() == []
    assert len(report.remarks) == len(set(report.remarks))
    assert faults_of(campaign) == []


def test_a_namesake_of_somebody_barred_is_asked_about_however_near_the_two_rows_are(
    campaign: Campaign, bring_in: BringIn
) -> None:
    """Within one chunk nobody asked where the words of a long name stood in another order."""
    report = bring_in("Name;Do not contact\nAna Marija Novak;x\nMarija Ana Novak;\n")
    assert (report.added, report.questions) == (1, 1)
