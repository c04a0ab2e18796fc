"""Campaigns into which the tests bring lists: on their own folders, with a clock that the tests move."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.report import ImportReport
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.organisers import add_organiser
from tests.store.building import START, Builder, Clock, opened_by_ana

BringIn = Callable[..., ImportReport]


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A device of its own: nothing of whoever runs the tests is read or written."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        yield


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, own_folders: None) -> dict[str, Path]:
    """Empty campaigns by country, with an organiser Ana."""
    made = {}
    for country in ("SI", "FI", "GB"):
        made[country] = tmp_path_factory.mktemp("template") / f"{country}.campaign"
        # Ids of one millisecond may collide, and the tests begin at START.
        campaign = found_campaign(made[country], country, Clock(START - timedelta(days=1)))
        add_organiser(campaign, "Ana")
        campaign.close()
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def country() -> str:
    return "SI"


@pytest.fixture
def campaign(templates: dict[str, Path], country: str, tmp_path: Path, clock: Clock) -> Iterator[Campaign]:
    """An open campaign of `country` in the hands of Ana."""
    with opened_by_ana(Path(shutil.copyfile(templates[country], tmp_path / "soa.campaign")), clock) as opened:
        yield opened


@pytest.fixture
def build(campaign: Campaign) -> Builder:
    return Builder(campaign)


@pytest.fixture
def bring_in(campaign: Campaign, tmp_path: Path) -> BringIn:
    """Brings a list into the campaign, from its text or bytes."""

    def bring(content: str | bytes, name: str = "list.csv", **asked: Any) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_file(campaign, path, **asked)

    return bring
