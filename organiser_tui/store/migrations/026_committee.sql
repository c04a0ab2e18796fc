-- Offices that members are elected to. A share is written 1/3, '' where that rule is not asked; most_terms in a row, 0
-- for as many as one likes; genders are those of which the share is asked, '' for each that a candidate has declared.
-- provider_id: only those who work there hold it.
CREATE TABLE office (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    seats INTEGER NOT NULL,
    provider_id INTEGER REFERENCES provider (id) ON UPDATE CASCADE,
    years INTEGER NOT NULL,
    most_terms INTEGER NOT NULL,
    gender_share TEXT NOT NULL DEFAULT '',
    region_share TEXT NOT NULL DEFAULT '',
    employer_share TEXT NOT NULL DEFAULT '',
    genders TEXT NOT NULL DEFAULT '',
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;

-- One election to an office. It is open until somebody of it is seated: until a term names it.
CREATE TABLE election (
    id INTEGER PRIMARY KEY,
    office_id INTEGER NOT NULL REFERENCES office (id) ON UPDATE CASCADE,
    opened_on TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX election_office ON election (office_id, opened_on) WHERE gone_by IS NULL;

-- Who stands: answer is '' while she has not said whether she accepts. votes is NULL until they were counted; of equal
-- votes whom the lot fell on (lot 1) comes first.
CREATE TABLE candidacy (
    id INTEGER PRIMARY KEY,
    election_id INTEGER NOT NULL REFERENCES election (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    nominated_on TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '' CHECK (answer = '' OR answer = 'accepted' OR answer = 'declined'),
    answered_on TEXT,
    votes INTEGER,
    lot INTEGER NOT NULL DEFAULT 0,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX candidacy_once ON candidacy (election_id, person_id) WHERE gone_by IS NULL;
CREATE INDEX candidacy_person ON candidacy (person_id) WHERE gone_by IS NULL;
CREATE INDEX candidacy_ended ON candidacy (person_id) WHERE gone_by IS NOT NULL;

-- Who holds an office from its first to its last day; election_id is NULL where it was noted by hand.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    office_id INTEGER NOT NULL REFERENCES office (id) ON UPDATE CASCADE,
    election_id INTEGER REFERENCES election (id) ON UPDATE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX term_office ON term (office_id, from_day) WHERE gone_by IS NULL;
CREATE INDEX term_election ON term (election_id) WHERE gone_by IS NULL AND election_id IS NOT NULL;
CREATE INDEX term_person ON term (person_id) WHERE gone_by IS NULL;
CREATE INDEX term_ended ON term (person_id) WHERE gone_by IS NOT NULL;

-- That somebody was passed to a local chapter or section: on which day, and to whom there.
CREATE TABLE chapter_passing (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON UPDATE CASCADE,
    chapter TEXT NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL,
    organiser_id INTEGER REFERENCES organiser (id) ON UPDATE CASCADE,
    voided_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE INDEX chapter_passing_day ON chapter_passing (day) WHERE voided_by IS NULL;
CREATE INDEX chapter_passing_person ON chapter_passing (person_id) WHERE voided_by IS NULL;
CREATE INDEX chapter_passing_ended ON chapter_passing (person_id) WHERE voided_by IS NOT NULL;
