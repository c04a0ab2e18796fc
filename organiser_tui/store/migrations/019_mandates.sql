-- What members are asked as a body, and answer with a mandate. Of a secret ballot the file holds who has voted and what
-- was counted, never who voted what: the ballots are counted by hand and entered as sums.
CREATE TABLE consultation (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    secret INTEGER NOT NULL DEFAULT 0,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- The members on file at its opening: they answer, and nobody else.
CREATE TABLE voter (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    voted_on TEXT,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX voter_once ON voter (consultation_id, person_id) WHERE gone_by IS NULL;
CREATE INDEX voter_voted ON voter (consultation_id) WHERE voted_on IS NOT NULL AND gone_by IS NULL;
CREATE INDEX voter_person ON voter (person_id) WHERE gone_by IS NULL;

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
CREATE UNIQUE INDEX mandate_once ON mandate (consultation_id, person_id) WHERE voided_by IS NULL;
CREATE INDEX mandate_answer ON mandate (consultation_id, answer) WHERE voided_by IS NULL;
CREATE INDEX mandate_person ON mandate (person_id) WHERE voided_by IS NULL;
CREATE INDEX mandate_contact ON mandate (contact_id) WHERE voided_by IS NULL;

-- How many ballots of a secret one said what.
CREATE TABLE ballot_count (
    id INTEGER PRIMARY KEY,
    consultation_id INTEGER NOT NULL REFERENCES consultation (id) ON UPDATE CASCADE,
    answer TEXT NOT NULL
        CHECK (answer = 'yes' OR answer = 'no' OR answer = 'abstain' OR answer = 'with amendment'),
    ballots INTEGER NOT NULL,
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX ballot_count_consultation ON ballot_count (consultation_id) WHERE voided_by IS NULL;

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
CREATE INDEX proposal_contact ON proposal (contact_id) WHERE gone_by IS NULL;
