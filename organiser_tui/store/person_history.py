"""The journal of one person: what was changed in her rows, by whom, field by field. Nothing is written here."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import NamedTuple

from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Value
from organiser_tui.store.registry import FACTS, REGISTRY

_OWN = tuple(
    table for table, fields in REGISTRY.items() if {"id", "person_id"} <= fields.keys() and table != "organiser"
)
_NAMED = {
    "provider_id": "SELECT name FROM provider WHERE id = ?",
    "list_id": "SELECT name FROM call_list WHERE id = ?",
    "event_id": "SELECT name FROM event WHERE id = ?",
    "consultation_id": "SELECT question FROM consultation WHERE id = ?",
    **dict.fromkeys(("organiser_id", "handed_to", "answered_by"), "SELECT name FROM organiser WHERE id = ?"),
    **dict.fromkeys(
        ("other_id", "person_id", "brought_by"), "SELECT trim(given || ' ' || family) FROM person WHERE id = ?"
    ),
}
"""Fields that hold the id of a row, and what that row is called."""
_SAYS = {
    **{"phone": "written", "email": "address", "tag": "tag", "person_language": "language", "skill": "skill"},
    **{"safe_channel": "channel", "contact_issue": "issue", "custom_value": "value", "question_answer": "value"},
    **{"assessment": "CAST(rating AS TEXT)", "card": "state", "ask": "kind", "answer": "answer", "mandate": "answer"},
    **dict.fromkeys(("request", "proposal", "reprisal", "agreed_action"), "what"),
    "demand_backer": "(SELECT what FROM demand d WHERE d.id = demand_id)",
    "contact": "channel || ', ' || outcome",
    "follow_up": "due || ' ' || why",
    "external_id": "system || ' ' || value",
    "employment": "(SELECT name FROM provider v WHERE v.id = provider_id)",
    "chapter_passing": "chapter",
    "term": "(SELECT name FROM office o WHERE o.id = office_id)",
    "candidacy": "(SELECT o.name FROM office o JOIN election e ON e.office_id = o.id WHERE e.id = election_id)",
    "connection": "(SELECT trim(given || ' ' || family) FROM person p WHERE p.id = other_id)",
    "target": "(SELECT name FROM call_list l WHERE l.id = list_id)",
    "attendance": "(SELECT name FROM event e WHERE e.id = event_id)",
    **dict.fromkeys(("voter", "ballot_mark"), "(SELECT question FROM consultation c WHERE c.id = consultation_id)"),
}
"""What a row says, by its table: where one reads that it was made or ended, one wants to know which."""
OF_SOMEBODY = frozenset({"person", *_OWN})
"""Tables whose rows are somebody's."""


class Barring(NamedTuple):
    """A row of barred_channel: the channel (None: every one), since which day, and the contact in which she said so.

    The contact by its channel and day, '' where it was typed in a form or stood in the list `source`.
    """

    channel: str | None
    since: str
    said_through: str
    said_on: str
    source: str


class FieldChange(NamedTuple):
    """One row made ('made'), ended or lifted ('ended') or changed ('changed': then `field` with its values)."""

    what: str
    table: str
    field: str
    before: Value
    after: Value
    barring: Barring | None = None
    """Of a row of barred_channel: what it says."""
    says: str = ""
    """Of another row that was made or ended: what it says."""


class PersonDeed(NamedTuple):
    """One action of the journal and what it did to the rows of this person; `at` is an instant in seconds."""

    action_id: int
    at: int
    organiser: str
    kind: str
    changes: tuple[FieldChange, ...]


def barred_in(contact: str) -> str:
    """The column of the channels that somebody asked in `contact` not to be contacted by, '' where there are none.

    What was lifted since is among them: it was said.
    """
    rows = (
        "SELECT coalesce(b.channel, 'all') AS channel FROM contact k CROSS JOIN barred_channel b"
        f" ON b.person_id = k.person_id AND b.contact_id = k.id WHERE k.id = {contact} AND b.gone_by IS"
    )
    words = "SELECT group_concat(DISTINCT channel ORDER BY channel)"
    return f"coalesce(({words} FROM ({rows} NULL UNION ALL {rows} NOT NULL)), '')"


def history_of(campaign: Campaign, person_id: int, limit: int = 100, *, batch: int | None = None) -> list[PersonDeed]:
    """The last `limit` actions that touched a person, newest first; with `batch` only what that list did."""
    connection = campaign.connection
    own = rows_of(campaign, person_id)
    barrings = _barrings(campaign, person_id)
    changes: dict[int, list[FieldChange]] = defaultdict(list)
    for action, row, *change in connection.execute(
        "SELECT c.action_id, c.row, c.tbl, c.field, c.before, c.after FROM change c"
        " WHERE c.row IN (SELECT value FROM json_each(?)) ORDER BY c.action_id, c.n",
        (json.dumps(own),),
    ):
        told = _in_names(campaign, _change(*change))._replace(barring=barrings.get(row))
        if told.what != "changed":
            told = told._replace(says=_said_by(campaign, told.table, row))
        changes[action].append(told)
    deeds = connection.execute(
        "SELECT a.id, a.at, coalesce(o.name, ''), a.kind FROM action a LEFT JOIN organiser o ON o.id = a.organiser_id"
        " WHERE a.id IN (SELECT value FROM json_each(?1)) AND (?3 IS NULL OR a.batch_id = ?3)"
        " ORDER BY a.clock DESC LIMIT ?2",
        (json.dumps(list(changes)), limit, batch),
    )
    return [PersonDeed._make((*deed, tuple(changes[deed[0]]))) for deed in deeds.fetchall()]


def rows_of(campaign: Campaign, person_id: int) -> list[int]:
    """The id of a person and of every row of hers, those that have ended as well."""
    rows = [person_id]
    for table in _OWN:
        ended = "voided_by" if table in FACTS else "gone_by"
        found = campaign.connection.execute(
            # In two halves, so that each finds its index.
            f"SELECT id FROM {table} WHERE person_id = ?1 AND {ended} IS NULL"
            f" UNION ALL SELECT id FROM {table} WHERE person_id = ?1 AND {ended} IS NOT NULL",
            (person_id,),
        )
        rows.extend(row[0] for row in found)
    return rows


def _barrings(campaign: Campaign, person_id: int) -> dict[int, Barring]:
    """Every row of barred_channel of a person by its id, those that have ended as well."""
    said = (
        "SELECT b.id, b.channel, b.since, coalesce(c.channel, ''), coalesce(c.day, ''), b.source FROM barred_channel b"
        " LEFT JOIN contact c ON c.id = b.contact_id WHERE b.person_id = ?1 AND b.gone_by IS"
    )
    rows = campaign.connection.execute(f"{said} NULL UNION ALL {said} NOT NULL", (person_id,))
    return {row[0]: Barring(*row[1:]) for row in rows}


def _said_by(campaign: Campaign, table: str, row: int) -> str:
    if table not in _SAYS:
        return ""
    found = campaign.connection.execute(f"SELECT {_SAYS[table]} FROM {table} WHERE id = ?", (row,)).fetchone()
    return str(found[0] or "").strip() if found else ""


def _in_names(campaign: Campaign, change: FieldChange) -> FieldChange:
    """Codes of places and ids of rows that have a name by what they are called."""
    if change.what != "changed":
        return change

    def named(value: Value) -> Value:
        if value in (None, ""):
            return value
        if change.field == "region_code":
            return campaign.places.region_names.get(str(value), str(value))
        if change.field == "municipality_code":
            return campaign.places.municipality_names.get(str(value), str(value))
        sql = _NAMED.get(change.field)
        if sql is None:
            return value
        row = campaign.connection.execute(sql, (value,)).fetchone()
        return str(row[0]) if row else value

    return change._replace(before=named(change.before), after=named(change.after))


def _change(table: str, field: str, before: Value, after: Value) -> FieldChange:
    if field == "":
        return FieldChange("made", table, "", None, None)
    if field in ("gone_by", "voided_by") or (table, field) == ("barred_channel", "until"):
        return FieldChange("ended" if before is None else "made", table, "", None, None)
    return FieldChange("changed", table, field, before, after)
