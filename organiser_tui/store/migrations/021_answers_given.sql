-- What somebody who wanted to know was told, and who told her.
ALTER TABLE request ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN answered_by INTEGER REFERENCES organiser (id) ON UPDATE CASCADE;
