"""Groups: made, joined and left; the meeting that comes next, and whose turn it is to lead it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.rotation import whose_turn
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.events import EventDraft, cancel_event, make_event
from organiser_tui.store.history import undo_last
from organiser_tui.store.meetings import (
    GroupDraft,
    join_group,
    leave_group,
    make_group,
    meeting_groups,
    members_today,
    next_meeting,
)
from organiser_tui.store.organisers import add_organiser, organisers
from tests.store.building import Builder


def on_day(campaign: Campaign, ahead: int) -> str:
    return (campaign.today() + timedelta(days=ahead)).isoformat()


def meeting(campaign: Campaign, group: int, ahead: int, led_by: int | None) -> int:
    starts = f"{on_day(campaign, ahead)}T17:30"
    return make_event(campaign, EventDraft("meet-up", "Coffee", starts, "Kranj", facilitator_id=led_by, group_id=group))


def test_a_group_is_made_joined_and_left(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    group = make_group(campaign, GroupDraft("Night shifts", build.provider("Lipa")))
    assert join_group(campaign, group, [maja, eva, maja]) == 2
    assert join_group(campaign, group, [maja]) == 0
    leave_group(campaign, group, eva)
    assert members_today(campaign, group) == [maja]
    (row,) = meeting_groups(campaign)
    assert (row.name, row.where, row.rhythm_days, row.members, row.last, row.next) == (
        "Night shifts", "Lipa", 14, 1, "", "",
    )  # fmt: skip
    with pytest.raises(OrganiserError, match="does not belong"):
        leave_group(campaign, group, eva)
    undo_last(campaign)
    assert members_today(campaign, group) == [maja, eva]
    assert faults_of(campaign) == []


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (GroupDraft("  "), "needs a name"),
        (GroupDraft("x" * 121), "120 letters"),
        (GroupDraft("A", rhythm_days=0), "1 to 366 days"),
        (GroupDraft("NIGHT shifts"), "already"),
        (GroupDraft("B", provider_id=7), "provider is no longer"),
    ],
)
def test_a_group_that_does_not_hold_together_is_refused(campaign: Campaign, draft: GroupDraft, words: str) -> None:
    make_group(campaign, GroupDraft("Night shifts"))
    with pytest.raises(OrganiserError, match=words):
        make_group(campaign, draft)
    assert len(meeting_groups(campaign)) == 1


def test_the_next_meeting_follows_from_the_last_and_from_whose_turn_it_is(campaign: Campaign) -> None:
    add_organiser(campaign, "Rok")
    able = [organiser.id for organiser in organisers(campaign)]
    group = make_group(campaign, GroupDraft("Coffee"))
    first = next_meeting(campaign, group)
    assert (first.kind, first.name, first.starts) == ("meeting", "Coffee", on_day(campaign, 14))
    assert first.facilitator_id == able[0]
    for n, who in enumerate(reversed(able)):
        meeting(campaign, group, -5 - 14 * n, who)
    proposed = next_meeting(campaign, group)
    assert (proposed.kind, proposed.starts, proposed.place) == ("meet-up", f"{on_day(campaign, 9)}T17:30", "Kranj")
    assert proposed.facilitator_id == able[0], "who led longest ago"
    off = meeting(campaign, group, 9, able[0])
    cancel_event(campaign, off)
    assert next_meeting(campaign, group) == proposed, "what was called off was nobody's turn"
    meeting(campaign, group, 9, able[0])
    assert next_meeting(campaign, group).facilitator_id == able[1]


def test_a_group_that_has_not_met_for_long_meets_next_in_its_rhythm(campaign: Campaign) -> None:
    group = make_group(campaign, GroupDraft("Coffee", rhythm_days=7))
    meeting(campaign, group, -30, None)
    assert next_meeting(campaign, group).starts[:10] == on_day(campaign, 5)
    meeting(campaign, group, -7, None)
    assert next_meeting(campaign, group).starts[:10] == on_day(campaign, 7), "today's was not made: the next is"


@given(st.lists(st.tuples(st.dates().map(str), st.integers(1, 4))), st.lists(st.integers(1, 5), unique=True))
def test_nobody_leads_twice_before_everybody_has_led(led: list[tuple[str, int]], able: list[int]) -> None:
    turn = whose_turn(led, able)
    if turn is None:
        assert able == []
        return
    last = {who: max([day for day, other in led if other == who], default="") for who in able}
    assert last[turn] == min(last.values())
