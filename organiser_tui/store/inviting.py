"""Who of some people can be invited to an event, in which order, and who cannot. Nothing is written here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from organiser_tui.domain.inviting import invited_in_turn
from organiser_tui.store.campaign import Campaign

WHY_NOT_INVITED = (
    "CASE WHEN p.deceased THEN 'deceased' WHEN f.do_not_contact = 'all' THEN 'do not contact'"
    " WHEN p.left_work_on IS NOT NULL THEN 'left the work'"
    " WHEN p.position IN ('manager', 'owner') THEN 'position' ELSE '' END"
)
"""Why person `p` with figures `f` is invited to nothing, '' where she may be."""


class Invitable(NamedTuple):
    """Who can be invited, the first to be invited first, each with her provider; and who cannot.

    `invited` are those of each provider who are invited already, `already` how many of the people asked about are.
    """

    people: tuple[tuple[int, int], ...]
    invited: Mapping[int, int]
    already: int
    left_out: Counter[str]

    def at_most(self, most: int | None) -> list[int]:
        """The ids of those whom an invitation of at most `most` a provider (None: of all) takes."""
        return invited_in_turn(self.people, self.invited, most)


def invitable(campaign: Campaign, event_id: int, people: Sequence[int]) -> Invitable:
    """Who of `people` can be invited to an event.

    Those come first whose last invitation to anything is longest ago, who never had one before all others; then by
    name. So nobody is preferred by anybody's judgement, and the same question has the same answer.
    """
    rows = campaign.connection.execute(
        f"SELECT p.id, coalesce(f.provider_id, 0), {WHY_NOT_INVITED}, EXISTS (SELECT 1 FROM invitation i"
        " WHERE i.event_id = ?2 AND i.person_id = p.id AND i.gone_by IS NULL), coalesce((SELECT max(i.day)"
        " FROM invitation i WHERE i.person_id = p.id AND i.gone_by IS NULL), '') AS last"
        " FROM (SELECT DISTINCT value AS id FROM json_each(?1)) j CROSS JOIN person p ON p.id = j.id"
        " AND p.gone_by IS NULL JOIN person_figures f ON f.person_id = p.id ORDER BY last, f.name_key, p.id",
        (json.dumps(list(people)), event_id),
    ).fetchall()
    held = campaign.connection.execute(
        "SELECT coalesce(f.provider_id, 0), count(DISTINCT i.person_id) FROM invitation i"
        " JOIN person_figures f ON f.person_id = i.person_id WHERE i.event_id = ? AND i.gone_by IS NULL GROUP BY 1",
        (event_id,),
    )
    new = [row for row in rows if not row[3]]
    return Invitable(
        tuple((person, provider) for person, provider, why, _already, _last in new if not why),
        dict(held.fetchall()),
        len(rows) - len(new),
        Counter(why for _person, _provider, why, _already, _last in new if why),
    )
