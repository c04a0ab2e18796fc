"""The full-screen program: its pages as modes, the keys that work everywhere, themes, and the end after a fault.

No SQL, no values of the campaign: a page gets the store in its constructor and does the rest.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from organiser_tui.folders import state_folder
from organiser_tui.tui.dialogs.lock import LockScreen
from organiser_tui.tui.fault import what_stopped, write_report
from organiser_tui.tui.keys import key_name
from organiser_tui.tui.leaving import LeftInTurn
from organiser_tui.tui.page import Page, Searched
from organiser_tui.tui.pages import PageEntry, page_entries
from organiser_tui.tui.painting import Changes, Painted
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import console_theme, css_variables, own_themes
from organiser_tui.tui.typing import TypedApp
from organiser_tui.tui.widgets.tab_line import Tab
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.dialogs.who_rang import Ringing
    from organiser_tui.tui.pages.in_call import InCallPage

DEFAULT_THEME = "dark"
_IMPORTED_LATER = ("providers", "in_call", "calls", "signups", "workshops", "campaign")


def _everywhere(key: str, action: str, description: str, binding_id: str, tooltip: str) -> Binding:
    """A key that works inside fields and dialogs too."""
    return Binding(key, action, description, id=binding_id, tooltip=tooltip, show=False, priority=True)


class OrganiserApp(TypedApp):
    """One campaign on the screen of one organiser."""

    TITLE = "organiser-tui"
    CSS_PATH = ["app.tcss", *sorted(Path(__file__).parent.glob("pages/*.tcss"))]
    """All of it at the start: a page that brought its own would have everything read anew when it is first opened."""
    ENABLE_COMMAND_PALETTE = False  # its binding has no id; `palette` below opens ours
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-huge")]
    VERTICAL_BREAKPOINTS = [(32, "-roomy")]

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                digit,
                f"go('{digit}')",
                _("Page {digit}").format(digit=digit),
                id=f"page.{digit}",
                show=False,
                tooltip=_("Shows that page of the tab line"),
            )
            for digit in "12345678"
        ),
        Binding("question_mark", "help", _("help"), id="help", tooltip=_("What this page is for, and its keys")),
        _everywhere("f1", "help", _("help"), "help.always", _("The same, from inside a field too")),
        _everywhere("ctrl+p", "palette", _("find"), "palette", _("Finds pages, actions, and people by name")),
        _everywhere("ctrl+l", "lock", _("lock"), "lock", _("Blanks the screen at once")),
        _everywhere("ctrl+q", "quit", _("leave"), "quit", _("Leaves; all that was saved stays saved")),
        Binding("ctrl+c", "copy_hint", _("leave?"), id="copy-hint", tooltip=_("Says how to leave"), system=True),
    ]

    organiser: var[str] = var("")
    """Who is working, as the tab line names them."""

    def __init__(
        self,
        store: Campaign,
        *,
        organiser: str = "",
        encrypted: bool = False,
        pages: Sequence[PageEntry] | None = None,
        search_people: Callable[[str], list[tuple[int, str]]] | None = None,
        theme: str = DEFAULT_THEME,
    ) -> None:
        self.pages: Sequence[PageEntry] = page_entries() if pages is None else pages
        self.DEFAULT_MODE = self.pages[0].mode  # type: ignore[misc]  # the first page is no class's business
        self._painted = Painted()
        self._asked_to_leave = False
        super().__init__(ansi_color=False)  # with the terminal's own colours NO_COLOR would be black on black
        self.store: Campaign = store
        warnings = [_("read only") if store.read_only else "", "" if encrypted else _("not encrypted")]
        self.file_warning: str = " · ".join(filter(None, warnings))
        self.search_people = search_people
        self.set_reactive(OrganiserApp.organiser, organiser)
        self.animation_level = "none"
        for entry in self.pages:
            self.add_mode(entry.mode, partial(self._make_page, entry))
        for own in own_themes(monochrome=self.no_color):
            self.register_theme(own)
        self.console.push_theme(console_theme(theme, monochrome=self.no_color))
        self.theme = theme

    def _make_page(self, entry: PageEntry) -> Page:
        page = entry.make(self.store)
        # Textual would read all style sheets again, twice, for a screen that has never been styled: 40 ms.
        page._css_update_count = self._css_update_count
        return page

    def tabs(self) -> list[Tab]:
        """The pages as the tab line names them now."""
        return [Tab(entry.digit, entry.label, entry.mode == self.current_mode) for entry in self.pages]

    # Themes and looks

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return css_variables(DEFAULT_THEME, monochrome=self.no_color)

    def watch_theme(self, theme: str) -> None:
        self.console.pop_theme()
        self.console.push_theme(console_theme(theme, monochrome=self.no_color))
        # A Static resolves the roles inside its Text once, when it gets it.
        for screens in self._screen_stacks.values():
            for screen in screens:
                for static in screen.query(Static):
                    if isinstance(static.content, Text):
                        static.update(static.content, layout=False)

    def get_key_display(self, binding: Binding) -> str:
        return binding.key_display or key_name(binding.key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return ()  # among Textual's own is a screenshot, which would put names into a file

    def on_ready(self) -> None:
        gc.freeze()  # what was made while opening stays to the end: no collection need look at it again
        gc.enable()
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh())
        self.call_after_refresh(import_module, "organiser_tui.tui.pages.people")
        for seconds, page in enumerate(_IMPORTED_LATER, start=1):  # while somebody looks at the first page
            self.set_timer(seconds, partial(import_module, f"organiser_tui.tui.pages.{page}"))
        self._leave_on_signals()

    def _leave_on_signals(self) -> None:
        """Whoever ends the program from outside gets the terminal back as it was."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                with suppress(NotImplementedError):  # a loop of Windows has no signals
                    loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        field: Any = event.widget  # Input and TextArea have a cursor; importing them here would cost the start
        if hasattr(field, "cursor_blink"):
            field.cursor_blink = False

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, cast("RenderableType", Changes(self._painted, renderable)))
        else:
            super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            self._painted.forget()  # what a terminal keeps of what it cuts off, and fills in, is its own affair
        await super().on_event(event)

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self._painted.forget()  # somebody came back to a terminal on which something else had written
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit of a page that does not exist does nothing; a locked screen knows only how to open and to leave."""
        if isinstance(self.screen, LockScreen) and action not in ("lock", "quit"):
            return False
        if action == "go":
            return any(entry.digit == parameters[0] for entry in self.pages)
        if action == "help" and isinstance(self.screen, ModalScreen):
            from organiser_tui.tui.dialogs.dialog import Dialog

            return isinstance(self.screen, Dialog) and self.screen.HELPED
        if action in ("palette", "help"):
            return not isinstance(self.screen, ModalScreen)
        return True

    async def action_go(self, digit: str) -> None:
        """The page of that digit itself, not what was opened upon it before: but for a call, which goes on."""
        entry = next(entry for entry in self.pages if entry.digit == digit)
        if entry.mode != self.current_mode:
            await self.show_page(entry.mode)
        while len(self.screen_stack) > 1 and isinstance(self.screen, Page) and not self.screen.IN_CALL:
            self.screen.dismiss()

    async def show_page(self, mode: str) -> None:
        """Go to a page; it is painted once, when it stands. What was said of the page before does not cover it."""
        self.clear_notifications()
        with self.batch_update():
            await self.switch_mode(mode)
        self.screen.check_idle()

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual holds back what is painted for 50 ms after each change of page; `show_page` knows when it stands."""

    async def open_person(self, person_id: int) -> None:
        """Show one person on the People page; beside a call upon it, so that escape leads back to the call."""
        if self.call_page is not None:
            from organiser_tui.tui.pages.person import PersonPage

            self.push_screen(PersonPage(self.store, person_id))
            return
        await self.show_page("people")
        page = self.screen_stack[0]
        if isinstance(page, Page):
            page.open_record(person_id)

    @property
    def call_page(self) -> Page | None:
        """The page of the call that is open, wherever one looks meanwhile; None where none is."""
        stacks = self._screen_stacks.values()
        return next((page for screens in stacks for page in screens if isinstance(page, Page) and page.IN_CALL), None)

    async def call(
        self, page: Page, list_id: int | None, *, first: int | None = None, rang: Ringing | None = None
    ) -> bool:
        """Call through a list (None: everyone) from `page`, beginning with `first`; whether there was no call yet.

        Who `rang` is logged, and nobody after her.

        One at a time: where one is open, somebody comes in between, as if she rang, and then it goes on. To be awaited
        inside a worker.
        """
        from organiser_tui.tui.dialogs.confirm import Confirm
        from organiser_tui.tui.dialogs.who_rang import Ringing
        from organiser_tui.tui.pages.in_call import InCallPage

        held, ringing = self.call_page, rang
        if ringing is None and first is not None:
            ringing = Ringing(first)
        if not isinstance(held, InCallPage):
            await self.push_screen_wait(InCallPage(self.store, list_id, first=first, rang=rang))
            return True
        if ringing is None:
            page.say(_("You are in a call: end it first, esc leads back to it."))
        elif rang or await self.push_screen_wait(Confirm(_("You are in a call. Does she ring meanwhile?"))) is True:
            self.run_worker(self._ring_in(held, ringing))  # the page that asks goes with what stands above the call
        return False

    async def _ring_in(self, held: InCallPage, ringing: Ringing) -> None:
        """Back to the call that is open, with whoever rings meanwhile in it."""
        mode = next(mode for mode, screens in self._screen_stacks.items() if held in screens)
        await self.show_page(mode)
        while self.screen is not held and isinstance(self.screen, Page):
            await self.pop_screen()
        held.ring(ringing)

    def name_organiser(self) -> None:
        """Name who is working as the file does now: a name may have been taken back."""
        from organiser_tui.store.organisers import organisers

        self.organiser = next((one.name for one in organisers(self.store) if one.id == self.store.organiser_id), "")

    async def search(self) -> None:
        """Back to the list that this was opened from, its search open; from a page without one to that of People."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, Page):
            await self.pop_screen()
        if not isinstance(self.screen, Searched):
            await self.show_page("people")
        if isinstance(self.screen, Searched):
            self.screen.action_search()

    async def make_call_list(self, people: Sequence[int] | None, filter_text: str = "", *, name: str = "") -> bool:
        """Ask for a call list of `people` (None: of a filter) and go to it; whether one was made.

        To be awaited inside a worker.
        """
        from organiser_tui.tui.dialogs.new_list import NewList

        made = await self.push_screen_wait(NewList(self.store, people, filter_text, name=name))
        if made is not None:
            await self.show_call_list(made)
        return made is not None

    async def show_call_list(self, list_id: int) -> None:
        """Go to the Calls page with the bar on one list, which was just made."""
        await self.show_page("calls")
        page = self.screen_stack[0]
        if isinstance(page, Page):
            page.open_record(list_id)
            page.say(_("The list is made: enter calls through it, e sets more."))

    def action_help(self) -> None:
        from organiser_tui.tui.dialogs.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_palette(self) -> None:
        from organiser_tui.tui.palette import OrganiserPalette

        self.push_screen(OrganiserPalette())

    def action_lock(self) -> None:
        if not isinstance(self.screen, LockScreen):
            self.clear_notifications()
            self.push_screen(LockScreen())

    def action_copy_hint(self) -> None:
        self.notify(_("ctrl+q leaves the program."), markup=False)

    async def action_quit(self) -> None:
        """Leave; where that would lose what was typed ask first, and leave where the key comes again."""
        screens = [screen for stack in self._screen_stacks.values() for screen in stack]
        lost = " ".join(filter(None, (page.before_leaving() for page in screens if isinstance(page, Page))))
        loses = lost or any(isinstance(screen, LeftInTurn) and screen.would_lose for screen in screens)
        if loses and not self._asked_to_leave and not isinstance(self.screen, LockScreen):
            self._asked_to_leave = True
            self.run_worker(self._ask_to_leave(lost))
        else:
            self.exit()

    async def _ask_to_leave(self, lost: str) -> None:
        from organiser_tui.tui.dialogs.confirm import Confirm

        question = Confirm(_("Leave the program without saving what you typed?"), safe(lost))
        leaves = await self.push_screen_wait(question)
        self._asked_to_leave = False
        if leaves:
            self.exit()

    def exit(self, *args: Any, **how: Any) -> None:
        """Every page may keep what is under way on it first."""
        for screens in self._screen_stacks.values():
            for page in screens:
                if isinstance(page, Page) and (lost := page.before_leaving()):
                    how.setdefault("message", lost)
        super().exit(*args, **how)

    # The end after a fault

    def panic(self, *renderables: object) -> None:
        """Textual's way out for exceptions that draw themselves; such a drawing may hold values."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        if not self._exit_renderables:
            sentence = what_stopped(self._exception)
            if self._exception is not None:
                path = write_report(self._exception, state_folder())
                sentence += "\n" + _("A report without names or numbers is in {path}").format(path=path)
            self._exit_renderables.append(sentence)
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        for sentence in self._exit_renderables:  # Textual would break the path at the edge of the window
            self.error_console.print(sentence, markup=False, highlight=False, soft_wrap=True)
        self._exit_renderables.clear()
