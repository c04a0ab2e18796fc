"""The search over words: whatever is typed finds whom a plain look at the words finds, and never ends in an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import search_terms, search_words
from organiser_tui.domain.phones import search_beginnings
from organiser_tui.exchange.demo import Plan
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.exchange.importing import import_file
from organiser_tui.exchange.plain import query_of
from organiser_tui.store.campaign import Campaign, open_campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.people import PeopleQuery, first_people, people_ids
from tests.store.building import Builder, Clock, organiser_named
from tests.tui.campaigns import evening


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campaign]:
    folder = tmp_path_factory.mktemp("search")
    made = make_demo(folder / "demo.campaign", Plan("SI", date(2026, 11, 21), people=150, contacts=300), evening)
    yield made
    made.close()


def found_plainly(campaign: Campaign, query: str) -> set[int]:
    terms = search_terms(query)
    rows = campaign.connection.execute("SELECT id, name || ' ' || work || ' ' || numbers FROM person_search")
    begin = [search_beginnings(term) for term in terms]
    return {i for i, words in rows if all(any(word.startswith(how) for word in words.split()) for how in begin)}


@pytest.mark.parametrize(
    "query",
    [
        "no/",
        "no/d",
        "nov/ak",
        "a.b",
        "zavod_",
        "'",
        '"',
        "041/000",
        "*",
        "a*b",
        "(",
        "NEAR(a b)",
        "a OR b",
        "-a",
        "w" * 60_000,
    ],
)
def test_a_sign_in_the_search_does_not_end_the_program(campaign: Campaign, query: str) -> None:
    everybody = {i for chunk in people_ids(campaign, PeopleQuery(words=query)) for i in chunk}
    assert everybody == found_plainly(campaign, query)
    assert set(first_people(campaign, PeopleQuery(words=query), 1000)) == everybody


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=8) | st.text("anovkz0413 /.-", min_size=1, max_size=6))
def test_whatever_is_typed_finds_whom_a_plain_look_finds(campaign: Campaign, query: str) -> None:
    everybody = [i for chunk in people_ids(campaign, PeopleQuery(words=query)) for i in chunk]
    assert set(everybody) == found_plainly(campaign, query)
    assert len(everybody) == len(set(everybody))
    assert set(first_people(campaign, PeopleQuery(words=query), 1000)) == set(everybody)


@pytest.mark.parametrize("digits", [4, 5, 6, 7])
def test_who_knows_only_the_end_of_a_number_finds_her(campaign: Campaign, digits: int) -> None:
    for e164, person in campaign.connection.execute(
        "SELECT e164, person_id FROM phone WHERE gone_by IS NULL AND e164 IS NOT NULL LIMIT 20"
    ).fetchall():
        query = PeopleQuery(words=e164[-digits:])
        everybody = {i for chunk in people_ids(campaign, query) for i in chunk}
        assert person in everybody
        assert everybody == found_plainly(campaign, query.words) == set(first_people(campaign, query, 1000))


def test_the_end_of_a_number_in_groups_beside_a_name(campaign: Campaign) -> None:
    e164, person, family = campaign.connection.execute(
        "SELECT t.e164, p.id, p.family FROM phone t JOIN person p ON p.id = t.person_id WHERE t.gone_by IS NULL LIMIT 1"
    ).fetchone()
    words = f"{family} {e164[-6:-3]} {e164[-3:]}"
    assert first_people(campaign, PeopleQuery(words=words), 10) == [person]


def test_an_address_is_found_by_its_parts() -> None:
    assert search_words("Ana.Novak@Example.org") == "ana novak example org"
    assert search_words("Čuk-Žagar") == "cuk zagar"


def test_who_comes_in_beside_somebody_whose_words_change_is_found(path: Path, clock: Clock) -> None:
    """A rated newcomer of a provider was lost to the search where the same list gave a colleague another number."""
    opened = open_campaign(path, clock)
    build = Builder(opened)
    opened.organiser_id = organiser_named(opened, "Ana")
    lipa = build.provider("Zavod Lipa")
    ema = build.person("Ema", lipa)
    with opened.write(DeedKind.CHANGE_PERSON) as deed:
        number = deed.insert("phone", person_id=ema, e164="+38641550169", written="041 550 169")
        jan = deed.insert("person", given="Jan", family="Zor")
        deed.insert("employment", person_id=jan, provider_id=lipa)
        deed.insert("assessment", person_id=jan, day="2026-11-19", rating=3)
    assert number
    assert {i for chunk in people_ids(opened, PeopleQuery(words="lipa")) for i in chunk} == {ema, jan}
    assert list(faults_of(opened)) == []
    opened.close()


def test_after_a_list_has_come_in_the_index_gathers_as_little_as_before(campaign: Campaign, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Ime,Priimek\nZora,Kos\n", encoding="utf-8")
    import_file(campaign, file)
    held = dict(campaign.connection.execute("SELECT k, v FROM person_fts_config"))
    assert (held["hashsize"], held["automerge"]) == (1 << 20, 16)
    assert faults_of(campaign) == []


def test_words_that_are_joined_are_a_filter_on_the_command_line_too(campaign: Campaign) -> None:
    """“not novak” found nobody, and said nothing."""

    def asked(text: str) -> set[int]:
        return {i for chunk in people_ids(campaign, query_of(text)) for i in chunk}

    ana, novak = found_plainly(campaign, "ana"), found_plainly(campaign, "novak")
    assert ana and novak
    assert asked("(ana) or (novak)") == ana | novak
    assert asked("not novak") == asked("") - novak
    assert asked("(041) 000") == found_plainly(campaign, "041000")


@pytest.mark.parametrize(
    ("query", "why"), [("(", "no letter"), ("\U0001f600", "no letter"), ("name:" + "w" * 60_000, "too long")]
)
def test_what_cannot_be_looked_for_is_said_and_finds_not_everybody(query: str, why: str) -> None:
    """Everybody was printed; and a word without end was told as damage to the file."""
    with pytest.raises(OrganiserError, match=why):
        query_of(query)
