"""Filters that are kept under a name, beside those that every campaign has."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.folding import clean, fold
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_LONGEST_NAME = 60
IDLE_MEMBERS = 'card:"on file" and last-involved>60'
"""Members with no meeting, task or ask in 60 days."""


class SavedFilter(NamedTuple):
    """A filter under a name; `id` is 0 for one that every campaign has."""

    id: int
    name: str
    filter_text: str


def saved_filters(campaign: Campaign) -> list[SavedFilter]:
    """Every filter that has a name: the campaign's own by name, then those that every campaign has."""
    rows = campaign.connection.execute(
        "SELECT id, name, filter FROM saved_filter WHERE gone_by IS NULL ORDER BY name, id"
    )
    stock = (
        (_("never called"), "attempts:0 and has-phone:yes"),
        (_("nobody at her provider reached"), "unreached-provider:yes"),
        (_("isolated"), "isolation:isolated"),
        (_("not asked to sign"), "asked:no"),
        (_("asked and undecided"), "undecided:yes"),
        (_("form out"), 'card:"form out"'),
        (_("rated 1 or 2 and never asked"), 'signup:"not asked" and rating<3'),
        (_("members with nothing for 60 days"), IDLE_MEMBERS),
        (_("counted on"), 'counted:"counted on"'),
        (_("out of touch"), "spoken-with:yes and last-conversation>90"),
        (_("promise due"), "due:yes"),
        (_("waits for an answer"), "wants-answer:yes"),
        (_("leaders and activists"), "leader:yes or activist:yes"),
    )
    return [*(SavedFilter(*row) for row in rows), *(SavedFilter(0, name, text) for name, text in stock)]


def save_filter(campaign: Campaign, name: str, filter_text: str) -> None:
    """Keep a filter under `name`; one that has the name already is replaced.

    Raises OrganiserError where the name is empty or too long, or the filter is empty or not understood.
    """
    name, text = clean(name), filter_text.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise OrganiserError(_("A filter is kept under a name of 1 to {most} letters.").format(most=_LONGEST_NAME))
    if parse_filter(text) is None:
        raise OrganiserError(_("There is no filter to keep yet: write one first."))
    with campaign.write(DeedKind.SAVE_FILTER) as deed:
        name = next((held.name for held in saved_filters(campaign) if held.id and fold(held.name) == fold(name)), name)
        deed.put("saved_filter", {"organiser_id": campaign.organiser_id}, name=name, filter=text)


def end_filter(campaign: Campaign, filter_id: int) -> None:
    """Take out a filter of the campaign's own; the lists that were made by it stay as they are.

    Raises OrganiserError where it is there no more.
    """
    with campaign.write(DeedKind.END_FILTER) as deed:
        refuse_gone(campaign, "saved_filter", filter_id)
        deed.end("saved_filter", filter_id)
