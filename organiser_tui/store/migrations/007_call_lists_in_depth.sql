-- How long nobody on a list is called after anybody has tried her, in days; 0 where the list asks for no more than the rest
-- that follows from each outcome.
ALTER TABLE call_list ADD COLUMN cooldown_days INTEGER NOT NULL DEFAULT 0;

-- Who may call a list; where nobody is named, everybody may.
CREATE TABLE list_caller (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES call_list (id) ON UPDATE CASCADE,
    organiser_id INTEGER NOT NULL REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX list_caller_once ON list_caller (list_id, organiser_id) WHERE gone_by IS NULL;
CREATE INDEX contact_list ON contact (list_id, organiser_id) WHERE voided_by IS NULL AND list_id IS NOT NULL;

-- Filters that are kept under a name.
CREATE TABLE saved_filter (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX saved_filter_once ON saved_filter (name) WHERE gone_by IS NULL;
