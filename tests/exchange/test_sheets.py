"""A contact sheet that goes out is on record, with whom it named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.exchange.call_sheet import call_sheet
from organiser_tui.exchange.cells import plain_cell, safe_cell
from organiser_tui.exchange.sheets import write_sheet
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.person_history import history_of
from tests.store.building import Builder, Clock


def test_an_export_says_of_which_list_it_was_and_who_was_in_it(campaign: Campaign, tmp_path: Path) -> None:
    """How many people had gone out was told, but not who: nobody could be told where her number lies."""
    build = Builder(campaign)
    maja, eva, barred = build.person("Maja"), build.person("Eva"), build.person("Luka", barred="all")
    listed = build.call_list(maja, eva, barred, name="Evening calls")
    report = write_sheet(campaign, call_sheet(campaign, listed, "Evening calls"), tmp_path / "sheet.csv")
    assert (report.written, sum(report.left_out.values())) == (2, 1)
    execute = campaign.connection.execute
    export, of_list, taken, left_out = execute("SELECT id, list_id, taken, left_out FROM export_record").fetchone()
    assert (of_list, taken, left_out) == (listed, 2, 1)
    named = execute("SELECT person_id FROM exported_person WHERE export_id = ? ORDER BY person_id", (export,))
    assert named.fetchall() == [(maja,), (eva,)]
    last = diary(campaign)[0]
    assert (last.kind, last.what, last.person_id) == ("export", "Evening calls", None)
    assert history_of(campaign, maja)[0].kind == "export"
    assert "export" not in [deed.kind for deed in history_of(campaign, barred)]
    assert faults_of(campaign) == []


def test_a_list_whose_sheet_is_out_can_be_taken_back_and_the_sheet_stays_on_record(
    campaign: Campaign, tmp_path: Path
) -> None:
    build = Builder(campaign)
    maja = build.person("Maja")
    listed = build.call_list(maja)
    write_sheet(campaign, call_sheet(campaign, listed, "Evening calls"), tmp_path / "sheet.csv")
    for table, row in (("call_list", listed), ("person", maja)):
        undo_last(campaign)
        assert build.value(table, row, "gone_by") is not None
    execute = campaign.connection.execute
    assert execute("SELECT list_id FROM export_record WHERE gone_by IS NULL").fetchall() == [(listed,)]
    assert execute("SELECT person_id FROM exported_person WHERE gone_by IS NULL").fetchall() == [(maja,)]


def test_the_sheet_says_until_when_somebody_is_not_called_and_writes_every_date_alike(
    campaign: Campaign, tmp_path: Path, clock: Clock
) -> None:
    """An agreed call back was “call back later” without its hour, a rest “cooldown” without its end."""
    build = Builder(campaign)
    later, tried, barred = build.person("Maja"), build.person("Eva"), build.person("Zala")
    build.call(later, "call back", follow_up="2026-11-23T18:00")
    build.call(tried, "no answer")
    build.call(barred, "do not contact", do_not_contact="text", day="2026-11-12")
    listed = build.call_list(later, tried, barred)
    write_sheet(campaign, call_sheet(campaign, listed, "Evening calls"), tmp_path / "sheet.csv")
    text = (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig")
    rows = {row["name"].split()[0]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
    assert rows["Maja"]["why"] == "call back later: Mon 23 Nov 18:00"
    assert rows["Eva"]["why"].startswith("cooldown until Thu 19 Nov ")
    assert rows["Eva"]["last contact"] == "Thu 19 Nov"
    assert rows["Zala"]["before calling"] == "do not contact by text since Thu 12 Nov"
    assert "2026-" not in text


@given(st.text().filter(lambda text: not text.startswith("'")))
def test_what_was_made_safe_for_a_spreadsheet_is_read_as_it_was(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


def test_no_formula_runs_where_commas_divide_the_cells(campaign: Campaign, tmp_path: Path) -> None:
    """“Ana,=1+1” stood unquoted: a spreadsheet that divides at commas had a cell that began with “=”."""
    build = Builder(campaign)
    ana = build.person("Ana,=1+1", build.provider('Lipa,=HYPERLINK("http://x")'))
    write_sheet(campaign, call_sheet(campaign, build.call_list(ana), "Evening"), tmp_path / "sheet.csv")
    text = (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(text.splitlines(), delimiter=",") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_sheet_that_is_broken_off_does_not_lie_about(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ctrl+c while another window was writing left names and numbers on the disk, on no record."""
    listed = Builder(campaign).call_list(Builder(campaign).person("Maja"))

    def broken_off(*_asked: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("organiser_tui.exchange.sheets.record_export", broken_off)
    with pytest.raises(KeyboardInterrupt):
        write_sheet(campaign, call_sheet(campaign, listed, "Evening"), tmp_path / "sheet.csv")
    assert list(tmp_path.glob("*sheet*")) == []
