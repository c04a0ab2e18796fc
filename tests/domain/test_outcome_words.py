"""What an outcome does, in words: every field of its line of the table is in the sentence."""

from __future__ import annotations

import pytest

from organiser_tui.domain.outcomes import BY_EFFECT, OUTCOMES, Leaves, Needs, Outcome, Rests, Waits, effect_told


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.paper)
def test_the_sentence_of_an_outcome_says_what_its_line_of_the_table_does(outcome: Outcome) -> None:
    """Thirteen sentences stood beside the table, and two of them had forgotten a rest of a day."""
    told = effect_told(outcome, Waits())
    others = [
        outcome._replace(spoken_with=not outcome.spoken_with),
        outcome._replace(number="wrong" if outcome.number != "wrong" else "disconnected"),
        outcome._replace(ends_promises=not outcome.ends_promises),
        outcome._replace(ends_employments=not outcome.ends_employments),
        *(outcome._replace(leaves=leaves) for leaves in set(Leaves) - {outcome.leaves}),
        *(outcome._replace(rests=rests) for rests in set(Rests) - {outcome.rests}),
    ]
    if outcome.needs in (Needs.CHANNEL, Needs.LANGUAGE):
        others.append(outcome._replace(needs=Needs.NOTHING))
    assert [other for other in others if effect_told(other, Waits()) == told] == []


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (
            "talked",
            "off this list once its goal is met; the follow-up as agreed, else again after 1 day; what was due is done",
        ),
        ("refused", "off this list for good; off others for 90 days; what was due is done"),
        ("wrong number", "the number is wrong for her, her next one at once"),
        ("other language", "only to organisers who speak it; "),
        ("do not contact", "off every list and export; by every channel, or the one named; by another after 1 day"),
    ],
)
def test_an_outcome_in_words(effect: str, said: str) -> None:
    assert effect_told(BY_EFFECT[effect], Waits()).startswith(said)
