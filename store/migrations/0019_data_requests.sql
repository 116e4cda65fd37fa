-- What customers ask about their own data (store/own_data.py): to have something put right, or to be erased. `due_at`: by
-- when they must be answered. Sealed: what it should be, and why it was refused.
CREATE TABLE data_request (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind        TEXT NOT NULL CHECK (kind IN ('correct', 'erase')),
    field       TEXT,
    state       TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    due_at      INTEGER NOT NULL,
    answered_by INTEGER REFERENCES staff (id),
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX data_request_by_customer ON data_request (customer_id);
CREATE INDEX data_request_by_due ON data_request (due_at) WHERE state = 'open';
