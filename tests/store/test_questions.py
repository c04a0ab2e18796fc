"""The questions of a list: asked in its calls, tallied by provider and region, taken back with the call."""

from __future__ import annotations

import pytest

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.questions import parse_question
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.questions import Tally, add_question, answers_of, mend_question, questions_of, tallies
from organiser_tui.store.story import story_of
from tests.store.building import Builder, Clock

COME, HOURS = parse_question("Can you come? [y/n]"), parse_question("How many hours? [123]")


def test_the_last_answer_of_each_counts_by_provider_too_and_undo_takes_it_back(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    lipa, hrast = build.provider("Lipa"), build.provider("Hrast")
    maja, eva, zora = build.person("Maja", lipa), build.person("Eva", lipa), build.person("Zora", hrast)
    evening = build.call_list(maja, eva, zora)
    come, hours = (add_question(campaign, evening, draft) for draft in (COME, HOURS))
    build.call(maja, "talked", list_id=evening, answers=((come, "no"), (hours, "30")))
    clock.forward(days=1)
    build.call(maja, "talked", list_id=evening, answers=((come, "yes"),))
    build.call(eva, "talked", list_id=evening, answers=((come, "yes"),))
    build.call(zora, "talked", list_id=evening, answers=((come, "no"),))
    assert tallies(campaign, evening) == [
        Tally(come, "yes", "", 2), Tally(come, "no", "", 1), Tally(hours, "30", "", 1),
    ]  # fmt: skip
    assert tallies(campaign, evening, "provider")[:2] == [Tally(come, "yes", "Lipa", 2), Tally(come, "no", "Hrast", 1)]
    assert answers_of(campaign, evening, maja) == {come: "yes", hours: "30"}
    told = [line.detail for line in story_of(campaign, maja)]
    assert told == ["Can you come? yes", "Can you come? no · How many hours? 30"]
    assert build.figure(zora, "last_conversation") == campaign.today().isoformat()  # an answer is something learned
    build.call(eva, "talked", list_id=evening, answers=((hours, "3"),))

    def said(filter_text: str) -> set[int]:
        return set(first_people(campaign, PeopleQuery(asked=parse_filter(filter_text)), 9))

    assert said('answered:"Can you come? yes"') == {maja, eva}
    assert said('answered:"Can you come? no"') == {zora}  # Maja has said yes since
    assert said('answered:"How many hours? 3"') == {eva}  # and not who said 30
    assert said("answered:hours") == {maja, eva}
    assert [line.what for line in diary(campaign) if line.kind == "set questions"] == ["Evening calls"] * 2
    undo_last(campaign)
    assert faults_of(campaign) == []
    undo_last(campaign)
    assert tallies(campaign, evening)[0] == Tally(come, "yes", "", 2)
    assert Tally(come, "no", "", 1) not in tallies(campaign, evening)


def test_a_question_taken_out_is_back_with_its_answers_when_that_is_taken_back(
    campaign: Campaign, build: Builder
) -> None:
    maja = build.person("Maja")
    evening = build.call_list(maja)
    come = add_question(campaign, evening, COME)
    add_question(campaign, evening, HOURS)
    build.call(maja, "talked", list_id=evening, answers=((come, "yes"),))
    mend_question(campaign, come, COME, None)
    assert [question.draft for question in questions_of(campaign, evening)] == [HOURS]
    assert answers_of(campaign, evening, maja) == {}
    undo_last(campaign)
    assert answers_of(campaign, evening, maja) == {come: "yes"}
    build.call(maja, "talked", list_id=evening, answers=((77, "yes"),))  # a question that another window took out
    assert faults_of(campaign) == []


def test_the_same_question_of_another_list_is_told_apart_by_the_name_of_the_list(
    campaign: Campaign, build: Builder
) -> None:
    """Who opened an answer of one list was shown those of the other, too."""
    ana, maja = build.person("Ana"), build.person("Maja")
    for name, person in (("Monday", ana), ("Friday", maja)):
        list_id = build.call_list(ana, maja, name=name)
        question = add_question(campaign, list_id, COME)
        build.call(person, "talked", list_id=list_id, answers=((question, "yes"),))
    asked = parse_filter('answered:"Friday: Can you come? yes"')
    assert first_people(campaign, PeopleQuery(asked), 9) == [maja]
    both = parse_filter('answered:"Can you come? yes"')
    assert sorted(first_people(campaign, PeopleQuery(both), 9)) == sorted([ana, maja])


def test_mending_the_words_of_a_question_keeps_what_was_answered_to_it(campaign: Campaign, build: Builder) -> None:
    ana = build.person("Ana")
    list_id = build.call_list(ana)
    slip = parse_question("Can yuo come? [y/n]")
    asked = add_question(campaign, list_id, slip)
    build.call(ana, "talked", list_id=list_id, answers=((asked, "yes"),))
    mend_question(campaign, asked, slip, COME)
    assert tallies(campaign, list_id) == [Tally(asked, "yes", "", 1)]
    mend_question(campaign, asked, COME, parse_question(f"{COME.words} [mornings/evenings]"))
    assert tallies(campaign, list_id) == []
    assert len(questions_of(campaign, list_id)) == 1


def test_a_question_is_mended_as_it_was_looked_at_and_no_other_in_its_place(campaign: Campaign, build: Builder) -> None:
    """Mended by its place in the list it took over the answers of another, which a second window had taken out."""
    list_id = build.call_list(build.person("Ana"))
    come, hours = (add_question(campaign, list_id, draft) for draft in (COME, HOURS))
    mend_question(campaign, come, COME, None)
    with pytest.raises(OrganiserError, match="no longer in the file"):
        mend_question(campaign, come, COME, parse_question("Would you come? [y/n]"))
    mend_question(campaign, hours, HOURS, parse_question("How many hours a week? [123]"))
    with pytest.raises(OrganiserError, match="changed this question meanwhile"):
        mend_question(campaign, hours, HOURS, parse_question("Hours? [123]"))
    with pytest.raises(OrganiserError, match="asks that already"):
        add_question(campaign, list_id, parse_question("How many hours a week? [y/n]"))
    assert [question.id for question in questions_of(campaign, list_id)] == [hours]


def test_numbers_written_in_several_ways_are_one_answer_and_choices_that_look_alike_are_two() -> None:
    hours, signs = parse_question("How many hours? [123]"), parse_question("Which? [-1/1]")
    assert {hours.checked(said) for said in ("1,50", "1.5", "001.500")} == {"1.5"}
    assert hours.checked("100") == "100"
    assert [signs.checked(said) for said in ("-1", "1")] == ["-1", "1"]
    odd = parse_question("Which? [a|b/c]")
    assert parse_question(odd.written) == odd


def test_whoever_works_at_two_providers_is_told_of_at_both_and_once_in_all(campaign: Campaign, build: Builder) -> None:
    ana = build.person("Ana", build.provider("Lipa"), build.provider("Breza"))
    list_id = build.call_list(ana)
    asked = add_question(campaign, list_id, COME)
    build.call(ana, "talked", list_id=list_id, answers=((asked, "yes"),))
    assert tallies(campaign, list_id) == [Tally(asked, "yes", "", 1)]
    assert [(one.where, one.people) for one in tallies(campaign, list_id, "provider")] == [("Breza", 1), ("Lipa", 1)]


def test_what_could_not_be_saved_as_an_answer_is_not_said_to_be_one(campaign: Campaign, build: Builder) -> None:
    """“Talked, questions answered”, and in the same line that the question is asked no more."""
    person = build.person()
    listed = build.call_list(person)
    question = add_question(campaign, listed, parse_question("Can you come? [y/n]"))
    build.end("question", question)
    logged = log_contact(campaign, ContactDraft(person, "talked", list_id=listed, answers=((question, "yes"),)))
    assert (logged.draft.answers, logged.draft.note) == ((), "Can you come? yes")
    assert logged.warnings == ("That question is asked no more. What she answered stands in the note.",)


def test_a_list_asks_the_same_only_once_however_it_is_written(campaign: Campaign, build: Builder) -> None:
    listed = build.call_list(build.person())
    add_question(campaign, listed, parse_question("Can you come? [y/n]"))
    with pytest.raises(OrganiserError, match="asks that already"):
        add_question(campaign, listed, parse_question("can you COME?"))
