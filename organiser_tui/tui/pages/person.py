"""One person on a page of her own: everything that is kept of her, her whole story, what was changed about her."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from organiser_tui.store.person import person_card
from organiser_tui.store.person_history import history_of
from organiser_tui.store.story import story_of
from organiser_tui.tui.drawing.card import full_lines
from organiser_tui.tui.drawing.history import deed_lines
from organiser_tui.tui.pages.person_actions import PersonActions
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import QUIET, STRONG
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_MOST_CELLS = 110  # of a line: nothing is stretched over a whole wide window


class PersonPage(PersonActions):
    """The card at full length, pushed upon the page it was opened from."""

    DEFAULT_CSS = """
    PersonPage {
        #person-scroll { height: 1fr; padding: 0 1 0 3; }
        #person-lines { height: auto; }
    }
    """
    AUTO_FOCUS = "#person-scroll"
    HELP = _("Everything the file holds about one person, the latest first. h shows what was changed, and by whom.")
    FOOTER: ClassVar[Sequence[str]] = (
        *("person.call", "person.edit", "person.past", "person.history", "person.back", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "search_list",
            _("search"),
            id="person.search",
            show=False,
            tooltip=_("Back to the list, to search it"),
        ),
        Binding("h", "history", _("changes"), id="person.history", tooltip=_("What was changed, by whom; again: back")),
        Binding("escape", "back", _("back"), id="person.back", tooltip=_("Back to where she was opened from")),
        Binding("down,j", "scroll(1)", _("down"), id="person.down", show=False, tooltip=_("Further down")),
        Binding("up,k", "scroll(-1)", _("up"), id="person.up", show=False, tooltip=_("Further up")),
    ]

    def __init__(self, store: Campaign, person_id: int, list_id: int | None = None) -> None:
        super().__init__(store)
        self.list_id = list_id
        self._person_id = person_id
        self._history = False

    @property
    def person_id(self) -> int | None:
        return self._person_id

    def body(self) -> ComposeResult:
        yield Static(id="person-headline", classes="headline")
        with VerticalScroll(id="person-scroll"):
            yield Static(id="person-lines")

    def load(self) -> None:
        headline, lines = self.query_one("#person-headline", Static), self.query_one("#person-lines", Static)
        card = person_card(self.store, self._person_id)
        if card is None:
            headline.update(Text(_("This person is no longer in the file."), QUIET))
            lines.update("")
            return
        headline.update(safe(card.name or _("no name"), f"bold {STRONG}"))
        today, width = self.store.today(), min(self.app.size.width - 6, _MOST_CELLS)
        if self._history:
            shown = deed_lines(history_of(self.store, card.id), today, self.store.zone, width)
        else:
            then = _("c calls, m enters what happened before.")
            shown = full_lines(card, story_of(self.store, card.id), today, self.store.country, width, then=then)
        lines.update(Text("\n").join(shown))

    def changed(self, person_id: int | None) -> None:
        self.load()

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self.load)

    def action_back(self) -> None:
        """From what was changed to her card, from that to where she was opened from."""
        if self._history:
            self.action_history()
        else:
            super().action_back()

    def action_history(self) -> None:
        self._history = not self._history
        self.load()
        self.query_one("#person-scroll", VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#person-scroll", VerticalScroll).scroll_relative(y=lines, animate=False)
