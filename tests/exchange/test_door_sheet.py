"""The sheet at the door: who stands in it, what it never says, and how it opens elsewhere."""

from __future__ import annotations

import csv
import io
import logging
import re
import shutil
import socket
import subprocess
import zlib
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.call_sheet import call_sheet
from organiser_tui.exchange.door_sheet import door_sheet
from organiser_tui.exchange.sheets import write_sheet
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import EventDraft, cancel_event, check_in, invite, make_event
from tests.store.building import Builder

LONG = "Zavod za neodvisno življenje in osebno asistenco Đurđevac Ljubljana-Šiška"


def evening(campaign: Campaign, *people: int, name: str = "Večer") -> int:
    made = make_event(campaign, EventDraft("workshop", name, f"{campaign.today().isoformat()}T18:00", "Kranj"))
    invite(campaign, made, people)
    return made


def answers(build: Builder, person: int, event: int, answer: str) -> None:
    ask = build.insert("ask", person_id=person, kind="come", day="2026-11-10", event_id=event)
    build.answer(ask, answer, "2026-11-11")


def names(campaign: Campaign, event: int) -> list[str]:
    return [row.cells[1] for row in door_sheet(campaign, event).rows]


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def test_who_is_awaited_stands_by_region_provider_and_name(campaign: Campaign, build: Builder) -> None:
    lipa, breza = build.provider("Lipa", "SI042"), build.provider("Češnja", "SI032")
    people = [build.person("Zora", lipa), build.person("Ana", lipa), build.person("Eva", breza), build.person("Iva")]
    no, withdrawn, walked_in = build.person("No"), build.person("Off"), build.person("Walked", lipa)
    event = evening(campaign, *people, no, withdrawn)
    for person, answer in ((people[0], "yes"), (people[1], "maybe"), (no, "no"), (withdrawn, "withdrawn")):
        answers(build, person, event, answer)
    check_in(campaign, event, walked_in)
    in_order = ["Ana Novak", "Walked Novak", "Zora Novak", "Eva Novak", "Iva Novak"]
    assert names(campaign, event) == in_order
    check_in(campaign, event, no)
    assert "No Novak" in names(campaign, event), "who came stands there whatever she had said"
    sheet = door_sheet(campaign, event)
    assert [row.cells[1] for row in sheet.rows if row.cells[0]] == ["Walked Novak", "No Novak"]


def test_who_must_be_named_nowhere_is_left_out_and_counted(campaign: Campaign, build: Builder) -> None:
    stays = build.person("Stays")
    reprisal, barred, dead, boss = (build.person(name) for name in ("Reprisal", "Barred", "Dead", "Boss"))
    taken_back = build.person("Told")
    event = evening(campaign, stays, reprisal, barred, dead, boss, taken_back)
    build.insert("reprisal", person_id=reprisal, day="2026-11-01", what="fewer hours")
    build.end("reprisal", build.insert("reprisal", person_id=taken_back, day="2026-11-01", what="none"))
    build.insert("barred_channel", person_id=barred, channel=None, since="2026-11-01")
    build.change("person", dead, deceased=1)
    build.change("person", boss, position="manager")
    sheet = door_sheet(campaign, event)
    assert [row.person_id for row in sheet.rows] == [stays, taken_back]
    assert sheet.left_out == {"reprisal": 1, "do not contact": 1, "deceased": 1, "position": 1}
    listed = build.call_list(stays, reprisal, taken_back)
    called = call_sheet(campaign, listed, "Evening")
    assert {row.person_id for row in called.rows} == {stays, taken_back}
    assert called.left_out == {"reprisal": 1}


def test_only_numbers_that_may_be_called_stand_there(campaign: Campaign, build: Builder, tmp_path: Path) -> None:
    work, wrong, barred, own = (build.person(name, phone=None) for name in ("Work", "Wrong", "Barred", "Own"))
    build.phone(work, "+38641000001", kind="work")
    build.phone(wrong, "+38641000002", standing="wrong", position=1)
    build.phone(wrong, "+38641000003")
    build.phone(barred, "+38641000004")
    build.insert("barred_channel", person_id=barred, channel="call", since="2026-11-01")
    build.phone(own, "+38641000005", kind="work")
    build.change("person", own, work_numbers=1)
    report = write_sheet(
        campaign, door_sheet(campaign, evening(campaign, work, wrong, barred, own)), tmp_path / "a.csv"
    )
    phones = {row["name"].split()[0]: row["phone"] for row in table(tmp_path / "a.csv")}
    assert phones == {"Work": "", "Wrong": "+386 41 000 003", "Barred": "", "Own": "+386 41 000 005"}
    assert report.left_out_told == [("work number not allowed", 1)]


def test_a_door_sheet_never_says_what_is_noted_of_anybody(campaign: Campaign, build: Builder, tmp_path: Path) -> None:
    maja = build.person("Maja", next_note="SECRETNOTE", call_how="SECRETHOW")
    build.card(maja, "form out", "2026-11-02", reason="SECRETREASON")
    build.call(maja, "talked", note="SECRETCALL", rating=4)
    event = evening(campaign, maja)
    for ending in ("csv", "xlsx", "pdf"):
        write_sheet(campaign, door_sheet(campaign, event), tmp_path / f"a.{ending}")
    (row,) = table(tmp_path / "a.csv")
    assert list(row) == ["came", "name", "phone", "region", "provider", "brought by", "card", "task", "note"]
    assert [row[column] for column in ("came", "brought by", "card", "task", "note")] == [""] * 5
    said = (tmp_path / "a.csv").read_text() + _pdf_text(tmp_path / "a.pdf") + repr(_cells(tmp_path / "a.xlsx"))
    assert "SECRET" not in said and "form out" not in said


def test_whoever_walks_in_finds_a_line_for_her_name_where_nobody_was_invited(
    campaign: Campaign, tmp_path: Path
) -> None:
    report = write_sheet(campaign, door_sheet(campaign, evening(campaign)), tmp_path / "a.pdf")
    text = _pdf_text(tmp_path / "a.pdf")
    assert report.written == 0
    assert "name" in text.split() and "others who came" in text and "page 1 of 1" in text


def test_an_event_that_was_called_off_has_no_door(campaign: Campaign) -> None:
    event = evening(campaign)
    cancel_event(campaign, event)
    with pytest.raises(OrganiserError, match="was called off: it has no door"):
        door_sheet(campaign, event)


def test_each_sheet_is_on_record_with_its_purpose(campaign: Campaign, build: Builder, tmp_path: Path) -> None:
    maja, eva = build.person("Maja"), build.person("Eva", position="owner")
    event = evening(campaign, maja)
    answers(build, eva, event, "yes")
    write_sheet(campaign, door_sheet(campaign, event), tmp_path / "a.pdf")
    execute = campaign.connection.execute
    (row,) = execute("SELECT id, what, purpose, file_name, taken, left_out, destroy_by FROM export_record").fetchall()
    assert row[1:] == ("Večer, Thu 19 Nov 18:00 · Kranj", "door sheet", "a.pdf", 1, 1, "2026-12-19")
    assert execute("SELECT export_id, person_id FROM exported_person").fetchall() == [(row[0], maja)]
    assert faults_of(campaign) == []


def many(campaign: Campaign, build: Builder) -> int:
    """An event with enough people for several pages, some with names that are hard to print."""
    lipa, long = build.provider("Lipa", "SI042"), build.provider(LONG, "SI032")
    hard = build.person("Ána-Đurđica Jyväskyläinen", long, family="Šćepanović-Žužemberška Wolfeschlegelsteinhausen")
    odd = build.person("=1+1", lipa, family="漢{nb}")
    return evening(campaign, hard, odd, *[build.person(f"Maja {n:02}", lipa) for n in range(40)])


def test_the_pdf_has_its_letters_its_pages_and_nothing_of_the_machine(
    campaign: Campaign, build: Builder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    write_sheet(campaign, door_sheet(campaign, many(campaign, build)), tmp_path / "door.pdf")
    assert caplog.messages == [], "what is said of a letter that the font has not got would name somebody"
    reader = PdfReader(tmp_path / "door.pdf")
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) > 2
    for number, (page, text) in enumerate(zip(reader.pages, texts, strict=True), start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595), "A4 across"
        assert f"page {number} of {len(texts)}" in text
        assert "came" in text and "brought by" in text and "Večer" in text, "headed on every page"
    whole = " ".join(" ".join(texts).split())
    assert all(f"Maja {n:02} Novak" in whole for n in range(40))
    for word in ("Ána-Đurđica", "Jyväskyläinen", "Žužemberška", "Wolfeschlegelsteinhausen", LONG, "=1+1 □{nb}"):
        assert word in whole, word
    assert "(continued)" in whole and "others who came" in whole
    raw = _inflated((tmp_path / "door.pdf").read_bytes())
    for secret in (socket.gethostname(), str(tmp_path), str(Path.home()), str(Path.cwd()), "DejaVuSansCondensed.ttf"):
        assert secret.encode() not in raw
    assert b"FontFile2" in raw, "the letters are embedded"
    assert (tmp_path / "door.pdf").stat().st_mode & 0o777 == 0o600


def test_the_workbook_keeps_numbers_as_text_and_its_header_in_sight(
    campaign: Campaign, build: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_words: object, **_named: object) -> None:
        raise AssertionError("a temporary file would hold names")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    event = many(campaign, build)
    write_sheet(campaign, door_sheet(campaign, event), tmp_path / "door.xlsx")
    page = openpyxl.load_workbook(tmp_path / "door.xlsx").active
    assert page is not None
    rows = _cells(tmp_path / "door.xlsx")
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:I{len(rows)}"
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}, "no formula, no number"
    assert all(re.fullmatch(r"\+386 [\d ]+", row[2]) for row in rows[1:])
    assert page["C2"].number_format == "@"
    for column, place in (("B", 1), ("C", 2), ("D", 3)):
        longest = max(len(row[place]) for row in rows)
        assert page.column_dimensions[column].width >= min(60, longest), "widths that fit; longer cells are wrapped"
    assert {row[1] for row in rows} >= {"=1+1 漢{nb}"}
    write_sheet(campaign, door_sheet(campaign, event), tmp_path / "door.csv")
    assert "'=1+1 漢{nb}" in {row["name"] for row in table(tmp_path / "door.csv")}, "no formula there either"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_pdftotext_reads_the_names(campaign: Campaign, build: Builder, tmp_path: Path) -> None:
    write_sheet(campaign, door_sheet(campaign, many(campaign, build)), tmp_path / "door.pdf")
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "door.pdf", "-"], capture_output=True, check=True)
    assert "Ána-Đurđica" in done.stdout.decode() and "Maja 07 Novak" in done.stdout.decode()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(campaign: Campaign, build: Builder, tmp_path: Path) -> None:
    write_sheet(campaign, door_sheet(campaign, many(campaign, build)), tmp_path / "door.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    words = ["soffice", home, "--headless", "--convert-to", "csv", "--outdir"]
    subprocess.run(
        [*words, str(tmp_path / "out"), str(tmp_path / "door.xlsx")], capture_output=True, check=True, timeout=120
    )
    text = (tmp_path / "out" / "door.csv").read_text(encoding="utf-8")
    assert "=1+1" in text and "+386 " in text


def _pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _cells(path: Path) -> list[list[str]]:
    page = openpyxl.load_workbook(path).active
    assert page is not None
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in page.iter_rows()]


def _inflated(raw: bytes) -> bytes:
    """A PDF with its streams beside it, unpacked."""
    streams = []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.S):
        try:
            streams.append(zlib.decompress(packed))
        except zlib.error:
            streams.append(packed)
    return raw + b"".join(streams)
