"""What stands in the way of a deed that is to hold again: it was done anew, or what it was about is gone."""

from __future__ import annotations

from collections.abc import Sequence, Set

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Change
from organiser_tui.store.registry import ENDS, REGISTRY
from organiser_tui.words import _

_ONCE: dict[str, tuple[str, ...]] = {
    "attendance": ("event_id", "person_id"),
    "invitation": ("event_id", "person_id"),
    "guest_need": ("event_id", "person_id", "need"),
    "event_reminder": ("event_id", "person_id", "day"),
    "group_member": ("group_id", "person_id"),
    "meeting_group": ("name",),
    "task_end": ("task_id",),
    "ask_end": ("ask_id",),
    "task_colleague": ("task_id", "person_id"),
    "chapter_passing": ("person_id", "chapter", "day"),
}
"""Tables in which no two rows that hold say the same, with the columns by which they would."""
_GROUNDS = {"person_id": "person", "event_id": "event", "task_id": "task", "group_id": "meeting_group"}
_END = ("gone_by", "voided_by")
_RESTS = frozenset({*_ONCE, "task"})
"""Tables whose rows need what they are about in the file."""
_OF_EVENTS = ("attendance", "invitation", "task")


def why_not_again(campaign: Campaign, changes: Sequence[Change]) -> str:
    """Why the rows that a deed ended cannot hold again, a sentence; '' where nothing is in the way.

    `changes` are those of the deed that is taken back: what it set is given its former value.
    """
    ends = [change for change in changes if change[2] in _END]
    back = {(table, row) for table, row, _field, before, _after in ends if before is None}
    # What it made, or brought back itself, goes as it is taken back.
    goes = {(table, row) for table, row, field, before, _a in changes if not field or (field in _END and before)}
    for table, row, field, before, _after in changes:
        if (table, field) == ("event", "cancelled_on") and before is not None and _came(campaign, row):
            return _("Somebody came to it: an event that was held is not called off.")
    for table, row in sorted(back):
        if why := _done_anew(campaign, table, row, goes) or _without_ground(campaign, table, row, back):
            return why
    return ""


def _done_anew(campaign: Campaign, table: str, row: int, goes: Set[tuple[str, int]]) -> str:
    if table not in _ONCE:
        return ""
    end = "gone_by" if table in ENDS else "voided_by"
    same = " AND ".join(f"o.{column} IS t.{column}" for column in _ONCE[table])
    sql = f"SELECT o.id FROM {table} t JOIN {table} o ON {same} AND o.id <> t.id AND o.{end} IS NULL WHERE t.id = ?"
    others = campaign.connection.execute(sql, (row,)).fetchall()
    if all((table, other) in goes for (other,) in others):
        return ""
    return _("It was noted anew since then: that holds. Nothing was changed.")


def _without_ground(campaign: Campaign, table: str, row: int, back: Set[tuple[str, int]]) -> str:
    for column, of in _GROUNDS.items():
        if table not in _RESTS or column not in REGISTRY[table]:
            continue
        found = campaign.connection.execute(
            f"SELECT g.id FROM {table} t JOIN {of} g ON g.id = t.{column} WHERE t.id = ? AND g.gone_by IS NOT NULL",
            (row,),
        ).fetchone()
        if found is not None and (of, found[0]) not in back:
            return _("What it was about is no longer in the file: bring that back first.")
    if table in _OF_EVENTS:
        sql = f"SELECT e.cancelled_on FROM {table} t JOIN event e ON e.id = t.event_id WHERE t.id = ?"
        found = campaign.connection.execute(sql, (row,)).fetchone()
        if found is not None and found[0] is not None:
            return _("The event was called off on {day}: nothing is noted of it any more.").format(day=found[0])
    return ""


def _came(campaign: Campaign, event: int) -> bool:
    sql = "SELECT 1 FROM attendance WHERE event_id = ? AND came = 1 AND voided_by IS NULL"
    return campaign.connection.execute(sql, (event,)).fetchone() is not None
