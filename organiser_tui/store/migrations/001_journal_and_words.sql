-- The journal, the organisers, the settings, and the words that a campaign may add to.
--
-- What a column may say is checked word by word: of IN with more than two words SQLite makes a table anew for each row
-- that is written, which takes a third of the time.

CREATE TABLE organiser (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'organiser' CHECK (role = 'caller' OR role = 'organiser' OR role = 'lead'),
    languages TEXT NOT NULL DEFAULT '',
    person_id INTEGER REFERENCES person (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE action (
    id INTEGER PRIMARY KEY,
    clock TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    device TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    batch_id INTEGER,
    undoes INTEGER REFERENCES action (id) ON UPDATE CASCADE,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX action_undoes ON action (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX action_batch ON action (batch_id) WHERE batch_id IS NOT NULL;

-- One row a changed field; an insert is one row with an empty field and no image. The image is the hash of the salt and
-- both values: erasure takes those three, and the chain, which covers the image, still checks.
CREATE TABLE change (
    action_id INTEGER NOT NULL REFERENCES action (id) ON UPDATE CASCADE,
    n INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    row INTEGER NOT NULL,
    field TEXT NOT NULL,
    before ANY,
    after ANY,
    salt BLOB,
    image BLOB,
    PRIMARY KEY (action_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_row ON change (row, field);

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- Every column of every table, and what erasure, sharing and checking make of it.
CREATE TABLE registered_column (
    tbl TEXT NOT NULL,
    field TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class = 'personal' OR class = 'shared' OR class = 'kept' OR class = 'local'),
    PRIMARY KEY (tbl, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    effect TEXT NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    personal INTEGER NOT NULL DEFAULT 1,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    letter TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE ask_kind (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE event_kind (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE card_state (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    member INTEGER NOT NULL DEFAULT 0,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE provider_kind (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE connection_kind (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    read INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    matched INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    questions INTEGER NOT NULL DEFAULT 0,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- What was said of a row of the file: not taken, a question, or a remark on a cell kept as written.
CREATE TABLE import_remark (
    id INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES import_batch (id) ON UPDATE CASCADE,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'rejected' OR kind = 'question' OR kind = 'remark'),
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    cells TEXT NOT NULL DEFAULT '',
    person_id INTEGER REFERENCES person (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX import_remark_batch ON import_remark (batch_id, line);

CREATE TABLE export_record (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    list_id INTEGER REFERENCES call_list (id) ON UPDATE CASCADE,
    what TEXT NOT NULL,
    purpose TEXT NOT NULL DEFAULT '',
    file_name TEXT NOT NULL,
    taken INTEGER NOT NULL,
    left_out INTEGER NOT NULL DEFAULT 0,
    destroy_by TEXT,
    destroyed_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- Who was in it: so that it can be said where somebody's number has gone.
CREATE TABLE exported_person (
    id INTEGER PRIMARY KEY,
    export_id INTEGER NOT NULL REFERENCES export_record (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX exported_person_export ON exported_person (export_id) WHERE gone_by IS NULL;
CREATE INDEX exported_person_person ON exported_person (person_id) WHERE gone_by IS NULL;
