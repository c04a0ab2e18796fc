"""Targets of call lists: one a person and list in every copy of a campaign, taken off and put on again."""

from __future__ import annotations

import shutil
from pathlib import Path

from organiser_tui.store.call_lists import call_list, target_states
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from tests.store.building import Builder, Clock, opened_by_ana


def test_who_is_put_on_one_list_by_two_organisers_who_are_offline_is_one_target(
    campaign: Campaign, build: Builder, clock: Clock, path: Path, tmp_path: Path
) -> None:
    """Each copy made a row of its own, and a person stands once on a list: they could not be joined."""
    listed, eva = build.call_list(build.person("Maja")), build.person("Eva")
    campaign.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "elsewhere" / "copy.campaign"
    copy.parent.mkdir()
    shutil.copyfile(path, copy)
    with opened_by_ana(copy, clock) as other:
        clock.forward(minutes=5)
        targets = {Builder(file).insert("target", list_id=listed, person_id=eva, rule=6) for file in (campaign, other)}
    assert len(targets) == 1


def test_who_is_taken_off_a_list_and_put_on_again_stands_on_it_once(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva", build.provider())
    listed = build.call_list(maja, eva)
    build.call(maja, "refused", list_id=listed)
    for person, state in ((maja, "refused"), (eva, "open")):
        sql = "SELECT id FROM target WHERE person_id = ? AND list_id = ?"
        (row,) = campaign.connection.execute(sql, (person, listed)).fetchone()
        build.end("target", row)
        assert person not in target_states(campaign, listed, [maja, eva])
        build.call(person, "no answer")
        assert build.insert("target", list_id=listed, person_id=person, rule=6) == row
        assert target_states(campaign, listed, [person]) == {person: state}  # who refused has refused here
        assert faults_of(campaign) == []
    undo_last(campaign)
    assert target_states(campaign, listed, [maja, eva]) == {maja: "refused"}
    build.insert("target", list_id=listed, person_id=eva, rule=6)
    found = call_list(campaign, listed)
    assert found is not None
    assert (found.targets, found.refused) == (2, 1)
    assert faults_of(campaign) == []
