"""Where somebody stands on the way to the union, and what her promises have shown, the slow way.

Written without a look at domain.promises and domain.signups, from the words of the design.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from tests.store.brute_force import BruteForce, Row


def ends(slow: BruteForce, of: str, row: int) -> Row | None:
    """What was noted last of how an ask or a task ended."""
    held = [end for end in slow.of[f"{of}_end"] if end[f"{of}_id"] == row]
    return max(held, key=lambda end: (end["day"], end["id"]), default=None)


def answers(slow: BruteForce, ask: int) -> list[Row]:
    """The answers to an ask, the oldest first."""
    held = [row for row in slow.of["answer"] if row["ask_id"] == ask]
    return sorted(held, key=lambda row: (row["day"], row["id"]))


def signup(slow: BruteForce, person: int) -> tuple[str, str]:
    """The column of the board, and since when."""
    row, cards = slow.people[person], slow.rows_of("card", person, "day", "id")
    if row["deceased"]:
        return "", ""
    given = [answer for ask in slow.sign_asks(person) for answer in answers(slow, ask["id"])]
    if cards and cards[-1]["state"] != "none":
        state, day = cards[-1]["state"], cards[-1]["day"]
        latest = max((a["day"] for a in given), default="")
        said = next((a["answer"] for a in reversed(given) if a["day"] == latest), "")
        return ("declined", latest) if state == "form out" and said == "no" and latest >= day else (state, day)
    asks = slow.sign_asks(person)
    if cards and cards[-1]["day"] > max([ask["day"] for ask in asks] + [a["day"] for a in given], default=""):
        return "declined", cards[-1]["day"]  # her form was given up
    if asks:
        own = answers(slow, asks[-1]["id"])
        said = own[-1]["answer"] if own else ""
        stage = {"yes": "said yes", "no": "declined"}.get(said, "asked")
        return stage, asks[-1]["day"] if stage == "asked" else own[-1]["day"]
    out = row["left_work_on"] or row["position"] in ("manager", "owner") or "all" in slow.channels_barred(person)
    return ("" if out else "not asked"), ""


def signed_on(slow: BruteForce, person: int) -> str:
    """The day on which the card was signed that is signed or on file now."""
    steps = [(card["state"] in ("signed", "on file"), card["day"])
             for card in slow.rows_of("card", person, "day", "id")]  # fmt: skip
    run = []
    while steps and steps[-1][0]:
        run.append(steps.pop()[1])
    return run[-1] if run else ""


def involved_on(slow: BruteForce, person: int) -> str:
    """The last day of a meeting, an ask, or a task taken on or ended."""
    days = [*slow.came(person), *(ask["day"] for ask in slow.rows_of("ask", person))]
    for task in slow.rows_of("task", person):
        end = ends(slow, "task", task["id"])
        days += [task["taken_on"], *([end["day"]] if end else [])]
    return max(days, default="")


def what_was_kept(slow: BruteForce, person: int) -> Row:
    """Promises that are kept, those that were due, deeds that nobody asked for, and what follows."""
    kept: list[tuple[str, str, int]] = []  # the day, what, and at which event
    broken = 0
    for what, day, event, how in promises(slow, person):
        if how == "kept":
            kept.append((day, what, event))
        broken += how == "broken"
    due = len(kept) + broken
    year_ago = (date.fromisoformat(slow.today) - relativedelta(months=12)).isoformat()
    recent = [what for day, what, _event in kept if day >= year_ago]
    if due == 0:
        counted = "untested"
    elif due >= 2 and not kept:
        counted = "words only"
    elif len(recent) >= 2 and "task" in recent and 3 * len(kept) >= 2 * due:
        counted = "counted on"
    else:
        counted = "partly"
    came = {row["event_id"] for row in slow.rows_of("attendance", person) if row["came"]}
    brought = {(row["event_id"], row["day"]) for row in slow.of["attendance"]
               if row["came"] and row["brought_by"] == person}  # fmt: skip
    somewhere = {day for day, what, event in kept if what == "bring someone"}
    came -= {event for _day, what, event in kept if what == "come"}
    at = {event for event, day in brought if day not in somewhere}
    at -= {event for _day, what, event in kept if what == "bring someone"}
    return {
        "promises_kept": len(kept), "promises_due": due, "unasked": len(came) + len(at), "counted": counted,
    }  # fmt: skip


def promises(slow: BruteForce, person: int) -> Iterator[tuple[str, str, int, str]]:
    """What was promised, the day on which it was settled, the event, and kept, broken or neither."""
    ways = {"done": "kept", "late": "kept", "not done": "broken", "excused": "neither",
            "kept": "kept", "not kept": "broken"}  # fmt: skip
    for task in slow.rows_of("task", person):
        end = ends(slow, "task", task["id"])
        over = task["due"] is not None and task["due"] < slow.today
        _starts, cancelled, _recorded, gone = slow.events.get(task["event_id"], ("", None, None, None))
        how = ways[end["how"]] if end else "broken" if over and not (cancelled or gone) else "neither"
        yield "task", end["day"] if end else task["due"], 0, how
    matters: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    ended = [card["day"] for card in slow.rows_of("card", person) if card["state"] == "ended"]
    for ask in slow.rows_of("ask", person, "day", "id"):
        key: tuple[Any, ...] = (ask["kind"], ask["event_id"] or f"ask {ask['id']}")
        if ask["kind"] == "sign":
            key = ("sign", sum(day <= ask["day"] for day in ended))
        matters[key].append(ask)
    brought = [row for row in slow.of["attendance"] if row["came"] and row["brought_by"] == person]
    kept = brings(slow, matters, sorted((row["day"], row["event_id"]) for row in brought))
    for (kind, which), asks in matters.items():
        day, how = matter(slow, person, kind, asks, kept.get((kind, which)))
        yield kind, day, asks[-1]["event_id"] or 0, ways.get(how, how)


def brings(
    slow: BruteForce, matters: dict[tuple[Any, ...], list[Row]], brought: list[tuple[str, int]]
) -> dict[Any, str]:
    """On which day each promise to bring someone was kept: of each time she did one is kept, the first to fall due."""
    kept: dict[Any, str] = {}
    waiting: list[tuple[str, str, Any]] = []
    for (kind, which), asks in matters.items():
        said = [answer["answer"] for ask in asks for answer in answers(slow, ask["id"])]
        if kind == "bring someone" and "yes" in said and not ends(slow, "ask", asks[-1]["id"]):
            event = asks[-1]["event_id"]
            here = next((one for one in brought if event and one[1] == event), None)
            if here:
                kept[kind, which] = here[0]
                brought = [one for place, one in enumerate(brought) if place != brought.index(here)]
            elif not event:
                waiting.append((asks[-1]["due"] or "9999-12-31", asks[0]["day"], (kind, which)))
    for day, _event in brought:
        able = [(due, since, of) for due, since, of in waiting if since <= day <= due and of not in kept]
        if able:
            kept[min(able, key=lambda one: one[:2])[2]] = day
    return kept


def matter(slow: BruteForce, person: int, kind: str, asks: list[Row], brought: str | None) -> tuple[str, str]:
    said = [answer for ask in asks for answer in answers(slow, ask["id"])]
    said.sort(key=lambda answer: answer["day"])
    yes = [answer["day"] for answer in said if answer["answer"] == "yes"]
    end, event = ends(slow, "ask", asks[-1]["id"]), asks[-1]["event_id"]
    if not yes or (kind in ("take a task", "mandate") and not end):
        return "", "neither"
    if end:
        return end["day"], end["how"]
    starts, *rest = slow.events.get(event, ("",))
    due = starts[:10] or max((ask["due"] for ask in asks if ask["due"]), default="")
    came = [row for row in slow.rows_of("attendance", person, "day") if row["event_id"] == event]
    did: list[str] = []
    if kind == "sign":
        since, cards = asks[0]["day"], slow.rows_of("card", person, "day", "id")
        due = sign_due([c for c in cards if c["day"] >= since], asks)
        did = [card["day"] for card in cards if card["state"] in ("signed", "on file") and card["day"] >= since]
    if kind == "come":
        did = [row["day"] for row in came if row["came"] and event]
    if brought:
        did = [brought]
    if did:
        return min(did), "kept"
    stands = [answer["answer"] for answer in said if not due or answer["day"] <= due]
    if not stands or stands[-1] != "yes":
        return "", "neither"
    if event:
        cancelled, recorded, gone = rest
        not_there = any(row["excused"] for row in came)
        if cancelled or gone or not_there or (not recorded and due < slow.today):
            return "", "neither"
    return due, "broken" if due and due < slow.today else "neither"


def sign_due(cards: list[Row], asks: list[Row]) -> str:
    """By when she said she would sign: two weeks after the form, or what was agreed before that had passed."""
    agreed = [(ask["day"], ask["due"]) for ask in asks if ask["due"]]
    agreed += [(c["day"], c["agreed_until"]) for c in cards if c["agreed_until"]]
    agreed += [(c["day"], (date.fromisoformat(c["day"]) + timedelta(days=14)).isoformat()) for c in cards
               if c["state"] == "form out"]  # fmt: skip
    due = ""
    for day, until in sorted(agreed):
        if due == "" or day <= due:
            due = max(due, until)
    return due
