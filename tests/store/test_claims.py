"""Nobody is served twice at once: holds on a person, given back, lapsing, fought for."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.queue import CLAIM_SECONDS
from organiser_tui.store import windows
from organiser_tui.store.calling import Blocked, everyone_in_queue, queue_standing
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.claims import claim, release_claim, renew_claims
from organiser_tui.store.engine import IntegrityError
from organiser_tui.store.journal import transaction
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.queue import hold_person, next_person
from tests.store.building import Builder, Clock, copied_campaign
from tests.store.test_queue import people_served


def test_who_is_skipped_does_not_come_again(campaign: Campaign, build: Builder) -> None:
    people = [build.person(name) for name in "ABCDE"]
    assert people_served(campaign) == people


def test_two_windows_get_different_people_and_give_them_back(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    first, second = build.person("A"), build.person("B")
    other = open_campaign(path, clock)
    here, there = next_person(campaign, None), next_person(other, None)
    assert here is not None and there is not None
    assert (here.person_id, there.person_id) == (first, second)
    with pytest.raises(OrganiserError, match="in a call with this person"):
        hold_person(other, None, first)
    release_claim(campaign)
    again = next_person(other, None)
    assert again is not None and again.person_id == first
    other.close()


def test_nobody_is_served_on_a_number_on_which_another_window_is_in_a_call(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    """Two who share a flat and its telephone were served to two organisers at once: the line was busy."""
    number = "+38641234567"
    first, flatmate, third = (build.person(name, phone=number if name < "C" else "") for name in "ABC")
    other = open_campaign(path, clock)
    choose_organiser(other, "Ana")
    assert [served.person_id for served in [next_person(other, None)] if served] == [first]
    here = next_person(campaign, None)
    assert here is not None and here.person_id == third
    blocked = {entry.person_id: entry for entry in everyone_in_queue(campaign, None) if isinstance(entry, Blocked)}
    now = int(clock().timestamp())
    assert blocked[flatmate] == Blocked(flatmate, "claimed", now + CLAIM_SECONDS, "Ana")
    assert hold_person(campaign, None, flatmate) is not None  # by hand, on another number perhaps
    release_claim(campaign)
    release_claim(other)
    assert people_served(campaign) == [first, flatmate, third]
    other.close()


def test_a_second_claim_on_one_person_is_refused_by_the_schema(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    person = build.person("A")
    other = open_campaign(path, clock)
    assert hold_person(other, None, person) is not None
    with pytest.raises(IntegrityError), transaction(campaign):
        claim(campaign, None, person)
    assert campaign.connection.execute("SELECT window FROM claim").fetchall() == [(other.window,)]
    other.close()


def test_a_claim_lapses_after_half_an_hour_unless_it_is_renewed(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    person = build.person("A")
    other = open_campaign(path, clock)
    choose_organiser(other, "Ana")
    assert next_person(campaign, None) is not None
    clock.forward(minutes=29)
    assert renew_claims(campaign, {person: None}) == {}
    clock.forward(minutes=29, seconds=59)
    assert next_person(other, None) is None
    clock.forward(seconds=1)
    assert next_person(other, None) is not None
    assert next_person(campaign, None) is None
    assert renew_claims(campaign, {person: None}) == {person: "Ana"}
    other.close()


def test_a_claim_is_given_back_when_the_evening_is_over(
    campaign: Campaign, path: Path, build: Builder, clock: Clock
) -> None:
    build.insert("setting", name="calls_until", value="20:00")
    person = build.person("A")
    assert next_person(campaign, None) is not None
    clock.at = datetime(2026, 11, 19, 19, 10, tzinfo=UTC)
    assert next_person(campaign, None) is None
    other = open_campaign(path, clock)
    assert hold_person(other, None, person) is not None
    other.close()


def test_whoever_has_an_outcome_is_held_no_longer(campaign: Campaign, build: Builder) -> None:
    person, other = build.person("A"), build.person("B")
    assert hold_person(campaign, None, person) is not None
    build.call(other, "no answer")
    assert campaign.connection.execute("SELECT person_id FROM claim").fetchall() == [(person,)]
    build.call(person, "busy")
    assert campaign.connection.execute("SELECT person_id FROM claim").fetchall() == []


def many_on_a_list(campaign: Campaign, count: int) -> tuple[list[int], int]:
    """So many people with a number each, made in one deed, and a list of them."""
    with campaign.write(DeedKind.CHANGE_PERSON) as deed:
        for n in range(count):
            person = deed.insert("person", given=f"P{n}")
            deed.insert("phone", person_id=person, e164=f"+38670{n:06}", written="?")
    people = [row[0] for row in campaign.connection.execute("SELECT id FROM person")]
    return people, Builder(campaign).call_list(*people)


def test_two_hundred_who_claim_at_once_get_two_hundred_people(template: Path) -> None:
    clock = Clock()
    with copied_campaign(template, clock) as campaign:
        people, listed = many_on_a_list(campaign, 200)
        start, done = Barrier(len(people)), Barrier(len(people))
        served: list[int] = []
        failed: list[Exception] = []

        def claim_one() -> None:
            own = open_campaign(campaign.path, clock)
            own.connection.execute("PRAGMA synchronous = OFF")
            own.connection.execute("PRAGMA busy_timeout = 60000")  # two hundred in a queue take longer than two
            start.wait(60)
            try:
                found = next_person(own, listed)
                assert found is not None
                served.append(found.person_id)
            except Exception as error:  # noqa: BLE001  a thread must not fail unheard
                failed.append(error)
            finally:
                done.wait(120)  # nobody leaves before all are in a call
                own.close()

        threads = [Thread(target=claim_one) for _person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert sorted(served) == sorted(people)


def test_whom_a_killed_program_held_is_free_at_once(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """After a crash whoever had been in the call was in a call for half an hour, with nobody."""
    person = build.person("A")
    hold = (
        "from datetime import UTC, datetime; from pathlib import Path;"
        "from organiser_tui.store.campaign import open_campaign; from organiser_tui.store.queue import hold_person;"
        f"c = open_campaign(Path({str(campaign.path)!r}), lambda: datetime.fromtimestamp({clock().timestamp()}, UTC));"
        f"hold_person(c, None, {person}); print('held', flush=True); input()"
    )
    killed = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert killed.stdout is not None and killed.stdout.readline() == b"held\n"
    assert next_person(campaign, None) is None
    with pytest.raises(OrganiserError, match="in a call with this person"):
        hold_person(campaign, None, person)
    killed.kill()
    killed.communicate()
    assert queue_standing(campaign, None).ready == 1  # what is said agrees with who is served
    found = next_person(campaign, None)
    assert found is not None and found.person_id == person


def test_two_windows_never_get_the_same_person(template: Path) -> None:
    clock = Clock()
    with copied_campaign(template, clock) as campaign:
        _people, listed = many_on_a_list(campaign, 210)
        start = Barrier(2)
        served: dict[int, list[int]] = {0: [], 1: []}
        failed: list[Exception] = []

        def call_through(window: int) -> None:
            own = open_campaign(campaign.path, clock)
            own.connection.execute("PRAGMA synchronous = OFF")
            start.wait()
            try:
                for _n in range(100):
                    found = next_person(own, listed)
                    assert found is not None
                    served[window].append(found.person_id)
                    Builder(own).call(found.person_id, "talked", list_id=listed)
            except Exception as error:  # noqa: BLE001  a thread must not fail unheard
                failed.append(error)
            finally:
                own.close()

        threads = [Thread(target=call_through, args=(window,)) for window in served]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(set(served[0] + served[1])) == 200
        assert queue_standing(campaign, listed).ready == 10


def test_where_no_file_can_be_locked_nobody_counts_as_killed(
    campaign: Campaign, path: Path, build: Builder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every open window would have been one of a killed program, and two have called the same person."""
    monkeypatch.setattr(windows, "fcntl", None)
    person = build.person("A")
    other = open_campaign(path, clock)
    hold_person(other, None, person)
    assert next_person(campaign, None) is None
    with pytest.raises(OrganiserError, match="in a call with this person"):
        hold_person(campaign, None, person)
    other.close()


@pytest.mark.parametrize(("back", "served"), [(1, False), (360, False), (3600, True)])
def test_a_clock_that_is_put_back_a_little_lets_nobody_go(
    campaign: Campaign, path: Path, build: Builder, clock: Clock, back: int, *, served: bool
) -> None:
    """By one second, and two windows were in a call with the same person."""
    build.person("A")
    assert next_person(campaign, None) is not None
    clock.forward(seconds=-back)
    other = open_campaign(path, clock)
    assert (next_person(other, None) is not None) == served
    other.close()
