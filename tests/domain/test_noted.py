"""What stands on the form of a call, kept as text and read again: nothing is lost, whatever version wrote it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.contacts import AskDraft, HandOver
from organiser_tui.domain.heard import AnswerTold, Heard, Tie
from organiser_tui.domain.mandates import Mandate, MandateAnswer
from organiser_tui.domain.noted import Noted

WORDS = st.lists(st.text(max_size=8), max_size=3).map(tuple)
TIES = st.builds(Tie, st.text(max_size=5), st.none() | st.integers(), st.text(max_size=5), st.booleans())
MANDATES = st.builds(Mandate, st.integers(), st.sampled_from([one.value for one in MandateAnswer]), st.text(max_size=5))
TOLD = st.builds(AnswerTold, st.integers(), st.text(max_size=5), st.text(max_size=5))
HEARD = st.builds(
    Heard,
    ties=st.lists(TIES, max_size=2).map(tuple),
    knows_nobody=st.booleans(),
    languages=WORDS,
    skills=WORDS,
    for_next=st.text(max_size=9),
    agreed=st.text(max_size=9),
    wants=WORDS,
    proposes=WORDS,
    mandates=st.lists(MANDATES, max_size=2).map(tuple),
    told=st.lists(TOLD, max_size=2).map(tuple),
)
NOTED = st.builds(
    Noted,
    issues=WORDS,
    rating=st.none() | st.integers(1, 5),
    ask=st.none() | st.builds(AskDraft, st.text(max_size=5), st.text(max_size=5)),
    note=st.text(max_size=30),
    follow_up=st.text(max_size=9),
    hand_over=st.none() | st.builds(HandOver, st.integers(), st.text(max_size=9), st.text(max_size=9)),
    heard=HEARD,
    answers=st.lists(st.tuples(st.integers(), st.text(max_size=5)), max_size=2).map(tuple),
    typed=st.sampled_from(["", "2026-11-21T19:40"]),
)


@given(NOTED)
def test_what_was_written_is_read_again(noted: Noted) -> None:
    assert Noted.read(noted.written() or "{}") == (noted if noted.anything else Noted())


def test_what_a_later_version_wrote_beside_it_is_left_out() -> None:
    noted = Noted(note="tired", rating=2, ask=AskDraft("sign", "yes"), heard=Heard(ties=(Tie("colleague", 7, "Eva"),)))
    said = json.loads(noted.written())
    said["mood"] = "good"
    said["heard"] |= {"dances": True}
    said["ask"] |= {"kept": 1}
    said["heard"]["ties"][0] |= {"since": 2019}
    assert Noted.read(json.dumps(said)) == noted


def test_what_was_heard_in_a_shape_that_is_not_understood_is_left_out() -> None:
    """A draft of a later version ended the program when the call was gone on with."""
    noted = Noted(note="tired", heard=Heard(wants=("Is travel paid?",)))
    said = json.loads(noted.written())
    said["heard"] |= {"proposes": 5, "skills": None, "mandates": [{"consultation_id": 7, "answer": "maybe so"}]}
    assert Noted.read(json.dumps(said)) == noted


@pytest.mark.parametrize(
    "text", ['[[], 2, null, "tired", "", null, []]', "tired of it", '{"heard": 7}', "7", '{"typed": "soon"}']
)
def test_what_is_none_of_ours_becomes_the_note(text: str) -> None:
    assert Noted.read(text) == Noted(note=text)


def test_a_rating_that_is_none_is_left_out() -> None:
    assert Noted.read('{"rating": 9, "note": "tired"}') == Noted(note="tired")
