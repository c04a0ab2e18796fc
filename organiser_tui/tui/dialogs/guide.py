"""The guides of a campaign: each is written to a file, changed there, and read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organiser_tui.domain.folding import search_words
from organiser_tui.domain.guides import parse_guide
from organiser_tui.store.guides import end_guide, guides, own_guides, save_guide
from organiser_tui.tui.dialogs.choose import Choice, Choose
from organiser_tui.tui.dialogs.text_file import read_text, write_text
from organiser_tui.tui.safe import safe
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.tui.page import Page

_READ = ""
"""No guide is called like that."""
_WRITE, _END = range(2)


async def change_guides(page: Page) -> None:
    """Write a guide to a file, read one in, or take one out; to be awaited inside a worker of the page."""
    ask, held, own = page.app.push_screen_wait, guides(page.store), own_guides(page.store)
    comes_with = _("comes with the program")
    choices = [Choice(guide.name, guide.name, "" if guide.name in own else comes_with) for guide in held]
    question = _("A guide is a text file: write one out, change it, read it in.")
    chosen = await ask(Choose(question, [*choices, Choice(_READ, _("read a file in …"))]))
    if chosen is None:
        return
    what: int | None = _WRITE
    if chosen in own:
        kinds = [
            Choice(_WRITE, _("write it to a file")),
            Choice(_END, _("take it out"), _("its lists show the usual one")),
        ]
        what = await ask(Choose(safe(chosen), kinds, current=_WRITE))
    with page.saying_errors():
        if chosen == _READ:
            text = await read_text(page, parse_guide)
            if text is not None:
                name = save_guide(page.store, text)
                page.say(_("{name} is read in: choose it under e of a call list · u takes it back").format(name=name))
        elif what == _WRITE:
            title = safe(_("Where does {name} go?").format(name=chosen))
            file_name = f"{search_words(chosen).replace(' ', '-') or 'guide'}.md"
            await write_text(page, title, file_name, next(guide.text for guide in held if guide.name == chosen))
        elif what == _END:
            end_guide(page.store, chosen)
            page.say(_("{name} is taken out · u takes it back").format(name=chosen))
