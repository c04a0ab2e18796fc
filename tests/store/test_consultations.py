"""Mandates: who may answer, one answer each, what is counted, and what of a secret ballot is nowhere in the file."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.contacts import ContactDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.heard import Heard
from organiser_tui.domain.mandates import ConsultationDraft, Counts, Mandate, MandateAnswer
from organiser_tui.domain.noted import Noted
from organiser_tui.domain.questions import parse_question
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.consultations import (
    Consultation,
    OpenMandate,
    close_consultation,
    consultations,
    give_mandate,
    mark_voted,
    members_on_file,
    open_consultation,
    open_mandates,
    reword_consultation,
    voters_among,
)
from organiser_tui.store.contacts import log_contact, log_talk
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_action, undo_last, why_not_undone
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.proposals import proposals, set_proposal_aside
from organiser_tui.store.questions import add_question, mend_question
from organiser_tui.store.requests import open_requests
from organiser_tui.store.suggesting import words_like
from organiser_tui.store.turnout import Amendment, Turnout, amendments, not_voted, turnout, turnouts
from organiser_tui.store.workplaces import By
from tests.store.building import Builder

DAY = "2026-11-01"


def members(build: Builder, *names: str, provider: int | None = None) -> list[int]:
    """People whose application is on file."""
    made = [build.person(name, *([provider] if provider else [])) for name in names]
    for person in made:
        build.card(person, "on file", DAY)
    return made


def only(campaign: Campaign) -> Consultation:
    (held,) = consultations(campaign)
    return held


def test_those_on_file_at_the_opening_answer_and_nobody_else(campaign: Campaign, build: Builder) -> None:
    ana, maja = members(build, "Ana", "Maja")
    late = build.person("Eva")
    asked = open_consultation(campaign, ConsultationDraft("  Do we accept  the offer? "))
    build.card(late, "on file", DAY)
    assert members_on_file(campaign) == 3
    assert open_mandates(campaign, ana) == [OpenMandate(asked, "Do we accept the offer?", "")]
    assert open_mandates(campaign, late) == []
    with pytest.raises(OrganiserError, match="not on file as a member when this was opened"):
        give_mandate(campaign, late, Mandate(asked, "yes"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    assert turnout(campaign, only(campaign)) == Turnout("", 2, 1, Counts(1, 0, 0, 0))
    assert not_voted(campaign, asked) == [maja]
    assert faults_of(campaign) == []


def test_her_last_answer_stands_and_taking_it_back_brings_the_one_before(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, "with amendment", "only with travel paid"),)))
    assert turnout(campaign, only(campaign)) == Turnout("", 1, 1, Counts(0, 0, 0, 1))
    assert amendments(campaign, asked, 9) == [Amendment("Ana Novak", "only with travel paid")]
    undo_last(campaign)
    assert turnout(campaign, only(campaign)) == Turnout("", 1, 1, Counts(1, 0, 0, 0))
    undo_last(campaign)
    assert not_voted(campaign, asked) == [ana]
    assert faults_of(campaign) == []


def test_a_mandate_given_in_a_call_makes_it_a_conversation(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, "no"),)))
    sql = "SELECT last_conversation <> '' FROM person_figures WHERE person_id = ?"
    assert campaign.connection.execute(sql, (ana,)).fetchone() == (1,)
    assert faults_of(campaign) == []


@pytest.mark.parametrize(
    ("mandate", "told"),
    [(("maybe", ""), "none of the answers"), (("with amendment", "  "), "needs its words")],
)
def test_what_is_no_answer_is_refused_and_nothing_of_the_call_is_saved(
    campaign: Campaign, build: Builder, mandate: tuple[str, str], told: str
) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    with pytest.raises(OrganiserError, match=told):
        build.call(ana, "talked", heard=Heard(mandates=(Mandate(asked, *mandate),)))
    assert campaign.connection.execute("SELECT count(*) FROM contact").fetchone() == (0,)


def test_once_closed_nobody_answers_and_it_closes_once(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    close_consultation(campaign, asked)
    with pytest.raises(OrganiserError, match="was closed on"):
        give_mandate(campaign, ana, Mandate(asked, "yes"))
    with pytest.raises(OrganiserError, match="was closed on"):
        close_consultation(campaign, asked)
    assert open_mandates(campaign, ana) == []
    undo_last(campaign)
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    with pytest.raises(OrganiserError, match="no longer in the file"):
        close_consultation(campaign, 77)


def test_without_members_or_words_there_is_no_consultation(campaign: Campaign, build: Builder) -> None:
    build.person("Ana")
    with pytest.raises(OrganiserError, match="Nobody is on file"):
        open_consultation(campaign, ConsultationDraft("Do we accept?"))
    for question, told in (("  ??", "needs a question"), ("a" * 201, "at most")):
        with pytest.raises(OrganiserError, match=told):
            open_consultation(campaign, ConsultationDraft(question))
    assert consultations(campaign) == []


def test_tallies_by_provider_and_region_add_up(campaign: Campaign, build: Builder) -> None:
    lipa, breza = build.provider("Lipa", "SI042"), build.provider("Breza", "SI034")
    ana, maja = members(build, "Ana", "Maja", provider=lipa)
    eva, ida = *members(build, "Eva", provider=breza), *members(build, "Ida")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    for person, answer in ((ana, "yes"), (maja, "no"), (eva, "abstain")):
        give_mandate(campaign, person, Mandate(asked, answer))
    assert ida in not_voted(campaign, asked)
    held = only(campaign)
    assert turnouts(campaign, held, "provider") == [
        Turnout("Lipa", 2, 2, Counts(1, 1, 0, 0)),
        Turnout("", 1, 0, Counts(0, 0, 0, 0)),
        Turnout("Breza", 1, 1, Counts(0, 0, 1, 0)),
    ]
    regions = turnouts(campaign, held, "region")
    assert sorted(row.entitled for row in regions) == [1, 1, 2]
    assert sum(row.voted for row in regions) == turnout(campaign, held).voted == 3


def test_whoever_works_at_two_counts_at_both_and_once_in_all(campaign: Campaign, build: Builder) -> None:
    lipa, breza = build.provider("Lipa", "SI042"), build.provider("Breza", "SI034")
    ana = build.person("Ana", lipa, breza)
    build.card(ana, "on file", DAY)
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    assert turnout(campaign, only(campaign)).answers == Counts(1, 0, 0, 0)
    places = turnouts(campaign, only(campaign), "provider")
    assert sorted(row.where for row in places) == ["Breza", "Lipa"]
    assert {row.answers for row in places} == {Counts(1, 0, 0, 0)}


@pytest.mark.parametrize("by", ["provider", "region"])
def test_whoever_is_counted_in_a_place_is_found_by_the_filter_that_opens_it(
    campaign: Campaign, build: Builder, by: By
) -> None:
    """Enter on a line of 3 opened a list of 2."""
    lipa, breza = build.provider("Lipa", "SI042"), build.provider("Lipa breza", "SI034")
    people = members(build, "Ana", "Maja", provider=lipa) + members(build, "Eva", provider=breza)
    people.append(build.person("Ida", lipa, breza))
    left = build.person("Lea", breza)
    build.insert("employment", person_id=left, provider_id=lipa, from_day="2020-01-01", to_day="2021-01-01")
    for person in (people[-1], left):
        build.card(person, "on file", DAY)
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    for person, answer in zip(people, ("yes", "no", "yes", "abstain"), strict=True):
        give_mandate(campaign, person, Mandate(asked, answer))
    rows = [row for row in turnouts(campaign, only(campaign), by) if row.where]
    assert len(rows) == 2 and sum(row.entitled for row in rows) == 6
    for row in rows:
        assert row.answers is not None
        for answer, count in zip(MandateAnswer, row.answers, strict=True):
            text = f'mandate:"Do we accept? {answer}" and counts-at-{by}:"{row.where}"'
            found = first_people(campaign, PeopleQuery(parse_filter(text)), 99)
            assert len(found) == count, text


def test_what_was_answered_is_neither_taken_back_nor_done_again_after_the_end(
    campaign: Campaign, build: Builder
) -> None:
    """The result of a closed consultation moved without a word."""
    ana, maja = members(build, "Ana", "Maja")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    given = diary(campaign, limit=1)[0].action_id
    give_mandate(campaign, maja, Mandate(asked, "no"))
    undo_last(campaign)
    taken_back = diary(campaign, limit=1)[0].action_id
    close_consultation(campaign, asked)
    for action in (given, taken_back):
        with pytest.raises(OrganiserError, match="take the closing back first"):
            undo_action(campaign, action)
    assert turnout(campaign, only(campaign)).answers == Counts(1, 0, 0, 0)


def test_in_a_talk_with_several_too_an_answer_that_does_not_count_goes_into_the_note(
    campaign: Campaign, build: Builder
) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    eva = build.person("Eva")
    heard = Heard(mandates=(Mandate(asked, "yes"),))
    log_talk(campaign, [ContactDraft(ana, "talked", heard=heard), ContactDraft(eva, "talked", heard=heard)])
    assert turnout(campaign, only(campaign)) == Turnout("", 1, 1, Counts(1, 0, 0, 0))
    (note,) = campaign.connection.execute("SELECT note FROM contact WHERE person_id = ?", (eva,)).fetchone()
    assert "not on file" in note


def test_what_was_counted_follows_the_day_it_was_said_and_not_the_order_it_was_noted(
    campaign: Campaign, build: Builder
) -> None:
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.change("consultation", asked, opened_on="2026-11-01")
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    build.call(ana, "talked", day="2026-11-10", heard=Heard(mandates=(Mandate(asked, "no"),)))
    assert turnout(campaign, only(campaign)).answers == Counts(1, 0, 0, 0)
    build.call(ana, "talked", day="2026-10-10", heard=Heard(mandates=(Mandate(asked, "no"),)))
    note = "SELECT note FROM contact WHERE day = '2026-10-10'"
    assert "earlier answer does not count" in campaign.connection.execute(note).fetchone()[0]
    assert faults_of(campaign) == []


def test_a_call_is_saved_though_its_consultation_was_closed_and_its_question_taken_out_meanwhile(
    campaign: Campaign, build: Builder
) -> None:
    """The whole call was refused, and could only be saved by throwing away what was heard."""
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    list_id = build.call_list(ana)
    come = parse_question("Can you come? [y/n]")
    question = add_question(campaign, list_id, come)
    close_consultation(campaign, asked)
    mend_question(campaign, question, come, None)
    heard = Heard(wants=("Is travel paid?",), mandates=(Mandate(asked, "with amendment", "from May"),))
    draft = ContactDraft(ana, "talked", list_id=list_id, note="friendly", heard=heard, answers=((question, "yes"),))
    logged = log_contact(campaign, draft)
    (warning,) = logged.warnings
    assert "closed" in warning and "stands in the note" in warning
    (note,) = campaign.connection.execute("SELECT note FROM contact WHERE id = ?", (logged.contact,)).fetchone()
    assert note.startswith("friendly · Can you come? yes · with amendment from May: ")
    assert [one.what for one in open_requests(campaign, ana)] == ["Is travel paid?"]


def test_a_mandate_that_was_taken_back_can_be_done_again_though_a_newer_one_stands(
    campaign: Campaign, build: Builder
) -> None:
    """It ended the program, which said that the file was damaged."""
    (ana,) = members(build, "Ana")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    undo_last(campaign)
    taken_back = diary(campaign, limit=1)[0].action_id
    give_mandate(campaign, ana, Mandate(asked, "no"))
    undo_action(campaign, taken_back)
    assert turnout(campaign, only(campaign)).answers == Counts(0, 1, 0, 0)
    assert faults_of(campaign) == []


def test_two_windows_put_one_proposal_to_the_members_once(campaign: Campaign, build: Builder) -> None:
    (ana,) = members(build, "Ana")
    build.call(ana, "talked", heard=Heard(proposes=("Paid travel",)))
    (travel,) = proposals(campaign)
    open_consultation(campaign, ConsultationDraft(travel.what, proposal_id=travel.id))
    with pytest.raises(OrganiserError, match="meanwhile"):
        open_consultation(campaign, ConsultationDraft(travel.what, proposal_id=travel.id))
    with pytest.raises(OrganiserError, match="meanwhile"):
        set_proposal_aside(campaign, travel.id)
    assert len(consultations(campaign)) == 1


def test_a_question_is_mended_until_somebody_has_answered_it(campaign: Campaign, build: Builder) -> None:
    """A slip of the finger stood in it for good, or everything had to be taken back and asked anew."""
    ana, maja = members(build, "Ana", "Maja")
    asked = open_consultation(campaign, ConsultationDraft("Do we acept?"))
    assert voters_among(campaign, asked, [ana, maja, 7]) == {ana: "", maja: ""}
    reword_consultation(campaign, asked, "  Do we accept? ")
    assert only(campaign).question == "Do we accept?"
    mended = diary(campaign, limit=1)[0].action_id
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    assert voters_among(campaign, asked, [ana, maja]) == {ana: campaign.today().isoformat(), maja: ""}
    for words, why in (("Do we refuse?", "1 member has answered already"), ("?", "needs a question")):
        with pytest.raises(OrganiserError, match=why):
            reword_consultation(campaign, asked, words)
    with pytest.raises(OrganiserError, match="has answered already"):
        undo_action(campaign, mended)
    undo_last(campaign)
    undo_action(campaign, mended)
    assert only(campaign).question == "Do we acept?"
    close_consultation(campaign, asked)
    with pytest.raises(OrganiserError, match="was closed on"):
        reword_consultation(campaign, asked, "Do we accept?")
    assert faults_of(campaign) == []


def test_a_filter_finds_who_was_asked_who_has_voted_and_what_each_said_last(campaign: Campaign, build: Builder) -> None:
    ana, maja, eva = members(build, "Ana", "Maja", "Eva")
    build.person("Zora")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept 2 %?"))
    for person, answer in ((ana, "yes"), (maja, "yes"), (maja, "no")):
        give_mandate(campaign, person, Mandate(asked, answer))
    ballot = open_consultation(campaign, ConsultationDraft("Do we strike?", secret=True))
    mark_voted(campaign, ballot, eva)

    def found(text: str) -> set[int]:
        return set(first_people(campaign, PeopleQuery(parse_filter(f'mandate:"{text}"')), 9))

    assert found("do we ACCEPT 2 %?") == found("accept") == {ana, maja, eva}
    assert found("Do we accept 2 %? voted") == {ana, maja}
    assert found("Do we accept 2 %? not voted") == {eva}
    assert (found("Do we accept 2 %? yes"), found("Do we accept 2 %? no")) == ({ana}, {maja})
    assert found("Do we strike? voted") == {eva}
    assert found("Do we strike? yes") == found("nothing of the kind") == set()
    assert words_like(campaign, "mandate", "strike? not") == ["Do we strike? not voted"]


def test_what_was_put_to_the_members_is_not_set_aside_by_doing_it_again(campaign: Campaign, build: Builder) -> None:
    """Set aside, taken back, put to the members, and then the taking back taken back: it was both."""
    (ana,) = members(build, "Ana")
    log_contact(campaign, ContactDraft(ana, "talked", heard=Heard(proposes=("Paid travel",))))
    held = proposals(campaign)[0]
    set_proposal_aside(campaign, held.id)
    undo_last(campaign)
    taken_back = diary(campaign, limit=1)[0].action_id
    open_consultation(campaign, ConsultationDraft(held.what, proposal_id=held.id))
    assert "put to the members" in why_not_undone(campaign, taken_back)
    with pytest.raises(OrganiserError, match="put to the members"):
        undo_action(campaign, taken_back)
    assert faults_of(campaign) == []


def test_what_she_proposes_waits_until_it_is_put_to_the_members_or_set_aside(
    campaign: Campaign, build: Builder
) -> None:
    (ana,) = members(build, "Ana")
    build.call(ana, "talked", heard=Heard(proposes=("Paid travel", " Paid  travel ", "One rate for nights")))
    travel, nights = proposals(campaign)
    assert (travel.what, travel.name, nights.what) == ("Paid travel", "Ana Novak", "One rate for nights")
    asked = open_consultation(campaign, ConsultationDraft(travel.what, proposal_id=travel.id))
    set_proposal_aside(campaign, nights.id)
    assert proposals(campaign) == []
    undo_last(campaign)
    assert proposals(campaign) == [nights]
    give_mandate(campaign, ana, Mandate(asked, "yes"))
    undo_last(campaign)
    undo_last(campaign)
    assert proposals(campaign) == [travel, nights] and consultations(campaign) == []
    assert faults_of(campaign) == []


def test_a_draft_of_a_call_keeps_what_was_answered_and_proposed() -> None:
    noted = Noted(heard=Heard(proposes=("Paid travel",), mandates=(Mandate(7, "with amendment", "from May"),)))
    assert Noted.read(noted.written()) == noted
    newer = noted.written().replace('"with amendment"', '"maybe so"')
    assert Noted.read(newer) == Noted(heard=Heard(proposes=("Paid travel",)))


_ANSWERS = st.sampled_from([answer.value for answer in MandateAnswer])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(0, 4), _ANSWERS), max_size=12))
def test_whatever_is_answered_in_whatever_order_each_has_one_answer_the_last(
    campaign: Campaign, build: Builder, said: list[tuple[int, str]]
) -> None:
    people = members(build, *"ABCDE")
    asked = open_consultation(campaign, ConsultationDraft("Do we accept?"))
    for who, answer in said:
        give_mandate(campaign, people[who], Mandate(asked, answer, "otherwise"))
    last = Counter(dict(said).values())
    held = next(one for one in consultations(campaign) if one.id == asked)
    found = turnout(campaign, held)
    assert found.voted == len(dict(said))
    assert found.answers == tuple(last[answer.value] for answer in MandateAnswer)
