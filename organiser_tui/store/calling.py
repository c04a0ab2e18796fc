"""Whether people can be called now and, where not, why: one expression, for the queue and for who looks at a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from organiser_tui.domain.call_lists import why_not_called
from organiser_tui.domain.clock import wall, wall_instant
from organiser_tui.domain.outcomes import SPOKEN
from organiser_tui.domain.queue import FITS, USUAL_ORDER
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import HELD, asked_of_claims, held_by

_DAY = 24 * 3600
"""Seconds."""
_SAME_NUMBER = (
    "b.e164 = a.e164 AND a.gone_by IS NULL AND b.gone_by IS NULL"
    " AND a.standing IS NOT 'wrong' AND b.standing IS NOT 'wrong'"
)
"""Two people have one number: `a` of the one and `b` of the other, wrong for neither."""
_ON_HER_NUMBERS = (
    f"(SELECT b.person_id FROM phone a JOIN phone b ON {_SAME_NUMBER}"
    " WHERE a.person_id = f.person_id AND b.person_id <> a.person_id)"
)
"""Others who have one of her numbers."""
_HELD_NOW = (
    f"SELECT c.person_id FROM claim c WHERE {HELD} UNION SELECT b.person_id FROM claim c"
    f" CROSS JOIN phone a ON a.person_id = c.person_id CROSS JOIN phone b ON {_SAME_NUMBER} WHERE {HELD}"
)
"""Whom other windows are in a call with, and everybody on their numbers: a handful."""
_NUMBER_RESTS = (
    "(SELECT max(CASE WHEN g.rest IN ('call back', 'refused') THEN g.last_contact + :conversation"
    " ELSE g.rests_until END) FROM person_figures g WHERE f.rest <> 'call back'"
    f" AND g.person_id IN {_ON_HER_NUMBERS})"
)
"""Until when her number rests because somebody else was tried on it.

Who agreed an hour, or refused, did so for herself: the number rests as after any word spoken. What was agreed with her
for an hour comes at that hour, whoever else was tried.
"""
_COOLS = (
    "(SELECT max(c.at) + :cooldown FROM contact c JOIN channel h ON h.code = c.channel"
    " JOIN outcome o ON o.code = c.outcome WHERE :cooldown AND f.rest <> 'call back' AND f.next_due > :wall"
    f" AND c.person_id IN (SELECT f.person_id UNION ALL SELECT * FROM {_ON_HER_NUMBERS}) AND c.voided_by IS NULL"
    f" AND c.at > :now - :cooldown AND (h.personal OR o.effect IN ({', '.join(map(repr, sorted(SPOKEN)))})))"
)
"""Until when the list leaves her alone because somebody has tried her, or anybody on her numbers.

What is promised her is kept all the same.
"""
_CLAIMED = "f.person_id IN (SELECT value FROM json_each(:held))"
"""Another window is in a call with her, or on one of her numbers."""
_HOLDS = f"FROM claim c WHERE {HELD} AND (c.person_id = f.person_id OR c.person_id IN {_ON_HER_NUMBERS})"
_WHY_JUST_NOW = (
    " WHEN :closed THEN 'list not open'"
    f" WHEN {_CLAIMED} THEN 'claimed'"
    " WHEN p.call_language <> '' AND NOT instr(:languages, ' ' || p.call_language || ' ') THEN 'needs organiser'"
    " WHEN :others THEN 'needs organiser'"
    " WHEN f.rests_until > :now THEN iif(f.rest = 'call back', 'call back later', 'cooldown')"
    " WHEN :hour < max(:from, coalesce(p.call_from, '')) OR :hour >= min(:until, coalesce(p.call_until, :until))"
    " THEN 'outside hours'"
    f" WHEN {_NUMBER_RESTS} > :now OR {_COOLS} > :now THEN 'cooldown'"
    " ELSE '' END"
)
WHY = f"CASE WHEN f.blocked <> '' THEN f.blocked {_WHY_JUST_NOW}"
"""What keeps person `p` with figures `f` from being called now, '' where nothing does."""
_FREES = (
    "CASE WHEN f.blocked <> '' THEN 0 ELSE max(:now, f.rests_until, coalesce("
    f"iif({_CLAIMED}, (SELECT max(c.until) {_HOLDS}), 0), 0), coalesce({_NUMBER_RESTS}, 0), coalesce({_COOLS}, 0)) END"
)
"""The instant at which nothing of what passes by itself keeps her any more, apart from the hours; 0 for never."""
_HELD_BY = (
    f"iif({_CLAIMED}, coalesce((SELECT o.name FROM organiser o WHERE o.id = (SELECT c.organiser_id {_HOLDS}"
    " ORDER BY c.person_id <> f.person_id LIMIT 1)), ''), '')"
)
_STANDS_BECAUSE = "f.person_id, {why}, " + f"{_FREES}, p.call_from, p.call_until, {_HELD_BY}"
_STANDS = _STANDS_BECAUSE.format(why=WHY)
_STANDS_JUST_NOW = _STANDS_BECAUSE.format(why=f"CASE {_WHY_JUST_NOW}")
"""The same of somebody who is called though her standing keeps her from it."""
"""How somebody stands in the queue: why she cannot be called, until when, her own hours, who is in a call with her."""
_FIRST_DUE = (
    "SELECT min(CASE u.kind WHEN 'call back' THEN :at1 ELSE :at2 END || (u.organiser_id IS NOT :organiser) || u.due)"
    " FROM follow_up u"
    " WHERE u.person_id = f.person_id AND u.gone_by IS NULL AND u.done_on IS NULL AND u.due <= :wall"
)
"""Sorts as the promise of a person is served: where its rule stands, the own ones first, then by what was agreed."""
_PLACE = (
    "CAST(min(:at6, " + ", ".join(f"iif(f.fits & {bit}, :at{rule}, :at6)" for rule, bit in FITS.items()) + ") AS TEXT)"
)
"""Where the first rule stands that fits her, of those that are kept."""
ON_LIST = "t.list_id = :list AND t.state = 'open' AND t.gone_by IS NULL"
"""Target `t` is still to be called."""
STILL_ON = (
    "EXISTS (SELECT 1 FROM target t JOIN call_list l ON l.id = t.list_id AND l.gone_by IS NULL AND l.state <> 'closed'"
    " WHERE t.list_id = {list} AND t.person_id = {person} AND t.state = 'open' AND t.gone_by IS NULL)"
)
"""A person is still to be called on a list that is not closed."""


class Blocked(NamedTuple):
    """One person who cannot be called now; `until` is the instant in seconds that frees her, 0 where none does."""

    person_id: int
    reason: str
    until: int
    held_by: str = ""
    """The organiser in whose call she is, where that is the reason."""


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


class Calling(NamedTuple):
    """How a list (None: everyone) is called through at this moment, by the organiser who is working."""

    list_id: int | None
    closed: bool
    """Whether nobody on it is called today."""
    opens_on: str
    """The day on which it begins, where that is still to come; else ''."""
    hours: tuple[str, str]
    """Wall time; the list's own instead of the campaign's, where it has any."""
    asked: dict[str, Any]
    """What WHY asks for."""

    @property
    def open_now(self) -> bool:
        """Whether anybody may be called at this hour by the organiser at work."""
        return not self.closed and not self.asked["others"] and within(self.asked["hour"], self.hours)


def calling_of(campaign: Campaign, list_id: int | None, skipped: Collection[int] = ()) -> Calling:
    """How a list is called through now; who was `skipped` is not asked for by WHY, but by the queue."""
    moment, day, order = campaign.wall_now(), campaign.today(), campaign.queue_order
    row = ("open", None, None, None, None, 0, 0)
    if list_id is not None:
        row = campaign.connection.execute(
            "SELECT l.state, l.opens_on, l.closes_on, l.hours_from, l.hours_until, l.cooldown_days,"
            " EXISTS (SELECT 1 FROM list_caller c WHERE c.list_id = l.id AND c.gone_by IS NULL) AND NOT EXISTS"
            " (SELECT 1 FROM list_caller c WHERE c.list_id = l.id AND c.gone_by IS NULL AND c.organiser_id IS ?2)"
            " FROM call_list l WHERE l.id = ?1 AND l.gone_by IS NULL",
            (list_id, campaign.organiser_id),
        ).fetchone() or ("closed", None, None, None, None, 0, 0)
    state, opens_on, closes_on, hours_from, hours_until, cooldown_days, others = row
    if hours_from or hours_until:
        hours = (hours_from or "00:00", hours_until or "24:00")
    else:
        hours = (campaign.setting("calls_from", "00:00"), campaign.setting("calls_until", "24:00"))
    closed = bool(why_not_called(state, opens_on, closes_on, day))
    asked = {
        "list": list_id,
        "closed": int(closed),
        "others": others,
        "cooldown": cooldown_days * _DAY,
        "wall": moment.isoformat(timespec="minutes"),
        "hour": f"{moment:%H:%M}",
        "from": hours[0],
        "until": hours[1],
        **asked_of_claims(campaign),
        "conversation": int(campaign.definitions.waits.conversation.total_seconds()),
        "organiser": campaign.organiser_id,
        "languages": _languages(campaign),
        "skipped": "[" + ",".join(map(str, skipped)) + "]",
        **{f"at{rule}": _place_of(rule, order) for rule in USUAL_ORDER},
    }
    held = campaign.connection.execute(_HELD_NOW, asked)
    asked["held"] = json.dumps([person for (person,) in held])
    opens = opens_on if state == "open" and opens_on and opens_on > day.isoformat() else ""
    return Calling(list_id, closed, opens, hours, asked)


def _place_of(rule: int, order: Sequence[int]) -> int:
    """Where `rule` stands in `order`, from 1; one that was left out stands with the last, which fits everybody."""
    return order.index(rule) + 1 if rule in order else len(order)


def _languages(campaign: Campaign) -> str:
    """The languages of the organiser at work, each between blanks."""
    row = campaign.connection.execute(
        "SELECT languages FROM organiser WHERE id = ?", (campaign.organiser_id,)
    ).fetchone()
    return f" {row[0]} " if row else " "


def within(hour: str, hours: tuple[str, str]) -> bool:
    """Whether `hour` (HH:MM) lies in calling `hours`; the last minute is the one before they end."""
    return hours[0] <= hour < hours[1]


def everyone_in_queue(
    campaign: Campaign, list_id: int | None, among: Sequence[int] | None = None
) -> Iterator[Ready | Blocked]:
    """Everybody on a list (None: in the campaign) in the order of the queue: ready, or blocked and why.

    `among` are the only ones who are asked for; None is everybody.
    """
    calling, order = calling_of(campaign, list_id), campaign.queue_order
    asked, (tables, where) = calling.asked, _people(list_id)
    if among is not None:
        asked["among"] = json.dumps(list(among))
        tables = f"json_each(:among) j CROSS JOIN {tables}"
        where += f" AND {'f' if list_id is None else 't'}.person_id = j.value"
    rows = campaign.connection.execute(
        f"SELECT {_STANDS}, f.last_contact,"
        f" min({_PLACE}, coalesce(({_FIRST_DUE}), '9')) AS place FROM {tables}"
        f" CROSS JOIN person p ON p.id = f.person_id WHERE {where} ORDER BY place, f.last_contact, f.person_id",
        asked,
    )
    for *stands, last, place in rows:
        yield _blocked(campaign, calling, stands) or Ready(stands[0], order[int(place[0]) - 1], last)


_SAID_ANYHOW = ("no usable number", "position")
"""Reasons that whoever chose her by hand sees, and may well have chosen her for."""


def speaks_against(campaign: Campaign, list_id: int | None, person_id: int) -> Blocked | None:
    """What speaks against calling somebody who is chosen by hand and need not be on the list, None for nothing.

    Whoever is handed over to the organiser at work, or agreed an hour of this day, is meant to be called, though not at
    any hour. She who is in a call herself is refused and not asked about.
    """
    if held_by(campaign, person_id):
        return None
    against = _why_not_now(campaign, list_id, person_id, _STANDS)
    mine = against is not None and against.reason == "needs organiser" and _handed_to_me(campaign, person_id)
    if mine or (against is not None and against.reason in _SAID_ANYHOW):
        against = _why_not_now(campaign, list_id, person_id, _STANDS_JUST_NOW)
    if mine and against is not None and against.reason == "cooldown":  # by the talk after which she was handed over
        return None
    if against is not None and against.reason == "call back later" and against.until:
        return None if wall(against.until, campaign.zone).date() == campaign.today() else against
    return against


def _handed_to_me(campaign: Campaign, person_id: int) -> bool:
    """Whether she is handed over to the organiser at work."""
    (to,) = campaign.connection.execute("SELECT handed_to FROM person WHERE id = ?", (person_id,)).fetchone()
    return to is not None and to == campaign.organiser_id


def _why_not_now(campaign: Campaign, list_id: int | None, person_id: int, stands: str) -> Blocked | None:
    calling = calling_of(campaign, list_id)
    row = campaign.connection.execute(
        f"SELECT {stands} FROM person_figures f CROSS JOIN person p ON p.id = f.person_id WHERE f.person_id = :person",
        calling.asked | {"person": person_id},
    ).fetchone()
    return None if row is None else _blocked(campaign, calling, row)


def _blocked(campaign: Campaign, calling: Calling, stands: Sequence[Any]) -> Blocked | None:
    """Why somebody of whom _STANDS was asked cannot be called; None where she can."""
    person, why, frees, call_from, call_until, holder = stands
    if not why:
        return None
    return Blocked(person, why, _opens(campaign, calling, why, frees, (call_from, call_until)), holder)


def queue_standing(campaign: Campaign, list_id: int | None) -> Standing:
    """How many of a list are ready, how many are blocked by which reason, and when the next frees up."""
    calling = calling_of(campaign, list_id)
    tables, where = _people(list_id)
    ready, blocked, opening = 0, Counter[str](), []
    for why, call_from, call_until, count, frees in campaign.connection.execute(
        f"SELECT {WHY}, p.call_from, p.call_until, count(*), min({_FREES}) FROM {tables}"
        f" CROSS JOIN person p ON p.id = f.person_id WHERE {where} GROUP BY 1, 2, 3",
        calling.asked,
    ):
        if why:
            blocked[why] += count
            opening.append(_opens(campaign, calling, why, frees, (call_from, call_until)))
        else:
            ready += count
    return Standing(ready, dict(blocked), min([at for at in opening if at], default=0))


def _people(list_id: int | None) -> tuple[str, str]:
    """From where the people of a list are read, and which of them."""
    if list_id is None:
        return "person_figures f", "1"
    return "target t CROSS JOIN person_figures f ON f.person_id = t.person_id", ON_LIST


def _opens(campaign: Campaign, calling: Calling, why: str, frees: int, own: tuple[str | None, str | None]) -> int:
    """The first instant at which somebody with hours of her `own` can be called again; 0 where none is known."""
    hours = max(calling.hours[0], own[0] or ""), min(calling.hours[1], own[1] or calling.hours[1])
    if why == "needs organiser" or (calling.closed and not calling.opens_on):
        return 0
    if calling.opens_on:
        opens = datetime.combine(date.fromisoformat(calling.opens_on), time.min)
        frees = frees and max(frees, wall_instant(opens, campaign.zone))
    if not frees or hours[0] >= hours[1]:
        return 0
    at = wall(frees, campaign.zone)
    if within(f"{at:%H:%M}", hours):
        return frees
    day = at.date() if f"{at:%H:%M}" < hours[0] else at.date() + timedelta(days=1)
    return wall_instant(datetime.combine(day, time.fromisoformat(hours[0])), campaign.zone)
