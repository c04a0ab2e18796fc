"""Brings in a list: looks first, shows what it would do, and saves it on enter. What a row becomes exchange decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import get_current_worker

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.dialogs.which_list import which_list
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.drawing.report import look_lines, report_words
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import KEPT, NOT_YET, OVERDUE, QUIET
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.page import Page

_BAR_CELLS = 40
_LONG = 3.0  # seconds: who looked as long is told that bringing it in takes as long again


async def bring_in(page: Page) -> int | None:
    """Ask for a file and bring it in; to be awaited inside a worker of the page. Returns the batch, None for none."""
    path = await which_list(page)
    if path is None:
        return None
    report = await page.app.push_screen_wait(BringIn(page.store, path))
    if report is None:
        page.say(_("Nothing of {file} was saved.").format(file=path.name))
        return None
    page.say(report_words(report))
    return report.batch


def _standing(path: Path) -> tuple[int, int] | None:
    """What differs once somebody has written to the file; None where there is none any more."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_size, there.st_mtime_ns


class BringIn(Dialog[ImportReport]):
    """What a list would do, then how far it is on its way in. The answer is what was saved, None where nothing was.

    Everything is done once without saving it, so that what is shown is what will happen.
    """

    FOOTER: ClassVar[Sequence[str]] = ("bring-in.save", "bring-in.down", "dialog.cancel")
    DEFAULT_CSS = """
    BringIn {
        #dialog { width: 76; max-height: 92%; padding: 0 2; overflow-y: hidden; }
        #bring-in-progress { height: auto; }
        #bring-in-ask { height: auto; display: none; padding-top: 1; }
        #bring-in-ask.-asking { display: block; }
        #bring-in-found { height: auto; max-height: 55vh; overflow-y: auto; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", _("bring it in"), id="bring-in.save", tooltip=_("Saves the list as it is shown here")),
        Binding("down,j", "scroll(1)", _("down"), id="bring-in.down", tooltip=_("Further down")),
        Binding("up,k", "scroll(-1)", _("up"), id="bring-in.up", show=False, tooltip=_("Further up")),
        Binding("pagedown", "scroll(10)", _("page down"), id="bring-in.page-down", show=False, tooltip=_("Ten down")),
        Binding("pageup", "scroll(-10)", _("page up"), id="bring-in.page-up", show=False, tooltip=_("Ten lines up")),
        Binding("end,G", "scroll(100000)", _("end"), id="bring-in.end", show=False, tooltip=_("To the last line")),
        Binding("home", "scroll(-100000)", _("top"), id="bring-in.home", show=False, tooltip=_("To the first line")),
        Binding("escape", "cancel", _("leave it"), id="dialog.cancel", tooltip=_("Nothing of the list is saved")),
    ]

    def __init__(self, store: Campaign, path: Path) -> None:
        super().__init__(safe(_("Looking at {file}").format(file=path.name)))
        self._store = store
        self._path = path
        self._stop = Event()
        self._failed = False
        self._looked = False
        self._seen = _standing(path)
        self._began = monotonic()

    def body(self) -> ComposeResult:
        with Vertical(id="bring-in-found"):
            yield Static(_("reading … nothing is saved yet"), id="bring-in-progress")
        yield Static(id="bring-in-ask")

    def on_mount(self) -> None:
        self._importing = self._run(look=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A list can be brought in, and what was found be scrolled, once it has been looked at."""
        if action in ("save", "scroll"):
            return self._looked and not self._failed
        return super().check_action(action, parameters)

    @work(thread=True, exclusive=True, group="exchange", exit_on_error=False)
    def _run(self, *, look: bool) -> None:
        worker = get_current_worker()
        own = self._store.another()
        try:
            report = import_file(
                own,
                self._path,
                dry_run=look,
                progress=lambda done, of: self.app.call_from_thread(self._show, done, of, look),
                cancelled=lambda: self._stop.is_set() or worker.is_cancelled,
            )
        except OrganiserError as error:
            if not worker.is_cancelled:  # else the program is leaving
                self.app.call_from_thread(self._fail, str(error))
        else:
            self.app.call_from_thread(self._show_found if look else self.dismiss, report)
        finally:
            own.close()

    def _say(self, words: Text) -> None:
        self.query_one("#bring-in-progress", Static).update(words)

    def _show(self, done: int, of: int, look: bool) -> None:
        if self._stop.is_set():
            return
        text = bar(done / of if of else 1.0, _BAR_CELLS)
        text.append("  " + _("{done:,} of {of:,} rows").format(done=done, of=of), QUIET)
        if look:
            text.append("\n" + _("Looking first: nothing is saved yet."), QUIET)
        self._say(text)

    def _show_found(self, report: ImportReport) -> None:
        if self._stop.is_set():
            self.dismiss(None)
            return
        self._looked = True
        self._say(look_lines(report, max(self.query_one("#bring-in-found").size.width - 1, 30)))
        title = safe(_("What {file} would bring").format(file=self._path.name))
        self.query_one("#dialog-title", Static).update(title.append(" · " + _("nothing is saved yet"), QUIET))
        ask = Text(_("enter brings it in, esc leaves it."), f"bold {KEPT}")
        if not (report.added or report.changed):
            ask = Text(_("It would change nothing. esc leaves it."), f"bold {NOT_YET}")
        took = round(monotonic() - self._began)
        if took >= _LONG:
            ask.append(" " + _("It takes about as long again: {n} seconds.").format(n=took), QUIET)
        question = self.query_one("#bring-in-ask", Static)
        question.update(ask)
        question.add_class("-asking")
        self.refresh_bindings()

    def _fail(self, sentence: str) -> None:
        if self._stop.is_set():
            self.dismiss(None)
            return
        self._failed = True
        self._say(safe(sentence, OVERDUE))
        self.refresh_bindings()

    def action_save(self) -> None:
        """What was shown is saved; escape still stops it. A list that has changed since is looked at once more."""
        now = _standing(self._path)
        again, self._seen = now != self._seen, now
        self._looked = False
        self.query_one("#bring-in-ask").remove_class("-asking")
        title = _("{file} has changed: looking again") if again else _("Bringing in {file}")
        self.query_one("#dialog-title", Static).update(safe(title.format(file=self._path.name)))
        self._say(Text(_("reading …")))
        self.query_one("#bring-in-found", Vertical).scroll_home(animate=False)
        self._importing = self._run(look=again)
        self.refresh_bindings()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#bring-in-found", Vertical).scroll_relative(y=lines, animate=False)

    def action_cancel(self) -> None:
        """Ask the import to stop; only when it has ended is it known whether anything was saved."""
        if self._failed or self._importing.is_finished:
            self.dismiss(None)
            return
        self._stop.set()
        self._say(Text(_("stopping …")))
