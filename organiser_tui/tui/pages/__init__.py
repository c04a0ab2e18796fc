"""The pages of the program in one list. A page is imported when it is first shown, so that the start stays short."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from organiser_tui.words import _

if TYPE_CHECKING:
    from organiser_tui.store.campaign import Campaign
    from organiser_tui.tui.page import Page


class PageEntry(NamedTuple):
    """One page: the digit that shows it, its mode, its name in the tab line, and what makes it."""

    digit: str
    mode: str
    label: str
    make: Callable[[Campaign], Page]


def _page(module: str, name: str, store: Campaign) -> Page:
    return cast("Page", getattr(import_module(f"{__name__}.{module}"), name)(store))


def page_entries() -> list[PageEntry]:
    """The pages that exist, in the order of their digits; the digits are fixed from the start."""
    return [
        PageEntry("1", "today", _("Today"), partial(_page, "today", "TodayPage")),
        PageEntry("2", "calls", _("Calls"), partial(_page, "calls", "CallsPage")),
        PageEntry("3", "people", _("People"), partial(_page, "people", "PeoplePage")),
        PageEntry("4", "providers", _("Providers"), partial(_page, "providers", "ProvidersPage")),
        PageEntry("5", "signups", _("Sign-ups"), partial(_page, "signups", "SignupsPage")),
        PageEntry("6", "workshops", _("Workshops"), partial(_page, "workshops", "WorkshopsPage")),
        PageEntry("8", "campaign", _("Campaign"), partial(_page, "campaign", "CampaignPage")),
    ]
