-- Several people at once: the first contact of that talk, whom the contacts of the others name.
ALTER TABLE contact ADD COLUMN together_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE;
CREATE INDEX contact_together ON contact (together_id) WHERE together_id IS NOT NULL AND voided_by IS NULL;
