"""What stands in a line of the board of providers beside the counts, and what a deed writes of the kept figures."""

from __future__ import annotations

from organiser_tui.domain.filter_writing import counted_at
from organiser_tui.domain.filters import parse_filter
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.diary import diary
from organiser_tui.store.organisers import choose_organiser
from organiser_tui.store.people import PeopleQuery, first_people
from organiser_tui.store.providers import estimate_headcount, log_provider, note_stance, provider_board
from organiser_tui.store.workplaces import By
from tests.store.building import Builder, Clock


def test_the_last_conversation_at_a_provider_is_that_of_the_region_where_it_was_latest(
    campaign: Campaign, build: Builder, clock: Clock
) -> None:
    lipa = build.provider()
    regions = [code for (code,) in campaign.connection.execute("SELECT code FROM region ORDER BY code LIMIT 3")]
    people = [build.person(name, lipa, region_code=code) for name, code in zip("ABC", regions, strict=True)]
    for person, organiser in ((people[1], "Maja"), (people[2], "Rok"), (people[0], "Ana")):
        clock.forward(days=1)
        choose_organiser(campaign, organiser)
        build.call(person, "talked", rating=2)
        held = [(row.last_conversation, row.last_by) for row in provider_board(campaign)]
        assert held == [(campaign.today().isoformat(), organiser)]
    by_region = provider_board(campaign, by_region=True)
    assert {row.region_code: row.last_by for row in by_region} == dict(
        zip(regions, ("Ana", "Maja", "Rok"), strict=True)
    )


def test_of_the_kept_figures_only_those_that_turn_are_written(campaign: Campaign, build: Builder) -> None:
    """Each of two dozen columns was set anew, and each of a dozen indexes with it."""
    person = build.person("Eva", build.provider())
    build.call(person, "no answer")
    statements: list[str] = []
    campaign.connection.set_trace_callback(statements.append)
    build.call(person, "no answer")
    campaign.connection.set_trace_callback(None)
    (written,) = [sql for sql in statements if sql.startswith("UPDATE person_figures SET")]
    columns = {part.split(" = ")[0].strip() for part in written.removeprefix("UPDATE person_figures SET").split(",")}
    assert {"attempts"} <= columns <= {"attempts", "last_contact", "rests_until", "rest", "turns_on"}


def test_a_provider_called_as_a_region_brings_in_nobody_else_of_that_region(campaign: Campaign, build: Builder) -> None:
    """A call list of the provider took in the whole region."""
    called, elsewhere = build.provider("Gorenjska"), build.provider("Lipa")
    there = build.person("Ana", called)
    other = build.person("Bor", elsewhere, region_code="SI042")

    def counted(what: By) -> list[int]:
        return first_people(campaign, PeopleQuery(parse_filter(counted_at(what, "Gorenjska"))), 9)

    assert (counted("provider"), counted("region")) == ([there], [other])


def test_the_history_says_of_which_provider_something_was_noted(campaign: Campaign, build: Builder) -> None:
    """“stance noted”, and nothing beside it."""
    lipa = build.provider("Lipa")
    note_stance(campaign, lipa, "hostile")
    estimate_headcount(campaign, lipa, 40)
    log_provider(campaign, lipa, "called the office")
    assert [line.what for line in diary(campaign, limit=3)] == ["Lipa", "Lipa", "Lipa"]
