"""How many keys the work inside a call takes: each is driven on the screen and its row looked up in the file.

What is typed of notes, names and dates is not counted; every other key is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.pilot import Pilot

from organiser_tui.store.campaign import Campaign
from organiser_tui.tui.pages.in_call import InCallPage
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.waiting import wait_for


class Typed(NamedTuple):
    """Letters of a note or a date."""

    text: str


class KeyCount(NamedTuple):
    """One piece of work: the keys, how many they may be, and the outcome that is saved by them."""

    what: str
    keys: Sequence[str | Typed]
    most: int
    outcome: str
    due: str | None = None
    """The follow-up that is saved with it, wall time."""
    rings: bool = False
    """She rings herself; the number is hers."""
    learned: tuple[str, int | None, str, str] = ("", None, "", "")
    """What is saved beside it: the note, the rating, the issue, what was asked and answered."""
    calling: bool = True
    """Whether somebody else is being called meanwhile."""

    @property
    def counted(self) -> int:
        """The keys without what is typed."""
        return sum(not isinstance(key, Typed) for key in self.keys)


_RINGING = "SELECT person_id, e164 FROM phone WHERE e164 LIKE '+386%' ORDER BY id DESC LIMIT 1"
"""Who rings, and the number from which she does."""
_NOTED = "nine shifts in a row"
_NOTE = ("n", Typed(_NOTED), "enter")
_AGREED = ("f", Typed("thu 18h"), "enter")
KEY_COUNTS = (
    KeyCount("no answer, next", ("2",), 1, "no answer"),
    KeyCount("left message, next", ("3",), 1, "left message"),
    KeyCount("wrong number (one phone), next", ("7",), 1, "wrong number"),
    KeyCount("call back at a typed time", ("4", Typed("thu 18h"), "enter"), 3, "call back", "2026-11-26T18:00"),
    KeyCount("call back, preset: tonight", ("4", "f2"), 2, "call back", "2026-11-21T20:00"),
    KeyCount("call back, preset: tomorrow", ("4", "f3"), 2, "call back", "2026-11-22T18:00"),
    KeyCount("call back, preset: Saturday", ("4", "f4"), 2, "call back", "2026-11-28T10:00"),
    KeyCount(
        "talked: note, rating, follow-up",
        (*_NOTE, "r", "2", *_AGREED, "1"), 8, "talked", "2026-11-26T18:00", learned=(_NOTED, 2, "", ""),
    ),
    KeyCount(
        "the same with an issue and an ask answered",
        (*_NOTE, "r", "2", "p", "a", "y", *_AGREED, "1"), 12, "talked", "2026-11-26T18:00",
        learned=(_NOTED, 2, "pay", "sign yes"),
    ),
    KeyCount(
        "someone rings back and is logged",
        ("b", Typed("her number"), "enter", "1"), 3, "talked", rings=True, calling=False,
    ),
    KeyCount(
        "the same in the middle of a call",
        ("B", Typed("her number"), "enter", "1"), 3, "talked", rings=True,
    ),
)  # fmt: skip


async def drive(folder: Path, work: KeyCount) -> None:
    """Do it in a made-up campaign, and hold that the file has what was done and the next person is on the screen."""
    campaign = demo_campaign(folder, people=60, contacts=0)
    try:
        async with app_of(campaign).run_test(size=(80, 24)) as pilot:
            called = await (_ringing(pilot, campaign, work) if work.rings else _calling(pilot, work))
        _assert_saved(campaign, called, work)
    finally:
        campaign.close()


async def _calling(pilot: Pilot[Any], work: KeyCount) -> int | None:
    """In a call with whoever is next, until somebody else is on the screen; returns who was called."""
    await pilot.press("1", "c")
    page = await _in_call(pilot)
    called = page.person_id
    for key in work.keys:
        await pilot.press(*(_letters(key.text) if isinstance(key, Typed) else (key,)))
    await wait_for(pilot, partial(_another, page, called), "the next person")
    return called


async def _ringing(pilot: Pilot[Any], campaign: Campaign, work: KeyCount) -> int:
    """On Today, or in a call, until she who rang is logged and what was there before is so again; who it was."""
    person, number = campaign.connection.execute(_RINGING).fetchone()
    await pilot.press("1", *("c" if work.calling else ""))
    before = (await _in_call(pilot)).person_id if work.calling else None
    for key in work.keys[:-1]:
        await pilot.press(*(_letters("0" + number.removeprefix("+386")) if isinstance(key, Typed) else (key,)))
        await pilot.pause()
    page = await _in_call(pilot)
    await wait_for(pilot, lambda: page.person_id == person, "she who rings")
    await pilot.press(str(work.keys[-1]))
    if work.calling:
        await wait_for(pilot, lambda: page.person_id == before, "whoever was being called")
    else:
        await wait_for(pilot, lambda: page is not pilot.app.screen, "the page below")
    return int(person)


async def _in_call(pilot: Pilot[Any]) -> InCallPage:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
    page = pilot.app.screen
    assert isinstance(page, InCallPage)
    await wait_for(pilot, lambda: page.person_id is not None, "somebody is served")
    return page


def _letters(text: str) -> list[str]:
    return ["space" if letter == " " else letter for letter in text]


def _another(page: InCallPage, before: int | None) -> bool:
    return page.person_id not in (None, before)


def _assert_saved(campaign: Campaign, person: int | None, work: KeyCount) -> None:
    one = campaign.connection.execute
    contact, *saved = one("SELECT id, person_id, outcome, note FROM contact ORDER BY id DESC LIMIT 1").fetchone()
    note, rating, issue, asked = work.learned
    assert saved == [person, work.outcome, note]
    due = one(
        "SELECT due FROM follow_up WHERE person_id = ? AND done_on IS NULL ORDER BY id DESC", (person,)
    ).fetchone()
    assert (due[0] if due else None) == work.due
    beside = {
        "SELECT rating FROM assessment WHERE contact_id = ?": [rating] if rating else [],
        "SELECT issue FROM contact_issue WHERE contact_id = ?": [issue] if issue else [],
        "SELECT a.kind || ' ' || w.answer FROM ask a JOIN answer w ON w.ask_id = a.id WHERE a.contact_id = ?":
            [asked] if asked else [],
    }  # fmt: skip
    assert {sql: [row[0] for row in one(sql, (contact,))] for sql in beside} == beside
    if work.rings:  # she is logged on the number from which she rang
        sql = "SELECT e164 FROM phone p JOIN contact c ON c.phone_id = p.id WHERE c.id = ?"
        assert one(sql, (contact,)).fetchone() == one(_RINGING).fetchone()[1:]
