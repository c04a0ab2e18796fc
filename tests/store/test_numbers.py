"""Which of her numbers was tried, and which is tried next."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.numbers import place_to_try
from tests.store.building import Builder, Clock
from tests.store.test_figures import assert_figures_follow

HOUR, DAY = 3600, 86400


def test_a_number_that_cannot_be_read_is_none_of_several(campaign: Campaign, build: Builder) -> None:
    """“There are several numbers: say which one it was”, and the form asked for none."""
    person = build.person(phone="+38670000001")
    build.phone(person, None, written="ask her mother")
    build.call(person, "wrong number", day=campaign.today().isoformat())
    assert build.value("phone", build.first_phone(person), "standing") == "wrong"


def test_several_numbers_are_tried_one_after_the_other(campaign: Campaign, build: Builder, clock: Clock) -> None:
    """Every evening the first of them rang in vain."""
    person = build.person()
    phones = [build.first_phone(person), *(build.phone(person, f"+3864100000{n}") for n in range(2))]
    tried = []
    for outcome in ("no answer", "busy", "no answer", "left message", "not available", "talked", "no answer"):
        place = place_to_try(campaign, person, phones)
        build.call(person, outcome, phone_id=phones[place])
        clock.forward(hours=30)
        tried.append(place)
    assert tried == [0, 1, 2, 0, 1, 2, 2]
    assert place_to_try(campaign, person, phones[:1]) == 0


@pytest.mark.parametrize(("allowed", "fits"), [(0, True), (1, False)])
def test_the_number_meant_is_the_only_one_that_may_be_called(
    campaign: Campaign, build: Builder, allowed: int, fits: bool
) -> None:
    person = build.person("Maja", phone="+38670000001", work_numbers=allowed)
    own, work = build.first_phone(person), build.phone(person, "+38612345678", kind="work")
    if not fits:
        with pytest.raises(OrganiserError, match="several numbers"):
            build.call(person, "wrong number")
        return
    build.call(person, "wrong number")
    assert (build.value("phone", own, "standing"), build.value("phone", work, "standing")) == ("wrong", None)
    build.call(person, "disconnected")
    assert build.value("phone", work, "standing") == "disconnected", "nothing else was left to call"
    assert_figures_follow(campaign)
