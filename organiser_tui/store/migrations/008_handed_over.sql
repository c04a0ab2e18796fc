-- With whom an organiser should speak instead, why, and since when; calling stops until it is cleared.
ALTER TABLE person ADD COLUMN handed_why TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN handed_on TEXT;
CREATE INDEX person_handed ON person (handed_to) WHERE handed_to IS NOT NULL AND gone_by IS NULL;
