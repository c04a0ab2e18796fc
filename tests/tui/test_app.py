from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, OptionList, Static
from textual.widgets._toast import Toast

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.tui.app import OrganiserApp
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.dialogs.help import HelpScreen
from organiser_tui.tui.dialogs.lock import LockScreen
from organiser_tui.tui.keys import key_name
from organiser_tui.tui.page import Page
from organiser_tui.tui.pages import page_entries
from organiser_tui.tui.palette import OrganiserPalette
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.tab_line import TabLine
from tests.tui.made_up import BarePage, ListPage, MadeUpStore, made_up_app
from tests.tui.waiting import wait_for


def picture(app: OrganiserApp) -> str:
    """The words on the whole screen, line by line."""
    app.screen._compositor_refresh()
    width, height = app.size
    rendered = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in rendered[:height] if width)


def words_of(app: OrganiserApp, row: type[TabLine] | type[KeyBar]) -> str:
    return app.screen.query_one(row).draw_row(app.size.width)[0].plain


async def test_a_digit_shows_its_page_and_a_digit_without_page_does_nothing() -> None:
    app = made_up_app(first="1")
    async with app.run_test() as pilot:
        assert app.current_mode == "today"
        await pilot.press("3")
        await wait_for(pilot, lambda: app.current_mode == "people", "People")
        await pilot.press("5", "7")
        assert app.current_mode == "people"
        await pilot.press("8")
        await wait_for(pilot, lambda: app.current_mode == "campaign", "Campaign")


async def test_a_digit_in_a_field_is_text() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        await pilot.press("slash", "3", "u", "question_mark")
        assert app.screen.query_one(Input).value == "3u?"
        assert app.current_mode == "providers"
        assert words_of(app, KeyBar).split() == ["esc", "back", "f1", "help"]
        await pilot.press("escape")
        assert isinstance(app.focused, RecordTable)


async def test_digits_of_a_page_of_its_own_come_before_those_of_the_program() -> None:
    class CallPage(BarePage):
        TAB_LINE = False
        BINDINGS = [Binding("1", "outcome", "talked", id="call.talked", tooltip="She answered")]

        def action_outcome(self) -> None:
            self.say("talked")

    app = made_up_app()
    async with app.run_test(notifications=True) as pilot:
        await app.push_screen(CallPage(app.store))
        await pilot.press("1")
        await wait_for(pilot, lambda: app.screen.query(Toast), "what the outcome says")
        assert isinstance(app.screen, CallPage) and app.current_mode == "providers"
        await pilot.press("escape")
        assert isinstance(app.screen, ListPage)


async def test_the_tab_line_says_where_one_is_who_works_and_that_the_file_is_open_to_read() -> None:
    app = made_up_app()
    async with app.run_test(size=(80, 24)) as pilot:
        line = words_of(app, TabLine)
        assert line.startswith(" 1 Today  2 Calls  3 People  4 Providers  8 Campaign ")
        assert line.endswith("Ana · not encrypted ") or line.endswith("Ana · not encrypted")
        assert len(line) <= 80
        app.organiser = "Ž" * 60
        await wait_for(pilot, lambda: "Ž" in words_of(app, TabLine), "the other organiser")
        assert "not encrypted" in words_of(app, TabLine)
        assert len(words_of(app, TabLine)) <= 80
        app.organiser = "[/b]\x1b[31m"
        await wait_for(pilot, lambda: "[/b]␛" in words_of(app, TabLine), "a hostile organiser")


async def test_a_click_on_a_tab_shows_the_page_and_one_on_a_key_presses_it() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        await pilot.click(TabLine, offset=(3, 0))
        await wait_for(pilot, lambda: app.current_mode == "today", "Today")
        await pilot.click(KeyBar, offset=(2, 0))
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")


async def test_ctrl_q_leaves_at_once_from_anywhere_with_status_0() -> None:
    for before in ([], ["slash"], ["ctrl+l"], ["question_mark"], ["ctrl+p"]):
        app = made_up_app()
        async with app.run_test() as pilot:
            await pilot.press(*before, "ctrl+q")
        assert app.return_code == 0
        assert app._exit


async def test_the_footer_names_at_most_six_keys_in_the_order_of_the_page() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert words_of(app, KeyBar).split("   ")[:5] == [" enter open", "l call list", "s sort", "/ search", "? help"]
        names = ["list.up", "list.down", "list.first", "list.last", "list.open", "list.mark", "list.sort", "help"]
        app.screen.query_one(KeyBar).show(names)
        assert len(words_of(app, KeyBar).strip().split("   ")) <= 6


async def test_a_dialog_names_its_own_keys() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        await app.push_screen(Confirm("Really?"))
        await pilot.pause()
        assert words_of(app, KeyBar).split() == ["y", "yes", "n", "no", "esc", "cancel"]


async def test_help_says_what_the_page_is_for_and_every_key_with_its_tooltip() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen), "the help")
        text = str(app.screen.query_one("#help-text", Static).content)
        assert "Every provider, those that nobody has reached first." in text
        for words in ("Makes a call list", "The row above", "home g", "1 … 8", "Blanks the screen at once"):
            assert words in text
        await pilot.press("escape")
        assert isinstance(app.screen, ListPage)
        await pilot.press("slash", "f1")
        await wait_for(pilot, lambda: isinstance(app.screen, HelpScreen), "the help inside a field")


async def test_the_lock_hides_everything_and_knows_one_key() -> None:
    app = made_up_app()
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("l")
        await wait_for(pilot, lambda: app.screen.query(Toast), "a toast")
        await pilot.press("ctrl+l")
        await wait_for(pilot, lambda: isinstance(app.screen, LockScreen), "the lock")
        app.notify("Špela Žagar-Čuk called", markup=False)
        await pilot.pause()
        await pilot.press("3", "f1", "ctrl+p", "question_mark", "escape", "u")
        assert isinstance(app.screen, LockScreen)
        assert picture(app).strip() == "Locked — press enter to return"
        await pilot.press("ctrl+l")  # in a hurry it is pressed twice
        assert isinstance(app.screen, LockScreen)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, ListPage), "the page again")
        await app.push_screen(AskLine("Name", "Špela"))
        await pilot.press("ctrl+l")
        assert picture(app).strip() == "Locked — press enter to return"
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(app.screen, AskLine), "the dialog again")


async def test_the_palette_finds_pages_actions_and_people() -> None:
    asked: list[str] = []

    def search(text: str) -> list[tuple[int, str]]:
        asked.append(text)
        return [(17, "Žužek [/b]\x1b Ana")]

    opened: list[int] = []

    class PeoplePage(ListPage):
        def open_record(self, record_id: int) -> None:
            opened.append(record_id)

    app = made_up_app(search_people=search, replaced={"people": PeoplePage})
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await wait_for(pilot, lambda: isinstance(app.screen, OrganiserPalette), "the palette")
        found = app.screen.query_one(OptionList)
        await wait_for(pilot, lambda: found.option_count > 5, "what can be done")
        labels = [str(option.prompt) for option in found.options]
        assert any(label.startswith("call list  l  Makes a call list") for label in labels)
        assert not any("creenshot" in label or "Quit" in label for label in labels)
        app.screen.query_one(Input).value = "zuz"
        await wait_for(
            pilot, lambda: [str(option.prompt) for option in found.options] == ["Žužek [/b]␛ Ana  person"], "her name"
        )
        await pilot.press("enter")
        await wait_for(pilot, lambda: opened == [17], "her page")
        assert asked[-1] == "zuz" and app.current_mode == "people"


async def test_an_action_chosen_in_the_palette_is_done() -> None:
    app = made_up_app()
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+p", "c", "a", "l", "l", "space", "l", "i")
        found = app.screen.query_one(OptionList)
        await wait_for(pilot, lambda: found.option_count == 1, "the one action")
        await pilot.press("enter")
        await wait_for(pilot, lambda: app.screen.query(Toast), "that it was done")


async def test_what_another_window_wrote_is_shown_within_a_second_or_two() -> None:
    store = MadeUpStore()
    app = made_up_app(store)
    async with app.run_test() as pilot:
        page = cast("ListPage", app.screen)
        await wait_for(pilot, lambda: page.loads == 1, "the first load")
        store.names[1] = "Written elsewhere"
        store.written_elsewhere = True
        await wait_for(pilot, lambda: page.loads == 2, "the reload")
        await pilot.pause()
        assert "Written elsewhere" in page.table.render_line(1).text


async def test_a_page_reads_again_when_it_comes_back_but_not_below_a_dialog() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        page = cast("ListPage", app.screen)
        await wait_for(pilot, lambda: page.loads == 1, "the first load")
        await app.push_screen(Confirm("Really?"))
        await pilot.press("escape")
        await pilot.pause()
        assert page.loads == 1
        await pilot.press("1", "4")
        await wait_for(pilot, lambda: page.loads == 2, "the second load")


async def test_a_sentence_with_brackets_and_escapes_does_not_end_the_program() -> None:
    app = made_up_app()
    async with app.run_test(notifications=True) as pilot:
        page = cast("Page", app.screen)
        page.say("saved [/x] \x1b[31mNeja", severity="warning")
        await wait_for(pilot, lambda: "saved [/x] ␛[31mNeja" in picture(app), "the toast")


async def test_a_refusal_of_the_store_is_a_sentence_and_not_the_end() -> None:
    app = made_up_app()
    async with app.run_test(notifications=True) as pilot:
        with cast("Page", app.screen).saying_errors():
            raise OrganiserError("This file is read-only [/b].")
        await wait_for(pilot, lambda: "This file is read-only [/b]." in picture(app), "the sentence")


async def test_without_colours_nothing_has_a_colour_and_the_bar_is_reversed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_THEME", "ansi-dark")
    app = made_up_app()
    async with app.run_test() as pilot:
        table = app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: table.lines_drawn, "the list")
        for strip in app.screen._compositor.render_strips(app.size):
            for segment in strip:
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    if colour is not None:
                        red, green, blue = colour.get_truecolor()
                        assert red == green == blue
        assert all(segment.style is not None and segment.style.reverse for segment in table.render_line(1))
        tab = [segment for segment in app.screen.query_one(TabLine).render_line(0) if "4 Providers" in segment.text]
        assert tab[0].style is not None and tab[0].style.reverse


@pytest.mark.parametrize(("width", "name"), [(80, "-narrow"), (99, "-narrow"), (100, "-wide"), (160, "-huge")])
async def test_the_width_names_the_kind_of_window(width: int, name: str) -> None:
    app = made_up_app()
    async with app.run_test(size=(width, 24)):
        assert app.screen.has_class(name)


async def test_words_on_a_page_follow_the_theme() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        headline = app.screen.query_one("#headline", Static)
        dark = headline.render_line(1)
        app.theme = "light"
        await wait_for(pilot, lambda: headline.render_line(1) != dark, "the light headline")
        await pilot.press("3", "4")


async def test_nothing_moves_or_blinks() -> None:
    app = made_up_app()
    async with app.run_test() as pilot:
        assert app.animation_level == "none"
        await pilot.press("slash")
        await wait_for(pilot, lambda: not app.screen.query_one(Input).cursor_blink, "a cursor at rest")


async def test_the_title_names_nobody() -> None:
    app = made_up_app()
    assert app.title == "organiser-tui" and app.sub_title == ""


def own_bindings(*classes: type[DOMNode]) -> Iterable[Binding]:
    for owner in classes:
        yield from owner.__dict__.get("BINDINGS", [])


def test_every_key_can_be_remapped_and_says_what_it_does() -> None:
    screens = (Page, Dialog, Confirm, AskLine, Choose, HelpScreen, LockScreen, OrganiserPalette)
    found = list(own_bindings(OrganiserApp, RecordTable, *screens))
    assert len(found) > 30
    for binding in found:
        assert binding.id and binding.tooltip and binding.description, binding
    ids = [binding.id for binding in found]
    assert len(ids) == len(set(ids))
    assert not any("ctrl+z" in binding.key for binding in found)


async def test_a_key_that_was_remapped_is_named_and_works() -> None:
    app = made_up_app()
    app.set_keymap({"made.search": "f"})
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "f search" in words_of(app, KeyBar)
        await pilot.press("f")
        assert isinstance(app.focused, Input)


@pytest.mark.parametrize(
    ("key", "name"),
    [("question_mark", "?"), ("slash", "/"), ("escape", "esc"), ("ctrl+l", "ctrl+l"), ("G", "G"), ("plus", "+"),
     ("greater_than_sign", ">"), ("f1", "f1"), ("pagedown", "page down")],
)  # fmt: skip
def test_keys_are_named_as_on_the_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_digits_of_the_pages_are_fixed() -> None:
    assert [(entry.digit, entry.mode) for entry in page_entries()] == [
        ("1", "today"), ("2", "calls"), ("3", "people"), ("4", "providers"), ("5", "signups"), ("6", "workshops"),
        ("8", "campaign"),
    ]  # fmt: skip
