"""Which file is brought in: one of the lists that lie about, or one whose path is typed. Reads folders only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from organiser_tui.domain.folding import fold
from organiser_tui.folders import is_a_file
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.paths import (
    LIST_ENDINGS,
    completing_paths,
    path_completed,
    path_written,
    paths_beginning,
)
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_MOST_FILES = 40
_ANOTHER = Path()


async def which_list(page: Page) -> Path | None:
    """One of the lists that lie about, else the path typed; to be awaited inside a worker of the page."""
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
                complete=lambda typed: path_completed(typed, LIST_ENDINGS),
                opens=lambda path: f"{_short(path)}/" if path != _ANOTHER and path.is_dir() else "",
            )
        )
        if chosen is None or chosen != _ANOTHER:
            return chosen
    line = await page.app.push_screen_wait(
        AskLine(
            _("Which file? A CSV, as every spreadsheet can save one"),
            check=_trouble,
            placeholder=_("~/list.csv"),
            complete=completing_paths(LIST_ENDINGS),
        )
    )
    return path_written(line) if line else None


def files_meant(typed: str) -> list[Choice[Path]]:
    """The file at the path that is typed, or the lists and folders in a folder; else those that begin as it ends."""
    path = path_written(typed)
    try:
        if path.is_file():
            return [_choice(path.absolute())]
        if not path.is_absolute():
            return [_choice(file) for folder in _folders() if (file := folder / path).is_file()]
        inside = path.is_dir()
        lists = _lists_in([path if inside else path.parent])
        line = f"{path}/" if inside and path.name else str(path)
        folders = [Path(found) for found in paths_beginning(line, ()) if found.endswith("/")]
    except (OSError, ValueError):
        return []  # too long, or with characters that no file system takes
    beginning = "" if inside else fold(path.name)
    return [_choice(file) for file in lists if fold(file.name).startswith(beginning)] + [
        Choice(folder, f"{folder.name}/", str(folder.parent)) for folder in folders
    ]


def _choice(path: Path) -> Choice[Path]:
    return Choice(path, path.name, str(path.parent))


def _short(path: Path) -> str:
    """`path` as one would type it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path != home and path.is_relative_to(home) else str(path)


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
            found += [
                (file.stat().st_mtime, file)
                for file in folder.iterdir()
                if file.suffix.lower() in LIST_ENDINGS and file.is_file()
            ]
        except OSError:
            continue  # a folder that is not there, or not ours to read, has no list for us
    return [file for _time, file in sorted(found, reverse=True)[:_MOST_FILES]]


def _trouble(line: str) -> str | None:
    path = path_written(line)
    if not line.strip() or is_a_file(path):
        return None
    return _("There is no file {path}.").format(path=path.absolute())
