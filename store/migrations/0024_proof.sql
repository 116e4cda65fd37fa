-- Whoever comes through a customer's link first is not yet known to be the customer (docs/decisions/0008): since when they are,
-- and by whose word (NULL: by their own number, as Telegram shares it).
ALTER TABLE guest ADD COLUMN proven_at INTEGER;
ALTER TABLE guest ADD COLUMN proven_by INTEGER REFERENCES staff (id);

-- Which guest wrote something, of a customer's own words: until they are proven they read no others. NULL: the staff's, or of
-- somebody of whom nothing is kept.
ALTER TABLE complaint ADD COLUMN guest_id INTEGER REFERENCES guest (id);
ALTER TABLE case_message ADD COLUMN guest_id INTEGER REFERENCES guest (id);
ALTER TABLE feedback ADD COLUMN guest_id INTEGER REFERENCES guest (id);
ALTER TABLE response ADD COLUMN guest_id INTEGER REFERENCES guest (id);
ALTER TABLE data_request ADD COLUMN guest_id INTEGER REFERENCES guest (id);
CREATE INDEX complaint_by_guest ON complaint (guest_id) WHERE guest_id IS NOT NULL;
CREATE INDEX case_message_by_guest ON case_message (guest_id) WHERE guest_id IS NOT NULL;
CREATE INDEX feedback_by_guest ON feedback (guest_id) WHERE guest_id IS NOT NULL;
CREATE INDEX response_by_guest ON response (guest_id) WHERE guest_id IS NOT NULL;
CREATE INDEX data_request_by_guest ON data_request (guest_id) WHERE guest_id IS NOT NULL;

-- Somebody can ask to be known as the customer. Only the check of a column changes
-- (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, '(''correct'', ''erase'')', '(''correct'', ''erase'', ''identity'')')
    WHERE type = 'table' AND name = 'data_request';
PRAGMA writable_schema = RESET;
