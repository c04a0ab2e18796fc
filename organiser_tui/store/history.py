"""Reads the journal as a diary, and takes deeds back."""

from __future__ import annotations

from typing import NamedTuple

from organiser_tui.domain.errors import OrganiserError
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed, Value, changes_of
from organiser_tui.store.registry import FACTS
from organiser_tui.words import _

_OF_THE_WHOLE = ("found", "demo")
_NOT_UNDONE = (
    "NOT EXISTS (SELECT 1 FROM action u WHERE u.undoes = a.id"
    " AND NOT EXISTS (SELECT 1 FROM action r WHERE r.undoes = u.id))"
)


class DiaryLine(NamedTuple):
    """One action of the journal: `at` an instant in seconds; `what` names whom or what it was about."""

    action_id: int
    at: int
    organiser: str
    kind: str
    what: str
    person_id: int | None
    changes: int
    undone: bool
    batch_id: int
    """The import batch, 0 for none."""
    own: bool
    """Done on this device by the organiser at work: `u` can take it back."""


class Undone(NamedTuple):
    """What an undo did: the action taken back, in words, and the rows that had to stay."""

    action_id: int
    what: str
    person_id: int | None
    kept: list[str]


def diary(
    campaign: Campaign, *, person_id: int | None = None, before: int | None = None, limit: int = 200
) -> list[DiaryLine]:
    """The last `limit` actions, newest first, older than action `before`; those that touch `person_id` where given."""
    where, values = ["1"], []
    if before is not None:
        where.append("a.clock < (SELECT clock FROM action WHERE id = ?)")
        values.append(before)
    if person_id is not None:
        rows = _rows_of(campaign, person_id)
        where.append(f"a.id IN (SELECT action_id FROM change WHERE row IN ({', '.join('?' * len(rows))}))")
        values.extend(rows)
    found = campaign.connection.execute(
        "SELECT a.id, a.at, coalesce(o.name, ''), a.kind,"
        " (SELECT count(*) FROM (SELECT 1 FROM change c WHERE c.action_id = a.id LIMIT 1000)),"
        f" NOT {_NOT_UNDONE},"
        " coalesce(a.batch_id, 0), a.device = ? AND a.organiser_id IS ?"
        " FROM action a LEFT JOIN organiser o ON o.id = a.organiser_id"
        f" WHERE {' AND '.join(where)} ORDER BY a.clock DESC LIMIT ?",
        (campaign.device, campaign.organiser_id, *values, limit),
    ).fetchall()
    lines = []
    for action, at, organiser, kind, changes, undone, batch, own in found:
        what, person = ("", None) if kind in _OF_THE_WHOLE else _about(campaign, action)
        lines.append(DiaryLine(action, at, organiser, kind, what, person, changes, bool(undone), batch, bool(own)))
    return lines


def _rows_of(campaign: Campaign, person_id: int) -> list[int]:
    """The person and every row of hers."""
    rows = [person_id]
    for table in ("phone", "email", "employment", "contact", "assessment", "ask", "card", "follow_up", "attendance"):
        found = campaign.connection.execute(f"SELECT id FROM {table} WHERE person_id = ?", (person_id,))
        rows.extend(row[0] for row in found)
    return rows


def _about(campaign: Campaign, action: int) -> tuple[str, int | None]:
    """Whom or what an action was about, by the first of its rows that tells."""
    connection = campaign.connection
    for table, row in connection.execute(
        "SELECT tbl, row FROM change WHERE action_id = ? ORDER BY n LIMIT 5", (action,)
    ).fetchall():
        if table in ("contact", "target", "follow_up", "card", "assessment", "ask", "employment", "phone", "person"):
            column = "id" if table == "person" else "person_id"
            about = connection.execute(
                "SELECT p.id, trim(p.given || ' ' || p.family), "
                + ("t.outcome" if table == "contact" else "''")
                + f" FROM {table} t JOIN person p ON p.id = t.{column} WHERE t.id = ?",
                (row,),
            ).fetchone()
            if about:
                return ": ".join(part for part in about[1:] if part), int(about[0])
        if table in ("provider", "call_list", "organiser", "event", "import_batch"):
            column = "file_name" if table == "import_batch" else "name"
            named = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row,)).fetchone()
            if named:
                return str(named[0]), None
    return "", None


def undo_last(campaign: Campaign) -> Undone:
    """Take back the last deed of the organiser at work on this device.

    Raises OrganiserError where there is none, or where somebody has changed the same since.
    """
    row = campaign.connection.execute(
        "SELECT a.id FROM action a WHERE a.device = ? AND a.organiser_id IS ? AND a.undoes IS NULL"
        f" AND a.kind NOT IN ('found', 'add organiser') AND {_NOT_UNDONE} ORDER BY a.clock DESC LIMIT 1",
        (campaign.device, campaign.organiser_id),
    ).fetchone()
    if row is None:
        raise OrganiserError(_("There is nothing of yours to take back on this device."))
    return undo_action(campaign, row[0])


def undo_batch(campaign: Campaign, batch: int) -> Undone:
    """Take back an import batch; people who were worked with since then stay, and are named.

    Raises OrganiserError where there is no such batch or it was taken back already.
    """
    row = campaign.connection.execute(
        f"SELECT a.id FROM action a WHERE a.batch_id = ? AND a.undoes IS NULL AND {_NOT_UNDONE}", (batch,)
    ).fetchone()
    if row is None:
        raise OrganiserError(_("There is no import batch {batch} that could be taken back.").format(batch=batch))
    return undo_action(campaign, row[0], keep_used=True)


def undo_action(campaign: Campaign, action: int, *, keep_used: bool = False) -> Undone:
    """Take back one action, in one deed; its rows end or are voided, its fields get their former values.

    With `keep_used`, what others have built on since stays and is named; without it, that refuses the whole.
    Raises OrganiserError where it was undone already or a field has been changed since.
    """
    connection = campaign.connection
    if connection.execute(f"SELECT 1 FROM action a WHERE a.id = ? AND {_NOT_UNDONE}", (action,)).fetchone() is None:
        raise OrganiserError(_("That was taken back already, or there is no such action."))
    what, person = _about(campaign, action)
    with campaign.write("undo", undoes=action) as deed:
        used = _people_used_since(campaign, action)
        if used and not keep_used:
            names = ", ".join(list(used.values())[:3])
            raise OrganiserError(_("{names}: worked with since then. Take that back first.").format(names=names))
        for table, row, field, before, after in list(changes_of(campaign, action)):
            if field == "":
                if _owner(campaign, table, row) not in used:
                    deed.end(table, row)
            else:
                _restore(campaign, deed, table, row, field, before, after)
    return Undone(action, what, person, list(used.values()))


def _restore(campaign: Campaign, deed: Deed, table: str, row: int, field: str, before: Value, after: Value) -> None:
    held = campaign.connection.execute(f"SELECT {field} FROM {table} WHERE id = ?", (row,)).fetchone()[0]
    if held != after:
        raise OrganiserError(
            _("This cannot be taken back: {field} of the same {table} was changed since then.").format(
                field=field, table=table
            )
        )
    deed.change(table, row, **{field: before})


def _owner(campaign: Campaign, table: str, row: int) -> int | None:
    if table == "person":
        return row
    if table not in ("phone", "email", "employment", "tag", "person_language", "external_id"):
        return None
    owner = campaign.connection.execute(f"SELECT person_id FROM {table} WHERE id = ?", (row,)).fetchone()
    return int(owner[0]) if owner else None


def _people_used_since(campaign: Campaign, action: int) -> dict[int, str]:
    """People made by `action` of whom facts have been noted by another: id to name."""
    facts = " UNION ".join(
        f"SELECT t.person_id FROM {table} t WHERE t.person_id = p.id AND t.voided_by IS NULL AND t.id NOT IN"
        " (SELECT row FROM change WHERE row = t.id AND field = '' AND action_id = ?1)"
        for table in ("contact", "assessment", "card", "attendance", "ask")
        if table in FACTS
    )
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family) FROM change c JOIN person p ON p.id = c.row"
        f" WHERE c.action_id = ?1 AND c.tbl = 'person' AND c.field = '' AND EXISTS ({facts})",
        (action,),
    )
    return dict(rows.fetchall())
