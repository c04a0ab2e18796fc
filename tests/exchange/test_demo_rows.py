"""The rows of a made-up campaign: names, places and numbers that are nobody's, at any size."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from organiser_tui import reference
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.exchange.demo import Plan, made_up_campaign
from organiser_tui.exchange.fiction import fiction_ranges
from organiser_tui.store import founding
from tests.exchange.test_demo import COUNTRIES, NOON, TODAY, Campaign, batches, campaign


@pytest.fixture(params=[(country, seed) for country in COUNTRIES for seed in (1, 2, 3)], ids=str)
def demo(request: pytest.FixtureRequest) -> Campaign:
    """The campaign of the default size in each country."""
    return campaign(*request.param)


def test_names_carry_the_letters_of_the_country_and_of_those_who_came() -> None:
    names = {
        country: "".join(p["given"] + p["family"] for p in campaign(country).of["person"]) for country in COUNTRIES
    }
    assert set("čšžČŠŽđĐ") & set(names["SI"]) >= set("čšžđ")
    assert set("äöÄÖå") & set(names["FI"]) >= set("äö")
    assert {row["language"] for row in campaign("SI").of["person_language"]} >= {"bs", "sr", "sq", "sl"}
    assert {row["language"] for row in campaign("FI").of["person_language"]} >= {"sv", "ru", "et", "fi"}


def test_no_provider_is_a_real_one(demo: Campaign) -> None:
    real = {fold(row.name) for country in (*COUNTRIES, "HR") for row in reference.known_organisations(country)}
    made_up = [fold(row["name"]) for row in demo.of["provider"]]
    assert len(set(made_up)) == len(made_up)
    organisations = [row for row in demo.of["provider"] if row["kind"] not in ("private employer", "self-employed")]
    for name in (fold(row["name"]) for row in organisations):
        assert not any(name in other or other in name for other in real)


def test_private_employers_are_one_row_a_municipality_and_bear_no_persons_name() -> None:
    finland = campaign("FI")
    towns = {row.code: row.name for row in reference.municipalities("FI")}
    rows = [row for row in finland.of["provider"] if row["kind"] == "private employer"]
    assert len({row["municipality_code"] for row in rows}) == len(rows) >= 4
    assert {row["name"] for row in rows} == {
        f"Yksityiset työnantajat ({towns[row['municipality_code']]})" for row in rows
    }
    alone = [row for row in finland.of["provider"] if row["kind"] == "self-employed"]
    assert len({row["region_code"] for row in alone}) == len(alone) >= 1


def test_regions_and_municipalities_are_real(demo: Campaign) -> None:
    lies_in = {row.code: row.region_code for row in reference.municipalities(demo.plan.country)}
    for table in ("person", "employment"):
        assert all(lies_in[row["municipality_code"]] == row["region_code"] for row in demo.of[table])


def test_numbers_belong_to_nobody_and_only_families_share_one(demo: Campaign) -> None:
    phones = demo.of["phone"]
    assert all(fiction_ranges().holds(phone["e164"]) for phone in phones)
    held = Counter(phone["e164"] for phone in phones)
    shared = {phone["e164"] for phone in phones if phone["standing"] == "shared"}
    assert {number for number, count in held.items() if count > 1} == shared
    assert max(held.values()) <= 4
    assert sum(held[number] for number in shared) <= 30


def test_words_are_those_of_the_vocabularies(demo: Campaign) -> None:
    assert {c["channel"] for c in demo.of["contact"]} <= {code for code, _personal in founding.CHANNELS}
    assert {i["issue"] for i in demo.of["contact_issue"]} <= {code for code, _letter in founding.ISSUES}
    assert {a["kind"] for a in demo.of["ask"]} <= set(founding.ASK_KINDS)
    assert {e["kind"] for e in demo.of["event"]} <= set(founding.EVENT_KINDS)
    assert {p["kind"] for p in demo.of["provider"]} <= set(founding.PROVIDER_KINDS)
    assert {c["kind"] for c in demo.of["connection"]} <= set(founding.CONNECTION_KINDS)


def test_whoever_must_not_be_contacted_said_so_in_a_call_and_is_never_tried_again(demo: Campaign) -> None:
    said = {c["id"]: c for c in demo.of["contact"] if c["outcome"] == "do not contact"}
    rows = demo.of["barred_channel"]
    assert sorted(row["contact_id"] for row in rows) == sorted(said) != []
    for row in rows:
        contact = said[row["contact_id"]]
        assert (row["person_id"], row["since"]) == (contact["person_id"], contact["day"])
        assert demo.contacts[row["person_id"]][-1] is contact
    assert {row["channel"] for row in demo.of["safe_channel"]} <= {"text", "e-mail"}


def test_managers_and_owners_are_never_called(demo: Campaign) -> None:
    positions = {row["id"]: row["position"] for row in demo.of["person"]}
    assert {positions[c["person_id"]] for c in demo.of["contact"]} <= {"worker", "coordinator"}


def test_calls_go_out_only_where_there_is_a_number(demo: Campaign) -> None:
    owner = {phone["id"]: phone["person_id"] for phone in demo.of["phone"]}
    for contact in demo.of["contact"]:
        if contact["channel"] == "call":
            assert owner[contact["phone_id"]] == contact["person_id"]
    addressed = {row["person_id"] for row in demo.of["email"]}
    assert {c["person_id"] for c in demo.of["contact"] if c["channel"] == "e-mail"} <= addressed


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(("people", "contacts"), [(1, 0), (1, 10), (7, 30), (45, 200), (130, 0), (21_000, 21_000)])
def test_any_size_can_be_made(country: str, people: int, contacts: int) -> None:
    made = Campaign(Plan(country, TODAY, people=people, contacts=contacts))
    assert len(made.of["person"]) == people
    assert len(made.of["contact"]) <= contacts * 1.2 + 5
    ids = {table: {row["id"] for row in rows} for table, rows in made.of.items()}
    assert sum(map(len, ids.values())) == sum(map(len, made.of.values()))
    assert {row["person_id"] for row in made.of["contact"]} <= ids["person"]


def test_a_big_one_has_longer_numbers_that_still_belong_to_nobody() -> None:
    phones = [phone["e164"] for phone in Campaign(Plan("SI", TODAY, people=12_000, contacts=0)).of["phone"]]
    assert len(set(phones)) == len(phones) - Counter(phones).total() + len(set(phones))
    assert all(fiction_ranges().holds(number) for number in phones)


@pytest.mark.parametrize(
    ("plan", "part"),
    [
        (Plan("HR", TODAY), "not for HR"),
        (Plan("SI", TODAY, people=0), "1 to 3000000 people"),
        (Plan("SI", TODAY, people=10, contacts=101), "0 to 100 contacts"),
        (Plan("SI", TODAY, contacts=-1), "0 to 6000 contacts"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused_in_a_sentence(plan: Plan, part: str) -> None:
    with pytest.raises(OrganiserError, match=part):
        next(batches(plan))


def test_every_row_is_taken_by_the_campaign_file(tmp_path: Path) -> None:
    made = founding.found_campaign(tmp_path / "demo.db", "SI", lambda: NOON, random=Random(7))
    with made.write(DeedKind.DEMO) as deed:
        for batch in (one for batches in made_up_campaign(Plan("SI", TODAY), made.ids) for one in batches):
            deed.insert_many(batch.table, batch.columns, batch.rows)
    connection = made.connection
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    unreached = connection.execute(
        "SELECT count(*) FROM provider_figures"
        " WHERE provider_id > 0 AND region_code = '*' AND reached = 0 AND known > 0"
    )
    assert unreached.fetchone() == (4,)
    made.close()
