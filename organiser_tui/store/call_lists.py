"""Call lists and their targets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean, fold
from organiser_tui.domain.ids import word_id
from organiser_tui.store.campaign import Campaign
from organiser_tui.words import _


class CallListRow(NamedTuple):
    """A call list with its progress: `refused` are off it for good, `blocked` cannot be called while that is so."""

    id: int
    name: str
    purpose: str
    state: str
    made_by: str
    made_at: int
    targets: int
    done: int
    refused: int
    blocked: int

    @property
    def left(self) -> int:
        """How many there are still to call."""
        return self.targets - self.done - self.refused - self.blocked


_LISTS = (
    "SELECT l.id, l.name, l.purpose, l.state, coalesce(o.name, ''), l.made_at,"
    " coalesce(n.targets, 0), coalesce(n.done, 0), coalesce(n.refused, 0), coalesce(n.blocked, 0)"
    " FROM call_list l LEFT JOIN organiser o ON o.id = l.organiser_id"
    " LEFT JOIN (SELECT list_id, count(*) AS targets, sum(state = 'done') AS done,"
    " sum(state = 'refused') AS refused, sum(state = 'open' AND f.blocked <> '') AS blocked FROM target t"
    " CROSS JOIN person_figures f ON f.person_id = t.person_id WHERE gone_by IS NULL {only} GROUP BY list_id) n"
    " ON n.list_id = l.id"
    " WHERE l.gone_by IS NULL"
)


def call_lists(campaign: Campaign) -> list[CallListRow]:
    """Every call list, open ones first, the newest first among them."""
    rows = campaign.connection.execute(
        _LISTS.format(only="") + " ORDER BY l.state <> 'open', l.made_at DESC, l.id DESC"
    )
    return [CallListRow(*row) for row in rows]


def call_list(campaign: Campaign, list_id: int) -> CallListRow | None:
    """One call list; None where it is not there (any more)."""
    sql = _LISTS.format(only="AND t.list_id = ?1") + " AND l.id = ?1"
    row = campaign.connection.execute(sql, (list_id,)).fetchone()
    return CallListRow(*row) if row else None


def call_list_named(campaign: Campaign, name: str) -> CallListRow:
    """The call list called `name`, however it is accented.

    Raises OrganiserError, naming those there are, where none or several fit.
    """
    lists = call_lists(campaign)
    exact = [row for row in lists if fold(row.name) == fold(name) or str(row.id) == name]
    fitting = exact or [row for row in lists if fold(name) in fold(row.name)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(row.name for row in (fitting or lists)[:8])
    if fitting:
        raise OrganiserError(_("{name} fits several call lists: {names}.").format(name=name, names=names))
    if lists:
        raise OrganiserError(_("There is no call list {name}. Call lists: {names}.").format(name=name, names=names))
    raise OrganiserError(_("There is no call list {name}; this campaign has none yet.").format(name=name))


def target_states(campaign: Campaign, list_id: int, people: Sequence[int]) -> dict[int, str]:
    """How far each of `people` is on a call list: 'open', 'done' or 'refused'; who is not on it is left out."""
    rows = campaign.connection.execute(
        "SELECT person_id, state FROM target WHERE list_id = ? AND gone_by IS NULL"
        " AND person_id IN (SELECT value FROM json_each(?))",
        (list_id, json.dumps(list(people))),
    )
    return {person: str(state) for person, state in rows}


def make_call_list(
    campaign: Campaign, name: str, people: Sequence[int], *, purpose: str = "", filter_text: str = ""
) -> int:
    """A new call list with `people` as its targets; returns its id.

    Raises OrganiserError where the name is empty or nobody is on it.
    """
    name = clean(name)
    if not name:
        raise OrganiserError(_("A call list needs a name."))
    with campaign.write(DeedKind.MAKE_CALL_LIST) as deed:
        rows = campaign.connection.execute(
            "SELECT person_id, rule, last_contact FROM person_figures"
            " WHERE person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(people)),),
        ).fetchall()
        if not rows:
            raise OrganiserError(_("Nobody is on this list: the filter matches no one. Nothing was made."))
        made = deed.insert(
            "call_list",
            name=name,
            purpose=clean(purpose),
            filter=filter_text,
            organiser_id=campaign.organiser_id,
            made_at=deed.at,
        )
        targets = [(word_id("target", made, row[0]), made, *row) for row in rows]
        deed.insert_many("target", ("id", "list_id", "person_id", "rule", "waits_since"), targets)
    return made
