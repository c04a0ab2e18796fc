"""Whom "known" counts: one rule in domain, one condition in SQL, the same for every kind of person."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import NamedTuple

import pytest

from organiser_tui.domain.reach import counts_as_known
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import UNCOUNTED
from organiser_tui.store.providers import campaign_totals, people_uncounted
from tests.store.building import Builder


class Kind(NamedTuple):
    """What decides whether somebody counts."""

    work: str
    position: str
    left_work_on: str | None
    deceased: int

    @property
    def counts(self) -> bool:
        """As the design words it: assistants who work, but for managers and owners."""
        return self in (
            Kind("assistant", "worker", None, 0),
            Kind("assistant", "coordinator", None, 0),
        )

    @property
    def why(self) -> str:
        """Why she does not count, the first reason there is."""
        if self.deceased or self.left_work_on:
            return "deceased" if self.deceased else "left the work"
        return "position" if self.position in ("manager", "owner") else self.work


KINDS = [
    Kind(*kind)
    for kind in product(
        ("assistant", "neighbouring service", "other"),
        ("worker", "coordinator", "manager", "owner"),
        (None, "2026-01-01"),
        (0, 1),
    )
]


@pytest.fixture
def people(campaign: Campaign, build: Builder) -> dict[int, Kind]:
    """One person of every kind, all of them at one provider."""
    provider = build.provider()
    return {build.person(str(n), provider, **kind._asdict()): kind for n, kind in enumerate(KINDS)}


def test_whom_known_counts_is_the_same_in_the_figures_and_in_sql(
    campaign: Campaign, build: Builder, people: dict[int, Kind]
) -> None:
    """The rule stood in four places: one that forgot the owners would have gone unseen."""
    counted = {person for person, kind in people.items() if kind.counts}
    for kind in KINDS:
        rule = counts_as_known(
            kind.work, kind.position, left_work=kind.left_work_on is not None, deceased=bool(kind.deceased)
        )
        assert rule == kind.counts, kind
    for sql in ("SELECT person_id FROM reach WHERE known = 1", f"SELECT id FROM person WHERE NOT {UNCOUNTED}"):
        assert {row[0] for row in campaign.connection.execute(sql)} == counted
    assert campaign_totals(campaign).known == len(counted)


def test_a_tie_to_somebody_who_is_not_known_leaves_her_isolated(
    campaign: Campaign, build: Builder, people: dict[int, Kind]
) -> None:
    for person, kind in people.items():
        friend = build.person("Eva", whom_asked_on="2026-11-01")
        build.tie(friend, person)
        assert build.figure(friend, "isolation") == ("connected" if kind.counts else "isolated"), kind


def test_the_board_says_why_each_is_not_counted(campaign: Campaign, people: dict[int, Kind]) -> None:
    assert people_uncounted(campaign) == Counter(kind.why for kind in KINDS if not kind.counts)
    (made,) = campaign.connection.execute("SELECT sql FROM sqlite_master WHERE name = 'person_uncounted'").fetchone()
    assert made.split(" WHERE ")[1] == f"gone_by IS NULL\n    AND {UNCOUNTED}"
    found = campaign.connection.execute(  # refused where the index does not hold all of them
        f"SELECT count(*) FROM person INDEXED BY person_uncounted WHERE gone_by IS NULL AND {UNCOUNTED}"
    )
    assert found.fetchone() == (sum(not kind.counts for kind in KINDS),)
