"""What was asked before the write lock is asked again under it: two windows on one file never save half of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.people import EmploymentDraft, PersonDraft
from organiser_tui.store.call_lists import make_call_list
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.cards import remind_forms
from organiser_tui.store.check import faults_of
from organiser_tui.store.diary import diary
from organiser_tui.store.entering import save_person
from organiser_tui.store.follow_ups import finish_follow_up
from organiser_tui.store.history import undo_action, undo_batch, undo_last
from organiser_tui.store.organisers import add_organiser, choose_organiser, organisers
from organiser_tui.store.providers import add_provider, estimate_headcount, log_provider, note_stance
from tests.store.building import Builder, Clock, day, every_row, organiser_named


class JustBefore:
    """A connection before whose next write lock another window writes, as late as it can."""

    def __init__(self, connection: Any, deed: Callable[[], object]) -> None:
        self._connection, self._deeds = connection, [deed]

    def execute(self, sql: str, *values: Any) -> Any:
        """As the connection does it."""
        if sql == "BEGIN IMMEDIATE" and self._deeds:
            self._deeds.pop()()
        return self._connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.fixture
def other(path: Path, clock: Clock, campaign: Campaign) -> Iterator[Builder]:
    """A second window on the campaign, in the hands of Boris."""
    opened = open_campaign(path, clock)
    opened.organiser_id = organiser_named(opened, "Boris")
    yield Builder(opened)
    opened.close()


def meanwhile(campaign: Campaign, deed: Callable[[], object]) -> None:
    """Let the other window do `deed` between what `campaign` asks first and its next write."""
    campaign.connection = JustBefore(campaign.connection, deed)


REFUSED: dict[str, tuple[Callable[[Builder, int], Any], Callable[[Builder, int], Any], str]] = {
    "a call to somebody taken out": (
        lambda here, maja: here.call(maja, "talked", rating=2),
        lambda there, maja: there.end("person", maja),
        "This person is no longer in the file",
    ),
    "a call on a number taken out": (
        lambda here, maja: here.call(maja, "talked", phone_id=here.first_phone(maja)),
        lambda there, maja: there.end("phone", there.first_phone(maja)),
        "That number is no longer in the file",
    ),
    "a wrong number where a second one was added": (
        lambda here, maja: here.call(maja, "wrong number"),
        lambda there, maja: there.phone(maja, "+38670999999"),
        "There are several numbers",
    ),
    "a change of somebody taken out": (
        lambda here, maja: save_person(here.campaign, PersonDraft("Maja", "Kos"), maja),
        lambda there, maja: there.end("person", maja),
        "This person is no longer in the file",
    ),
    "a reminder of somebody taken out": (
        lambda here, maja: remind_forms(here.campaign, [maja]),
        lambda there, maja: there.end("person", maja),
        "This person is no longer in the file",
    ),
    "a call list of somebody taken out": (
        lambda here, maja: make_call_list(here.campaign, CallListDraft("Evening"), [maja]),
        lambda there, maja: there.end("person", maja),
        "Nobody is on this list",
    ),
    "a provider of the same name": (
        lambda here, _maja: add_provider(here.campaign, "Breza"),
        lambda there, _maja: add_provider(there.campaign, "BREZA"),
        "There is a provider named BREZA already",
    ),
    "an organiser of the same name": (
        lambda here, _maja: add_organiser(here.campaign, "Cene"),
        lambda there, _maja: add_organiser(there.campaign, "cene"),
        "There is an organiser named Cene already",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_another_window_did_in_between_refuses(
    campaign: Campaign, build: Builder, other: Builder, what: str
) -> None:
    deed, between, sentence = REFUSED[what]
    maja = build.person("Maja")
    states = []

    def write_between() -> None:
        between(other, maja)
        states.append(every_row(other.campaign))

    meanwhile(campaign, write_between)
    with pytest.raises(OrganiserError, match=sentence):
        deed(build, maja)
    assert [every_row(campaign)] == states
    assert faults_of(campaign) == []


def test_a_provider_taken_out_in_between_gets_no_stance_estimate_or_line(
    campaign: Campaign, build: Builder, other: Builder
) -> None:
    deeds: list[Callable[[int], None]] = [
        lambda lipa: note_stance(campaign, lipa, "hostile"),
        lambda lipa: estimate_headcount(campaign, lipa, 40),
        lambda lipa: log_provider(campaign, lipa, "asked for the list"),
    ]
    for deed in deeds:
        lipa = build.provider("Lipa")
        meanwhile(campaign, partial(other.end, "provider", lipa))
        with pytest.raises(OrganiserError, match="This provider is no longer in the file"):
            deed(lipa)


def test_a_promise_that_another_window_kept_stays_as_it_was_kept(
    campaign: Campaign, build: Builder, other: Builder, clock: Clock
) -> None:
    maja = build.person("Maja")
    promise = build.follow_up(maja, day(0, clock))
    meanwhile(campaign, lambda: other.change("follow_up", promise, done_on=day(-1, clock)))
    with pytest.raises(OrganiserError, match=r"done already, since .+\. Nothing was saved"):
        finish_follow_up(campaign, promise)
    assert build.value("follow_up", promise, "done_on") == day(-1, clock)
    gone = build.follow_up(maja, day(0, clock))
    meanwhile(campaign, lambda: other.end("follow_up", gone))
    with pytest.raises(OrganiserError, match="This follow-up is no longer in the file"):
        finish_follow_up(campaign, gone)


def test_an_employment_at_a_provider_made_in_between_is_at_that_one(
    campaign: Campaign, build: Builder, other: Builder
) -> None:
    meanwhile(campaign, lambda: add_provider(other.campaign, "Breza"))
    maja = save_person(campaign, PersonDraft("Maja", "Kos", employments=(EmploymentDraft("breza"),)))
    held = campaign.connection.execute("SELECT id FROM provider WHERE folded = 'breza'").fetchall()
    assert len(held) == 1
    assert build.figure(maja, "provider_id") == held[0][0]


def test_two_windows_opened_at_once_for_a_new_organiser_make_one(campaign: Campaign, other: Builder) -> None:
    meanwhile(campaign, lambda: choose_organiser(other.campaign, "Cene"))
    chosen = choose_organiser(campaign, "cene")
    assert chosen is not None
    assert [o.id for o in organisers(campaign) if o.name == "Cene"] == [chosen.id] == [other.campaign.organiser_id]


def test_what_another_window_took_back_in_between_is_not_taken_back_twice(
    campaign: Campaign, build: Builder, other: Builder
) -> None:
    maja = build.person("Maja")
    build.call(maja, "talked")
    action = diary(campaign)[0].action_id
    meanwhile(campaign, lambda: undo_action(other.campaign, action))
    with pytest.raises(OrganiserError, match="taken back already"):
        undo_action(campaign, action)
    with campaign.write(DeedKind.IMPORT, batch_id=77) as deed:
        deed.insert("person", given="Nina")
    meanwhile(campaign, lambda: undo_batch(other.campaign, 77))
    with pytest.raises(OrganiserError, match="no import batch 77"):
        undo_batch(campaign, 77)


def test_the_last_deed_is_the_last_when_it_is_taken_back(campaign: Campaign, build: Builder, other: Builder) -> None:
    maja = build.person("Maja")
    build.call(maja, "talked")
    other.campaign.organiser_id = campaign.organiser_id
    meanwhile(campaign, lambda: undo_last(other.campaign))
    assert undo_last(campaign).what == "Maja Novak"  # her entry: the call is taken back already
    assert faults_of(campaign) == []


def test_one_of_many_windows_makes_the_provider(path: Path, clock: Clock) -> None:
    together = Barrier(4)
    said: list[str] = []

    def window() -> None:
        opened = open_campaign(path, clock)
        try:
            for n in range(10):
                together.wait()
                try:
                    add_provider(opened, f"Zavod {n}")
                    said.append("made")
                except OrganiserError as error:
                    said.append(str(error))
        finally:
            opened.close()

    windows = [Thread(target=window) for _n in range(4)]
    for thread in windows:
        thread.start()
    for thread in windows:
        thread.join()
    assert said.count("made") == 10
    assert len(said) == 40
    assert all("already" in sentence for sentence in said if sentence != "made")
    campaign = open_campaign(path, clock)
    assert faults_of(campaign) == []
    campaign.close()
