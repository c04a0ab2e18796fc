"""Words of a campaign: made, taken back and made again."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.ids import word_id
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_action, undo_last
from organiser_tui.store.words import issue_words
from tests.store.building import Builder


def test_a_word_that_was_taken_back_can_be_made_again(campaign: Campaign, build: Builder) -> None:
    """It stood in the file as gone, no second row could have it, and the program ended."""
    first = build.insert("issue", code="parking", letter="k", position=20)
    undo_last(campaign)
    again = build.insert("issue", code="parking", letter="x", position=21)
    assert again == first == word_id("issue", "parking")
    assert [word for word in issue_words(campaign) if word.code == "parking"] == [("parking", "x", "parking")]
    contact = build.call(build.person("Maja"), "talked", issues=("parking",))
    making = campaign.connection.execute(
        "SELECT action_id FROM change WHERE row = ? AND field = '' ORDER BY action_id DESC LIMIT 1", (again,)
    ).fetchone()[0]
    with pytest.raises(OrganiserError, match="worked with the issue since"):
        undo_action(campaign, making)
    undo_last(campaign)
    assert build.value("contact", contact, "voided_by") is not None
    undone = undo_action(campaign, making)
    assert "parking" not in [word.code for word in issue_words(campaign)]
    assert undone.kept == []
    build.insert("issue", code="parking", position=22)
    assert build.value("issue", first, "position") == 22
    assert faults_of(campaign) == []


def test_a_region_and_a_setting_can_be_made_again(campaign: Campaign, build: Builder) -> None:
    for table, fields in (("region", {"code": "SI999", "name": "Morje"}), ("setting", {"name": "hue", "value": "1"})):
        rows = set()
        for _n in range(3):
            rows.add(build.insert(table, **fields))
            undo_last(campaign)
        assert len(rows) == 1
        undo_action(campaign, campaign.connection.execute("SELECT max(id) FROM action").fetchone()[0])
        assert build.value(table, rows.pop(), "gone_by") is None
    assert campaign.setting("hue") == "1"
    assert faults_of(campaign) == []
