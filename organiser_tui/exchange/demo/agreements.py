"""Who backs the demands of a made-up campaign, and what its meetings agreed. Nothing is drawn by chance here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from organiser_tui.domain.ids import word_id
from organiser_tui.exchange.demo.plan import TODAY
from organiser_tui.exchange.demo.tables import COLUMNS, Row, Rows

_KINDS = ("demand", "mutual aid", "education")
_DUE_DAYS = 12


def agree(rows: Rows, words: dict[str, tuple[str, ...]], days: Sequence[str]) -> None:
    """Whoever came where a demand was made backs it, every second of them told; each such meeting agreed on an action.

    The ids follow from what the rows say, so that no other row gets another one for them.
    """
    demanded = {_field("demand", row, "event_id"): row for row in rows.of["demand"]}
    kinds = cycle(zip(_KINDS, (words["demand"][0], *words["task"][:2]), strict=True))
    for event in rows.of["event"]:
        event_id, starts = event[0], _field("event", event, "starts")[:10]
        came = [row for row in rows.of["attendance"] if _field("attendance", row, "event_id") == event_id and row[4]]
        if not came or not _field("event", event, "demand_made"):
            continue
        if event_id in demanded:
            demand = demanded[event_id]
            for place, (person, organiser) in enumerate((row[2], row[7]) for row in came):
                told = _field("demand", demand, "put_on") if place % 2 else None
                backer = word_id("demand_backer", demand[0], person)
                rows.of["demand_backer"].append((backer, demand[0], person, starts, told, organiser))
        kind, what = next(kinds)
        due = days.index(starts) + _DUE_DAYS
        action = word_id("agreed_action", event_id, kind)
        done_on = days[due - 1] if due <= TODAY else None
        owner, organiser = came[0][2], came[0][7]
        rows.of["agreed_action"].append((action, event_id, owner, kind, what, days[due], done_on, organiser))


def _field(table: str, row: Row, column: str) -> str:
    value: str = row[COLUMNS[table].index(column)]
    return value
