"""The test: of one event by provider and region, and beside the ratings that were given before."""

from __future__ import annotations

from datetime import timedelta

from organiser_tui.domain.promises import Promised, Standing
from organiser_tui.domain.tasks import TaskEnd, TaskKind
from organiser_tui.domain.tested import rated_and_did
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft, check_in, make_event
from organiser_tui.store.organisers import add_organiser, leads
from organiser_tui.store.tasks import TaskDraft, end_task, take_task
from organiser_tui.store.tested import people_beside_ratings, shown_by_event
from tests.store.building import Builder


def ago(campaign: Campaign, days: int) -> str:
    return (campaign.today() - timedelta(days=days)).isoformat()


def rate(build: Builder, campaign: Campaign, person: int, rating: int, days: int, by: int | None = None) -> None:
    build.insert(
        "assessment", person_id=person, rating=rating, day=ago(campaign, days),
        organiser_id=by or campaign.organiser_id,
    )  # fmt: skip


def task(build: Builder, campaign: Campaign, person: int, ended: str, days: int) -> None:
    held = build.insert(
        "task", person_id=person, kind="organising", taken_on=ago(campaign, 90), due=ago(campaign, days)
    )
    build.insert("task_end", person_id=person, task_id=held, how=ended, day=ago(campaign, days))


def test_an_event_is_told_by_provider_and_by_region(campaign: Campaign, build: Builder) -> None:
    lipa, breza = build.provider("Lipa", "SI041"), build.provider("Breza", "SI032")
    people = [build.person(f"P{n}") for n in range(5)]
    for n, person in enumerate(people[:4]):
        build.employment(person, lipa if n < 3 else breza, "2024-01-01")
    held = make_event(campaign, EventDraft("workshop", "Evening", f"{ago(campaign, 4)}T18:00"))
    for person in people[:4]:
        build.insert("invitation", event_id=held, person_id=person, day=ago(campaign, 9))
    for person, answer in zip(people, ("yes", "yes", "no"), strict=False):
        ask = build.insert("ask", person_id=person, kind="come", day=ago(campaign, 9), event_id=held)
        build.answer(ask, answer, ago(campaign, 8))
    for person in (people[0], people[3], people[4]):
        check_in(campaign, held, person)
    first, _second = (take_task(campaign, TaskDraft(people[n], TaskKind.STALL, event_id=held)) for n in (0, 3))
    end_task(campaign, first, TaskEnd.DONE)
    assert [tuple(row) for row in shown_by_event(campaign, held)] == [
        ("Lipa", 3, 3, 2, 1, 1, 1), ("", 0, 0, 0, 1, 0, 0), ("Breza", 1, 0, 0, 1, 1, 0),
    ]  # fmt: skip
    by_region = [tuple(row[1:]) for row in shown_by_event(campaign, held, by_region=True)]
    assert by_region == [(3, 3, 2, 1, 1, 1), (0, 0, 0, 1, 0, 0), (1, 0, 0, 1, 1, 0)]


def test_who_acted_otherwise_than_she_was_rated(campaign: Campaign, build: Builder) -> None:
    maja, eva, zora, nobody = (build.person(name) for name in ("Maja", "Eva", "Zora", "Nina"))
    rok = add_organiser(campaign, "Rok")
    rate(build, campaign, maja, 1, 60)
    task(build, campaign, maja, "not done", 20)
    rate(build, campaign, maja, 4, 10)  # she was rated anew once it was known: that is no judgement before the test
    rate(build, campaign, eva, 3, 60, by=rok)
    task(build, campaign, eva, "done", 20)
    rate(build, campaign, zora, 2, 60)
    task(build, campaign, zora, "late", 20)
    rate(build, campaign, nobody, 2, 5)
    task(build, campaign, nobody, "not done", 20)
    found = {one.name: (one.did.rating, one.did.kept, one.did.due, one.did.surprising)
             for one in people_beside_ratings(campaign, None)}  # fmt: skip
    assert found == {
        "Maja Novak": (1, 0, 1, True), "Eva Novak": (3, 1, 1, True), "Zora Novak": (2, 1, 1, False),
    }  # fmt: skip
    own = {one.name for one in people_beside_ratings(campaign, campaign.organiser_id)}
    assert own == {"Maja Novak", "Zora Novak"}, "each sees her own"


def test_only_what_was_settled_after_the_rating_counts() -> None:
    settled = [Promised("task", 0, "2026-01-01", day, how, day)
               for day, how in (("2026-02-01", Standing.KEPT), ("2026-04-01", Standing.NOT_KEPT))]  # fmt: skip
    made = rated_and_did(settled, [("2026-01-01", 3), ("2026-03-01", 2), ("2026-04-01", 5)])
    assert made is not None and (made.rating, made.kept, made.due) == (2, 0, 1)
    assert rated_and_did(settled, [("2026-04-01", 5)]) is None
    assert rated_and_did([], [("2026-01-01", 3)]) is None


def test_everybody_leads_where_nobody_is_said_to(campaign: Campaign) -> None:
    assert leads(campaign)
