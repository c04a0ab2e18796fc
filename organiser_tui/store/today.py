"""What is due now: call backs, promises, forms by the two-week rule, the next event, and the warnings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from datetime import timedelta
from operator import attrgetter
from typing import NamedTuple

from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.signups import Stage
from organiser_tui.domain.tasks import TaskEnd, end_words, task_words
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.cards import remind_forms
from organiser_tui.store.follow_ups import COMES_UP, finish_follow_up
from organiser_tui.store.gatherings import EventLine, next_event
from organiser_tui.store.groups import GroupLine, falling_groups
from organiser_tui.store.handing_over import clear_hand_over
from organiser_tui.store.reminding import EventReminder, reminders_due
from organiser_tui.store.requests import answer_request
from organiser_tui.store.tasks import OPEN, end_task, tasks_of
from organiser_tui.words import _

_LIMIT = 100
_A_WEEK = 7

_ASKER = (
    "SELECT a.organiser_id FROM ask a JOIN organiser w ON w.id = a.organiser_id AND w.gone_by IS NULL"
    " WHERE a.person_id = f.person_id AND a.kind = 'sign' AND a.voided_by IS NULL"
    " ORDER BY a.day DESC, a.id DESC LIMIT 1"
)
_TURF_HOLDER = (
    "SELECT t.organiser_id FROM turf t JOIN organiser w ON w.id = t.organiser_id AND w.gone_by IS NULL"
    " WHERE t.gone_by IS NULL AND coalesce(t.from_day, '') <= ?1 AND coalesce(t.to_day, '9999') >= ?1"
    " AND CASE WHEN t.provider_id IS NOT NULL THEN t.provider_id = f.provider_id"
    " WHEN t.municipality_code IS NOT NULL THEN t.municipality_code ="
    " (SELECT p.municipality_code FROM person p WHERE p.id = f.person_id)"
    " ELSE t.region_code = f.region_code END"
    " ORDER BY t.provider_id IS NULL, t.municipality_code IS NULL, t.id LIMIT 1"
)


class DueLine(NamedTuple):
    """One thing due at wall time `due`."""

    kind: DueKind
    id: int
    """The follow-up or the request; 0 for a form and for who was handed over."""
    person_id: int
    name: str
    provider: str
    phone: str
    due: str
    about: str
    organiser: str
    own: bool
    overdue: bool


class Coming(NamedTuple):
    """What somebody has agreed with a person for a day to come; `due` is wall time."""

    due: str
    name: str


class Today(NamedTuple):
    """Everything that stands on the Today page."""

    due: list[DueLine]
    more_due: bool
    coming: Coming | None
    """What the organiser at work has agreed next, after today."""
    event: EventLine | None
    groups: list[GroupLine]
    ready: bool
    """Whether there is anybody in the campaign at all."""
    reminders: Sequence[EventReminder] = ()
    """Events that are near, with those who said they come and are to be reminded."""


def today_of(campaign: Campaign) -> Today:
    """What is due: the organiser's own first, the longest due first as in the queue; forms and welcomes come last."""
    due = _due(campaign)
    shown = sorted(due[:_LIMIT], key=_place)
    anybody = campaign.connection.execute("SELECT EXISTS (SELECT 1 FROM person_figures)").fetchone()[0]
    more = len(due) > _LIMIT
    lines = _lines(campaign, shown)
    falling, reminders = falling_groups(campaign), reminders_due(campaign)
    return Today(lines, more, _coming(campaign), next_event(campaign), falling, bool(anybody), reminders)


def _coming(campaign: Campaign) -> Coming | None:
    # By kind, as the index has them; there are two.
    of_kind = (
        "SELECT * FROM (SELECT u.due, trim(p.given || ' ' || p.family) FROM follow_up u JOIN person p"
        " ON p.id = u.person_id AND p.gone_by IS NULL JOIN person_figures f ON f.person_id = u.person_id"
        f" WHERE u.organiser_id IS ?1 AND u.kind = '{{kind}}' AND u.due > ?2 AND {COMES_UP}"
        " AND u.reprisal_id IS NULL AND u.gone_by IS NULL AND u.done_on IS NULL ORDER BY u.due LIMIT 1)"
    )
    sql = " UNION ALL ".join(of_kind.format(kind=kind) for kind in (DueKind.PROMISE, DueKind.CALL_BACK))
    found = campaign.connection.execute(sql, (campaign.organiser_id, f"{campaign.today().isoformat()}~")).fetchall()
    return Coming(*min(found)) if found else None


class _Due(NamedTuple):
    """One thing that is due, as far as its place among the others takes."""

    kind: DueKind
    id: int
    person_id: int
    due: str
    organiser_id: int | None
    own: bool


def _place(line: _Due) -> tuple[object, ...]:
    # Whom management did something to does not wait for anything else.
    return (
        not line.own,
        line.kind is not DueKind.SUPPORT,
        line.kind in (DueKind.FORM, DueKind.WELCOME),
        line.due,
        line.id,
    )


def _due(campaign: Campaign) -> list[_Due]:
    """What is due: the organiser's own first, and of each what fell due last; where not all fit, one more at least."""
    # Her own are asked for by themselves: however many others have, none of hers is missing for it. And by kind, as the
    # index has them; there are two.
    promises = _follow_ups(campaign, "u.organiser_id IS ?1 AND u.kind = 'promise' AND u.reprisal_id IS NULL")
    call_backs = _follow_ups(campaign, "u.organiser_id IS ?1 AND u.kind = 'call back'")
    requests = _requests(campaign, "r.organiser_id IS ?1")
    due = [*promises, *call_backs, *_forms(campaign), *_handed_over(campaign), *requests, *_support(campaign)]
    due += [*_tasks(campaign), *_welcomes(campaign)]
    if sum(line.own for line in due) <= _LIMIT:
        due += _follow_ups(campaign, "u.organiser_id IS NOT ?1 AND u.reprisal_id IS NULL")
        due += _requests(campaign, "r.organiser_id IS NOT ?1")
    due.sort(key=attrgetter("due"), reverse=True)
    due.sort(key=attrgetter("own"), reverse=True)
    return due


def _follow_ups(campaign: Campaign, whose: str) -> Iterator[_Due]:
    rows = campaign.connection.execute(
        "SELECT u.kind, u.id, u.person_id, u.due, u.organiser_id, u.organiser_id IS ?1"
        " FROM follow_up u CROSS JOIN person_figures f ON f.person_id = u.person_id"
        f" WHERE u.gone_by IS NULL AND u.done_on IS NULL AND u.due < ?2 AND {COMES_UP}"
        f" AND {whose} ORDER BY u.due DESC, u.id LIMIT ?3",
        (campaign.organiser_id, f"{campaign.today().isoformat()}~", _LIMIT + 1),
    )
    return (_Due(DueKind(kind), row, person, due, who, bool(own)) for kind, row, person, due, who, own in rows)


def _support(campaign: Campaign) -> Iterator[_Due]:
    """Whom management did something to: she stands there at once, and is due within a day."""
    rows = campaign.connection.execute(
        "SELECT u.id, u.person_id, u.due, u.organiser_id, u.organiser_id IS ?1 FROM follow_up u"
        " CROSS JOIN person_figures f ON f.person_id = u.person_id WHERE u.reprisal_id IS NOT NULL"
        f" AND u.gone_by IS NULL AND u.done_on IS NULL AND {COMES_UP} ORDER BY u.due DESC, u.id LIMIT ?2",
        (campaign.organiser_id, 2 * _LIMIT),
    )
    return (_Due(DueKind.SUPPORT, row, person, due, who, bool(own)) for row, person, due, who, own in rows)


def _forms(campaign: Campaign) -> Iterator[_Due]:
    """Forms that the two-week rule asks for.

    They are the asker's, else whose turf the person works or lives on: provider before municipality before region.
    """
    rows = campaign.connection.execute(
        f"SELECT f.person_id, f.form_due, coalesce(({_ASKER}), ({_TURF_HOLDER}))"
        " FROM person_figures f WHERE f.form_due <> '' AND f.form_due <= ?1"
        " AND f.blocked NOT IN ('deceased', 'left the work') ORDER BY f.form_due DESC, f.person_id LIMIT ?2",
        (campaign.today().isoformat(), 2 * _LIMIT),
    )
    me = campaign.organiser_id
    return (_Due(DueKind.FORM, 0, person, due, organiser, organiser == me) for person, due, organiser in rows)


def _handed_over(campaign: Campaign) -> Iterator[_Due]:
    """Whom an organiser should speak with herself, since the day on which she was handed over."""
    rows = campaign.connection.execute(
        "SELECT p.id, p.handed_on, p.handed_to FROM person p CROSS JOIN person_figures f ON f.person_id = p.id"
        f" WHERE p.handed_to IS NOT NULL AND p.gone_by IS NULL AND {COMES_UP}"
        " ORDER BY p.handed_to IS NOT ?, p.handed_on DESC, p.id LIMIT ?",
        (campaign.organiser_id, 2 * _LIMIT),
    )
    me = campaign.organiser_id
    return (_Due(DueKind.HANDED_OVER, 0, person, day or "", to, to == me) for person, day, to in rows)


def _requests(campaign: Campaign, whose: str) -> Iterator[_Due]:
    """What people wanted to know and were not told yet."""
    rows = campaign.connection.execute(
        "SELECT r.id, r.person_id, r.day, r.organiser_id, r.organiser_id IS ?1 FROM request r"
        " CROSS JOIN person_figures f ON f.person_id = r.person_id"
        f" WHERE {COMES_UP} AND {whose} AND r.answered_on IS NULL AND r.gone_by IS NULL"
        " ORDER BY r.day DESC, r.id LIMIT ?2",
        (campaign.organiser_id, _LIMIT + 1),
    )
    return (_Due(DueKind.REQUEST, row, person, day, who, bool(own)) for row, person, day, who, own in rows)


def _tasks(campaign: Campaign) -> Iterator[_Due]:
    """Tasks that are due and of which nobody has noted how they ended: whoever gave them asks."""
    rows = campaign.connection.execute(
        "SELECT t.id, t.person_id, t.due, t.organiser_id FROM task t CROSS JOIN person_figures f"
        " ON f.person_id = t.person_id WHERE t.due IS NOT NULL AND t.due <= ?1"
        f" AND f.blocked NOT IN ('deceased', 'left the work') AND {OPEN} ORDER BY t.due DESC, t.id LIMIT ?2",
        (campaign.today().isoformat(), 2 * _LIMIT),
    )
    me = campaign.organiser_id
    return (_Due(DueKind.TASK, row, person, due, who, who == me) for row, person, due, who in rows)


def _welcomes(campaign: Campaign) -> Iterator[_Due]:
    """New members with whom nobody has spoken since their card came on file, a week before it is time."""
    today, set_by = campaign.today(), campaign.definitions
    rows = campaign.connection.execute(
        f"SELECT f.person_id, date(f.stage_since, ?2), coalesce(({_ASKER}), ({_TURF_HOLDER})) FROM person_figures f"
        f" WHERE f.stage = '{Stage.ON_FILE}' AND f.stage_since <> '' AND f.stage_since BETWEEN ?3 AND ?4"
        f" AND f.last_conversation < f.stage_since AND {COMES_UP} ORDER BY f.stage_since DESC, f.person_id LIMIT ?5",
        (
            *(today.isoformat(), f"+{set_by.welcome_days} days"),
            (today - timedelta(days=set_by.welcome_until)).isoformat(),
            (today - timedelta(days=set_by.welcome_days - _A_WEEK)).isoformat(),
            2 * _LIMIT,
        ),
    )
    me = campaign.organiser_id
    return (_Due(DueKind.WELCOME, 0, person, due, who, who == me) for person, due, who in rows)


def _lines(campaign: Campaign, due: Sequence[_Due]) -> list[DueLine]:
    """`due` with the words that stand on the page; who has been taken out meanwhile is left out."""
    today = campaign.today().isoformat()
    now = campaign.wall_now().isoformat(timespec="minutes")
    people = {
        row[0]: row[1:]
        for row in campaign.connection.execute(
            "SELECT f.person_id, trim(p.given || ' ' || p.family), coalesce(v.name, ''), f.phone,"
            " (SELECT count(*) FROM reminder r WHERE r.person_id = f.person_id AND r.voided_by IS NULL"
            " AND f.form_due <> '' AND r.day >= f.card_since), p.handed_why"
            " FROM json_each(?) j CROSS JOIN person_figures f ON f.person_id = j.value"
            " JOIN person p ON p.id = f.person_id LEFT JOIN provider v ON v.id = f.provider_id",
            (json.dumps([line.person_id for line in due]),),
        )
    }
    reasons = _words_of(campaign, "SELECT u.id, u.why FROM json_each(?) j CROSS JOIN follow_up u ON u.id = j.value",
                        {line.id for line in due})  # fmt: skip
    wanted = _words_of(campaign, "SELECT r.id, r.what FROM json_each(?) j CROSS JOIN request r ON r.id = j.value",
                       {line.id for line in due})  # fmt: skip
    tasks = {task.id: task_words(task.kind, task.what)
             for task in tasks_of(campaign, [line.id for line in due if line.kind is DueKind.TASK])}  # fmt: skip
    organisers = _words_of(campaign, "SELECT o.id, o.name FROM json_each(?) j CROSS JOIN organiser o ON o.id = j.value",
                           {line.organiser_id for line in due})  # fmt: skip
    lines = []
    for one in due:
        if one.person_id not in people:
            continue
        name, provider, phone, reminded, handed_why = people[one.person_id]
        if one.kind is DueKind.HANDED_OVER:
            about = handed_why
        elif one.kind is DueKind.REQUEST:
            about = wanted.get(one.id, "")
        elif one.kind is DueKind.WELCOME:
            about = _("a new member, not spoken with since")
        elif one.kind is DueKind.TASK:
            about = tasks.get(one.id, "")
        elif one.kind is DueKind.SUPPORT:
            about = _("reprisal: call her within 24 hours")
        elif one.kind is not DueKind.FORM:
            about = reasons.get(one.id, "")
        elif reminded >= campaign.definitions.reminders:
            about = _("reminded twice: ask in person or close")
        else:
            about = _("no form back: remind")
        overdue = one.due < (today if len(one.due) == len(today) else now)
        who = organisers.get(one.organiser_id, "")
        lines.append(
            DueLine(one.kind, one.id, one.person_id, name, provider, phone, one.due, about, who, one.own, overdue)
        )
    return lines


def finish(campaign: Campaign, line: DueLine, told: str = "", how: TaskEnd = TaskEnd.DONE) -> str:
    """What is due is done; a request is with what she was `told`, a task as it ended: `how`.

    Returns that in a sentence without her name.

    Raises OrganiserError where another window was quicker.
    """
    match line.kind:
        case DueKind.FORM:
            remind_forms(campaign, [line.person_id])
            return _("reminded today")
        case DueKind.WELCOME:
            raise OrganiserError(_("It is done once somebody has spoken with her: enter calls her."))
        case DueKind.TASK:
            return end_words(end_task(campaign, line.id, how))
        case DueKind.REQUEST:
            answer_request(campaign, line.id, told)
            return _("answered")
        case DueKind.HANDED_OVER:
            clear_hand_over(campaign, line.person_id)
            return _("may be called by everybody again")
        case DueKind.CALL_BACK | DueKind.PROMISE | DueKind.SUPPORT:
            finish_follow_up(campaign, line.id)
            return _("done")


def _words_of(campaign: Campaign, sql: str, ids: Set[int | None]) -> dict[int | None, str]:
    return dict(campaign.connection.execute(sql, (json.dumps(list(ids)),)).fetchall())
