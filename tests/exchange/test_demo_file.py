"""The file of a made-up campaign keeps what its rows say: written at once, it is as if every deed had been done."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.ids import IdMaker
from organiser_tui.exchange.demo import Batch, Plan, made_up_campaign, making
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


def test_a_demo_whose_rows_are_made_no_further_leaves_a_sentence_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that makes them was ended for want of memory, and a traceback stood there."""

    def dying(plan: Plan, ids: IdMaker) -> Iterator[list[Batch]]:
        yield next(made_up_campaign(plan, ids))
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(making, "made_up_campaign", dying)
    path = tmp_path / "demo.campaign"
    with pytest.raises(OrganiserError, match="short of memory"):
        make_demo(path, Plan("SI", date(2026, 11, 21), people=100, contacts=200), lambda: datetime.now(UTC))
    assert not path.exists()
