-- Whom of a list something is promised that is due is one seek in the index, however long the list is.
ALTER TABLE target ADD COLUMN next_due TEXT NOT NULL DEFAULT '~';
UPDATE target SET next_due = f.next_due FROM person_figures f WHERE f.person_id = target.person_id AND f.next_due < '~';
CREATE INDEX target_due ON target (list_id, state, next_due) WHERE gone_by IS NULL AND next_due < '~';
