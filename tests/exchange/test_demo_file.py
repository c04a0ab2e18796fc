"""The file of a made-up campaign keeps what its rows say: written at once, it is as if every deed had been done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from organiser_tui.exchange.demo import Plan
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.store.check import faults_of
from tests.store.test_figures import assert_figures_follow

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("country", ["SI", "FI", "GB"])
def test_the_figures_of_a_demo_follow_from_its_rows(
    country: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    campaign = make_demo(tmp_path / "demo.campaign", Plan(country, NOON.date(), 3, 120, 500), lambda: NOON)
    assert faults_of(campaign) == []
    assert faults_of(campaign) == []
    assert campaign.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert campaign.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert_figures_follow(campaign)
    campaign.close()
