-- Who was put away, the last first: few among many, and looked for whenever the recent ones are listed.
CREATE INDEX customer_by_archived ON customer (deleted_at) WHERE deleted_at IS NOT NULL;
