"""What guests need is kept for each event; so is its agenda."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.needs import GuestNeed, Need
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.needs import agenda_of, needs_of, note_needs, set_agenda
from tests.store.building import Builder

RIDE, CHILDREN = GuestNeed(Need.RIDE, "from Kranj"), GuestNeed(Need.CHILDCARE, "two")


def test_what_somebody_needs_is_kept_for_one_event(campaign: Campaign, build: Builder) -> None:
    maja, one, other = build.person("Maja"), build.event("2026-11-23"), build.event("2026-11-30")
    note_needs(campaign, one, maja, [CHILDREN, RIDE])
    assert needs_of(campaign, one) == {maja: (RIDE, CHILDREN)}
    assert needs_of(campaign, other) == {}
    rows = "SELECT id FROM guest_need WHERE need = 'ride' AND gone_by IS NULL"
    kept = campaign.connection.execute(rows).fetchall()
    note_needs(campaign, one, maja, [RIDE])
    assert needs_of(campaign, one) == {maja: (RIDE,)}
    assert campaign.connection.execute(rows).fetchall() == kept, "what stays the same is not written again"
    undo_last(campaign)
    assert needs_of(campaign, one) == {maja: (RIDE, CHILDREN)}
    note_needs(campaign, one, maja, [])
    assert needs_of(campaign, one) == {}
    assert faults_of(campaign) == []


def test_who_is_no_longer_in_the_file_needs_nothing(campaign: Campaign, build: Builder) -> None:
    maja, event = build.person("Maja"), build.event("2026-11-23")
    build.end("person", maja)
    with pytest.raises(OrganiserError):
        note_needs(campaign, event, maja, [RIDE])
    assert needs_of(campaign, event) == {}


def test_an_agenda_is_kept_and_taken_back(campaign: Campaign, build: Builder) -> None:
    event = build.event("2026-11-23")
    set_agenda(campaign, event, " pay \n schedules ")
    assert agenda_of(campaign, event) == "pay schedules"
    with pytest.raises(OrganiserError, match="1000 letters"):
        set_agenda(campaign, event, "x" * 1001)
    undo_last(campaign)
    assert agenda_of(campaign, event) == ""
    assert faults_of(campaign) == []
