"""What every page shares: its store, the tab line above and the keys below, when it loads, how it speaks.

A page builds empty widgets in `body()` and fills them in `load()`. Nothing here knows a noun of the campaign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, cast, runtime_checkable

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.tui.keys import takes_text
from organiser_tui.tui.leaving import LeftInTurn
from organiser_tui.tui.painting import PaintedWhole
from organiser_tui.tui.safe import safe_line
from organiser_tui.tui.widgets.key_bar import KeyBar
from organiser_tui.tui.widgets.record_table import RecordTable
from organiser_tui.tui.widgets.tab_line import TabLine
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.app import OrganiserApp

_ASK_EVERY = 1.0  # seconds between two questions whether another window has written


Severity = Literal["information", "warning", "error"]


@runtime_checkable
class Searched(Protocol):
    """A page with a list that is searched."""

    def action_search(self) -> None:
        """Put the cursor into the search."""


class Page(PaintedWhole, LeftInTurn[None]):
    """One full screen of the program. `escape` leaves a page that was pushed upon another."""

    FOOTER: ClassVar[Sequence[str]] = ("help",)
    """Ids of the bindings named in the bottom row, six at most, the one that matters most first."""
    HELP: ClassVar[str | None] = None
    """What the page is for, in a sentence or two; stands above the keys in the help."""
    TAB_LINE: ClassVar[bool] = True
    """Whether the pages are named at the top; inside a call they give way."""
    IN_CALL: ClassVar[bool] = False
    """Whether somebody is being called on it: there is one call at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", _("back"), id="back", show=False, tooltip=_("One step back")),
        Binding("u", "undo", _("undo"), id="undo", show=False, tooltip=_("Takes back the last thing you saved")),
    ]

    def __init__(self, store: Campaign) -> None:
        super().__init__()
        self.store: Campaign = store
        self._away = False
        self._day = store.today()
        self._replaced = False

    # To be written by each page

    def body(self) -> ComposeResult:
        """The widgets between the tab line and the key bar, empty."""
        yield from ()

    def load(self) -> None:
        """Ask the store and fill the widgets."""

    def reload_visible(self) -> None:
        """Show what another window has written. A page with a long list calls `forget()` of the list instead."""
        self.reload()

    def open_record(self, record_id: int) -> None:
        """Go to one record of this page, which the palette has found by name."""

    def after_undo(self, person_id: int | None) -> None:
        """Show what was taken back; `person_id` is whom it was about, where it was about somebody."""
        self.reload()

    # Shared

    @property
    def organiser_app(self) -> OrganiserApp:
        """The app, as what it is."""
        return cast("OrganiserApp", self.app)

    def compose(self) -> ComposeResult:
        if self.TAB_LINE:
            yield TabLine()
        yield from self.body()
        yield KeyBar(self.FOOTER)

    def on_mount(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.app.clear_notifications()  # what was said of the page below would cover this one
        if self.TAB_LINE:
            self.watch(self.app, "organiser", self.show_tabs)
        self.reload()
        self.set_interval(_ASK_EVERY, self._ask_elsewhere)

    def reload(self) -> None:
        """Fill the widgets anew: after a write of this page, and whenever it comes back into view."""
        self.load()

    def show_tabs(self) -> None:
        """Name the pages, who is working, and whether the file is encrypted."""
        app = self.organiser_app
        self.query_one(TabLine).show(app.tabs(), app.organiser, app.file_warning)

    def on_screen_suspend(self) -> None:
        # Below a dialog the page is not away. One that closes comes before whoever waits for its answer goes on:
        # reading then would miss that write.
        self._away = not (self in self.app.screen_stack and isinstance(self.app.screen, ModalScreen))
        self._show_toasts(shown=False)  # the dialog says the same, and one would read it twice

    def _show_toasts(self, *, shown: bool) -> None:
        for rack in self.query("ToastRack"):
            rack.display = shown

    def on_screen_resume(self) -> None:
        self._show_toasts(shown=True)
        if self._away:
            self.reload()
        self._away = False

    def _ask_elsewhere(self) -> None:
        # To Textual a page below another is current, too, as its ground shows through: it would take the news away.
        pages = [screen for screen in self.app.screen_stack if isinstance(screen, Page)]
        if pages[-1:] != [self]:
            return
        try:
            self.store.refuse_replaced()
        except OrganiserError as error:
            if not self._replaced:  # said once; what is read meanwhile may be another file's
                self.say(str(error), severity="error")
            self._replaced = True
            return
        self._replaced = False
        turned = self.store.today() != self._day
        if turned:
            self._day = self.store.today()
            with self.saying_errors():
                self.store.turn_day()
        if self.store.changed_elsewhere() or turned:
            self.reload_visible()

    def action_undo(self) -> None:
        """Take back this organiser's last action, and say what it was."""
        self._take_back()

    @work(exclusive=True, group="undo")
    async def _take_back(self) -> None:
        from organiser_tui.store.history import last_deed
        from organiser_tui.tui.dialogs.take_back import take_back

        with self.saying_errors():
            undone = await take_back(self, last_deed(self.store))
            if undone is not None:
                self.organiser_app.name_organiser()
                self.after_undo(undone.person_id)

    def say(self, sentence: str, severity: Severity = "information") -> None:
        """Say one sentence in the corner for some seconds, in the place of the last; it may hold values of the file."""
        self.app.clear_notifications()
        self.notify(safe_line(sentence), severity=severity, markup=False)

    @contextmanager
    def saying_errors(self) -> Iterator[None]:
        """Run a read or write of the store; where that is refused, or the file is broken, say why and go on."""
        try:
            from organiser_tui.store.damage import damage_told

            with damage_told(self.store.path):
                yield
        except OrganiserError as error:
            self.say(str(error), severity="error")

    async def action_search_list(self) -> None:
        """From what was opened back to the list, its search open: what is typed next is looked for, and no key."""
        await self.organiser_app.search()

    def before_leaving(self) -> str:
        """The program ends in orderly fashion: keep what is under way. A sentence where that is refused, else ''."""
        return ""

    def action_back(self) -> None:
        """From a field to the list beside it; from a page that was pushed to the one below."""
        tables = self.query(RecordTable)
        if takes_text(self.focused) and tables:
            tables.first().focus()
        elif len(self.app.screen_stack) > 1:
            self.dismiss()
