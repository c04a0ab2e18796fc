-- Kept figures: they follow from the rows above, move in the same transaction, and are never the truth.

-- One row a person who is in the file. Instants in seconds UTC, 0 where there was none. Text that a list is sorted
-- by is '~' where it is missing, so that it comes last; a missing rating is 9 likewise. do_not_contact has the channels
-- that are barred, divided by commas ('all' for every one); blocked says why she is not served for a call.
CREATE TABLE person_figures (
    person_id INTEGER PRIMARY KEY,
    name_key TEXT NOT NULL,
    provider_id INTEGER,
    provider_key TEXT NOT NULL,
    region_code TEXT NOT NULL,
    region_key TEXT NOT NULL,
    phone TEXT NOT NULL,
    card TEXT NOT NULL,
    card_order INTEGER NOT NULL,
    card_since TEXT NOT NULL,
    form_due TEXT NOT NULL,
    rating INTEGER NOT NULL,
    rated_on TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_contact INTEGER NOT NULL,
    last_outcome TEXT NOT NULL,
    last_conversation TEXT NOT NULL,
    spoken_with INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    isolation TEXT NOT NULL,
    next_due TEXT NOT NULL,
    do_not_contact TEXT NOT NULL,
    blocked TEXT NOT NULL,
    rests_until INTEGER NOT NULL,
    rest TEXT NOT NULL,
    rule INTEGER NOT NULL,
    turns_on TEXT
) STRICT;
-- Each index ends with the person: she is the rowid, which SQLite adds by itself. Named, she would stand there twice.
CREATE INDEX figures_name ON person_figures (name_key);
CREATE INDEX figures_provider ON person_figures (provider_key, name_key);
CREATE INDEX figures_region ON person_figures (region_key, name_key);
CREATE INDEX figures_phone ON person_figures (phone);
CREATE INDEX figures_card ON person_figures (card_order, name_key);
CREATE INDEX figures_rating ON person_figures (rating, name_key);
CREATE INDEX figures_last_contact ON person_figures (last_contact);
CREATE INDEX figures_last_conversation ON person_figures (last_conversation);
CREATE INDEX figures_isolation ON person_figures (isolation, name_key);
CREATE INDEX figures_next_due ON person_figures (next_due);
CREATE INDEX figures_queue ON person_figures (rule, last_contact) WHERE blocked = '';
CREATE INDEX figures_form_due ON person_figures (form_due) WHERE form_due <> '';
CREATE INDEX figures_turns ON person_figures (turns_on) WHERE turns_on IS NOT NULL;

-- One row a person, a provider she works or has worked at, and the region where. Provider 0 is no provider: what
-- fell outside every employment. The figures say whether she counts there, 0 or 1. In the order of the key the latest
-- conversation at a provider stands last.
CREATE TABLE reach (
    provider_id INTEGER NOT NULL,
    region_code TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    known INTEGER NOT NULL,
    attempted INTEGER NOT NULL,
    spoken_with INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    signed INTEGER NOT NULL,
    last_conversation TEXT NOT NULL,
    PRIMARY KEY (provider_id, region_code, last_conversation, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reach_person ON reach (person_id);

-- People counted once in each sum; region '*' is every region together, provider -1 the whole campaign.
CREATE TABLE provider_figures (
    provider_id INTEGER NOT NULL,
    region_code TEXT NOT NULL,
    known INTEGER NOT NULL DEFAULT 0,
    attempted INTEGER NOT NULL DEFAULT 0,
    spoken_with INTEGER NOT NULL DEFAULT 0,
    reached INTEGER NOT NULL DEFAULT 0,
    asked INTEGER NOT NULL DEFAULT 0,
    signed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (provider_id, region_code)
) STRICT, WITHOUT ROWID;

-- Folded words a person is found by; the full-text index stands over this table.
CREATE TABLE person_search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    work TEXT NOT NULL,
    numbers TEXT NOT NULL
) STRICT;
CREATE INDEX person_search_name ON person_search (name);
-- With detail = none and secure-delete, SQLite 3.53 loses words that one transaction takes out and puts in again.
CREATE VIRTUAL TABLE person_fts USING fts5 (
    name, work, numbers,
    content = 'person_search', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0", detail = column, prefix = '2 3'
);
INSERT INTO person_fts (person_fts, rank) VALUES ('secure-delete', 1);
-- Sixteen pieces of a size lie side by side before they are merged, not four: a long list comes in a twentieth faster,
-- and no search is slower. At 32 they would be merged all at once, while somebody waits for her row to be saved.
INSERT INTO person_fts (person_fts, rank) VALUES ('automerge', 16);
INSERT INTO person_fts (person_fts, rank) VALUES ('crisismerge', 32);
