-- Conversation guides of the campaign's own, in Markdown, beside those that come with the program.
CREATE TABLE guide (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX guide_once ON guide (name) WHERE gone_by IS NULL;

-- By which guide a list is called, by its name; '' for the one that comes with the program.
ALTER TABLE call_list ADD COLUMN guide TEXT NOT NULL DEFAULT '';
