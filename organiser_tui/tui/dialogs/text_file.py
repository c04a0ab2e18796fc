"""Text that is changed in an editor of one's own: written to a file, and read from one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.folders import is_a_file
from organiser_tui.tui.dialogs.ask_line import AskLine, refused_by
from organiser_tui.tui.dialogs.paths import completing_paths, path_written
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_MOST_BYTES = 200_000


async def read_text(page: Page, check: Callable[[str], object]) -> str | None:
    """The text of a file that is asked for, once `check` takes it without an OrganiserError; None for no answer.

    To be awaited inside a worker of the page.
    """

    def wrong(line: str) -> str | None:
        path = path_written(line)
        if not is_a_file(path):
            return _("There is no file {path}.").format(path=path.absolute())
        return refused_by(lambda _line: check(_text_of(path)))(line)

    line = await page.app.push_screen_wait(AskLine(_("Which file?"), check=wrong, complete=completing_paths()))
    return _text_of(path_written(line)) if line else None


async def write_text(page: Page, title: Text, file_name: str, text: str) -> None:
    """Write `text` to a file that is asked for, and say so. Raises OrganiserError where it cannot be written.

    To be awaited inside a worker of the page.
    """
    line = await page.app.push_screen_wait(AskLine(title, str(Path.home() / file_name), complete=completing_paths()))
    if not line:
        return
    path = path_written(line)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise OrganiserError(_("{path} is there already. Choose another name.").format(path=path)) from None
    except (OSError, ValueError) as error:
        sentence = _("{path} cannot be written: {reason}.")
        reason = getattr(error, "strerror", None) or _("no file can be called so")
        raise OrganiserError(sentence.format(path=path, reason=reason)) from error
    page.say(_("{path} is written").format(path=path))


def _text_of(path: Path) -> str:
    """What stands in a file. Raises OrganiserError where it cannot be read as text."""
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
        if len(read) > _MOST_BYTES:
            raise OrganiserError(_("{path} is too long to be read in.").format(path=path))
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OrganiserError(_("{path} is no text in UTF-8.").format(path=path)) from None
    except OSError as error:
        raise OrganiserError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error
