from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from rich.style import Style

from organiser_tui.tui import themes
from organiser_tui.tui.themes import FILLED_ROLES, PALETTES, ROLES, role_styles, style

LEAST_CONTRAST = 4.5


def luminance(colour: Iterable[int]) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Style, ground: Style) -> float:
    assert one.color is not None and ground.bgcolor is not None
    light, dark = sorted(
        (luminance(one.color.get_truecolor()), luminance(ground.bgcolor.get_truecolor())), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "ground"), product(PALETTES, ("ground", "panel", "selected")))
def test_every_role_can_be_read(theme: str, ground: str) -> None:
    styles = role_styles(theme, selected=ground == "selected")
    paper = Style(bgcolor=getattr(PALETTES[theme], ground))
    ink = Style(color=PALETTES[theme].ink)
    assert contrast(ink, paper) >= LEAST_CONTRAST
    for role in ROLES:
        if role != "line":
            assert contrast(styles[style(role)], paper) >= LEAST_CONTRAST, role


@pytest.mark.parametrize(("theme", "role"), product(PALETTES, FILLED_ROLES))
def test_every_letter_in_a_filled_cell_can_be_read(theme: str, role: str) -> None:
    for selected in (False, True):
        filled = role_styles(theme, selected=selected)[style(role)]
        assert contrast(filled, filled) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", PALETTES)
def test_without_colours_a_role_still_differs_from_plain_words(theme: str) -> None:
    styles = role_styles(theme, monochrome=True)
    assert styles[themes.NOT_YET].bold
    assert styles[themes.OVERDUE].underline
    assert styles[themes.KEPT].italic
    assert styles[themes.ON_REACHED].reverse


def test_on_a_reversed_row_no_role_brings_a_colour() -> None:
    styles = role_styles("dark", selected=True, monochrome=True)
    assert all(found.color is None and found.bgcolor is None for found in styles.values())


def test_a_role_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        style("beautiful")
