-- Who works where: regions, people with their numbers, providers, and the dated ties between them.

CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    also TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE municipality (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    region_code TEXT NOT NULL REFERENCES region (code) ON UPDATE CASCADE,
    name TEXT NOT NULL,
    also TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX municipality_region ON municipality (region_code);

CREATE TABLE provider (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES provider_kind (code) ON UPDATE CASCADE,
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    municipality_code TEXT REFERENCES municipality (code) ON UPDATE CASCADE,
    place TEXT NOT NULL DEFAULT '',
    opened_on TEXT,
    closed_on TEXT,
    register_number TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX provider_folded ON provider (folded);

CREATE TABLE stance (
    id INTEGER PRIMARY KEY,
    provider_id INTEGER NOT NULL REFERENCES provider (id) ON UPDATE CASCADE,
    stance TEXT NOT NULL CHECK (stance = 'helpful' OR stance = 'neutral' OR stance = 'hostile' OR stance = 'unknown'),
    day TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX stance_provider ON stance (provider_id, day) WHERE voided_by IS NULL;

CREATE TABLE estimate (
    id INTEGER PRIMARY KEY,
    provider_id INTEGER NOT NULL REFERENCES provider (id) ON UPDATE CASCADE,
    headcount INTEGER NOT NULL CHECK (headcount >= 0),
    day TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX estimate_provider ON estimate (provider_id, day) WHERE voided_by IS NULL;

CREATE TABLE provider_log (
    id INTEGER PRIMARY KEY,
    provider_id INTEGER NOT NULL REFERENCES provider (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    whom TEXT NOT NULL DEFAULT '',
    forwarded_to INTEGER,
    certain INTEGER NOT NULL DEFAULT 1,
    note TEXT NOT NULL DEFAULT '',
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX provider_log_provider ON provider_log (provider_id, day) WHERE voided_by IS NULL;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    given TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL DEFAULT '',
    extra TEXT NOT NULL DEFAULT '',
    work TEXT NOT NULL DEFAULT 'assistant'
        CHECK (work = 'assistant' OR work = 'neighbouring service' OR work = 'other'),
    which_work TEXT NOT NULL DEFAULT '',
    position TEXT NOT NULL DEFAULT 'worker'
        CHECK (position = 'worker' OR position = 'coordinator' OR position = 'manager' OR position = 'owner'),
    gender TEXT NOT NULL DEFAULT '',
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    municipality_code TEXT REFERENCES municipality (code) ON UPDATE CASCADE,
    place TEXT NOT NULL DEFAULT '',
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    town TEXT NOT NULL DEFAULT '',
    heard_through TEXT REFERENCES channel (code) ON UPDATE CASCADE,
    leave_message INTEGER,
    name_union INTEGER,
    call_from TEXT,
    call_until TEXT,
    call_how TEXT NOT NULL DEFAULT '',
    call_language TEXT NOT NULL DEFAULT '',
    work_numbers INTEGER NOT NULL DEFAULT 0,
    left_work_on TEXT,
    deceased INTEGER NOT NULL DEFAULT 0,
    whom_asked_on TEXT,
    leader INTEGER NOT NULL DEFAULT 0,
    activist INTEGER NOT NULL DEFAULT 0,
    next_note TEXT NOT NULL DEFAULT '',
    handed_to INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- The few that "known" does not count: the board says how many, and why.
CREATE INDEX person_uncounted ON person (deceased, left_work_on IS NOT NULL, position, work, gone_by) WHERE gone_by IS NULL
    AND (work <> 'assistant' OR position IN ('manager', 'owner') OR left_work_on IS NOT NULL OR deceased <> 0);

-- What somebody asked: not to be contacted by a channel (NULL: by any), since a day in the campaign's zone. contact_id is
-- where she said so, NULL where it was typed in a form or stood in a list, which source names. until is the day on which
-- she took it back, NULL while it holds; gone_by says that it was a mistake, or left the file with her.
CREATE TABLE barred_channel (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    channel TEXT REFERENCES channel (code) ON UPDATE CASCADE,
    since TEXT NOT NULL,
    until TEXT,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX barred_channel_person ON barred_channel (person_id) WHERE gone_by IS NULL;
CREATE INDEX barred_channel_ended ON barred_channel (person_id) WHERE gone_by IS NOT NULL;

CREATE TABLE safe_channel (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    channel TEXT NOT NULL REFERENCES channel (code) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX safe_channel_person ON safe_channel (person_id) WHERE gone_by IS NULL;
CREATE INDEX safe_channel_ended ON safe_channel (person_id) WHERE gone_by IS NOT NULL;

CREATE TABLE phone (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    e164 TEXT,
    written TEXT NOT NULL,
    extension TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 1,
    standing TEXT CHECK (standing = 'good' OR standing = 'wrong' OR standing = 'disconnected' OR standing = 'shared'),
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX phone_person ON phone (person_id) WHERE gone_by IS NULL;
CREATE INDEX phone_number ON phone (e164) WHERE gone_by IS NULL AND e164 IS NOT NULL;

CREATE TABLE email (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    address TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    standing TEXT CHECK (standing = 'good' OR standing = 'wrong'),
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX email_person ON email (person_id) WHERE gone_by IS NULL;
CREATE INDEX email_address ON email (address) WHERE gone_by IS NULL;

-- An unknown start is NULL and reaches back without limit; an unknown end is NULL and has not come. The place is the one
-- that was told of this job; NULL where none was: then it is where she lives, or else the provider's seat.
CREATE TABLE employment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    provider_id INTEGER NOT NULL REFERENCES provider (id) ON UPDATE CASCADE,
    from_day TEXT,
    to_day TEXT,
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    municipality_code TEXT REFERENCES municipality (code) ON UPDATE CASCADE,
    place TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX employment_person ON employment (person_id, provider_id) WHERE gone_by IS NULL;
CREATE INDEX employment_provider ON employment (provider_id) WHERE gone_by IS NULL;

CREATE TABLE person_language (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    language TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX person_language_person ON person_language (person_id) WHERE gone_by IS NULL;

CREATE TABLE skill (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    skill TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX skill_person ON skill (person_id) WHERE gone_by IS NULL;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    tag TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX tag_person ON tag (person_id) WHERE gone_by IS NULL;
CREATE INDEX tag_tag ON tag (tag, person_id) WHERE gone_by IS NULL;

CREATE TABLE external_id (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX external_id_person ON external_id (person_id) WHERE gone_by IS NULL;
CREATE INDEX external_id_value ON external_id (system, value) WHERE gone_by IS NULL;

CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'text'
        CHECK (kind = 'text' OR kind = 'number' OR kind = 'yes or no' OR kind = 'date' OR kind = 'choice'),
    choices TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE custom_value (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    custom_field_id INTEGER NOT NULL REFERENCES custom_field (id) ON UPDATE CASCADE,
    value TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX custom_value_person ON custom_value (person_id) WHERE gone_by IS NULL;

CREATE TABLE connection (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    other_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL REFERENCES connection_kind (code) ON UPDATE CASCADE,
    day TEXT,
    source TEXT NOT NULL DEFAULT '',
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE,
    CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX connection_contact ON connection (contact_id) WHERE gone_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX connection_person ON connection (person_id) WHERE gone_by IS NULL;
CREATE INDEX connection_other ON connection (other_id) WHERE gone_by IS NULL;

CREATE TABLE ground (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    ground TEXT NOT NULL,
    wording TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    review_on TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ground_person ON ground (person_id) WHERE voided_by IS NULL;

CREATE TABLE turf (
    id INTEGER PRIMARY KEY,
    organiser_id INTEGER NOT NULL REFERENCES organiser (id) ON UPDATE CASCADE,
    region_code TEXT REFERENCES region (code) ON UPDATE CASCADE,
    municipality_code TEXT REFERENCES municipality (code) ON UPDATE CASCADE,
    provider_id INTEGER REFERENCES provider (id) ON UPDATE CASCADE,
    from_day TEXT,
    to_day TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
