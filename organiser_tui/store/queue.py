"""Who can be called now: the next person of a list, claimed in the same transaction, and who is blocked and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from organiser_tui.domain.call_lists import why_not_called
from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import DUE_CALL_BACK, EVERY_REGION, PROMISE_DUE, UNREACHED_PROVIDER
from organiser_tui.domain.queue import CLAIM_SECONDS, Served
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.journal import transaction
from organiser_tui.words import _

_SHORT_LIST = 2000
"""Up to so many open targets, looking at each is quicker than walking what is due in the whole campaign."""

_ELIGIBLE = (
    "f.blocked = '' AND f.rests_until <= :now"
    " AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.person_id = f.person_id AND c.until > :now AND c.window <> :window)"
    " AND f.person_id NOT IN (SELECT value FROM json_each(:skipped))"
    " AND EXISTS (SELECT 1 FROM person p WHERE p.id = f.person_id"
    " AND coalesce(p.call_from, '00:00') <= :hour AND coalesce(p.call_until, '24:00') > :hour"
    " AND (p.call_language = '' OR instr(:languages, ' ' || p.call_language || ' ')))"
)
_FIRST_DUE = (
    "SELECT min(CASE u.kind WHEN 'call back' THEN '1' ELSE '2' END || (u.organiser_id IS NOT :organiser) || u.due)"
    " FROM follow_up u"
    " WHERE u.person_id = f.person_id AND u.gone_by IS NULL AND u.done_on IS NULL AND u.due <= :wall"
)
"""Sorts as the promise of a person is served: its rule, the own ones first, then by what was agreed."""
_ON_LIST = "t.list_id = :list AND t.state = 'open' AND t.gone_by IS NULL"


class Blocked(NamedTuple):
    """One person who cannot be called now; `until` is the instant in seconds that frees her, 0 where none does."""

    person_id: int
    reason: str
    until: int


class Ready(NamedTuple):
    """One person who can be called now, in the order of the queue."""

    person_id: int
    rule: int
    last_contact: int
    """An instant in seconds, 0 for never."""


class Standing(NamedTuple):
    """How many of a queue are ready, how many blocked by which reason, and when the next frees up (0: never)."""

    ready: int
    blocked: dict[str, int]
    frees_at: int


def next_person(campaign: Campaign, list_id: int | None, skipped: Collection[int] = ()) -> Served | None:
    """The next person of a list (None: of everyone) by the numbered rules, claimed for this window.

    Ties go to the oldest last contact, then to the lower id. None where nobody can be called now.
    """
    if campaign.read_only:
        return None
    with transaction(campaign):
        campaign.connection.execute("DELETE FROM claim WHERE window = ?", (campaign.window,))
        if not (_called_through(campaign, list_id) and _within(campaign.wall_now(), _hours(campaign, list_id))):
            return None
        asked = _asked(campaign, list_id, skipped)
        for find in (_due, _by_rule):
            served = find(campaign, asked, list_id)
            if served is not None:
                _claim(campaign, asked, list_id, served.person_id)
                return served
    return None


def hold_person(campaign: Campaign, list_id: int | None, person_id: int) -> Served | None:
    """One person chosen by hand, claimed for this window; None where she is not in the file.

    Raises OrganiserError where another window holds her.
    """
    if campaign.read_only:
        return None
    connection = campaign.connection
    with transaction(campaign):
        asked = _asked(campaign, list_id, ())
        row = connection.execute(
            "SELECT f.rule, f.next_due, f.last_contact, coalesce(c.until, 0) FROM person_figures f"
            " LEFT JOIN claim c ON c.person_id = f.person_id AND c.until > :now AND c.window <> :window"
            " WHERE f.person_id = :person",
            asked | {"person": person_id},
        ).fetchone()
        if row is None:
            return None
        if row[3]:
            raise OrganiserError(_("Another window is in a call with this person."))
        connection.execute("DELETE FROM claim WHERE window = ?", (campaign.window,))
        _claim(campaign, asked, list_id, person_id)
    return served_as(campaign, [Ready(person_id, row[0], row[2])])[person_id]


def served_as(campaign: Campaign, ready: Sequence[Ready]) -> dict[int, Served]:
    """What puts each of those who are ready where she is in the queue, by id."""
    promised = _promised(campaign, [one.person_id for one in ready])
    unreached = _unreached_at(campaign, [one.person_id for one in ready if one.rule == UNREACHED_PROVIDER])
    return {one.person_id: promised.get(one.person_id) or _served(campaign, *one, unreached) for one in ready}


def _promised(campaign: Campaign, people: Sequence[int]) -> dict[int, Served]:
    """The call back or promise that is due, of those of `people` who have one."""
    found: dict[int, Served] = {}
    for person, kind, due, why in campaign.connection.execute(
        "SELECT person_id, kind, due, why FROM follow_up WHERE person_id IN (SELECT value FROM json_each(?))"
        " AND gone_by IS NULL AND done_on IS NULL AND due <= ? ORDER BY kind, organiser_id IS NOT ?, due",
        (json.dumps(list(people)), campaign.wall_now().isoformat(timespec="minutes"), campaign.organiser_id),
    ):
        rule = DUE_CALL_BACK if kind == "call back" else PROMISE_DUE
        found.setdefault(person, Served(person, rule, due, why, ""))
    return found


def _claim(campaign: Campaign, asked: dict[str, Any], list_id: int | None, person_id: int) -> None:
    campaign.connection.execute(
        "INSERT INTO claim (person_id, list_id, organiser_id, device, window, until)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (person_id) DO UPDATE SET list_id = ?2,"
        " organiser_id = ?3, device = ?4, window = ?5, until = ?6",
        (
            *(person_id, list_id, campaign.organiser_id, campaign.device, campaign.window),
            asked["now"] + CLAIM_SECONDS,
        ),
    )


def _served(campaign: Campaign, person_id: int, rule: int, last_contact: int, unreached: Mapping[int, str]) -> Served:
    last = wall(last_contact, campaign.zone).date().isoformat() if last_contact else ""
    return Served(person_id, rule, "", unreached.get(person_id, ""), last)


def renew_claim(campaign: Campaign) -> None:
    """Hold this window's claim for another half hour."""
    with transaction(campaign):
        campaign.connection.execute(
            "UPDATE claim SET until = ? WHERE window = ?",
            (int(campaign.now().timestamp()) + CLAIM_SECONDS, campaign.window),
        )


def release_claim(campaign: Campaign) -> None:
    """Give back whom this window holds."""
    if not campaign.read_only:
        with transaction(campaign):
            campaign.connection.execute("DELETE FROM claim WHERE window = ?", (campaign.window,))


def _asked(campaign: Campaign, list_id: int | None, skipped: Collection[int]) -> dict[str, Any]:
    moment = campaign.wall_now()
    return {
        "list": list_id,
        "now": int(campaign.now().timestamp()),
        "wall": moment.isoformat(timespec="minutes"),
        "hour": f"{moment:%H:%M}",
        "window": campaign.window,
        "organiser": campaign.organiser_id,
        "languages": _languages(campaign),
        "skipped": "[" + ",".join(map(str, skipped)) + "]",
    }


def _languages(campaign: Campaign) -> str:
    """The languages of the organiser at work, each between blanks."""
    row = campaign.connection.execute(
        "SELECT languages FROM organiser WHERE id = ?", (campaign.organiser_id,)
    ).fetchone()
    return f" {row[0]} " if row else " "


def _called_through(campaign: Campaign, list_id: int | None) -> bool:
    """Whether a list (None: everyone) is open today."""
    if list_id is None:
        return True
    row = campaign.connection.execute(
        "SELECT state, opens_on, closes_on FROM call_list WHERE id = ? AND gone_by IS NULL", (list_id,)
    ).fetchone()
    if row is None:
        return False
    state, opens_on, closes_on = row
    return not why_not_called(state, opens_on, closes_on, campaign.today())


def _hours(campaign: Campaign, list_id: int | None) -> tuple[str, str]:
    """The calling hours of the list, else of the campaign; unset hours hold nobody back."""
    row = None
    if list_id is not None:
        row = campaign.connection.execute(
            "SELECT hours_from, hours_until FROM call_list WHERE id = ?", (list_id,)
        ).fetchone()
    start, end = row or (None, None)
    return start or campaign.setting("calls_from", "00:00"), end or campaign.setting("calls_until", "24:00")


def _within(moment: datetime, hours: tuple[str, str]) -> bool:
    return hours[0] <= f"{moment:%H:%M}" < hours[1]


def _opens(campaign: Campaign, moment: int, hours: tuple[str, str]) -> int:
    """The first instant from `moment` on that lies within calling `hours`; 0 where there is none."""
    if hours[0] >= hours[1]:
        return 0
    at = wall(moment, campaign.zone)
    if _within(at, hours):
        return moment
    day = at.date() if f"{at:%H:%M}" < hours[0] else at.date() + timedelta(days=1)
    return wall_instant(datetime.combine(day, time.fromisoformat(hours[0])), campaign.zone)


def _due(campaign: Campaign, asked: dict[str, Any], list_id: int | None) -> Served | None:
    """Rules 1 and 2: what was agreed and is due, the own promises of the organiser at work first."""
    short = list_id is not None and _open_targets(campaign, list_id) <= _SHORT_LIST
    for rule, kind in ((DUE_CALL_BACK, "call back"), (PROMISE_DUE, "promise")):
        for owner in ("u.organiser_id IS :organiser", "u.organiser_id IS NOT :organiser"):
            if short:
                tables = (
                    "target t CROSS JOIN person_figures f ON f.person_id = t.person_id AND f.next_due <= :wall"
                    " CROSS JOIN follow_up u ON u.person_id = t.person_id"
                )
            elif list_id is not None:
                tables = (
                    "follow_up u CROSS JOIN target t ON t.person_id = u.person_id"
                    " CROSS JOIN person_figures f ON f.person_id = u.person_id"
                )
            else:
                tables = "follow_up u CROSS JOIN person_figures f ON f.person_id = u.person_id"
            row = campaign.connection.execute(
                f"SELECT u.person_id, u.due, u.why FROM {tables} WHERE {owner} AND u.kind = :kind"
                " AND u.gone_by IS NULL AND u.done_on IS NULL AND u.due <= :wall"
                f" AND {_ON_LIST if list_id is not None else '1'} AND {_ELIGIBLE}"
                " ORDER BY u.due, f.last_contact, u.person_id LIMIT 1",
                asked | {"kind": kind},
            ).fetchone()
            if row:
                return Served(row[0], rule, row[1], row[2], "")
    return None


def _by_rule(campaign: Campaign, asked: dict[str, Any], list_id: int | None) -> Served | None:
    """Rules 3 to 6, by the kept order."""
    if list_id is None:
        tables, where, rule, since = "person_figures f", "1", "f.rule", "f.last_contact"
    else:
        tables = "target t CROSS JOIN person_figures f ON f.person_id = t.person_id"
        where, rule, since = _ON_LIST, "t.rule", "t.waits_since"
    for number in range(UNREACHED_PROVIDER, UNREACHED_PROVIDER + 4):
        row = campaign.connection.execute(
            f"SELECT f.person_id, f.last_contact FROM {tables} WHERE {where} AND {rule} = :rule AND {_ELIGIBLE}"
            f" ORDER BY {since}, f.person_id LIMIT 1",
            asked | {"rule": number},
        ).fetchone()
        if row:
            return served_as(campaign, [Ready(row[0], number, row[1])])[row[0]]
    return None


def _unreached_at(campaign: Campaign, people: Sequence[int]) -> dict[int, str]:
    """The name of the unreached provider where each of `people` works, the latest that is known of."""
    return dict(
        campaign.connection.execute(
            "SELECT e.person_id, p.name FROM employment e JOIN provider p ON p.id = e.provider_id"
            " LEFT JOIN provider_figures f ON f.provider_id = e.provider_id AND f.region_code = ?3"
            " WHERE e.person_id IN (SELECT value FROM json_each(?1)) AND e.gone_by IS NULL"
            " AND coalesce(f.reached, 0) = 0"
            " AND coalesce(e.from_day, '') <= ?2 AND coalesce(e.to_day, '9999') >= ?2 ORDER BY e.id",
            (json.dumps(list(people)), campaign.today().isoformat(), EVERY_REGION),
        ).fetchall()
    )


def _open_targets(campaign: Campaign, list_id: int) -> int:
    """The number of open targets, counted no further than matters."""
    row = campaign.connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM target t WHERE {_ON_LIST.replace(':list', '?')} LIMIT ?)",
        (list_id, _SHORT_LIST + 1),
    ).fetchone()
    return int(row[0])


def everyone_in_queue(
    campaign: Campaign, list_id: int | None, among: Sequence[int] | None = None
) -> Iterator[Ready | Blocked]:
    """Everybody on a list (None: in the campaign) in the order of the queue: ready, or blocked and why.

    `among` are the only ones who are asked for; None is everybody.
    """
    asked = _asked(campaign, list_id, ())
    if list_id is None:
        tables, where = "person_figures f", "1"
    else:
        tables, where = "target t CROSS JOIN person_figures f ON f.person_id = t.person_id", _ON_LIST
    if among is not None:
        asked["among"] = json.dumps(list(among))
        tables = f"json_each(:among) j CROSS JOIN {tables}"
        where += f" AND {'f' if list_id is None else 't'}.person_id = j.value"
    hours = _hours(campaign, list_id)
    rows = campaign.connection.execute(
        "SELECT f.person_id, f.blocked, f.rests_until, f.rest, coalesce(c.until, 0), p.call_from, p.call_until,"
        f" p.call_language, coalesce(({_FIRST_DUE}), CAST(f.rule AS TEXT)), f.last_contact"
        f" FROM {tables} JOIN person p ON p.id = f.person_id"
        " LEFT JOIN claim c ON c.person_id = f.person_id AND c.until > :now AND c.window <> :window"
        f" WHERE {where} ORDER BY 9, f.last_contact, f.person_id",
        asked,
    )
    moment = campaign.wall_now()
    for person, blocked, rests, rest, claimed, call_from, call_until, language, place, last in rows:
        own = max(hours[0], call_from or ""), min(hours[1], call_until or hours[1])
        if blocked:
            yield Blocked(person, blocked, 0)
        elif claimed:
            yield Blocked(person, "claimed", _opens(campaign, claimed, own))
        elif language and f" {language} " not in asked["languages"]:
            yield Blocked(person, "needs organiser", 0)
        elif rests > asked["now"]:
            reason = "call back later" if rest == "call back" else "cooldown"
            yield Blocked(person, reason, _opens(campaign, rests, own))
        elif not _within(moment, own):
            yield Blocked(person, "outside hours", _opens(campaign, asked["now"], own))
        else:
            yield Ready(person, int(place[0]), last)


def queue_standing(campaign: Campaign, list_id: int | None) -> Standing:
    """How many of a list are ready, how many are blocked by which reason, and when the next frees up."""
    ready, blocked, frees = 0, Counter[str](), 0
    for entry in everyone_in_queue(campaign, list_id):
        if isinstance(entry, Ready):
            ready += 1
        else:
            blocked[entry.reason] += 1
            if entry.until and (not frees or entry.until < frees):
                frees = entry.until
    return Standing(ready, dict(blocked), frees)
