"""What `ctrl+p` finds: the pages, what can be done on the page in view, people by name, the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from organiser_tui.domain.folding import fold
from organiser_tui.tui.keys import bound_keys
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import PALETTES, QUIET_SELECTED
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.app import OrganiserApp

_MOST_PEOPLE = 12


class Command(NamedTuple):
    """One line of the palette."""

    label: str
    detail: str
    run: Callable[[], object]


class OrganiserPalette(CommandPalette):
    """The command palette in the program's own dress."""

    DEFAULT_CSS: ClassVar[str] = """
    OrganiserPalette {
        background: $ground 70%;
        SearchIcon, LoadingIndicator { display: none; }
        & > Vertical { background: transparent; width: 70; max-width: 94%; margin-top: 2; }
        #--input, #--input.--list-visible {
            border: none;
            border-top: solid $reached;
            background: $panel;
            padding: 1 3 0 3;
            height: 4;
        }
        CommandInput, CommandInput:focus { padding: 0; background: $selected; border: none; height: 1; }
        #--results { background: $panel; }
        CommandList, CommandList.--visible { max-height: 60vh; }
        CommandList > .option-list--option { text-style: none; padding: 0 1; color: $ink; }
        CommandList > .option-list--option-highlighted { background: $selected; color: $ink; text-style: none; }
        CommandList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
    }
    """

    FOOTER: ClassVar[Sequence[str]] = ("palette.down", "palette.cancel")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down",
            "cursor_down",
            _("down"),
            id="palette.down",
            priority=True,
            tooltip=_("The line below; enter takes it"),
        ),
        Binding("escape", "escape", _("cancel"), id="palette.cancel", tooltip=_("Back to the page")),
    ]

    _leaves = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave once: a second enter in one breath found a palette that had gone already."""
        if self._leaves:
            return AwaitComplete()
        self._leaves = True
        return super().dismiss(result)

    def __init__(self) -> None:
        super().__init__(providers=[OrganiserCommands], placeholder=_("Page, action or name"))

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield KeyBar(self.FOOTER)


class OrganiserCommands(Provider):
    """Pages, actions of the page, themes, and people by name."""

    @property
    def _app(self) -> OrganiserApp:
        return cast("OrganiserApp", self.app)

    def _commands(self) -> Iterator[Command]:
        app = self._app
        for entry in () if app.call_page is not None else app.pages:  # a call is ended before one goes elsewhere
            yield Command(entry.label, _("page"), partial(app.action_go, entry.digit))
        for bound in bound_keys(self.screen):
            binding = bound.binding
            if bound.node is app or _is_move(binding):
                continue
            run = partial(app.run_action, binding.action, bound.node)
            yield Command(binding.description, f"{bound.names[0]}  {binding.tooltip}", run)
        for theme in PALETTES:
            yield Command(_("Theme: {name}").format(name=theme), _("colours"), partial(setattr, app, "theme", theme))
        yield Command(_("Lock"), _("blanks the screen"), app.action_lock)

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(_shown(command), command.run, text=command.label)

    async def search(self, query: str) -> Hits:
        words = fold(query).split()
        for command in self._commands():
            label = fold(command.label)
            if words and all(word in label for word in words):
                score = 1.0 if label.startswith(words[0]) else 0.7
                yield Hit(score, _shown(command), command.run, text=command.label)
        app = self._app
        if app.search_people is None:
            return
        for record_id, label in app.search_people(query)[:_MOST_PEOPLE]:
            command = Command(label, _("person"), partial(app.open_person, record_id))
            yield Hit(0.5, _shown(command), command.run, text=safe(label).plain)


def _is_move(binding: Binding) -> bool:
    """Textual's own keys, and those that move in a list: keys and nothing else."""
    return not binding.id or binding.id == "back" or (binding.id.startswith("list.") and not binding.show)


def _shown(command: Command) -> Text:
    return Text.assemble(safe(command.label), "  ", safe(command.detail, QUIET_SELECTED), end="")
