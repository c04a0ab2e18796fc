"""Where the program reaches into what Textual keeps to itself: to be looked at anew whenever Textual is bumped."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from textual.dom import DOMNode
from textual.screen import Screen

import organiser_tui.tui
from organiser_tui.tui.page import Page
from organiser_tui.tui.pages.providers import ProvidersPage
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, wait_for

FOLDER = Path(organiser_tui.tui.__file__).parent
REACHES = {
    "app.py": {
        *("_close_messages_no_wait", "_css_update_count", "_display", "_exception", "_exit_renderables"),
        *("_fatal_error", "_print_error_renderables", "_screen_stacks"),
    },
    "painting.py": {
        *("_attributes", "_batch_count", "_color_system", "_compositor_refresh", "_get_breakpoint_classes"),
        *("_on_compose", "_on_screen_resume"),
        *("_on_timer_update", "_repaint_required", "_screen_resized", "_set_attributes", "_size", "_update_timer"),
    },
    "widgets/key_bar.py": {"_bindings_changed"},
    "widgets/lines.py": {"_layout_required"},
    "widgets/record_table.py": {"_bindings", "_scroll_update"},
    "widgets/safe_input.py": {"_on_paste", "_value"},
}
"""Private names of Textual, or of rich, by the module that uses or overrides them."""
OF_TUPLES = {"_asdict", "_fields", "_make", "_replace"}


def modules() -> list[tuple[str, Any]]:
    """Every module with a screen, by its path."""
    found = pkgutil.walk_packages([str(FOLDER)], "organiser_tui.tui.")
    loaded = [importlib.import_module(one.name) for one in found]
    return [(Path(str(one.__file__)).relative_to(FOLDER).as_posix(), one) for one in loaded]


def is_private(attribute: str) -> bool:
    return attribute.startswith("_") and not attribute.startswith("__")


def overridden(module: Any) -> set[str]:
    """The private names of Textual's classes that classes of `module` say anew."""
    found: set[str] = set()
    for one in vars(module).values():
        if inspect.isclass(one) and issubclass(one, DOMNode) and one.__module__ == module.__name__:
            theirs = [base for base in one.__mro__ if base.__module__.startswith("textual.")]
            found |= {name for name in filter(is_private, vars(one)) if any(name in vars(base) for base in theirs)}
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    return {name for name in found if name in source}  # others are written into every class by Textual itself


def asked_for(path: str) -> dict[str, bool]:
    """The private names that a module asks for on some object, and whether it ever sets one."""
    names: dict[str, bool] = defaultdict(bool)
    for node in ast.walk(ast.parse((FOLDER / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            names[node.attr] |= isinstance(node.ctx, ast.Store)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names[node.name] = True
    return names


def test_who_reaches_into_textual_is_named_here() -> None:
    of_ours = {name for path, _module in modules() for name, ours in asked_for(path).items() if ours}
    found: dict[str, set[str]] = defaultdict(set)
    for path, module in modules():
        found[path] |= overridden(module)
        found[path] |= {name for name in asked_for(path) if is_private(name) and name not in of_ours | OF_TUPLES}
    theirs = {name for names in REACHES.values() for name in names}
    for path, _module in modules():
        found[path] |= asked_for(path).keys() & theirs
    assert {path: names for path, names in found.items() if names} == REACHES


def test_no_screen_brings_a_style_sheet_of_its_own() -> None:
    """Textual read every style sheet again before such a page was first painted."""
    screens = [
        one for _path, module in modules() for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, Screen) and one.__module__.startswith("organiser_tui")
    ]  # fmt: skip
    assert len(screens) > 20
    assert [one.__name__ for one in screens if one.CSS_PATH or one.CSS] == []


async def test_nothing_is_drawn_while_a_page_is_being_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that was opened for the first time was drawn, thrown away, and drawn again piece by piece."""
    campaign = demo_campaign(tmp_path, people=120, contacts=300)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        drawn: list[bool] = []
        display = pilot.app._display

        def noted(screen: Screen[object], renderable: Any) -> None:
            drawn.append(bool(pilot.app._batch_count))
            display(screen, renderable)

        monkeypatch.setattr(pilot.app, "_display", noted)
        await pilot.press("4")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ProvidersPage), "the page")
        await wait_for(pilot, lambda: False in drawn, "it is painted")
        assert not any(drawn)
        assert isinstance(pilot.app.screen, Page)
    campaign.close()


async def test_a_page_that_is_opened_is_styled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it was styled anew when it came into view, twice, and once more for the width of the window."""
    campaign = demo_campaign(tmp_path, people=120, contacts=300)
    async with app_of(campaign).run_test(size=(120, 40)) as pilot:
        styled: list[object] = []
        update = pilot.app.update_styles

        def noted(node: Any, animate: bool = True) -> None:
            styled.append(type(node))
            update(node, animate)

        monkeypatch.setattr(pilot.app, "update_styles", noted)
        await pilot.press("4")
        await wait_for(pilot, lambda: "nobody has reached" in on_screen(pilot.app.screen), "the page")
        assert pilot.app.screen.has_class("-wide")
        assert ProvidersPage not in styled
    campaign.close()


async def test_a_page_that_was_away_comes_back_in_the_theme_and_the_width_of_now(tmp_path: Path) -> None:
    campaign = demo_campaign(tmp_path, people=120, contacts=300)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await wait_for(pilot, lambda: "nobody has reached" in on_screen(pilot.app.screen), "the page")
        page = pilot.app.screen
        dark = page.styles.background
        await pilot.press("1")
        pilot.app.theme = "light"
        await pilot.resize_terminal(120, 40)
        await pilot.press("4")
        await wait_for(pilot, lambda: pilot.app.screen is page and page.has_class("-wide"), "the page again")
        assert page.styles.background != dark
        board = page.query_one("#providers-board")
        assert board.size.width > 100 and board.rich_style.bgcolor != dark.rich_color
    campaign.close()
