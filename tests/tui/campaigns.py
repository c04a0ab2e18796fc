"""A real campaign for stories and pictures: the made-up one, on a fixed evening, opened by the first organiser."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from organiser_tui.exchange.demo import Plan
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.organisers import choose_organiser, organisers, work_as
from organiser_tui.store.people import search_people
from organiser_tui.tui.app import OrganiserApp

TODAY = date(2026, 11, 21)


def evening() -> datetime:
    """Saturday 21 November 2026, 19:40 in Ljubljana."""
    return datetime(2026, 11, 21, 18, 40, tzinfo=UTC)


def demo_campaign(folder: Path, *, people: int = 600, contacts: int = 3000) -> Campaign:
    """The made-up campaign, Ana at work."""
    campaign = make_demo(folder / "demo.campaign", Plan("SI", TODAY, people=people, contacts=contacts), evening)
    work_as(campaign, organisers(campaign)[0])
    return campaign


def empty_campaign(folder: Path) -> Campaign:
    """A campaign just made, Ana at work."""
    campaign = found_campaign(folder / "new.campaign", "SI", evening, name="SOA")
    choose_organiser(campaign, "Ana")
    return campaign


def app_of(campaign: Campaign, theme: str = "dark") -> OrganiserApp:
    """The program with `campaign` open."""
    return OrganiserApp(
        campaign, organiser="Ana", theme=theme, search_people=lambda text: search_people(campaign, text)
    )
