"""What somebody who sees the program for the first time stumbled over, at 80 by 24."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.heard import NOTHING
from organiser_tui.domain.outcomes import Effect
from organiser_tui.exchange.plain import print_history
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.people import PeopleQuery, first_people, search_people
from organiser_tui.store.people import people_page as rows_of
from organiser_tui.store.person import person_card
from organiser_tui.store.person_history import history_of
from organiser_tui.store.providers import add_provider, log_provider, note_stance, provider_card
from organiser_tui.store.story import story_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.form_dialog import FormDialog
from organiser_tui.tui.dialogs.help import HelpScreen
from organiser_tui.tui.dialogs.paths import completing_paths
from organiser_tui.tui.drawing.card import full_lines
from organiser_tui.tui.drawing.history import change_words
from organiser_tui.tui.drawing.people import PeopleCells
from organiser_tui.tui.drawing.person import story_lines
from organiser_tui.tui.drawing.provider import log_lines
from organiser_tui.tui.pages.history import HistoryPage
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import in_call, last_contact, static_text
from tests.tui.test_past_contact import past_contact
from tests.tui.test_people_page import ana_and_eva, entered, people_page
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    with ana_and_eva(tmp_path) as made:
        yield made


async def test_texts_only_is_said_everywhere_and_not_as_do_not_contact(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    """After `0` `3` the bottom line, the story and the history all said “do not contact”, as if of every channel."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        called = page.person_id
        assert called is not None
        await pilot.press("0", "3")
        await wait_for(pilot, lambda: page.person_id != called, "the next person")
        assert "do not contact by text · u takes it back" in static_text(page, "#call-said")
        for width, words in ((60, "do not contact by text"), (38, " no texts ")):
            story = story_lines(story_of(campaign, called), campaign.today(), width, 3)
            assert words in story[0].plain
        row = rows_of(campaign, [called])[called]
        cells = PeopleCells(campaign.today(), campaign.zone, "SI")
        assert cells.cell(row, "last_contact", 15).plain == "today no texts"
        await pilot.press("escape", "8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await wait_for(pilot, lambda: ": no texts" in on_screen(pilot.app.screen), "the deed in words")
    print_history(campaign, None, as_json=False)
    assert "do not contact by text" in capsys.readouterr().out.splitlines()[0]


async def test_how_a_talk_is_taken_back_is_never_cut(campaign: Campaign) -> None:
    """A long name, a rating, an ask and a follow-up left no room for it at the end of the line."""
    entered(campaign, "Marija Magdalena Antonija", "Hudournik Podbevšek Kralj", number="+38641123458")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        while page.person_id is not None:
            called = page.person_id
            await pilot.press("r", "2", "n", *"said much", "enter", "f", *"thu 18h bring the forms to Maja", "enter")
            await wait_for(pilot, lambda: page.focused is None, "the keys are outcomes again")
            await pilot.press("1")
            await wait_for(pilot, lambda called=called: page.person_id != called, "the next person")  # type: ignore[misc]
            said = static_text(page, "#call-said")
            assert said.endswith(" · u takes it back") and len(said) <= 80
    assert len(campaign.connection.execute("SELECT 1 FROM contact").fetchall()) == 3


async def test_a_meet_up_noted_days_later_is_told_as_that_of_its_day(
    campaign: Campaign, capsys: pytest.CaptureFixture[str]
) -> None:
    """The meet-up of 17 November stood in the history only as a contact of the 21st, on which it was typed."""
    (called,) = first_people(campaign, PeopleQuery(), 1)
    log_contact(campaign, ContactDraft(called, "talked", channel="meet-up", day="2026-11-17"))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await wait_for(pilot, lambda: "meet-up of 17 Nov" in on_screen(pilot.app.screen), "its day")
    print_history(campaign, None, as_json=False)
    assert capsys.readouterr().out.splitlines()[0].endswith(": talked, meet-up of 2026-11-17")


async def test_what_was_refused_is_said_once_and_whole_and_goes_when_it_is_mended(campaign: Campaign) -> None:
    """“! Not saved: …” stood until the save, said the same twice, without accents the second time, and was cut off."""
    async with people_page(campaign) as (pilot, page):
        dialog = await past_contact(pilot)
        await pilot.press(*"today", *["down"] * 7, *"čez žago", "ctrl+s")
        said = dialog.query_one("#form-message", Static)
        await wait_for(pilot, lambda: "Not saved" in str(said.content), "that it was not saved")
        await wait_for(pilot, lambda: on_screen(dialog).count("is not understood") == 1, "why, once")
        screen = " ".join(on_screen(dialog).split())
        assert "čez žago" in screen and "cez zago" not in screen
        assert campaign.today().strftime("%Y-") in on_screen(dialog), "its end"
        await pilot.press("backspace")
        await wait_for(pilot, lambda: not str(said.content), "the refusal is gone")
        await pilot.press(*["backspace"] * 8, "ctrl+s")
        await wait_for(pilot, lambda: pilot.app.screen is page, "the list")


@pytest.mark.parametrize("key", ["e", "m"])
async def test_f1_helps_inside_a_form_too(campaign: Campaign, key: str) -> None:
    """The key did nothing there, and nothing said that it would."""
    async with people_page(campaign) as (pilot, _page):
        await pilot.press(key)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog), "the form")
        form = pilot.app.screen
        await wait_for(pilot, lambda: "f1 help" in on_screen(form).splitlines()[-1], "the key in the bottom row")
        await pilot.press("f1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen), "help")
        await wait_for(pilot, lambda: "ctrl+s" in on_screen(pilot.app.screen), "its keys")
        await pilot.press("f1")
        await wait_for(pilot, lambda: pilot.app.screen is form, "the form again")


async def test_a_long_note_shows_its_beginning_once_it_is_written(campaign: Campaign) -> None:
    """After enter only its tail stood in the field."""
    note = "the beginning of a note that is much longer than the field in which it is written"
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        await pilot.press("n", *note, "enter")
        await wait_for(pilot, lambda: page.focused is None, "the note is left")
        await wait_for(pilot, lambda: "the beginning of" in on_screen(page), "its beginning")
        await pilot.press("n", "!", "enter", "1")
        await wait_for(pilot, lambda: last_contact(campaign)[2] == note + "!", "what was written on stands at its end")


async def test_the_history_of_a_person_names_places_and_not_their_codes(campaign: Campaign) -> None:
    """It said “municipality code: 181 → 070”."""
    places = campaign.places.municipality_names
    (first, old), (second, new) = list(places.items())[:2]
    person = entered(campaign, "Zala", "Golob", number="+38641123459")
    for code in (first, second):
        with campaign.write(DeedKind.CHANGE_PERSON) as deed:
            deed.change("person", person, municipality_code=code, region_code=campaign.places.region_of[code])
            deed.change(
                "person", person, work="other" if code == second else "assistant", leave_message=int(code == second)
            )
    told = [change_words(change, campaign.today()).plain for change in history_of(campaign, person, 1)[0].changes]
    assert f"municipality: {old} → {new}" in told
    assert "work: assistant → other work" in told
    assert "leave a message: no → yes" in told
    assert not [line for line in told if "code" in line or "_" in line]


async def test_half_a_path_is_blamed_on_enter_and_not_while_tab_shows_how_to_go_on(
    campaign: Campaign, tmp_path: Path
) -> None:
    """Under what tab had found it said “There is no file …”, and “The name ends in .csv.” before it could."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "koroska.csv").write_text("name\n", encoding="utf-8")

    def trouble(line: str) -> str | None:
        return None if Path(line).is_file() else "There is no such file."

    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        question = AskLine("Which file?", f"{tmp_path}/li", check=trouble, complete=completing_paths((".csv",)))
        await pilot.app.push_screen(question)
        said = question.query_one("#ask-message", Static)
        await pilot.press("tab")
        await wait_for(pilot, lambda: "koroska.csv" in on_screen(question), "what is in the folder")
        assert not str(said.content)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "There is no such file" in str(said.content), "on enter")
        await pilot.press("k")
        await wait_for(pilot, lambda: not str(said.content), "going on")


def test_a_stance_in_the_log_of_a_provider_is_said_in_words(campaign: Campaign) -> None:
    """It was put together in the file, where nobody translates it."""
    provider = add_provider(campaign, "Vrba")
    note_stance(campaign, provider, "helpful")
    log_provider(campaign, provider, "stance: they say")
    card = provider_card(campaign, provider)
    assert card is not None
    assert [(line.kind, line.what) for line in card.log] == [("log", "stance: they say"), ("stance", "helpful")]
    assert [line.plain[12:29] for line in log_lines(card, campaign.today(), 60, 5)][1] == "stance: helpful  "


def test_a_long_note_could_be_read_nowhere(campaign: Campaign) -> None:
    """Her own page and `S` in a call cut it after one line, as they cut what she proposed and a field of one's own."""
    eva = search_people(campaign, "eva")[0][0]
    said = [f"beseda{n}" for n in range(60)] + ["x" * 90]
    proposed = "Naj odbor vsak mesec pove, koliko je bilo klicev in koga še nihče ni vprašal, in to vsem članicam"
    heard = NOTHING._replace(proposes=(proposed,), for_next="Pokliči šele po " + "dolgi " * 20 + "izmeni")
    log_contact(campaign, ContactDraft(eva, Effect.TALKED, note=" ".join(said), heard=heard))
    card = person_card(campaign, eva)
    assert card is not None
    for width in (70, 40):
        lines = full_lines(card, story_of(campaign, eva), campaign.today(), "SI", width)
        assert max(line.cell_len for line in lines) <= width
        shown = "".join(line.plain.replace(" ", "") for line in lines)
        for whole in (" ".join(said), proposed, heard.for_next):
            assert whole.replace(" ", "") in shown
