"""What stands first when a page or a form is opened, and how often it is laid out for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.dialogs.person_form import PersonForm
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.widgets.choice_row import ChoiceRow
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


async def test_a_form_is_laid_out_anew_only_where_its_choices_take_more_lines(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form of forty lines was laid out four times and styled three times before it stood still."""
    laid_out: list[str] = []
    lay_out = Screen._refresh_layout

    def counted(screen: Screen[object], *how: object, **more: object) -> None:
        laid_out.append(type(screen).__name__)
        lay_out(screen, *how, **more)  # type: ignore[arg-type]

    async with people_page(campaign) as (pilot, _page):
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonForm), "the form")
        await wait_for(pilot, lambda: "Family name" in on_screen(pilot.app.screen), "its lines")
        for _turn in range(20):
            await pilot.pause()
        assert laid_out.count("PersonForm") <= 3
        rows = pilot.app.screen.query(ChoiceRow)
        assert any(row.size.height > 1 for row in rows)
        assert all(row.size.height == str(row.content).count("\n") + 1 for row in rows)
