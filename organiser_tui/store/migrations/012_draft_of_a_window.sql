-- One call a window: whoever logs the same person elsewhere leaves what is being written here alone.
DROP TABLE call_draft;
CREATE TABLE call_draft (
    window TEXT PRIMARY KEY,
    device TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    list_id INTEGER,
    noted TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
