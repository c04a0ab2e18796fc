"""The board of sign-ups: how many stand in each column, who they are, the goal. Cards are moved by store.cards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.signups import Goal, Stage, read_goal
from organiser_tui.store.campaign import Campaign
from organiser_tui.words import _

_GOAL = "signup_goal"
WEEKS = 12
SHOWN = 1000
"""So many people of a column are shown."""


class Board(NamedTuple):
    """What stands above the people of a column."""

    people: Mapping[str, int]
    """By Stage."""
    forms_due: int
    """Forms that the two-week rule asks for, to 1,000."""
    unasked_supporters: int
    """Who was never asked though rated 1 or 2, to 1,000."""
    goal: Goal | None
    weeks: list[int]
    """Cards signed in each of the last WEEKS weeks, the latest last; a card counts on the day of its first step."""

    @property
    def signed(self) -> int:
        """Cards that count towards the goal: signed, on file or not yet."""
        return self.people.get(Stage.SIGNED, 0) + self.people.get(Stage.ON_FILE, 0)


class SignupRow(NamedTuple):
    """One person in a column; `since` is the day (ISO) on which she came to it, '' for never asked."""

    id: int
    name: str
    provider: str
    card: str
    stage: str
    since: str
    rating: int
    asked_by: str
    form_due: str
    reminded: int
    """How often, since the form went out."""
    reason: str
    """Why the card stands so, or in which union she is."""
    spoken_since: bool
    """Whether there was a conversation with her since she came to the column."""


def signup_board(campaign: Campaign) -> Board:
    """The columns with how many people stand in each, and the way to the goal."""
    execute, today = campaign.connection.execute, campaign.today()
    people = dict(execute("SELECT stage, people FROM stage_figures WHERE people > 0").fetchall())
    (due,) = execute(
        "SELECT count(*) FROM (SELECT 1 FROM person_figures f WHERE f.form_due <> '' AND f.form_due <= ?"
        " AND f.blocked NOT IN ('deceased', 'left the work') LIMIT ?)",
        (today.isoformat(), SHOWN),
    ).fetchone()
    (supporters,) = execute(
        f"SELECT count(*) FROM (SELECT 1 FROM person_figures WHERE {_UNASKED_SUPPORTER} LIMIT ?)", (SHOWN,)
    ).fetchone()
    return Board(people, due, supporters, read_goal(campaign.setting(_GOAL)), _signed_by_week(campaign, today))


_UNASKED_SUPPORTER = f"stage = '{Stage.NOT_ASKED}' AND rating < 3"
"""Supports the campaign (rated 1 or 2) and was never asked."""


def _signed_by_week(campaign: Campaign, today: date) -> list[int]:
    first = today - timedelta(days=7 * WEEKS - 1)
    weeks = [0] * WEEKS
    rows = campaign.connection.execute(
        "SELECT signed_on, count(*) FROM person_figures WHERE signed_on <> '' AND signed_on BETWEEN ? AND ?"
        " GROUP BY signed_on",
        (first.isoformat(), today.isoformat()),
    )
    for day, cards in rows:
        weeks[(date.fromisoformat(day) - first).days // 7] += cards
    return weeks


def people_at_stage(campaign: Campaign, stage: Stage, limit: int = SHOWN) -> list[int]:
    """The ids of the first `limit` people (-1: all) of a column, the longest there first.

    Of those who were never asked the supporters stand first.
    """
    execute = campaign.connection.execute
    if stage is Stage.NOT_ASKED:
        rows = execute(
            f"SELECT person_id FROM person_figures WHERE {_UNASKED_SUPPORTER}"
            " ORDER BY rating, name_key, person_id LIMIT ?",
            (limit,),
        ).fetchall()
        if limit < 0 or len(rows) < limit:
            rows += execute(
                f"SELECT person_id FROM person_figures WHERE stage = '{Stage.NOT_ASKED}' AND rating >= 3"
                " ORDER BY name_key, person_id LIMIT ?",
                (limit - len(rows) if limit >= 0 else -1,),
            ).fetchall()
    else:
        rows = execute(
            "SELECT person_id FROM person_figures WHERE stage = ? AND stage_since <> ''"
            " ORDER BY stage_since, person_id LIMIT ?",
            (stage.value, limit),
        ).fetchall()
    return [person for (person,) in rows]


def signup_rows(campaign: Campaign, people: Sequence[int]) -> dict[int, SignupRow]:
    """The lines of these people, by id."""
    rows = campaign.connection.execute(
        "SELECT f.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), f.card, f.stage, f.stage_since,"
        " f.rating, coalesce((SELECT o.name FROM ask a JOIN organiser o ON o.id = a.organiser_id"
        " WHERE a.person_id = f.person_id AND a.kind = 'sign' AND a.voided_by IS NULL"
        " ORDER BY a.day DESC, a.id DESC LIMIT 1), ''), f.form_due,"
        " (SELECT count(*) FROM reminder r WHERE r.person_id = f.person_id AND r.voided_by IS NULL"
        " AND f.form_due <> '' AND r.day >= f.card_since),"
        " coalesce((SELECT iif(c.which_union <> '', c.which_union, c.reason) FROM card c"
        " WHERE c.person_id = f.person_id AND c.voided_by IS NULL ORDER BY c.day DESC, c.id DESC LIMIT 1), ''),"
        " f.last_conversation >= f.stage_since FROM json_each(?) j CROSS JOIN person_figures f ON f.person_id = j.value"
        " JOIN person p ON p.id = f.person_id LEFT JOIN provider v ON v.id = f.provider_id",
        (json.dumps(list(people)),),
    )
    return {row[0]: SignupRow._make((*row[:-1], bool(row[-1]))) for row in rows}


def set_goal(campaign: Campaign, goal: Goal | None) -> None:
    """Aim at `goal` from now on, or at none. Raises OrganiserError where its day is over."""
    if goal is not None and goal.by <= campaign.today().isoformat():
        raise OrganiserError(_("The goal is for a day to come; {day} is not.").format(day=goal.by))
    with campaign.write(DeedKind.SET_GOAL) as deed:
        deed.put("setting", name=_GOAL, value="" if goal is None else goal.written())
