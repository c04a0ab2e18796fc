"""What stands first when a page or a form is opened, and how often it is laid out for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.dialogs.person_form import PersonForm
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.widgets.choice_row import ChoiceRow
from organiser_tui.tui.widgets.form_field import FormField
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.test_people_page import entered, people_page
from tests.tui.waiting import on_screen, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    yield made
    made.close()


async def test_the_list_of_people_is_painted_before_the_card_beside_it_is_read(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list waited for the card: a third of the time until People stood."""
    entered(campaign, "Maja", "Novak")
    order: list[str] = []
    draw, paint = PeoplePage._draw_pane, Screen._compositor_refresh

    def drawn(page: PeoplePage) -> None:
        order.append("card")
        draw(page)

    def painted(screen: Screen[object]) -> None:
        paint(screen)
        order.extend(["list"] * ("Novak Maja" in on_screen(screen)))

    monkeypatch.setattr(PeoplePage, "_draw_pane", drawn)
    monkeypatch.setattr(Screen, "_compositor_refresh", painted)
    app = app_of(campaign)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: "card" in order, "the card")
    assert order[0] == "list"


async def test_turning_a_choice_lays_nothing_out_and_a_narrower_window_gives_it_more_lines(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty lines were laid out anew for each of ten choices."""

    def fits(row: ChoiceRow[object]) -> bool:
        return row.size.height == str(row.content).count("\n") + 1

    async with people_page(campaign, (120, 40)) as (pilot, _page):
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonForm), "the form")
        opened = pilot.app.screen
        await wait_for(pilot, lambda: all(map(fits, opened.query(ChoiceRow))), "its lines")
        row = opened.query_one("#position-row", ChoiceRow)
        row.focus()
        await wait_for(pilot, lambda: row.has_focus, "the cursor there")
        laid_out: list[object] = []
        lay_out = Screen._refresh_layout

        def noted(screen: Screen[object], *how: object, **more: object) -> None:
            laid_out.append(screen)
            lay_out(screen, *how, **more)  # type: ignore[arg-type]

        await wait_for(pilot, lambda: not opened._layout_required, "that it stands still")
        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        value = row.value
        await pilot.press("right")
        await wait_for(pilot, lambda: row.value != value and f"[{row.value}]" in on_screen(opened), "the next choice")
        assert laid_out == []
        lines = opened.query_one("#heard-through-row", ChoiceRow).size.height
        await pilot.resize_terminal(60, 40)
        await wait_for(
            pilot,
            lambda: (
                all(map(fits, opened.query(ChoiceRow)))
                and opened.query_one("#heard-through-row", ChoiceRow).size.height > lines
            ),
            "more lines",
        )


async def test_what_is_opened_is_styled_once(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and forms were styled three times before they stood: twice more once they had been laid out."""
    again: list[tuple[str, int]] = []
    update = Stylesheet.update_nodes

    def counted(sheet: Stylesheet, nodes: Iterable[DOMNode], *, animate: bool = False) -> None:
        listed = list(nodes)
        again.extend((type(node).__name__, len(listed)) for node in listed if isinstance(node, Screen))
        update(sheet, listed, animate=animate)

    monkeypatch.setattr(Stylesheet, "update_nodes", counted)
    app = app_of(campaign)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: "name" in on_screen(app.screen), "the list")
        await pilot.press("n")
        await wait_for(pilot, lambda: "Family name" in on_screen(app.screen), "the form")
        await pilot.press("escape", "4")
        await wait_for(pilot, lambda: "provider" in on_screen(app.screen), "the board")
        assert again == []


async def test_what_is_wrong_in_the_last_line_of_a_form_stands_on_the_screen(campaign: Campaign) -> None:
    """Of the last field one read "1 line is not right yet", and what was wrong lay below the edge."""
    async with people_page(campaign) as (pilot, _page):
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonForm), "the form")
        opened = pilot.app.screen
        last = opened.query(FormField).last()
        last.value = "zzz"
        last.focus_field()
        await pilot.press("ctrl+s")
        await wait_for(pilot, lambda: last.trouble, "what is wrong")
        await wait_for(pilot, lambda: last.trouble.split(".")[0][:40] in on_screen(opened), "that it is seen")


async def test_what_is_said_stands_once_while_a_dialog_is_open(campaign: Campaign) -> None:
    """It stood there twice, and she took two deeds back."""
    async with people_page(campaign, (120, 40)) as (pilot, page):
        page.say("Eva Kos: done")
        await wait_for(pilot, lambda: "Eva Kos: done" in on_screen(page), "the word")
        await pilot.press("s")
        await wait_for(pilot, lambda: pilot.app.screen is not page, "the dialog")
        await wait_for(
            pilot,
            lambda: [on_screen(screen).count("Eva Kos: done") for screen in pilot.app.screen_stack] == [0, 1],
            "the word, once",
        )
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is page and "Eva Kos: done" in on_screen(page), "the word again")
