from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.safe import safe
from tests.tui.made_up import made_up_app
from tests.tui.waiting import wait_for

NOTHING = object()


async def answered(pilot: Pilot[Any], dialog: ModalScreen[Any], *keys: str) -> object:
    """What `dialog` answers to these keys; NOTHING where it stays open."""
    answers: list[object] = []
    pilot.app.push_screen(dialog, answers.append)
    await wait_for(pilot, lambda: pilot.app.screen is dialog and dialog.is_mounted, "the dialog")
    await pilot.press(*keys)
    await pilot.pause()
    return answers[0] if answers else NOTHING


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), ("escape", None), ("3", NOTHING)])
async def test_a_question_is_answered_by_one_key(key: str, answer: object) -> None:
    async with made_up_app().run_test() as pilot:
        assert await answered(pilot, Confirm(safe("Erase [/b] Neja?"), "All of it."), key) is answer


def check_day(line: str) -> str | None:
    return None if line == "thu" else f"“{line}” is no day [/b]"


async def test_a_line_that_is_wrong_is_said_so_at_the_field_and_not_taken() -> None:
    async with made_up_app().run_test() as pilot:
        dialog = AskLine("Follow-up", check=check_day, read_back=lambda line: "Thu 26 Nov")
        assert await answered(pilot, dialog, "t", "h") is NOTHING
        message = dialog.query_one("#ask-message", Static)
        assert str(message.content) == "! “th” is no day [/b]"
        await pilot.press("enter")
        assert pilot.app.screen is dialog
        await pilot.press("u")
        await wait_for(pilot, lambda: str(message.content) == "→ Thu 26 Nov", "how it is read")


async def test_an_empty_field_is_not_blamed_before_enter() -> None:
    async with made_up_app().run_test() as pilot:
        dialog = AskLine("Follow-up", check=check_day)
        assert await answered(pilot, dialog) is NOTHING
        message = dialog.query_one("#ask-message", Static)
        assert str(message.content) == ""
        await pilot.press("enter")
        assert str(message.content).startswith("!")


async def test_a_line_is_taken_as_typed() -> None:
    async with made_up_app().run_test() as pilot:
        assert await answered(pilot, AskLine("Name", "Neja"), "1", "enter") == "Neja1"
        assert await answered(pilot, AskLine("Name", "Neja"), "1", "escape") is None


async def test_a_field_shows_what_acts_as_a_mark_and_keeps_the_value() -> None:
    async with made_up_app().run_test() as pilot:
        dialog = AskLine("Name", "Ne\x1b[31mja\u202e")
        assert await answered(pilot, dialog) is NOTHING
        field = dialog.query_one(Input)
        assert "Ne␛[31mja·" in field.render_line(0).text
        assert field.value == "Ne\x1b[31mja\u202e"


CHOICES = [Choice(10, "Žužek", "Koroška"), Choice(20, "Zarja [/b]\x1b"), Choice(30, "Obzor", "Savinjska")]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], 10),
        (["down", "enter"], 20),
        (["up", "enter"], 10),
        (["pagedown", "enter"], 30),
        (["3"], 30),
        (["9"], NOTHING),
        ([*"zuz", "enter"], 10),
        ([*"savi", "enter"], 30),
        ([*"xx", "enter"], NOTHING),
        (["escape"], None),
    ],
)
async def test_a_choice_by_arrows_digits_or_letters(keys: list[str], answer: object) -> None:
    async with made_up_app().run_test() as pilot:
        assert await answered(pilot, Choose("Provider", CHOICES), *keys) == answer


async def test_the_present_choice_has_the_bar() -> None:
    async with made_up_app().run_test() as pilot:
        assert await answered(pilot, Choose("Provider", CHOICES, current=20), "enter") == 20


async def test_a_choice_by_mouse() -> None:
    async with made_up_app().run_test() as pilot:
        dialog = Choose("Provider", CHOICES)
        assert await answered(pilot, dialog) is NOTHING
        await pilot.click(OptionList, offset=(4, 2))
        await wait_for(pilot, lambda: pilot.app.screen is not dialog, "the choice")
