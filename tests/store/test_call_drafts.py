"""What is kept of calls that have not ended: each window's own, offered once that window is closed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.call_drafts import (
    CallDraft,
    draft_of,
    drop_draft,
    keep_draft,
    left_call,
    let_go,
    take_over_call,
)
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.claims import release_claim
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.queue import hold_person
from organiser_tui.store.windows import is_open
from tests.store.building import Builder


@pytest.fixture
def other(campaign: Campaign) -> Iterator[Campaign]:
    """Another window of the same organiser on the same file."""
    choose_organiser(campaign, "Ana")
    opened = open_campaign(campaign.path, campaign.now)
    choose_organiser(opened, "Ana")
    yield opened
    opened.close()


def test_a_call_that_is_going_on_in_another_window_is_not_offered(campaign: Campaign, other: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    keep_draft(campaign, CallDraft(person, None, "tired of it"))
    assert is_open(campaign.window)
    assert left_call(other) is None
    campaign.presence.end()
    left = left_call(other)
    assert left is not None and left.person_id == person
    take_over_call(other, left)
    draft = draft_of(other, person)
    assert draft is not None and draft.noted == "tired of it"
    assert left_call(other) is None


def test_a_call_of_a_program_that_was_killed_is_offered(campaign: Campaign, other: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    keep_draft(campaign, CallDraft(person, None, "tired of it"))
    campaign.presence.end()
    hold = f"from organiser_tui.store.windows import Presence; Presence({campaign.window!r}).show();"
    killed = subprocess.Popen(
        [sys.executable, "-c", f"{hold} print('held', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert killed.stdout is not None and killed.stdout.readline() == b"held\n"
    assert left_call(other) is None
    killed.kill()
    killed.communicate()
    left = left_call(other)
    assert left is not None
    let_go(other, left)
    assert left_call(other) is None and draft_of(campaign, person) is None


def test_whoever_logs_the_same_person_elsewhere_leaves_what_is_being_written_alone(
    campaign: Campaign, other: Campaign
) -> None:
    person = Builder(campaign).person("Maja")
    keep_draft(campaign, CallDraft(person, None, "a long note"))
    log_contact(other, ContactDraft(person, "no answer"))
    choose_organiser(other, "Boris")
    keep_draft(other, CallDraft(person, None, "another note"))
    drop_draft(other)
    draft = draft_of(campaign, person)
    assert draft is not None and draft.noted == "a long note"


def test_keeping_what_is_noted_does_not_wait_for_another_window(campaign: Campaign, other: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    other.connection.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(OrganiserError, match="Another window"):
        keep_draft(campaign, CallDraft(person, None, "tired"), wait=False)
    assert time.monotonic() - began < 2  # busy_timeout is five
    other.connection.execute("ROLLBACK")
    keep_draft(campaign, CallDraft(person, None, "tired"))


def test_what_is_being_written_makes_no_other_window_read_anew(campaign: Campaign, other: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    other.changed_elsewhere()
    keep_draft(campaign, CallDraft(person, None, "ti"))
    keep_draft(campaign, CallDraft(person, None, "tired"))
    assert not other.changed_elsewhere()
    log_contact(campaign, ContactDraft(person, "no answer"))
    assert other.changed_elsewhere()


def test_a_call_whose_person_somebody_else_calls_now_stays_left(campaign: Campaign, other: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    keep_draft(campaign, CallDraft(person, None, "tired of it"))
    campaign.presence.end()
    left = left_call(other)
    assert left is not None
    bea = open_campaign(campaign.path, campaign.now)
    choose_organiser(bea, "Bea")
    assert hold_person(bea, None, person) is not None
    with pytest.raises(OrganiserError, match="Bea is in a call"):
        take_over_call(other, left)
    assert left_call(other) == left
    release_claim(bea)
    bea.close()
    take_over_call(other, left)
    assert is_open(other.window)  # nobody else takes it over from here, though nothing was typed yet


def test_a_call_of_another_day_keeps_its_instant_however_often_it_is_left(campaign: Campaign) -> None:
    person = Builder(campaign).person("Maja")
    keep_draft(campaign, CallDraft(person, None, "tired", 1_700_000_000))
    draft = draft_of(campaign, person)
    assert draft is not None and draft.at == 1_700_000_000
