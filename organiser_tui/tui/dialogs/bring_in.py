"""Brings in a list: which file, how far it is, and what came of it. What a row becomes is decided in exchange."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static
from textual.worker import get_current_worker

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.dialog import Dialog
from organiser_tui.tui.drawing.bars import bar
from organiser_tui.tui.safe import safe
from organiser_tui.tui.themes import OVERDUE, QUIET
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.page import Page

_ENDINGS = (".csv", ".tsv", ".txt")
_MOST_FILES = 40
_ANOTHER = Path()
_BAR_CELLS = 40


async def bring_in(page: Page) -> int | None:
    """Ask for a file and bring it in; to be awaited inside a worker of the page. Returns the batch, None for none."""
    path = await _which_file(page)
    if path is None:
        return None
    report = await page.app.push_screen_wait(BringIn(page.store, path))
    if report is None:
        page.say(_("Nothing of {file} was saved.").format(file=path.name))
        return None
    page.say(report_words(report))
    return report.batch


def report_words(report: ImportReport) -> str:
    """What came of a list, in one sentence."""
    said = _("{file}: {added} new, {matched} known, {rejected} refused, {questions} to ask about").format(
        file=report.file,
        added=report.added,
        matched=report.matched,
        rejected=report.rejected,
        questions=report.questions,
    )
    return f"{said}. " + _("z takes it back whole.")


async def _which_file(page: Page) -> Path | None:
    """One of the lists that lie about, else the path typed."""
    found = lists_about()
    if found:
        choices = [Choice(path, path.name, str(path.parent)) for path in found]
        choices.append(Choice(_ANOTHER, _("another file …")))
        chosen = await page.app.push_screen_wait(
            Choose(
                _("Which list?"),
                choices,
                more=files_meant,
                nothing=_("no such file; a path is written as ~/Documents/list.csv"),
                placeholder=_("a part of its name, or a path"),
            )
        )
        if chosen is None or chosen != _ANOTHER:
            return chosen
    line = await page.app.push_screen_wait(
        AskLine(_("Which file? A CSV, as every spreadsheet can save one"), check=_trouble, placeholder=_("~/list.csv"))
    )
    return path_written(line) if line else None


def path_written(line: str) -> Path:
    """The path that is meant by `line`, as typed, or as a terminal writes a file that is dragged into it."""
    bare = line.strip().removeprefix("file://")
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        bare = bare[1:-1]
    elif os.name == "posix":
        bare = bare.replace("\\ ", " ")
    path = Path(bare)
    try:
        return path.expanduser()
    except RuntimeError:
        return path  # "~nobody": there is no such home


def files_meant(typed: str) -> list[Choice[Path]]:
    """The file at the path that is typed, or the lists in a folder; else those in one whose names begin as it ends."""
    path = path_written(typed)
    try:
        if path.is_file():
            return [Choice(path, path.name, str(path.parent))]
        if not path.is_absolute():
            return [
                Choice(file, file.name, str(file.parent)) for folder in _folders() if (file := folder / path).is_file()
            ]
        beginning = "" if path.is_dir() else fold(path.name)
        lists = _lists_in([path if path.is_dir() else path.parent])
    except (OSError, ValueError):
        return []  # too long, or with characters that no file system takes
    return [Choice(file, file.name, str(file.parent)) for file in lists if fold(file.name).startswith(beginning)]


def _folders() -> list[Path]:
    home = Path.home()
    return list(dict.fromkeys([Path.cwd(), home / "Downloads", home / "Documents", home / "Desktop", home]))


def lists_about() -> list[Path]:
    """Files that may be lists, in this folder, the home and its usual folders for what was downloaded; newest first."""
    return _lists_in(_folders())


def _lists_in(folders: Sequence[Path]) -> list[Path]:
    found = []
    for folder in folders:
        try:
            found += [(file.stat().st_mtime, file) for file in folder.iterdir() if file.suffix.lower() in _ENDINGS]
        except OSError:
            continue  # a folder that is not there, or not ours to read, has no list for us
    return [file for _time, file in sorted(found, reverse=True)[:_MOST_FILES]]


def _trouble(line: str) -> str | None:
    path = path_written(line)
    if not line.strip() or path.is_file():
        return None
    return _("There is no file {path}.").format(path=path)


class BringIn(Dialog[ImportReport]):
    """How far a list is on its way in; escape stops it. The answer is what was saved, None where nothing was."""

    FOOTER: ClassVar[Sequence[str]] = ("dialog.cancel",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", _("stop"), id="dialog.cancel", tooltip=_("Stops; nothing of the list is saved")),
    ]

    def __init__(self, store: Campaign, path: Path) -> None:
        super().__init__(safe(_("Bringing in {file}").format(file=path.name)))
        self._store = store
        self._path = path
        self._stop = Event()
        self._failed = False

    def body(self) -> ComposeResult:
        yield Static(_("reading …"), id="bring-in-progress")

    def on_mount(self) -> None:
        self._importing = self._run()

    @work(thread=True, exclusive=True, group="exchange", exit_on_error=False)
    def _run(self) -> None:
        worker = get_current_worker()
        own = self._store.another()
        try:
            report = import_file(
                own,
                self._path,
                progress=lambda done, of: self.app.call_from_thread(self._show, done, of),
                cancelled=lambda: self._stop.is_set() or worker.is_cancelled,
            )
        except OrganiserError as error:
            if not worker.is_cancelled:  # else the program is leaving
                self.app.call_from_thread(self._fail, str(error))
        else:
            self.app.call_from_thread(self.dismiss, report)
        finally:
            own.close()

    def _show(self, done: int, of: int) -> None:
        if self._stop.is_set():
            return
        text = bar(done / of if of else 1.0, _BAR_CELLS)
        text.append("  " + _("{done:,} of {of:,} rows").format(done=done, of=of), QUIET)
        self.query_one("#bring-in-progress", Static).update(text)

    def _fail(self, sentence: str) -> None:
        if self._stop.is_set():
            self.dismiss(None)
            return
        self._failed = True
        self.query_one("#bring-in-progress", Static).update(safe(sentence, OVERDUE))

    def action_cancel(self) -> None:
        """Ask the import to stop; only when it has ended is it known whether anything was saved."""
        if self._failed or self._importing.is_finished:
            self.dismiss(None)
            return
        self._stop.set()
        self.query_one("#bring-in-progress", Static).update(_("stopping …"))
