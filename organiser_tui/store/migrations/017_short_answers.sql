-- Short answers to what people ask, read from in a call; the heading is the question.
CREATE TABLE short_answer (
    id INTEGER PRIMARY KEY,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    gone_by INTEGER REFERENCES action (id) ON UPDATE CASCADE
) STRICT;
CREATE UNIQUE INDEX short_answer_once ON short_answer (heading) WHERE gone_by IS NULL;
