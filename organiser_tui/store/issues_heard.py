"""What troubles people, counted by provider, by region or by month. A long walk: to be asked in an errand."""

from __future__ import annotations

from typing import Literal, NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.workplaces import place_of

HeardBy = Literal["provider", "region", "month"]

_MOST = 1000


class IssueHeard(NamedTuple):
    """How many named one issue at one place or in one month, how often, and how often as a grievance.

    `where` is the name of the place, '' for none known, or the month (2026-11); `key` is the id of the provider, the
    code of the region, or the month.
    """

    issue: str
    key: int | str | None
    where: str
    people: int
    times: int
    grievances: int


def issues_heard(campaign: Campaign, by: HeardBy) -> list[IssueHeard]:
    """What most people named first; of months the latest first. The first 1,000.

    Places are those where people work today: who works at two counts at both.
    """
    sql = _BY_MONTH if by == "month" else _by_place(by)
    rows = campaign.connection.execute(f"{sql} LIMIT {_MOST}")
    return [IssueHeard(*row) for row in rows]


def _by_place(by: Literal["provider", "region"]) -> str:
    place = place_of(by)
    # In the order of its index the first sum needs no sorting: what is sorted is a line a person and issue.
    named = (
        "SELECT i.issue, i.person_id, count(*) AS times, sum(i.grievance) AS grievances FROM contact_issue i"
        " WHERE i.voided_by IS NULL GROUP BY i.issue, i.person_id"
    )
    return (
        f"SELECT x.issue, x.place, coalesce({place.name}, ''), count(*), sum(x.times), sum(x.grievances)"
        f" FROM (SELECT DISTINCT n.issue, n.person_id, n.times, n.grievances, {place.key} AS place FROM ({named}) n"
        f" JOIN person p ON p.id = n.person_id AND p.gone_by IS NULL {place.joined('n.person_id')}) x"
        f" {place.named('x.place')} GROUP BY x.issue, x.place ORDER BY 4 DESC, 5 DESC, x.issue, x.place"
    )


_BY_MONTH = (
    "SELECT i.issue, substr(c.day, 1, 7), substr(c.day, 1, 7), count(DISTINCT i.person_id), count(*), sum(i.grievance)"
    " FROM contact_issue i JOIN contact c ON c.id = i.contact_id AND c.voided_by IS NULL"
    " JOIN person p ON p.id = i.person_id AND p.gone_by IS NULL"
    " WHERE i.voided_by IS NULL GROUP BY i.issue, 2 ORDER BY 2 DESC, 4 DESC, 5 DESC, i.issue"
)
