"""The file of a made-up campaign: its kept figures are those that its rows give, and equal plans make equal files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.exchange.demo import CHUNK, Plan
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.refresh import refresh

TODAY = date(2026, 11, 21)
KEPT = {
    "person_figures": "person_id",
    "reach": "provider_id, region_code, person_id",
    "person_search": "id",
    "target": "id",
}


def evening() -> datetime:
    return datetime(2026, 11, 21, 18, 40, tzinfo=UTC)


def rows(campaign: Campaign) -> dict[str, list[Any]]:
    kept = {
        table: campaign.connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        for table, order in KEPT.items()
    }
    sums = campaign.connection.execute("SELECT * FROM provider_figures ORDER BY provider_id, region_code").fetchall()
    return kept | {"provider_figures": [row for row in sums if any(row[2:])]}


@pytest.fixture(params=["SI", "FI"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Campaign]:
    campaign = make_demo(tmp_path / "demo.db", Plan(request.param, TODAY), evening)
    yield campaign
    campaign.close()


def test_figures_made_in_bulk_are_those_of_the_rows(demo: Campaign) -> None:
    made = rows(demo)
    demo.connection.execute("BEGIN")
    refresh(demo, [row[0] for row in demo.connection.execute("SELECT id FROM person").fetchall()])
    assert rows(demo) == made
    demo.connection.execute("ROLLBACK")


def test_people_of_an_earlier_round_get_the_ties_of_a_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organiser_tui.exchange.demo.CHUNK", 100)
    assert CHUNK > 100
    campaign = make_demo(tmp_path / "demo.db", Plan("SI", TODAY), evening)
    made = rows(campaign)
    refresh(campaign, [row[0] for row in campaign.connection.execute("SELECT id FROM person").fetchall()])
    assert rows(campaign) == made
    campaign.close()


def test_the_same_plan_makes_the_same_file(tmp_path: Path) -> None:
    dumps = []
    for name in ("one.db", "two.db"):
        campaign = make_demo(tmp_path / name, Plan("SI", TODAY, people=120, contacts=400), evening)
        tables = [
            row[0]
            for row in campaign.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
                " AND name NOT LIKE 'person_fts%' AND name NOT IN ('_sqlite_migrations', 'action')"
            )
        ]
        dumps.append({table: campaign.connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables})
        campaign.close()
    assert dumps[0] == dumps[1]


def test_every_index_is_there_again_and_the_file_is_whole(demo: Campaign, tmp_path: Path) -> None:
    empty = make_demo(tmp_path / "small.db", Plan("SI", TODAY, people=30, contacts=50), evening)
    assert demo.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert demo.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    count = "SELECT count(*) FROM sqlite_master WHERE type = 'index'"
    assert demo.connection.execute(count).fetchone() == empty.connection.execute(count).fetchone()
    assert demo.connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert demo.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert demo.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    empty.close()


def test_a_plan_that_cannot_be_carried_out_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OrganiserError, match="has 0 to"):
        make_demo(tmp_path / "demo.db", Plan("SI", TODAY, people=10, contacts=5000), evening)
    assert list(tmp_path.iterdir()) == []
