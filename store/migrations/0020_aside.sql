-- Half-filled forms that their person has put aside by doing something else; `nonce` is what their buttons carry.
CREATE TABLE aside (
    person     INTEGER NOT NULL,
    nonce      TEXT NOT NULL,
    payload    BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (person, nonce)
) STRICT;
