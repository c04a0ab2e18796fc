"""Opens a campaign, and the full-screen program upon it. The command line does everything else.

What a screen needs is imported by the function that opens one.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from organiser_tui.domain.errors import OrganiserError, SavedError
from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign


@contextmanager
def campaign_of(
    path: str | None, who: str | None = None, *, choose: bool = False, as_it_is: bool = False
) -> Iterator[Campaign]:
    """The campaign at `path`, or the one used last, opened and closed.

    With `choose` somebody works with it; `as_it_is` it is only looked at, and no date that has come moves a figure.
    """
    from organiser_tui.store import device
    from organiser_tui.store.campaign import open_campaign
    from organiser_tui.store.damage import damage_told
    from organiser_tui.store.organisers import choose_organiser

    found = device.last_campaign() if path is None else Path(path)
    if found is None or path == "":
        raise OrganiserError(
            _("Which campaign? Name its file, or make one: organiser-tui new NAME.campaign --country SI --plain")
        )
    campaign = open_campaign(found, as_it_is=as_it_is)
    try:
        if path:
            device.remember_campaign(found)
        if choose or who is not None:
            choose_organiser(campaign, who)
        with damage_told(found), printing(campaign):
            yield campaign
    finally:
        campaign.close()


@contextmanager
def printing(campaign: Campaign, *, made: bool = False) -> Iterator[None]:
    """Raise OrganiserError where what is printed inside does not get out, saying whether anything was saved.

    `made` says that a file was, whatever was saved in the campaign.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        printed = error.filename is None and error.errno is not None  # a stream has no name; others have no number
        if not printed or (isinstance(error, BrokenPipeError) and not (made or campaign.saved)):
            raise  # it was not the printing that failed; or the reader has had enough
        if made or campaign.saved:
            sentence = _("It is saved, but the answer could not be printed: {reason}.")
            raise SavedError(sentence.format(reason=error.strerror)) from error
        raise OrganiserError(_("The answer could not be printed: {reason}.").format(reason=error.strerror)) from error


def open_program(path: str | None, who: str | None = None) -> NoReturn:
    """Show the campaign at `path`, or the one used last, until it is left; ends with the status of the screen."""
    gc.disable()  # nothing that is made while it opens is thrown away; the app switches it on again
    with campaign_of(path, who, choose=True) as campaign:
        sys.exit(on_screen(campaign))


def on_screen(campaign: Campaign) -> int:
    """Show `campaign` until it is left; returns the status."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a key is painted 8 ms later at most, instead of 16

    from organiser_tui.store.organisers import organisers
    from organiser_tui.store.people import search_people
    from organiser_tui.tui.app import OrganiserApp
    from organiser_tui.tui.terminal import prepare_terminal

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise OrganiserError(
            _("The full screen needs a terminal. See organiser-tui --help for what works without one.")
        )
    prepare_terminal()
    working = next((o.name for o in organisers(campaign) if o.id == campaign.organiser_id), "")
    app = OrganiserApp(campaign, organiser=working, search_people=lambda text: search_people(campaign, text))
    app.run()
    return app.return_code or 0
