"""What the kept figures of a campaign must be, worked out the slow way from its rows and the words of the design.

Written without a look at domain.figures, on purpose: two ways to the same figures find each other's mistakes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from organiser_tui.domain.folding import search_words, sort_key
from organiser_tui.store.campaign import Campaign
from tests.store.brute_promises import involved_on, signed_on, signup, what_was_kept

Row = dict[str, Any]
COUNTS = ("known", "attempted", "spoken_with", "reached", "asked", "signed")
PERSONAL = {"call", "meet-up", "visit", "meeting", "text", "e-mail"}
ANSWERED = {"talked", "call back", "refused", "do not contact", "other language", "left the work"}


def live_rows(campaign: Campaign, table: str) -> list[Row]:
    """The rows of a table that have not ended and are not voided."""
    cursor = campaign.connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row for row in rows if row.get("gone_by") is None and row.get("voided_by") is None]


class BruteForce:
    """Everything of a small campaign in memory, asked one person at a time."""

    def __init__(self, campaign: Campaign) -> None:
        self.zone: ZoneInfo = campaign.zone
        self.today = campaign.today().isoformat()
        self.now = int(campaign.now().timestamp())
        self.language = campaign.language
        tables = (
            *("person", "provider", "phone", "employment", "contact", "connection", "attendance", "ask", "answer"),
            *("contact_issue", "barred_channel", "safe_channel", "ask_end", "task", "task_end"),
            *("assessment", "card", "reminder", "follow_up", "email", "target", "call_list", "list_caller"),
            *("municipality", "region", "card_state"),
        )
        self.of: dict[str, list[Row]] = {table: live_rows(campaign, table) for table in tables}
        self.people = {row["id"]: row for row in self.of["person"]}
        cursor = campaign.connection.execute("SELECT id, starts, cancelled_on, recorded_on, gone_by FROM event")
        self.events = {row[0]: row[1:] for row in cursor.fetchall()}
        # A provider that is taken back while somebody works there still has its name.
        cursor = campaign.connection.execute("SELECT id, name, region_code, municipality_code FROM provider")
        self.providers = {
            row[0]: {"name": row[1], "region_code": row[2], "municipality_code": row[3]} for row in cursor.fetchall()
        }
        self.region_of = {row["code"]: row["region_code"] for row in self.of["municipality"]}
        self.region_names = {row["code"]: row["name"] for row in self.of["region"]}
        self.orders = {row["code"]: row["position"] for row in self.of["card_state"]}

    def rows_of(self, table: str, person: int, *order: str) -> list[Row]:
        """The rows of one person, in the order of some columns."""
        found = [row for row in self.of[table] if row["person_id"] == person]
        return sorted(found, key=lambda row: tuple(row[column] for column in order))

    # Where she works.

    def employments(self, person: int) -> list[Row]:
        """Hers, the oldest first; an unknown start is the oldest."""
        return sorted(self.rows_of("employment", person), key=lambda row: (row["from_day"] or "", row["id"]))

    @staticmethod
    def holds(employment: Row, day: str) -> bool:
        """Whether an employment holds on a day."""
        start, end = employment["from_day"], employment["to_day"]
        return not (start is not None and day < start) and not (end is not None and day > end)

    def holds_any(self, employments: list[Row], day: str) -> bool:
        """Whether one of them holds on a day."""
        return any(self.holds(employment, day) for employment in employments)

    def lies_in(self, row: Row) -> str:
        """The region of a job, a person or a provider: its own, else that of its municipality."""
        return str(row["region_code"] or self.region_of.get(row["municipality_code"], ""))

    def place(self, employment: Row) -> str:
        """The region of an employment: its own, else where the person lives, else where the provider is."""
        home, seat = self.people[employment["person_id"]], self.providers[employment["provider_id"]]
        return next((region for row in (employment, home, seat) if (region := self.lies_in(row))), "")

    def region(self, person: int) -> str:
        """The region of a person: where she lives, else her latest place of work."""
        now = [e for e in self.employments(person) if self.holds(e, self.today)]
        return self.lies_in(self.people[person]) or (self.place(now[-1]) if now else "")

    def works_at(self, person: int) -> list[int]:
        """Where she works today."""
        return [e["provider_id"] for e in self.employments(person) if self.holds(e, self.today)]

    def is_assistant(self, person: int) -> bool:
        """Whether she counts among the known."""
        row = self.people[person]
        return (
            row["work"] == "assistant"
            and row["position"] not in ("manager", "owner")
            and row["left_work_on"] is None
            and not row["deceased"]
        )

    # What happened.

    def contacts(self, person: int) -> list[Row]:
        """Hers, the oldest first."""
        return self.rows_of("contact", person, "at", "id")

    def attempts(self, person: int) -> list[Row]:
        """Those that were tries of her alone; an answer makes one of anything."""
        return [c for c in self.contacts(person) if c["channel"] in PERSONAL or c["outcome"] in ANSWERED]

    def conversations(self, person: int) -> list[str]:
        """The days on which she answered and something was learned."""
        return [c["day"] for c in self.contacts(person) if c["outcome"] in ANSWERED and self.learned(c)]

    def learned(self, contact: Row) -> bool:
        """Whether a rating, issue, ask, answer or connection points to a contact, or a question was answered."""
        pointing = ("assessment", "contact_issue", "ask", "answer", "connection")
        rows = [row for table in pointing for row in self.of[table]]
        return bool(contact["question"]) or any(row["contact_id"] == contact["id"] for row in rows)

    def came(self, person: int) -> list[str]:
        """The days on which she came to an event."""
        return [row["day"] for row in self.rows_of("attendance", person) if row["came"]]

    def sign_asks(self, person: int) -> list[Row]:
        """The asks to sign, the oldest first."""
        return [row for row in self.rows_of("ask", person, "day", "id") if row["kind"] == "sign"]

    def last_answer(self, ask: int) -> str:
        """The latest answer to an ask."""
        answers = [row for row in self.of["answer"] if row["ask_id"] == ask]
        return max(answers, key=lambda row: (row["day"], row["id"]))["answer"] if answers else ""

    # What is kept of her.

    def reach(self, person: int) -> list[tuple[Any, ...]]:
        """Her rows of reach: provider, region, the six counts, last conversation."""
        held: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for employment in self.employments(person):
            held[(employment["provider_id"], self.place(employment))].append(employment)
        rows = []
        for place, employments in held.items():
            works = self.holds_any(employments, self.today)
            rows.append((*place, *self._counts(person, partial(self.holds_any, employments), works=works)))
        everywhere = self.employments(person)
        works = self.holds_any(everywhere, self.today)
        outside = self._counts(person, lambda day: not self.holds_any(everywhere, day), works=not works)
        nowhere = (0, self.region(person), *outside)
        if any(nowhere[2:8]) or not everywhere:
            rows.append(nowhere)
        return sorted(rows)

    def _counts(self, person: int, there: Callable[[str], bool], *, works: bool) -> tuple[Any, ...]:
        contacts = [c for c in self.attempts(person) if there(c["day"])]
        talks = [day for day in self.conversations(person) if there(day)]
        card = self.rows_of("card", person, "day", "id")
        signed = bool(card) and card[-1]["state"] in ("signed", "on file")
        return (
            int(works and self.is_assistant(person)),
            int(bool(contacts)),
            int(any(c["outcome"] in ANSWERED for c in contacts)),
            int(bool(talks) or any(there(day) for day in self.came(person))),
            int(any(there(ask["day"]) for ask in self.sign_asks(person))),
            int(works and signed),
            max(talks, default=""),
        )

    def reached_providers(self) -> set[int]:
        """Providers of whose people somebody had a conversation, or came to an event, while she worked there."""
        return {row[0] for person in self.people for row in self.reach(person) if row[5]}

    def sums(self) -> dict[tuple[int, str], tuple[int, ...]]:
        """The people counted at each provider and region, in each of them once; sums of nobody are left out."""
        who: dict[tuple[int, str, str], set[int]] = defaultdict(set)
        for person in self.people:
            for provider, region, *counts in self.reach(person):
                for word, count in zip(COUNTS, counts, strict=False):
                    if count:
                        for place in ((provider, region), (provider, "*"), (-1, region), (-1, "*")):
                            who[(*place, word)].add(person)
        places = {(provider, region) for provider, region, _word in who}
        return {place: tuple(len(who[(*place, word)]) for word in COUNTS) for place in places}

    def channels_barred(self, person: int) -> list[str]:
        """The channels on which she must not be contacted, "all" alone for every one."""
        channels = {row["channel"] for row in self.rows_of("barred_channel", person) if row["until"] is None}
        return ["all"] if None in channels else sorted(channels)

    def blocked(self, person: int) -> str:
        """Why she is never served for a call."""
        row = self.people[person]
        barred = self.channels_barred(person)
        safe = {one["channel"] for one in self.rows_of("safe_channel", person)}
        for holds, why in (
            (row["deceased"], "deceased"),
            (row["left_work_on"], "left the work"),
            ("all" in barred or "call" in barred, "do not contact"),
            (bool(safe) and "call" not in safe, "calls not safe"),
            (row["position"] in ("manager", "owner"), "position"),
            (row["handed_to"], "needs organiser"),
            (self.phone(person) == "~", "no usable number"),
        ):
            if holds:
                return why
        return ""

    def phone(self, person: int) -> str:
        """The first number she may be called on."""
        for row in self.rows_of("phone", person, "position", "id"):
            at_work = row["kind"] == "work" and not self.people[person]["work_numbers"]
            if row["e164"] and row["standing"] not in ("wrong", "disconnected") and not at_work:
                return str(row["e164"])
        return "~"

    def isolation(self, person: int) -> str:
        """Isolated: asked, knows no other working assistant, and at no meeting in 12 months."""
        known: list[set[int]] = []
        for tie in self.of["connection"]:
            if person in (tie["person_id"], tie["other_id"]):
                other = tie["other_id"] if tie["person_id"] == person else tie["person_id"]
                if other in self.people and self.is_assistant(other) and self.works_at(other):
                    known.append(set(self.works_at(other)))
        own = set(self.works_at(person))
        if known:
            return "connected" if any(at - own for at in known) else "own provider only"
        if self.people[person]["whom_asked_on"] is None:
            return "not asked"
        year_ago = (date.fromisoformat(self.today) - timedelta(days=365)).isoformat()
        return "connected" if any(day >= year_ago for day in self.came(person)) else "isolated"

    def form_due(self, person: int) -> str:
        """14 days after the form went out or the last reminder, unless a later date was agreed."""
        cards = self.rows_of("card", person, "day", "id")
        if not cards or cards[-1]["state"] != "form out" or "all" in self.channels_barred(person):
            return ""
        if signup(self, person)[0] != "form out":  # she has said no since
            return ""
        card = cards[-1]
        since = max([card["day"], *(r["day"] for r in self.rows_of("reminder", person) if r["day"] >= card["day"])])
        due = (date.fromisoformat(since) + timedelta(days=14)).isoformat()
        return max(due, card["agreed_until"] or "")

    def fits(self, person: int) -> int:
        """1 unreached provider, 2 isolated, 4 undecided, added up."""
        ratings = self.rows_of("assessment", person, "day", "id")
        asks = self.sign_asks(person)
        unreached = bool(set(self.works_at(person)) - self.reached_providers())
        undecided = bool(asks) and self.last_answer(asks[-1]["id"]) in ("", "maybe", "later")
        undecided = undecided or (bool(ratings) and ratings[-1]["rating"] == 3)
        return unreached + 2 * (self.isolation(person) == "isolated") + 4 * undecided

    # How long she rests.

    def instant(self, wall: datetime) -> int:
        """The instant of a wall time in the campaign's zone."""
        return int(wall.replace(tzinfo=self.zone).timestamp())

    def wall(self, instant: int) -> datetime:
        """The wall time of an instant in the campaign's zone."""
        return datetime.fromtimestamp(instant, UTC).astimezone(self.zone).replace(tzinfo=None)

    def open_promises(self, person: int) -> list[Row]:
        """Follow-ups that are still open."""
        return [row for row in self.rows_of("follow_up", person, "due", "id") if row["done_on"] is None]

    def rest(self, person: int) -> int:
        """The instant until which nobody calls her for what happened with herself."""
        return self._rest(person)[0]

    def number_rests(self, person: int) -> int:
        """The instant until which nobody calls one of her numbers because somebody else was tried on it."""
        if self._rest(person)[1] == "call back":
            return 0
        rests = []
        for other in self.on_her_numbers(person):
            until, why = self._rest(other)
            of_her_own = why in ("call back", "refused")
            last = max((c["at"] for c in self.contacts(other)), default=0)
            rests.append(last + 24 * 3600 if of_her_own else until)
        return max(rests, default=0)

    def cools(self, person: int, days: int) -> int:
        """The instant until which a list with so many days of cooldown leaves her alone; 0 where it does not."""
        due = any(self.instant(datetime.fromisoformat(row["due"])) <= self.now for row in self.open_promises(person))
        if not days or due or self._rest(person)[1] == "call back":
            return 0
        tried = [c["at"] for who in (person, *self.on_her_numbers(person)) for c in self.attempts(who)]
        return max((at + days * 86400 for at in tried), default=0)

    def on_her_numbers(self, person: int) -> set[int]:
        """Others who have one of her numbers."""
        numbers = {row["e164"] for row in self.of["phone"] if row["person_id"] == person and row["standing"] != "wrong"}
        return {
            row["person_id"]
            for row in self.of["phone"]
            if row["e164"] in numbers - {None} and row["standing"] != "wrong" and row["person_id"] != person
        } & self.people.keys()

    def _rest(self, person: int) -> tuple[int, str]:
        contacts = self.attempts(person)
        last = contacts[-1]["at"] if contacts else 0
        promised = [
            (row["kind"], self.instant(datetime.fromisoformat(row["due"]))) for row in self.open_promises(person)
        ]
        agreed = [at for kind, at in promised if kind == "call back"]
        if agreed and min(agreed) > last:
            return min(agreed), "call back"
        waits = [(self._wait(contacts[: n + 1]), -n) for n in range(len(contacts))]
        until, place = max(waits, default=(0, 0))
        why = contacts[-place]["outcome"] if until else ""
        if why in ("talked", "other language", "do not contact"):
            until = min([until, *(at for _kind, at in promised if at > last)])
        return until, why

    def _wait(self, contacts: list[Row]) -> int:
        now = contacts[-1]
        at, outcome = now["at"], now["outcome"]
        hours = {"left message": 48, "busy": 0.25, "refused": 90 * 24}
        hours |= dict.fromkeys(("talked", "other language", "do not contact"), 24)
        if outcome in hours:
            return int(at + hours[outcome] * 3600)
        day = self.wall(at).date()
        tomorrow = datetime.combine(day + timedelta(days=1), time())
        if outcome == "not available":
            then = self.wall(at) + timedelta(days=1, hours=2)
            late = then.hour > 20 or then.date() > tomorrow.date()
            return self.instant(tomorrow.replace(hour=9) if late else then)
        if outcome != "no answer":
            return 0
        unanswered = [c for c in contacts if c["outcome"] == "no answer"]
        if len([c for c in unanswered if c["list_id"] == now["list_id"]]) % 6 == 0:
            return int(at + 14 * 86400)
        until = at + 4 * 3600
        if len([c for c in unanswered if self.wall(c["at"]).date() == day]) >= 2:
            until = max(until, self.instant(tomorrow))
        return int(until)

    def figures(self, person: int) -> Row:
        """The row of person_figures but turns_on and the word for the rest."""
        row, at = self.people[person], self.works_at(person)
        cards = self.rows_of("card", person, "day", "id")
        ratings = self.rows_of("assessment", person, "day", "id")
        contacts, talks = self.contacts(person), self.conversations(person)
        blocked, region = self.blocked(person), self.region(person)
        nothing_due = blocked in ("deceased", "left the work", "do not contact")
        due = [] if nothing_due else [promise["due"] for promise in self.open_promises(person)]
        card = cards[-1]["state"] if cards else "none"
        return {
            "person_id": person,
            "name_key": sort_key(row["family"], row["given"], self.language),
            "provider_id": at[-1] if at else None,
            "provider_key": sort_key(self.providers[at[-1]]["name"], "", self.language) if at else "~",
            "region_code": region,
            "region_key": sort_key(self.region_names.get(region, region), "", self.language) if region else "~",
            "phone": self.phone(person),
            "card": card,
            "card_order": self.orders[card],
            "card_since": cards[-1]["day"] if cards else "",
            "form_due": self.form_due(person),
            "rating": ratings[-1]["rating"] if ratings else 9,
            "rated_on": ratings[-1]["day"] if ratings else "",
            "attempts": len(self.attempts(person)),
            "last_contact": contacts[-1]["at"] if contacts else 0,
            "last_outcome": contacts[-1]["outcome"] if contacts else "",
            "last_conversation": max(talks, default=""),
            "spoken_with": int(any(c["outcome"] in ANSWERED for c in contacts)),
            "reached": int(bool(talks or self.came(person))),
            "asked": int(bool(self.sign_asks(person))),
            "isolation": self.isolation(person),
            "next_due": min(due, default="~"),
            "do_not_contact": ",".join(self.channels_barred(person)),
            "blocked": blocked,
            "rests_until": self.rest(person),
            "fits": self.fits(person),
            "stage": signup(self, person)[0],
            "stage_since": signup(self, person)[1],
            "signed_on": signed_on(self, person),
            "involved_on": involved_on(self, person),
            **what_was_kept(self, person),
        }

    def name_words(self, person: int) -> str:
        """The folded name by which she is found."""
        row = self.people[person]
        return " ".join(filter(None, (search_words(row[part]) for part in ("family", "given", "extra"))))
