-- The last rung of the ladder: when a follow-up that the manager has heard of is offered to colleagues, and whether it is.
ALTER TABLE followup ADD COLUMN offer_at INTEGER;
ALTER TABLE followup ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;
CREATE INDEX followup_by_offer ON followup (offer_at) WHERE offer_at IS NOT NULL;
