-- Questionnaires (store/questionnaires.py): the company's own words, in Chinese and English; where one is empty the other serves.
CREATE TABLE questionnaire (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    title_zh   TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    anonymous  INTEGER NOT NULL DEFAULT 0,           -- 1: nobody's name is kept with an answer
    state      TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    team_id    INTEGER REFERENCES team (id),         -- NULL: the whole company's
    author_id  INTEGER REFERENCES staff (id),
    begun_at   INTEGER,                              -- since when somebody has been asked or has answered
    deleted_at INTEGER
) STRICT;

CREATE TABLE question (
    id               INTEGER PRIMARY KEY,
    version          INTEGER NOT NULL DEFAULT 1,
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
    place            INTEGER NOT NULL,
    kind             TEXT NOT NULL CHECK (kind IN ('score5', 'score10', 'choice', 'choices', 'text', 'photo')),
    required         INTEGER NOT NULL DEFAULT 0,
    text_zh          TEXT NOT NULL,
    text_en          TEXT NOT NULL,
    options          TEXT NOT NULL DEFAULT '[]',     -- JSON: [zh, en] of each
    deleted_at       INTEGER
) STRICT;
CREATE INDEX question_by_questionnaire ON question (questionnaire_id, place);

-- What one person answered (store/answers.py): sealed under their customer's key, or under one of its own.
CREATE TABLE response (
    id               INTEGER PRIMARY KEY,
    version          INTEGER NOT NULL DEFAULT 1,
    key_id           INTEGER NOT NULL,
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
    customer_id      INTEGER REFERENCES customer (id),   -- NULL: nobody whom we know, or nobody whom we say
    team_id          INTEGER REFERENCES team (id),
    digest           BLOB UNIQUE,                        -- of the handle that an unfinished one is held by
    notice           TEXT,                               -- of a stranger: the notice that they agreed to
    finished_at      INTEGER,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    deleted_at       INTEGER,
    sealed           BLOB NOT NULL
) STRICT;
CREATE INDEX response_by_questionnaire ON response (questionnaire_id, team_id);
CREATE UNIQUE INDEX response_by_customer ON response (customer_id, questionnaire_id) WHERE customer_id IS NOT NULL;

-- Which known customers were sent one or came to it, and whether they have answered: without a time, and not in the order of
-- what happened, so that it tells nothing about whose an answer without a name is.
CREATE TABLE questionnaire_guest (
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
    customer_id      INTEGER NOT NULL REFERENCES customer (id),
    answered         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (questionnaire_id, customer_id)
) STRICT, WITHOUT ROWID;

-- One questionnaire on its way to a list of customers (store/mailings.py).
CREATE TABLE mailing (
    id               INTEGER PRIMARY KEY,
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
    staff_id         INTEGER NOT NULL REFERENCES staff (id),
    total            INTEGER NOT NULL,
    sent             INTEGER NOT NULL DEFAULT 0,
    kept             INTEGER NOT NULL DEFAULT 0,         -- who was left out after all: declined, asked since, gone
    state            TEXT NOT NULL DEFAULT 'sending' CHECK (state IN ('sending', 'done', 'stopped'))
) STRICT;
CREATE INDEX mailing_by_work ON mailing (id) WHERE state = 'sending';
CREATE TABLE mailing_row (
    mailing_id  INTEGER NOT NULL REFERENCES mailing (id),
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, customer_id)
) STRICT, WITHOUT ROWID;

-- A photo may be an answer. Only the check of a column changes, and no row of so large a table is written again
-- (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, '''case_message'', ''feedback'')', '''case_message'', ''feedback'', ''response'')')
    WHERE type = 'table' AND name = 'attachment';
PRAGMA writable_schema = RESET;
