-- Who was reminded that she said she comes to an event; one row each time.
CREATE TABLE event_reminder (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    event_id INTEGER NOT NULL REFERENCES event (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX event_reminder_event ON event_reminder (event_id, person_id, day) WHERE voided_by IS NULL;
CREATE INDEX event_reminder_person ON event_reminder (person_id) WHERE voided_by IS NULL;
CREATE INDEX event_reminder_ended ON event_reminder (person_id) WHERE voided_by IS NOT NULL;

-- What somebody needs so that she can come to an event.
CREATE TABLE guest_need (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    event_id INTEGER NOT NULL REFERENCES event (id) ON UPDATE CASCADE,
    need TEXT NOT NULL CHECK (need = 'ride' OR need = 'childcare' OR need = 'interpreter' OR need = 'access'),
    note TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX guest_need_event ON guest_need (event_id, person_id) WHERE gone_by IS NULL;
CREATE INDEX guest_need_person ON guest_need (person_id) WHERE gone_by IS NULL;
CREATE INDEX guest_need_ended ON guest_need (person_id) WHERE gone_by IS NOT NULL;
