"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from organiser_tui.exchange.demo import Plan
from organiser_tui.exchange.demo.making import make_demo


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up campaign, to be copied."""
    from tests.tui.campaigns import TODAY, evening  # the tests of the store do without the screen

    folder = tmp_path_factory.mktemp("made")
    make_demo(folder / "demo.campaign", Plan("SI", TODAY, people=200, contacts=700), evening).close()
    return folder / "demo.campaign"


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to work in."""
    copy = tmp_path / "demo.campaign"
    copy.write_bytes(made.read_bytes())
    return copy
