-- Whether a call list takes in those who have come to fit its filter, each time somebody calls through it.
ALTER TABLE call_list ADD COLUMN refills INTEGER NOT NULL DEFAULT 0;
