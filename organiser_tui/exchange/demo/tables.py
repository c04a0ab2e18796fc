"""The rows of a made-up campaign on their way out: which columns they fill, and in which order tables are written."""

from __future__ import annotations

from typing import Any

from organiser_tui.store.made_up_facts import Batch

Row = tuple[Any, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "organiser": ("id", "name", "role", "languages"),
    "turf": ("id", "organiser_id", "region_code"),
    "provider": (
        "id",
        "name",
        "folded",
        "kind",
        "region_code",
        "municipality_code",
        "opened_on",
        "closed_on",
        "source",
    ),
    "stance": ("id", "provider_id", "stance", "day", "source", "note", "organiser_id"),
    "estimate": ("id", "provider_id", "headcount", "day", "source", "organiser_id"),
    "provider_log": ("id", "provider_id", "day", "what", "whom", "forwarded_to", "certain", "note", "organiser_id"),
    "meeting_group": ("id", "name", "provider_id", "region_code", "rhythm_days"),
    "call_list": ("id", "name", "purpose", "filter", "goal", "state", "opens_on", "organiser_id", "made_at"),
    "person": (
        *("id", "given", "family", "work", "which_work", "position", "gender", "region_code", "municipality_code"),
        *("street", "town", "heard_through", "leave_message", "name_union", "call_from", "left_work_on"),
        *("deceased", "whom_asked_on", "leader", "activist", "source"),
    ),
    "phone": ("id", "person_id", "e164", "written", "kind", "position", "standing", "source"),
    "email": ("id", "person_id", "address", "source"),
    "employment": (
        "id",
        "person_id",
        "provider_id",
        "from_day",
        "to_day",
        "region_code",
        "municipality_code",
        "source",
    ),
    "person_language": ("id", "person_id", "language"),
    "skill": ("id", "person_id", "skill"),
    "event": (
        *("id", "kind", "name", "starts", "place", "region_code", "group_id", "facilitator_id", "capacity"),
        *("demand_made", "cancelled_on", "recorded_on", "agenda"),
    ),
    "contact": (
        *("id", "person_id", "at", "day", "timed", "channel", "outcome", "question", "organiser_id", "list_id"),
        *("phone_id", "note"),
    ),
    "barred_channel": ("id", "person_id", "channel", "since", "contact_id", "organiser_id"),
    "safe_channel": ("id", "person_id", "channel"),
    "contact_issue": ("id", "person_id", "contact_id", "issue", "grievance"),
    "assessment": ("id", "person_id", "rating", "day", "contact_id", "organiser_id"),
    "connection": ("id", "person_id", "other_id", "kind", "day", "source", "contact_id", "organiser_id"),
    "ask": ("id", "person_id", "kind", "day", "due", "event_id", "contact_id", "organiser_id"),
    "answer": ("id", "person_id", "ask_id", "answer", "day", "contact_id", "organiser_id"),
    "ask_end": ("id", "person_id", "ask_id", "how", "day", "organiser_id"),
    "card": ("id", "person_id", "state", "day", "reason", "which_union", "checked_by", "contact_id", "organiser_id"),
    "reminder": ("id", "person_id", "day", "channel", "organiser_id"),
    "follow_up": ("id", "person_id", "kind", "due", "why", "organiser_id", "contact_id", "done_on"),
    "group_member": ("id", "group_id", "person_id", "from_day", "to_day"),
    "invitation": ("id", "event_id", "person_id", "day", "organiser_id"),
    "guest_need": ("id", "person_id", "event_id", "need", "note"),
    "attendance": ("id", "event_id", "person_id", "day", "came", "brought_by", "excused", "organiser_id"),
    "task": ("id", "person_id", "kind", "what", "taken_on", "due", "event_id", "organiser_id"),
    "task_end": ("id", "person_id", "task_id", "how", "day", "organiser_id"),
    "demand": (
        *("id", "what", "provider_id", "group_id", "event_id", "day", "answer"),
        *("issue", "put_to", "put_on", "answered_on"),
    ),
    "demand_backer": ("id", "demand_id", "person_id", "day", "told_on", "organiser_id"),
    "agreed_action": ("id", "event_id", "person_id", "kind", "what", "due", "done_on", "organiser_id"),
    "reprisal": ("id", "provider_id", "day", "what", "organiser_id", "person_id", "by_whom"),
    "office": (
        "id",
        "name",
        "seats",
        "provider_id",
        "years",
        "most_terms",
        "gender_share",
        "region_share",
        "employer_share",
    ),
    "election": ("id", "office_id", "opened_on", "organiser_id"),
    "candidacy": (
        *("id", "election_id", "person_id", "nominated_on", "answer", "answered_on", "votes", "lot", "organiser_id"),
    ),
    "term": ("id", "office_id", "person_id", "from_day", "until_day", "organiser_id"),
    "chapter_passing": ("id", "person_id", "chapter", "contact", "day", "organiser_id"),
    "target": ("id", "list_id", "person_id", "state", "fits", "waits_since"),
}
"""The columns that are filled, by table, in an order in which every row finds those it points to."""


class Rows:
    """The rows of every table, gathered until they are taken out."""

    def __init__(self) -> None:
        self.of: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def taken_out(self) -> list[Batch]:
        """What was gathered, one batch a table; nothing of it is kept."""
        batches = [Batch(table, columns, self.of[table]) for table, columns in COLUMNS.items() if self.of[table]]
        for batch in batches:
            self.of[batch.table] = []
        return batches
