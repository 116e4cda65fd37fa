-- What whoever comes by is asked: "counter", "after delivery". Answers without a customer are its team's; NULL: the owners'.
CREATE TABLE campaign (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    name       TEXT NOT NULL,
    scale      INTEGER NOT NULL CHECK (scale IN (5, 10)),
    anonymous  INTEGER NOT NULL,
    team_id    INTEGER REFERENCES team (id),
    author_id  INTEGER REFERENCES staff (id),
    ended_at   INTEGER,
    deleted_at INTEGER
) STRICT;

-- A link for anybody, to a campaign or another thing that the company asks. It tells nothing of anyone, so the token is kept.
CREATE TABLE public_link (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    record     TEXT NOT NULL,
    record_id  INTEGER NOT NULL,
    digest     BLOB NOT NULL UNIQUE,
    token      TEXT NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX public_link_by_record ON public_link (record, record_id) WHERE deleted_at IS NULL;

-- Through which campaign it came, and, of somebody whom we don't know, under which text of the notice it was given (when it was
-- given is when they consented). `link_id` was never used.
ALTER TABLE feedback DROP COLUMN link_id;
ALTER TABLE feedback ADD COLUMN campaign_id INTEGER REFERENCES campaign (id);
ALTER TABLE feedback ADD COLUMN notice TEXT;
ALTER TABLE feedback ADD COLUMN answered_at INTEGER;
ALTER TABLE feedback ADD COLUMN worded INTEGER NOT NULL DEFAULT 0;  -- whether something was written, to be counted
CREATE INDEX feedback_by_campaign ON feedback (campaign_id, created_at);
