"""A check of a campaign only looks, tells what it finds whatever stands in the file, and can be broken off."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store import schema
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import Part, faults_of
from organiser_tui.store.damage import damage_told
from organiser_tui.store.figure_faults import figure_faults
from tests.store.building import Builder, Clock, every_row


def test_a_date_that_has_come_since_is_no_fault_and_a_check_does_not_move_it(
    campaign: Campaign, build: Builder, path: Path, clock: Clock
) -> None:
    """A campaign for reading only was told to be wrong on the day on which somebody's employment began."""
    provider = build.provider("Breza")
    maja, eva = build.person("Maja", provider), build.person("Eva")
    build.insert("employment", person_id=eva, provider_id=provider, from_day="2026-11-25")
    build.insert("connection", person_id=maja, other_id=eva, kind="friend")
    clock.forward(days=30)
    before = every_row(campaign)
    looked_at = open_campaign(path, clock, as_it_is=True)
    assert faults_of(looked_at) == []
    looked_at.close()
    assert every_row(campaign) == before
    campaign.turn_day()
    assert every_row(campaign) != before
    assert faults_of(campaign) == []


def test_a_file_that_is_only_looked_at_cannot_be_written_to(path: Path, clock: Clock) -> None:
    campaign = open_campaign(path, clock, as_it_is=True)
    with pytest.raises(OrganiserError, match="Nothing was saved"):
        Builder(campaign).person("Maja")
    campaign.close()


def test_an_older_file_is_not_brought_up_to_date_by_looking_at_it(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    newer = {*schema.MIGRATION_NAMES, "999_later"}
    monkeypatch.setattr("organiser_tui.store.campaign.MIGRATION_NAMES", newer)
    with pytest.raises(OrganiserError, match=r"older version\. Open it once"):
        open_campaign(path, clock, as_it_is=True)
    assert path.read_bytes() == before


NONSENSE = {
    "UPDATE card SET day = 'soon'": "Nothing can be worked out of the rows of person",
    "UPDATE card SET day = '9999-12-31'": "Nothing can be worked out of the rows of person",
    "UPDATE person_figures SET turns_on = '0001-01-01'": "turns_on",
    "UPDATE person_figures SET turns_on = ''": "turns_on",
}


@pytest.mark.parametrize("how", NONSENSE)
def test_a_day_that_is_none_is_a_fault_and_no_traceback(campaign: Campaign, build: Builder, how: str) -> None:
    """A card from a day called “soon” ended the check in a traceback, and nobody else was looked at."""
    maja, eva = build.person("Maja"), build.person("Eva")
    build.card(maja, "form out", "2026-11-01")
    assert faults_of(campaign) == []
    campaign.connection.execute(how)
    campaign.connection.execute("UPDATE person_figures SET attempts = 7 WHERE person_id = ?", (eva,))
    told = "\n".join(faults_of(campaign))
    assert NONSENSE[how] in told
    assert f"person_figures.attempts of {eva}" in told


def test_a_check_that_is_broken_off_leaves_nothing_running(campaign: Campaign, build: Builder) -> None:
    build.person("Maja")

    def enough(_part: Part, _done: int, _of: int) -> None:
        raise KeyboardInterrupt

    threads = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        faults_of(campaign, enough)
    assert threading.active_count() == threads
    assert not campaign.connection.in_transaction
    assert build.person("Eva")


def test_a_check_says_how_far_it_has_come(campaign: Campaign, build: Builder) -> None:
    build.person("Maja")
    said: list[tuple[Part, int, int]] = []
    assert faults_of(campaign, lambda *how_far: said.append(how_far)) == []
    assert list(dict.fromkeys(part for part, _done, _of in said)) == [Part.JOURNAL, Part.PEOPLE, Part.FILE]
    assert (Part.PEOPLE, 0, 1) in said


def test_a_damaged_file_is_told_though_its_rows_cannot_be_read(campaign: Campaign, build: Builder, path: Path) -> None:
    person = build.person("Maja")
    for _n in range(60):
        build.call(person, "no answer", note="long " * 100)
    connection = campaign.connection
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    campaign.close()
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    damaged = open_campaign(path, Clock(), as_it_is=True)
    with pytest.raises(OrganiserError, match=r"is damaged and was left as it is"), damage_told(path):
        faults_of(damaged)
    damaged.close()


def test_a_check_leaves_the_file_byte_for_byte_as_it_is(campaign: Campaign, build: Builder, path: Path) -> None:
    build.call(build.person("Maja"), "no answer")
    campaign.close()
    before = path.read_bytes()
    looked_at = open_campaign(path, Clock(), as_it_is=True)
    assert faults_of(looked_at) == []
    looked_at.close()
    assert path.read_bytes() == before


def test_a_card_in_a_state_that_there_is_not_is_a_fault_and_no_traceback(campaign: Campaign, build: Builder) -> None:
    build.card(build.person("Maja"), "form out", "2026-11-01")
    campaign.connection.execute("PRAGMA foreign_keys = OFF")
    campaign.connection.execute("UPDATE card SET state = 'lost'")
    assert "refers to a card_state that is not there" in faults_of(campaign)[0]
    assert "a card cannot be “lost”" in next(figure_faults(campaign, lambda _done, _of: None))


@pytest.mark.parametrize("table", ["reprisal", "skill", "organiser"])
def test_rows_that_somebody_deleted_by_hand_are_found(campaign: Campaign, build: Builder, table: str) -> None:
    """Three deletions in another program, and all was well."""
    maja = build.person("Maja")
    build.insert("reprisal", person_id=maja, day="2026-11-01", what="lost her shifts")
    build.insert("skill", person_id=maja, skill="cooks for forty")
    eva = build.insert("organiser", name="Eva")
    assert faults_of(campaign) == []
    row = campaign.connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    assert table != "organiser" or row == eva
    campaign.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
    assert faults_of(campaign) == [f"{table} {row} was made and is not there any more."]


def test_a_word_that_was_taken_out_and_made_anew_is_not_missed(campaign: Campaign, build: Builder) -> None:
    word = build.insert("issue", code="parking", letter="p", label="parking", position=99)
    build.end("issue", word)
    assert build.insert("issue", code="parking", letter="p", label="parking", position=99) == word
    assert faults_of(campaign) == []
    campaign.connection.execute("DELETE FROM issue WHERE id = ?", (word,))
    assert faults_of(campaign) == [f"issue {word} was made and is not there any more."]


def test_values_taken_out_of_the_journal_are_no_erasure_while_their_salt_is_there(
    campaign: Campaign, build: Builder
) -> None:
    """A name was changed by hand and its change emptied, which passed for an erased one."""
    maja = build.person("Maja")
    build.change("person", maja, given="Petra")
    assert faults_of(campaign) == []
    campaign.connection.execute("UPDATE change SET before = NULL, after = NULL WHERE field = 'given'")
    told = "\n".join(faults_of(campaign))
    assert f"the given of person {maja} is not the one that was written" in told
    assert f"The given of person {maja} was changed outside the journal" in told
    campaign.connection.execute("UPDATE change SET salt = NULL WHERE field = 'given'")
    assert faults_of(campaign) == []


def test_a_clock_that_goes_back_by_days_does_not_make_a_campaign_damaged(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """Of a sound file a dozen figures were told to be wrong, in the morning after a battery had run out."""
    provider = build.provider()
    maja, eva = build.person("Maja", provider), build.person("Eva")
    build.insert("employment", person_id=eva, provider_id=provider, from_day="2026-11-23")
    build.insert("employment", person_id=maja, provider_id=build.provider("Breza"), from_day="2026-11-25")
    build.insert("connection", person_id=maja, other_id=eva, kind="friend")
    clock.forward(days=10)
    campaign.turn_day()
    assert faults_of(campaign) == []
    clock.forward(days=-9)
    (sentence,) = faults_of(campaign)
    assert sentence.startswith("Every figure is kept for 2026-11-25 or after, and today is 2026-11-20")
    campaign.connection.execute("UPDATE person_figures SET attempts = 7 WHERE person_id = ?", (eva,))
    assert any(f"person_figures.attempts of {eva}" in sentence for sentence in faults_of(campaign))
