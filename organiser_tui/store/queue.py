"""Serves the next person of a list, claimed in the same transaction, by the numbered rules."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from organiser_tui.domain.clock import wall
from organiser_tui.domain.due import DueKind
from organiser_tui.domain.errors import OrganiserError
from organiser_tui.domain.figures import EVERY_REGION, LAST
from organiser_tui.domain.queue import DUE_CALL_BACK, FITS, PROMISE_DUE, UNREACHED_PROVIDER, Served, rule_of_fits
from organiser_tui.store.call_drafts import take_up_draft
from organiser_tui.store.calling import ON_LIST, STILL_ON, WHY, Calling, Ready, calling_of
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.claims import claim, give_back, refuse_held
from organiser_tui.store.journal import transaction
from organiser_tui.words import _

_KINDS = {DUE_CALL_BACK: DueKind.CALL_BACK, PROMISE_DUE: DueKind.PROMISE}
"""The kind of follow-up that the rules about promises serve."""

# What is said of those who are blocked for good is said by the index, too.
_SERVED = f"f.blocked = '' AND {WHY} = '' AND f.person_id NOT IN (SELECT value FROM json_each(:skipped))"


def next_person(campaign: Campaign, list_id: int | None, skipped: Collection[int] = ()) -> Served | None:
    """The next person of a list (None: of everyone) by the numbered rules, claimed for this window.

    What was noted of her in a call that was left is this window's with her.
    Ties go to the oldest last contact, then to the lower id. None where nobody can be called now.
    """
    if campaign.read_only:
        return None
    with transaction(campaign):
        give_back(campaign)
        ready = _first(campaign, calling_of(campaign, list_id, skipped))
        if ready is None:
            return None
        claim(campaign, list_id, ready.person_id)
        take_up_draft(campaign, ready.person_id)
    return served_as(campaign, [ready])[ready.person_id]


def who_follows(campaign: Campaign, list_id: int | None, skipped: Collection[int]) -> int | None:
    """Who would be served next where `skipped` have had their turn; nobody is claimed, and nothing written."""
    ready = _first(campaign, calling_of(campaign, list_id, skipped))
    return None if ready is None else ready.person_id


def hold_person(campaign: Campaign, list_id: int | None, person_id: int, *, but: Collection[int] = ()) -> Served | None:
    """One person chosen by hand, claimed for this window as by next_person(); None where the file is only read.

    Those whom the window holds beside her, `but` them, are held on: they wait while she is in the call.
    Raises OrganiserError where she is not in the file, or another window holds her.
    """
    if campaign.read_only:
        return None
    with transaction(campaign):
        row = campaign.connection.execute(
            "SELECT f.fits, f.last_contact FROM person p JOIN person_figures f ON f.person_id = p.id"
            " WHERE p.id = ? AND p.gone_by IS NULL",
            (person_id,),
        ).fetchone()
        if row is None:
            raise OrganiserError(_("This person is no longer in the file."))
        refuse_held(campaign, person_id)
        give_back(campaign, but=but)
        claim(campaign, list_id, person_id)
        take_up_draft(campaign, person_id)
    # Whoever is chosen by hand is so for what was promised her, even where its hour is still to come.
    ready = Ready(person_id, rule_of_fits(row[0], campaign.queue_order), row[1])
    return served_as(campaign, [ready], due_by="9999")[person_id]


def served_as(campaign: Campaign, ready: Sequence[Ready], *, due_by: str = "") -> dict[int, Served]:
    """What puts each of those who are ready where she is in the queue, by id.

    With `due_by`, a wall moment, a promise that is due by then counts for whoever has one, whatever her rule.
    """
    now = campaign.wall_now().isoformat(timespec="minutes")
    wanted = {one.person_id: one.rule for one in ready if due_by or one.rule in _KINDS}
    promised = _promised(campaign, wanted, due_by or now, whatever=bool(due_by))
    unreached = _unreached_at(campaign, [one.person_id for one in ready if one.rule == UNREACHED_PROVIDER])
    return {one.person_id: promised.get(one.person_id) or _served(campaign, *one, unreached) for one in ready}


def _promised(campaign: Campaign, wanted: Mapping[int, int], due_by: str, *, whatever: bool) -> dict[int, Served]:
    """The call back or promise that is due by person, for the rule `wanted` of each, or for `whatever` rule."""
    found: dict[int, Served] = {}
    for person, kind, due, why, who, listed in campaign.connection.execute(
        "SELECT u.person_id, u.kind, u.due, u.why, iif(u.organiser_id IS ?3, '', coalesce(o.name, '')),"
        f" iif({STILL_ON.format(list='u.list_id', person='u.person_id')}, u.list_id, NULL)"
        " FROM follow_up u LEFT JOIN organiser o ON o.id = u.organiser_id"
        " WHERE u.person_id IN (SELECT value FROM json_each(?1)) AND u.gone_by IS NULL AND u.done_on IS NULL"
        " AND u.due <= ?2 ORDER BY u.kind, u.organiser_id IS NOT ?3, u.due",
        (json.dumps(list(wanted)), due_by, campaign.organiser_id),
    ):
        rule = DUE_CALL_BACK if kind == DueKind.CALL_BACK else PROMISE_DUE
        if whatever or rule == wanted[person]:
            found.setdefault(person, Served(person, rule, due, why, "", who, listed))
    return found


def _served(campaign: Campaign, person_id: int, rule: int, last_contact: int, unreached: Mapping[int, str]) -> Served:
    last = wall(last_contact, campaign.zone).date().isoformat() if last_contact else ""
    return Served(person_id, rule, "", unreached.get(person_id, ""), last)


def _first(campaign: Campaign, calling: Calling) -> Ready | None:
    """The first person by the rules in their order; None where nobody can be called now."""
    if not calling.open_now:
        return None
    empty: set[int] = set()  # what was found to hold nobody is not looked at again
    for rule in campaign.queue_order:
        if rule in _KINDS:
            found = _first_promised(campaign, calling, rule)
        else:
            found = _first_fitting(campaign, calling, rule, empty)
        if found is not None:
            return found
    return None


def _first_promised(campaign: Campaign, calling: Calling, rule: int) -> Ready | None:
    """Whom something is promised that is due, the own promises of the organiser at work first."""
    if calling.list_id is None:
        tables, where, soonest = "follow_up u CROSS JOIN person_figures f ON f.person_id = u.person_id", "1", "u.due"
    else:
        tables = (
            "target t CROSS JOIN follow_up u ON u.person_id = t.person_id"
            " CROSS JOIN person_figures f ON f.person_id = t.person_id"
        )
        where, soonest = f"{ON_LIST} AND t.next_due <= :wall AND t.next_due < '{LAST}'", "t.next_due"
    for owner in ("u.organiser_id IS :organiser", "u.organiser_id IS NOT :organiser"):
        rows = campaign.connection.execute(
            f"SELECT {soonest}, u.due, f.last_contact, u.person_id FROM {tables}"
            f" CROSS JOIN person p ON p.id = f.person_id WHERE {where} AND {owner} AND u.kind = :kind"
            f" AND u.gone_by IS NULL AND u.done_on IS NULL AND u.due <= :wall AND {_SERVED} ORDER BY {soonest}",
            calling.asked | {"kind": _KINDS[rule]},
        )
        first: tuple[str, int, int] | None = None
        for due_from, *place in rows:
            if first is not None and due_from > first[0]:  # nothing is due to those who follow before that
                break
            first = min(tuple(place), first or tuple(place))
        if first is not None:
            return Ready(first[2], rule, first[1])
    return None


def _first_fitting(campaign: Campaign, calling: Calling, rule: int, empty: set[int]) -> Ready | None:
    """Who fits a kept rule and was not contacted for the longest: one seek for each set of rules that holds it.

    Sets in which nobody can be served are added to `empty`, and those that are in it are passed over.
    """
    if calling.list_id is None:
        tables, where, fits, since = "person_figures f", "1", "f.fits", "f.last_contact"
    else:
        tables = "target t CROSS JOIN person_figures f ON f.person_id = t.person_id"
        where, fits, since = ON_LIST, "t.fits", "t.waits_since"
    bit = FITS.get(rule, 0)
    first: tuple[int, int] | None = None
    for sum_of_rules in range(sum(FITS.values()) + 1):
        if sum_of_rules & bit != bit or sum_of_rules in empty:
            continue
        row = campaign.connection.execute(
            f"SELECT f.last_contact, f.person_id FROM {tables} CROSS JOIN person p ON p.id = f.person_id"
            f" WHERE {where} AND {fits} = :fits AND {_SERVED} ORDER BY {since}, f.person_id LIMIT 1",
            calling.asked | {"fits": sum_of_rules},
        ).fetchone()
        if row is None:
            empty.add(sum_of_rules)
        elif first is None or tuple(row) < first:
            first = tuple(row)
    return None if first is None else Ready(first[1], rule, first[0])


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
