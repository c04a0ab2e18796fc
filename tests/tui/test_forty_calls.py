"""An evening of forty calls by keys alone, with every outcome there is, and then every row that it left in the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.tui.pages.in_call import InCallPage
from tests.store.building import Builder
from tests.tui.campaigns import app_of, empty_campaign
from tests.tui.test_call_stories import in_call, next_person
from tests.tui.waiting import on_screen, wait_for

PEOPLE = 45


class Call(NamedTuple):
    """The keys of one call, and the rows that it must leave."""

    keys: Sequence[str]
    outcome: str
    note: str = ""
    rating: int | None = None
    issues: tuple[str, ...] = ()
    asked: str = ""
    due: str = ""
    number: str | None = None
    """The standing of her number."""
    target: str = "open"
    person: tuple[Any, ...] = (None, 0, "")
    """Since when she has left the work, whether she is dead, and who must speak which language to call her."""
    barred: tuple[str | None, ...] = ()
    """Channels; None for every one."""


CALLS = (
    Call(("1",), "talked", number="good", target="done"),
    Call(("2",), "no answer"),
    Call(
        ("n", *"nights", "enter", "r", "2", "p", "s", "a", "y", "f", *"thu 18h", "enter", "1"), "talked", "nights", 2,
        ("pay", "schedules"), "sign yes", "promise 2026-11-26T18:00", "good", "done",
    ),
    Call(("n", *"spoke to the machine", "enter", "3"), "left message", "spoke to the machine"),
    Call(("4", *"tomorrow 17h", "enter"), "call back", due="call back 2026-11-22T17:00", number="good"),
    Call(("5",), "not available", number="good"),
    Call(("4", "f3"), "call back", due="call back 2026-11-22T18:00", number="good"),
    Call(("6",), "busy", number="good"),
    Call(("7",), "wrong number", number="wrong"),
    Call(("8",), "disconnected", number="disconnected"),
    Call(("r", "4", "9"), "refused", rating=4, number="good", target="refused"),
    Call(("0", "1"), "do not contact", target="refused", barred=(None,)),
    Call(("0", "3"), "do not contact", barred=("text",)),
    Call(("o", "1", *"hu", "enter"), "other language", number="good", person=(None, 0, "hu")),
    Call(("o", "2"), "left the work", number="good", target="refused", person=("2026-11-21", 0, "")),
    Call(("o", "3"), "deceased", target="refused", person=(None, 1, "")),
)  # fmt: skip


def rows_left(campaign: Campaign, contact: int, person: int) -> tuple[Any, ...]:
    """What stands in the file of one contact and of the person."""

    def column(sql: str, *of: int) -> tuple[Any, ...]:
        return tuple(row[0] for row in campaign.connection.execute(sql, of))

    (outcome, note) = campaign.connection.execute(
        "SELECT outcome, note FROM contact WHERE id = ?", (contact,)
    ).fetchone()
    return (
        *(outcome, note),
        next(iter(column("SELECT rating FROM assessment WHERE contact_id = ?", contact)), None),
        column("SELECT issue FROM contact_issue WHERE contact_id = ? ORDER BY issue", contact),
        "".join(column("SELECT a.kind || ' ' || w.answer FROM ask a JOIN answer w ON w.ask_id = a.id"
                       " WHERE w.contact_id = ?", contact)),
        "".join(column("SELECT kind || ' ' || due FROM follow_up WHERE contact_id = ?", contact)),
        *column("SELECT standing FROM phone WHERE person_id = ?", person),
        *column("SELECT state FROM target WHERE person_id = ?", person),
        campaign.connection.execute(
            "SELECT left_work_on, deceased, call_language FROM person WHERE id = ?", (person,)
        ).fetchone(),
        column("SELECT channel FROM barred_channel WHERE person_id = ?", person),
    )  # fmt: skip


async def test_forty_calls_without_a_mouse_leave_every_row_that_they_should(tmp_path: Path) -> None:
    campaign = empty_campaign(tmp_path)
    build = Builder(campaign)
    listed = build.call_list(*(build.person(f"P{n:02}") for n in range(PEOPLE)))
    calls = [CALLS[n % len(CALLS)] for n in range(40)]
    called: list[int] = []
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        page = pilot.app.screen
        assert isinstance(page, InCallPage)
        for call in calls:
            person = await next_person(pilot, page, called[-1] if called else None)
            called.append(person)
            await pilot.press(*["space" if key == " " else key for key in call.keys])
        await next_person(pilot, page, called[-1])
    assert len(set(called)) == 40
    contacts = campaign.connection.execute("SELECT id, person_id, list_id, channel FROM contact ORDER BY id").fetchall()
    assert [row[1:] for row in contacts] == [(person, listed, "call") for person in called]
    on_hers = "SELECT count(*) FROM contact c JOIN phone p ON p.id = c.phone_id AND p.person_id = c.person_id"
    assert campaign.connection.execute(on_hers).fetchone() == (40,)
    assert [rows_left(campaign, row[0], row[1]) for row in contacts] == [tuple(call[1:]) for call in calls]
    assert campaign.connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)
    assert faults_of(campaign) == []
    campaign.close()


async def test_a_long_name_three_numbers_and_six_earlier_contacts_fit_the_smallest_window(tmp_path: Path) -> None:
    """The name was cut in the middle, and of six contacts with a note four were there."""
    campaign = empty_campaign(tmp_path)
    build = Builder(campaign)
    given, family = "Ana-Marija Katarina Frančiška", "Žužemberška Črnivec-Dolinar Zor"
    assert len(f"{given} {family}") == 61
    person = build.person(given, family=family, phone="+38641123456", leave_message=0)
    for position in (2, 3):
        build.phone(person, f"+3864112345{position}", kind="home", position=position)
    for n in range(6):
        noted = f"note number {n}, which is a long one, as they are after a talk"
        rating = 2 if n == 1 else None
        build.call(person, "talked" if n % 2 else "no answer", day=f"2026-11-{n + 10}", note=noted, rating=rating)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        page = await in_call(pilot)
        lines = [line[:38] for line in on_screen(page).splitlines()]
        assert [line.strip() for line in lines[1:3]] == [given, family]
        assert "041 123 456  x 1 of 3" in lines[4]
        assert [line[1:7] for line in lines if " call " in line] == [f"{day} Nov" for day in range(15, 9, -1)]
        assert "note number 5" in "\n".join(lines)
    campaign.close()
