"""What else was heard in a call is saved with it, and taken back with it."""

from __future__ import annotations

import pytest

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.heard import Heard, Tie
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.check import faults_of
from organiser_tui.store.history import undo_last
from organiser_tui.store.person import person_card
from tests.store.building import Builder


def test_a_name_that_is_given_in_a_call_comes_in_and_ties_both(campaign: Campaign, build: Builder) -> None:
    lipa, hrast = build.provider("Lipa"), build.provider("Hrast")
    maja, eva = build.person("Maja", lipa), build.person("Eva", hrast)
    heard = Heard(
        (Tie("colleague", None, "Zora Kos"), Tie("follows", eva, "Eva", reverse=True)),
        languages=("hr", "sl"),
        skills=("drives", "Drives"),
        for_next="ask about the shifts",
        agreed="We keep your name.",
    )
    contact = build.call(maja, "talked", heard=heard)
    sql = "SELECT person_id, other_id, kind, source, contact_id FROM connection ORDER BY id"
    ties = [tuple(row) for row in campaign.connection.execute(sql)]
    zora = campaign.connection.execute("SELECT id FROM person WHERE given = 'Zora' AND family = 'Kos'").fetchone()[0]
    assert ties == [
        (maja, zora, "colleague", "named by Maja Novak", contact),
        (eva, maja, "follows", "named by Maja Novak", contact),
    ]
    card = person_card(campaign, maja)
    assert card is not None
    assert (card.next_note, set(card.languages), card.skills) == ("ask about the shifts", {"hr", "sl"}, ("drives",))
    assert build.figure(maja, "isolation") == "connected"
    assert build.figure(maja, "last_conversation") == campaign.today().isoformat()  # a tie is something learned
    ground = campaign.connection.execute("SELECT ground, wording, day FROM ground WHERE voided_by IS NULL").fetchone()
    assert tuple(ground) == ("agreed", "We keep your name.", campaign.today().isoformat())
    assert faults_of(campaign) == []
    undo_last(campaign)
    for table in ("connection", "skill", "person_language"):
        assert campaign.connection.execute(f"SELECT count(*) FROM {table} WHERE gone_by IS NULL").fetchone()[0] == 0
    assert campaign.connection.execute("SELECT count(*) FROM person WHERE gone_by IS NULL").fetchone()[0] == 2
    assert build.figure(maja, "isolation") == "not asked"


def test_who_knows_nobody_is_isolated_from_then_on(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(knows_nobody=True))
    assert build.figure(maja, "isolation") == "isolated"


def test_a_tie_that_is_known_is_not_made_twice_and_one_to_nobody_saves_nothing(
    campaign: Campaign, build: Builder
) -> None:
    maja, eva, gone = build.person("Maja"), build.person("Eva"), build.person("Gone")
    for _time in range(2):
        build.call(maja, "talked", heard=Heard((Tie("colleague", eva, "Eva"),)))
    assert campaign.connection.execute("SELECT count(*) FROM connection").fetchone()[0] == 1
    build.end("person", gone)
    before = build.figure(maja, "attempts")
    with pytest.raises(OrganiserError):
        build.call(maja, "talked", heard=Heard((Tie("colleague", gone, "Gone"),)))
    assert build.figure(maja, "attempts") == before
