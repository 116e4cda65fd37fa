-- Lists of customers (store/selecting.py): complete, filtered, sorted. The three orders in which customers are read by owner,
-- by team and in all now hold whatever a list is narrowed by, so that filtering reads an index and no customer.
DROP INDEX customer_by_owner;
DROP INDEX customer_by_team;
DROP INDEX customer_by_updated;
CREATE INDEX customer_by_owner
    ON customer (owner_id, updated_at, id, deleted_at, level, stage, last_contact_at, created_at, region, industry, source, team_id, key_id);
CREATE INDEX customer_by_team
    ON customer (team_id, updated_at, id, deleted_at, level, stage, last_contact_at, created_at, region, industry, source, owner_id, key_id);
CREATE INDEX customer_by_updated
    ON customer (updated_at, id, deleted_at, level, stage, last_contact_at, created_at, region, industry, source, owner_id, team_id, key_id);

-- By name: as it sounds where it is Chinese, as it is written where it is not.
ALTER TABLE customer_find ADD COLUMN by_name TEXT AS (
    CASE WHEN substr(shown, 2, 1) GLOB '[ -~]' OR instr(shown, char(10) || '||')
         THEN substr(shown, 2, instr(substr(shown, 2), '|') - 1)
         ELSE substr(shown, instr(shown, char(10)) + 2, instr(substr(shown, instr(shown, char(10)) + 2), '|') - 1) END
);
CREATE INDEX customer_find_by_owner ON customer_find (owner_id, by_name);
CREATE INDEX customer_find_by_name ON customer_find (by_name);
