-- What a customer is asked without having come: when last, and since when they don't want it (store/surveys.py).
CREATE TABLE survey (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    customer_id INTEGER NOT NULL UNIQUE REFERENCES customer (id),
    asked_at    INTEGER,
    declined_at INTEGER,
    deleted_at  INTEGER
) STRICT;
