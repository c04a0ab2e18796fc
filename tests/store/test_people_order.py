"""The list of people at any size: every order is walked in an index, every page and every reading agree."""

from __future__ import annotations

from itertools import chain
from random import Random

import pytest

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.errand import Errand, written
from organiser_tui.store.people import (
    SORTS,
    PeopleQuery,
    count_people,
    first_people,
    first_people_within,
    last_people,
    people_ids,
    people_page,
)
from tests.store.building import Builder

NAMES = ("Žužek", "Zajc", "Novak", "Nóvak", "Čuk", "Cuk", "Đurić", "", "Novak Kos")


def everybody(campaign: Campaign, query: PeopleQuery) -> list[int]:
    return list(chain.from_iterable(people_ids(campaign, query)))


def plan_of(campaign: Campaign, sql: str) -> str:
    rows = campaign.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    return "; ".join(row[3] for row in rows)


@pytest.fixture
def crowd(campaign: Campaign, build: Builder) -> Campaign:
    """Sixty people with what lists are sorted by, and ties in all of it."""
    random = Random(5)
    providers = [build.provider(name, region) for name, region in (("Lipa", None), ("Žarek", None), ("Čas", None))]
    for number in range(60):
        person = build.person(
            random.choice(("Ana", "Maja", "Šana", "")),
            *random.sample(providers, random.randrange(3)),
            phone=None if number % 7 == 0 else "",
            family=random.choice(NAMES),
        )
        if number % 3 == 0:
            build.call(person, random.choice(("talked", "no answer", "busy")), rating=random.choice((None, 1, 3)))
        if number % 4 == 0:
            build.card(person, random.choice(("form out", "signed")), "2026-11-01")
        if number % 5 == 0:
            build.follow_up(person, f"2026-11-2{number % 10}")
    return campaign


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_no_order_of_the_list_is_sorted_at_reading(campaign: Campaign, sort: str, reverse: bool) -> None:
    asked: list[str] = []
    campaign.connection.set_trace_callback(asked.append)
    query = PeopleQuery(sort=sort, reverse=reverse)
    first_people(campaign, query, 50)
    last_people(campaign, query, 50)
    everybody(campaign, query)
    everybody(campaign, query._replace(asked=parse_filter("card:signed")))
    campaign.connection.set_trace_callback(None)
    reads = [sql for sql in asked if sql.startswith(("SELECT f.person_id", "SELECT * FROM (", "WITH"))]
    assert len(reads) == 4
    for sql in reads:
        assert "USE TEMP B-TREE" not in plan_of(campaign, sql), sql


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_first_page_last_page_and_the_whole_list_agree(crowd: Campaign, sort: str, reverse: bool) -> None:
    for asked, words in ((None, ""), ("not card:none or rating<=3", ""), (None, "nov"), ("has-phone:yes", "a")):
        query = PeopleQuery(parse_filter(asked) if asked else None, words, sort, reverse)
        ids = everybody(crowd, query)
        assert len(ids) == len(set(ids)) == count_people(crowd, query)
        assert first_people(crowd, query, 9) == ids[:9]
        assert first_people_within(crowd, query, 9, seconds=30) == ids[:9]
        if not query.by_name:
            assert last_people(crowd, query, 9) == ids[-9:]
            assert ids == sorted(everybody(crowd, PeopleQuery(query.asked, words)), key=place_in(crowd, query).index)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_an_order_is_that_of_its_columns_wherever_those_stand_of_whom_nothing_is_said(
    crowd: Campaign, sort: str, reverse: bool
) -> None:
    direction = "DESC" if reverse else "ASC"
    columns = ", ".join(f"+{column} {direction}" for column in SORTS[sort])
    plainly = crowd.connection.execute(f"SELECT f.person_id FROM person_figures f ORDER BY {columns}")
    assert everybody(crowd, PeopleQuery(sort=sort, reverse=reverse)) == [row[0] for row in plainly]


def place_in(campaign: Campaign, query: PeopleQuery) -> list[int]:
    """Everybody in the order of `query`, without its filter and words."""
    return everybody(campaign, PeopleQuery(sort=query.sort, reverse=query.reverse))


def test_names_stand_in_slovenian_order_whoever_has_none_by_the_other_name(crowd: Campaign) -> None:
    ids = everybody(crowd, PeopleQuery())
    page = people_page(crowd, ids)
    families = [page[person].family.replace("ó", "o") for person in ids if page[person].family]
    assert list(dict.fromkeys(families)) == ["Cuk", "Čuk", "Đurić", "Novak", "Novak Kos", "Zajc", "Žužek"]


def test_a_question_that_takes_too_long_is_given_up(crowd: Campaign) -> None:
    with crowd.write(DeedKind.CHANGE_PERSON) as deed:
        ids = crowd.ids.block(2000)
        deed.insert_many("person", ("id", "family"), [(person, "Novak") for person in ids])
    assert first_people_within(crowd, PeopleQuery(parse_filter("note:nosuch")), 9, seconds=0.0) is None
    assert first_people(crowd, PeopleQuery(parse_filter("card:signed")), 1)


def test_a_question_can_be_called_off_before_and_while_it_is_asked(crowd: Campaign) -> None:
    early = Errand(crowd)
    early.stop()
    assert early.run(lambda twin: 1) is None
    late = Errand(crowd)

    def ask(twin: Campaign) -> int:
        late.stop()
        return count_people(twin)

    assert late.run(ask) is None
    late.stop()
    assert Errand(crowd).run(count_people) == 60


def test_every_write_shows_whoever_wrote(crowd: Campaign, build: Builder) -> None:
    before = written(crowd)
    assert written(crowd) == before
    build.person()
    own = written(crowd)
    assert own != before
    other = crowd.another()
    with other.write(DeedKind.CHANGE_PERSON) as deed:
        deed.insert("person", family="Zajc")
    other.close()
    assert written(crowd) != own


def test_the_number_that_the_digits_find_is_told_the_called_one_before_others(
    campaign: Campaign, build: Builder
) -> None:
    two = build.person("Two", phone="+38670111222")
    build.phone(two, "+38670111333")
    none = build.person("None", phone=None)

    def found(*sought: str) -> tuple[str, str]:
        page = people_page(campaign, [two, none], sought)
        return page[two].number_found, page[none].number_found

    assert found() == found("two") == ("", "")
    assert found("070111") == ("+38670111222", "")
    assert found("two", "070111333") == found("1333") == ("+38670111333", "")
    assert found("070999") == ("", "")
