-- Whom a task names: those whom its taker calls.
CREATE TABLE task_colleague (
    id INTEGER PRIMARY KEY,
    task_id INTEGER NOT NULL REFERENCES task (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX task_colleague_task ON task_colleague (task_id) WHERE gone_by IS NULL;
CREATE INDEX task_colleague_person ON task_colleague (person_id) WHERE gone_by IS NULL;
CREATE INDEX task_event ON task (event_id) WHERE gone_by IS NULL AND event_id IS NOT NULL;
-- What somebody said yes to that is about no event: whether she did it is noted by hand.
CREATE INDEX ask_pledge ON ask (due, day) WHERE voided_by IS NULL AND event_id IS NULL
    AND kind <> 'sign' AND kind <> 'come' AND kind <> 'take a task' AND kind <> 'mandate';

-- What was promised is read more closely: each person brought along keeps one promise, a card that never came stays
-- one that never came, and nobody answers for an event that was called off. Everybody's figures are worked out anew.
INSERT INTO figures_day (id, day) SELECT 1, '9999-12-31' WHERE EXISTS (SELECT 1 FROM person_figures)
    ON CONFLICT (id) DO UPDATE SET day = '9999-12-31';
