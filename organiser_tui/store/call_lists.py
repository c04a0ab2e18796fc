"""Call lists and their targets."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import asdict, replace
from datetime import date
from typing import Any, NamedTuple

from organiser_tui.domain.call_lists import CallListDraft, Goal, ListState, why_not_called
from organiser_tui.domain.deeds import DeedKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.filters import parse_filter
from organiser_tui.domain.folding import fold
from organiser_tui.domain.ids import word_id
from organiser_tui.domain.outcomes import SPOKEN
from organiser_tui.store.calling import STILL_ON
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import Deed, Value
from organiser_tui.store.people import PeopleQuery, people_ids
from organiser_tui.store.questions import copy_questions
from organiser_tui.words import _


class CallListRow(NamedTuple):
    """A call list with its progress: `refused` are off it for good, `blocked` cannot be called while that is so."""

    id: int
    draft: CallListDraft
    state: str
    made_by: str
    made_at: int
    left: int
    """How many there are still to call."""
    done: int
    refused: int
    blocked: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.draft.name

    @property
    def targets(self) -> int:
        """Everybody on it."""
        return self.left + self.done + self.refused + self.blocked

    def why_not_called(self, today: date) -> str:
        """Why nobody on it is called today, in one sentence; '' where it is called through."""
        return why_not_called(self.state, self.draft.opens_on, self.draft.closes_on, today)


_OF_DRAFT = (
    *("name", "purpose", "filter", "refills", "opens_on", "closes_on", "hours_from", "hours_until", "goal"),
    *("cooldown_days", "guide"),
)
"""The columns of a list, in the order of CallListDraft."""
_LISTS = (
    "SELECT l.id, l.state, coalesce(o.name, ''), l.made_at, coalesce(n.open, 0), coalesce(n.done, 0),"
    " coalesce(n.refused, 0), coalesce(n.blocked, 0),"
    " (SELECT json_group_array(c.organiser_id) FROM list_caller c WHERE c.list_id = l.id AND c.gone_by IS NULL),"
    f" {', '.join(f'l.{column}' for column in _OF_DRAFT)}"
    " FROM call_list l LEFT JOIN organiser o ON o.id = l.organiser_id"
    " LEFT JOIN list_figures n ON n.list_id = l.id WHERE l.gone_by IS NULL"
)


def call_lists(campaign: Campaign) -> list[CallListRow]:
    """Every call list, open ones first, the newest first among them."""
    rows = campaign.connection.execute(f"{_LISTS} ORDER BY l.state <> 'open', l.made_at DESC, l.id DESC")
    return [_row(*row) for row in rows]


def call_list(campaign: Campaign, list_id: int) -> CallListRow | None:
    """One call list; None where it is not there (any more)."""
    row = campaign.connection.execute(f"{_LISTS} AND l.id = ?", (list_id,)).fetchone()
    return _row(*row) if row else None


def list_tried_for(campaign: Campaign, person_id: int) -> int | None:
    """The list for which a person was last tried, where she is still to be called on it; None where there is none.

    Whoever rings back rings because of that call.
    """
    row = campaign.connection.execute(
        "SELECT c.list_id FROM contact c WHERE c.person_id = ? AND c.voided_by IS NULL"
        f" AND {STILL_ON.format(list='c.list_id', person='c.person_id')}"
        " ORDER BY c.at DESC, c.id DESC LIMIT 1",
        (person_id,),
    ).fetchone()
    return row[0] if row else None


def _row(list_id: int, state: str, made_by: str, made_at: int, *rest: Any) -> CallListRow:
    left, done, refused, blocked, callers, *held = rest
    draft = CallListDraft(*held)
    goal, may_call = draft.goal or Goal.TALKED.value, tuple(sorted(json.loads(callers)))
    draft = replace(draft, refills=bool(draft.refills), goal=goal, callers=may_call)
    return CallListRow(list_id, draft, state, made_by, made_at, left, done, refused, blocked)


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


class CallerProgress(NamedTuple):
    """What one organiser has done on a call list: how many attempts, and with how many people a word was spoken."""

    organiser: str
    attempts: int
    spoken_with: int


def progress_by_organiser(campaign: Campaign, list_id: int) -> list[CallerProgress]:
    """Who has called a list, whoever has done the most first."""
    rows = campaign.connection.execute(
        "SELECT coalesce(o.name, ''), count(*), count(DISTINCT CASE WHEN c.outcome IN (SELECT u.code FROM outcome u"
        " WHERE u.effect IN (SELECT value FROM json_each(?2))) THEN c.person_id END) FROM contact c"
        " LEFT JOIN organiser o ON o.id = c.organiser_id WHERE c.list_id = ?1 AND c.voided_by IS NULL"
        " GROUP BY c.organiser_id ORDER BY 2 DESC, 1",
        (list_id, json.dumps(sorted(SPOKEN))),
    )
    return [CallerProgress(*row) for row in rows]


def target_states(campaign: Campaign, list_id: int, people: Sequence[int]) -> dict[int, str]:
    """How far each of `people` is on a call list: 'open', 'done' or 'refused'; who is not on it is left out."""
    rows = campaign.connection.execute(
        "SELECT person_id, state FROM target WHERE list_id = ? AND gone_by IS NULL"
        " AND person_id IN (SELECT value FROM json_each(?))",
        (list_id, json.dumps(list(people))),
    )
    return {person: str(state) for person, state in rows}


def make_call_list(campaign: Campaign, draft: CallListDraft, people: Sequence[int]) -> int:
    """A new call list with `people` as its targets; returns its id.

    Raises OrganiserError where the draft cannot be, or nobody is on it.
    """
    with campaign.write(DeedKind.MAKE_CALL_LIST) as deed:
        return _make(deed, draft.checked(), people)


class FilterFit(NamedTuple):
    """How the people on a call list fit a filter: how many fit and are not on it, how many to be called do not fit."""

    not_on_it: int
    not_fitting: int


def filter_fit(campaign: Campaign, list_id: int, filter_text: str) -> FilterFit:
    """How the people on a call list fit `filter_text`; without a filter all of them do.

    Raises OrganiserError where the filter is not understood.
    """
    fitting = _fitting(campaign, filter_text)
    on_it, to_call = _on_list(campaign, list_id)
    return FilterFit(len(fitting - on_it), len(to_call - fitting)) if filter_text else FilterFit(0, 0)


def change_call_list(
    campaign: Campaign,
    list_id: int,
    draft: CallListDraft,
    was: CallListDraft,
    *,
    take_in: bool = False,
    take_off: bool = False,
) -> None:
    """Set what differs between `draft` and what the list `was` when it was looked at; who is on it stays.

    `take_in` puts those on it who fit its filter as well, `take_off` takes those off who are to be called and do not.
    What another window has set meanwhile stays. Raises OrganiserError where the list cannot be so, or is gone.
    """
    draft = draft.checked()
    changed = {field: value for field, value in asdict(draft).items() if value != getattr(was, field)}
    # Before the deed: a filter may ask everybody, and nobody else can write meanwhile.
    fitting = _fitting(campaign, draft.filter_text) if draft.filter_text and (take_in or take_off) else set()
    with campaign.write(DeedKind.CHANGE_CALL_LIST) as deed:
        held = _held(campaign, list_id)
        merged = replace(held.draft, **changed).checked()
        deed.change("call_list", list_id, **_fields(merged))
        _set_callers(deed, list_id, held.draft.callers, merged.callers)
        if take_in or take_off:
            _refuse_other_filter(merged, draft.filter_text)
        if merged.filter_text and take_off:
            unfit = _on_list(campaign, list_id)[1] - fitting
            deed.end_many("target", [word_id("target", list_id, person) for person in sorted(unfit)])
        if merged.filter_text and take_in:
            _take_in(deed, list_id, fitting, gone_too=True)


def _on_list(campaign: Campaign, list_id: int) -> tuple[set[int], set[int]]:
    """Everybody on a list, and those of them who are still to be called."""
    rows = campaign.connection.execute(
        "SELECT person_id, state FROM target WHERE list_id = ? AND gone_by IS NULL", (list_id,)
    ).fetchall()
    return {person for person, _state in rows}, {person for person, state in rows if state == "open"}


def _fitting(campaign: Campaign, filter_text: str) -> set[int]:
    query = PeopleQuery(parse_filter(filter_text))
    return {person for ids in people_ids(campaign, query) for person in ids}


def set_list_state(campaign: Campaign, list_id: int, state: ListState, was: str) -> None:
    """Open, pause or close a call list that `was` in another state.

    Raises OrganiserError where it is gone, or another window has set its state meanwhile.
    """
    with campaign.write(DeedKind.CHANGE_CALL_LIST) as deed:
        held = _held(campaign, list_id)
        if held.state != was:
            raise OrganiserError(_changed_elsewhere(held.name))
        deed.change("call_list", list_id, state=state.value)


def copy_call_list(campaign: Campaign, list_id: int, name: str) -> int:
    """A new list called `name` with what the old one has and asks, and everybody on it to be called anew; its id.

    Days that are over are not copied. Raises OrganiserError where the name is empty or the old one is gone.
    """
    with campaign.write(DeedKind.MAKE_CALL_LIST) as deed:
        draft = _held(campaign, list_id).draft
        if draft.closes_on is not None and draft.closes_on < campaign.today().isoformat():
            draft = replace(draft, opens_on=None, closes_on=None)
        people = campaign.connection.execute(
            "SELECT person_id FROM target WHERE list_id = ? AND gone_by IS NULL", (list_id,)
        ).fetchall()
        copied = _make(deed, replace(draft, name=name).checked(), [person for (person,) in people])
        copy_questions(deed, list_id, copied)
        return copied


def refill_call_list(campaign: Campaign, list_id: int) -> int:
    """Put those on a call list who have come to fit its filter, and return how many; nobody is taken off.

    Who was taken off before comes back, too. Raises OrganiserError where it has no filter or is gone.
    """
    before = _held(campaign, list_id)
    if not before.draft.filter_text:
        raise OrganiserError(_("{name} has no filter by which to take in others.").format(name=before.name))
    fitting = _fitting(campaign, before.draft.filter_text)
    with campaign.write(DeedKind.REFILL_CALL_LIST) as deed:
        _refuse_other_filter(_held(campaign, list_id).draft, before.draft.filter_text)
        return _take_in(deed, list_id, fitting, gone_too=True)


def take_in_before_calling(campaign: Campaign, list_id: int) -> int:
    """Put those on a call list that refills who have come to fit its filter, and return how many.

    Nobody comes back who was taken off. A list that is not called today, or has gone, takes in nobody. It is no deed
    of the organiser's: to take back what she did last goes past it.
    """
    before = call_list(campaign, list_id)
    if before is None or not before.draft.refills or before.why_not_called(campaign.today()):
        return 0
    fitting = _fitting(campaign, before.draft.filter_text)
    with campaign.write(DeedKind.TAKE_IN) as deed:
        held = call_list(campaign, list_id)
        if held is None or held.draft != before.draft or held.why_not_called(campaign.today()):
            return 0
        return _take_in(deed, list_id, fitting, gone_too=False)


def _refuse_other_filter(draft: CallListDraft, filter_text: str) -> None:
    if draft.filter_text != filter_text:
        raise OrganiserError(_changed_elsewhere(draft.name))


def _changed_elsewhere(name: str) -> str:
    return _("Another window has changed {name}: look at it first. Nothing was saved.").format(name=name)


def _make(deed: Deed, draft: CallListDraft, people: Sequence[int]) -> int:
    rows = _in_the_file(deed.campaign, people)
    if not rows:
        raise OrganiserError(_("Nobody is on this list: the filter matches no one. Nothing was made."))
    made = deed.insert("call_list", **_fields(draft), organiser_id=deed.campaign.organiser_id, made_at=deed.at)
    _set_callers(deed, made, (), draft.callers)
    _put_on(deed, made, rows)
    return made


def _set_callers(deed: Deed, list_id: int, before: Sequence[int], callers: Sequence[int]) -> None:
    deed.end_many("list_caller", [word_id("list_caller", list_id, who) for who in before if who not in callers])
    for who in callers:
        if who not in before:
            deed.insert("list_caller", list_id=list_id, organiser_id=who)


def _take_in(deed: Deed, list_id: int, fits: Set[int], *, gone_too: bool) -> int:
    """Put those who fit on a list, `gone_too` those who were taken off it; returns how many have come on it."""
    campaign = deed.campaign
    on_it = "SELECT person_id FROM target WHERE list_id = ? AND gone_by IS NULL"
    taken_off = "SELECT person_id FROM target WHERE list_id = ? AND gone_by IS NOT NULL"
    there, off = ({person for (person,) in campaign.connection.execute(sql, (list_id,))} for sql in (on_it, taken_off))
    fitting = {row[0]: row for row in _in_the_file(campaign, sorted(fits))}
    back = [person for person in sorted(fitting) if gone_too and person in off]
    for person in back:  # the row of somebody who was taken off is brought back, not made twice
        deed.insert("target", list_id=list_id, person_id=person)
    new = [fitting[person] for person in sorted(fitting.keys() - there - off)]
    _put_on(deed, list_id, new)
    return len(back) + len(new)


def _held(campaign: Campaign, list_id: int) -> CallListRow:
    held = call_list(campaign, list_id)
    if held is None:
        raise OrganiserError(_("This call list is no longer in the file. Nothing was saved."))
    return held


def _fields(draft: CallListDraft) -> dict[str, Value]:
    columns: dict[str, Value] = asdict(draft)
    del columns["callers"]
    columns["filter"] = columns.pop("filter_text")
    return {**columns, "refills": int(draft.refills)}


def _in_the_file(campaign: Campaign, people: Sequence[int]) -> list[tuple[int, int, int, str]]:
    """Each of `people` who is in the file, with what she is served by: what fits her, last contact, next due."""
    rows: list[tuple[int, int, int, str]] = campaign.connection.execute(
        "SELECT person_id, fits, last_contact, next_due FROM person_figures"
        " WHERE person_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(people)),),
    ).fetchall()
    return rows


def _put_on(deed: Deed, list_id: int, people: Sequence[tuple[int, int, int, str]]) -> None:
    targets = [(word_id("target", list_id, person), list_id, person, *kept) for person, *kept in people]
    deed.insert_many("target", ("id", "list_id", "person_id", "fits", "waits_since", "next_due"), targets)
