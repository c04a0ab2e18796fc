"""The guides of a campaign: each is written to a file, changed there, and read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.folding import search_words
from organiser_tui.domain.guides import parse_guide
from organiser_tui.store.guides import guides, save_guide
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.text_file import read_text, write_text
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

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
            text = await read_text(page, parse_guide)
            if text is not None:
                name = save_guide(page.store, text)
                page.say(_("{name} is read in: choose it under e of a call list · u takes it back").format(name=name))
        else:
            title = safe(_("Where does {name} go?").format(name=chosen))
            file_name = f"{search_words(chosen).replace(' ', '-') or 'guide'}.md"
            await write_text(page, title, file_name, next(guide.text for guide in held if guide.name == chosen))
