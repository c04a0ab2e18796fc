"""Who is invited to an event: in an order that prefers nobody, at most so many of each provider, and not too late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import EventDraft, cancel_event, event_row, guests_of, invite, make_event
from organiser_tui.store.history import undo_last
from organiser_tui.store.inviting import invitable
from tests.store.building import Builder


def event(campaign: Campaign, ahead: int, name: str = "Evening") -> int:
    return make_event(campaign, EventDraft("workshop", name, (campaign.today() + timedelta(days=ahead)).isoformat()))


def test_at_most_so_many_of_each_provider_those_first_who_were_asked_longest_ago(
    campaign: Campaign, build: Builder
) -> None:
    lipa, breza = build.provider("Lipa"), build.provider("Breza")
    ana, eva, iva = (build.person(name, lipa) for name in ("Ana", "Eva", "Iva"))
    zala, free, free_too = build.person("Zala", breza), build.person("Free"), build.person("Free Too")
    everybody = [ana, eva, iva, zala, free, free_too]
    before = event(campaign, 1, "Before")
    invite(campaign, before, [ana, zala])
    made = event(campaign, 9)
    found = invitable(campaign, made, everybody)
    assert [person for person, _provider in found.people] == [eva, free, free_too, iva, ana, zala]
    assert [len(found.at_most(most)) for most in (1, 2, 3, None)] == [4, 5, 6, 6]
    assert invite(campaign, made, everybody, 1) == 4
    assert {guest.id for guest in guests_of(campaign, made)} == {eva, zala, free, free_too}
    assert invite(campaign, made, everybody, 1) == 0, "who is invited counts"
    again = invitable(campaign, made, everybody)
    assert (again.already, [person for person, _provider in again.people]) == (4, [iva, ana])
    assert faults_of(campaign) == []
    undo_last(campaign)
    assert invitable(campaign, made, everybody).already == 0, "the second invited nobody and is no deed"


def test_who_cannot_be_invited_is_counted_by_why(campaign: Campaign, build: Builder) -> None:
    may, barred, by_text = (
        build.person("May"),
        build.person("Barred", barred="all"),
        build.person("Text", barred="text"),
    )
    boss = build.person("Boss", position="manager", barred="call")
    dead, gone = build.person("Dead"), build.person("Gone")
    build.change("person", dead, deceased=1)
    build.change("person", gone, left_work_on="2026-11-01")
    made = event(campaign, 9)
    asked = [may, may, barred, by_text, boss, dead, gone]
    found = invitable(campaign, made, asked)
    assert {person for person, _provider in found.people} == {may, by_text}
    assert found.left_out == {"do not contact": 1, "position": 1, "deceased": 1, "left the work": 1}
    assert invite(campaign, made, asked) == 2
    assert event_row(campaign, made).invited == 2


@pytest.mark.parametrize(("ahead", "words"), [(-1, "nobody can be invited any more"), (3, "was called off on")])
def test_nobody_is_invited_to_what_is_over_or_called_off(
    campaign: Campaign, build: Builder, ahead: int, words: str
) -> None:
    maja, made = build.person("Maja"), event(campaign, ahead)
    if ahead > 0:
        cancel_event(campaign, made)
    with pytest.raises(OrganiserError, match=words):
        invite(campaign, made, [maja])
    assert event_row(campaign, made).invited == 0
