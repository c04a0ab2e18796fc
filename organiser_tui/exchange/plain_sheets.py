"""The command line writes a contact sheet and prints what stands in it."""

from __future__ import annotations

import sys
from pathlib import Path

from organiser_tui.exchange.call_sheet import call_sheet
from organiser_tui.exchange.door_sheet import door_sheet
from organiser_tui.exchange.plain import one_line, say
from organiser_tui.exchange.sheets import write_sheet
from organiser_tui.store.call_lists import call_list_named
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_named
from organiser_tui.words import _


def print_sheet(campaign: Campaign, call_list: str | None, event: str | None, path: Path) -> None:
    """Write the sheet of a call list or of an event, whichever is named; who was left out is counted on stderr.

    Raises OrganiserError where nothing has that name, or the file cannot be written.
    """
    if event is not None:
        sheet = door_sheet(campaign, event_named(campaign, event, to_come=True))
    else:
        row = call_list_named(campaign, call_list or "")
        sheet = call_sheet(campaign, row.id, row.name)
    report = write_sheet(campaign, sheet, path)
    say(one_line(report.told))
    for reason, count in report.left_out_told:
        sys.stderr.write(_("left out, {reason}: {n}").format(reason=reason, n=count) + "\n")
