"""What makes a live screen the same on every run: no animation, no blinking, no folders of whoever runs the tests."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read once, when Textual is imported
for _name in ("NO_COLOR", "TEXTUAL_THEME"):
    os.environ.pop(_name, None)

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402
from textual.widgets import Input, TextArea  # noqa: E402

from organiser_tui.store.campaign import Campaign  # noqa: E402
from tests.tui.campaigns import demo_campaign  # noqa: E402


@pytest.fixture(autouse=True)
def no_blinking_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    """The made-up campaign of most stories; whoever needs another has a fixture of that name."""
    made = demo_campaign(tmp_path, people=120, contacts=300)
    yield made
    made.close()
