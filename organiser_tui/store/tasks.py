"""Tasks: taken on, ended, and who has which; nobody is counted on without one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import clean
from organiser_tui.domain.spread import Brought, Guest
from organiser_tui.domain.tasks import MOST_NAMED, Colleague, Outcome, TaskEnd, TaskKind, ended_as, outcome_of
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.facts import LAST_END
from organiser_tui.store.presence import refuse_gone
from organiser_tui.words import _

_LONGEST = 300
_ENDED = 60
"""So many that have ended are shown."""
_PLEDGES = 200
"""So many pledges are shown, the longest due first."""
_PROPOSED = 3
_LAST_END = LAST_END.format(of="task")
_LAST_ASK_END = LAST_END.format(of="ask")
_SAID = (
    "SELECT w.answer FROM answer w WHERE w.ask_id = a.id AND w.voided_by IS NULL ORDER BY w.day DESC, w.id DESC LIMIT 1"
)
"""Of an ask `a`: the last answer."""
OPEN = f"t.gone_by IS NULL AND NOT EXISTS ({_LAST_END})"
"""Of a task `t`: nobody has noted how it ended."""
_PLEDGE = (
    "a.id, a.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), a.kind, a.note, a.day,"
    " coalesce(substr(a.due, 1, 10), ''), '', coalesce(o.name, ''), a.organiser_id IS ?1, '', '',"
    f" (SELECT count(*) FROM task t WHERE t.person_id = p.id AND {OPEN}) FROM ask a JOIN person p"
    " ON p.id = a.person_id AND p.gone_by IS NULL JOIN person_figures f ON f.person_id = p.id"
    " LEFT JOIN provider v ON v.id = f.provider_id LEFT JOIN organiser o ON o.id = a.organiser_id"
    f" LEFT JOIN ask_end x ON x.id = ({_LAST_ASK_END})"
)
"""Of an ask `a`: the columns of a TaskRow, and where they come from; parameter 1 is the organiser at work."""


@dataclass(frozen=True)
class TaskDraft:
    """A task that somebody takes on; days are ISO. One about an event may have been taken on there."""

    person_id: int
    kind: TaskKind
    what: str = ""
    due: str | None = None
    event_id: int | None = None
    colleagues: tuple[int, ...] = ()

    def checked(self) -> TaskDraft:
        """The same, cleaned; raises OrganiserError where it does not hold together."""
        what, colleagues = clean(self.what), tuple(dict.fromkeys(self.colleagues))
        if self.kind is TaskKind.ORGANISING and not what:
            raise OrganiserError(_("Say what she takes on: a task without a word is none."))
        if len(what) > _LONGEST:
            raise OrganiserError(_("A task is told in {most} letters.").format(most=_LONGEST))
        if self.kind is TaskKind.CALL and not colleagues:
            raise OrganiserError(_("Name the colleagues whom she calls: they are her own small list."))
        if self.kind is not TaskKind.CALL and colleagues:
            raise OrganiserError(_("Only a task to call colleagues names any."))
        if len(colleagues) > MOST_NAMED:
            raise OrganiserError(_("A task names {most} colleagues at most.").format(most=MOST_NAMED))
        if self.person_id in colleagues:
            raise OrganiserError(_("Nobody is her own colleague: name somebody else."))
        if self.due is not None and not _is_day(self.due):
            raise OrganiserError(_("“{text}” is no day: write it as 2026-12-04.").format(text=self.due[:40]))
        return TaskDraft(self.person_id, self.kind, what, self.due, self.event_id, colleagues)


class TaskRow(NamedTuple):
    """One task: days are ISO, '' for none; `how` is a TaskEnd, '' while it is open."""

    id: int
    person_id: int
    name: str
    provider: str
    kind: str
    what: str
    taken_on: str
    due: str
    event: str
    organiser: str
    own: bool
    """Whether the organiser at work gave it."""
    how: str
    ended_on: str
    open_beside: int
    """How many open tasks she has; this one, if it is one, among them."""
    asked: bool
    """Whether it is what she said yes to when she was asked (a pledge), and no task."""


def take_task(campaign: Campaign, draft: TaskDraft) -> int:
    """Note that somebody takes a task on, today or, at an event that is over, on its day; its id.

    Raises OrganiserError where the draft does not hold together, or it was due before it was taken on.
    """
    draft = draft.checked()
    with campaign.write(DeedKind.TAKE_TASK) as deed:
        for person in (draft.person_id, *draft.colleagues):
            refuse_gone(campaign, "person", person)
        taken_on = _taken_on(campaign, draft.event_id)
        if draft.due is not None and draft.due < taken_on:
            raise OrganiserError(_("It was taken on on {day}: it cannot have been due before.").format(day=taken_on))
        task = deed.insert(
            "task",
            person_id=draft.person_id,
            kind=draft.kind.value,
            what=draft.what,
            taken_on=taken_on,
            due=draft.due,
            event_id=draft.event_id,
            organiser_id=campaign.organiser_id,
        )
        for colleague in draft.colleagues:
            deed.insert("task_colleague", task_id=task, person_id=colleague)
    return task


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _taken_on(campaign: Campaign, event_id: int | None) -> str:
    today = campaign.today().isoformat()
    if event_id is None:
        return today
    refuse_gone(campaign, "event", event_id)
    starts, cancelled = campaign.connection.execute(
        "SELECT starts, cancelled_on FROM event WHERE id = ?", (event_id,)
    ).fetchone()
    if cancelled is not None:
        raise OrganiserError(
            _("This event was called off on {day}: nothing is to be done for it.").format(day=cancelled)
        )
    return min(today, str(starts)[:10])


def end_task(campaign: Campaign, task_id: int, how: TaskEnd, day: str = "") -> TaskEnd:
    """Note how a task ended on `day` (ISO, '' for today); done after its day it is late. Returns how it stands.

    Raises OrganiserError where that was noted already, or the day is to come or before it was taken on.
    """
    today = campaign.today().isoformat()
    day = day or today
    with campaign.write(DeedKind.END_TASK) as deed:
        refuse_gone(campaign, "task", task_id)
        row = next(iter(tasks_of(campaign, [task_id])), None)
        if row is None:
            raise OrganiserError(_("Whoever took this task on is no longer in the file. Nothing was saved."))
        if row.how:
            sentence = _("How this task ended was noted already: {how}, {day}.")
            raise OrganiserError(sentence.format(how=row.how, day=row.ended_on))
        if day > today or day < row.taken_on:
            sentence = _("It was taken on on {day}: it ended on a day since then, today at the latest.")
            raise OrganiserError(sentence.format(day=row.taken_on))
        ended = ended_as(how, row.due or None, day)
        deed.insert(
            "task_end",
            person_id=row.person_id,
            task_id=task_id,
            how=ended.value,
            day=day,
            organiser_id=campaign.organiser_id,
        )
    return ended


def open_tasks(campaign: Campaign, limit: int = 1000) -> list[int]:
    """The ids of the tasks nobody has noted the end of, those due first at the top, those without a day last."""
    rows = campaign.connection.execute(
        f"SELECT t.id FROM task t WHERE t.due IS NOT NULL AND {OPEN} ORDER BY t.due, t.id LIMIT ?1", (limit,)
    ).fetchall()
    rows += campaign.connection.execute(
        f"SELECT t.id FROM task t WHERE t.due IS NULL AND {OPEN} ORDER BY t.id LIMIT ?1", (limit - len(rows),)
    ).fetchall()
    return [task for (task,) in rows]


def ended_tasks(campaign: Campaign) -> list[int]:
    """The ids of the last tasks that ended, the latest first."""
    rows = campaign.connection.execute(
        "SELECT x.task_id FROM task_end x JOIN task t ON t.id = x.task_id AND t.gone_by IS NULL"
        f" WHERE x.id = ({_LAST_END}) ORDER BY x.day DESC, x.id DESC LIMIT ?",
        (_ENDED,),
    )
    return [task for (task,) in rows]


def tasks_of(campaign: Campaign, tasks: Sequence[int]) -> list[TaskRow]:
    """These tasks, in the order of `tasks`; who or what is no longer in the file is left out."""
    rows = campaign.connection.execute(
        "SELECT t.id, t.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), t.kind, t.what, t.taken_on,"
        " coalesce(t.due, ''), coalesce(e.name, ''), coalesce(o.name, ''), t.organiser_id IS ?2,"
        " coalesce(x.how, ''), coalesce(x.day, ''), (SELECT count(*) FROM task t WHERE t.person_id = p.id"
        f" AND {OPEN}) FROM json_each(?1) j CROSS JOIN task t ON t.id = j.value JOIN person p ON p.id = t.person_id"
        " AND p.gone_by IS NULL"
        " JOIN person_figures f ON f.person_id = p.id LEFT JOIN provider v ON v.id = f.provider_id"
        " LEFT JOIN event e ON e.id = t.event_id LEFT JOIN organiser o ON o.id = t.organiser_id"
        f" LEFT JOIN task_end x ON x.id = ({_LAST_END}) WHERE t.gone_by IS NULL ORDER BY j.key",
        (json.dumps(list(tasks)), campaign.organiser_id),
    )
    return [TaskRow._make((*row[:10], bool(row[10]), *row[11:], False)) for row in rows]


def colleagues_of(campaign: Campaign, tasks: Sequence[int]) -> dict[int, list[int]]:
    """Whom each of these tasks names, by task, in the order they were named."""
    found: dict[int, list[int]] = defaultdict(list)
    for task, person in campaign.connection.execute(
        "SELECT c.task_id, c.person_id FROM task_colleague c JOIN json_each(?) j ON j.value = c.task_id"
        " JOIN person p ON p.id = c.person_id AND p.gone_by IS NULL WHERE c.gone_by IS NULL ORDER BY c.id",
        (json.dumps(list(tasks)),),
    ):
        found[task].append(person)
    return dict(found)


def outcomes_of(campaign: Campaign, tasks: Sequence[TaskRow]) -> dict[int, Outcome]:
    """What came of the colleagues that these tasks name, by task; tasks that name nobody are not in it."""
    named = colleagues_of(campaign, [task.id for task in tasks])
    everybody = json.dumps([person for people in named.values() for person in people])
    stand = {
        person: Colleague(name, conversation, signed)
        for person, name, conversation, signed in campaign.connection.execute(
            "SELECT p.id, trim(p.given || ' ' || p.family), f.last_conversation, f.signed_on FROM json_each(?) j"
            " JOIN person p ON p.id = j.value JOIN person_figures f ON f.person_id = p.id",
            (everybody,),
        )
    }
    return {
        task.id: outcome_of([stand[person] for person in named[task.id] if person in stand], task.taken_on)
        for task in tasks
        if task.id in named
    }


def open_tasks_of(campaign: Campaign, person_id: int) -> int:
    """How many tasks of a person nobody has noted the end of."""
    row = campaign.connection.execute(
        f"SELECT count(*) FROM task t WHERE t.person_id = ? AND {OPEN}", (person_id,)
    ).fetchone()
    return int(row[0])


def untested_beside(campaign: Campaign, person_id: int) -> list[tuple[int, str]]:
    """Id and name of those at her provider whom no promise has tested yet and who have no task, supporters first."""
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family) FROM person_figures mine CROSS JOIN person_figures f"
        " ON f.provider_key = mine.provider_key JOIN person p ON p.id = f.person_id WHERE mine.person_id = ?1"
        " AND f.person_id <> ?1 AND f.counted = 'untested' AND f.blocked NOT IN ('deceased', 'left the work',"
        " 'position') AND f.do_not_contact <> 'all' AND f.spoken_with = 1 AND f.rating NOT IN (4, 5)"
        f" AND NOT EXISTS (SELECT 1 FROM task t WHERE t.person_id = f.person_id AND {OPEN})"
        " ORDER BY f.rating, f.name_key LIMIT ?2",
        (person_id, _PROPOSED),
    )
    return [(person, name) for person, name in rows]


def who_brought_whom(campaign: Campaign, limit: int = 2000) -> list[Brought]:
    """The last times that somebody was brought along, at most `limit` of them."""
    rows = campaign.connection.execute(
        "SELECT p.id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), b.id, trim(b.given || ' ' || b.family),"
        " coalesce(w.name, ''), t.day FROM attendance t JOIN person p ON p.id = t.person_id AND p.gone_by IS NULL"
        " JOIN person b ON b.id = t.brought_by AND b.gone_by IS NULL JOIN person_figures f ON f.person_id = p.id"
        " JOIN person_figures g ON g.person_id = b.id LEFT JOIN provider v ON v.id = f.provider_id"
        " LEFT JOIN provider w ON w.id = g.provider_id WHERE t.brought_by IS NOT NULL AND t.came = 1"
        " AND t.voided_by IS NULL ORDER BY t.day DESC, t.id DESC LIMIT ?",
        (limit,),
    )
    return [Brought(Guest(*row[:3]), Guest(*row[3:6]), row[6]) for row in rows]


def open_pledges(campaign: Campaign, limit: int = _PLEDGES) -> list[TaskRow]:
    """What people said yes to that is about no event (pledges, bringing someone), while nobody noted what came of it.

    Those due first at the top, those without a day last. A last answer that takes it back takes it off.
    """
    found = (
        f"SELECT {_PLEDGE} WHERE a.voided_by IS NULL AND a.event_id IS NULL AND a.kind <> 'sign' AND a.kind <> 'come'"
        f" AND a.kind <> 'take a task' AND a.kind <> 'mandate' AND x.id IS NULL AND ({_SAID}) = 'yes'"
    )
    execute, me = campaign.connection.execute, campaign.organiser_id
    # As the index has them: those with a day, and those without.
    rows = execute(f"{found} AND a.due IS NOT NULL ORDER BY a.due, a.day LIMIT ?2", (me, limit)).fetchall()
    rows += execute(f"{found} AND a.due IS NULL ORDER BY a.day LIMIT ?2", (me, limit - len(rows))).fetchall()
    return [_pledge(row) for row in rows]


def end_pledge(campaign: Campaign, ask_id: int, how: TaskEnd) -> TaskEnd:
    """Note what came of what somebody said yes to, today. Returns how it stands.

    Raises OrganiserError where that was noted already, or nobody said yes to it.
    """
    with campaign.write(DeedKind.END_PLEDGE) as deed:
        found = campaign.connection.execute(
            f"SELECT a.person_id, coalesce(x.how, ''), coalesce(({_SAID}), '') FROM ask a LEFT JOIN ask_end x"
            f" ON x.id = ({_LAST_ASK_END}) WHERE a.id = ? AND a.voided_by IS NULL",
            (ask_id,),
        ).fetchone()
        if found is None or found[2] != "yes":
            raise OrganiserError(_("Nobody has said yes to this any more. Nothing was saved."))
        if found[1]:
            raise OrganiserError(_("What came of it was noted already: {how}.").format(how=found[1]))
        kept = {TaskEnd.DONE: "kept", TaskEnd.LATE: "kept", TaskEnd.NOT_DONE: "not kept", TaskEnd.EXCUSED: "excused"}
        deed.insert(
            "ask_end",
            person_id=found[0],
            ask_id=ask_id,
            how=kept[how],
            day=campaign.today().isoformat(),
            organiser_id=campaign.organiser_id,
        )
    return how


def _pledge(row: Sequence[Any]) -> TaskRow:
    return TaskRow._make((*row[:10], bool(row[10]), *row[11:], True))
