-- What is sold, or may be (store/deals.py): an amount in whole minor units of its currency (ISO 4217), by when it is expected,
-- and what became of it. Sealed: its title, and why it was lost. A purchase that was never a prospect is one that begins as won.
CREATE TABLE deal (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    author_id   INTEGER REFERENCES staff (id),
    state       TEXT NOT NULL CHECK (state IN ('open', 'won', 'lost')),
    amount      INTEGER CHECK (amount > 0),
    currency    TEXT,
    expected_on TEXT,
    decided_at  INTEGER,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL,
    CHECK ((amount IS NULL) = (currency IS NULL)),
    CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;
CREATE INDEX deal_by_customer ON deal (customer_id);
CREATE INDEX deal_by_decided ON deal (decided_at) WHERE state = 'won';

-- Which purchase a score is about.
ALTER TABLE feedback ADD COLUMN deal_id INTEGER REFERENCES deal (id);
CREATE INDEX feedback_by_deal ON feedback (deal_id) WHERE deal_id IS NOT NULL;
