"""What somebody who sees the program for the first time stumbled over, once the evening was over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from organiser_tui.domain.call_lists import CallListDraft
from organiser_tui.domain.contacts import AskDraft, ContactDraft
from organiser_tui.exchange.importing import import_file
from organiser_tui.store.batches import batch_lines, batch_sections
from organiser_tui.store.call_lists import call_list_named, call_lists, make_call_list
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.contacts import log_contact
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.person import person_card
from organiser_tui.store.providers import add_provider
from organiser_tui.tui.dialogs.confirm import Confirm
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.drawing.person import standing_line
from organiser_tui.tui.pages.history import HistoryPage
from tests.tui.campaigns import app_of, demo_campaign
from tests.tui.test_people_page import ana_and_eva, people_page
from tests.tui.waiting import on_screen, said, wait_for


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    with ana_and_eva(tmp_path) as made:
        yield made


def standing_of(campaign: Campaign, person: int) -> str:
    """The line of her standing."""
    card = person_card(campaign, person)
    assert card is not None
    return standing_line(card, campaign.today()).plain


async def test_taking_back_an_undo_asks_and_says_that_it_holds_again(campaign: Campaign) -> None:
    """It put “do not contact” in force again without a question, and said “Taken back”."""
    (called, *_others) = first_people(campaign, PeopleQuery(), 2)
    log_contact(campaign, ContactDraft(called, "do not contact", do_not_contact="all"))
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await pilot.press("z")
        await wait_for(pilot, lambda: "↶ " in on_screen(pilot.app.screen), "the sign of what was taken back")
        await pilot.press("home", "z")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        assert "Do again what was taken back" in on_screen(pilot.app.screen)
        await pilot.press("y")
        await wait_for(pilot, lambda: "Holds again" in on_screen(pilot.app.screen), "what is true now")
    card = person_card(campaign, called)
    assert card is not None and card.do_not_contact == "all"


def test_whoever_cannot_be_called_is_not_left_to_call(campaign: Campaign) -> None:
    """29 were left on the list, and its sheet had 27: no list could come to its end."""
    ana, eva = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Evening"), [ana, eva])
    log_contact(campaign, ContactDraft(ana, "disconnected", list_id=made))
    (row,) = call_lists(campaign)
    assert (row.targets, row.left, row.blocked) == (2, 1, 1)
    assert call_list_named(campaign, "Evening") == row


async def test_who_left_the_work_is_told_as_that_on_a_list(campaign: Campaign) -> None:
    """She stood there as “refused”."""
    ana, eva = first_people(campaign, PeopleQuery(), 2)
    made = make_call_list(campaign, CallListDraft("Evening"), [ana, eva])
    log_contact(campaign, ContactDraft(ana, "left the work", list_id=made))
    async with app_of(campaign).run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "p")
        await wait_for(pilot, lambda: "left the work" in on_screen(pilot.app.screen), "what came of it")
        assert "refused" not in on_screen(pilot.app.screen)


async def test_three_digits_of_a_number_say_that_it_takes_more(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await pilot.press("/", *"789")
        await wait_for(pilot, lambda: "it takes 4 digits" in on_screen(page), "how many")


def test_what_she_said_to_signing_stands_beside_that_she_was_asked(campaign: Campaign) -> None:
    """She had said yes, and her standing was “asked to sign”."""
    (ana, *_others) = first_people(campaign, PeopleQuery(), 2)
    log_contact(campaign, ContactDraft(ana, "talked", ask=AskDraft("sign", "yes")))
    assert standing_of(campaign, ana).startswith("asked to sign: yes")


def test_a_remark_leads_to_the_person_it_is_about(campaign: Campaign, tmp_path: Path) -> None:
    """Enter did nothing there, and the number to be mended was hers."""
    path = tmp_path / "list.csv"
    path.write_text("Ime;Telefon\nCveta Zupan;041 12a 456\n;\nAna Kos;+38641123456\n", encoding="utf-8")
    report = import_file(campaign, path)
    assert report.batch is not None
    sections = batch_sections(campaign, report.batch)
    ((remark, line),) = batch_lines(campaign, sections["remark"]).items()
    assert (line.kind, line.name, remark) == ("remark", "Cveta Zupan", sections["remark"][0])
    assert [known.name for known in batch_lines(campaign, sections["known"]).values()] == ["Ana Kos"]


async def test_one_key_makes_a_list_of_everybody_whom_nobody_has_reached(tmp_path: Path) -> None:
    """It took a mark on each of four rows, and the name of the list had three of them."""
    demo = demo_campaign(tmp_path, people=300, contacts=600)
    add_provider(demo, "Nobody is known here")
    async with app_of(demo).run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "L")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, NewList), "it is made")
    people = demo.connection.execute(
        "SELECT count(DISTINCT f.person_id) FROM person_figures f JOIN employment e ON e.person_id = f.person_id"
        " WHERE e.gone_by IS NULL AND (e.from_day IS NULL OR e.from_day <= ?1) AND (e.to_day IS NULL OR e.to_day >= ?1)"
        " AND NOT EXISTS (SELECT 1 FROM provider_figures g WHERE g.provider_id = e.provider_id AND g.region_code = '*'"
        " AND g.reached > 0)",
        (demo.today().isoformat(),),
    ).fetchone()[0]
    assert call_list_named(demo, "Nobody reached yet").targets == people > 0
    demo.close()


async def test_a_list_taken_back_from_the_history_names_who_stays(campaign: Campaign, tmp_path: Path) -> None:
    """It said “Taken back” alone: all of them had been called since, and stood there as before."""
    (tmp_path / "vrba.csv").write_text("Name,Phone\nCilka Kos,041 700 020\n", encoding="utf-8")
    import_file(campaign, tmp_path / "vrba.csv")
    (cilka,) = first_people(campaign, PeopleQuery(words="Cilka"), 1)
    log_contact(campaign, ContactDraft(cilka, "talked"))
    async with app_of(campaign).run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("8", "h")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HistoryPage), "the history")
        await pilot.press("j", "z")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Confirm), "the question")
        await pilot.press("y")
        await wait_for(
            pilot, lambda: any("1 worked with since stay: Cilka Kos" in one for one in said(pilot)), "who stays"
        )
