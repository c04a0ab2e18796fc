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
        (maja, zora, "colleague", "named", contact),
        (eva, maja, "follows", "named", contact),
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


def test_somebody_new_who_is_named_twice_in_one_call_comes_in_once(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    ties = (Tie("colleague", None, "Zora Kos"), Tie("same shifts", None, "zora  kos"))
    build.call(maja, "talked", heard=Heard(ties))
    sql = "SELECT count(*), count(DISTINCT other_id) FROM connection WHERE gone_by IS NULL"
    assert tuple(campaign.connection.execute(sql).fetchone()) == (2, 1)
    (zora,) = campaign.connection.execute("SELECT id FROM person WHERE family = 'Kos'").fetchone()
    card = person_card(campaign, zora)
    assert card is not None and card.named_by == "Maja Novak"


def test_a_call_that_is_noted_late_does_not_move_back_when_she_was_asked(campaign: Campaign, build: Builder) -> None:
    maja = build.person("Maja")
    build.call(maja, "talked", heard=Heard(knows_nobody=True))
    build.call(maja, "talked", day="2026-01-05", heard=Heard(knows_nobody=True))
    (asked,) = campaign.connection.execute("SELECT whom_asked_on FROM person WHERE id = ?", (maja,)).fetchone()
    assert asked == campaign.today().isoformat()


def test_two_who_are_colleagues_are_so_once_whoever_named_the_other(campaign: Campaign, build: Builder) -> None:
    maja, eva = build.person("Maja"), build.person("Eva")
    build.call(maja, "talked", heard=Heard((Tie("colleague", eva, "Eva"), Tie("follows", eva, "Eva"))))
    build.call(eva, "talked", heard=Heard((Tie("colleague", maja, "Maja"), Tie("follows", maja, "Maja"))))
    kinds = [kind for (kind,) in campaign.connection.execute("SELECT kind FROM connection ORDER BY id")]
    assert kinds == ["colleague", "follows", "follows"]


@pytest.mark.parametrize(("typed", "given"), [("(soseda)", "soseda"), ("[Zora]", "Zora")])
def test_a_name_in_brackets_is_a_name(campaign: Campaign, build: Builder, typed: str, given: str) -> None:
    build.call(build.person("Maja"), "talked", heard=Heard((Tie("colleague", None, typed),)))
    assert campaign.connection.execute("SELECT count(*) FROM person WHERE given = ?", (given,)).fetchone()[0] == 1


@pytest.mark.parametrize("typed", ["123", "", "\u202e", "041 000 111"])
def test_what_has_no_letters_is_nobody(campaign: Campaign, build: Builder, typed: str) -> None:
    with pytest.raises(OrganiserError, match="is no name"):
        build.call(build.person("Maja"), "talked", heard=Heard((Tie("colleague", None, typed),)))
