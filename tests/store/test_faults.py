"""What is acknowledged stays: through locks, full disks, a pulled plug and a second window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.damage import damage_told
from organiser_tui.store.engine import DatabaseError, connect
from organiser_tui.store.errand import Errand, written
from organiser_tui.store.safekeeping import backup
from tests.store.building import Builder, Clock, every_row

WRITER = """
import sys
from pathlib import Path
from threading import Event, Thread
from organiser_tui.store.campaign import open_campaign
from tests.store.building import Builder, Clock
campaign = open_campaign(Path(sys.argv[1]), Clock())
build = Builder(campaign)
person = build.person("Maja", build.provider("Breza"))
for n in range(100_000):
    contact = build.call(person, "no answer", note=f"call {n}" * 50, phone_id=build.first_phone(person))
    print(contact, flush=True)
"""


DOOR = """
import sys
from pathlib import Path
from organiser_tui.store.campaign import open_campaign
from organiser_tui.store.events import EventDraft, check_in, invite, make_event
from tests.store.building import Builder, Clock
campaign = open_campaign(Path(sys.argv[1]), Clock())
build = Builder(campaign)
guests = [build.person(f"Guest {n}") for n in range(200)]
evening = make_event(campaign, EventDraft("workshop", "Evening", f"{campaign.today().isoformat()}T18:00"))
invite(campaign, evening, guests)
for guest in guests:
    check_in(campaign, evening, guest)
    print(guest, flush=True)
"""


@pytest.mark.parametrize(
    ("script", "saved_are"),
    [
        (WRITER, "SELECT id FROM contact"),
        (DOOR, "SELECT person_id FROM attendance WHERE came = 1 AND voided_by IS NULL"),
    ],
)
def test_what_was_acknowledged_survives_a_kill(path: Path, script: str, saved_are: str) -> None:
    """Calls one after the other, and people at a door: whoever was told to be in is in."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", script, str(path)]
    acknowledged: list[int] = []
    for _round in range(2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
            assert writer.stdout is not None
            for _n in range(25):
                acknowledged.append(int(writer.stdout.readline()))
            writer.send_signal(signal.SIGKILL)
            acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        campaign = open_campaign(path, Clock())
        saved = {row[0] for row in campaign.connection.execute(saved_are)}
        assert len(acknowledged) >= 25
        assert saved >= set(acknowledged)
        assert campaign.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert faults_of(campaign) == []
        assert faults_of(campaign) == []
        campaign.close()


def test_while_another_window_writes_for_long_nothing_is_saved_and_one_is_told(
    campaign: Campaign, path: Path, build: Builder
) -> None:
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    campaign.connection.execute("PRAGMA busy_timeout = 20")
    before = every_row(campaign)
    with pytest.raises(OrganiserError, match=r"Another window is writing .* Nothing was saved; try again"):
        build.person("Maja")
    assert every_row(campaign) == before
    other.execute("ROLLBACK")
    other.close()
    assert build.person("Maja")


def test_a_campaign_opens_while_another_window_writes(path: Path, clock: Clock) -> None:
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE organiser SET name = 'Nobody'")
    campaign = open_campaign(path, clock)
    assert campaign.connection.execute("SELECT count(*) FROM organiser WHERE name = 'Ana'").fetchone() == (1,)
    campaign.close()
    other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_saves_nothing_and_one_is_told(campaign: Campaign, build: Builder) -> None:
    person = build.person("Maja")
    pages = campaign.connection.execute("PRAGMA page_count").fetchone()[0]
    campaign.connection.execute(f"PRAGMA max_page_count = {pages}")
    saved = 0
    with pytest.raises(OrganiserError, match=r"The disk is full. Nothing was saved; make room and try again"):
        for _n in range(1000):
            before = every_row(campaign)
            build.call(person, "talked", note="long" * 2000, rating=2)
            saved += 1
    assert every_row(campaign) == before
    assert build.figure(person, "attempts") == saved
    campaign.connection.execute("PRAGMA max_page_count = 1000000")
    build.call(person, "no answer")
    assert faults_of(campaign) == []
    assert faults_of(campaign) == []


def test_a_second_window_sees_what_the_first_has_written(campaign: Campaign, path: Path, build: Builder) -> None:
    other = open_campaign(path, Clock())
    seen = written(other)
    assert not other.changed_elsewhere()
    person = build.person("Maja")
    assert other.changed_elsewhere()
    assert not other.changed_elsewhere()
    assert written(other) != seen
    assert Builder(other).figure(person, "attempts") == 0
    Builder(other).call(person, "no answer")
    assert not other.changed_elsewhere()  # its own
    assert campaign.changed_elsewhere()
    assert build.figure(person, "attempts") == 1
    other.close()


def test_words_and_places_that_another_window_made_are_known(campaign: Campaign, path: Path, build: Builder) -> None:
    other = open_campaign(path, Clock())
    person = build.person("Maja")
    for window in (campaign, other):
        window.read_settings()
    there = Builder(other)
    there.insert("card_state", code="lost", position=99)
    there.insert("outcome", code="asleep", effect="no answer", position=99)
    there.insert("region", code="SI999", name="Morje")
    municipality = there.insert("municipality", code="SI999-1", name="Obala", region_code="SI999")
    build.card(person, "lost", "2026-11-01")  # written before this window has looked
    assert build.figure(person, "card_order") == 99
    assert campaign.changed_elsewhere()
    assert campaign.effects["asleep"] == "no answer"
    assert campaign.places.region_of["SI999-1"] == "SI999"
    there.change("municipality", municipality, name="Velika obala")
    assert campaign.changed_elsewhere()
    assert campaign.places.municipality_names["SI999-1"] == "Velika obala"
    assert faults_of(campaign) == []
    other.close()


def test_two_windows_keep_the_same_figures(campaign: Campaign, path: Path, build: Builder) -> None:
    other = open_campaign(path, Clock())
    there = Builder(other)
    provider = build.provider("Breza")
    for n in range(6):
        one = (build, there)[n % 2]
        one.call(one.person(f"Maja {n}", provider), "talked", rating=n % 5 + 1)
    assert faults_of(campaign) == faults_of(other) == []
    assert faults_of(other) == []
    other.close()


def test_a_question_in_a_thread_can_be_called_off(campaign: Campaign) -> None:
    called_off = Errand(campaign)
    called_off.stop()
    assert called_off.run(lambda twin: twin.today()) is None
    assert Errand(campaign).run(lambda twin: twin.today()) == campaign.today()
    running, asked = Errand(campaign), Event()

    def ask(twin: Campaign) -> object:
        twin.connection.set_progress_handler(asked.set, 1000)  # it is under way
        endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        return twin.connection.execute(endless).fetchone()

    answers: list[object] = []
    thread_asks = Thread(target=lambda: answers.append(running.run(ask)))
    thread_asks.start()
    asked.wait()
    running.stop()
    thread_asks.join()
    assert answers == [None]


def test_damage_that_shows_while_reading_is_told_in_a_sentence(path: Path) -> None:
    with (
        pytest.raises(OrganiserError, match=r"is damaged and was left as it is .*malformed.* Restore a backup"),
        damage_told(path),
    ):
        raise DatabaseError("database disk image is malformed")
    with pytest.raises(OrganiserError, match="Restore a backup"), damage_told(path):
        b"\xc5\x00".decode()


def test_damage_that_shows_while_writing_is_told_in_a_sentence(campaign: Campaign) -> None:
    with (
        pytest.raises(OrganiserError, match=r"The campaign file is damaged. Nothing was saved"),
        campaign.write(DeedKind.CHANGE_PERSON),
    ):
        raise DatabaseError("database disk image is malformed")
    assert not campaign.connection.in_transaction


def test_calls_are_not_acknowledged_once_the_file_is_gone_or_another_stands_there(
    campaign: Campaign, tmp_path: Path
) -> None:
    """A restored backup put in the place of an open campaign was destroyed; a deleted one took calls with it."""
    other = tmp_path / "other.campaign"
    backup(campaign, other)
    before = other.read_bytes()
    other.replace(campaign.path)
    with (
        pytest.raises(OrganiserError, match="moved, deleted or replaced"),
        campaign.write(DeedKind.CHANGE_PERSON) as deed,
    ):
        deed.insert("organiser", name="Lost")
    assert campaign.path.read_bytes() == before
    campaign.path.unlink()
    with (
        pytest.raises(OrganiserError, match="moved, deleted or replaced"),
        campaign.write(DeedKind.CHANGE_PERSON) as deed,
    ):
        deed.insert("organiser", name="Lost")


def test_a_check_sees_one_moment_while_another_window_writes(campaign: Campaign, path: Path, build: Builder) -> None:
    """Figures that moved between two questions passed for wrong ones."""
    person = build.person("Maja")
    other = open_campaign(path, Clock())
    there = Builder(other)
    asked = campaign.connection.execute

    class WritingBetween:
        def execute(self, sql: str, *values: object) -> object:
            if "FROM person_figures" in sql or "FROM action" in sql:
                there.call(person, "no answer")
            return asked(sql, *values)

        def __getattr__(self, name: str) -> object:
            return getattr(connection, name)

    connection, campaign.connection = campaign.connection, WritingBetween()
    assert faults_of(campaign) == []
    assert there.figure(person, "attempts") > 1
    other.close()
