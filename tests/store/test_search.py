"""The search over words: whatever is typed finds whom a plain look at the words finds, and never ends in an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organiser_tui.domain.folding import search_terms, search_words
from organiser_tui.exchange.demo import Plan
from organiser_tui.exchange.demo.making import make_demo
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.people import PeopleQuery, first_people, people_ids
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
    return {i for i, words in rows if all(any(word.startswith(term) for word in words.split()) for term in terms)}


@pytest.mark.parametrize(
    "query",
    ["no/", "no/d", "nov/ak", "a.b", "zavod_", "'", '"', "041/000", "*", "a*b", "(", "NEAR(a b)", "a OR b", "-a"],
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


def test_an_address_is_found_by_its_parts() -> None:
    assert search_words("Ana.Novak@Example.org") == "ana novak example org"
    assert search_words("Čuk-Žagar") == "cuk zagar"
