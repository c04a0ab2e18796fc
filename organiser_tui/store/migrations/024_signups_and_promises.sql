-- Whether it was written down who came: who said yes and was not there has kept her word or not only where it was.
ALTER TABLE event ADD COLUMN recorded_on TEXT;
UPDATE event AS e SET recorded_on = substr(starts, 1, 10)
    WHERE EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = e.id AND a.voided_by IS NULL);
CREATE INDEX attendance_brought ON attendance (brought_by) WHERE voided_by IS NULL AND brought_by IS NOT NULL;

-- The column of the board of sign-ups where she stands, '' for none, and since when; the day on which her card was
-- signed, '' where it is not; what her promises have shown; the last day on which she was asked, came to something, or
-- took on or ended a task.
ALTER TABLE person_figures ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE person_figures ADD COLUMN stage_since TEXT NOT NULL DEFAULT '';
ALTER TABLE person_figures ADD COLUMN signed_on TEXT NOT NULL DEFAULT '';
ALTER TABLE person_figures ADD COLUMN promises_kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_figures ADD COLUMN promises_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_figures ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_figures ADD COLUMN counted TEXT NOT NULL DEFAULT 'untested';
ALTER TABLE person_figures ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_figures ADD COLUMN involved_on TEXT NOT NULL DEFAULT '';
CREATE INDEX figures_stage ON person_figures (stage, stage_since) WHERE stage_since <> '';
CREATE INDEX figures_supporter ON person_figures (rating, name_key) WHERE stage = 'not asked' AND rating < 3;
CREATE INDEX figures_signed ON person_figures (signed_on) WHERE signed_on <> '';
CREATE INDEX figures_bound ON person_figures (bound, promises_kept) WHERE promises_due > 0;

-- How many people stand in each column of the board.
CREATE TABLE stage_figures (
    stage TEXT PRIMARY KEY,
    people INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Everybody's figures are worked out anew when the campaign is opened.
INSERT INTO figures_day (id, day) SELECT 1, '9999-12-31' WHERE EXISTS (SELECT 1 FROM person_figures)
    ON CONFLICT (id) DO UPDATE SET day = '9999-12-31';
