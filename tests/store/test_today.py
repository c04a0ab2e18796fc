"""Whose Today a form that has not come back stands on: the asker's, else that of whose turf it is."""

from __future__ import annotations

import pytest

from organiser_tui.store import today
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.today import today_of
from tests.store.building import Builder, Clock, day, organiser_named


def owner_of_form(campaign: Campaign) -> tuple[str, bool]:
    """Who is named on the one form that is due, and whether it is the own."""
    (line,) = today_of(campaign).due
    assert line.kind == "form"
    return line.organiser, line.own


@pytest.fixture
def eva(campaign: Campaign, build: Builder, clock: Clock) -> int:
    """Somebody in region 041 at Lipa whose form has been out for two weeks."""
    person = build.person("Eva", build.provider("Lipa"), region_code="SI041")
    boris = organiser_named(campaign, "Boris")
    build.card(person, "form out", day(-14, clock), organiser_id=boris)
    return person


def turf(build: Builder, campaign: Campaign, holder: str, **where: object) -> int:
    return build.insert("turf", organiser_id=organiser_named(campaign, holder), **where)


def test_a_form_stands_on_the_today_of_who_asked(campaign: Campaign, build: Builder, clock: Clock, eva: int) -> None:
    turf(build, campaign, "Boris", region_code="SI041")
    build.insert("ask", person_id=eva, kind="sign", day=day(-20, clock), organiser_id=organiser_named(campaign, "Ana"))
    assert owner_of_form(campaign) == ("Ana", True)


def test_a_form_nobody_asked_for_is_the_turf_holders(campaign: Campaign, build: Builder, eva: int) -> None:
    assert owner_of_form(campaign) == ("", False)
    turf(build, campaign, "Boris", region_code="SI041")
    assert owner_of_form(campaign) == ("Boris", False)
    lipa = campaign.connection.execute("SELECT id FROM provider WHERE name = 'Lipa'").fetchone()[0]
    turf(build, campaign, "Ana", provider_id=lipa)
    assert owner_of_form(campaign) == ("Ana", True)


def test_turf_that_is_over_holds_nothing(campaign: Campaign, build: Builder, clock: Clock, eva: int) -> None:
    turf(build, campaign, "Boris", region_code="SI041", to_day=day(-1, clock))
    assert owner_of_form(campaign) == ("", False)
    turf(build, campaign, "Ana", region_code="SI042")
    assert owner_of_form(campaign) == ("", False)


def test_who_asked_and_has_left_hands_the_form_to_the_turf_holder(
    campaign: Campaign, build: Builder, clock: Clock, eva: int
) -> None:
    boris = organiser_named(campaign, "Boris")
    build.insert("ask", person_id=eva, kind="sign", day=day(-20, clock), organiser_id=boris)
    build.end("organiser", boris)
    turf(build, campaign, "Ana", region_code="SI041")
    assert owner_of_form(campaign) == ("Ana", True)


@pytest.mark.parametrize(
    ("barred", "stands"), [("", True), ("mailing list", True), ("call", True), ("call,text", True), ("all", False)]
)
def test_who_does_not_want_the_mailing_list_is_still_reminded_of_the_form(
    campaign: Campaign, build: Builder, clock: Clock, barred: str, *, stands: bool
) -> None:
    """She was on nobody's Today, though every other channel was open."""
    person = build.person("Maja", build.provider("Lipa"), barred=barred)
    build.card(person, "form out", day(-15, clock))
    assert [line.person_id for line in today_of(campaign).due] == ([person] if stands else [])
    assert bool(build.figure(person, "form_due")) == stands


def test_where_more_is_due_than_stands_on_the_page_the_own_is_there_and_it_says_so(
    campaign: Campaign, build: Builder, clock: Clock, eva: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "_LIMIT", 3)
    boris, ana = organiser_named(campaign, "Boris"), organiser_named(campaign, "Ana")
    for days in range(1, 6):
        build.insert("follow_up", person_id=eva, due=day(-days, clock), organiser_id=boris)
    own = [
        build.insert("follow_up", person_id=eva, kind=kind, due=day(-days, clock), organiser_id=ana)
        for kind, days in (("promise", 30), ("call back", 20))
    ]
    seen = today_of(campaign)
    assert [(line.own, line.due) for line in seen.due] == [
        *((True, day(-30, clock)), (True, day(-20, clock)), (False, day(0, clock)))
    ]
    assert ([line.id for line in seen.due[:2]], seen.more_due) == (own, True)

    build.insert("ask", person_id=eva, kind="sign", day=day(-20, clock), organiser_id=ana)
    assert [line.kind for line in today_of(campaign).due] == ["promise", "call back", "form"]

    build.insert("follow_up", person_id=eva, due=day(-1, clock), organiser_id=ana)
    seen = today_of(campaign)
    assert [line.due for line in seen.due] == [day(-20, clock), day(-1, clock), day(0, clock)]
    assert seen.more_due

    campaign.organiser_id = None
    assert [line.due for line in today_of(campaign).due] == [day(-1, clock), day(-1, clock), day(0, clock)]


def test_many_old_promises_do_not_hide_the_call_backs_of_this_week(
    campaign: Campaign, build: Builder, clock: Clock, eva: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "_LIMIT", 4)
    ana = organiser_named(campaign, "Ana")
    for days in range(30, 36):
        build.insert("follow_up", person_id=eva, due=day(-days, clock), organiser_id=ana)
    for days in range(1, 4):
        build.insert("follow_up", person_id=eva, kind="call back", due=day(-days, clock), organiser_id=ana)
    assert [line.due for line in today_of(campaign).due] == [day(-days, clock) for days in (30, 3, 2, 1)]
