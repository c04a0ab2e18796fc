-- What members are asked as a body, and answer with a mandate. Of a secret ballot the file holds who has voted and what
-- was counted, never who voted what: the ballots are counted by hand, after the end, and entered as sums.
CREATE TABLE consultation (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    secret INTEGER NOT NULL DEFAULT 0,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- The roll: the members on file at its opening. They answer, and nobody else.
CREATE TABLE voter (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX voter_once ON voter (consultation_id, person_id) WHERE gone_by IS NULL;
CREATE INDEX voter_person ON voter (person_id) WHERE gone_by IS NULL;
CREATE INDEX voter_ended ON voter (person_id) WHERE gone_by IS NOT NULL;

-- What she answered; the last of her answers counts.
CREATE TABLE mandate (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    answer TEXT NOT NULL
        CHECK (answer = 'yes' OR answer = 'no' OR answer = 'abstain' OR answer = 'with amendment'),
    amendment TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX mandate_consultation ON mandate (consultation_id, person_id, day) WHERE voided_by IS NULL;
CREATE INDEX mandate_person ON mandate (person_id) WHERE voided_by IS NULL;
CREATE INDEX mandate_contact ON mandate (contact_id) WHERE voided_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX mandate_ended ON mandate (person_id) WHERE voided_by IS NOT NULL;

-- That she has cast her ballot in a secret one.
CREATE TABLE ballot_mark (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ballot_mark_consultation ON ballot_mark (consultation_id, person_id) WHERE voided_by IS NULL;
CREATE INDEX ballot_mark_person ON ballot_mark (person_id) WHERE voided_by IS NULL;
CREATE INDEX ballot_mark_ended ON ballot_mark (person_id) WHERE voided_by IS NOT NULL;

-- How many ballots of a secret one said what; the last count stands.
CREATE TABLE ballot_count (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    yes INTEGER NOT NULL,
    no INTEGER NOT NULL,
    abstain INTEGER NOT NULL,
    amended INTEGER NOT NULL,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ballot_count_consultation ON ballot_count (consultation_id, day) WHERE voided_by IS NULL;

-- What a member proposes: open until it is put to the others, or set aside.
CREATE TABLE proposal (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    contact_id INTEGER REFERENCES contact (id) ON UPDATE CASCADE,
    what TEXT NOT NULL,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    consultation_id INTEGER REFERENCES consultation (id) ON UPDATE CASCADE,
    set_aside_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX proposal_open ON proposal (day)
    WHERE consultation_id IS NULL AND set_aside_on IS NULL AND gone_by IS NULL;
CREATE INDEX proposal_person ON proposal (person_id) WHERE gone_by IS NULL;
CREATE INDEX proposal_contact ON proposal (contact_id) WHERE gone_by IS NULL AND contact_id IS NOT NULL;
CREATE INDEX proposal_ended ON proposal (person_id) WHERE gone_by IS NOT NULL;

-- Her history asks for what has ended, too.
CREATE INDEX question_answer_ended ON question_answer (person_id) WHERE voided_by IS NOT NULL;
CREATE INDEX request_ended ON request (person_id) WHERE gone_by IS NOT NULL;
