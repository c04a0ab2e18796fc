"""Sign-ups, events and kept promises on standard output: what the command line prints of them, and who came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from organiser_tui.domain.promises import Promised, Standing
from organiser_tui.domain.signups import ASIDE, ON_THE_WAY
from organiser_tui.exchange.plain import one_line, print_json_rows, say
from organiser_tui.store.campaign import Campaign
from organiser_tui.store.events import EventRow, check_in, event_named, event_row, events_over, events_to_come
from organiser_tui.store.people import find_person
from organiser_tui.store.person import person_card
from organiser_tui.store.promises import evidence, people_tested, trust_of
from organiser_tui.store.signups import people_at_stage, signup_rows
from organiser_tui.words import _

_CHUNK = 500
_SETTLED = (Standing.KEPT, Standing.NOT_KEPT)


def print_signups(campaign: Campaign, *, as_json: bool) -> None:
    """Everybody on the board but those who were never asked, column by column, the longest there first."""
    rows = _signups(campaign)
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        words = (row["id"], row["name"], row["stage"], row["since"], row["asked_by"] or "", row["due"] or "")
        say(" | ".join(one_line(word) for word in words))


def _signups(campaign: Campaign) -> Iterator[dict[str, Any]]:
    for stage in (*ON_THE_WAY[1:], *ASIDE):
        people = people_at_stage(campaign, stage, limit=-1)
        for start in range(0, len(people), _CHUNK):
            chunk = people[start : start + _CHUNK]
            rows = signup_rows(campaign, chunk)
            for row in (rows[person] for person in chunk if person in rows):
                yield {
                    "id": str(row.id),
                    "name": row.name,
                    "card": row.card,
                    "stage": row.stage,
                    "since": row.since,
                    "asked_by": row.asked_by or None,
                    "due": row.form_due or None,
                }


def print_events(campaign: Campaign, *, as_json: bool) -> None:
    """Events to come, the next first, then those that are over, the latest first."""
    rows = (_event(row) for row in (*events_to_come(campaign), *events_over(campaign)))
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        came = "" if row["came"] is None else str(row["came"])
        counts = f"{row['invited']} | {row['yes']} | {came}"
        say(" | ".join(one_line(word) for word in (row["id"], row["starts"], row["kind"], row["name"], counts)))


def _event(row: EventRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "kind": row.kind,
        "name": row.name,
        "starts": row.starts,
        "place": row.place or None,
        "invited": row.invited,
        "yes": row.yes,
        "maybe": row.maybe,
        "no": row.no,
        "came": row.came if row.recorded_on else None,
        "cancelled": row.cancelled_on,
    }


def attend(campaign: Campaign, event: str, person: str, brought_by: str | None) -> None:
    """Note that a person came, and who brought her."""
    event_id, person_id = event_named(campaign, event), find_person(campaign, person)
    check_in(campaign, event_id, person_id, find_person(campaign, brought_by) if brought_by else None)
    card = person_card(campaign, person_id)
    row = event_row(campaign, event_id)
    words = _("{name} came to {event}: {n} are there.")
    say(one_line(words.format(name=card.name if card is not None else person_id, event=row.name, n=row.came)))


def print_counted_on(campaign: Campaign, *, as_json: bool) -> None:
    """Whoever has promised anything that fell due, with the promises themselves."""
    rows = _counted_on(campaign)
    if as_json:
        print_json_rows(rows)
        return
    for row in rows:
        kept = f"{row['kept']}/{row['made']}" + (f" +{row['unasked']}" if row["unasked"] else "")
        say(" | ".join(one_line(word) for word in (row["id"], row["name"], row["class"], kept)))


def _counted_on(campaign: Campaign) -> Iterator[dict[str, Any]]:
    people = people_tested(campaign)
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        trust = trust_of(campaign, chunk)
        for person, promises in evidence(campaign, chunk):
            one = trust[person]
            yield {
                "id": str(person),
                "name": one.name,
                "kept": one.kept,
                "made": one.due,
                "unasked": one.unasked,
                "class": one.counted,
                "evidence": [_told(promise) for promise in promises if promise.standing in _SETTLED],
            }


def _told(promise: Promised) -> dict[str, Any]:
    return {"what": promise.what, "when": promise.settled_on, "kept": promise.standing is Standing.KEPT}
