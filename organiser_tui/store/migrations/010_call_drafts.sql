-- What was noted in a call that has not ended: kept while one writes, gone with the outcome, and no part of the journal.
CREATE TABLE call_draft (
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    device TEXT NOT NULL,
    window TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    list_id INTEGER,
    noted TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, device)
) STRICT;
