"""The offices of the made-up campaign: they show what the page is for, and change nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from organiser_tui.exchange.demo import Plan, story
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.store.chapters import passings
from organiser_tui.store.check import faults_of
from organiser_tui.store.committee import ballot_of
from organiser_tui.store.offices import offices
from tests.exchange.test_demo import COUNTRIES, NOON, TODAY, batches

OFFICES = {"office", "election", "candidacy", "term", "chapter_passing"}


def _rows(plan: Plan) -> dict[str, list[Any]]:
    return {batch.table: batch.rows for batch in batches(plan)}


@pytest.mark.parametrize("country", COUNTRIES)
def test_nothing_else_is_another_for_it(country: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan(country, TODAY)
    held = _rows(plan)
    assert held.keys() >= OFFICES
    monkeypatch.setattr(story, "elect", lambda *_told: None)
    assert _rows(plan) == {table: rows for table, rows in held.items() if table not in OFFICES}


def test_a_result_breaks_rules_and_can_be_mended(tmp_path: Path) -> None:
    campaign = make_demo(tmp_path / "demo.campaign", Plan("SI", TODAY), lambda: NOON)
    committee, presidency, steward = offices(campaign)
    ballot = ballot_of(campaign, committee.id)
    assert (ballot.sitting, len(ballot.slate), ballot.tie) == (False, 13, "")
    assert sum(not held.holds for held in ballot.held) >= 2
    assert ballot.mending is not None and len(ballot.mending.leave) >= 2
    assert {row.answer for row in ballot.rows} == {"accepted", "declined", ""}
    sitting = ballot_of(campaign, presidency.id)
    assert sitting.sitting and len(sitting.slate) == 3
    assert (steward.draft.provider_id is not None, steward.filled) == (True, 1)
    assert len(passings(campaign)) == 2
    assert faults_of(campaign) == []
    campaign.close()
