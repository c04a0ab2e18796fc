"""The list of people by keys alone: what is pressed, what stands on the screen, and the rows in the file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.people import EmploymentDraft, PersonDraft, PhoneDraft
from organiser_tui.domain.phones import PhoneRead
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.entering import save_person
from organiser_tui.store.people import PeopleQuery, people_ids, search_people
from organiser_tui.tui.dialogs.choose import Choose
from organiser_tui.tui.dialogs.help import HelpScreen
from organiser_tui.tui.dialogs.new_list import NewList
from organiser_tui.tui.pages.calls import CallsPage
from organiser_tui.tui.pages.in_call import InCallPage
from organiser_tui.tui.pages.people import PeoplePage
from organiser_tui.tui.pages.person import PersonPage
from tests.tui.campaigns import app_of, demo_campaign, empty_campaign
from tests.tui.waiting import on_screen, wait_for

HOSTILE = "Ne[/b]ja\x1b[31m\u202e" + "Ž" * 290


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    made = demo_campaign(tmp_path, people=300, contacts=600)
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Campaign]:
    made = empty_campaign(tmp_path)
    yield made
    made.close()


def entered(campaign: Campaign, given: str, family: str, provider: str = "Lipa", number: str = "") -> int:
    """Somebody with an employment and a number."""
    phones = (PhoneDraft(PhoneRead(number, "", number, "")),) if number else ()
    return save_person(campaign, PersonDraft(given, family, phones, employments=(EmploymentDraft(provider),)))


@contextmanager
def ana_and_eva(folder: Path) -> Iterator[Campaign]:
    """A campaign of two people with a number each."""
    campaign = empty_campaign(folder)
    entered(campaign, "Ana", "Kos", number="+38641123456")
    entered(campaign, "Eva", "Novak", number="+38641123457")
    yield campaign
    campaign.close()


@asynccontextmanager
async def people_page(
    campaign: Campaign, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[Any], PeoplePage]]:
    """The People page with everybody read."""
    async with app_of(campaign).run_test(size=size, notifications=True) as pilot:
        await pilot.press("3")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PeoplePage), "People")
        page = pilot.app.screen
        assert isinstance(page, PeoplePage)
        await read(pilot, page)
        yield pilot, page


async def read(pilot: Pilot[Any], page: PeoplePage) -> None:
    """Until everybody in the list has been read."""
    await wait_for(pilot, lambda: page._complete.is_set(), "the whole list")
    await pilot.pause()


def headline(page: PeoplePage) -> str:
    return str(page.query_one("#people-headline", Static).content)


def shown(page: PeoplePage) -> list[int]:
    return page.table.ids.between(0, page.table.ids.total)


def line(page: PeoplePage, row: int) -> str:
    return page.table.render_line(row + 1).text


def asked(campaign: Campaign, query: PeopleQuery) -> list[int]:
    return [person for ids in people_ids(campaign, query) for person in ids]


async def test_everybody_stands_in_one_list_by_name_with_the_columns_that_matter(campaign: Campaign) -> None:
    async with people_page(campaign) as (_pilot, page):
        assert headline(page) == "300 people"
        assert shown(page) == asked(campaign, PeopleQuery())
        header = page.table.render_line(0).text
        assert header.split() == ["name", "▲", "provider", "card", "rating", "last", "contact"]


async def test_search_as_one_types_is_blind_to_accents_and_escape_goes_back_step_by_step(empty: Campaign) -> None:
    zuzek = entered(empty, "Špela", "Žužek", number="+38641123456")
    entered(empty, "Ana", "Kos")
    async with people_page(empty) as (pilot, page):
        await pilot.press("slash", *"zuz")
        await read(pilot, page)
        assert shown(page) == [zuzek]
        assert headline(page) == "1 of 2 people · “zuz”"
        await pilot.press("escape")
        assert page.focused is page.table and shown(page) == [zuzek]
        await pilot.press("escape")
        await read(pilot, page)
        assert len(shown(page)) == 2 and headline(page) == "2 people"
        for words in ("041 123", "+386 41 123 456", "lipa žu", "ŠPELA"):
            page.query_one("#people-search", Input).value = words
            await wait_for(pilot, lambda: shown(page) == [zuzek], words)


async def test_nobody_found_says_so_and_an_empty_campaign_says_which_key_fills_it(empty: Campaign) -> None:
    async with people_page(empty) as (pilot, page):
        assert headline(page) == "0 people"
        assert "n enters a person" in line(page, 1)
        await pilot.press("slash", *"xyz", "enter")
        await read(pilot, page)
        assert "Nobody fits" in line(page, 1)
        await pilot.press("enter", "space", "c", "e", "m")  # nobody is in hand: no key ends the program
        assert page.is_current


@pytest.mark.parametrize("column", ["provider", "rating", "last_contact", "next_due"])
async def test_sorting_by_a_column_and_by_the_same_again_the_other_way_round(campaign: Campaign, column: str) -> None:
    async with people_page(campaign) as (pilot, page):
        page._sort_by(column)
        await read(pilot, page)
        assert shown(page) == asked(campaign, PeopleQuery(sort=column))
        page._sort_by(column)
        await read(pilot, page)
        assert shown(page) == asked(campaign, PeopleQuery(sort=column, reverse=True))
        assert page.table.sorted_descending


async def test_s_offers_the_columns(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the columns")
        await pilot.press(*"prov", "enter")
        await wait_for(pilot, lambda: page.table.sorted_column == "provider", "the sort")
        await read(pilot, page)
        assert shown(page) == asked(campaign, PeopleQuery(sort="provider"))


async def test_search_within_a_filter_in_another_order(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        page._set_filter("not card:none or has-phone:yes")
        page.query_one("#people-search", Input).value = "a"
        page._sort_by("card")
        await pilot.pause()
        await read(pilot, page)
        assert shown(page) == asked(campaign, page.query_now) != []
        assert headline(page).startswith(f"{len(shown(page))} of 300 people · not card:none or has-phone:yes · “a”")
        await pilot.press("escape", "escape")
        await read(pilot, page)
        assert shown(page) == asked(campaign, PeopleQuery(sort="card"))


async def test_names_that_act_are_shown_as_marks_everywhere(empty: Campaign) -> None:
    with empty.write(DeedKind.ENTER_PERSON) as deed:  # as a file from elsewhere may hold it: nothing was cleaned
        person = deed.insert("person", given=HOSTILE, family="[red]x", next_note="[/b]\x1b[2J", call_how="\u202e[x")
        provider = deed.insert("provider", name="[/x]\x1b]52;c;aGk=\x07", folded="x", kind="unknown")
        deed.insert("employment", person_id=person, provider_id=provider, place="[b]\x9b")
        deed.insert("phone", person_id=person, e164=None, written="[0]\x1b", kind="[/]")
        deed.insert("tag", person_id=person, tag="[/tag]\x00")
    async with people_page(empty, (120, 40)) as (pilot, page):
        await wait_for(pilot, lambda: "·" in str(page.query_one("#people-pane", Static).content), "the card beside")
        assert "[red]x Ne[/b]ja␛" in line(page, 0)
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        await pilot.press("h")
        words = str(pilot.app.screen.query_one("#person-lines", Static).content)
        assert "\x1b" not in words and "person entered" in words
        await pilot.press("escape", "e")
        await pilot.pause()
        assert pilot.app.screen.query_one("#given-text", Input).value == empty_value(empty, person, "given")


def empty_value(campaign: Campaign, person: int, column: str) -> Any:
    return campaign.connection.execute(f"SELECT {column} FROM person WHERE id = ?", (person,)).fetchone()[0]


async def test_the_card_stands_beside_the_list_from_100_columns_on(campaign: Campaign) -> None:
    async with people_page(campaign, (120, 40)) as (pilot, page):
        pane = page.query_one("#people-pane", Static)
        await wait_for(pilot, lambda: str(pane.content), "the card")
        first = str(pane.content)
        await pilot.press("j", "j", "j")
        await wait_for(pilot, lambda: str(pane.content) != first, "the next card")
    async with people_page(campaign) as (_pilot, page):
        assert not page.query_one("#people-pane", Static).display


async def test_c_calls_her_now(campaign: Campaign) -> None:
    page_query = PeopleQuery(sort="name")
    async with people_page(campaign) as (pilot, page):
        page._set_filter("has-phone:yes and not do-not-contact:yes and position:worker")
        await read(pilot, page)
        await pilot.press("down", "c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, InCallPage), "the call")
        call = pilot.app.screen
        assert isinstance(call, InCallPage)
        assert call.person_id == asked(campaign, page_query._replace(asked=page.query_now.asked))[1]


async def test_a_call_list_of_those_shown_in_two_keys(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        page._set_filter("not card:none")
        await read(pilot, page)
        people = shown(page)
        await pilot.press("l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the list is made")
    row = campaign.connection.execute("SELECT id, name, filter FROM call_list ORDER BY id DESC LIMIT 1").fetchone()
    assert row[1:] == ("not card none 21 Nov", "not card:none")
    targets = campaign.connection.execute("SELECT person_id FROM target WHERE list_id = ?", (row[0],)).fetchall()
    assert {target for (target,) in targets} == set(people)


async def test_a_call_list_of_those_marked_even_where_the_search_has_moved_on(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        marked = shown(page)[:2]
        await pilot.press("space", "space")
        assert "2 marked" in headline(page)
        await pilot.press("slash", *"zz", "enter", "l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CallsPage), "the list is made")
        assert not page.table.marks
    made = campaign.connection.execute("SELECT max(id) FROM call_list").fetchone()[0]
    targets = campaign.connection.execute("SELECT person_id FROM target WHERE list_id = ?", (made,)).fetchall()
    assert {target for (target,) in targets} == set(marked)


async def test_a_list_of_nobody_is_not_made_and_nothing_is_lost(campaign: Campaign) -> None:
    lists = campaign.connection.execute("SELECT count(*) FROM call_list").fetchone()
    async with people_page(campaign) as (pilot, page):
        await pilot.press("slash", *"xyzzy", "enter", "l")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NewList), "the new list")
        await pilot.press("enter")
        message = pilot.app.screen.query_one("#new-list-message", Static)
        await wait_for(pilot, lambda: "Nobody is on this list" in str(message.content), "why not")
        await pilot.press("escape")
        assert pilot.app.screen is page
    assert campaign.connection.execute("SELECT count(*) FROM call_list").fetchone() == lists


async def test_what_another_window_writes_is_seen(empty: Campaign) -> None:
    entered(empty, "Ana", "Kos")
    async with people_page(empty) as (pilot, page):
        other = empty.another()
        entered(other, "Maja", "Zajc")
        other.close()
        await wait_for(pilot, lambda: len(shown(page)) == 2, "the other window's person")


async def test_coming_back_to_the_page_reads_nothing_unless_something_was_written(campaign: Campaign) -> None:
    async with people_page(campaign) as (pilot, page):
        await pilot.press("pagedown", "down")
        ids, person = page.table.ids, page.person_id
        await pilot.press("4", "3")
        await wait_for(pilot, lambda: pilot.app.screen is page, "People again")
        assert page.table.ids is ids and page.person_id == person
        entered(campaign, "Aaa", "Aaa")
        await pilot.press("4", "3")
        await wait_for(pilot, lambda: page.table.ids is not ids, "the new list")
        assert page.person_id == person and len(shown(page)) == 301


async def test_the_palette_finds_people_and_opens_their_page(campaign: Campaign) -> None:
    person, label = search_people(campaign, "nov")[0]
    assert "Nov" in label
    assert search_people(campaign, " ") == []
    async with app_of(campaign).run_test() as pilot:
        await pilot.app.open_person(person)  # type: ignore[attr-defined]
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PersonPage), "her page")
        page = pilot.app.screen
        assert isinstance(page, PersonPage) and page.person_id == person
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, PeoplePage)


async def test_the_last_digits_of_a_number_find_her(empty: Campaign) -> None:
    ana = entered(empty, "Ana", "Kos", number="+38641123456")
    entered(empty, "Eva", "Zajc", number="+38641123457")
    async with people_page(empty) as (pilot, page):
        await pilot.press("/", *"3456")
        await wait_for(pilot, lambda: shown(page) == [ana], "Ana alone")
        await pilot.press(*["backspace"] * 4, *"123 456")
        await wait_for(pilot, lambda: shown(page) == [ana], "Ana alone")


async def test_a_number_that_was_searched_stands_in_the_row_at_80_columns(empty: Campaign) -> None:
    """Three digits of a number found somebody, and nothing on the line said that it was hers."""
    person = entered(empty, "Maja", "Zupan", number="+38641123456")
    phones = tuple(PhoneDraft(PhoneRead(number, "", number, "")) for number in ("+38641999111", "+38640777888"))
    save_person(empty, PersonDraft("Ana", "Kos", phones, employments=(EmploymentDraft("Lipa"),)))
    async with people_page(empty) as (pilot, page):
        assert "041 123 456" not in on_screen(page)
        await pilot.press("slash", *"041 12")
        await wait_for(pilot, lambda: page.table.ids.total == 1, "one is found")
        await pilot.pause()
        assert page.person_id == person
        assert "041 123 456" in on_screen(page)
        await pilot.press("escape", "escape", "slash", *"7888")
        await wait_for(pilot, lambda: page.table.ids.total == 1 and page.person_id != person, "the other is found")
        await pilot.pause()
        assert "040 777 888" in on_screen(page)
        assert "041 999 111" not in on_screen(page)
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: page.table.ids.total == 2, "both")
        await pilot.pause()
        assert "Lipa" in on_screen(page)


async def test_help_scrolls_by_pages_and_to_its_ends_and_names_the_pages(campaign: Campaign) -> None:
    """Page down, end and home did nothing in the help, and nobody knew why some digits do nothing."""
    async with people_page(campaign) as (pilot, page):
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen), "the help")
        dialog = pilot.app.screen.query_one("#dialog")
        await pilot.press("pagedown")
        await wait_for(pilot, lambda: dialog.scroll_offset.y > 5, "one page further")
        await pilot.press("end")
        await wait_for(pilot, lambda: dialog.scroll_offset.y == dialog.max_scroll_y, "the end")
        text = str(pilot.app.screen.query_one("#help-text", Static).content)
        assert "1 Today, 2 Calls, 3 People, 4 Providers," in " ".join(text.split())
        assert "7 is kept for a page" in " ".join(text.split())
        await pilot.press("home")
        await wait_for(pilot, lambda: dialog.scroll_offset.y == 0, "the start")
        await pilot.press("escape", "7")
        assert pilot.app.screen is page


@pytest.mark.parametrize("keys", [("slash",), ("f",)])
async def test_a_long_paste_into_a_search_says_nobody_fits(campaign: Campaign, keys: tuple[str, ...]) -> None:
    """The program ended, and told to restore a backup."""
    async with people_page(campaign) as (pilot, _page):
        entered(campaign, "Maja", "Novak")
        await pilot.press(*keys)
        pilot.app.screen.post_message(events.Paste(";".join(f"w{n}" for n in range(600))))
        nobody = "0 people" if keys == ("f",) else "Nobody"
        await wait_for(pilot, lambda: nobody in on_screen(pilot.app.screen), "that nobody fits")
        assert pilot.app.is_running


def paints_of(page: PeoplePage, patched: pytest.MonkeyPatch) -> list[set[str]]:
    """Each time that the page is painted from now on: the widgets that are painted."""
    paints: list[set[str]] = []
    paint = page._compositor_refresh

    def painted() -> None:
        paints.append({type(widget).__name__ for widget in page._dirty_widgets})
        paint()

    patched.setattr(page, "_compositor_refresh", painted)
    return paints


async def test_a_letter_is_painted_together_with_what_it_finds(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those found came a sixtieth of a second after the letter."""
    async with people_page(campaign) as (pilot, page):
        await pilot.press("slash", "a", "n")
        await read(pilot, page)
        paints = paints_of(page, monkeypatch)
        await pilot.press("a")
        await wait_for(pilot, lambda: any("SafeInput" in widgets for widgets in paints), "the letter")
        assert paints[0] >= {"SafeInput", "RecordTable", "Static"}


async def test_a_page_below_a_dialog_is_not_painted_over_and_over(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with people_page(campaign) as (pilot, page):
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Choose), "the columns")
        paints = paints_of(page, monkeypatch)
        page.refresh()
        await wait_for(pilot, lambda: paints, "the page under the dialog")
        for _turn in range(20):
            await pilot.pause()
        assert len(paints) == 1
