"""The committee on the command line: from its making to its seating, as a script does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from organiser_tui.store.campaign import open_campaign
from organiser_tui.store.organisers import choose_organiser
from tests.running import run
from tests.store.building import Builder


@pytest.fixture
def union(tmp_path: Path) -> Path:
    """Three women of one provider and region, a man of another; all on file."""
    path = tmp_path / "soa.campaign"
    assert run(tmp_path, "new", path, "--country", "SI", "--plain", "--as", "Ana").status == 0
    campaign = open_campaign(path)
    choose_organiser(campaign, "Ana")
    build = Builder(campaign)
    codes = [code for (code,) in campaign.connection.execute("SELECT code FROM region ORDER BY code LIMIT 2")]
    big, small = build.provider("Big"), build.provider("Small")
    for given, gender, provider, region in (
        ("Ana", "F", big, 0), ("Berta", "F", big, 0), ("Cita", "F", big, 0), ("Drago", "M", small, 1),
    ):  # fmt: skip
        person = build.person(given, provider, gender=gender, region_code=codes[region])
        build.card(person, "on file", "2026-01-01")
    campaign.close()
    return path


def test_an_election_from_its_making_to_its_seating(union: Path, tmp_path: Path) -> None:
    def do(*words: object) -> str:
        done = run(tmp_path, "committee", union, "Presidency", *words)
        assert done.status == 0, done.err
        return done.out

    assert do("make", 3) == "Presidency: an office with 3 seats.\n"
    for name, votes in (("Ana Novak", 30), ("Berta Novak", 20), ("Cita Novak", 10), ("Drago Novak", 5)):
        do("nominate", name)
        do("accept", name)
        assert do("votes", name, votes) == f"Presidency: {name}: {votes} votes\n"
    ballot = run(tmp_path, "committee", union, "presidency", "--json").json()
    people = {row["name"]: row["id"] for row in ballot["candidates"]}
    assert [row["elected"] for row in ballot["candidates"]] == [True, True, True, False]
    assert [row["by"] for row in ballot["rules"]] == [2, -1, -1, -1, 0]
    assert ballot["mended"] == {"leave": [people["Cita Novak"]], "move_up": [people["Drago Novak"]]}
    told = do()
    assert "at least 1/3 of 3 = 1 outside the largest employer (Big) | 0 | fails by 1\n" in told
    assert told.endswith("to mend it leaves: Cita Novak\nmoves up: Drago Novak\n")
    assert "3 are seated from 2099-01-01 until 2101-12-31" in do("seat", "mended", "2099-01-01")
    terms = run(tmp_path, "committee", union, "presidency", "--json").json()["terms"]
    assert [(term["name"], term["until"]) for term in terms] == [
        (name, "2101-12-31") for name in ("Ana Novak", "Berta Novak", "Drago Novak")
    ]
    overlap = run(tmp_path, "committee", union, "Presidency", "term", "Ana Novak", "2101-01-01", "2103-12-31")
    assert (overlap.status, overlap.out) == (1, "")
    assert overlap.err.startswith("Ana Novak holds this office from 2099-01-01 until 2101-12-31: two terms of hers")
    again = run(tmp_path, "committee", union, "Presidency", "seat", "as-voted")
    assert (again.status, again.err[:28]) == (1, "No election to this office i")
    assert "Nobody moves up" in run(tmp_path, "committee", union, "Presidency", "seat", "next").err
    assert do("end", "Ana Novak", "2100-06-30") == "Presidency: Ana Novak: until 2100-06-30\n"
    assert run(tmp_path, "committee", union).out.endswith(" | Presidency | 0/3 |  | 0\n")
    assert run(tmp_path, "check", union).status == 0


def test_what_cannot_be_done_with_an_office_is_told_in_a_sentence(union: Path, tmp_path: Path) -> None:
    def refused(*words: object) -> str:
        done = run(tmp_path, "committee", union, *words)
        assert (done.status, done.out) == (1, "")
        return done.err

    assert "no office in this campaign yet" in refused("Presidency")
    assert refused("Presidency", "crown", "Ana") == (
        "“crown” is nothing that is done with an office: make, nominate, accept, decline, votes, seat, term, end.\n"
    )
    assert refused("Presidency", "votes", "Ana") == "Write: votes PERSON NUMBER\n"
    assert refused("Presidency", "make", "many") == "“many” is no number of seats.\n"
    assert refused("Steward", "make", 1, "Nobody Ltd") == "No provider is called “Nobody Ltd”.\n"
    assert run(tmp_path, "committee", union, "Steward", "make", 1, "Small").status == 0
    assert "does not work at Small" in refused("Steward", "nominate", "Berta Novak")
    assert "has never held this office" in refused("Steward", "end", "Drago Novak", "2026-01-01")
    assert "Seat whom? as-voted, mended, next" in refused("Steward", "seat", "everybody")


def test_a_person_is_passed_to_a_chapter(union: Path, tmp_path: Path) -> None:
    passed = run(tmp_path, "chapters", union, "Berta Novak", "Maribor", "--contact", "Tine")
    assert passed.out == "Berta Novak is passed to Maribor.\n"
    (row,) = run(tmp_path, "chapters", union, "--json").json()
    assert (row["name"], row["chapter"], row["contact"]) == ("Berta Novak", "Maribor", "Tine")
    assert run(tmp_path, "chapters", union).out == " | ".join(row.values()) + "\n"
    assert "Which chapter" in run(tmp_path, "chapters", union, "Berta Novak").err
