"""Where a contact sheet goes, and what came of it."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from organiser_tui.domain.folding import search_words
from organiser_tui.exchange.sheets import SheetReport, write_sheet
from organiser_tui.folders import is_a_folder, is_there
from organiser_tui.store.call_lists import CallListRow
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.paths import completing_paths, path_written
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def make_sheet(page: Page, row: CallListRow) -> None:
    """Ask where the sheet of a call list goes and write it; to be awaited inside a worker of the page."""
    label = _("Where does the sheet go? It holds names and numbers: destroy it after use.")
    proposed = str(_free(search_words(row.name).replace(" ", "-")[:40] or "list"))
    asked = AskLine(label, proposed, check=_trouble, complete=completing_paths())
    line = await page.app.push_screen_wait(asked)
    if line:
        with page.saying_errors():
            page.say(sheet_words(write_sheet(page.store, row.id, row.name, path_written(line))))


def _free(name: str) -> Path:
    """A file in the home that is not there yet: `name`, or with the next number after it."""
    numbered = chain([name], (f"{name}-{n}" for n in count(2)))
    return next(path for path in (Path.home() / f"{one}.csv" for one in numbered) if not path.exists())


def sheet_words(report: SheetReport) -> str:
    """What was written and who was left out, in one sentence."""
    said = report.told
    left_out = sum(report.left_out.values())
    if left_out:
        reasons = ", ".join(f"{count} {reason}" for reason, count in report.left_out.most_common())
        said += ". " + _("Left out: {reasons}").format(reasons=reasons)
    return said


def _trouble(line: str) -> str | None:
    path = path_written(line)
    if not line.strip():
        return None
    if path.suffix.lower() != ".csv":
        return _("The name ends in .csv.")
    if is_there(path):
        return _("{path} is there already. Choose another name.").format(path=path)
    return None if is_a_folder(path.parent) else _("There is no folder {folder}.").format(folder=path.parent)
