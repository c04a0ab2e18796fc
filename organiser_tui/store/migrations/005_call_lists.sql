-- Whether a call list takes in those who have come to fit its filter, each time somebody calls through it.
ALTER TABLE call_list ADD COLUMN refills INTEGER NOT NULL DEFAULT 0;

-- As what a target is counted among the figures of its list: 0 not at all, 1 open, 2 blocked, 3 done, 4 refused.
ALTER TABLE target ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
CREATE TABLE list_figures (
    list_id INTEGER PRIMARY KEY,
    open INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0
) STRICT;
UPDATE target SET counted = CASE state WHEN 'done' THEN 3 WHEN 'refused' THEN 4
    ELSE (SELECT 1 + (f.blocked <> '') FROM person_figures f WHERE f.person_id = target.person_id) END
    WHERE gone_by IS NULL AND EXISTS (SELECT 1 FROM person_figures f WHERE f.person_id = target.person_id);
INSERT INTO list_figures (list_id, open, blocked, done, refused)
    SELECT list_id, sum(counted = 1), sum(counted = 2), sum(counted = 3), sum(counted = 4) FROM target GROUP BY list_id;
