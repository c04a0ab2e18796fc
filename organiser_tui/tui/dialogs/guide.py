"""Guides: a whole one beside a call, and those of the campaign, which are written to a file and read from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import search_words
from organiser_tui.domain.guides import parse_guide
from organiser_tui.store.guides import GuideText, guides, save_guide
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.paths import completing_paths, path_written
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_MOST_BYTES = 200_000
_READ = ""
"""No guide is called like that."""


async def change_guides(page: Page) -> None:
    """Write a guide to a file, or read one in; to be awaited inside a worker of the page."""
    held = guides(page.store)
    choices = [Choice(guide.name, guide.name, _("write it to a file")) for guide in held]
    question = _("A guide is a text file: write one out, change it, read it in.")
    chosen = await page.app.push_screen_wait(Choose(question, [*choices, Choice(_READ, _("read a file in …"))]))
    if chosen is None:
        return
    with page.saying_errors():
        if chosen == _READ:
            await _read_in(page)
        else:
            await _write_out(page, next(guide for guide in held if guide.name == chosen))


async def _read_in(page: Page) -> None:
    ask = AskLine(_("Which file?"), check=_no_guide, complete=completing_paths())
    line = await page.app.push_screen_wait(ask)
    if line:
        name = save_guide(page.store, _text_of(path_written(line)))
        page.say(_("{name} is read in: choose it under e of a call list · u takes it back").format(name=name))


async def _write_out(page: Page, guide: GuideText) -> None:
    proposed = Path.home() / f"{search_words(guide.name).replace(' ', '-') or 'guide'}.md"
    title = safe(_("Where does {name} go?").format(name=guide.name))
    line = await page.app.push_screen_wait(AskLine(title, str(proposed), complete=completing_paths()))
    if not line:
        return
    path = path_written(line)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(guide.text)
    except FileExistsError:
        raise OrganiserError(_("{path} is there already. Choose another name.").format(path=path)) from None
    except OSError as error:
        sentence = _("{path} cannot be written: {reason}.")
        raise OrganiserError(sentence.format(path=path, reason=error.strerror)) from error
    page.say(_("{path} is written").format(path=path))


def _text_of(path: Path) -> str:
    """What stands in a file. Raises OrganiserError where it cannot be read as text."""
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
        if len(read) > _MOST_BYTES:
            raise OrganiserError(_("{path} is too long for a guide.").format(path=path))
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OrganiserError(_("{path} is no text in UTF-8.").format(path=path)) from None
    except OSError as error:
        raise OrganiserError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error


def _no_guide(line: str) -> str | None:
    """What is wrong with the guide in a file, with its line."""
    path = path_written(line)
    if not path.is_file():
        return _("There is no file {path}.").format(path=path)
    try:
        parse_guide(_text_of(path))
    except OrganiserError as error:
        return str(error)
    return None
