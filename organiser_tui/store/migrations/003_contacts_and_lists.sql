-- What was said and promised: call lists, contacts and what was learned in them, asks, cards, follow-ups, events.

CREATE TABLE call_list (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL DEFAULT '',
    filter TEXT NOT NULL DEFAULT '',
    goal TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'paused' OR state = 'closed'),
    opens_on TEXT,
    closes_on TEXT,
    hours_from TEXT,
    hours_until TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    made_at INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- rule and waits_since are kept figures: who comes next is one seek in the index.
CREATE TABLE target (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES call_list (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'done' OR state = 'refused'),
    rule INTEGER NOT NULL,
    waits_since INTEGER NOT NULL DEFAULT 0,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX target_person ON target (person_id, list_id) WHERE gone_by IS NULL;
CREATE INDEX target_queue ON target (list_id, state, rule, waits_since, person_id) WHERE gone_by IS NULL;

-- A hold, not a fact: taken, renewed and released without a trace in the journal.
CREATE TABLE claim (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON UPDATE CASCADE,
    list_id INTEGER,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    device TEXT NOT NULL,
    window TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE meeting_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    provider_id INTEGER REFERENCES provider (id) ON UPDATE CASCADE,
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    rhythm_days INTEGER,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE group_member (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES meeting_group (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    from_day TEXT,
    to_day TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX group_member_person ON group_member (person_id) WHERE gone_by IS NULL;
CREATE INDEX group_member_group ON group_member (group_id) WHERE gone_by IS NULL;

-- starts is wall time in the campaign's zone: a day, or a day and an hour.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES event_kind (code) ON UPDATE CASCADE,
    name TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    place TEXT NOT NULL DEFAULT '',
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    group_id INTEGER REFERENCES meeting_group (id) ON UPDATE CASCADE,
    facilitator_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    agenda TEXT NOT NULL DEFAULT '',
    capacity INTEGER,
    demand_made INTEGER,
    cancelled_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX event_starts ON event (starts) WHERE gone_by IS NULL;
CREATE INDEX event_group ON event (group_id, starts) WHERE gone_by IS NULL;

CREATE TABLE invitation (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX invitation_event ON invitation (event_id) WHERE gone_by IS NULL;
CREATE INDEX invitation_person ON invitation (person_id) WHERE gone_by IS NULL;

CREATE TABLE attendance (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    came INTEGER NOT NULL,
    brought_by INTEGER REFERENCES person (id) ON UPDATE CASCADE,
    excused INTEGER NOT NULL DEFAULT 0,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX attendance_event ON attendance (event_id) WHERE voided_by IS NULL;
CREATE INDEX attendance_person ON attendance (person_id) WHERE voided_by IS NULL;

-- at is an instant; timed says whether the hour is known; day is the wall day in the campaign's zone. question says
-- that an answer to a question of the list was noted; what else was learned stands in rows that point to the contact.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    timed INTEGER NOT NULL DEFAULT 1,
    channel TEXT NOT NULL REFERENCES channel (code) ON UPDATE CASCADE,
    outcome TEXT NOT NULL REFERENCES outcome (code) ON UPDATE CASCADE,
    question INTEGER NOT NULL DEFAULT 0,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    list_id INTEGER REFERENCES call_list (id) ON UPDATE CASCADE,
    phone_id INTEGER REFERENCES phone (id) ON UPDATE CASCADE,
    event_id INTEGER REFERENCES event (id) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX contact_person ON contact (person_id, at) WHERE voided_by IS NULL;

CREATE TABLE contact_issue (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON UPDATE CASCADE,
    issue TEXT NOT NULL REFERENCES issue (code) ON UPDATE CASCADE,
    grievance INTEGER NOT NULL DEFAULT 0,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX contact_issue_contact ON contact_issue (contact_id) WHERE voided_by IS NULL;
CREATE INDEX contact_issue_person ON contact_issue (person_id) WHERE voided_by IS NULL;

CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    day TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX assessment_contact ON assessment (contact_id) WHERE voided_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX assessment_person ON assessment (person_id, day) WHERE voided_by IS NULL;

CREATE TABLE ask (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL REFERENCES ask_kind (code) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    due TEXT,
    event_id INTEGER REFERENCES event (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ask_contact ON ask (contact_id) WHERE voided_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX ask_person ON ask (person_id, day) WHERE voided_by IS NULL;
CREATE INDEX ask_event ON ask (event_id) WHERE voided_by IS NULL AND event_id IS NOT NULL;
CREATE INDEX ask_due ON ask (due) WHERE voided_by IS NULL AND due IS NOT NULL;

CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    ask_id INTEGER NOT NULL REFERENCES ask (id) ON UPDATE CASCADE,
    answer TEXT NOT NULL
        CHECK (answer = 'yes' OR answer = 'maybe' OR answer = 'later' OR answer = 'no' OR answer = 'withdrawn'),
    day TEXT NOT NULL,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX answer_ask ON answer (ask_id) WHERE voided_by IS NULL;
CREATE INDEX answer_contact ON answer (contact_id) WHERE voided_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX answer_person ON answer (person_id) WHERE voided_by IS NULL;

-- How what was promised ended, apart from what was answered.
CREATE TABLE ask_end (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    ask_id INTEGER NOT NULL REFERENCES ask (id) ON UPDATE CASCADE,
    how TEXT NOT NULL CHECK (how = 'kept' OR how = 'not kept' OR how = 'excused'),
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ask_end_ask ON ask_end (ask_id) WHERE voided_by IS NULL;
CREATE INDEX ask_end_person ON ask_end (person_id) WHERE voided_by IS NULL;

-- Each row is a step of the card: its latest day says where it stands.
CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    state TEXT NOT NULL REFERENCES card_state (code) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    agreed_until TEXT,
    reason TEXT NOT NULL DEFAULT '',
    which_union TEXT NOT NULL DEFAULT '',
    checked_by INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX card_person ON card (person_id, day) WHERE voided_by IS NULL;

CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    channel TEXT NOT NULL REFERENCES channel (code) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX reminder_person ON reminder (person_id, day) WHERE voided_by IS NULL;

-- due is wall time in the campaign's zone: a day, or a day and an hour.
CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL DEFAULT 'promise' CHECK (kind = 'promise' OR kind = 'call back'),
    due TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    list_id INTEGER REFERENCES call_list (id) ON UPDATE CASCADE,
    done_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX follow_up_due ON follow_up (due, person_id) WHERE gone_by IS NULL AND done_on IS NULL;
CREATE INDEX follow_up_owner ON follow_up (organiser_id, kind, due, person_id)
    WHERE gone_by IS NULL AND done_on IS NULL;
CREATE INDEX follow_up_person ON follow_up (person_id) WHERE gone_by IS NULL;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    what TEXT NOT NULL DEFAULT '',
    taken_on TEXT NOT NULL,
    due TEXT,
    event_id INTEGER REFERENCES event (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX task_person ON task (person_id) WHERE gone_by IS NULL;
CREATE INDEX task_due ON task (due) WHERE gone_by IS NULL AND due IS NOT NULL;

CREATE TABLE task_end (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    task_id INTEGER NOT NULL REFERENCES task (id) ON UPDATE CASCADE,
    how TEXT NOT NULL CHECK (how = 'done' OR how = 'late' OR how = 'not done' OR how = 'excused'),
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX task_end_task ON task_end (task_id) WHERE voided_by IS NULL;
CREATE INDEX task_end_person ON task_end (person_id) WHERE voided_by IS NULL;

CREATE TABLE demand (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    provider_id INTEGER REFERENCES provider (id) ON UPDATE CASCADE,
    group_id INTEGER REFERENCES meeting_group (id) ON UPDATE CASCADE,
    event_id INTEGER REFERENCES event (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT ''
        CHECK (answer = '' OR answer = 'answered' OR answer = 'won' OR answer = 'refused'),
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE reprisal (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES person (id) ON UPDATE CASCADE,
    provider_id INTEGER REFERENCES provider (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE INDEX reprisal_person ON reprisal (person_id) WHERE voided_by IS NULL;
CREATE INDEX import_remark_person ON import_remark (person_id) WHERE gone_by IS NULL;

-- What has ended or is voided is looked up by person for her history alone; there is little of it.
CREATE INDEX import_remark_ended ON import_remark (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX exported_person_ended ON exported_person (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX phone_ended ON phone (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX email_ended ON email (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX employment_ended ON employment (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX person_language_ended ON person_language (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX skill_ended ON skill (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX tag_ended ON tag (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX external_id_ended ON external_id (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX custom_value_ended ON custom_value (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX connection_ended ON connection (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX ground_ended ON ground (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX target_ended ON target (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX group_member_ended ON group_member (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX invitation_ended ON invitation (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX attendance_ended ON attendance (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX contact_ended ON contact (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX assessment_ended ON assessment (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX contact_issue_ended ON contact_issue (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX ask_ended ON ask (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX answer_ended ON answer (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX ask_end_ended ON ask_end (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX card_ended ON card (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX reminder_ended ON reminder (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX follow_up_ended ON follow_up (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX task_ended ON task (person_id) WHERE gone_by IS NOT NULL;
CREATE INDEX task_end_ended ON task_end (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX reprisal_ended ON reprisal (person_id) WHERE voided_by IS NOT NULL;
