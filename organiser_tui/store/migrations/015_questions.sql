-- The questions of a call list, in their order; choices are parted by "|".
CREATE TABLE question (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES call_list (id) ON UPDATE CASCADE,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'choice' OR kind = 'number' OR kind = 'text' OR kind = 'yes or no'),
    choices TEXT NOT NULL DEFAULT '',
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX question_list ON question (list_id, position) WHERE gone_by IS NULL;

-- What she answered in a contact; the last of her answers to a question counts.
CREATE TABLE question_answer (
    id INTEGER PRIMARY KEY,
    question_id INTEGER NOT NULL REFERENCES question (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES contact (id) ON UPDATE CASCADE,
    value TEXT NOT NULL,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX question_answer_question ON question_answer (question_id, person_id, day) WHERE voided_by IS NULL;
CREATE INDEX question_answer_person ON question_answer (person_id) WHERE voided_by IS NULL;
CREATE INDEX question_answer_contact ON question_answer (contact_id) WHERE voided_by IS NULL;
