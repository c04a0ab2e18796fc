"""Where a contact sheet goes, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from organiser_tui.domain.folding import search_words
from organiser_tui.domain.sheets import Sheet
from organiser_tui.exchange.sheets import WRITERS, SheetReport, name_trouble, write_sheet
from organiser_tui.folders import is_a_folder, is_there
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.errand import Errand
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.paths import completing_paths, path_written
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page


async def make_sheet(page: Page, name: str, ending: str, gather: Callable[[Campaign], Sheet]) -> None:
    """Ask where a sheet goes and write what `gather` finds for it; to be awaited inside a worker of the page.

    `name` and `ending` (".pdf") make up the name that is proposed. The people are read, and the file is written, beside
    the screen.
    """
    label = _("Where does the sheet go? The end says how: .pdf, .xlsx, .csv. It holds names: destroy it after use.")
    proposed = str(_free(search_words(name).replace(" ", "-")[:40] or "list", ending))
    asked = AskLine(label, proposed, check=_trouble, complete=completing_paths())
    line = await page.app.push_screen_wait(asked)
    if not line:
        return

    def write(campaign: Campaign) -> SheetReport:
        return write_sheet(campaign, gather(campaign), path_written(line))

    with page.saying_errors():
        if report := await asyncio.to_thread(Errand(page.store).run, write):
            page.say(sheet_words(report))


def _free(name: str, ending: str) -> Path:
    """A file in the home that is not there yet, with none of the endings: `name`, or with the next number after it."""
    numbered = chain([name], (f"{name}-{n}" for n in count(2)))
    home = Path.home()
    free = next(one for one in numbered if not any((home / f"{one}{end}").exists() for end in WRITERS))
    return home / f"{free}{ending}"


def sheet_words(report: SheetReport) -> str:
    """What was written and who was left out, in one sentence."""
    said = report.told
    if report.left_out_told:
        reasons = ", ".join(f"{count} {reason}" for reason, count in report.left_out_told)
        said += ". " + _("Left out: {reasons}").format(reasons=reasons)
    return said


def _trouble(line: str) -> str | None:
    path = path_written(line)
    if not line.strip():
        return None
    if trouble := name_trouble(path):
        return trouble
    if is_there(path):
        return _("{path} is there already. Choose another name.").format(path=path)
    return None if is_a_folder(path.parent) else _("There is no folder {folder}.").format(folder=path.parent)
