"""Every write is one transaction, told field by field in a chain that shows what was tampered with."""

from __future__ import annotations

import sys
from array import array
from datetime import timedelta
from pathlib import Path

import pytest

from organiser_tui.domain.clock import read_stamp
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.history import undo_last
from organiser_tui.store.journal import FIRST, Chain
from organiser_tui.store.refresh import refresh
from organiser_tui.store.safekeeping import backup
from tests.store.building import START, Builder, Clock, every_row


def changes(campaign: Campaign) -> list[tuple[str, str, object, object]]:
    """Table, field, before and after of the changes of the last action."""
    rows = campaign.connection.execute(
        "SELECT tbl, field, before, after FROM change"
        " WHERE action_id = (SELECT id FROM action ORDER BY clock DESC LIMIT 1) ORDER BY n"
    )
    return list(rows)


def actions(campaign: Campaign) -> int:
    """How many actions the journal holds."""
    return int(campaign.connection.execute("SELECT count(*) FROM action").fetchone()[0])


def test_a_row_made_is_one_change_without_an_image(campaign: Campaign, build: Builder) -> None:
    build.person("Žan", phone=None)
    assert changes(campaign) == [("person", "", None, None)]
    salt, image = campaign.connection.execute(
        "SELECT salt, image FROM change WHERE tbl = 'person' AND field = ''"
    ).fetchone()
    assert (salt, image) == (None, None)


def test_each_changed_field_is_one_change_with_a_salt_of_its_own(campaign: Campaign, build: Builder) -> None:
    person = build.person("Žan", phone=None)
    build.change("person", person, given="Jan", family="Novak", leader=1)
    assert changes(campaign) == [("person", "given", "Žan", "Jan"), ("person", "leader", 0, 1)]
    rows = campaign.connection.execute("SELECT salt, image FROM change WHERE field IN ('given', 'leader')").fetchall()
    assert len({salt for salt, _image in rows}) == 2
    assert all(len(salt) == 16 and len(image) == 32 for salt, image in rows)


def test_a_deed_that_changes_nothing_leaves_no_trace(campaign: Campaign, build: Builder) -> None:
    person = build.person("Žan")
    before = actions(campaign)
    build.change("person", person, given="Žan")
    with campaign.write(DeedKind.CHANGE_PERSON):
        pass
    assert actions(campaign) == before


def test_a_write_that_fails_half_way_saves_nothing(campaign: Campaign, build: Builder) -> None:
    provider = build.provider()
    held = every_row(campaign)

    class PlugPulledError(Exception):
        pass

    with pytest.raises(PlugPulledError), campaign.write(DeedKind.CHANGE_PERSON) as deed:
        person = deed.insert("person", given="Žan")
        deed.insert("employment", person_id=person, provider_id=provider)
        campaign.settle(deed)
        deed.change("provider", provider, name="Hrast")
        raise PlugPulledError
    assert every_row(campaign) == held
    assert not campaign.connection.in_transaction
    build.person("Jan")
    assert faults_of(campaign) == []


def test_a_contact_with_all_it_moves_is_one_action(campaign: Campaign, build: Builder) -> None:
    person = build.person("Žan")
    before = actions(campaign)
    build.call(person, "talked", rating=2, issues=("pay", "travel"), phone_id=build.first_phone(person))
    assert actions(campaign) == before + 1
    assert [(table, field) for table, field, _b, _a in changes(campaign)] == [
        ("contact", ""),
        ("contact_issue", ""),
        ("contact_issue", ""),
        ("assessment", ""),
        ("phone", "standing"),
    ]


@pytest.fixture
def told(campaign: Campaign, build: Builder) -> Campaign:
    """A campaign with a journal of some actions, checked to be sound."""
    provider = build.provider()
    person = build.person("Žan", provider)
    build.call(person, "talked", rating=2, phone_id=build.first_phone(person))
    build.change("person", person, given="Jan", leader=1)
    build.change("person", person, given="Ivan")
    build.call(person, "no answer")
    undo_last(campaign)
    assert faults_of(campaign) == []
    return campaign


TAMPERED = {
    "a value": "UPDATE change SET after = 'Evil' WHERE after = 'Jan'",
    "a former value": "UPDATE change SET before = 'Evil' WHERE before = 'Žan'",
    "one of two values": "UPDATE change SET before = NULL WHERE before = 'Žan'",
    "a salt": "UPDATE change SET salt = randomblob(16) WHERE after = 'Jan'",
    "an image": "UPDATE change SET image = randomblob(32) WHERE after = 'Jan'",
    "an image taken out": "UPDATE change SET image = NULL WHERE after = 'Jan'",
    "a field": "UPDATE change SET field = 'family' WHERE after = 'Jan'",
    "a row": "UPDATE change SET row = row + 1 WHERE after = 'Jan'",
    "a row made": "UPDATE change SET row = row + 1 WHERE tbl = 'contact' AND field = ''",
    "a table": "UPDATE change SET tbl = 'phone' WHERE tbl = 'contact' AND field = ''",
    "the order": "UPDATE change SET n = 1 - n + 10 WHERE after IN ('Jan', 1) AND field IN ('given', 'leader')",
    "a change taken out": "DELETE FROM change WHERE after = 'Jan'",
    "a change put in": (
        "INSERT INTO change (action_id, n, tbl, row, field) SELECT action_id, 9, tbl, row, '' FROM change"
        " WHERE after = 'Jan'"
    ),
    "the kind": "UPDATE action SET kind = 'import' WHERE kind = 'log contact'",
    "the organiser": "UPDATE action SET organiser_id = NULL WHERE kind = 'log contact'",
    "the hour": "UPDATE action SET at = at - 60 WHERE kind = 'log contact'",
    "what is undone": "UPDATE action SET undoes = NULL WHERE undoes IS NOT NULL",
    "the batch": "UPDATE action SET batch_id = 7 WHERE kind = 'log contact'",
    "the hash": "UPDATE action SET hash = randomblob(32) WHERE kind = 'log contact'",
    "an action taken out": "DELETE FROM action WHERE kind = 'log contact'",
    "a row behind its back": "INSERT INTO person (id, given) VALUES (7, 'Evil')",
    "a field behind its back": "UPDATE person SET given = 'Evil'",
    "an end behind its back": "UPDATE contact SET voided_by = NULL",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_chain_breaks_when_somebody_tampers_with(told: Campaign, what: str) -> None:
    told.connection.execute("PRAGMA foreign_keys = OFF")
    assert told.connection.execute(TAMPERED[what]).rowcount > 0
    assert faults_of(told) != []


def test_the_chain_still_checks_when_values_are_erased(told: Campaign) -> None:
    told.connection.execute("UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE field <> ''")
    assert faults_of(told) == []


def test_an_erased_change_cannot_be_moved_to_another_row(told: Campaign) -> None:
    told.connection.execute("UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE field <> ''")
    told.connection.execute("UPDATE change SET row = row + 1 WHERE field = 'leader'")
    assert faults_of(told) != []


def test_the_chain_is_told_in_sentences_that_name_the_action(told: Campaign) -> None:
    action = told.connection.execute("SELECT action_id FROM change WHERE after = 'Jan'").fetchone()[0]
    told.connection.execute("UPDATE change SET after = 'Evil' WHERE after = 'Jan'")
    (sentence,) = faults_of(told)
    assert str(action) in sentence
    assert "given" in sentence


def test_each_device_has_a_chain_of_its_own(
    told: Campaign, path: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    other = open_campaign(path, clock)
    assert other.device != told.device
    Builder(other).person("Eva")
    Builder(told).person("Mojca")
    Builder(other).person("Luka")
    assert faults_of(told) == []
    assert told.connection.execute("SELECT count(DISTINCT device) FROM action").fetchone()[0] == 2
    other.close()


def test_the_clock_of_the_journal_rises_when_the_wall_clock_goes_back(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    build.person("Eva")
    clock.forward(days=-3)
    build.person("Luka")
    stamps = [read_stamp(row[0]) for row in campaign.connection.execute("SELECT clock FROM action ORDER BY id")]
    assert stamps == sorted(set(stamps))
    assert [line.what for line in diary(campaign)][:2] == ["Luka Novak", "Eva Novak"]
    assert campaign.connection.execute("SELECT at FROM action ORDER BY clock DESC LIMIT 1").fetchone()[0] == int(
        (START - timedelta(days=3)).timestamp()
    )


def test_a_clock_that_is_read_is_merged_forward(
    campaign: Campaign, path: Path, build: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    ahead = open_campaign(path, Clock(START + timedelta(hours=5)))
    Builder(ahead).person("Eva")
    ahead.close()
    build.person("Luka")
    last, before = campaign.connection.execute(
        "SELECT clock, device FROM action ORDER BY clock DESC LIMIT 2"
    ).fetchall()
    assert last[1] == campaign.device != before[1]
    assert read_stamp(last[0]).ms == read_stamp(before[0]).ms


def test_a_campaign_open_for_reading_only_refuses_to_write(campaign: Campaign) -> None:
    campaign.read_only = True
    with pytest.raises(OrganiserError, match="reading only"), campaign.write(DeedKind.CHANGE_PERSON):
        pass


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("person_figures", "attempts"),
        ("person_figures", "rests_until"),
        ("reach", "reached"),
        ("provider_figures", "known"),
        ("person_search", "name"),
        ("target", "fits"),
        ("target", "waits_since"),
        ("target", "next_due"),
    ],
)
def test_the_kept_figures_are_checked_in_sentences(campaign: Campaign, build: Builder, table: str, column: str) -> None:
    person = build.person("Žan", build.provider())
    build.call(person, "talked", rating=2)
    build.call_list(person)
    assert faults_of(campaign) == []
    campaign.connection.execute(f"UPDATE {table} SET {column} = 77")
    assert any(table in sentence for sentence in faults_of(campaign))


def test_figures_of_somebody_who_is_not_in_the_file_are_found(campaign: Campaign, build: Builder) -> None:
    person = build.person("Žan")
    campaign.connection.execute("UPDATE person SET gone_by = (SELECT max(id) FROM action)")
    assert any(str(person) in sentence and "not in the file" in sentence for sentence in faults_of(campaign))


def test_a_fact_is_never_rewritten(campaign: Campaign, build: Builder) -> None:
    """A note could be put in the place of another, and nobody saw that it was not what had been said."""
    person = build.person("Žan")
    contact = build.call(person, "talked", note="wants better shifts")
    held = every_row(campaign)
    with pytest.raises(ValueError, match="note of contact"):
        build.change("contact", contact, note="is content")
    with pytest.raises(ValueError, match="never changed"), campaign.write(DeedKind.CHANGE_PERSON) as deed:
        deed.change("contact", contact, voided_by=None, day="2026-11-01")
    assert every_row(campaign) == held
    undo_last(campaign)
    assert build.value("contact", contact, "voided_by") is not None


def test_two_copies_of_one_file_worked_on_with_one_device_can_be_joined(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    """A restored backup and the file it was made of: both went on from the same action, and that was called broken."""
    build.person("Maja")
    to = campaign.path.with_name("restored.campaign")
    backup(campaign, to)
    clock.forward(minutes=1)
    restored = open_campaign(to, clock)
    assert restored.device == campaign.device
    for window in (restored, campaign):
        for name in ("Eva", "Luka"):
            clock.forward(minutes=1)
            Builder(window).person(name, phone=None)
    assert (faults_of(restored), faults_of(campaign)) == ([], [])
    restored.close()
    campaign.connection.execute("ATTACH ? AS restored", (str(to),))
    campaign.connection.execute("PRAGMA foreign_keys = OFF")
    for table in ("action", "change", "person"):
        campaign.connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM restored.{table}")
    assert campaign.connection.execute("SELECT count(*) FROM person").fetchone() == (5,)
    refresh(campaign, [row[0] for row in campaign.connection.execute("SELECT id FROM person")])
    forked = "SELECT count(*) - count(DISTINCT previous) FROM action"
    assert campaign.connection.execute(forked).fetchone() == (1,)
    assert faults_of(campaign) == []
    campaign.connection.execute("UPDATE action SET previous = randomblob(32) WHERE id = (SELECT max(id) FROM action)")
    assert "does not follow one before it" in faults_of(campaign)[0]


def test_a_chain_is_the_same_on_a_machine_with_the_other_byte_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written on one was called tampered with on the other."""

    def chain(rows: array[int]) -> bytes:
        one = Chain(FIRST, "head")
        one.inserted("person", rows)
        return one.hash()

    rows = array("q", [1, 258, 1 << 62])
    swapped = array("q", rows)
    swapped.byteswap()
    here = chain(rows)
    other = {"little": "big", "big": "little"}[sys.byteorder]
    monkeypatch.setattr(sys, "byteorder", other)
    assert chain(swapped) == here  # as that machine would hold them
    assert swapped.tolist() != rows.tolist()
