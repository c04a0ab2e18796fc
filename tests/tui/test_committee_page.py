"""The committee worked with keys: from the making of offices to seats, terms and chapters."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.pilot import Pilot

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.offices import usual_office
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.chapters import passings
from organiser_tui.store.committee import ballot_of, largest, nominate, note_votes, seat
from organiser_tui.store.offices import end_term, make_office, offices, terms_of
from organiser_tui.tui.dialogs.ask_line import AskLine
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.office_form import OfficeForm
from organiser_tui.tui.pages.committee import CommitteePage
from organiser_tui.tui.pages.office import OfficePage
from organiser_tui.tui.pages.workshops import WorkshopsPage
from organiser_tui.tui.widgets.record_table import RecordTable
from tests.tui.campaigns import app_of
from tests.tui.waiting import on_screen, said, wait_for


def _uncounted(campaign: Campaign, office: int, left: int) -> bool:
    return ballot_of(campaign, office).uncounted == left


def keys_of(words: str) -> list[str]:
    """The keys that type `words`."""
    return ["space" if letter == " " else letter for letter in words.lower()]


async def shown(pilot: Pilot[Any], page: type) -> None:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, page), page.__name__)


def without_offices(campaign: Campaign) -> None:
    """As before anybody made one."""
    with campaign.write(DeedKind.END_OFFICE) as deed:
        for row in offices(campaign):
            deed.end("office", row.id)


def members(campaign: Campaign, gender: str, *, at_largest: bool) -> list[tuple[int, str]]:
    """People on file of a gender, in the largest region and at the largest employer or in neither."""
    place = largest(campaign)
    rows = campaign.connection.execute(
        "SELECT p.id, p.given || ' ' || p.family FROM person p JOIN person_figures f ON f.person_id = p.id"
        " WHERE f.card = 'on file' AND p.gender = ? AND (f.region_code = ?) = ? AND f.region_code <> ''"
        " AND f.provider_id IS NOT NULL AND EXISTS (SELECT 1 FROM employment e WHERE e.person_id = p.id"
        " AND e.provider_id = ? AND e.gone_by IS NULL) = ? ORDER BY p.id",
        (gender, place.region_code, at_largest, place.provider_id, at_largest),
    )
    return [(person, name) for person, name in rows.fetchall()]


async def test_the_offices_are_made_and_one_is_changed(campaign: Campaign) -> None:
    without_offices(campaign)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await shown(pilot, WorkshopsPage)
        await pilot.press("K")
        await shown(pilot, CommitteePage)
        await wait_for(pilot, lambda: "No office yet" in on_screen(pilot.app.screen), "what the page is for")
        await pilot.press("n")
        await shown(pilot, Choose)
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(offices(campaign)) == 2, "the usual offices")
        await shown(pilot, CommitteePage)
        await pilot.press("n")
        await shown(pilot, OfficeForm)
        await pilot.press(*"Auditors", "tab", "backspace", *"5", "ctrl+s")
        await wait_for(pilot, lambda: len(offices(campaign)) == 3, "a third one")
        assert [(row.name, row.draft.seats) for row in offices(campaign)] == [
            ("Committee", 13), ("Auditors", 5), ("Presidency", 3),
        ]  # fmt: skip
        await shown(pilot, CommitteePage)
        await pilot.press("e")
        await shown(pilot, OfficeForm)
        await pilot.press("tab", "backspace", "backspace", *"400", "ctrl+s")
        await wait_for(pilot, lambda: "1 to 31 seats" in on_screen(pilot.app.screen), "why not")
        await pilot.press("escape")


async def test_an_election_from_nominations_to_seats_with_the_swap_that_mends_it(campaign: Campaign) -> None:
    office = make_office(campaign, usual_office("Trustees", 3))
    women, (man, *_men) = members(campaign, "F", at_largest=True)[:3], members(campaign, "M", at_largest=False)
    for person, _name in women:
        nominate(campaign, office, person, accepts=True)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(OfficePage(campaign, office))
        page, table = pilot.app.screen, pilot.app.screen.query_one(RecordTable)
        await wait_for(pilot, lambda: "No slate of these people keeps" in on_screen(page), "that none can")
        await pilot.press("i")
        await shown(pilot, Choose)
        await pilot.press(*keys_of(man[1]))
        await wait_for(pilot, lambda: man[1] in on_screen(pilot.app.screen), "he is found")
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(ballot_of(campaign, office).rows) == 4, "he is nominated")
        await pilot.press("escape")
        await shown(pilot, OfficePage)
        await wait_for(pilot, lambda: table.ids.total == 4, "all four stand")
        await pilot.press("G", "a")
        await wait_for(pilot, lambda: ballot_of(campaign, office).uncounted == 4, "he accepts")
        await wait_for(pilot, lambda: "can keep every rule" in on_screen(page), "that one can now")
        await pilot.press("g", "v")
        for left, votes in zip((3, 2, 1, 0), ("90", "80", "70", "5"), strict=True):
            await shown(pilot, AskLine)
            await pilot.press(*votes, "enter")
            await wait_for(pilot, partial(_uncounted, campaign, office, left), "her votes")
        await wait_for(pilot, lambda: "1 swap mends it" in on_screen(page), "what mends it")
        ballot = ballot_of(campaign, office)
        assert ballot.mending == ((women[2][0],), (man[0],))
        assert f"{man[1]} moves up for {women[2][1]}" in on_screen(page)
        await pilot.press("f")
        await shown(pilot, Choose)
        await pilot.press("enter")
        await shown(pilot, AskLine)
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(terms_of(campaign, office)) == 3, "they sit")
        assert {term.person_id for term in terms_of(campaign, office)} == {women[0][0], women[1][0], man[0]}
        assert {(term.from_day, term.until_day) for term in terms_of(campaign, office)} == {
            ("2026-11-21", "2029-11-20")
        }
        await wait_for(pilot, lambda: "Every rule holds" in on_screen(page), "that it is mended")
        await pilot.press("u")
        await wait_for(pilot, lambda: not terms_of(campaign, office), "it is taken back")


async def test_a_term_ends_early_and_one_that_overlaps_is_refused(campaign: Campaign) -> None:
    office = make_office(campaign, usual_office("Trustees", 3))
    (person, name) = members(campaign, "F", at_largest=True)[0]
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(OfficePage(campaign, office))
        for first, last in (("2026-01-01", "2028-12-31"), ("2028-06-01", "2030-01-01")):
            await wait_for(pilot, lambda: "of 3 seats taken" in on_screen(pilot.app.screen), "the office")
            await pilot.press("t")
            await shown(pilot, Choose)
            await pilot.press(*"note", "enter")
            await wait_for(pilot, lambda: "Whose term" in on_screen(pilot.app.screen), "whose")
            await pilot.press(*keys_of(name))
            await wait_for(pilot, lambda: name in on_screen(pilot.app.screen), "she is found")
            await pilot.press("enter")
            await wait_for(pilot, lambda: "first day of her term" in on_screen(pilot.app.screen), "since when")
            await pilot.press(*first, "enter")
            await wait_for(pilot, lambda: "last day of her term" in on_screen(pilot.app.screen), "until when")
            await pilot.press("ctrl+u", *last, "enter")
            await shown(pilot, OfficePage)
        await wait_for(pilot, lambda: "would overlap" in "".join(said(pilot)), "why not")
        (term,) = terms_of(campaign, office)
        assert (term.person_id, term.from_day, term.until_day) == (person, "2026-01-01", "2028-12-31")
        await pilot.press("t")
        await shown(pilot, Choose)
        await pilot.press("enter")
        await shown(pilot, AskLine)
        await pilot.press("enter")
        await wait_for(pilot, lambda: terms_of(campaign, office)[0].until_day == "2026-11-21", "it ends today")


async def test_somebody_is_passed_to_a_chapter(campaign: Campaign) -> None:
    office = make_office(campaign, usual_office("Trustees", 3))
    (person, name) = members(campaign, "F", at_largest=True)[0]
    nominate(campaign, office, person)
    before = len(passings(campaign))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(OfficePage(campaign, office))
        await wait_for(pilot, lambda: name in on_screen(pilot.app.screen), "she stands")
        await pilot.press("p")
        await shown(pilot, Choose)
        await pilot.press(*"Jesenice", "enter")
        await shown(pilot, AskLine)
        await pilot.press(*"Tine", "enter")
        await wait_for(pilot, lambda: len(passings(campaign)) == before + 1, "she is passed on")
        assert passings(campaign)[0][1:6] == (person, name, "Jesenice", "Tine", "2026-11-21")


async def test_votes_that_are_equal_for_the_last_seat_ask_for_a_lot(campaign: Campaign) -> None:
    office = make_office(campaign, usual_office("Trustee", 1))
    for person, _name in members(campaign, "F", at_largest=True)[:2]:
        nominate(campaign, office, person, accepts=True)
        note_votes(campaign, office, person, 7)
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(OfficePage(campaign, office))
        await wait_for(pilot, lambda: "Equal votes (7)" in on_screen(pilot.app.screen), "the tie")
        await pilot.press("f")
        await wait_for(pilot, lambda: "Draw lots" in "".join(said(pilot)), "why nobody is seated")
    assert not terms_of(campaign, office)


async def test_who_moves_up_to_an_empty_seat_sits_until_the_others_do(campaign: Campaign) -> None:
    office = make_office(campaign, usual_office("Trustees", 2))
    people = [person for person, _name in members(campaign, "F", at_largest=True)[:3]]
    for person, votes in zip(people, (30, 20, 10), strict=True):
        nominate(campaign, office, person, accepts=True)
        note_votes(campaign, office, person, votes)
    until = seat(campaign, office, people[:2], "2026-11-01")
    end_term(campaign, terms_of(campaign, office)[0].id, "2026-11-20")
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(OfficePage(campaign, office))
        await wait_for(pilot, lambda: "For the seats that are empty" in on_screen(pilot.app.screen), "who moves up")
        await pilot.press("f")
        await shown(pilot, AskLine)
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(terms_of(campaign, office)) == 3, "she sits")
        assert terms_of(campaign, office)[0][1::2] == (people[2], "2026-11-21", ballot_of(campaign, office).election_id)
        assert terms_of(campaign, office)[0].until_day == until
        await shown(pilot, OfficePage)
        await pilot.press("f")
        await wait_for(pilot, lambda: "Nobody moves up" in "".join(said(pilot)), "that both seats are taken")
