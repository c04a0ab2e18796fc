"""Outcomes of a campaign's own do what the effect says that was chosen for them."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.outcomes import Effect
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.outcomes import add_outcome, effect_of, end_outcome, own_outcomes
from organiser_tui.store.queue import next_person
from organiser_tui.store.story import story_of
from tests.store.building import Builder, Clock


@pytest.mark.parametrize("effect", list(Effect))
def test_an_own_outcome_does_what_its_effect_does(
    campaign: Campaign, build: Builder, clock: Clock, effect: Effect
) -> None:
    add_outcome(campaign, "our word", effect)
    like, own = build.person("Like"), build.person("Own")
    agreed = f"{campaign.today()}T23:00" if effect is Effect.CALL_BACK else None
    build.call(like, effect.value, follow_up=agreed)
    build.call(own, "our word", follow_up=agreed)
    columns = ("attempts", "spoken_with", "last_outcome", "blocked", "rest", "rests_until", "next_due")
    assert [build.figure(own, c) for c in columns] == [build.figure(like, c) for c in columns]
    assert story_of(campaign, own, 9)[0].what == "our word"
    assert faults_of(campaign) == []


def test_an_outcome_that_is_ended_stays_where_it_was_logged(campaign: Campaign, build: Builder) -> None:
    add_outcome(campaign, "husband answered", Effect.NOT_AVAILABLE)
    person = build.person()
    build.call(person, "husband answered")
    end_outcome(campaign, "husband answered")
    assert own_outcomes(campaign) == []
    assert diary(campaign)[0].what == "husband answered"
    with pytest.raises(OrganiserError, match="husband answered is not an outcome"):
        effect_of(campaign, "husband answered")
    assert next_person(campaign, None) is None  # she rests all the same
    with pytest.raises(OrganiserError, match="is not an outcome"):
        build.call(person, "husband answered")
    undo_last(campaign)
    assert [own.code for own in own_outcomes(campaign)] == ["husband answered"]


@pytest.mark.parametrize("word", ["", " ", "Talked", "no answer", "x" * 31])
def test_a_word_that_is_taken_or_none_is_refused(campaign: Campaign, word: str) -> None:
    with pytest.raises(OrganiserError):
        add_outcome(campaign, word, Effect.TALKED)
    with pytest.raises(OrganiserError):
        end_outcome(campaign, "talked")


def test_a_word_that_was_ended_comes_back_as_it_was_and_never_with_another_effect(
    campaign: Campaign, build: Builder
) -> None:
    add_outcome(campaign, "pri možu", Effect.NOT_AVAILABLE)
    person = build.person()
    build.call(person, "pri možu")
    end_outcome(campaign, "pri možu")
    with pytest.raises(OrganiserError, match="was here before, as not available"):
        add_outcome(campaign, "Pri možu", Effect.REFUSED)
    assert build.figure(person, "spoken_with") == 0
    add_outcome(campaign, "Pri Možu", Effect.NOT_AVAILABLE)
    assert [own.code for own in own_outcomes(campaign)] == ["pri možu"]
    assert faults_of(campaign) == []


def test_undo_goes_back_through_a_word_that_was_added_ended_and_added_again(campaign: Campaign) -> None:
    def there() -> list[str]:
        return [own.code for own in own_outcomes(campaign)]

    add_outcome(campaign, "at work", Effect.NOT_AVAILABLE)
    end_outcome(campaign, "at work")
    add_outcome(campaign, "at work", Effect.NOT_AVAILABLE)
    assert there() == ["at work"]
    undo_last(campaign)
    assert there() == []
    undo_last(campaign)
    assert there() == ["at work"]
    undo_last(campaign)
    assert there() == []
    assert faults_of(campaign) == []
