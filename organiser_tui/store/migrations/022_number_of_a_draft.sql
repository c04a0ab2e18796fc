-- On which number a call is that has not ended, and whether she rang.
ALTER TABLE call_draft ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE call_draft ADD COLUMN rang INTEGER NOT NULL DEFAULT 0;
