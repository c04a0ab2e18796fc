"""Which list is brought in: by a part of its name, by its path as typed or dragged into the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.people import PersonDraft, PhoneDraft
from organiser_tui.domain.phones import PhoneRead
from organiser_tui.store.batches import import_batches
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.entering import save_person
from organiser_tui.store.imports import save_batch
from organiser_tui.store.journal import Deed
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.bring_in import BringIn
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.paths import path_completed, path_written
from organiser_tui.tui.dialogs.which_list import files_meant
from organiser_tui.tui.pages.batch import BatchPage
from organiser_tui.tui.pages.campaign import CampaignPage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.waiting import on_screen, said, wait_for

LIST = "Ime;Telefon;Izvajalec\nAna Novak;041 123 456;Lipa\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a list in Downloads and one in a folder where nobody looks."""
    for folder in ("Downloads", "elsewhere", "cwd"):
        (tmp_path / folder).mkdir()
    (tmp_path / "Downloads" / "2026 člani.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "elsewhere" / "old list.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "cwd")
    return tmp_path


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    yield made
    made.close()


async def looked_at(pilot: Pilot[Any]) -> BringIn:
    """The list has been looked at: what it would bring stands there, and nothing is saved."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, BringIn), "the dialog")
    dialog = pilot.app.screen
    assert isinstance(dialog, BringIn)
    await wait_for(pilot, lambda: "enter brings it in" in on_screen(dialog), "what it would bring")
    return dialog


@pytest.mark.parametrize("typed", ["~/elsewhere/old list.csv", "2026 cl", "~/elsewhere/", "~/elsewhere/OLD", "202"])
async def test_a_path_or_a_name_typed_at_which_list_brings_it_in(campaign: Campaign, home: Path, typed: str) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "Campaign")
        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which list")
        await pilot.press(*typed)
        assert pilot.app.screen.query_one("#choose-filter", Input).value == typed
        await pilot.press("enter")
        await looked_at(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: import_batches(campaign), "the list")
    (batch,) = import_batches(campaign)
    assert batch.file_name == ("2026 člani.csv" if typed.startswith("2") else "old list.csv")


async def test_a_path_that_leads_nowhere_says_so_and_takes_nothing(campaign: Campaign, home: Path) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which list")
        await pilot.press(*"~/nowhere.csv", "enter")
        assert isinstance(pilot.app.screen, Choose)
        options = pilot.app.screen.query_one("#choose-list")
        assert "no such file" in options.render_line(0).text
    assert import_batches(campaign) == []


def test_a_path_as_a_terminal_writes_it(home: Path) -> None:
    wanted = home / "elsewhere" / "old list.csv"
    for line in (f"'{wanted}' ", f'"{wanted}"', str(wanted).replace(" ", "\\ "), f"file://{wanted}"):
        assert path_written(line) == wanted
        assert [choice.value for choice in files_meant(line)] == [wanted]


@pytest.mark.parametrize("typed", ["~nobody/x", "\0", "/" + "x" * 5000, "/", ".", ""])
def test_what_is_no_path_ends_nothing(home: Path, typed: str) -> None:
    assert all(choice.value.exists() for choice in files_meant(typed))


async def test_after_a_list_one_sees_who_was_known_what_was_refused_and_what_is_asked(
    campaign: Campaign, home: Path
) -> None:
    (home / "Downloads" / "2026 člani.csv").write_text(
        LIST + "Ana Novak;041 123 456;Zarja\nBrez Številke;12;Lipa\nEva Kos;041 123 456;Lipa\n", encoding="utf-8"
    )
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "i", *"2026", "enter")
        await looked_at(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage) and import_batches(campaign), "it")
        page = pilot.app.screen

        def remarks() -> str:
            return str(page.query_one("#campaign-remarks", Static).content)

        await wait_for(pilot, lambda: "known" in remarks(), "what was said of its rows")
        assert "row 3     known    Ana Novak" in remarks()
        assert "row 5     asks" in remarks() and "· Ana Novak" in remarks()
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, BatchPage), "the list in full")
        batch = pilot.app.screen
        table = batch.query_one(RecordTable)
        await wait_for(pilot, lambda: table.record_id is not None, "its rows")
        headings = [table.headings[i].plain for i in table.ids.between(0, table.ids.total) if i in table.headings]
        left_out = "left out: enter shows whom it may be; somebody else is entered on page 3"
        assert headings == [left_out, "known already", "remarks", "added"]

        def in_full() -> str:
            return str(batch.query_one("#batch-row", Static).content)

        await wait_for(pilot, lambda: "Ime: Eva Kos" in in_full(), "the row as written")
        await pilot.press("down")
        await wait_for(pilot, lambda: "+ employment" in in_full(), "what was changed of Ana")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        await pilot.press("8")
        assert pilot.app.screen is page


class Held:
    """Halts whoever comes by, until it is let on."""

    def __init__(self) -> None:
        self.came, self.let_on = Event(), Event()
        self.on = False

    def __call__(self) -> None:
        if not self.on:
            return
        self.came.set()
        assert self.let_on.wait(30)


async def bring_in_and_escape(pilot: Pilot[Any], held: Held) -> None:
    """Bring the list in and press escape where `held` halts it; it is let on once the dialog says that it stops."""
    await pilot.press("8", "i", *"2026", "enter")
    await looked_at(pilot)
    held.on = True
    await pilot.press("enter")
    try:
        await wait_for(pilot, held.came.is_set, "the moment to stop")
        dialog = pilot.app.screen
        assert isinstance(dialog, BringIn)
        await pilot.press("escape")
        assert "stopping" in str(dialog.query_one("#bring-in-progress", Static).content)
        assert pilot.app.screen is dialog, "it answers before anybody can know"
    finally:
        held.let_on.set()
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "the answer")


async def test_escape_while_a_list_is_being_saved_saves_nothing_of_it(
    campaign: Campaign, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()

    def save_slowly(*args: Any) -> None:
        save_batch(*args)
        held()

    monkeypatch.setattr("organiser_tui.exchange.importing.save_batch", save_slowly)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await bring_in_and_escape(pilot, held)
        await wait_for(pilot, lambda: said(pilot) == ["Nothing of 2026 člani.csv was saved."], "what came of it")
    assert import_batches(campaign) == []
    assert campaign.connection.execute("SELECT count(*) FROM person").fetchone()[0] == 0


async def test_escape_that_comes_too_late_says_what_was_saved(
    campaign: Campaign, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, finish = Held(), Deed.finish

    def finish_slowly(deed: Deed) -> None:
        held()
        finish(deed)

    monkeypatch.setattr(Deed, "finish", finish_slowly)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await bring_in_and_escape(pilot, held)
        await wait_for(pilot, lambda: any("1 new" in sentence for sentence in said(pilot)), "what came of it")
    assert [batch.added for batch in import_batches(campaign)] == [1]


async def test_a_list_is_looked_at_before_anything_of_it_is_saved(campaign: Campaign, home: Path) -> None:
    """Whoever wanted to see first what a list would do had to leave the program for the command line."""
    path = home / "Downloads" / "2026 člani.csv"
    path.write_text(LIST + ";;Lipa\nEva Kos;041 123 456;Lipa\n", encoding="utf-8")
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "i", *"2026", "enter")
        dialog = await looked_at(pilot)
        found = on_screen(dialog)
        assert "nothing is saved yet" in found
        for words in ("3  rows", "1  new person", "1  refused", "1  left out until you say who it is"):
            assert words in found
        assert "1  new provider: Lipa" in found
        assert "row 3" in found
        assert campaign.connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "back")
        await wait_for(pilot, lambda: said(pilot) == ["Nothing of 2026 člani.csv was saved."], "what came of it")
        assert import_batches(campaign) == []
        await pilot.press("i", *"2026", "enter")
        await looked_at(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: import_batches(campaign), "the list")
    assert [(batch.added, batch.rejected, batch.questions) for batch in import_batches(campaign)] == [(1, 1, 1)]


async def test_a_list_that_changes_after_it_was_looked_at_is_looked_at_again(campaign: Campaign, home: Path) -> None:
    """Other people came in than those that were shown, without a word."""
    path = home / "Downloads" / "2026 člani.csv"
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "i", *"2026", "enter")
        dialog = await looked_at(pilot)
        path.write_text(LIST + "Eva Kos;041 123 457;Lipa\n", encoding="utf-8")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "2  new people" in on_screen(dialog), "the second look")
        assert import_batches(campaign) == []
        await pilot.press("enter")
        await wait_for(pilot, lambda: import_batches(campaign), "the list")
    assert [batch.added for batch in import_batches(campaign)] == [2]


async def test_escape_while_a_list_is_looked_at_stops_it(
    campaign: Campaign, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    held.on = True

    def save_slowly(*args: Any) -> None:
        save_batch(*args)
        held()

    monkeypatch.setattr("organiser_tui.exchange.importing.save_batch", save_slowly)
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "i", *"2026", "enter")
        await wait_for(pilot, held.came.is_set, "the moment to stop")
        await pilot.press("enter")  # there is nothing to bring in yet
        await pilot.press("escape")
        held.let_on.set()
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CampaignPage), "back")
    assert import_batches(campaign) == []


async def test_tab_completes_the_path_of_a_list_and_enter_goes_into_a_folder(campaign: Campaign, home: Path) -> None:
    for name in ("Člani in člani.csv", "Člani jeseni.csv", "notes.pdf"):
        (home / "elsewhere" / name).write_text(LIST, encoding="utf-8")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which list")
        field = pilot.app.screen.query_one("#choose-filter", Input)
        await pilot.press(*"~/el", "tab")
        assert field.value == "~/elsewhere/"
        screen = on_screen(pilot.app.screen)
        assert "Člani in člani.csv" in screen and "old list.csv" in screen
        assert "notes.pdf" not in screen
        await pilot.press(*"cla", "tab")
        assert field.value == "~/elsewhere/Člani "
        await pilot.press("j", "tab", "enter")
        await looked_at(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: import_batches(campaign), "the list")
    assert [batch.file_name for batch in import_batches(campaign)] == ["Člani jeseni.csv"]


async def test_enter_on_a_folder_shows_what_is_in_it(campaign: Campaign, home: Path) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "which list")
        await pilot.press(*"~/els", "enter")
        assert pilot.app.screen.query_one("#choose-filter", Input).value == "~/elsewhere/"
        assert "old list.csv" in on_screen(pilot.app.screen)


async def test_tab_completes_where_no_list_lies_about(campaign: Campaign, home: Path) -> None:
    (home / "Downloads" / "2026 člani.csv").unlink()
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "which file")
        field = pilot.app.screen.query_one("#ask-line", Input)
        await pilot.press(*"~/e", "tab", *"o", "tab")
        assert field.value == "~/elsewhere/old list.csv"
        await pilot.press("enter")
        await looked_at(pilot)


async def test_tab_completes_the_folder_of_a_contact_sheet(campaign: Campaign, home: Path) -> None:
    person = save_person(campaign, PersonDraft("Ana", "Novak", (PhoneDraft(PhoneRead("+38641123456", "", "", "")),)))
    make_call_list(campaign, CallListDraft("Lipa"), [person])
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "x")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, AskLine), "where to")
        field = pilot.app.screen.query_one("#ask-line", Input)
        field.value = ""
        await pilot.press(*"~/el", "tab", *"sheet.csv", "enter")
        await wait_for(pilot, lambda: (home / "elsewhere" / "sheet.csv").exists(), "the sheet")


def test_what_tab_makes_of_a_path(home: Path) -> None:
    (home / "elsewhere" / "other.csv").write_text(LIST, encoding="utf-8")
    (home / "elsewhere" / ".hidden.csv").write_text(LIST, encoding="utf-8")
    (home / "else").mkdir()
    for typed, completed in {
        "~": "~/",
        "~/EL": "~/else",
        "~/elsewhere": "~/elsewhere/",
        "~/elsewhere/o": "~/elsewhere/o",
        "~/elsewhere/OT": "~/elsewhere/other.csv",
        "~/elsewhere/.h": "~/elsewhere/.hidden.csv",
        "~/nowhere/x": "~/nowhere/x",
        "~nobody/x": "~nobody/x",
        "\0": "\0",
        "": "",
    }.items():
        assert path_completed(typed, (".csv",)) == completed
