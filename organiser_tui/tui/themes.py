"""The program's own themes and the roles drawing uses; no widget, no value of a campaign.

A drawing function names a role (`Text("never", QUIET)`) and never a colour. The name is resolved when the line is
painted, so the same Text is right in every theme. A role never speaks alone: a word or a mark stands with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rich.style import Style as RichStyle
from rich.theme import Theme as RichTheme
from textual.theme import Theme

# Styles by role. What can be written between a Text and a widget is a string, because draw functions know no app.
STRONG = "$as-strong"
"""Names and figures that matter."""
QUIET = "$as-quiet"
"""Context: readable, never the first thing seen."""
QUIET_SELECTED = "$as-quiet-selected"
"""Context in a list whose selected row keeps the styles of its Text (an OptionList); RecordTable sees to it itself."""
NOT_YET = "$as-not-yet"
"""Not yet, act here (orange)."""
REACHED = "$as-reached"
"""Reached, where you are, headings (blue)."""
KEPT = "$as-kept"
"""Kept, signed, done (green)."""
OVERDUE = "$as-overdue"
"""Overdue or final (red)."""
LINE = "$as-line"
"""Rules and dotted rests of bars; never text."""
ON_NOT_YET = "$as-on-not-yet"
"""Letter in a cell filled with that colour."""
ON_REACHED = "$as-on-reached"
ON_KEPT = "$as-on-kept"
ON_OVERDUE = "$as-on-overdue"
ON_QUIET = "$as-on-quiet"
ON_PANEL = "$as-on-panel"
"""Quiet letter in a cell that is hardly there (not rated yet)."""

ROLES = ("strong", "quiet", "quiet-selected", "not-yet", "reached", "kept", "overdue", "line")
FILLED_ROLES = ("on-not-yet", "on-reached", "on-kept", "on-overdue", "on-quiet", "on-panel")
# What a role wears where there are no colours, so that it still differs from plain ink.
_MONOCHROME_MARKS = {"strong": "bold", "not-yet": "bold", "overdue": "bold underline", "kept": "italic"}


class Palette(NamedTuple):
    """The colours of one theme, as #rrggbb."""

    dark: bool
    ground: str
    panel: str
    selected: str
    ink: str
    strong: str
    quiet: str
    quiet_selected: str
    not_yet: str
    reached: str
    kept: str
    overdue: str
    line: str


PALETTES: dict[str, Palette] = {
    "dark": Palette(
        dark=True,
        ground="#10151d",
        panel="#171e29",
        selected="#243349",
        ink="#dde3ec",
        strong="#ffffff",
        quiet="#8593a6",
        quiet_selected="#a9b6c8",
        not_yet="#ffb454",
        reached="#6cb8ff",
        kept="#8fd694",
        overdue="#ff7b72",
        line="#2a3444",
    ),
    "light": Palette(
        dark=False,
        ground="#fbfaf8",
        panel="#f1efeb",
        selected="#d6e4f5",
        ink="#1c2430",
        strong="#000000",
        quiet="#5c6675",
        quiet_selected="#4a5463",
        not_yet="#8f4700",
        reached="#0a55a3",
        kept="#1d6128",
        overdue="#ab1f18",
        line="#d3cfc8",
    ),
    "high-contrast": Palette(
        dark=True,
        ground="#000000",
        panel="#10141a",
        selected="#003a75",
        ink="#ffffff",
        strong="#ffffff",
        quiet="#c4ccd6",
        quiet_selected="#dde4ec",
        not_yet="#ffb000",
        reached="#7ec4ff",
        kept="#c9e8ff",
        overdue="#ff9e6b",
        line="#6b7685",
    ),
}
"""By theme name. The high contrast theme keeps to blue and orange, which colour-blind people tell apart."""


def style(role: str, *, bold: bool = False) -> str:
    """The style string of `role` ("not_yet", "quiet" ...) for a Text, for roles that are chosen at run time."""
    name = role.replace("_", "-")
    if name not in ROLES and name not in FILLED_ROLES:
        raise KeyError(role)
    return f"bold $as-{name}" if bold else f"$as-{name}"


@cache
def role_definitions(theme: str, *, selected: bool = False, monochrome: bool = False) -> dict[str, str]:
    """What each role is in `theme`, as style definitions; `selected` is for text that lies on the selected row."""
    palette = PALETTES[theme]
    colours = {name: getattr(palette, name.replace("-", "_")) for name in ROLES}
    if selected:
        colours["quiet"] = palette.quiet_selected
    definitions = dict(colours)
    definitions["strong"] = f"bold {palette.strong}"
    for name in FILLED_ROLES:
        colour = palette.panel if name == "on-panel" else colours[name.removeprefix("on-")]
        letter = palette.quiet if name == "on-panel" else palette.ground
        definitions[name] = f"{letter} on {colour}"
    if monochrome:
        # The selected row is in reverse: a colour of its own would tear holes into it.
        definitions = {name: "" if selected else colours[name] for name in ROLES}
        for name, marks in _MONOCHROME_MARKS.items():
            definitions[name] = marks if selected else f"{marks} {palette.ink}"
        for name in FILLED_ROLES:
            definitions[name] = "bold not reverse" if selected else f"bold reverse {palette.ink}"
        definitions["on-panel"] = definitions["quiet"]
    return definitions


def _named(definitions: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, definition in definitions.items():
        yield f"$as-{name}", definition
        yield f"bold $as-{name}", f"bold {definition}"


@cache
def role_styles(theme: str, *, selected: bool = False, monochrome: bool = False) -> dict[str, RichStyle]:
    """Role strings with their Rich style, plain and bold, for widgets that paint their own lines."""
    definitions = role_definitions(theme, selected=selected, monochrome=monochrome)
    return {name: RichStyle.parse(definition) for name, definition in _named(definitions)}


@cache
def console_theme(theme: str, *, monochrome: bool = False) -> RichTheme:
    """The same roles for Rich's console, which is where Textual looks up the styles inside a Text."""
    return RichTheme(dict(role_styles(theme, monochrome=monochrome)), inherit=False)


@cache
def css_variables(theme: str, *, monochrome: bool = False) -> dict[str, str]:
    """Variables for style sheets (`$quiet`, `$line`, `$selected` ... are colours) and for roles (`$as-quiet` ...)."""
    palette = PALETTES[theme]
    colours = {name.replace("_", "-"): value for name, value in palette._asdict().items() if name != "dark"}
    roles = {f"as-{name}": text for name, text in role_definitions(theme, monochrome=monochrome).items()}
    return {
        **colours,
        **roles,
        "border": palette.reached,
        "border-blurred": palette.line,
        "block-cursor-background": palette.selected,
        "block-cursor-foreground": palette.ink,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": palette.panel,
        "block-cursor-blurred-foreground": palette.ink,
        "block-hover-background": palette.panel,
        "input-cursor-background": palette.ink,
        "input-cursor-foreground": palette.ground,
        "input-selection-background": palette.selected,
        "scrollbar": palette.line,
        "scrollbar-hover": palette.quiet,
        "scrollbar-active": palette.reached,
        "scrollbar-background": palette.ground,
        "scrollbar-background-hover": palette.ground,
        "scrollbar-background-active": palette.ground,
        "scrollbar-corner-color": palette.ground,
    }


def own_themes(*, monochrome: bool = False) -> list[Theme]:
    """The themes to register with the app; none has the terminal's own colours, which `NO_COLOR` would turn black."""
    return [
        Theme(
            name=name,
            primary=palette.reached,
            secondary=palette.kept,
            accent=palette.not_yet,
            warning=palette.not_yet,
            error=palette.overdue,
            success=palette.kept,
            foreground=palette.ink,
            background=palette.ground,
            surface=palette.ground,
            panel=palette.panel,
            dark=palette.dark,
            variables=css_variables(name, monochrome=monochrome),
        )
        for name, palette in PALETTES.items()
    ]
