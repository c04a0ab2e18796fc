"""Filters under names: those every campaign has, and those it keeps."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import loose_words, parse_filter
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, count_people
from organiser_tui.store.saved_filters import end_filter, save_filter, saved_filters
from tests.store.building import Builder


def texts(campaign: Campaign) -> dict[str, str]:
    return {kept.name: kept.filter_text for kept in saved_filters(campaign)}


def test_every_filter_that_ships_is_understood_and_finds_somebody_or_nobody(campaign: Campaign, build: Builder) -> None:
    called = build.person("Called")
    build.call(called, "talked", rating=3)
    build.person("Never")
    counts = {}
    for name, text in texts(campaign).items():
        asked = parse_filter(text)
        assert loose_words(asked) == ()
        counts[name] = count_people(campaign, PeopleQuery(asked))
    assert (counts["never called"], counts["asked and undecided"], counts["isolated"]) == (1, 1, 0)


def test_a_filter_is_kept_replaced_and_taken_back(campaign: Campaign) -> None:
    save_filter(campaign, " Evening  ", "tag:night")
    save_filter(campaign, "Evening", "tag:night and has-phone:yes")
    assert texts(campaign)["Evening"] == "tag:night and has-phone:yes"
    assert diary(campaign)[0].what == "Evening"
    undo_last(campaign)
    assert texts(campaign)["Evening"] == "tag:night"
    undo_last(campaign)
    assert "Evening" not in texts(campaign)
    save_filter(campaign, "Evening", "tag:early")
    assert texts(campaign)["Evening"] == "tag:early"


def test_a_filter_that_is_taken_out_is_offered_no_more_and_comes_back(campaign: Campaign) -> None:
    save_filter(campaign, "Evening", "tag:night")
    (kept,) = [one for one in saved_filters(campaign) if one.id]
    end_filter(campaign, kept.id)
    assert "Evening" not in texts(campaign)
    with pytest.raises(OrganiserError, match="no longer in the file"):
        end_filter(campaign, kept.id)
    undo_last(campaign)
    assert texts(campaign)["Evening"] == "tag:night"


@pytest.mark.parametrize(
    ("name", "text", "said"), [("", "tag:a", "a name"), ("A", " ", "no filter"), ("A", "x:1", "x")]
)
def test_what_cannot_be_kept_is_refused(campaign: Campaign, name: str, text: str, said: str) -> None:
    with pytest.raises(OrganiserError, match=said):
        save_filter(campaign, name, text)


def test_a_name_in_other_letters_is_the_same_name(campaign: Campaign) -> None:
    save_filter(campaign, "Koroška", "region:koroška")
    save_filter(campaign, "koroska", "region:koroška and signed:no")
    own = [(kept.name, kept.filter_text) for kept in saved_filters(campaign) if kept.id]
    assert own == [("Koroška", "region:koroška and signed:no")]
