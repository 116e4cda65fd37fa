-- Finding customers (store/search.py). Derived from the customers: a data backup leaves it out, a restore makes it again.

-- What a customer is found by, and who may find them: words between bars, `shown` to everyone who may know of the customer,
-- `hidden` (contacts) to those who see them in the clear. `reach` is the owner and team that the tokens were made for.
CREATE TABLE customer_find (
    id        INTEGER PRIMARY KEY,
    owner_id  INTEGER,
    team_id   INTEGER,
    recent_at INTEGER NOT NULL,
    reach     TEXT NOT NULL,
    shown     TEXT NOT NULL,
    hidden    TEXT NOT NULL
) STRICT;

-- The way from a part of a word to customers. It holds no text of its own, and what it answers is checked against the words.
CREATE VIRTUAL TABLE customer_token USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '^=~:@._+-'"
);
-- Merges run in small steps while writing; the default saved them up (p99 of an insert 169 ms instead of 26).
INSERT INTO customer_token (customer_token, rank) VALUES ('automerge', 8);

CREATE TRIGGER customer_find_follows AFTER UPDATE OF owner_id, team_id, updated_at, last_contact_at ON customer BEGIN
    UPDATE customer_find SET owner_id = NEW.owner_id, team_id = NEW.team_id,
           recent_at = max(NEW.updated_at, coalesce(NEW.last_contact_at, 0)) WHERE id = NEW.id;
END;
