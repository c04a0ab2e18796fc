"""What a group is warned of, told from its events; and who came before and stayed away."""

from __future__ import annotations

import pytest

from organiser_tui.domain.demands import ReprisalDraft
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.momentum import Sign
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventDraft, cancel_event, check_in, make_event
from organiser_tui.store.groups import falling_groups, group_row, members, stayed_away
from organiser_tui.store.reprisals import log_reprisal
from tests.store.building import Builder, Clock


@pytest.fixture
def lipa(build: Builder) -> int:
    return build.provider("Lipa")


@pytest.fixture
def nights(build: Builder, lipa: int) -> int:
    """A group at Lipa that meets every week."""
    return build.insert("meeting_group", name="Nights", provider_id=lipa, rhythm_days=7)


def meet(campaign: Campaign, build: Builder, group: int, people: list[int], *, demand: int | None = 1) -> int:
    """A meeting of today with those who came to it."""
    event = make_event(campaign, EventDraft("meeting", "Nights", f"{campaign.today().isoformat()}T18:00"))
    build.change("event", event, group_id=group, demand_made=demand)
    for person in people:
        check_in(campaign, event, person)
    return event


def signs(campaign: Campaign) -> list[Sign]:
    """What the one group is warned of now."""
    return [warned.sign for line in falling_groups(campaign) for warned in line.warnings]


def test_six_meetings_that_fade_after_management_turns_hostile(
    campaign: Campaign, build: Builder, clock: Clock, lipa: int, nights: int
) -> None:
    """11, 10, hostile, 9: nothing yet; 6 is a fall of a third after hostility; 5 and 4 fall twice."""
    people = [build.person(f"P{n}", lipa) for n in range(11)]
    told: list[list[Sign]] = []
    for week, came in enumerate((11, 10, 9, 6, 5, 4)):
        if week == 2:
            day = campaign.today().isoformat()
            build.insert("stance", provider_id=lipa, stance="hostile", day=day)
        meet(campaign, build, nights, people[:came])
        told.append(signs(campaign))
        clock.forward(days=7)
    fell = Sign.TWO_FALLS
    assert told == [[], [], [], [Sign.HOSTILE_FALL, fell], [fell], [fell]]
    assert falling_groups(campaign)[0].came == (11, 10, 9, 6, 5, 4)


def test_a_group_that_goes_nine_eight_seven_is_not_warned_of(
    campaign: Campaign, build: Builder, clock: Clock, lipa: int, nights: int
) -> None:
    people = [build.person(f"P{n}", lipa) for n in range(9)]
    build.insert("stance", provider_id=lipa, stance="hostile", day=campaign.today().isoformat())
    for came in (9, 8, 7):
        meet(campaign, build, nights, people[:came])
        assert signs(campaign) == []
        clock.forward(days=7)
    assert falling_groups(campaign) == []
    clock.forward(days=1)
    assert signs(campaign) == [Sign.RHYTHM]


@pytest.mark.parametrize("how", ["reprisal there", "reprisal to a member", "stance since mended", "nothing"])
def test_what_counts_as_recorded_hostility(
    campaign: Campaign, build: Builder, clock: Clock, lipa: int, nights: int, how: str
) -> None:
    people = [build.person(f"P{n}", lipa) for n in range(10)]
    meet(campaign, build, nights, people)
    clock.forward(days=3)
    day = campaign.today().isoformat()
    if how == "reprisal there":
        log_reprisal(campaign, ReprisalDraft(build.person("Far"), "lost her shifts", day, provider_id=lipa))
    elif how == "reprisal to a member":
        build.insert("group_member", group_id=nights, person_id=people[9])
        log_reprisal(campaign, ReprisalDraft(people[9], "lost her shifts", day))
    elif how == "stance since mended":
        build.insert("stance", provider_id=lipa, stance="hostile", day=day)
        clock.forward(days=1)
        build.insert("stance", provider_id=lipa, stance="neutral", day=campaign.today().isoformat())
    clock.forward(days=3)
    meet(campaign, build, nights, people[:7])
    assert signs(campaign) == ([Sign.HOSTILE_FALL] if how.startswith("reprisal") else [])


def test_a_meeting_that_is_called_off_without_a_next_date_warns_the_same_day(
    campaign: Campaign, build: Builder, clock: Clock, nights: int
) -> None:
    meet(campaign, build, nights, [build.person()])
    clock.forward(days=1)
    ahead = build.event("2026-12-20T18:00", group_id=nights)
    assert signs(campaign) == []
    cancel_event(campaign, ahead)
    assert signs(campaign) == [Sign.CANCELLED]
    build.event("2026-12-27T18:00", group_id=nights)
    assert signs(campaign) == []


def test_a_demand_of_any_kind_ends_the_warning_of_three_meetings_without_one(
    campaign: Campaign, build: Builder, clock: Clock, nights: int
) -> None:
    person = build.person()
    for _week in range(3):
        last = meet(campaign, build, nights, [person], demand=None)
        clock.forward(days=7)
    assert signs(campaign) == [Sign.NO_DEMAND]
    demand = build.insert("demand", what="paid travel", event_id=last, day="2026-11-01")
    assert signs(campaign) == []
    build.end("demand", demand)
    build.insert("agreed_action", event_id=last, person_id=person, kind="education", what="read", due="2026-12-01")
    assert signs(campaign) == [Sign.NO_DEMAND]
    build.insert("agreed_action", event_id=last, person_id=person, kind="demand", what="pay", due="2026-12-01")
    assert signs(campaign) == []


def test_whoever_came_before_and_missed_the_last_meeting_stayed_away(
    campaign: Campaign, build: Builder, clock: Clock, lipa: int, nights: int
) -> None:
    came, away, left, barred, asked = (build.person(name, lipa) for name in ("Ana", "Bea", "Cene", "Dora", "Eva"))
    for person in (came, away, left, asked):
        build.insert("group_member", group_id=nights, person_id=person)
    meet(campaign, build, nights, [came, away, left, barred])
    assert stayed_away(campaign, nights) == []
    clock.forward(days=7)
    meet(campaign, build, nights, [came, away, left, barred])
    clock.forward(days=7)
    meet(campaign, build, nights, [came])
    build.call(away, "talked", issues=("pay",))
    build.insert("barred_channel", person_id=barred, channel=None, since="2026-11-01")
    row = campaign.connection.execute("SELECT id FROM group_member WHERE person_id = ?", (left,)).fetchone()[0]
    clock.forward(days=1)
    build.change("group_member", row, to_day="2026-11-02")
    (line,) = stayed_away(campaign, nights)
    assert (line.id, line.times_came, line.last_outcome, line.task) == (
        away,
        2,
        "talked",
        "ask two colleagues about pay",
    )
    assert line.last_came < line.last_contact < campaign.today().isoformat()
    assert [person.id for person in members(campaign, nights)] == [came, away, asked]
    row = group_row(campaign, nights)
    assert (row.name, row.provider, row.rhythm_days, row.members) == ("Nights", "Lipa", 7, 3)
    assert [meeting.came for meeting in row.meetings] == [4, 4, 1]


def test_a_group_that_is_not_in_the_file_is_said_not_to_be(campaign: Campaign) -> None:
    with pytest.raises(OrganiserError, match="no longer in the file"):
        group_row(campaign, 17)
