"""Reads the journal as a diary."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.outcomes import outcome_told
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import NOT_UNDONE
from organiser_tui.store.person_history import OF_SOMEBODY, barred_in, rows_of
from organiser_tui.words import ngettext

OF_THE_WHOLE = (DeedKind.FOUND, DeedKind.DEMO)
"""Deeds that are about the whole campaign."""
_NAMED_BY_WHOSE = {
    "target": ("call_list", "list_id"),
    "question": ("call_list", "list_id"),
    "stance": ("provider", "provider_id"),
    "estimate": ("provider", "provider_id"),
    "provider_log": ("provider", "provider_id"),
    "term": ("office", "office_id"),
}
"""Tables whose rows are about what they belong to: its table, and the column that says which."""
NAMED_BY = {
    **dict.fromkeys(("provider", "call_list", "organiser", "event", "saved_filter", "guide", "office"), "name"),
    "outcome": "code",
    "consultation": "question",
    "question": "words",
    **dict.fromkeys(("request", "proposal", "demand"), "what"),
    "short_answer": "heading",
    "import_batch": "file_name",
    "export_record": "what",
}
"""The column that names a row of these tables."""


_OTHERS = "(SELECT max(count(*) - 1, 0) FROM change x WHERE x.action_id = ?2 AND x.tbl = 'contact' AND x.field = '')"


_AGAIN = (
    "(WITH RECURSIVE back (undoes, n) AS (SELECT a.undoes, 0 UNION ALL SELECT b.undoes, n + 1 FROM back"
    " JOIN action b ON b.id = back.undoes) SELECT max(n) > 0 AND max(n) % 2 = 0 FROM back)"
)
"""Whether an action `a` takes back one that had itself taken one back: what is taken back twice holds again."""


class ContactTold(NamedTuple):
    """The contact that an action logged: with whom, how, on which day (ISO), and what came of it."""

    name: str
    channel: str
    day: str
    outcome: str
    barred: str
    """The channels by which she asked not to be contacted, "all" for every one."""
    others: int
    """How many more people were in the same talk."""

    @property
    def words(self) -> str:
        """With whom, and what came of it."""
        who = self.name
        if self.others:
            who = ngettext("{name} and {n} more", "{name} and {n} more", self.others).format(name=who, n=self.others)
        return ": ".join(part for part in (who, outcome_told(self.outcome, self.barred)) if part)


class About(NamedTuple):
    """Whom or what an action was about."""

    what: str = ""
    person_id: int | None = None
    contact: ContactTold | None = None


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
    again: bool
    """It took back a line that had taken something back: what that was about holds again."""
    batch_id: int
    """The import batch, 0 for none."""
    own: bool
    """Done on this device by the organiser at work: `u` can take it back."""
    contact: ContactTold | None
    """What was logged; None where the action is about something else."""


def diary(
    campaign: Campaign, *, person_id: int | None = None, before: int | None = None, limit: int = 200
) -> list[DiaryLine]:
    """The last `limit` actions, newest first, older than action `before`; those that touch `person_id` where given."""
    return diary_lines(campaign, diary_ids(campaign, person_id=person_id, before=before, limit=limit))


def diary_ids(
    campaign: Campaign, *, person_id: int | None = None, before: int | None = None, limit: int = 200
) -> list[int]:
    """The same by their ids alone."""
    where: list[str] = []
    values: list[int | str] = []
    if before is not None:
        where.append("clock < (SELECT clock FROM action WHERE id = ?)")
        values.append(before)
    if person_id is not None:
        where.append("id IN (SELECT action_id FROM change WHERE row IN (SELECT value FROM json_each(?)))")
        values.append(json.dumps(rows_of(campaign, person_id)))
    sql = f"SELECT id FROM action WHERE {' AND '.join(where) or '1'} ORDER BY clock DESC LIMIT ?"
    return [action for (action,) in campaign.connection.execute(sql, (*values, limit))]


def diary_lines(campaign: Campaign, actions: Sequence[int]) -> list[DiaryLine]:
    """Those of `actions` that are in the journal, newest first."""
    return _lines(campaign, "a.id IN (SELECT value FROM json_each(?))", [json.dumps(list(actions))], len(actions))


def _lines(campaign: Campaign, where: str, values: Sequence[int | str], limit: int) -> list[DiaryLine]:
    found = campaign.connection.execute(
        "SELECT a.id, a.at, coalesce(o.name, ''), a.kind,"
        " (SELECT count(*) FROM (SELECT 1 FROM change c WHERE c.action_id = a.id LIMIT 1000)),"
        f" NOT {NOT_UNDONE}, {_AGAIN},"
        " coalesce(a.batch_id, 0), a.device = ? AND a.organiser_id IS ?"
        " FROM action a LEFT JOIN organiser o ON o.id = a.organiser_id"
        f" WHERE {where} ORDER BY a.clock DESC LIMIT ?",
        (campaign.known_device, campaign.organiser_id, *values, limit),
    ).fetchall()
    lines = []
    for action, at, organiser, kind, changes, undone, again, batch, own in found:
        what, person, contact = About() if kind in OF_THE_WHOLE else about_action(campaign, action)
        lines.append(
            DiaryLine(
                *(action, at, organiser, kind, what, person, changes),
                *(bool(undone), bool(again), batch, bool(own), contact),
            )
        )
    return lines


def about_action(campaign: Campaign, action: int) -> About:
    """Whom or what an action was about, by the first of its rows that tells; one that takes back is about the same."""
    connection = campaign.connection
    while (undone := connection.execute("SELECT undoes FROM action WHERE id = ?", (action,)).fetchone()) and undone[0]:
        (action,) = undone
    batch = connection.execute(
        "SELECT b.file_name FROM action a JOIN import_batch b ON b.id = a.batch_id WHERE a.id = ?", (action,)
    ).fetchone()
    if batch:
        return About(str(batch[0]))
    for table, row in connection.execute(
        "SELECT tbl, row FROM change WHERE action_id = ? ORDER BY n LIMIT 5", (action,)
    ).fetchall():
        if table in _NAMED_BY_WHOSE:  # of many targets it is about the list, not about the first of them
            parent, column = _NAMED_BY_WHOSE[table]
            name = f"SELECT l.name FROM {table} t JOIN {parent} l ON l.id = t.{column} WHERE t.id = ?"
            return About(str(connection.execute(name, (row,)).fetchone()[0]))
        if table in ("voter", "ballot_count"):  # it is about what is asked
            return About(_asked_in(campaign, table, row))
        if table in OF_SOMEBODY:
            column = "id" if table == "person" else "person_id"
            contact = f", t.channel, t.day, t.outcome, {barred_in('t.id')}, {_OTHERS}" if table == "contact" else ""
            about = connection.execute(
                f"SELECT p.id, trim(p.given || ' ' || p.family){contact}"
                f" FROM {table} t JOIN person p ON p.id = t.{column} WHERE t.id = ?1",
                (row, action) if contact else (row,),
            ).fetchone()
            if about and contact:
                logged = ContactTold._make(about[1:])
                return About(logged.words, int(about[0]), logged)
            if about and table in ("mandate", "ballot_mark"):
                return About(f"{about[1]}, {_asked_in(campaign, table, row)}", int(about[0]))
            if about:
                return About(str(about[1]), int(about[0]))
        if table in NAMED_BY:
            column = NAMED_BY[table]
            named = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row,)).fetchone()
            if named:
                return About(str(named[0]))
    return About()


def _asked_in(campaign: Campaign, table: str, row: int) -> str:
    """The question of the consultation to which a row belongs."""
    sql = f"SELECT c.question FROM {table} t JOIN consultation c ON c.id = t.consultation_id WHERE t.id = ?"
    return str(campaign.connection.execute(sql, (row,)).fetchone()[0])
