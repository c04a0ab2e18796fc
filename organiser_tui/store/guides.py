"""The guides of a campaign: its own, and those that come with the program."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.guides import Guide, parse_guide
from organiser_tui.domain.ids import word_id
from organiser_tui.reference import shipped_texts
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.presence import refuse_gone


class GuideText(NamedTuple):
    """A guide as it is written."""

    name: str
    text: str


def guides(campaign: Campaign) -> list[GuideText]:
    """The campaign's own guides by name, then those that come with the program, the one in its language first."""
    rows = campaign.connection.execute("SELECT name, text FROM guide WHERE gone_by IS NULL ORDER BY name")
    own = [GuideText(*row) for row in rows]
    names = {guide.name for guide in own}
    return [*own, *(guide for guide in _shipped(campaign.language) if guide.name not in names)]


def guide_of(campaign: Campaign, name: str) -> Guide:
    """The guide called `name`; the first that comes with the program where there is none of that name (any more)."""
    held = guides(campaign)
    text = next((guide.text for guide in held if guide.name == name), None)
    return parse_guide(text or _shipped(campaign.language)[0].text)


def save_guide(campaign: Campaign, text: str) -> str:
    """Keep a guide under the name that it has in its first line, in the place of one of that name; returns the name.

    Raises OrganiserError, with the line and the reason, where `text` is no guide.
    """
    name = parse_guide(text).name
    with campaign.write(DeedKind.SAVE_GUIDE) as deed:
        deed.put("guide", {"organiser_id": campaign.organiser_id}, name=name, text=text)
    return name


def own_guides(campaign: Campaign) -> list[str]:
    """The names of the campaign's own guides."""
    return [name for (name,) in campaign.connection.execute("SELECT name FROM guide WHERE gone_by IS NULL")]


def end_guide(campaign: Campaign, name: str) -> None:
    """Take out a guide of the campaign's own; lists that name it show the usual one.

    Raises OrganiserError where it is there no more.
    """
    with campaign.write(DeedKind.END_GUIDE) as deed:
        refuse_gone(campaign, "guide", word_id("guide", name))
        deed.end("guide", word_id("guide", name))


@cache
def _shipped(language: str) -> list[GuideText]:
    """The guides that come with the program, the one in `language` first."""
    return [GuideText(parse_guide(text).name, text) for text in shipped_texts("guides", language)]
