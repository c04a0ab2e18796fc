"""What is left in which order: the lock above everything stays, whatever ends below it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual import events

from organiser_tui.exchange.report import ImportReport
from organiser_tui.store.call_lists import call_lists
from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.dialogs import bring_in, new_list
from organiser_tui.tui.dialogs.bring_in import BringIn
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.help import HelpScreen
from organiser_tui.tui.dialogs.lock import LockScreen
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.dialogs.past_contact import PastContact
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.person import PersonPage
from organiser_tui.tui.widgets.call_form import CallForm
from tests.tui.campaigns import app_of
from tests.tui.test_call_stories import in_call
from tests.tui.waiting import on_screen, wait_for


class Held:
    """A step of the program that waits in its thread until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        self._go_on, step = Event(), getattr(module, name)

        def held(*given: Any, **named: Any) -> Any:
            if not named.get("dry_run"):
                assert self._go_on.wait(30)
            return step(*given, **named)

        monkeypatch.setattr(module, name, held)

    def go_on(self) -> None:
        self._go_on.set()


@pytest.mark.parametrize("above", ["ctrl+l", "f1"])
async def test_a_list_that_has_come_in_does_not_open_the_lock(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: str
) -> None:
    """The page with the names stood there again, the dialog below it, and escape ended the program."""
    path = tmp_path / "list.csv"
    path.write_text("Ime;Priimek;Telefon\nZora;Nova;041 123 456\n", encoding="utf-8")
    importing = Held(monkeypatch, bring_in, "import_file")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        dialog = BringIn(campaign, path)
        answers: list[ImportReport | None] = []
        pilot.app.push_screen(dialog, answers.append)
        await wait_for(pilot, lambda: "1 new person" in " ".join(on_screen(dialog).split()), "what it would do")
        await pilot.press("enter", above)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LockScreen | HelpScreen), "what lies above")
        covering = pilot.app.screen
        importing.go_on()
        await wait_for(pilot, lambda: dialog._importing.is_finished, "it is in")
        await pilot.pause()
        assert pilot.app.screen is covering and answers == []
        await pilot.press("enter")
        await wait_for(pilot, lambda: answers, "the answer")
        assert answers[0] is not None and answers[0].added == 1
        assert len(pilot.app.screen_stack) == 1


async def test_an_enter_before_the_lock_does_not_open_it(campaign: Campaign) -> None:
    """Typed in one burst before ctrl+l, it opened what had been locked behind it; it opens whom it was typed for."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "the list")
        for key in ("slash", "a", "n", "a", "enter", "enter", "ctrl+l"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LockScreen), "the lock")
        for _turn in range(5):
            await pilot.pause()
        assert isinstance(pilot.app.screen, LockScreen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "whom the first enter had opened")


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+l"])
async def test_what_was_typed_before_leaving_is_kept(campaign: Campaign, key: str, times: int) -> None:
    """Over a slow line the letters came together with the key, which overtook them; a whole note was gone."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        for typed in ("n", *"abcdefgh", *[key] * times):
            pilot.app.post_message(events.Key(typed, typed if len(typed) == 1 else None))
        if key == "ctrl+q":
            await wait_for(pilot, lambda: pilot.app._exit, "the end")
            (noted,) = campaign.connection.execute("SELECT noted FROM call_draft").fetchone()
            assert "abcdefgh" in noted
        else:
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, LockScreen), "the lock")
            assert page.query_one(CallForm).note == "abcdefgh"


async def test_a_list_that_is_being_made_is_not_called_off_without_a_word(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog closed, and the list stood there all the same."""
    lists, making = len(call_lists(campaign)), Held(monkeypatch, new_list, "make_call_list")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the dialog")
        await pilot.press("enter", "escape")
        await wait_for(pilot, lambda: "It is being made" in on_screen(pilot.app.screen), "the word")
        making.go_on()
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "it is there")
    assert len(call_lists(campaign)) == lists + 1


async def test_the_first_answer_of_what_waits_counts(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        answers: list[int | None] = []
        dialog: Choose[int] = Choose("Which?", [Choice(1, "one"), Choice(2, "two")])
        pilot.app.push_screen(dialog, answers.append)
        await wait_for(pilot, lambda: pilot.app.screen is dialog and dialog.is_mounted, "the dialog")
        await pilot.press("ctrl+l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LockScreen), "the lock")
        dialog.dismiss(2)
        dialog.dismiss(None)
        await pilot.press("enter")
        await wait_for(pilot, lambda: answers == [2], "the answer")


@pytest.mark.parametrize("answer", ["y", "ctrl+q"])
async def test_leaving_the_program_out_of_a_form_asks_first(campaign: Campaign, answer: str) -> None:
    """What had been typed was gone, though escape had asked."""
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "People")
        await pilot.press("m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PastContact), "the form")
        form = pilot.app.screen
        await pilot.press(*"tor", "ctrl+q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is form, "the form again")
        assert pilot.app.return_code is None
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question again")
        await pilot.press(answer)
        await wait_for(pilot, lambda: pilot.app._exit, "the end")


async def test_leaving_a_form_in_which_nothing_was_typed_asks_nothing(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PastContact), "the form")
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: pilot.app._exit, "the end")
