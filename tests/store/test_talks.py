"""A talk with several people at once: one deed, a contact each."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_talk
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_action, undo_last
from organiser_tui.store.story import story_of
from tests.store.building import Builder


def test_a_talk_with_three_is_one_deed_and_says_in_each_story_who_was_there(campaign: Campaign) -> None:
    build = Builder(campaign)
    ana, eva, maja = build.person("Ana"), build.person("Eva"), build.person("Maja")
    drafts = [
        ContactDraft(ana, "talked", channel="meet-up", day="2026-11-17", note="tired of split shifts", rating=2),
        ContactDraft(eva, "talked", channel="meet-up", day="2026-11-17", note="tired of split shifts"),
        ContactDraft(maja, "talked", channel="meet-up", day="2026-11-17", note="tired of split shifts"),
    ]
    before = len(diary(campaign))
    contacts = [logged.contact for logged in log_talk(campaign, drafts)]
    line, *rest = diary(campaign)
    assert (len(contacts), len(rest), line.what) == (3, before, "Ana Novak and 2 more: talked")
    assert [entry.others for entry in story_of(campaign, eva)] == ["Ana Novak, Maja Novak"]
    assert [entry.others for entry in story_of(campaign, ana) if entry.kind == "meet-up"] == ["Eva Novak, Maja Novak"]
    undo_last(campaign)
    assert not story_of(campaign, ana) and not story_of(campaign, maja)
    assert diary(campaign)[1].what == "Ana Novak and 2 more: talked"


def test_nobody_is_twice_in_one_talk(campaign: Campaign) -> None:
    ana = Builder(campaign).person("Ana")
    with pytest.raises(OrganiserError, match="named twice"):
        log_talk(campaign, [ContactDraft(ana, "talked"), ContactDraft(ana, "talked")])
    assert not story_of(campaign, ana)


def test_a_talk_that_is_done_again_is_about_the_same_people(campaign: Campaign, build: Builder) -> None:
    """Taken back and done again it was one with the second of them alone."""
    people = [build.person(name) for name in "AB"]
    log_talk(campaign, [ContactDraft(person, "talked", channel="meet-up") for person in people])
    told = diary(campaign, limit=1)[0].what
    for _time in range(3):
        undo_action(campaign, diary(campaign, limit=1)[0].action_id)
        assert diary(campaign, limit=1)[0].what == told
    assert told.endswith("and 1 more: talked")
