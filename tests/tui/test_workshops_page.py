"""Events and their doors, worked with keys: what is pressed stands in the file."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path

from textual import events
from textual.widgets import Digits, Input

from organiser_tui.domain.folding import search_words
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft, event_row, events_to_come, guests_of, invite, make_event
from organiser_tui.store.promises import people_tested
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.filter import FilterDialog
from organiser_tui.tui.dialogs.new_event import NewEvent
from organiser_tui.tui.pages.counted_on import CountedOnPage
from organiser_tui.tui.pages.door import DoorPage
from organiser_tui.tui.pages.event import EventPage
from organiser_tui.tui.pages.workshops import WorkshopsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import on_screen, said, wait_for


def held_today(campaign: Campaign, name: str = "Evening") -> int:
    return make_event(campaign, EventDraft("workshop", name, f"{campaign.today().isoformat()}T18:00"))


def _is_there(campaign: Campaign, event: int, person: int) -> bool:
    sql = "SELECT 1 FROM attendance WHERE event_id = ? AND person_id = ? AND came = 1 AND voided_by IS NULL"
    return campaign.connection.execute(sql, (event, person)).fetchone() is not None


async def test_a_workshop_from_its_making_to_its_door(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WorkshopsPage), "the events")
        await pilot.press("n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewEvent), "the form")
        await pilot.press(
            "enter", *"Evening", "enter", *"today 18h", "enter", *"Kranj", "enter", "enter", *"30", "enter"
        )
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EventPage), "its page")
        (made,) = [row for row in events_to_come(campaign) if row.name == "Evening"]
        assert (made.kind, made.starts, made.place, made.capacity) == ("workshop", "2026-11-21T18:00", "Kranj", 30)
        await pilot.press("i")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FilterDialog), "whom")
        await pilot.press(*"signed:yes", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "how many")
        await pilot.press("enter")
        await wait_for(pilot, lambda: event_row(campaign, made.id).invited, "they are invited")
        first = guests_of(campaign, made.id)[0]
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EventPage), "its page again")
        await pilot.press("d")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DoorPage), "the door")
        await pilot.press(*first.family.lower()[:5], "enter")
        await wait_for(pilot, lambda: event_row(campaign, made.id).came == 1, "she is here")
        door = pilot.app.screen
        assert door.query_one("#door-here", Digits).value == "1"
        assert door.query_one("#door-name", Input).value == ""
        assert "is here" in on_screen(door)
        await pilot.press("ctrl+z")
        await wait_for(pilot, lambda: event_row(campaign, made.id).came == 0, "it is taken back")


async def test_two_who_come_together_say_who_brought_whom(campaign: Campaign) -> None:
    event = held_today(campaign)
    people = [row[0] for row in campaign.connection.execute("SELECT person_id FROM person_figures LIMIT 2")]
    invite(campaign, event, people)
    names = {guest.id: f"{guest.given} {guest.family}" for guest in guests_of(campaign, event)}
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DoorPage(campaign, event))
        for person in people:
            await pilot.press(*names[person].lower().replace(" ", "\t").split("\t")[0], "space")
            await pilot.press(*names[person].lower().split(" ", 1)[1], "enter")
            there = partial(_is_there, campaign, event, person)
            await wait_for(pilot, there, "she is here")
        await pilot.press("ctrl+b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "who brought her")
        await pilot.press("enter")
        row = "SELECT person_id, brought_by FROM attendance WHERE brought_by IS NOT NULL AND voided_by IS NULL"
        await wait_for(
            pilot, lambda: (people[1], people[0]) in campaign.connection.execute(row).fetchall(), "it is noted"
        )


async def test_a_number_that_is_pasted_at_the_door_checks_nobody_in(campaign: Campaign) -> None:
    """Its last digit picked whoever stood sixth."""
    event = held_today(campaign)
    people = [row[0] for row in campaign.connection.execute("SELECT person_id FROM person_figures LIMIT 60")]
    invite(campaign, event, people)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DoorPage(campaign, event))
        field = pilot.app.screen.query_one("#door-name", Input)
        await pilot.press("n")
        field.post_message(events.Paste("041 123 456"))
        await wait_for(pilot, lambda: field.value == "n041 123 456", "the number")
        await pilot.pause()
        assert event_row(campaign, event).came == 0
        assert event_row(campaign, event).recorded_on is None, "who looks at a door writes nothing"


async def test_an_event_to_come_says_at_its_door_that_nobody_can_have_come(campaign: Campaign) -> None:
    ahead = events_to_come(campaign)[-1]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DoorPage(campaign, ahead.id))
        await wait_for(pilot, lambda: "nobody can have come yet" in "".join(said(pilot)), "why")
    assert event_row(campaign, ahead.id).recorded_on is None


async def test_the_promises_behind_the_numbers_are_one_key_away(campaign: Campaign) -> None:
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "o")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CountedOnPage), "who can be counted on")
        page = pilot.app.screen
        assert page.query_one(RecordTable).ids.at(0) == people_tested(campaign)[0]
        await pilot.press("enter")
        await wait_for(pilot, lambda: "✓" in on_screen(pilot.app.screen), "the list behind it")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, WorkshopsPage), "back")


async def test_three_hundred_of_two_thousand_are_checked_in_by_at_most_four_keys(tmp_path: Path) -> None:
    """Each is found by her initial and the beginning of her family name, and picked by the digit before her."""
    campaign = demo_campaign(tmp_path, people=2300, contacts=2300)
    event = held_today(campaign)
    everybody = [row[0] for row in campaign.connection.execute("SELECT person_id FROM person_figures LIMIT 2100")]
    assert invite(campaign, event, everybody) >= 2000
    guests = guests_of(campaign, event)
    coming, keys = guests[:: len(guests) // 300][:300], []
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DoorPage(campaign, event))
        door = pilot.app.screen
        table = door.query_one(RecordTable)
        for guest in coming:
            pressed = 0
            for letter in search_words(f"{guest.given[0]}{guest.family}").split()[0]:
                await pilot.press(letter)
                pressed += 1
                places = [table.ids.at(row) for row in range(min(9, table.ids.total))]
                if guest.id in places:
                    break
            if guest.id not in places:
                places = list(table.ids.between(0, table.ids.total))
                await pilot.press(*["down"] * places.index(guest.id), "enter")
                pressed += places.index(guest.id)
            else:
                await pilot.press(str(places.index(guest.id) + 1))
            keys.append(pressed + 1)
            await wait_for(pilot, partial(_is_there, campaign, event, guest.id), "she is here")
    came = {row.id for row in guests_of(campaign, event) if row.came}
    campaign.close()
    assert came == {guest.id for guest in coming}
    print(f"keys at the door: median {statistics.median(keys)}, most {max(keys)}")
    assert statistics.median(keys) <= 4
