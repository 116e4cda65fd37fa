-- What an add must seal besides its words: indexes that new customers need not be in, or that nothing asks.
DROP INDEX customer_by_created;
DROP INDEX customer_by_level;
CREATE INDEX customer_by_level ON customer (level, created_at) WHERE level IN ('vip', 'important');
DROP INDEX seal_key_by_customer;
