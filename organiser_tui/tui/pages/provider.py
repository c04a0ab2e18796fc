"""One provider: its stance, its figures, the wall chart of its people, and its own log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from organiser_tui.domain.dates import Direction, parse_moment
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filter_writing import counted_at
from organiser_tui.store.person import person_card
from organiser_tui.store.providers import (
    ProviderCard,
    WallCell,
    estimate_headcount,
    log_provider,
    note_stance,
    people_at,
    provider_card,
    wall_chart,
)
from organiser_tui.tui.drawing.labels import stance_labels
from organiser_tui.tui.drawing.person import head_lines
from organiser_tui.tui.drawing.provider import about_lines, log_lines, wall_legend
from organiser_tui.tui.page import Page
from organiser_tui.tui.safe import fit, safe
from organiser_tui.tui.themes import QUIET, REACHED, STRONG
from organiser_tui.tui.widgets.wall import WallChart
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign

_BESIDE_THE_WALL = 19
"""Lines of the page that are none of the wall's: what stands above it, who is chosen, the beginning of the log."""
_LEAST_ROWS = 3


class ProviderPage(Page):
    """A wall chart that one walks with the arrows; keys act on the person under the brackets."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ProviderPage {
        .provider-part { height: auto; padding: 1 1 1 3; }
        #provider-people { height: auto; padding: 0 1 0 3; }
        #provider-wall { height: auto; margin: 0 1 0 3; }
        #provider-scroll { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1 0 3; }
        #provider-log { height: auto; }
    }
    """
    HELP = _(
        "Each cell is a person: the digit is the rating (1 leads others … 5 hostile, a dot for none), s a signed card, "
        "L a leader. Arrows choose a person; enter opens her card, c calls her."
    )
    FOOTER: ClassVar[Sequence[str]] = (
        *("provider.open", "provider.call", "provider.list", "provider.stance", "provider.log", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "search_list",
            _("search"),
            id="provider.search",
            show=False,
            tooltip=_("Back to the list, to search it"),
        ),
        Binding("left,h", "step(-1)", _("left"), id="provider.left", show=False, tooltip=_("The person before")),
        Binding("right", "step(1)", _("right"), id="provider.right", show=False, tooltip=_("The person after")),
        Binding("up,k", "row(-1)", _("up"), id="provider.up", show=False, tooltip=_("The row above")),
        Binding("down,j", "row(1)", _("down"), id="provider.down", show=False, tooltip=_("The row below")),
        Binding("home", "choose(0)", _("first"), id="provider.first", show=False, tooltip=_("The first person")),
        Binding("end", "choose(-1)", _("last"), id="provider.last", show=False, tooltip=_("The last person")),
        Binding("pagedown", "page(1)", _("further"), id="provider.page-down", show=False, tooltip=_("Some rows down")),
        Binding("pageup", "page(-1)", _("back"), id="provider.page-up", show=False, tooltip=_("Some rows up")),
        Binding("enter", "open", _("open"), id="provider.open", tooltip=_("Opens the card of the chosen person")),
        Binding("c", "call", _("call"), id="provider.call", tooltip=_("Calls the chosen person now")),
        Binding("l", "call_list", _("call list"), id="provider.list", tooltip=_("A call list of everybody here")),
        Binding("s", "stance", _("stance"), id="provider.stance", tooltip=_("Notes how the provider stands today")),
        Binding("e", "estimate", _("estimate"), id="provider.estimate", tooltip=_("How many assistants it employs")),
        Binding("o", "log", _("log"), id="provider.log", tooltip=_("Writes a line in the provider's own log")),
    ]

    def __init__(self, store: Campaign, provider_id: int) -> None:
        super().__init__(store)
        self._provider_id = provider_id
        self._card: ProviderCard | None = None
        self._cells: list[WallCell] = []

    def body(self) -> ComposeResult:
        yield Static(id="provider-about", classes="provider-part")
        yield Static(id="provider-people")
        yield WallChart(id="provider-wall")
        yield Static(id="provider-person", classes="provider-part")
        with VerticalScroll(id="provider-scroll", can_focus=False):
            yield Static(id="provider-log")

    def load(self) -> None:
        self._card = provider_card(self.store, self._provider_id)
        self._cells = wall_chart(self.store, self._provider_id)
        self.query_one(WallChart).show(self._cells)
        self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        self._draw()

    @property
    def _width(self) -> int:
        return max(self.size.width - 6, 40)

    @property
    def _chosen(self) -> int:
        """Who stands between the brackets."""
        return self._cells[self.query_one(WallChart).at].person_id

    def _draw(self) -> None:
        card = self._card
        if card is None:
            self.query_one("#provider-about", Static).update(Text(_("This provider is no longer in the file."), QUIET))
            return
        today = self.store.today()
        about = Text("\n").join(about_lines(card, today, self._width))
        self.query_one("#provider-about", Static).update(about)
        people = Text("\n").join(wall_legend(self._cells, self._width))
        if not self._cells:
            people = Text(_("Nobody is known here yet. n on People enters somebody; a list brings many."), QUIET)
        self.query_one("#provider-people", Static).update(people)
        wall = self.query_one(WallChart)
        wall.styles.height = min(wall.rows, max(self.size.height - _BESIDE_THE_WALL, _LEAST_ROWS))
        self._draw_person()
        log = Text.assemble((_("Its log") + "\n", f"bold {REACHED}"), end="")
        log.append_text(Text("\n").join(log_lines(card, today, self._width, 30)))
        self.query_one("#provider-log", Static).update(log)

    def _draw_person(self) -> None:
        shown = self.query_one("#provider-person", Static)
        chosen = person_card(self.store, self._chosen) if self._cells else None
        shown.display = chosen is not None
        if chosen is not None:
            lines = [fit(safe(chosen.name, f"bold {STRONG}"), self._width)]
            lines += head_lines(chosen, self.store.today(), self._width)[:3]
            shown.update(Text("\n").join(lines))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("open", "call", "call_list") and not self._cells:
            return False
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        wall = self.query_one(WallChart)
        if wall.choose(wall.at + by):
            self._draw_person()

    def action_choose(self, place: int) -> None:
        if self.query_one(WallChart).choose(place % max(len(self._cells), 1)):
            self._draw_person()

    def action_page(self, windows: int) -> None:
        wall = self.query_one(WallChart)
        at = wall.at + windows * wall.per_row * max(wall.size.height - 1, 1)
        if wall.choose(min(max(at, 0), len(self._cells) - 1)):
            self._draw_person()

    def action_row(self, by: int) -> None:
        wall = self.query_one(WallChart)
        if wall.choose(wall.at + by * wall.per_row):
            self._draw_person()
        else:
            self.query_one("#provider-scroll", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    @work
    async def action_open(self) -> None:
        from organiser_tui.tui.pages.person import PersonPage

        await self.app.push_screen_wait(PersonPage(self.store, self._chosen))

    @work
    async def action_call(self) -> None:
        await self.organiser_app.call(self, None, first=self._chosen)

    @work
    async def action_call_list(self) -> None:
        people = people_at(self.store, self._provider_id)
        name = self._card.row.name if self._card else ""
        await self.organiser_app.make_call_list(people, counted_at("provider", name), name=name)

    @work
    async def action_stance(self) -> None:
        from organiser_tui.tui.dialogs.choose import Choice, Choose

        choices = [Choice(stance, label) for stance, label in stance_labels().items()]
        stance = await self.app.push_screen_wait(Choose(_("How does it stand to the union today?"), choices))
        if stance is not None:
            with self.saying_errors():
                note_stance(self.store, self._provider_id, stance)
            self.reload()

    @work
    async def action_estimate(self) -> None:
        from organiser_tui.tui.dialogs.ask_line import AskLine

        def check(text: str) -> str | None:
            number = text.split(" ", 1)[0]
            return None if number.isascii() and number.isdigit() else _("A number first, then where it comes from.")

        line = await self.app.push_screen_wait(
            AskLine(_("About how many assistants, and who says so?"), check=check, placeholder=_("40 works council"))
        )
        if line:
            number, _space, source = line.partition(" ")
            with self.saying_errors():
                estimate_headcount(self.store, self._provider_id, int(number), source)
            self.reload()

    @work
    async def action_log(self) -> None:
        from organiser_tui.tui.dialogs.ask_line import AskLine

        line = await self.app.push_screen_wait(
            AskLine(
                _("What happened? A day may stand first, before a colon."), placeholder=_("2 nov: asked to forward")
            )
        )
        if line:
            day, what = self._dated(line)
            with self.saying_errors():
                log_provider(self.store, self._provider_id, what, day=day)
            self.reload()

    def _dated(self, line: str) -> tuple[str | None, str]:
        """A day before a colon, where it reads as one, and the rest."""
        head, colon, rest = line.partition(":")
        if colon and rest.strip():
            try:
                return parse_moment(head, self.store.wall_now(), Direction.LAST).day.isoformat(), rest
            except OrganiserError:
                return None, line  # the colon belongs to the sentence
        return None, line
