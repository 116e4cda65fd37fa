-- An entry is looked for by its record only where that is a case or a member, so a customer's entries need no index for it:
-- one page less to seal with each add.
DROP INDEX entry_by_record;
CREATE INDEX entry_by_case ON entry (record_id) WHERE record = 'complaint';
CREATE INDEX entry_by_staff ON entry (record_id) WHERE record = 'staff';
