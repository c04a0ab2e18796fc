"""Campaigns for the tests of the store: on their own folders, with a clock that the tests move."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.founding import found_campaign
from organiser_tui.store.organisers import add_organiser
from tests.store.building import START, Builder, Clock, opened_by_ana, organiser_named


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A device of its own: nothing of whoever runs the tests is read or written."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, own_folders: None) -> Path:
    """The file of a Slovenian campaign in which nothing has happened, with the organisers Ana and Boris."""
    path = tmp_path_factory.mktemp("template") / "template.campaign"
    campaign = found_campaign(path, "SI", Clock(START - timedelta(days=100)))
    add_organiser(campaign, "Ana", languages="sl en")
    add_organiser(campaign, "Boris", languages="sl bs")
    campaign.close()
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A campaign file of the test's own."""
    return Path(shutil.copyfile(template, tmp_path / "soa.campaign"))


@pytest.fixture
def campaign(path: Path, clock: Clock) -> Iterator[Campaign]:
    """An open campaign in the hands of Ana."""
    with opened_by_ana(path, clock) as opened:
        yield opened


@pytest.fixture
def build(campaign: Campaign) -> Builder:
    return Builder(campaign)


@pytest.fixture
def boris(campaign: Campaign) -> int:
    return organiser_named(campaign, "Boris")
