-- What is put to somebody: from which issue it grew, where, to whom, when it was put and when answered.
ALTER TABLE demand ADD COLUMN issue TEXT REFERENCES issue (code) ON UPDATE CASCADE;
ALTER TABLE demand ADD COLUMN region_code TEXT REFERENCES region (code) ON UPDATE CASCADE;
ALTER TABLE demand ADD COLUMN put_to TEXT NOT NULL DEFAULT '';
ALTER TABLE demand ADD COLUMN put_on TEXT;
ALTER TABLE demand ADD COLUMN answered_on TEXT;
ALTER TABLE demand ADD COLUMN organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE;
CREATE INDEX demand_event ON demand (event_id) WHERE gone_by IS NULL AND event_id IS NOT NULL;

-- Who backs a demand; told_on says that she was told what management may do.
CREATE TABLE demand_backer (
    id INTEGER PRIMARY KEY,
    demand_id INTEGER NOT NULL REFERENCES demand (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    told_on TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX demand_backer_once ON demand_backer (demand_id, person_id) WHERE gone_by IS NULL;
CREATE INDEX demand_backer_person ON demand_backer (person_id) WHERE gone_by IS NULL;
CREATE INDEX demand_backer_ended ON demand_backer (person_id) WHERE gone_by IS NOT NULL;

-- What was agreed at a meeting: who takes it on, until when.
CREATE TABLE agreed_action (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL CHECK (kind = 'demand' OR kind = 'mutual aid' OR kind = 'education'),
    what TEXT NOT NULL,
    due TEXT NOT NULL,
    done_on TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX agreed_action_event ON agreed_action (event_id, due) WHERE gone_by IS NULL;
CREATE INDEX agreed_action_person ON agreed_action (person_id) WHERE gone_by IS NULL;
CREATE INDEX agreed_action_ended ON agreed_action (person_id) WHERE gone_by IS NOT NULL;

-- Of a reprisal: who did it, and the instant at which it was noted. A witness may be somebody who is not in the file.
ALTER TABLE reprisal ADD COLUMN by_whom TEXT NOT NULL DEFAULT '';
ALTER TABLE reprisal ADD COLUMN noted_at INTEGER;
CREATE INDEX reprisal_provider ON reprisal (provider_id, day) WHERE voided_by IS NULL AND provider_id IS NOT NULL;
CREATE TABLE reprisal_witness (
    id INTEGER PRIMARY KEY,
    reprisal_id INTEGER NOT NULL REFERENCES reprisal (id) ON UPDATE CASCADE,
    person_id INTEGER REFERENCES person (id) ON UPDATE CASCADE,
    name TEXT NOT NULL DEFAULT '',
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX reprisal_witness_reprisal ON reprisal_witness (reprisal_id) WHERE voided_by IS NULL;
CREATE INDEX reprisal_witness_person ON reprisal_witness (person_id) WHERE voided_by IS NULL;
CREATE INDEX reprisal_witness_ended ON reprisal_witness (person_id) WHERE voided_by IS NOT NULL;

-- The call to whom it was done to is a follow-up that points to it.
ALTER TABLE follow_up ADD COLUMN reprisal_id INTEGER REFERENCES reprisal (id) ON UPDATE CASCADE;
CREATE INDEX follow_up_support ON follow_up (due, person_id)
    WHERE gone_by IS NULL AND done_on IS NULL AND reprisal_id IS NOT NULL;

-- Issues are counted in the order of this, without a look at the table: hence voided_by, which is the same in all of it.
CREATE INDEX contact_issue_heard ON contact_issue (issue, person_id, contact_id, grievance, voided_by)
    WHERE voided_by IS NULL;
