"""Who works with the campaign: renamed, and never two of one name."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.history import undo_last
from organiser_tui.store.organisers import add_organiser, organisers, rename_organiser


def test_an_organiser_gets_another_name_and_the_old_one_back(campaign: Campaign) -> None:
    root = add_organiser(campaign, "root")
    assert rename_organiser(campaign, root, " Breda  Kos ") == "Breda Kos"
    assert "Breda Kos" in [one.name for one in organisers(campaign)]
    undo_last(campaign)
    assert "root" in [one.name for one in organisers(campaign)]


@pytest.mark.parametrize("name", ["", " ", "ana"])
def test_a_name_that_is_empty_or_somebody_elses_is_refused(campaign: Campaign, name: str) -> None:
    add_organiser(campaign, "Breda")
    if "Ana" not in [one.name for one in organisers(campaign)]:
        add_organiser(campaign, "Ana")
    breda = next(one.id for one in organisers(campaign) if one.name == "Breda")
    with pytest.raises(OrganiserError):
        rename_organiser(campaign, breda, name)
