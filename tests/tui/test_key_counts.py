"""The work inside a call takes no more keys than it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.key_counts import KEY_COUNTS, KeyCount, drive


@pytest.mark.parametrize("work", KEY_COUNTS, ids=lambda work: work.what)
async def test_it_takes_no_more_keys_than_it_may(tmp_path: Path, work: KeyCount) -> None:
    assert work.counted <= work.most
    await drive(tmp_path, work)
