-- What somebody wants to know (her rights, her pay, the agreement): open until the answer was given back.
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    what TEXT NOT NULL,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    answered_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX request_open ON request (organiser_id, day) WHERE answered_on IS NULL AND gone_by IS NULL;
CREATE INDEX request_person ON request (person_id) WHERE gone_by IS NULL;
CREATE INDEX request_contact ON request (contact_id) WHERE gone_by IS NULL;
