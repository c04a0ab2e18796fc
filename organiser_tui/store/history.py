"""Takes deeds of the journal back, and says why where one cannot be."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from organiser_tui.domain.clock import wall
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError, TakenBackError
from organiser_tui.domain.row_words import field_words, row_words
from organiser_tui.store.again import why_not_again
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import refuse_held
from organiser_tui.store.consultations import why_sealed
from organiser_tui.store.diary import NAMED_BY, OF_THE_WHOLE, DiaryLine, about_action, diary_lines
from organiser_tui.store.events import keep_recorded
from organiser_tui.store.journal import NOT_UNDONE, Change, Deed, Value, changes_of
from organiser_tui.store.proposals import why_settled
from organiser_tui.store.registry import REGISTRY
from organiser_tui.store.since import Since, done_since, last_change, staying
from organiser_tui.words import _

_NEVER_UNDONE = (*OF_THE_WHOLE, DeedKind.ADD_ORGANISER, DeedKind.EXPORT)
"""A sheet that was written is out: that it is on record is not taken back."""
_PASSED_OVER = (*_NEVER_UNDONE, DeedKind.TAKE_IN)
"""No last deed of an organiser's: what the program did by itself is taken back only where it is pointed at."""


class Undone(NamedTuple):
    """What an undo did: the action taken back, in words, and the rows that had to stay."""

    action_id: int
    what: str
    person_id: int | None
    kept: list[str]


def last_deed(campaign: Campaign) -> DiaryLine:
    """What undo_last() would take back. Raises OrganiserError where there is nothing."""
    return diary_lines(campaign, [_own_last(campaign)])[0]


def last_action(campaign: Campaign) -> int:
    """The id of the action that undo_last() would take back; 0 where there is none."""
    try:
        return _own_last(campaign)
    except OrganiserError:
        return 0


def undo_last(campaign: Campaign) -> Undone:
    """Take back the last deed of the organiser at work on this device.

    Raises OrganiserError where there is none, or where somebody has changed the same since.
    """
    return _take_back(campaign, lambda: _own_last(campaign))


def _own_last(campaign: Campaign) -> int:
    row = campaign.connection.execute(
        "SELECT a.id FROM action a WHERE a.device = ? AND a.organiser_id IS ? AND a.undoes IS NULL"
        " AND a.kind NOT IN (SELECT value FROM json_each(?))"
        f" AND {NOT_UNDONE} ORDER BY a.clock DESC LIMIT 1",
        (campaign.device, campaign.organiser_id, json.dumps(_PASSED_OVER)),
    ).fetchone()
    if row is None:
        raise OrganiserError(_("There is nothing of yours to take back on this device."))
    return int(row[0])


def undo_batch(campaign: Campaign, batch: int) -> Undone:
    """Take back an import batch; people who were worked with since then stay, and are named.

    Raises OrganiserError where there is no such batch or it was taken back already.
    """
    return _take_back(campaign, lambda: _of_batch(campaign, batch), keep_used=True)


def _of_batch(campaign: Campaign, batch: int) -> int:
    row = campaign.connection.execute(
        f"SELECT a.id FROM action a WHERE a.batch_id = ? AND a.undoes IS NULL AND {NOT_UNDONE}", (batch,)
    ).fetchone()
    if row is None:
        raise OrganiserError(_("There is no import batch {batch} that could be taken back.").format(batch=batch))
    return int(row[0])


def undo_action(campaign: Campaign, action: int, *, of: int | None = None) -> Undone:
    """Take back one action, in one deed; its rows end or are voided, its fields get their former values.

    Raises OrganiserError where it was undone already, a field has been changed since, or whom it is `of` is in a call
    in another window: nobody could put right what was wrong.
    """

    def find() -> int:
        if of is not None:
            refuse_held(campaign, of)
        return _undoable(campaign, action)

    return _take_back(campaign, find)


def why_not_undone(campaign: Campaign, action: int) -> str:
    """What stands in the way of taking an action back, a sentence; '' where nothing is seen to. Nothing is written."""
    try:
        undoable = _undoable(campaign, action)
    except OrganiserError as error:
        return str(error)
    changes = list(changes_of(campaign, undoable))
    if why := why_sealed(campaign, changes) or why_settled(campaign, changes) or why_not_again(campaign, changes):
        return why
    since = done_since(campaign, undoable, _made_by(changes))
    return _in_the_way(campaign, since[-1]) if since else ""


def _made_by(changes: Iterable[Change]) -> dict[str, list[int]]:
    """The rows that were made, by table."""
    made: dict[str, list[int]] = defaultdict(list)
    for table, row, field, *_values in changes:
        if field == "":
            made[table].append(row)
    return made


def _take_back(campaign: Campaign, find: Callable[[], int], *, keep_used: bool = False) -> Undone:
    """Take back the action that `find` names once nobody else can write.

    With `keep_used`, what others have built on since stays and is named; without it, that refuses the whole.
    """
    with campaign.write(DeedKind.UNDO, undoes=find) as deed:
        action = find()
        what, person, _contact = about_action(campaign, action)
        changes = list(changes_of(campaign, action))
        if why := why_sealed(campaign, changes) or why_settled(campaign, changes) or why_not_again(campaign, changes):
            raise OrganiserError(why)
        back = {(table, row) for table, row, field, before, _after in changes if field == "gone_by" and before}
        made = _made_by(changes)
        since = done_since(campaign, action, made)
        if since and not keep_used:
            raise OrganiserError(_in_the_way(campaign, since[-1]))
        stays = staying(campaign, made, since)
        for table, rows in made.items():
            deed.end_many(table, [row for row in rows if row not in stays and (table, row) not in back])
        fresh = {row for table, rows in made.items() for row in rows if row in stays or (table, row) not in back}
        # What a deed changed in rows of its own went with them; what it brought back has gone as it had before.
        changed = [change for change in changes if change[2] and change[1] not in fresh]
        arrivals = [row for table, row, *_change in changes if table == "attendance"]
        if arrivals:  # whether their event is written down follows from who else is there
            changed = [change for change in changed if (change[0], change[2]) != ("event", "recorded_on")]
        since += _changed_back(deed, changed, since, keep_used=keep_used)
        named = [(one.table, one.row) for one in since]
        named += [(table, row) for row, table in stays.items() if table == "person" or "name" in REGISTRY[table]]
        keep_recorded(deed, arrivals)
        kept = dict.fromkeys(_named(campaign, table, row) for table, row in dict.fromkeys(named))
    return Undone(action, what, person, list(kept))


def _changed_back(deed: Deed, changes: Sequence[Change], since: Sequence[Since], *, keep_used: bool) -> list[Since]:
    """Give fields their former values; returns who changed those last that are not as the action left them."""
    others = {(one.table, one.row, one.field) for one in since}
    differing = []
    for table, row, field, before, after in changes:
        if (table, row, field) in others:
            continue
        if _held(deed.campaign, table, row, field) == after:
            deed.change(table, row, **{field: before})
        else:
            differing.append(last_change(deed.campaign, table, row, field))
            if not keep_used:
                raise OrganiserError(_in_the_way(deed.campaign, differing[-1]))
    return differing


def _in_the_way(campaign: Campaign, one: Since) -> str:
    if one.field in ("gone_by", "voided_by"):
        sentence = _("{about}: {who} took out the {table} on {when}. Take that back first.")
    elif (one.table, one.field) == ("barred_channel", "until"):
        sentence = _("{about}: {who} noted on {when} that she may be contacted again. Take that back first.")
    elif one.field:
        sentence = _("{about}: {who} changed the {field} of the {table} on {when}. Take that back first.")
    else:
        sentence = _("{about}: {who} has worked with the {table} since then, on {when}. Take that back first.")
    return sentence.format(
        about=_named(campaign, one.table, one.row),
        who=one.who or _("somebody"),
        table=row_words(one.table),
        field=field_words(one.field),
        when=f"{wall(one.at, campaign.zone):%Y-%m-%d %H:%M}",
    )


def _undoable(campaign: Campaign, action: int) -> int:
    """The action to take back; where `action` itself took an undo back, that is the one that was undone first."""
    row = campaign.connection.execute(
        "SELECT a.kind, u.undoes FROM action a LEFT JOIN action u ON u.id = a.undoes WHERE a.id = ?", (action,)
    ).fetchone()
    if row is not None and row[1] is not None:
        return _undoable(campaign, row[1])
    if row is None:
        raise OrganiserError(_("There is no such action in this campaign."))
    found = campaign.connection.execute(f"SELECT 1 FROM action a WHERE a.id = ? AND {NOT_UNDONE}", (action,))
    if found.fetchone() is None:
        raise TakenBackError(_("That was taken back already. To do it again, take back the line that took it back."))
    if row[0] == DeedKind.EXPORT:
        raise OrganiserError(
            _("A sheet that was written cannot be taken back here: destroy the file, it stays on record.")
        )
    if row[0] in _NEVER_UNDONE:
        raise OrganiserError(_("That cannot be taken back: the rest of the campaign stands on it."))
    return action


def _held(campaign: Campaign, table: str, row: int, field: str) -> Value:
    held: Value = campaign.connection.execute(f"SELECT {field} FROM {table} WHERE id = ?", (row,)).fetchone()[0]
    return held


def _named(campaign: Campaign, table: str, row: int) -> str:
    """The name of the person a row is of, or its own."""
    person = _owner(campaign, table, row)
    sql = "SELECT trim(given || ' ' || family) FROM person WHERE id = ?"
    if person is None:
        column = NAMED_BY.get(table) or ("name" if "name" in REGISTRY[table] else "")
        sql = f"SELECT {column} FROM {table} WHERE id = ?" if column else "SELECT ?"
    name = campaign.connection.execute(sql, (person if person is not None else row,)).fetchone()
    return str(name[0])


def _owner(campaign: Campaign, table: str, row: int) -> int | None:
    """The person a row is of."""
    if table == "person":
        return row
    if "person_id" not in REGISTRY[table]:
        return None
    owner = campaign.connection.execute(f"SELECT person_id FROM {table} WHERE id = ?", (row,)).fetchone()
    return int(owner[0]) if owner and owner[0] is not None else None
