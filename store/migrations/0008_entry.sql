-- Photos, recordings and files (store/attachments.py), what came of a contact, who is not the same (store/duplicates.py), and who
-- asks for a colleague's customer (store/requests.py).

ALTER TABLE interaction ADD COLUMN outcome TEXT;

-- What hangs on a record. It begins as Telegram's handle, which a job fetches; then its bytes lie in attachment_part.
CREATE TABLE attachment (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER REFERENCES customer (id),    -- NULL: of an anonymous feedback
    record      TEXT NOT NULL CHECK (record IN ('interaction', 'complaint', 'case_message', 'feedback')),
    record_id   INTEGER NOT NULL,
    author_id   INTEGER REFERENCES staff (id),       -- NULL: the customer
    kind        TEXT NOT NULL CHECK (kind IN ('photo', 'voice', 'video', 'audio', 'document')),
    size        INTEGER NOT NULL,                    -- bytes, as Telegram says
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'lost')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    wake_at     INTEGER,                             -- when it is to be fetched; NULL: it is kept, or lost
    handle      BLOB,                                -- Telegram's file_id, sealed; blanked once it has served
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_by_record ON attachment (record, record_id);
CREATE INDEX attachment_by_author ON attachment (author_id, created_at);
CREATE INDEX attachment_by_wake ON attachment (wake_at) WHERE wake_at IS NOT NULL;

-- A file's bytes in order, each part sealed under its customer's key: without the key they are noise, here and in every
-- backup.
CREATE TABLE attachment_part (
    id            INTEGER PRIMARY KEY,
    key_id        INTEGER NOT NULL,
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    place         INTEGER NOT NULL,
    sealed        BLOB NOT NULL,
    UNIQUE (attachment_id, place)
) STRICT;

-- A pair of customers of whom somebody said that they are two. The lower id stands first.
CREATE TABLE apart (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    one_id      INTEGER NOT NULL REFERENCES customer (id),
    other_id    INTEGER NOT NULL REFERENCES customer (id),
    author_id   INTEGER REFERENCES staff (id),
    deleted_at  INTEGER
) STRICT;
CREATE INDEX apart_by_pair ON apart (one_id, other_id);

-- A member asks for a customer whom a colleague has (store/requests.py). Which one it is learns only who answers.
CREATE TABLE request (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    wanted_id   INTEGER NOT NULL REFERENCES customer (id),
    asker_id    INTEGER NOT NULL REFERENCES staff (id),
    asked_at    INTEGER NOT NULL,
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'granted', 'refused')),
    answered_by INTEGER REFERENCES staff (id),
    deleted_at  INTEGER
) STRICT;
CREATE INDEX request_by_asker ON request (asker_id, asked_at);
CREATE INDEX request_by_wanted ON request (wanted_id);
