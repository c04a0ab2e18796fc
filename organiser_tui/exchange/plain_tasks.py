"""Tasks on the command line: printed, taken on, ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from organiser_tui.domain.dates import Direction, parse_moment
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.folding import fold
from organiser_tui.domain.tasks import Outcome, TaskEnd, TaskKind, end_words, task_words
from organiser_tui.exchange.plain import one_line, print_json_rows, say
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import event_named
from organiser_tui.store.people import find_person
from organiser_tui.store.tasks import (
    TaskDraft,
    TaskRow,
    end_task,
    ended_tasks,
    open_tasks,
    outcomes_of,
    take_task,
    tasks_of,
)
from organiser_tui.words import _


def answer(campaign: Campaign, person: str | None, task: int | None, said: Mapping[str, Any]) -> None:
    """What a script asks: that a person takes a task on, that one ended, else which there are.

    Raises OrganiserError where it asks for two of them at once.
    """
    if person is not None and task is not None:
        raise OrganiserError(_("--take and --end do not go together: one task after the other."))
    if person is None and (said["what"] or said["due"] or said["event"] or said["colleagues"]):
        raise OrganiserError(_("Who takes it on? --take PERSON says so."))
    if person is not None:
        take(campaign, Taking(person, said["what"], said["due"], said["event"], said["colleagues"]))
    elif task is not None:
        end(campaign, task, said["how"])
    else:
        print_tasks(campaign, every=said["every"], as_json=said["as_json"])


def print_tasks(campaign: Campaign, *, every: bool, as_json: bool) -> None:
    """The open tasks, those due first at the top; with `every` those that ended last, too."""
    tasks = tasks_of(campaign, [*open_tasks(campaign, -1), *(ended_tasks(campaign) if every else ())])
    rows = (_task(row, outcome) for row, outcome in _with_outcomes(campaign, tasks))
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        words = (row["id"], row["due"] or "-", row["name"], row["task"], row["ended"] or _("open"))
        say(" | ".join(one_line(word) for word in words))


def _with_outcomes(campaign: Campaign, tasks: Sequence[TaskRow]) -> Iterator[tuple[TaskRow, Outcome | None]]:
    outcomes = outcomes_of(campaign, tasks)
    return ((row, outcomes.get(row.id)) for row in tasks)


def _task(row: TaskRow, outcome: Outcome | None) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "person": str(row.person_id),
        "name": row.name,
        "kind": row.kind,
        "task": task_words(row.kind, row.what),
        "taken_on": row.taken_on,
        "due": row.due or None,
        "event": row.event or None,
        "ended": row.how or None,
        "ended_on": row.ended_on or None,
        "colleagues": outcome._asdict() if outcome is not None else None,
    }


@dataclass(frozen=True)
class Taking:
    """What is said of a task on the command line: words as people type them."""

    person: str
    what: str
    due: str = ""
    event: str = ""
    colleagues: Sequence[str] = ()


def take(campaign: Campaign, said: Taking) -> None:
    """Note that a person takes a task on."""
    person, kind = find_person(campaign, said.person), _kind_of(said.what)
    draft = TaskDraft(
        person,
        kind,
        said.what if kind is TaskKind.ORGANISING else "",
        parse_moment(said.due, campaign.wall_now(), Direction.NEXT).day.isoformat() if said.due else None,
        event_named(campaign, said.event) if said.event else None,
        tuple(find_person(campaign, colleague) for colleague in said.colleagues),
    )
    (row,) = tasks_of(campaign, [take_task(campaign, draft)])
    words = _("{name} takes on: {what}, number {id}.")
    say(one_line(words.format(name=row.name, what=task_words(row.kind, row.what), id=row.id)))


def _kind_of(what: str) -> TaskKind:
    return next((kind for kind in TaskKind if fold(what) == fold(kind.value)), TaskKind.ORGANISING)


def end(campaign: Campaign, task: int, how: str) -> None:
    """Note how a task ended."""
    ended = end_task(campaign, task, TaskEnd(how))
    (row,) = tasks_of(campaign, [task])
    what = task_words(row.kind, row.what)
    say(one_line(_("{name}: {what}: {how}.").format(name=row.name, what=what, how=end_words(ended))))
