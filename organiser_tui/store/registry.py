"""The registry of columns: what erasure, subject access, sharing and checking make of each. No question is asked here.

personal: says something of a person, and goes when she is erased. shared: ids, words and dates that every copy of a
campaign has. kept: follows from other rows. local: of this copy alone.
"""

from __future__ import annotations

PERSONAL, SHARED, KEPT, LOCAL = "personal", "shared", "kept", "local"

_COLUMNS: dict[str, dict[str, str]] = {
    "organiser": {
        SHARED: "id role person_id gone_by",
        PERSONAL: "name languages",
    },
    "action": {
        SHARED: "id clock at device organiser_id kind batch_id undoes previous hash",
    },
    "change": {
        SHARED: "action_id n tbl row field image",
        PERSONAL: "before after salt",
    },
    "setting": {
        SHARED: "id name value gone_by",
    },
    "registered_column": {
        LOCAL: "tbl field class",
    },
    "outcome": {
        SHARED: "id code effect label position gone_by",
    },
    "channel": {
        SHARED: "id code personal label position gone_by",
    },
    "issue": {
        SHARED: "id code letter label position gone_by",
    },
    "ask_kind": {
        SHARED: "id code label position gone_by",
    },
    "event_kind": {
        SHARED: "id code label position gone_by",
    },
    "card_state": {
        SHARED: "id code member label position gone_by",
    },
    "provider_kind": {
        SHARED: "id code label position gone_by",
    },
    "connection_kind": {
        SHARED: "id code label position gone_by",
    },
    "import_batch": {
        SHARED: "id at organiser_id read added matched changed rejected questions gone_by",
        PERSONAL: "file_name",
    },
    "import_remark": {
        SHARED: "id batch_id line kind field person_id gone_by",
        PERSONAL: "reason cells",
    },
    "export_record": {
        SHARED: "id at organiser_id list_id what purpose file_name taken left_out destroy_by destroyed_on gone_by",
    },
    "exported_person": {
        SHARED: "id export_id person_id gone_by",
    },
    "region": {
        SHARED: "id code name also gone_by",
    },
    "municipality": {
        SHARED: "id code region_code name also gone_by",
    },
    "provider": {
        SHARED: (
            "id name folded kind region_code municipality_code place opened_on closed_on register_number source gone_by"
        ),
    },
    "stance": {
        SHARED: "id provider_id stance day source organiser_id voided_by",
        PERSONAL: "note",
    },
    "estimate": {
        SHARED: "id provider_id headcount day source organiser_id voided_by",
    },
    "provider_log": {
        SHARED: "id provider_id day what forwarded_to certain organiser_id voided_by",
        PERSONAL: "whom note",
    },
    "person": {
        SHARED: "id handed_to handed_on gone_by",
        PERSONAL: (
            "handed_why given family extra work which_work position gender region_code municipality_code place street "
            "postal_code town heard_through leave_message name_union call_from call_until call_how call_language "
            "work_numbers left_work_on deceased whom_asked_on leader activist next_note source"
        ),
    },
    "barred_channel": {
        SHARED: "id person_id contact_id organiser_id gone_by",
        PERSONAL: "channel since until source",
    },
    "safe_channel": {
        SHARED: "id person_id gone_by",
        PERSONAL: "channel",
    },
    "phone": {
        SHARED: "id person_id gone_by",
        PERSONAL: "e164 written extension kind position standing source",
    },
    "email": {
        SHARED: "id person_id gone_by",
        PERSONAL: "address kind standing source",
    },
    "employment": {
        SHARED: "id person_id provider_id gone_by",
        PERSONAL: "from_day to_day region_code municipality_code place source",
    },
    "person_language": {
        SHARED: "id person_id gone_by",
        PERSONAL: "language",
    },
    "skill": {
        SHARED: "id person_id gone_by",
        PERSONAL: "skill",
    },
    "tag": {
        SHARED: "id person_id gone_by",
        PERSONAL: "tag",
    },
    "external_id": {
        SHARED: "id person_id gone_by",
        PERSONAL: "system value",
    },
    "custom_field": {
        SHARED: "id name kind choices gone_by",
    },
    "custom_value": {
        SHARED: "id person_id custom_field_id gone_by",
        PERSONAL: "value",
    },
    "connection": {
        SHARED: "id person_id other_id contact_id organiser_id gone_by",
        PERSONAL: "kind day source",
    },
    "ground": {
        SHARED: "id person_id organiser_id voided_by",
        PERSONAL: "ground wording day review_on",
    },
    "turf": {
        SHARED: "id organiser_id region_code municipality_code provider_id from_day to_day gone_by",
    },
    "call_list": {
        SHARED: (
            "id name purpose filter refills goal cooldown_days guide state opens_on closes_on hours_from hours_until"
            " organiser_id made_at gone_by"
        ),
    },
    "list_caller": {SHARED: "id list_id organiser_id gone_by"},
    "guide": {SHARED: "id name text organiser_id gone_by"},
    "saved_filter": {SHARED: "id name filter organiser_id gone_by"},
    "figures_day": {KEPT: "id day"},
    "list_figures": {KEPT: "list_id open blocked done refused"},
    "target": {
        SHARED: "id list_id person_id gone_by",
        PERSONAL: "state",
        KEPT: "fits waits_since next_due counted",
    },
    "question": {SHARED: "id list_id position words kind choices gone_by"},
    "question_answer": {
        SHARED: "id question_id person_id contact_id organiser_id voided_by",
        PERSONAL: "value day",
    },
    "request": {
        SHARED: "id person_id contact_id organiser_id answered_by gone_by",
        PERSONAL: "what day answered_on answer",
    },
    "consultation": {SHARED: "id question secret opened_on closed_on organiser_id gone_by"},
    "voter": {SHARED: "id consultation_id person_id gone_by"},
    "ballot_mark": {
        SHARED: "id consultation_id person_id organiser_id voided_by",
        PERSONAL: "day",
    },
    "mandate": {
        SHARED: "id consultation_id person_id contact_id organiser_id voided_by",
        PERSONAL: "answer amendment day",
    },
    "ballot_count": {SHARED: "id consultation_id yes no abstain amended day organiser_id voided_by"},
    "proposal": {
        SHARED: "id person_id contact_id organiser_id consultation_id set_aside_on gone_by",
        PERSONAL: "what day",
    },
    "office": {
        SHARED: (
            "id name seats provider_id years most_terms gender_share region_share employer_share genders organiser_id"
            " gone_by"
        ),
    },
    "election": {SHARED: "id office_id opened_on organiser_id gone_by"},
    "candidacy": {
        SHARED: "id election_id person_id organiser_id gone_by",
        PERSONAL: "nominated_on answer answered_on votes lot",
    },
    "term": {
        SHARED: "id office_id election_id person_id organiser_id gone_by",
        PERSONAL: "from_day until_day",
    },
    "chapter_passing": {
        SHARED: "id person_id organiser_id voided_by",
        PERSONAL: "chapter contact day",
    },
    "short_answer": {SHARED: "id heading text gone_by"},
    "call_draft": {
        LOCAL: "person_id device window organiser_id list_id noted at number rang",
    },
    "claim": {
        LOCAL: "person_id list_id organiser_id device window until",
    },
    "meeting_group": {
        SHARED: "id name provider_id region_code rhythm_days gone_by",
    },
    "group_member": {
        SHARED: "id group_id person_id gone_by",
        PERSONAL: "from_day to_day",
    },
    "event": {
        SHARED: (
            "id kind name starts ends place region_code group_id facilitator_id agenda capacity demand_made "
            "cancelled_on recorded_on gone_by"
        ),
    },
    "invitation": {
        SHARED: "id event_id person_id organiser_id gone_by",
        PERSONAL: "day",
    },
    "attendance": {
        SHARED: "id event_id person_id brought_by organiser_id voided_by",
        PERSONAL: "day came excused",
    },
    "contact": {
        SHARED: "id person_id organiser_id list_id phone_id event_id together_id voided_by",
        PERSONAL: "at day timed channel outcome question note",
    },
    "contact_issue": {
        SHARED: "id person_id contact_id voided_by",
        PERSONAL: "issue grievance",
    },
    "assessment": {
        SHARED: "id person_id contact_id organiser_id voided_by",
        PERSONAL: "rating day",
    },
    "ask": {
        SHARED: "id person_id event_id contact_id organiser_id voided_by",
        PERSONAL: "kind day due note",
    },
    "answer": {
        SHARED: "id person_id ask_id contact_id organiser_id voided_by",
        PERSONAL: "answer day",
    },
    "card": {
        SHARED: "id person_id checked_by contact_id organiser_id voided_by",
        PERSONAL: "state day agreed_until reason which_union",
    },
    "reminder": {
        SHARED: "id person_id organiser_id voided_by",
        PERSONAL: "day channel",
    },
    "event_reminder": {
        SHARED: "id person_id event_id organiser_id voided_by",
        PERSONAL: "day",
    },
    "guest_need": {
        SHARED: "id person_id event_id gone_by",
        PERSONAL: "need note",
    },
    "follow_up": {
        SHARED: "id person_id organiser_id contact_id list_id reprisal_id gone_by",
        PERSONAL: "kind due why done_on",
    },
    "task": {
        SHARED: "id person_id event_id organiser_id gone_by",
        PERSONAL: "kind what taken_on due",
    },
    "task_end": {
        SHARED: "id person_id task_id organiser_id voided_by",
        PERSONAL: "how day",
    },
    "task_colleague": {
        SHARED: "id task_id person_id gone_by",
    },
    "ask_end": {
        SHARED: "id person_id ask_id organiser_id voided_by",
        PERSONAL: "how day",
    },
    "demand": {
        SHARED: (
            "id what issue provider_id region_code group_id event_id day put_to put_on answer answered_on organiser_id"
            " gone_by"
        ),
    },
    "demand_backer": {
        SHARED: "id demand_id person_id organiser_id gone_by",
        PERSONAL: "day told_on",
    },
    "agreed_action": {
        SHARED: "id event_id person_id organiser_id gone_by",
        PERSONAL: "kind what due done_on",
    },
    "reprisal": {
        SHARED: "id person_id provider_id organiser_id noted_at voided_by",
        PERSONAL: "day what by_whom",
    },
    "reprisal_witness": {
        SHARED: "id reprisal_id person_id voided_by",
        PERSONAL: "name",
    },
    "person_figures": {
        KEPT: (
            "person_id name_key provider_id provider_key region_code region_key phone card card_order card_since "
            "form_due rating rated_on attempts last_contact last_outcome last_conversation spoken_with reached "
            "asked isolation next_due do_not_contact blocked rests_until rest fits turns_on stage stage_since "
            "signed_on promises_kept promises_due unasked counted bound involved_on"
        ),
    },
    "stage_figures": {KEPT: "stage people"},
    "reach": {
        KEPT: "provider_id region_code person_id known attempted spoken_with reached asked signed last_conversation",
    },
    "provider_figures": {
        KEPT: "provider_id region_code known attempted spoken_with reached asked signed",
    },
    "person_search": {
        KEPT: "id name work numbers",
    },
}

REGISTRY: dict[str, dict[str, str]] = {
    table: {field: kind for kind, fields in kinds.items() for field in fields.split()}
    for table, kinds in _COLUMNS.items()
}
"""Table, then column, then its class."""

FACTS = frozenset(table for table, fields in REGISTRY.items() if "voided_by" in fields)
"""Tables whose rows are never updated: undo writes voided_by."""

ENDS = frozenset(table for table, fields in REGISTRY.items() if "gone_by" in fields)
"""Tables whose rows end by gone_by."""

WORDS: dict[str, tuple[str, ...]] = {
    **{table: ("code",) for table, fields in REGISTRY.items() if "code" in fields},
    "setting": ("name",),
    "target": ("list_id", "person_id"),
    "list_caller": ("list_id", "organiser_id"),
    "saved_filter": ("name",),
    "guide": ("name",),
    "short_answer": ("heading",),
    "voter": ("consultation_id", "person_id"),
    "candidacy": ("election_id", "person_id"),
    "demand_backer": ("demand_id", "person_id"),
}
"""Tables of which no two rows have the same words, with their columns; the id of a row follows from them."""

_MOVE_FIGURES = (
    *(
        "phone",
        "email",
        "employment",
        "barred_channel",
        "safe_channel",
        "connection",
        "contact",
        "contact_issue",
        "attendance",
    ),
    *("assessment", "ask", "answer", "ask_end", "card", "reminder", "follow_up", "task", "task_end"),
)

NO_HISTORY = frozenset({"phone", "email", "employment", "barred_channel", "safe_channel"})
"""Of those, what a person may have before anything has happened with her."""

OF_PERSON: dict[str, tuple[str, ...]] = {
    table: tuple(field for field in ("person_id", "other_id", "brought_by") if field in REGISTRY[table])
    for table in _MOVE_FIGURES
}
"""Tables whose rows move the figures of people, with the columns that name them; a person's own row moves hers."""
